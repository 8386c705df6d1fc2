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
from reportedly.keeping import reread, verify
from reportedly.pipeline import Case, init_case, open_case

KILLS = int(os.environ.get("REPORTEDLY_KILLS", "30"))
WRITER = """
import sys
from pathlib import Path
from reportedly.deciding import review
from reportedly.pipeline import open_case
from reportedly.deciding import review
from reportedly.records import Review
with open_case(sys.argv[1]) as case:
    claim, _ = next(case.claims(case.view())).id, case.playbooks  # loaded before the clock runs
    print("ready", flush=True)
    for number in range(10_000):
        if number % 3 == 0:
            case.add_given(Path(sys.argv[2]))
            print(case.ledger.head, flush=True)
        elif number % 3 == 1:
            print(review(case, Review(claim, "note", "Ana", str(number))) and case.ledger.head, flush=True)
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
            assert next(verify(case, acknowledged or None), None) is None
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


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"trigger": "s", "trigger_start": -1, "trigger_end": 0}, "does not stand"),
        ({"known": "perhaps"}, "known 'perhaps' is none of"),
        ({"frame": ""}, "frame '' is none of"),
        ({"frame": "colour"}, "frame 'colour' is none of"),
        ({"playbook": "birds@1"}, "the case is not read with it; there are labour_export"),
        ({"id": ""}, "write letters and digits"),
        ({"id": "a b"}, "write letters and digits"),
    ],
)
def test_a_given_claim_that_is_none_is_refused(tmp_path: Path, change: dict[str, object], says: str) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        rows = [json.loads(line) for line in given(case, tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
        (tmp_path / "claims.jsonl").write_text(json.dumps(rows[0] | change), encoding="utf-8")
        with pytest.raises(BadClaims, match=says):
            case.add_given(tmp_path / "claims.jsonl")


def test_given_claims_are_of_this_case_and_each_is_one(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        rows = [json.loads(line) for line in given(case, tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
        foreign = next(row for row in rows if row["report"] != rows[0]["report"])
        counted = next(row for row in rows if any(one["min"] for fillers in row["roles"].values() for one in fillers))
        counted = json.loads(json.dumps(counted))
        for filler in (one for fillers in counted["roles"].values() for one in fillers if one["min"]):
            filler |= {"min": 9, "max": 2}
        outside = rows[2] | {"trigger": rows[3]["trigger"], "trigger_start": rows[3]["trigger_start"], "trigger_end": rows[3]["trigger_end"]}
        other = rows[4] | {"voice": [*rows[4]["voice"][:-1], rows[4]["voice"][-1] | {"name": "The Moon", "text": "The Moon"}]}
        for bad, says in (
            ([rows[0], rows[0]], "an earlier line has it"),
            ([rows[0] | {"id": foreign["id"]}], "has it"),
            ([counted], "min 9 is more than max 2"),
            ([outside], "stands outside the quote"),
            ([other], "and the report is of"),
            ([], "holds no claim"),
        ):
            (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, bad)), encoding="utf-8")
            with pytest.raises(BadClaims, match=says):
                case.add_given(tmp_path / "claims.jsonl")


def test_given_claims_stay_when_their_reports_come_again_or_are_read_again(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        first = json.loads(given(case, tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])
        (tmp_path / "claims.jsonl").write_text(json.dumps(first), encoding="utf-8")
        case.add_given(tmp_path / "claims.jsonl")
        ours = len(list(case.claims(case.view())))
        assert case.add([EXAMPLES]).new == 0
        assert reread(case, dry_run=False).left == 1
        assert len(list(case.claims(case.view()))) == ours
        assert reread(case, dry_run=False, every=True).left == 0
        assert len(list(case.claims(case.view()))) > ours


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
        assert next(verify(case, before), None) is None
        assert case.add([tmp_path / "long.txt"]).new == 1
        assert next(verify(case, before), None) is None


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
        assert next(verify(case), None) is None
