"""The chain of the log, with nothing but the standard library: this file goes into bundles and checks them alone.

Each entry has a hash over its canonical JSON (RFC 8785), in which stand the hash of the entry before it and the hash of its
own body. So a body that was withheld can be missing while the chain still holds; anything else that changes, is added, taken
away or put in another place breaks it.
"""

import hashlib
import json
import os
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

FORMAT = 2  # of a case, as case.toml names it
GENESIS = "0" * 64  # stands for the entry before the first
PENDING = "withholding-*.pending"  # files that stand in a case while words are taken out of it


@dataclass(frozen=True)
class Entry:
    """One entry of the log as it is stored; `body` is canonical JSON, None where it was withheld."""

    seq: int
    at: str
    kind: str
    about: str
    body: str | None
    body_sha256: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """The first place where something does not hold, and why."""

    place: str
    why: str


def hash_body(body: bytes) -> str:
    """The SHA-256 of a body's canonical bytes."""
    return hashlib.sha256(body).hexdigest()


def hash_entry(seq: int, at: str, kind: str, about: str, body_sha256: str, before: str) -> str:
    """The hash of an entry: SHA-256 over its canonical JSON, the hash of the entry before it among its fields."""
    fields = {"about": about, "at": at, "before": before, "body_sha256": body_sha256, "kind": kind, "seq": seq}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_chain(entries: Iterable[Entry], head: str | None = None) -> Iterator[Broken]:
    """What does not hold of a log, read in order. With `head`, a hash noted down earlier must be among its entries."""
    before, expected, seen_head, last_at = GENESIS, 1, head is None, ""
    withheld: dict[int, Entry] = {}
    pardons: set[int] = set()
    for entry in entries:
        place = f"log entry {entry.seq}"
        if entry.seq != expected:
            yield Broken(place, f"entry {expected} is missing or out of its place")
        if entry.body is None:
            withheld[entry.seq] = entry
        elif hash_body(entry.body.encode("utf-8", "surrogatepass")) != entry.body_sha256:
            yield Broken(place, "its body was changed")
        if hash_entry(entry.seq, entry.at, entry.kind, entry.about, entry.body_sha256, before) != entry.hash:
            yield Broken(place, "it was changed, or the entry before it was taken away or put in")
        if entry.at < last_at:
            yield Broken(place, f"written at {entry.at}, before the entry ahead of it ({last_at}): a clock was set back")
        if entry.kind == "withholding" and entry.body is not None:
            pardons |= set(json.loads(entry.body)["entries"])
        before, expected, last_at = entry.hash, entry.seq + 1, max(last_at, entry.at)
        seen_head = seen_head or entry.hash == head
    for seq in sorted(set(withheld) - pardons):
        yield Broken(f"log entry {seq}", "its body is missing, and no entry says that it was withheld")
    if not seen_head:
        yield Broken("log", f"the head {head} that was noted down is not in it: entries were cut off or the log was rolled back")


def check_evidence(originals: Iterable[tuple[str, str]], folder: Path) -> Iterator[Broken]:
    """Original bytes, by SHA-256 and file name, that are missing or whose hash is not the one that the log has for them."""
    for sha256, file in originals:
        path = folder / sha256[:2] / sha256
        if not path.is_file():
            yield Broken(f"evidence/{sha256[:2]}/{sha256}", f"the original of {file} is missing")
            continue
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
        if digest.hexdigest() != sha256:
            yield Broken(f"evidence/{sha256[:2]}/{sha256}", f"the original of {file} was changed")


def check_spans(text: str, claims: Iterable[dict]) -> Iterator[Broken]:  # type: ignore[type-arg]
    """Claims whose words do not stand where they say."""
    for claim in claims:
        spans = [(claim["start"], claim["end"], claim["quote"]), (claim["trigger_start"], claim["trigger_end"], claim["trigger"])]
        spans += [(filler["start"], filler["end"], filler["text"]) for fillers in claim["roles"].values() for filler in fillers]
        spans += [(voice["start"], voice["end"], voice["text"]) for voice in claim["voice"] if voice["start"] is not None]
        wrong = next((words for start, end, words in spans if text[start:end] != words), None)
        if wrong is not None:
            yield Broken(f"claim {claim['id']}", f"its words {wrong[:60]!r} do not stand where it says")


def read_entries(connection: sqlite3.Connection, until: int | None = None) -> Iterator[Entry]:
    """The log in the order in which it was written; with `until` up to the entry of that number."""
    sql = "SELECT seq, at, kind, about, body, body_sha256, hash FROM log WHERE ? IS NULL OR seq <= ? ORDER BY rowid"
    return (Entry(*row) for row in connection.execute(sql, (until, until)))


def write_line(entry: Entry) -> str:
    """An entry as a line of a bundle's log.jsonl: canonical JSON, its body as text."""
    return json.dumps(vars(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_lines(path: Path) -> Iterator[Entry]:
    """The entries of a bundle's log.jsonl."""
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield Entry(**json.loads(line))
            except (TypeError, ValueError) as error:
                raise ValueError(f"line {number} of log.jsonl is no entry") from error


def check_case(folder: Path, head: str | None = None) -> Iterator[Broken]:
    """Everything of a case that rests on the log alone, in a case folder or an unpacked bundle: the file itself, the chain,
    `case.toml`, the evidence, the spans. Nothing is held in memory but one report at a time."""
    for path in sorted(folder.glob(PENDING)):
        yield Broken(path.name, "a withholding was not seen through, and words of it may lie here still: let no other program read the case, and open it again")
    try:
        with closing(_open_case_log(folder)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if answer != "ok":
                yield Broken("ledger.sqlite", f"the file is damaged: {answer}")
                return
            yield from check_chain(read_entries(connection), head)
            yield from _check_settings(connection, folder / "case.toml")
            yield from check_evidence(find_originals(connection), folder / "evidence")
            yield from _check_withheld(connection, folder / "evidence")
            yield from _check_claims(connection)
    except (sqlite3.Error, ValueError, KeyError, TypeError, OSError) as error:
        yield Broken("the log", f"cannot be read ({error})")


def _open_case_log(folder: Path) -> sqlite3.Connection:
    """The log of a case; that of a bundle in a database of its own, which SQLite keeps on disk and drops when it is closed."""
    lines = folder / "log.jsonl"
    if not lines.is_file():
        return open_log(folder / "ledger.sqlite")
    connection = sqlite3.connect("")
    connection.execute("CREATE TABLE log (seq, at, kind, about, body, body_sha256, hash)")
    rows = ((one.seq, one.at, one.kind, one.about, one.body, one.body_sha256, one.hash) for one in read_lines(lines))
    connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX log_kind ON log (kind, about, seq)")
    return connection


def open_log(ledger: Path) -> sqlite3.Connection:
    """A log to read from. SQLite needs a file beside it for that; in a folder that may not be written, where there is none, the
    log is read as one that nobody changes. Raises sqlite3.OperationalError where entries wait in a file that could not be taken
    in then."""
    uri, wal = ledger.resolve().as_uri(), ledger.with_name(ledger.name + "-wal")
    try:
        return _open_and_try(f"{uri}?mode=ro")
    except sqlite3.OperationalError:
        if os.access(ledger.parent, os.W_OK):
            raise
        if wal.exists() and wal.stat().st_size:
            raise sqlite3.OperationalError(f"{wal.name} holds entries that can be read only where they may be written: copy the case to such a place") from None
        return _open_and_try(f"{uri}?mode=ro&immutable=1")


def _open_and_try(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
    try:
        connection.execute("SELECT seq FROM log LIMIT 1").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _check_settings(connection: sqlite3.Connection, toml: Path) -> Iterator[Broken]:
    """`case.toml` against the newest entry that says what case it is."""
    row = connection.execute("SELECT body FROM log WHERE kind = 'case' AND body IS NOT NULL ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None:
        yield Broken("the log", "no entry says what case it is")
        return
    try:
        settings = tomllib.loads(toml.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Broken("case.toml", f"cannot be read ({error})")
        return
    if settings.get("format") != FORMAT:
        yield Broken("case.toml", f"case format {settings.get('format')!r}, this checks {FORMAT}")
    if strange := sorted(set(settings) - {"format", "title", "playbooks"}):
        yield Broken("case.toml", f"holds {', '.join(strange)}, which no case has")
    logged = json.loads(row[0])
    for name in ("title", "playbooks"):
        if settings.get(name) != logged[name]:
            yield Broken("case.toml", f"{name} is {settings.get(name)!r}, and the log says {logged[name]!r}")


def find_originals(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Hash and file name of each original that must be there: of every report, but for those withheld and not brought back."""
    withheld = find_withheld(connection)
    for (about,) in connection.execute("SELECT DISTINCT about FROM log WHERE kind = 'report' AND body IS NOT NULL ORDER BY about").fetchall():
        report = _newest_report(connection, about)
        if report is not None and report["sha256"] not in withheld:
            yield report["sha256"], report["file"]


def find_withheld(connection: sqlite3.Connection) -> set[str]:
    """The SHA-256 of each original that must not be there: withheld, and not brought back since."""
    withheld: set[str] = set()
    for kind, body in connection.execute("SELECT kind, body FROM log WHERE kind IN ('withholding', 'collected') AND body IS NOT NULL ORDER BY seq"):
        record = json.loads(body)
        if kind == "withholding":
            withheld |= set(record["evidence"])
        else:
            withheld.discard(record["sha256"])
    return withheld


def _check_withheld(connection: sqlite3.Connection, folder: Path) -> Iterator[Broken]:
    for sha256 in sorted(find_withheld(connection)):
        if any((folder / sha256[:2] / name).exists() for name in (sha256, f".{sha256}.part")):
            yield Broken(f"evidence/{sha256[:2]}/{sha256}", "this original was withheld, and is here: delete it")


def _check_claims(connection: sqlite3.Connection) -> Iterator[Broken]:
    """Every claim set against the newest text of its report."""
    for about, body in connection.execute("SELECT about, body FROM log WHERE kind = 'claims' AND body IS NOT NULL ORDER BY rowid"):
        report = _newest_report(connection, about)
        if report is None:
            yield Broken(f"report {about}", "claims were read from it, and it is not in the log")
        else:
            yield from check_spans(report["text"], json.loads(body)["claims"])


def _newest_report(connection: sqlite3.Connection, about: str) -> dict | None:  # type: ignore[type-arg]
    row = connection.execute("SELECT body FROM log WHERE kind = 'report' AND about = ? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1", (about,)).fetchone()
    return dict(json.loads(row[0])) if row else None


def main() -> None:
    """Check the case in the folder that this file lies in, or that is named, and say what is broken."""
    import sys

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    broken = list(check_case(folder, sys.argv[2] if len(sys.argv) > 2 else None))
    for one in broken:
        sys.stdout.write(f"{one.place}: {one.why}\n")
    sys.stdout.write("broken\n" if broken else "holds\n")
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
