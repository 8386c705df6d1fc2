"""What the readers of formats give: pages, and what is packed in containers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportedly.reading.given import Given


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one report as its format gives it. `found` is what the bytes say of it, `read_from` says for each such field where;
    `starts` are the offsets at which the pages of a PDF begin; `left` is what was not kept, as (reason code, words); `cut` the blocks of a web page
    that are not of its story, for a look at them."""

    text: str
    encoding: str
    found: Given = field(default_factory=Given)
    read_from: Mapping[str, str] = field(default_factory=dict)
    starts: tuple[int, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Something packed in a container: its name there, its own bytes, and what the container says of it. With a `page` it is read
    already; `media_type` is set where the container knows it, `charset` where a server said it."""

    name: str
    original: bytes
    given: Given = field(default_factory=Given)
    read_from: Mapping[str, str] = field(default_factory=dict)
    page: Page | None = None
    media_type: str | None = None
    charset: str | None = None
