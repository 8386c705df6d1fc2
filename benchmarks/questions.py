"""How much of the evidence of questions the commands for them return: python -m benchmarks.questions CASE QUESTIONS.yaml COMMANDS.txt

COMMANDS.txt has a line `id verb options…` for each command; several of one question count together. A quote of the evidence is covered
where claims of its report, with the words of their voices, hold half of its letters or more.
"""

import argparse
import json
import shlex
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import yaml

from reportedly.pipeline import open_case
from reportedly.records import Claim, Report

_HALF = 0.5


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("case", "questions", "commands"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    questions = {one["id"]: one for one in yaml.safe_load(given.questions.read_text(encoding="utf-8"))["questions"]}
    commands: dict[str, list[list[str]]] = defaultdict(list)
    for line in given.commands.read_text(encoding="utf-8").splitlines():
        if words := shlex.split(line):
            commands[words[0]].append(words[1:])
    with open_case(given.case) as case:
        view = case.view()
        claims, reports = {claim.id: claim for claim in case.claims(view)}, {report.file[:3]: report for report in view.reports.values()}
    met = 0
    for name, asked in commands.items():
        evidence = questions[name]["evidence"]
        returned = [claims[one] for one in dict.fromkeys(claim for words in asked for claim in _ask(given.case, words))]
        shares = [_cover(reports[one["report"]], one["quote"], returned) for one in evidence]
        covered = sum(share >= _HALF for share in shares) / len(shares)
        met += covered >= 0.9 and len(returned) <= 2 * len(evidence)
        print(f"{name}  quotes {covered:.0%}  letters {sum(shares) / len(shares):.0%}  claims {len(returned)} of at most {2 * len(evidence)}")
    print(f"{met} of {len(commands)}")


def _ask(case: Path, words: list[str]) -> list[str]:
    done = subprocess.run([str(Path(sys.executable).with_name("reportedly")), words[0], str(case), *words[1:], "--json"], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [claim for row in rows for claim in (*row.get("claims", []), *(one for answer in row.get("answers", []) for one in answer["claims"]), *row.get("told", []))]


def _cover(report: Report, quote: str, claims: list[Claim]) -> float:
    """The share of a quote's letters that stand in claims of its report, or in the words of their voices."""
    start = report.text.find(quote)
    spans = [(claim.start, claim.end) for claim in claims if claim.report == report.id]
    spans += [(voice.start, voice.end) for claim in claims if claim.report == report.id for voice in claim.voice if voice.start is not None and voice.end is not None]
    held = {at for first, last in spans for at in range(max(first, start), min(last, start + len(quote)))}
    return len(held) / len(quote)


if __name__ == "__main__":
    main()
