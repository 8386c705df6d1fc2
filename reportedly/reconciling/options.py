"""Options under discussion: what one report weighs against each other, and what it says is favoured."""

import re
from collections import defaultdict
from collections.abc import Iterable

from reportedly.records import Dated, Decision

_FAVOUR = re.compile(r"\b(?:largely|strongly|mainly|mostly|chiefly|most likely|favou?r(?:s|ed|ing)?|prefer(?:s|red)?|leaning|now considering)\b", re.IGNORECASE)


def find_decisions(claims: Iterable[Dated]) -> list[Decision]:
    """The considered claims of one frame in one report, where there are two or more: options of one decision. Those whose
    words favour them are marked; none is chosen."""
    weighed: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for dated in claims:
        if dated.claim.playbook is not None and dated.claim.status == "considered":
            weighed[dated.claim.frame, dated.report.id].append(dated)
    return [
        Decision(frame, tuple(options), tuple(one.claim.id for one in options if _FAVOUR.search(one.claim.quote)))
        for (frame, _), options in sorted(weighed.items())
        if len(options) > 1
    ]
