"""Who commands whom, as said: holders of authority, what they hold it over, who gave it, and since when."""

import re
from collections.abc import Iterable

from reportedly.reconciling.dating import resolve
from reportedly.records import Body, Command, Dated, Filler
from reportedly.values.places import fold

_ORGAN = re.compile(
    r"\b(?:ministr|committee|agenc|department|bureau|director|part(?:y|ies)\b|compan|offices?\b|authorit|bod(?:y|ies)\b|organi|workplace|trusts?\b|firms?\b|council|embass|brigade|bank)",
    re.IGNORECASE,
)  # bodies, not what they do


def find_commands(claims: Iterable[Dated], frame: str = "mandate") -> list[Command]:
    """One command a claim of the frame, in the order of the claims; nothing is merged, and a holder that no words name is
    left out of none."""
    return [_make_command(dated) for dated in claims if dated.claim.frame == frame and dated.claim.playbook is not None]


def find_bodies(commands: Iterable[Command]) -> list[Body]:
    """The bodies that hold or give power, as a chain: each with what is said of it and the bodies under it, whoever nobody
    stands above first. Names are one body where the capitalised words of the shorter all stand in the longer ("the Works
    Department", "the Central Committee's Works Department"). A claim stands once, with the body that acts."""
    commands = [command for command in commands if command.givers or command.holders]
    names = sorted({name for command in commands for name in (*command.givers, *command.holders, *command.over)}, key=lambda name: (-len(_proper(name)), name))
    usual: dict[str, str] = {}
    for name in names:
        usual[name] = next((other for other in dict.fromkeys(usual.values()) if _is_one_body(name, other)), name)
    below: dict[str, dict[str, None]] = {name: {} for name in dict.fromkeys(usual.values())}
    said: dict[str, list[Command]] = {name: [] for name in below}
    for command in commands:
        under = command.holders if command.givers else tuple(name for name in command.over if _ORGAN.search(name.split(" of ")[0]))
        for one in dict.fromkeys(usual[name] for name in command.givers or command.holders):
            said[one].append(command)
            below[one].update(dict.fromkeys(usual[other] for other in under if usual[other] != one))
    also = {name: tuple(sorted(other for other in names if usual[other] == name and other != name)) for name in below}
    return [Body(name, also[name], tuple(said[name]), tuple(below[name])) for name in _from_the_top(below) if said[name]]


def _proper(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z]\w+", name.removeprefix("The ")))


def _is_one_body(short: str, long: str) -> bool:
    if fold(short).removeprefix("the ") == fold(long).removeprefix("the "):
        return True
    return len(_proper(short)) >= 2 and _proper(short) <= _proper(long)


def _from_the_top(below: dict[str, dict[str, None]]) -> list[str]:
    """Names with whoever nobody stands above first, then those under each; a ring is entered where its first name stands."""
    under = {name for names in below.values() for name in names}
    order: dict[str, None] = {}
    stack = [*sorted(below, reverse=True), *sorted((name for name in below if name not in under), reverse=True)]
    while stack:
        name = stack.pop()
        if name not in order:
            order[name] = None
            stack += [one for one in reversed(below[name]) if one not in order]
    return list(order)


def _make_command(dated: Dated) -> Command:
    roles = dated.claim.roles
    since = next((when for filler in roles.get("time", ()) if (when := resolve(filler, dated.report)) and when.edtf), None)
    return Command(_names(roles.get("holder", ())), _names(roles.get("power", ())), _names(roles.get("over", ())), _names(roles.get("giver", ())), since, dated)


def _names(fillers: tuple[Filler, ...]) -> tuple[str, ...]:
    return tuple(filler.name or filler.text for filler in fillers)
