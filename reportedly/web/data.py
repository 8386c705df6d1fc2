"""The rows of every view as JSON lines, as the commands print them, at the address of its page with `.json` behind it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.errors import BadSetting
from reportedly.exports.rows import claim_row, report_row, write_row
from reportedly.ledger.shelf import Chosen
from reportedly.web.asked import Asked, read_asked, read_number
from reportedly.web.bench import Bench
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.event import find_event
from reportedly.web.pages.search import find_hits

KINDS = {
    "overview": "summary",
    "events": "events",
    "cards": "cards",
    "findings": "findings",
    "plans": "plans",
    "conflicts": "conflicts",
    "timeline": "timeline",
    "gaps": "gaps",
    "chains": "chains",
    "sources": "sources",
    "network": "network",
    "map": "routes",
    "leavings": "leavings",
    "changes": "changes",
    "review": "concerns",
}  # addresses with the kind of row that is kept
LINES = "application/x-ndjson"
_FEW, _MOST = 1000, 5000  # rows of an answer, unless asked otherwise, and at most

Lines = Callable[[Desk, Sight, Asked, Request], tuple[Iterable[str], int | None]]


def _answer(make: Lines) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        bench: Bench = request.app.state.bench
        asked = read_asked(request.url.path.removesuffix(".json"), dict(request.query_params))
        days = asked.days if asked.path == "/changes" else None
        with bench.desk.look(*(days or (asked.as_of,))) as sight:
            tag = bench.tag(sight, request, live=True)
            headers = {"etag": tag, "cache-control": "private, no-cache", "reportedly-entry": str(sight.entry), "reportedly-newer": str(sight.newer)}
            if request.headers.get("if-none-match") == tag:
                return Response(status_code=304, headers=headers)
            lines, total = make(bench.desk, sight, asked, request)
            body = "".join(f"{line}\n" for line in lines)
        if total is not None:
            headers["x-total-count"] = str(total)
            limit, offset = read_stretch(asked)
            if offset + limit < total:
                headers["link"] = f'<{asked.link(request.url.path, **_kept(asked), offset=offset + limit)}>; rel="next"'
        return Response(body, media_type=LINES, headers=headers)

    return answer


def _kept(asked: Asked) -> dict[str, str]:
    return {name: value for name, value in asked.params.items() if name != "offset"}


def read_stretch(asked: Asked) -> tuple[int, int]:
    """How many rows are wanted, and how many come before them. Raises BadSetting."""
    found = []
    for name, usual, most in (("limit", _FEW, _MOST), ("offset", 0, 10**9)):
        text = asked.get(name) or str(usual)
        number = read_number(text, most)
        if number is None:
            raise BadSetting(f"{name}={text[:20]}: write a whole number up to {most}")
        found.append(number)
    return found[0], found[1]


def _of_kind(kind: str) -> Lines:
    def lines(_: Desk, sight: Sight, asked: Asked, __: Request) -> tuple[Iterable[str], int]:
        limit, offset = read_stretch(asked)
        return [one.body for one in sight.kept(kind, asked.chosen, limit, offset)], sight.count(kind, asked.chosen)

    return lines


def _reports(_: Desk, sight: Sight, asked: Asked, __: Request) -> tuple[Iterable[str], int]:
    limit, offset = read_stretch(asked)
    return [write_row(row["row"]) for row in sight.rows("reports", asked.chosen, limit, offset)], sight.count("reports", asked.chosen)


def _claims(desk: Desk, sight: Sight, asked: Asked, _: Request) -> tuple[Iterable[str], int]:
    """The claims of a view's reports as they stand in the log now, without those that were rejected."""
    limit, offset = read_stretch(asked)
    reports, counts = sight.shelf.ids(sight.name, "reports"), desk.count_claims()
    return list(islice(_claims_from(desk, sight, reports, counts, offset), limit)), sum(counts.get(one, 0) for one in reports)


def _claims_from(desk: Desk, sight: Sight, reports: list[str], counts: dict[str, int], offset: int) -> Iterator[str]:
    """Claims from one on; reports before it are not read."""
    for name in reports:
        if offset >= (count := counts.get(name, 0)):
            offset -= count
            continue
        report, _ = desk.report(sight, name)
        for claim in desk.case.claims_of(report.id)[offset:]:
            yield write_row(claim_row(claim, report))
        offset = 0


def _claim(desk: Desk, sight: Sight, _: Asked, request: Request) -> tuple[Iterable[str], None]:
    claim = desk.claim(request.path_params["claim"])
    return [write_row(claim_row(claim, desk.report(sight, claim.report)[0]))], None


def _report(desk: Desk, sight: Sight, _: Asked, request: Request) -> tuple[Iterable[str], None]:
    """A report, then its claims."""
    report, row = desk.report(sight, request.path_params["report"])
    return [write_row(report_row(report, row["row"]["origin"])), *(write_row(claim_row(claim, report)) for claim in desk.case.claims_of(report.id))], None


def _event(_: Desk, sight: Sight, __: Asked, request: Request) -> tuple[Iterable[str], None]:
    """An event, then its findings."""
    event = find_event(sight, request.path_params["event"])
    return [one.body for kind in ("events", "findings") for one in sight.kept(kind, Chosen(event=event))], None


def _search(desk: Desk, sight: Sight, asked: Asked, _: Request) -> tuple[Iterable[str], int]:
    limit, offset = read_stretch(asked)
    hits = find_hits(desk, sight, asked)
    return [write_row({"report": hit.report, "claim": hit.claim, "words": hit.words, "rank": hit.rank}) for hit in hits[offset : offset + limit]], len(hits)


def refuse(message: str, status: int) -> Response:
    """An error as JSON."""
    return Response(write_row({"error": message}) + "\n", status, media_type=LINES)


def wait(problem: str) -> Response:
    """That a view is being derived: ask again."""
    return Response(write_row({"error": problem or "being derived; ask again"}) + "\n", 202, media_type=LINES, headers={"retry-after": "1"})


_MORE: dict[str, Lines] = {
    "/reports.json": _reports,
    "/claims.json": _claims,
    "/search.json": _search,
    "/claims/{claim}.json": _claim,
    "/reports/{report}.json": _report,
    "/events/{event}.json": _event,
}
ROUTES = [
    *(Route(f"/{name}.json", _answer(_of_kind(kind))) for name, kind in KINDS.items()),
    *(Route(path, _answer(make)) for path, make in _MORE.items()),
]
