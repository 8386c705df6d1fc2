"""Killed at any moment: what was acknowledged is there, the chain holds, and the next command goes on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.errors import BadClaims
from reportedly.exports.rows import claim_row
from reportedly.pipeline import Case, init_case, open_case

KILLS = int(os.environ.get("REPORTEDLY_KILLS", "30"))
WRITER = """
import sys
from pathlib import Path
from reportedly.pipeline import open_case
from reportedly.records import Review
with open_case(sys.argv[1]) as case:
    claim = next(case.claims(case.view())).id
    print("ready", flush=True)
    for number in range(10_000):
        if number % 3 == 0:
            case.add_given(Path(sys.argv[2]))
            print(case.ledger.head, flush=True)
        elif number % 3 == 1:
            print(case.review(Review(claim, "note", "Ana", str(number))) and case.ledger.head, flush=True)
        else:
            case.rebuild()
"""


def given(case: Case, path: Path) -> Path:
    view = case.view()
    rows = [json.dumps(claim_row(claim, view.reports[claim.report])) for claim in case.claims(view)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_nothing_that_was_acknowledged_is_lost_and_no_chain_breaks(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with init_case(folder) as case:
        case.add([EXAMPLES])
        lines = given(case, tmp_path / "claims.jsonl")
    draw, acknowledged = random.Random(7), ""
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(lines)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(draw.random() / 10)
            os.kill(writer.pid, signal.SIGKILL)
            said = writer.stdout.read().split("\n")
        whole = [line for line in said[:-1] if len(line) == 64]
        acknowledged = whole[-1] if whole else acknowledged
        with open_case(folder) as case:
            assert next(case.verify(acknowledged or None), None) is None
            assert acknowledged in ("", *(entry.hash for entry in case.ledger.entries()))
    assert acknowledged


def test_given_claims_come_back_and_what_breaks_the_doctrine_is_told_at_once(tmp_path: Path) -> None:
    with init_case(tmp_path / "case") as case:
        case.add([EXAMPLES])
        before = [(claim.id, claim.quote, claim.status, claim.voice[0].text) for claim in case.claims(case.view())]
        lines = given(case, tmp_path / "claims.jsonl")
        assert case.add_given(lines)[1] == len(before)
        assert [(claim.id, claim.quote, claim.status, claim.voice[0].text) for claim in case.claims(case.view())] == before
        head, rows = case.ledger.head, [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        rows[0]["quote"] = "words that stand nowhere"
        rows[1]["status"] = "done"
        rows[2]["voice"] = rows[2]["voice"][:-1]
        rows[3]["report"] = "0" * 16
        lines.write_text("\n".join([*map(json.dumps, rows), "no json"]), encoding="utf-8")
        with pytest.raises(BadClaims) as refused:
            case.add_given(lines)
        assert [mistake.split(":")[1] for mistake in refused.value.mistakes] == ["1", "2", "3", "4", str(len(rows) + 1)]
        assert case.ledger.head == head


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files there")
@pytest.mark.parametrize("room", [0, 4096, 100_000])
def test_a_full_disk_is_one_line_and_the_case_is_whole(tmp_path: Path, room: int) -> None:
    folder = tmp_path / "case"
    with init_case(folder) as case:
        case.add([EXAMPLES / "1-first-round.md"])
        before = case.ledger.head
    most = (folder / "ledger.sqlite").stat().st_size + room
    code = (
        "import resource, signal, sys; from reportedly.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "sys.argv = ['reportedly', 'add', *sys.argv[1:]]; main()"
    )
    (tmp_path / "long.txt").write_text("The crew left Chita in May, a cook said. " * 4000, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path / "long.txt")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("reportedly: ")
    assert done.stderr.count("\n") == 1
    with open_case(folder) as case:
        assert next(case.verify(before), None) is None
        assert case.add([tmp_path / "long.txt"]).new == 1
        assert next(case.verify(before), None) is None


def test_two_adds_at_once_queue_and_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    init_case(folder).__exit__()
    for number in range(2):
        part = tmp_path / f"part{number}"
        part.mkdir()
        for name in range(6):
            (part / f"{number}{name}.txt").write_text(f"Crew {number}{name} left Chita in May, a cook said.", encoding="utf-8")
    code = "import sys; from pathlib import Path; from reportedly.pipeline import open_case\nwith open_case(sys.argv[1]) as case: case.add([Path(sys.argv[2])])"
    running = [subprocess.Popen([sys.executable, "-c", code, str(folder), str(tmp_path / f"part{number}")]) for number in range(2)]
    assert [one.wait() for one in running] == [0, 0]
    with open_case(folder) as case:
        assert len(case.view().reports) == 12
        assert next(case.verify(), None) is None
