"""Turn news reports into a ledger of sourced, dated claims.

with reportedly.open_case("case") as case:
for claim in case.claims(case.view()):
print(claim.quote, claim.status, claim.voice[0].text)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.errors import ReportedlyError
    from reportedly.pipeline import Case, init_case, open_case, read_claims, read_report

__all__ = ["Case", "ReportedlyError", "init_case", "open_case", "read_claims", "read_report"]


def __getattr__(name: str) -> Any:
    """Names load when they are first used, so that `reportedly.values` alone stays light."""
    if name not in __all__:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}; it has {', '.join(__all__)}")
    from reportedly import errors, pipeline

    return getattr(errors if name == "ReportedlyError" else pipeline, name)
