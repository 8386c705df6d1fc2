"""Bytes to reports: what a file is, decoding, what it says of itself, language, and what of a text is report. No claim is read here."""

from reportedly.reading.gather import Gathered, Source, gather_sources
from reportedly.reading.given import Given
from reportedly.reading.read import MAX_BYTES, Item, Limits, load_original, make_reading, read_source
from reportedly.reading.worker import Worker

__all__ = ["MAX_BYTES", "Gathered", "Given", "Item", "Limits", "Source", "Worker", "gather_sources", "load_original", "make_reading", "read_source"]
