"""What is not known of an event: roles that nothing fills, and those of which the reports say that it is unknown, was not found out, or is
not so. Each is a question to ask, with words to search with."""

from collections.abc import Iterable, Mapping

from reportedly.records import Dated, Event, Gap, Plan

Roles = Mapping[str, Mapping[str, str]]  # frame → role → kind of value
_ASKS = {"quantity": "how many", "time": "when", "place": "where", "actor": "who", "money": "how much", "duration": "how long"}
_WH = ("how", "which", "who", "whom", "where", "when", "what", "whether", "why")
_STATES = {"said-unknown": "said-unknown", "not-found": "not-found", "unstated": "unstated"}  # by what is known of a claim


def find_gaps(events: Iterable[Event], claims: Mapping[str, Dated], roles: Roles) -> list[Gap]:
    """The gaps of events, by event and role: `roles` are those that the playbooks give each frame. What is only denied has none."""
    asserted = (event for event in events if any(claims[one].claim.polarity == "positive" for one in event.claims))
    return [gap for event in asserted for role in sorted(roles.get(event.frame, ())) if (gap := _gap(event, role, roles[event.frame][role], claims)) is not None]


def _gap(event: Event, role: str, kind: str, claims: Mapping[str, Dated]) -> Gap | None:
    members = [claims[one] for one in event.claims]
    filling = [dated for dated in members if dated.claim.roles.get(role)]
    known = [dated for dated in filling if not _is_question(dated, role)]
    if any(dated.claim.polarity == "positive" for dated in known):
        return None
    asked = [dated for dated in members if dated.claim.known != "stated" and (dated in filling or not filling)]
    if known:
        state, said = "denied", known
    elif asked:
        state, said = _STATES[asked[0].claim.known], asked
    else:
        state, said = ("said-unknown", filling) if filling else ("unstated", [])
    return Gap(event.id, event.frame, event.label, role, state, tuple(sorted(one.claim.id for one in said)), _question(event, role, kind), _search(event, role, members))


def _is_question(dated: Dated, role: str) -> bool:
    """Whether what fills a role is a question: "how many workers" is no number of them."""
    return all(filler.text.lower().split()[0] in _WH for filler in dated.claim.roles[role] if filler.text.split())


def _question(event: Event, role: str, kind: str) -> str:
    return f"{_ASKS.get(kind, 'what')} ({role}), of {event.label}?"


def _search(event: Event, role: str, members: list[Dated]) -> tuple[str, ...]:
    """The names and the triggers that the reports use for it, most used first, and the role itself."""
    names: dict[str, int] = {}
    for dated in members:
        words = [dated.claim.trigger.lower(), *(filler.name for fillers in dated.claim.roles.values() for filler in fillers if filler.name)]
        for word in words:
            names[word] = names.get(word, 0) + 1
    best = sorted(names, key=lambda word: (-names[word], word))[:4]
    return (*([f"{event.round} round"] if event.round else []), *best, role)


def ask_of_plans(plans: Iterable[Plan]) -> list[Gap]:
    """Overdue plans as questions: did it happen?"""
    return [
        Gap(
            plan.event,
            plan.frame,
            plan.label,
            "outcome",
            "unstated",
            tuple(one.claim.id for one in plan.mentions),
            f"did it happen: {plan.label}, {plan.why.split(',')[0]}?",
            _plan_words(plan),
        )
        for plan in plans
        if plan.outcome == "overdue"
    ]


def _plan_words(plan: Plan) -> tuple[str, ...]:
    announced = plan.announced.claim
    return (announced.trigger.lower(), *sorted({filler.name or filler.text for role, fillers in announced.roles.items() for filler in fillers if role != "time"})[:4])
