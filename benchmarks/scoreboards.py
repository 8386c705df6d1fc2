"""All boards whose data is there, in one table: python -m benchmarks.scoreboards FOLDER

FOLDER holds `score.py`, `data/` and `gold/`. Each adapter is fed the scorer's inputs, never the gold file.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

BOARDS = {
    "timex": "data/timex.dev.jsonl",
    "quantity": "data/quantity.dev.jsonl",
    "attribution": "data/attribution.dev.jsonl",
    "modality": "data/modality.dev.jsonl",
    "incidents": "data/incidents.dev.jsonl",
    "clusters": "data/incidents.dev.jsonl",
    "claims": "gold",
}


def run_board(board: str, folder: Path) -> dict[str, object]:
    """The scorer's figures for one board."""
    gold = folder / BOARDS[board]
    score = [sys.executable, str(folder / "score.py")]
    with tempfile.TemporaryDirectory() as work:
        given, predicted = Path(work) / "input.jsonl", Path(work) / "predicted.jsonl"
        if board == "claims":
            given = gold / "text"
        else:
            given.write_text(subprocess.run([*score, "inputs", board, str(gold)], check=True, capture_output=True, text=True).stdout, encoding="utf-8")
        with predicted.open("w", encoding="utf-8") as out:
            subprocess.run([sys.executable, "-m", f"benchmarks.{board}", str(given)], check=True, stdout=out)
        figures = json.loads(subprocess.run([*score, board, str(gold), str(predicted)], check=True, capture_output=True, text=True).stdout)
    return dict(figures)


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bench")
    if not (folder / "score.py").is_file():
        sys.stderr.write(f"{folder}: no scoreboards here; name the folder that holds score.py\n")
        return 1
    for board, gold in BOARDS.items():
        if importlib.util.find_spec(f"benchmarks.{board}") is None or not (folder / gold).exists():
            continue
        for measure, figures in run_board(board, folder).items():
            shown = ", ".join(f"{name} {value}" for name, value in figures.items()) if isinstance(figures, dict) else str(figures)
            print(f"{board:12} {measure:44} {shown}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
