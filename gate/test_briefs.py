"""Floors under what the lint catches and what it takes for a fault: in briefs of our own, where faults are seeded by a script that was
written before the lint, and in sentences in free words, written by another hand.

python -m gate.test_briefs          prints the scores, and what is missed and wrongly found
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.brief_faults import make_faults, read_brief, read_claims
from reportedly.briefing import build_brief, lint, lint_sentences
from reportedly.briefs.cited import Placed, read_cited
from reportedly.briefs.lint import Fault
from reportedly.briefs.render import render
from reportedly.exports.rows import claim_row, write_row
from reportedly.pipeline import Case, init_case

HERE = Path(__file__).parent
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["briefs"]
SENTENCES: list[dict[str, Any]] = yaml.safe_load((HERE / "briefs" / "sentences.yaml").read_text(encoding="utf-8"))
REPORTS = {"timber": (HERE.parent / "examples" / "timber", "labour_export"), "fire": (HERE / "briefs" / "fire", "disaster")}
SEEDED, SEED = 250, 1
_ACROSS = "other vocabulary"  # a fault between two sentences, which stand here in one list though they are of no one text


@contextmanager
def open_example(name: str) -> Iterator[Case]:
    """The case of an example."""
    folder, playbook = REPORTS[name]
    with tempfile.TemporaryDirectory() as work, init_case(Path(work) / name, name, playbooks=(playbook,)) as case:
        case.add([folder])
        yield case


def find_faults(case: Case, texts: list[str]) -> dict[int, list[Fault]]:
    """The faults of each text by its number."""
    placed: list[Placed] = [replace(one, line=number) for number, text in enumerate(texts) for one in read_cited(text).sentences]
    found: dict[int, list[Fault]] = defaultdict(list)
    for fault in lint_sentences(case, placed):
        if _ACROSS not in fault.what or len(read_cited(texts[fault.line]).sentences) > 1:
            found[fault.line].append(fault)
    return found


def score_briefs(name: str) -> tuple[float, int, list[str]]:
    """The share of seeded faults that are caught, the false alarms on the brief as it was, and what was missed."""
    with open_example(name) as case:
        view = case.view()
        brief = render(build_brief(case), "md").decode()
        claims = [write_row(claim_row(claim, view.reports[claim.report])) for claim in case.claims(view)]
        faults = make_faults(read_brief(brief, read_claims(claims)), SEEDED, SEED)
        notes = "\n\n" + "\n".join(line for line in brief.splitlines() if line.startswith("[^"))
        found = find_faults(case, [fault.after + notes for fault in faults])
        clean = lint(case, brief)
    missed = [f"{fault.kind}: {fault.after}" for number, fault in enumerate(faults) if not found[number]]
    return 100 * (1 - len(missed) / len(faults)), len(clean), missed


def score_sentences() -> tuple[float, float, list[str]]:
    """The share of faulty sentences in free words that are caught, of good ones that are not, and those that went wrong."""
    wrong: list[str] = []
    counts = {"faults": 0, "clean": 0, "caught": 0, "passed": 0}
    for name in REPORTS:
        mine = [one for one in SENTENCES if one["case"] == name]
        texts = [(text, bool(kind)) for one in mine for kind, text in [("", one["clean"]), *((fault["kind"], fault["text"]) for fault in one["faults"])]]
        with open_example(name) as case:
            found = find_faults(case, [text for text, _ in texts])
        for number, (text, faulty) in enumerate(texts):
            counts["faults" if faulty else "clean"] += 1
            counts["caught" if faulty else "passed"] += bool(found[number]) == faulty
            wrong += [f"{'missed' if faulty else 'wrongly found'}: {text}"] if bool(found[number]) != faulty else []
    return 100 * counts["caught"] / counts["faults"], 100 * counts["passed"] / counts["clean"], wrong


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_seeded_faults_of_a_brief_are_caught_and_a_clean_brief_has_none(name: str) -> None:
    caught, alarms, missed = score_briefs(name)
    assert caught >= FLOORS["seeded faults caught"], missed
    assert alarms == 0


def test_sentences_in_free_words_stay_above_their_floors() -> None:
    caught, passed, wrong = score_sentences()
    assert caught >= FLOORS["free words: faults caught"], wrong
    assert passed >= FLOORS["free words: good ones passed"], wrong


def main() -> None:
    for name in sorted(REPORTS):
        caught, alarms, missed = score_briefs(name)
        print(f"{name}: {caught:.1f} % of {SEEDED} seeded faults caught, {alarms} false alarms", *missed, sep="\n  ")  # noqa: T201  a report for people
    caught, passed, wrong = score_sentences()
    print(f"free words: {caught:.1f} % of faults caught, {passed:.1f} % of good sentences passed", *wrong, sep="\n  ")  # noqa: T201


if __name__ == "__main__":
    main()
