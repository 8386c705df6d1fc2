"""Which reports rest on which: copies by their texts, digests and follow-ups by what they cite, and how many origins that leaves."""

from reportedly.lineage.citations import find_citations
from reportedly.lineage.links import find_links
from reportedly.lineage.origins import count_origins, find_roots

__all__ = ["count_origins", "find_citations", "find_links", "find_roots"]
