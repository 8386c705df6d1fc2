"""A case as text for a reader: every line carries its report, quote and offsets."""

from reportedly.briefs.brief import write_brief

__all__ = ["write_brief"]
