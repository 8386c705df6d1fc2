"""A sheet of rules as its author writes it: what the YAML may hold. Unknown keys fail on every level."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from reportedly.playbooks.schema import Status, Strict, Words, as_list

CASE = "case"  # what a provision is held against that is no event


def _as_day(value: object) -> object:
    """A whole date as text: a number is none, though it could be read as seconds."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("is no day; write YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_as_day)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Small = Annotated[list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, to_lower=True)]], BeforeValidator(as_list), Field(min_length=1)]
Countries = Annotated[list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]], BeforeValidator(as_list), Field(min_length=1)]


class Fact(Strict):
    """What a claim must say; all that is given holds of one claim. `role` must be filled, and `words` (any of them), `name`, `country` (ISO
    3166-1, of a place) and `outside` (a place in another country than these) are looked for in it; without a role, words are looked for in
    the quote. `after` and `before` are days (both excluded) of the time that the claim speaks of."""

    frame: str | None = None
    role: str | None = None
    words: Small | None = None
    name: Words | None = None
    country: Countries | None = None
    outside: Countries | None = None
    trigger: Small | None = None
    status: Annotated[list[Status], Field(min_length=1)] | None = None
    after: Day | None = None
    before: Day | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Fact":
        if not any((self.frame, self.role, self.words, self.trigger, self.after, self.before)):
            raise ValueError("says nothing; give a frame, a role, words, a trigger or a day")
        if (self.name or self.country or self.outside) and not self.role:
            raise ValueError("name, country and outside are of a role; give the role")
        if self.after and self.before and self.after >= self.before:
            raise ValueError("after is not before before; no day lies between")
        return self


class Element(Strict):
    """One element of a provision, or an exception to it: facts by which it is met, and by which it is not. `within` says which claims are asked: those of
    the event, all of the reports that tell of it, or all of the case. `act` where only what is said to have happened, or to be under way,
    meets it: a plan does not."""

    element: Said
    met: Annotated[list[Fact], Field(min_length=1)]
    not_met: tuple[Fact, ...] = ()
    within: Literal["event", "report", "case"] = "event"
    act: Literal["yes", "no"] = "no"


class Provision(Strict):
    """A provision between two days. The same `provision` may stand again with other days, that do not overlap. `says` is a paraphrase, and
    `checked` tells who compared it with the document, and when; without, every output says to check it. `against` are the frames of the
    events that it is held against, or "case". `named` are the words by which reports name it."""

    provision: Said
    reference: Said
    says: Said
    checked: str | None = None
    start: Day
    end: Day | None = None
    against: Words
    named: tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, to_lower=True)], ...] = ()
    elements: Annotated[list[Element], Field(min_length=1)]
    exceptions: tuple[Element, ...] = ()


class Sheet(Strict):
    """A sheet of provisions, written for the frames of a playbook."""

    sheet: Annotated[str, Field(pattern=r"^[a-z][a-z_0-9]*$")]
    title: str
    version: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$")]
    playbook: str
    provisions: Annotated[list[Provision], Field(min_length=1)]
