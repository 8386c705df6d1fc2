"""Which reports rest on which. Today only what reports cite themselves; copies are not told from originals yet."""

from reportedly.lineage.citations import find_citations

__all__ = ["find_citations"]
