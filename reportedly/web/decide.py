"""What a page sends: decisions, claims marked by hand, reports, exports. Every form bears the token of the run; what cannot be done is said, and
what was typed stays."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportedly.deciding import add_claim
from reportedly.deciding import review as log_reviews
from reportedly.errors import BadSetting, ReportedlyError, UnknownName
from reportedly.exporting import FORMATS, export
from reportedly.exports.rows import filler_row
from reportedly.reconciling.reviews import concerning, try_edit
from reportedly.records import Claim, HandMade, Review
from reportedly.web.asked import Asked, read_asked, read_number
from reportedly.web.bench import Bench
from reportedly.web.desk import Desk
from reportedly.web.intake import MOST_FILES, Pasted, plain_name, write_facts, write_pasted
from reportedly.web.pages.claim import make_panel
from reportedly.web.pages.search import SEARCHED, find_hits
from reportedly.web.render import render, write_range

Fields = dict[str, str]
_PASTED = 2  # texts at once
_ROLES = (1, 2, 3)  # that can be marked with a claim
_MOST = 10**9  # entries of a log
_FIELDS = 10_000  # of a form: a claim may have thousands of roles
_MOST_EXPORTED = 200_000  # hits of a search that is exported


def _post(path: str, work: Callable[[Request, FormData], Response]) -> Route:
    """A path to which a form is sent: without the token of this run nothing is done."""

    async def answer(request: Request) -> Response:
        bench: Bench = request.app.state.bench
        async with request.form(max_files=MOST_FILES, max_fields=_FIELDS, max_part_size=4_000_000) as form:
            token = form.get("form-token")
            if not isinstance(token, str) or not bench.keys.is_form(token):
                return await _stale(request)
            return await run_in_threadpool(_write, bench, work, request, form)

    return Route(path, answer, methods=["POST"])


def _write(bench: Bench, work: Callable[[Request, FormData], Response], request: Request, form: FormData) -> Response:
    """One after the other: what is written while a scratch case is kept would stay behind."""
    with bench.writing:
        return work(request, form)


async def _stale(request: Request) -> Response:
    def say() -> Response:
        bench: Bench = request.app.state.bench
        frame = bench.frame(None, Asked(request.url.path, {}, None, 1), "")
        message = "this page was made before the workbench was started anew, and nothing was done; load it again, then decide"
        return Response(render("message.html.j2", frame=frame, asked=frame.asked, message=message), 403, media_type="text/html")

    return await run_in_threadpool(say)


def _fields(form: FormData) -> Fields:
    """The fields of a form that are words."""
    return {name: " ".join(value.split()) for name, value in form.items() if isinstance(value, str)}


def _analyst(desk: Desk) -> str:
    if not desk.settings.analyst:
        raise BadSetting("nobody signs this; start the workbench with --by NAME, or set REPORTEDLY_ANALYST")
    return desk.settings.analyst


def _review(request: Request, form: FormData) -> Response:
    """Log a decision on a claim and show it as it stands now; where somebody was quicker, show that first."""
    bench: Bench = request.app.state.bench
    desk, fields = bench.desk, _fields(form)
    claim = desk.claim(request.path_params["claim"])
    message = ""
    try:
        read_asked(request.url.path, dict(request.query_params))  # a day that makes no sense is said before anything is logged
        log_reviews(desk.case, *_make_reviews(desk, claim, fields), seen=read_number(fields.get("seen", "0"), _MOST) or 0)
    except ReportedlyError as error:
        if "hx-request" not in request.headers:
            raise
        message, typed = str(error), {name: value for name, value in fields.items() if not name.startswith("set-") or _is_changed(fields, name)}
    else:
        typed = {}
    return _show_panel(request, claim.id, message, typed)


def _is_changed(fields: Fields, name: str) -> bool:
    """Whether a field that sets a value (`set-…`) holds another than the page showed (`was-…`)."""
    return fields[name] != fields.get(name.replace("set-", "was-", 1), "")


def _show_panel(request: Request, claim_id: str, message: str, typed: Fields) -> Response:
    bench: Bench = request.app.state.bench
    asked = read_asked(f"/claims/{claim_id}", {"as-of": day} if (day := request.query_params.get("as-of")) else {})
    claim = bench.desk.claim(claim_id)
    if "hx-request" not in request.headers:
        return RedirectResponse(asked.link(f"/reports/{claim.report}", claim=claim.id), 303)
    with bench.desk.look(asked.as_of) as sight:
        frame = bench.frame(sight, asked, "review")
        body = render("panel.html.j2", frame=frame, asked=asked, panel=make_panel(bench.desk, sight, claim), message=message, typed=typed)
    headers = {} if message else {"hx-trigger": "reportedly-decided"}
    return Response(body, media_type="text/html", headers=headers)


def _make_reviews(desk: Desk, claim: Claim, fields: Fields) -> list[Review]:
    by, note, verdict = _analyst(desk), fields.get("note", ""), fields.get("verdict", "")
    if verdict == "undo":
        undoes = read_number(fields.get("undoes", ""), _MOST)
        if all(one.seq != undoes for one in concerning(desk.case.ledger.reviews(), claim.id)):
            raise BadSetting("nothing of this claim can be taken back under that number")
        return [Review(claim.id, "undo", by, note, undoes=undoes)]
    if verdict == "edit":
        changed = [(name.removeprefix("set-"), value) for name, value in fields.items() if name.startswith("set-") and value and _is_changed(fields, name)]
        if not changed:
            raise BadSetting("nothing was changed; type another value into a field, then save")
        return [Review(claim.id, "edit", by, note, name, value) for name, value in changed]
    if verdict in ("merge", "split"):
        others = tuple(_find_short(desk, one) for one in fields.get("others", "").replace(",", " ").split())
        if not others:
            raise BadSetting(f"{verdict}: name another claim by its id, or the beginning of it")
        return [Review(claim.id, verdict, by, note, others=others)]
    if verdict == "note" and not note:
        raise BadSetting("a note has words; write some")
    if verdict not in ("accept", "reject", "note"):
        raise BadSetting("accept, reject, edit, merge, split, note or undo")
    return [Review(claim.id, verdict, by, note)]


def _find_short(desk: Desk, name: str) -> str:
    """The id of the one claim that begins so. Raises UnknownName."""
    fits = sorted({claim.id for claim in desk.case.read_as(name)}) if len(name) >= 4 else []
    if len(fits) != 1:
        raise UnknownName(f"{name[:32]}: {'no claim has' if not fits else f'{len(fits)} claims have'} an id that begins so; write eight letters of it")
    return fits[0]


def _try(request: Request) -> Response:
    """How what is typed into a field would be read."""
    bench: Bench = request.app.state.bench
    claim = bench.desk.claim(request.path_params["claim"])
    field = next((name.removeprefix("set-") for name in request.query_params if name.startswith("set-")), "")
    value = " ".join(request.query_params.get(f"set-{field}", "").split())[:400]
    report = bench.desk.case.ledger.stored_report(claim.report)
    try:
        filler = try_edit(claim, field, value, frozenset(bench.desk.frames.get(claim.frame, ()))) if value else None
        told, problem = write_range(filler_row(filler, report)) if filler else "", ""
    except BadSetting as error:
        told, problem = "", str(error)
    return Response(render("try.html.j2", told=told, problem=problem), media_type="text/html")


def _mark(request: Request, form: FormData) -> Response:
    """Take a claim that was marked by hand; what cannot be taken is said in its form, where all that was typed stays."""
    try:
        return _take_marked(request, form)
    except ReportedlyError as error:
        if "hx-request" not in request.headers:
            raise
        bench: Bench = request.app.state.bench
        asked = read_asked(request.url.path, dict(request.query_params))
        frame = bench.frame(None, asked, "")
        values = {
            "report_id": request.path_params["report"],
            "frames": sorted(bench.desk.frames),
            "roles": bench.desk.roles,
        }
        values |= {"typed": _fields(form), "message": str(error)}
        return Response(render("hand.html.j2", frame=frame, asked=asked, **values), media_type="text/html")


def _take_marked(request: Request, form: FormData) -> Response:
    bench: Bench = request.app.state.bench
    desk, fields = bench.desk, _fields(form)
    report = desk.case.ledger.report(request.path_params["report"])
    if report is None:
        raise UnknownName(f"{request.path_params['report'][:32]}: no such report")
    start, end = (read_number(fields.get(name, ""), _MOST) for name in ("start", "end"))
    if start is None or end is None:
        raise BadSetting("no words are marked; select a clause of the text, then add it")
    made = HandMade(
        start,
        end,
        fields.get("frame") or "open",
        fields.get("status") or "occurred",
        fields.get("polarity") or "positive",
        fields.get("certainty") or "certain",
        fields.get("trigger"),
        fields.get("time"),
        fields.get("voice"),
        fields.get("voice-kind") or "anonymous",
        {fields[f"role-{number}"]: words for number in _ROLES if (words := fields.get(f"fills-{number}")) and fields.get(f"role-{number}")},
    )
    claim = add_claim(desk.case, report, made, _analyst(desk))
    path = read_asked(request.url.path, dict(request.query_params)).link(f"/reports/{report.id}", claim=claim.id)
    return Response(headers={"hx-redirect": path}) if "hx-request" in request.headers else RedirectResponse(path, 303)


def _export(request: Request, form: FormData) -> Response:
    """What an address shows, as a file: all claims of a day, or those of a search."""
    bench: Bench = request.app.state.bench
    desk, fields = bench.desk, _fields(form)
    kind = fields.get("format", "")
    if kind not in FORMATS:
        raise BadSetting(f"{kind[:20] or 'no format'}: there are {', '.join(sorted(FORMATS))}")
    asked = read_asked("/search", {name.removeprefix("q-"): value for name, value in fields.items() if name.startswith("q-") and value})
    with desk.look(asked.as_of) as sight:
        narrowed = any(asked.get(name) for name in SEARCHED)
        only = frozenset(hit.claim for hit in find_hits(desk, sight, asked, _MOST_EXPORTED) if hit.claim) if narrowed else None
    with tempfile.TemporaryDirectory(prefix="reportedly-export-") as folder:
        output = Path(folder) / f"claims.{'json' if kind == 'ftm' else kind}"
        export(desk.case, kind, output, asked.as_of, claims=only)
        body = output.read_bytes()
    return Response(body, media_type="application/octet-stream", headers={"content-disposition": f'attachment; filename="{output.name}"', "cache-control": "no-store"})


def _add(request: Request, form: FormData) -> Response:
    """Files and pasted texts into the case; how far it has come is shown at an address of its own."""
    bench: Bench = request.app.state.bench
    if not bench.desk.writable:
        raise BadSetting("this case may not be written to; copy it, then serve the copy")
    folder = bench.intakes.make_folder()
    try:
        _lay(folder, form)
        intake = bench.intakes.start(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    path = f"/add/{intake.number}"
    if "hx-request" in request.headers:
        return Response(headers={"hx-redirect": path})
    return RedirectResponse(path, 303)


def _lay(folder: Path, form: FormData) -> None:
    """Files and pasted texts into a folder. Raises BadSetting where there is nothing."""
    taken: set[str] = set()
    for one in form.getlist("file"):
        if isinstance(one, UploadFile) and one.filename:
            (folder / plain_name(one.filename, taken)).write_bytes(one.file.read())
    pasted = [_pasted(form, number) for number in range(1, _PASTED + 1) if str(form.get(f"text-{number}", "")).strip()]
    if not taken and not pasted:
        raise BadSetting("nothing to add; choose files, or paste a text")
    write_facts(folder, str(form.get("outlet-files", "")), str(form.get("published-files", "")))
    write_pasted(folder, pasted)


def _pasted(form: FormData, number: int) -> Pasted:
    def field(name: str) -> str:
        return str(form.get(f"{name}-{number}", ""))

    return Pasted(field("text"), field("outlet"), field("published"), field("title"))


def _add_page(request: Request) -> Response:
    """The form that takes reports."""
    bench: Bench = request.app.state.bench
    asked = read_asked(request.url.path, dict(request.query_params))
    frame = bench.frame(None, asked, "add")
    return Response(render("add.html.j2", frame=frame, asked=asked, most=bench.most_upload), media_type="text/html")


def _progress(request: Request) -> Response:
    """How far an intake has come; at its end what was added and what was cut."""
    bench: Bench = request.app.state.bench
    asked = read_asked(request.url.path, dict(request.query_params))
    intake = bench.intakes.find(request.path_params["number"])
    if intake is None:
        raise UnknownName(f"{request.path_params['number'][:20]}: no such intake; it may be of an earlier run")
    reports, cut = [], []
    done = intake.ended and (bool(intake.failed) or not intake.new or bench.desk.has_worked_in(intake.entry))  # what is read can be looked at once it is worked in
    if done and not intake.failed:
        known = {one: bench.desk.case.ledger.report(one) for one in intake.reports[:50]}
        reports = [one for one in known.values() if one is not None]
        cut = [(leaving, one.text[leaving.start : leaving.end][:160]) for one in reports for leaving in bench.desk.case.ledger.leavings_of(one.id)][:200]
    frame = bench.frame(None, asked, "add")
    template = "progress.html.j2" if "hx-request" in request.headers else "intake.html.j2"
    status = 286 if done and "hx-request" in request.headers else 200  # htmx asks no more
    return Response(render(template, frame=frame, asked=asked, intake=intake, done=done, reports=reports, cut=cut), status, media_type="text/html")


def _keep(request: Request, form: FormData) -> Response:
    bench: Bench = request.app.state.bench
    bench.keep(str(form.get("name", "")))
    return RedirectResponse("/", 303)


def _pulse(request: Request) -> Response:
    """Whether the log went on since a page was made, and what was decided of the claim that it shows."""
    bench: Bench = request.app.state.bench
    entry, claim = read_number(request.query_params.get("entry", ""), _MOST), request.query_params.get("claim", "")
    seen = read_number(request.query_params.get("seen", ""), _MOST) or 0
    newest = bench.desk.case.ledger.last_before_exports()
    reviews: list[Any] = []
    if claim:
        reviews = [one for one in concerning(bench.desk.case.ledger.reviews(), claim) if one.seq > seen]
    newer = newest - entry if entry is not None else 0
    return Response(render("pulse.html.j2", newer=newer, reviews=reviews, claim=claim), media_type="text/html", headers={"cache-control": "no-store"})


ROUTES = [
    _post("/claims/{claim}/review", _review),
    _post("/reports/{report}/claims", _mark),
    _post("/export", _export),
    _post("/add", _add),
    _post("/keep", _keep),
    Route("/claims/{claim}/try", _try),
    Route("/add", _add_page),
    Route("/add/{number}", _progress),
    Route("/pulse", _pulse),
]
