"""From a web archive of millions of pages to the reports that matter: a funnel of functions over shards, on any engine."""

from reportedly.sifting.progress import Watch, write_metrics
from reportedly.sifting.recipe import Recipe, seal, versions
from reportedly.sifting.shards import Shard, find_shards
from reportedly.sifting.sift import Sifted, sift

__all__ = ["Recipe", "Shard", "Sifted", "Watch", "find_shards", "seal", "sift", "versions", "write_metrics"]
