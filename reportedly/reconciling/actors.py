"""Who commands whom, as said: holders of authority, what they hold it over, who gave it, and since when."""

from collections.abc import Iterable

from reportedly.reconciling.dating import resolve
from reportedly.records import Command, Dated, Filler


def find_commands(claims: Iterable[Dated], frame: str = "mandate") -> list[Command]:
    """One command a claim of the frame, in the order of the claims; nothing is merged, and a holder that no words name is
    left out of none."""
    return [_make_command(dated) for dated in claims if dated.claim.frame == frame and dated.claim.playbook is not None]


def _make_command(dated: Dated) -> Command:
    roles = dated.claim.roles
    since = next((when for filler in roles.get("time", ()) if (when := resolve(filler, dated.report)) and when.edtf), None)
    return Command(_names(roles.get("holder", ())), _names(roles.get("power", ())), _names(roles.get("over", ())), _names(roles.get("giver", ())), since, dated)


def _names(fillers: tuple[Filler, ...]) -> tuple[str, ...]:
    return tuple(filler.name or filler.text for filler in fillers)
