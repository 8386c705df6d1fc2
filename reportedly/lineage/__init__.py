"""Which reports rest on which, where they differ, and how many origins some claims can have."""

from reportedly.lineage.links import Lineage
from reportedly.lineage.origins import count_origins, find_families, find_roots

__all__ = ["Lineage", "count_origins", "find_families", "find_roots"]
