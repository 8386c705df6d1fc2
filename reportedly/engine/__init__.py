"""Work over many items, here, in several processes or on a cluster; the results are the same."""

from reportedly.engine.guarded import Guarded, Lost
from reportedly.engine.local import Local
from reportedly.engine.processes import map_chunks
from reportedly.engine.verbs import Engine

__all__ = ["Engine", "Guarded", "Local", "Lost", "map_chunks"]
