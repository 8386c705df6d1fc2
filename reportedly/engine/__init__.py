"""Work over many items, here or in several processes; the results and their order are the same."""

from reportedly.engine.processes import map_chunks

__all__ = ["map_chunks"]
