"""Bytes to reports: decoding, given metadata, language, and what of a text is report. No claim is read here."""

from reportedly.reading.gather import Gathered, Source, gather_sources
from reportedly.reading.given import Given
from reportedly.reading.read import MAX_BYTES, make_reading, read_source

__all__ = ["MAX_BYTES", "Gathered", "Given", "Source", "gather_sources", "make_reading", "read_source"]
