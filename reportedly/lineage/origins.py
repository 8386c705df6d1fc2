"""How many independent origins can stand behind some claims: an interval, with the reason in words. Copies do not corroborate."""

from collections.abc import Iterable, Mapping

from reportedly.lineage.links import COPIES
from reportedly.records import Dated, Link, Origins
from reportedly.values.places import fold

Families = Mapping[str, str]  # of copies, by report
_Key = tuple[str, ...]


def find_roots(links: Iterable[Link]) -> dict[str, str]:
    """For each report that is a copy or has one the id of the report that its group of copies goes back to: the one that copies none
    of the others; where several or none do (their original is not in the case), the smallest id, which stands for that original."""
    links = [link for link in links if link.kind in COPIES]
    members: dict[str, set[str]] = {}
    for report, family in find_families(links).items():
        members.setdefault(family, set()).add(report)
    copying = {link.source for link in links if link.direction != "either way"}
    return {one: min(found - copying or found) for found in members.values() for one in found}


def find_families(links: Iterable[Link]) -> dict[str, str]:
    """For each report that is a copy or has one the smallest id of its group of copies: a name of the group that a further copy seldom
    changes, for where it does not matter which is the original."""
    group: dict[str, str] = {}
    for link in links:
        if link.kind in COPIES:
            ends = sorted((_find(group, link.source), _find(group, link.target)))
            group[ends[1]] = ends[0]
    return {report: _find(group, report) for report in list(group)}


def _find(group: dict[str, str], report: str) -> str:
    while group.setdefault(report, report) != report:
        report = group[report]
    return report


def count_origins(claims: Iterable[Dated], families: Families) -> Origins:
    """The least and most independent origins of claims that say the same. A named person is one wherever quoted; unnamed voices and
    bodies may all be one; an outlet that speaks for itself adds nothing where its own source speaks too."""
    claims = list(claims)
    keys = {one.claim.id: _key(one, families) for one in claims}
    through = {_outlet(one, families) for one in claims if keys[one.claim.id][0] not in ("outlet", "report")}
    counted = sorted({key for key in keys.values() if not (key[0] in ("outlet", "report") and key[1] in through)})
    named = sum(key[0] == "named" for key in counted)
    least, most = max(1, named), max(1, len(counted))
    return Origins(least, most, _why(claims, counted, keys, through, families))


def _key(dated: Dated, families: Families) -> _Key:
    """What tells the origin of a claim from another: the person, the body, or an unnamed voice of one outlet and report."""
    voice = dated.claim.voice[0]
    name = fold(voice.name or voice.text).removeprefix("the ")
    family = families.get(dated.report.id, dated.report.id)
    if voice.kind in ("named", "organisation", "document"):
        return (voice.kind, name)
    if voice.kind == "report":
        return ("report", name)
    if voice.kind == "outlet":
        return ("outlet", _outlet(dated, families))
    return (voice.kind, _outlet(dated, families), family, name)


def _outlet(dated: Dated, families: Families) -> str:
    """The outlet through which a claim comes: of copies one, whoever prints them."""
    family = families.get(dated.report.id)
    if family is not None:
        return f"copies of {family}"
    return fold(dated.report.outlet).removeprefix("the ") if dated.report.outlet else dated.report.id


def _why(claims: list[Dated], counted: list[_Key], keys: Mapping[str, _Key], through: set[str], families: Families) -> str:
    """The origins in words, and what was not counted."""
    words: dict[_Key, str] = {}
    for one in claims:
        voice = one.claim.voice[0]
        outlet = one.report.outlet or one.report.file
        words.setdefault(keys[one.claim.id], voice.name or voice.text if voice.kind in ("outlet", "report") else f"{voice.name or voice.text} through {outlet}")
    said = [words[key] for key in counted]
    parts = ["; ".join(said[:4]) + (f"; and {len(said) - 4} more" if len(said) > 4 else "")]
    copies = len({one.report.id for one in claims if one.report.id in families}) - len({families[one.report.id] for one in claims if one.report.id in families})
    parts += ["1 copy counts with what it copies" if copies == 1 else f"{copies} copies count with what they copy"] if copies > 0 else []
    own = sum(key[0] in ("outlet", "report") and key[1] in through for key in keys.values())
    parts += ["what the outlet says itself adds nothing to its source"] if own else []
    unnamed = [key for key in counted if key[0] in ("anonymous", "unspecified")]
    parts += ["unnamed voices may be one"] if len(unnamed) > 1 else []
    return "; ".join(parts)
