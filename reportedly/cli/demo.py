"""`reportedly demo`: the example case, built and briefed in a temporary folder."""

import sys
import tempfile
from pathlib import Path

from reportedly.cli.screen import say


def demo() -> None:
    """Build the example case in a temporary folder, print its brief, and say what to try next.

    Example: reportedly demo
    """
    from importlib.resources import as_file, files

    from reportedly.briefs import write_brief
    from reportedly.pipeline import init_case

    folder = Path(tempfile.mkdtemp(prefix="reportedly-")) / "demo"
    with as_file(files("reportedly") / "example") as example, init_case(folder, "Timber crews for the north") as case:
        added = case.add([example])
        view = case.view()
        text = write_brief(case.ledger.title, case.claims(view), view.reports, None, view.perhaps, view.undated, case.leavings(view))
        claim = next(iter(case.claims(view, lambda claim: claim.status == "planned")))
    sys.stdout.write(text)
    sys.stdout.flush()
    say(f"\n{added.new} reports, {added.claims} claims. Try next:")
    say(f"  reportedly claims {folder} --status planned")
    say(f"  reportedly why {folder} {claim.id[:8]}")
    say(f"  reportedly brief {folder} --as-of 2031-04-20")
