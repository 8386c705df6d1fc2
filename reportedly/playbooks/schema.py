"""A playbook as its author writes it: what the YAML may hold. Unknown keys fail on every level."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def as_list(value: object) -> object:
    """One word as a list of one."""
    return [value] if isinstance(value, str) else value


def _as_lists(value: object) -> object:
    return {key: as_list(one) for key, one in value.items()} if isinstance(value, dict) else value


Words = Annotated[list[str], BeforeValidator(as_list), Field(min_length=1)]
Slots = Annotated[dict[str, list[str]], BeforeValidator(_as_lists)]
Status = Literal["occurred", "ongoing", "planned", "required", "considered", "predicted", "hypothetical"]


class Strict(BaseModel):
    """What people write: unknown keys fail, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pattern(Strict):
    """Words of one kind that name the happening. `roles` says where the parse finds each role: subject, object, whom,
    owner, compound, to do, that, because, time, number, or a preposition. `needs` names the lists of playbook.yaml (or
    words) that a role's head word must stand in; a role in `needs` must be filled, by any word where its list is empty. `status` fixes the status of the words themselves."""

    words: Words
    roles: Slots = {}
    needs: Slots = {}
    status: Status | None = None


class LeaveOut(Strict):
    """Words that look like the frame and are not, with the reason; under `out_of_scope` single words (dictionary forms) that
    put a whole sentence out of the frame's scope ("drill", "film")."""

    words: Words
    because: str


class Role(Strict):
    """What fills a role: its type, and for a quantity what it counts."""

    type: Literal["text", "quantity", "money", "duration", "time", "place", "actor"] = "text"
    unit: str | None = None
    scope: Literal["team", "total", "each"] | None = None
    later_report_may_revise: bool = False


class Frame(Strict):
    """One kind of happening or state."""

    frame: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    means: str
    heading: str | None = None  # over its claims in a brief
    same_event_when: list[str] = []
    verbs: list[Pattern] = []
    nouns: list[Pattern] = []
    adjectives: list[Pattern] = []
    leave_out: list[LeaveOut] = []
    out_of_scope: list[LeaveOut] = []
    roles: dict[str, Role]


class Name(Strict):
    """A place or actor of the subject, its other names, of a place its country (ISO 3166-1), and who says that it matters."""

    name: str
    also: list[str] = []
    kind: str | None = None
    country: str | None = None
    source: str | None = None


class Head(Strict):
    """playbook.yaml: what the playbook is about, its lists of words, and the names of the subject."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    title: str
    version: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$")]
    follows: str
    brief: list[str] = []  # frames in the order of a brief; the others follow by name
    lists: dict[str, Words] = {}
    places: list[Name] = []
    actors: list[Name] = []


class Expected(Strict):
    """What a case wants of one claim; only what is given is compared. Roles stand under their own names."""

    model_config = ConfigDict(extra="allow", frozen=True)

    frame: str
    trigger: str | None = None
    status: Status | None = None
    polarity: Literal["positive", "negative"] | None = None
    certainty: Literal["certain", "probable", "possible"] | None = None
    voice: str | None = None


class CaseExample(Strict):
    """A text and the claims it must give, in order; `leaves_out` names the exclusion that a negative case proves."""

    name: str
    text: str
    expect: list[Expected]
    published: str | None = None
    leaves_out: str | None = None


class Playbook(Strict):
    """A whole playbook; `lines` says where each pattern stands ("dispatch.verbs.0": "frames/dispatch.yaml:6")."""

    head: Head
    frames: tuple[Frame, ...]
    cases: tuple[CaseExample, ...]
    lines: dict[str, str] = {}

    def headings(self) -> dict[str, str]:
        """The headings of its frames in the order of a brief."""
        order = self.head.brief
        ranked = sorted(self.frames, key=lambda frame: (order.index(frame.frame) if frame.frame in order else len(order), frame.frame))
        return {frame.frame: frame.heading or frame.frame.replace("_", " ").capitalize() for frame in ranked}
