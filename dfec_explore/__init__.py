"""DFEC Explore: load, understand and review captions of facial movement in video clips."""

__version__ = "0.1.0"
