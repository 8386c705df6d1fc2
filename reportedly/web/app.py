"""The workbench's addresses: which page answers at which, and the JSON beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportedly.errors import DecidedMeanwhile, LedgerProblem, ReportedlyError, UnknownName
from reportedly.ledger import StoreError
from reportedly.web import data, decide, served
from reportedly.web.asked import Asked, read_asked
from reportedly.web.bench import Bench
from reportedly.web.desk import Desk, NotYet, Sight
from reportedly.web.guard import Guard, TooLarge
from reportedly.web.pages.claim import make_panel
from reportedly.web.pages.compare import make_compare
from reportedly.web.pages.event import make_event
from reportedly.web.pages.lists import make_changes, make_list, make_sources
from reportedly.web.pages.overview import make_overview
from reportedly.web.pages.queue import make_queue
from reportedly.web.pages.reader import make_reader
from reportedly.web.pages.search import make_search
from reportedly.web.render import render

Make = Callable[[Desk, Sight, Asked], object]


@dataclass(frozen=True, slots=True)
class Page:
    """What answers at a path: what makes it, and its template; `live` where it shows decisions as they are made."""

    make: Make
    template: str
    live: bool = False


PAGES = {
    "overview": Page(make_overview, "overview"),
    "events": Page(make_list("cards"), "events"),
    "plans": Page(make_list("plans"), "plans"),
    "timeline": Page(make_list("timeline"), "timeline"),
    "map": Page(make_list("routes"), "map"),
    "sources": Page(make_sources, "sources"),
    "reports": Page(make_list("reports"), "reports"),
    "conflicts": Page(make_list("conflicts"), "conflicts"),
    "gaps": Page(make_list("gaps"), "gaps"),
    "leavings": Page(make_list("leavings"), "leavings"),
    "changes": Page(make_changes, "changes"),
    "review": Page(make_queue, "review", live=True),
    "search": Page(make_search, "search", live=True),
    "compare": Page(make_compare, "compare", live=True),
}


def make_app(bench: Bench, port: int) -> Guard:
    """The application over a bench, as it is served on a port."""
    routes = [Route("/" if name == "overview" else f"/{name}", _page(name, page), name=name) for name, page in PAGES.items()]
    routes += [
        Route("/events/{event}", _event),
        Route("/reports/{report}", _reader),
        Route("/claims/{claim}", _claim),
        Route("/claims/{claim}/panel", _panel),
        *data.ROUTES,
        *decide.ROUTES,
        Route("/static/{path:path}", served.serve),
    ]
    # addresses that end in .json come first: /events/{event} would take them
    routes.sort(key=lambda route: not route.path.endswith(".json"))
    handlers: Mapping[Any, Any] = {
        ReportedlyError: _refuse,
        NotYet: _wait,
        TooLarge: _too_large,
        StoreError: _damaged,
        ClientDisconnect: _gone,
        HTTPException: _not_so,
        404: _nothing_here,
        500: _broken,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.bench = bench
    return Guard(app, bench.keys, port, bench.most_upload)


def _page(name: str, page: Page) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        bench: Bench = request.app.state.bench
        if name == "overview" and bench.scratch and bench.desk.case.ledger.last_entry <= 1:
            return RedirectResponse("/add", 303)  # nothing to look at yet
        return show(request, page, name)

    return answer


def show(request: Request, page: Page, here: str) -> Response:
    """A page of a view, or that it is what the browser has already."""
    bench: Bench = request.app.state.bench
    asked = read_asked(request.url.path, dict(request.query_params))
    days = asked.days if here == "changes" else None
    with bench.desk.look(*(days or (asked.as_of,))) as sight:
        tag = bench.tag(sight, request, live=page.live)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        body = bench.pages.find(tag)
        if body is None:
            frame = bench.frame(sight, asked, here)
            body = render(f"{page.template}.html.j2", frame=frame, asked=asked, page=page.make(bench.desk, sight, asked))
            bench.pages.keep(tag, body)
    return Response(body, media_type="text/html", headers={"etag": tag, "cache-control": "private, no-cache"})


def _event(request: Request) -> Response:
    return show(request, Page(lambda desk, sight, asked: make_event(desk, sight, asked, request.path_params["event"]), "event", live=True), "events")


def _reader(request: Request) -> Response:
    return show(request, Page(lambda desk, sight, asked: make_reader(desk, sight, asked, request.path_params["report"]), "reader", live=True), "reports")


def _claim(request: Request) -> Response:
    """A claim is read in its report."""
    bench: Bench = request.app.state.bench
    asked = read_asked(request.url.path, dict(request.query_params))
    found = bench.desk.claim(request.path_params["claim"])
    return RedirectResponse(asked.link(f"/reports/{found.report}", claim=found.id), 303)


def _panel(request: Request) -> Response:
    """The piece of a page that shows one claim."""
    bench: Bench = request.app.state.bench
    asked = read_asked(request.url.path, dict(request.query_params))
    claim = bench.desk.claim(request.path_params["claim"])
    with bench.desk.look(asked.as_of) as sight:
        frame = bench.frame(sight, asked, "review")
        return Response(render("panel.html.j2", frame=frame, asked=asked, panel=make_panel(bench.desk, sight, claim), message=""), media_type="text/html")


def _refuse(request: Request, error: Exception) -> Response:
    """What cannot be answered, in the words of the error."""
    status = 404 if isinstance(error, UnknownName) else 409 if isinstance(error, DecidedMeanwhile) else 503 if isinstance(error, LedgerProblem) else 400
    return _say(request, str(error), status)


def _nothing_here(request: Request, _: Exception) -> Response:
    return _say(request, f"{request.url.path[:80]}: there is no such page", 404)


def _gone(_: Request, __: Exception) -> Response:
    """A browser that went away before it had sent all: nobody reads an answer."""
    return Response(status_code=400)


def _not_so(request: Request, error: Exception) -> Response:
    """What the framework refuses: a method that a page does not take, a form that is none."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    return _say(request, f"{request.method} {request.url.path[:80]}: {getattr(error, 'detail', 'cannot be answered')}", status)


def _damaged(request: Request, error: Exception) -> Response:
    return _say(request, f"the case cannot be read or written ({error}); check it with: reportedly verify CASE", 503)


def _broken(request: Request, _: Exception) -> Response:
    """A fault of the program: what it was is told to the one who started it, on the terminal."""
    return _say(request, "the workbench failed at this; what went wrong stands on the terminal where it was started", 500)


def _too_large(request: Request, error: Exception) -> Response:
    most = error.most if isinstance(error, TooLarge) else 0
    return _say(request, f"more was sent than the {most:,} bytes that may be; add large files with: reportedly add CASE FILE", 413)


def _say(request: Request, message: str, status: int) -> Response:
    bench: Bench = request.app.state.bench
    if request.url.path.endswith(".json"):
        return data.refuse(message, status)
    asked = Asked(request.url.path, {}, None, 1)
    try:
        frame = bench.frame(None, asked, "")
    except (ReportedlyError, StoreError):  # the case itself cannot be read: then there is no page around the line
        return Response(f"{message}\n", status, media_type="text/plain")
    return Response(render("message.html.j2", frame=frame, asked=asked, message=message), status, media_type="text/html")


def _wait(request: Request, error: Exception) -> Response:
    """A view that is being derived: the page asks again by itself."""
    bench: Bench = request.app.state.bench
    if request.method not in ("GET", "HEAD"):
        return _say(request, "this day is still being worked out, and nothing was done; send it again in a moment", 503)
    if request.url.path.endswith(".json"):
        return data.wait(str(error))
    asked = read_asked(request.url.path, dict(request.query_params))
    frame = bench.frame(None, asked, "")
    swapped = "hx-request" in request.headers  # the piece that is swapped in asks again; a whole page is loaded again
    headers = {"retry-after": "1", "cache-control": "no-store"} | ({} if swapped else {"refresh": "1"})
    return Response(render("wait.html.j2", frame=frame, asked=asked, problem=str(error), again=swapped), 202, media_type="text/html", headers=headers)
