"""`reportedly demo`: the example case, built and briefed in a temporary folder."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

import reportedly
from reportedly.cli.screen import say
from reportedly.cli.serve import serve as open_workbench

Serve = Annotated[bool, typer.Option("--serve", help="Open it in the workbench, where you decide as Demo.")]


def demo(serve: Serve = False) -> None:
    """Build the example case in a temporary folder, print its brief, and say what to try next; or open it in the workbench.

    Example: reportedly demo --serve
    """
    from reportedly.briefing import build_brief
    from reportedly.briefs.render import render
    from reportedly.pipeline import init_case

    folder = Path(tempfile.mkdtemp(prefix="reportedly-")) / "demo"
    with init_case(folder, "Timber crews for the north", playbooks=("labour_export",)) as case:
        added = case.add([find_example()])
        if serve:
            open_workbench(folder, by="Demo")
            return
        claim = next(case.claims(case.view(), lambda claim: claim.frame == "dispatch" and claim.status == "planned"))
        sys.stdout.write(render(build_brief(case), "md").decode())
    sys.stdout.flush()
    say(f"\n{added.new} reports, {added.claims} claims. Try next:")
    say(f"  reportedly plans {folder} --as-of 2031-04-21")
    say(f"  reportedly why {folder} {claim.id[:8]}")
    say(f"  reportedly findings {folder} --frame selection")
    say("Or look at it in a browser: reportedly demo --serve")


def find_example() -> Path:
    """The example reports: inside an installed package, beside it in a checkout."""
    package = Path(reportedly.__file__).parent
    installed = package / "example"
    return installed if installed.is_dir() else package.parent / "examples" / "timber"
