"""What is worth a look, and why, in one order in every process."""

import subprocess
import sys
from pathlib import Path

from tests_support import EXAMPLES

_ASK = """
import sys
from pathlib import Path
from reportedly.pipeline import open_case
from reportedly.reconciling.concerns import find_concerns
from dataclasses import replace
with open_case(Path(sys.argv[1])) as case:
    claims = case.reconcile(case.view()).claims
    doubted = [replace(one, claim=replace(one.claim, certainty="probable", voice=(replace(one.claim.voice[0], kind="unspecified"), *one.claim.voice[1:]))) for one in claims]
    print([(one.claim.id, why) for one, why in find_concerns(doubted, (), ())])
"""


def test_the_reasons_stand_in_one_order_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    from reportedly.pipeline import init_case

    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
    told = {
        subprocess.run([sys.executable, "-c", _ASK, str(tmp_path / "case")], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout for seed in "1234"
    }
    assert len(told) == 1
    assert "'nobody named', 'probable'" in told.pop()
