"""A case as text for a reader: every line carries its report, quote and offsets."""

from reportedly.briefs.brief import is_brief, write_brief

__all__ = ["is_brief", "write_brief"]
