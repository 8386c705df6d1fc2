"""A sheet of rules from disk: all mistakes at once, each with its line and a remedy."""

import difflib
from collections.abc import Collection, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter

from reportedly.assessing.schema import CASE, Element, Fact, Provision, Sheet
from reportedly.errors import BadSheet, UnknownName
from reportedly.playbooks import load_playbook
from reportedly.playbooks.schema import Playbook
from reportedly.playbooks.written import line_of, read_written

SHIPPED = ("ilo_forced_labour", "un_dprk_workers")


def find_sheet(name: str) -> Traversable:
    """A shipped sheet by its name, or a file by its path. Raises UnknownName."""
    if name in SHIPPED:
        return files("reportedly.assessing").joinpath("sheets", f"{name}.yaml")
    if name and Path(name).is_file():
        return Path(name)
    raise UnknownName(f"{name or 'no name'}: no such sheet; there are {', '.join(SHIPPED)}, or name a YAML file")


def load_sheet(name: str) -> Sheet:
    """The sheet of that name or file. Raises BadSheet with every mistake as `path:line: key: what`."""
    file = find_sheet(name)
    mistakes: list[str] = []
    sheet, node = read_written(file, file.name, TypeAdapter(Sheet), mistakes)
    if sheet is None:
        raise BadSheet(mistakes)
    try:
        playbook = load_playbook(sheet.playbook)
    except UnknownName as error:
        raise BadSheet([f"{file.name}:{line_of(node, ['playbook'])}: playbook: {error}"]) from error
    mistakes += [f"{file.name}:{line_of(node, place)}: {what}" for place, what in (*_check_days(sheet), *_check_facts(sheet, playbook))]
    if mistakes:
        raise BadSheet(mistakes)
    return sheet


Mistake = tuple[list[object], str]


def _check_days(sheet: Sheet) -> Iterator[Mistake]:
    """Days that end before they begin, and versions of one provision that overlap."""
    for number, one in enumerate(sheet.provisions):
        place: list[object] = ["provisions", number, "start"]
        if one.end is not None and one.end < one.start:
            yield place, f"{one.provision}: ends before it begins; write the earlier day first"
        for other in sheet.provisions[:number]:
            if other.provision == one.provision and _overlap(one, other):
                yield place, f"{one.provision}: overlaps the version that begins {other.start}; end that one before"


def _overlap(one: Provision, other: Provision) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def _check_facts(sheet: Sheet, playbook: Playbook) -> Iterator[Mistake]:
    """Facts that no claim of the playbook can have."""
    roles = {frame.frame: set(frame.roles) for frame in playbook.frames}
    for number, one in enumerate(sheet.provisions):
        for at, frame in enumerate(one.against):
            if frame not in roles and one.against != [CASE]:
                yield ["provisions", number, "against", at], _unknown("frame", frame, roles)
        for kind, elements in (("elements", one.elements), ("exceptions", one.exceptions)):
            for at, element in enumerate(elements):
                yield from _check_element(element, ["provisions", number, kind, at], roles)


def _check_element(element: Element, place: list[object], roles: dict[str, set[str]]) -> Iterator[Mistake]:
    for kind, facts in (("met", element.met), ("not_met", element.not_met)):
        for number, fact in enumerate(facts):
            yield from _check_fact(fact, [*place, kind, number], roles)


def _check_fact(fact: Fact, place: list[object], roles: dict[str, set[str]]) -> Iterator[Mistake]:
    if fact.frame is not None and fact.frame not in roles:
        yield [*place, "frame"], _unknown("frame", fact.frame, roles)
        return
    known = roles[fact.frame] if fact.frame else set().union(*roles.values())
    if fact.role is not None and fact.role not in known:
        yield [*place, "role"], _unknown("role", fact.role, known)


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    listed = sorted(known)
    close = difflib.get_close_matches(name, listed, n=1)
    return f"{kind} {name!r}: the playbook has none of that name" + (f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(listed)}")
