"""Messages between the server and its decoding process: a JSON header and bytes, each with its length before it."""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")
MAX_BODY = 512 * 2**20
"""Bytes that one message may carry; a longer length is a broken stream, not a picture."""


class BrokenStream(Exception):
    """The other side is gone, or what it sends is no message."""


def write_message(stream: BinaryIO, header: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone.
    """
    text = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(text), len(body)) + text + body)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Wait for one message and return its header and its bytes.

    Raises:
        BrokenStream: the stream ended, or holds something else.
    """
    header_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header_length + body_length > MAX_BODY:
        raise BrokenStream(f"a message of {header_length + body_length} bytes was announced")
    try:
        header = json.loads(_exactly(stream, header_length))
    except ValueError as error:
        raise BrokenStream("the header is no JSON") from error
    if not isinstance(header, dict):
        raise BrokenStream("the header is no JSON object")
    return header, _exactly(stream, body_length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BrokenStream("the stream ended")
    return data
