"""What a sift leaves: reports, claims and links as Parquet, a folder a day (Hive), each file by one worker."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from reportedly.engine import Engine
from reportedly.exports.columns import Columns
from reportedly.exports.parquet import pack_batch, write_parquet
from reportedly.exports.rows import link_row
from reportedly.ledger.canonical import read_canonical
from reportedly.reading.table import KEPT
from reportedly.records import ClaimSet, Link, Report
from reportedly.sifting.kept import PAGE, Row, Table, columns_of, draft_of, is_kept, read_rows, settle

_UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # what readers of such folders take for no value
_TOLD = pa.schema([("report", pa.string()), ("story", pa.string()), ("copy_of", pa.string())])
_REPORT = pa.schema(
    [
        ("report", pa.string()), ("published_from", pa.date32()), ("published_to", pa.date32()), ("outlet", pa.string()), ("title", pa.string()), ("url", pa.string()),
        ("language", pa.string()), ("story", pa.string()), ("copy_of", pa.string()), ("evidence", pa.float64()), ("text", pa.string()), ("text_sha256", pa.string()),
        *((name, PAGE.field(name).type) for name in KEPT),
    ]
)  # fmt: skip
_LINK = pa.schema(
    [
        ("from", pa.string()), ("to", pa.string()), ("kind", pa.string()), ("direction", pa.string()), ("score", pa.float64()), ("why", pa.string()),
        ("spans", pa.list_(pa.list_(pa.int64()))),
    ]
)  # fmt: skip
_AUDITED = pa.schema(
    [
        ("report", pa.string()),
        ("refused", pa.string()),
        ("evidence", pa.float64()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("frames", pa.list_(pa.string())),
        ("quotes", pa.list_(pa.string())),
        ("text", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A file of kept pages with that of their claim sets, and the rows of it that stand elsewhere too."""

    pages: str
    claims: str
    again: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How much stands in the folder of a day ("" where it is unknown)."""

    day: str
    reports: int
    claims: int


def write_days(engine: Engine, parts: Sequence[Part], told: Path, folder: Path, columns: Mapping[str, str]) -> list[Written]:
    """Reports and claims of all days, by day; `told` holds each report's story and original."""
    found = engine.group(parts, _emit_days, partial(_write_day, told=str(told), folder=str(folder), columns=dict(columns)))
    return sorted(found, key=lambda one: one.day)


def write_told(path: Path, story: Mapping[str, str], copy_of: Mapping[str, str]) -> None:
    """Each report's story and, of a copy word for word, its original."""
    with Table(path, _TOLD) as table:
        for report in sorted(story):
            table.add({"report": report, "story": story[report], "copy_of": copy_of.get(report)})


def write_links(links: Iterable[Link], day_of: Mapping[str, str], folder: Path) -> None:
    """Links by the day of the report that rests on another."""
    days: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        days[day_of[link.source]].append(link)
    for day, found in sorted(days.items()):
        with Table(_path(folder, "links", day), _LINK) as table:
            for link in found:
                table.add(link_row(link))


def write_audit(parts: Iterable[Part], folder: Path) -> Iterator[frozenset[str]]:
    """Every page that was drawn, those that hold claims of the playbooks into a file for a look at them; for each the frames found in it, with
    their polarity ("labour_export/dispatch/positive")."""
    with Table(folder / "audit" / "part-0.parquet", _AUDITED) as table:
        for part in parts:
            drawn = {row["report"]: row for row in read_rows(part.pages, ("report", "record", "sampled", "evidence"), lambda row: not is_kept(row))}
            for row in read_rows(part.claims, ("report", "body"), lambda row, drawn=drawn: row["report"] in drawn) if drawn else ():  # type: ignore[misc]
                claims = [claim for claim in read_canonical(row["body"], ClaimSet).claims if claim.playbook]
                yield frozenset(f"{str(claim.playbook).split('@', maxsplit=1)[0]}/{claim.frame}/{claim.polarity}" for claim in claims)
                if claims:
                    known = drawn[row["report"]]
                    report = read_canonical(known["record"], Report)
                    frames = sorted({claim.frame for claim in claims})
                    table.add(
                        {"report": report.id, "refused": known["sampled"], "evidence": known["evidence"], "url": report.url, "title": report.title, "frames": frames}
                        | {"quotes": [claim.quote for claim in claims], "text": report.text}
                    )


def _emit_days(part: Part) -> Iterator[tuple[int, tuple[str, Part]]]:
    days = {row["day"] for row in read_rows(part.pages, ("report", "day"), is_kept) if row["row"] not in part.again}
    for day in sorted(days):
        yield date.fromisoformat(day).toordinal() if day else 0, (day, part)


def _write_day(_key: int, values: list[tuple[str, Part]], told: str, folder: str, columns: Mapping[str, str]) -> Iterator[Written]:
    """One day's reports and claims, file by file."""
    day = values[0][0]
    wanted = {row["report"] for _, part in values for row in _rows_of(part, day, ("report",))}
    known = {row["report"]: row for row in read_rows(told, ("report", "story", "copy_of"), lambda row: row["report"] in wanted)}
    reports = 0
    with Table(_path(Path(folder), "reports", day), _REPORT, columns_of(columns)) as table:
        for _, part in values:
            for row in _rows_of(part, day, ("report", "record", "evidence", *KEPT)):
                table.add(_report_row(row, known[row["report"]]))
                reports += 1
    path = _path(Path(folder), "claims", day)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)  # two workers may be at one day
    claims = write_parquet((pack_batch(_fill(part, day)) for _, part in values), draft)
    settle(draft, path)
    yield Written(day, reports, claims)


def _rows_of(part: Part, day: str, columns: Sequence[str]) -> Iterator[Row]:
    return (row for row in read_rows(part.pages, columns, lambda row: is_kept(row) and row["day"] == day) if row["row"] not in part.again)


def _report_row(row: Row, told: Row) -> Row:
    report = read_canonical(row["record"], Report)
    when = report.published.when
    facts = {"published_from": when.earliest if when else None, "published_to": when.latest if when else None, "outlet": report.outlet, "title": report.title, "url": report.url}
    facts |= {"language": report.language, "text": report.text, "text_sha256": report.text_sha256, "story": told["story"], "copy_of": told["copy_of"]}
    return {name: row[name] for name in ("report", "evidence", *KEPT)} | facts


def _fill(part: Part, day: str) -> Columns:
    """The claims of a file's reports of one day, as columns."""
    batch = Columns()
    reports = {row["report"]: row["record"] for row in _rows_of(part, day, ("report", "record"))}
    for row in read_rows(part.claims, ("report", "body"), lambda row: row["report"] in reports):
        report = read_canonical(reports[row["report"]], Report)
        for claim in sorted(read_canonical(row["body"], ClaimSet).claims, key=lambda claim: (claim.trigger_start, claim.id)):
            batch.add(claim, report)
    return batch


def _path(folder: Path, kind: str, day: str) -> Path:
    return folder / kind / f"day={day or _UNKNOWN}" / "part-0.parquet"


def lines(rows: Iterable[Row]) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
