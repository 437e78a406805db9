"""What is refused before it is decoded, and how the decoding process says so."""

MAX_PIXELS = 64_000_000
"""A frame larger than this (8K has 33 million pixels) is a damaged or hostile header."""
FORMATS = "mov,mp4,matroska,webm,avi,asf,flv,mpeg,mpegvideo,mpegts,ogg,gif,dv"
"""Kinds of files that are opened, by FFmpeg's names. Playlists are not among them: they name other files."""


class Unreadable(Exception):
    """A clip cannot be read; the text is a sentence's end for a person: ``it is empty``."""
