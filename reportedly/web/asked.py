"""What an address asks for: the day, the filters, which stretch of a list. Whatever it shows can be asked for again by the same address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from reportedly.errors import BadSetting
from reportedly.ledger.shelf import Chosen

_MOST = 100_000  # pages of a list
_DIGITS = 10  # of a number in an address
_LETTERS = 1_000  # of a parameter


@dataclass(frozen=True, slots=True)
class Asked:
    """A path with its parameters, and those that every page reads: the day as of which (None: today), and the page of a list, from 1."""

    path: str
    params: Mapping[str, str]
    as_of: date | None
    page: int

    def get(self, name: str) -> str:
        """A parameter; "" where it is not given."""
        return self.params.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """A parameter as a day. Raises BadSetting where it is none."""
        return _day(self.params, name)

    @property
    def days(self) -> tuple[date, date] | None:
        """The two days between which changes are asked for, by `from` and `to`. Raises BadSetting where one is missing, they are reversed, or
        another day is asked for besides."""
        since, until = self.day("from"), self.day("to")
        if since is None and until is None:
            return None
        if since is None or until is None:
            raise BadSetting("changes are told between two days; give both, from and to")
        if until < since:
            raise BadSetting(f"to={until}: lies before from={since}; give the earlier day first")
        if self.as_of is not None:
            raise BadSetting(f"as-of={self.as_of}: changes from one day to another have their own; leave it out")
        return since, until

    @property
    def chosen(self) -> Chosen:
        """Which rows the filters frame and state choose."""
        return Chosen(frame=self.get("frame"), state=self.get("state"))

    def link(self, path: str = "", /, **changed: object) -> str:
        """The address of another page as of the same day; of this one (no path) with its parameters, but for those changed. None leaves one
        out."""
        kept = dict(self.params) if not path else {"as-of": self.params["as-of"]} if self.get("as-of") else {}
        new = {name.replace("_", "-"): value for name, value in changed.items()}
        if not path and "page" not in new:
            kept.pop("page", None)
        pairs = {name: value for name, value in (kept | new).items() if value not in (None, "")}
        return (path or self.path) + (f"?{urlencode(pairs)}" if pairs else "")


def read_number(text: str, most: int) -> int | None:
    """A whole number of plain digits up to `most`; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) <= most else None


def read_asked(path: str, params: Mapping[str, str]) -> Asked:
    """What a path and its parameters ask for. Raises BadSetting where they make no sense."""
    page = read_number(params.get("page", "1"), _MOST)
    if not page:
        raise BadSetting(f"page={params.get('page', '')[:20]}: write a whole number from 1")
    long = next((name for name, value in params.items() if len(value) > _LETTERS), None)
    if long is not None:
        raise BadSetting(f"{long[:20]}: has more than {_LETTERS} letters; write fewer")
    return Asked(path, params, _day(params, "as-of"), page)


def _day(params: Mapping[str, str], name: str) -> date | None:
    text = params.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"{name}={text[:20]}: no day; write YYYY-MM-DD") from None
