"""The command line: one file a verb, errors as one line, exit codes 0 well, 1 problem, 2 usage, 130 interrupted."""

import multiprocessing
import os
import signal
import sys

import typer

from reportedly.cli import (
    actors,
    add,
    ask,
    assess,
    brief,
    chains,
    claims,
    conflicts,
    demo,
    diff,
    events,
    evidence,
    export,
    findings,
    gaps,
    init,
    leavings,
    lint,
    plans,
    playbook,
    read,
    reports,
    review,
    search,
    serve,
    sift,
    sources,
    timeline,
    tolls,
    verify,
    why,
)
from reportedly.cli.screen import say
from reportedly.errors import ManyMistakes, ReportedlyError

app = typer.Typer(
    name="reportedly",
    help="Turn scattered reports into a ledger of sourced, dated claims: who said what, when, how sure, in which words.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="A first look: reportedly demo",
)
for verb in (
    demo.demo,
    read.read,
    init.init,
    add.add,
    sift.sift,
    reports.reports,
    claims.claims,
    events.events,
    findings.findings,
    plans.plans,
    conflicts.conflicts,
    gaps.gaps,
    timeline.timeline,
    chains.chains,
    diff.diff,
    ask.ask,
    tolls.tolls,
    actors.actors,
    sources.sources,
    sources.drift,
    assess.assess,
    brief.brief,
    lint.lint,
    leavings.leavings,
    why.why,
    search.search,
    serve.serve,
    review.review,
    review.reviews,
    review.rate,
    review.withhold,
    export.export,
    evidence.evidence,
    evidence.log,
    verify.verify,
    verify.rebuild,
    verify.reread,
    verify.bundle,
    verify.unbundle,
):
    app.command(verb.__name__)(verb)
app.add_typer(playbook.app)


class _Interrupted(BaseException):
    """Ctrl-C, under a name of our own: the command library ends a KeyboardInterrupt without a word."""


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except ReportedlyError as error:
        lines = error.mistakes if isinstance(error, ManyMistakes) else [str(error)]
        for line in lines:
            say(f"reportedly: {line}")
        raise SystemExit(1) from None
    except _Interrupted:
        for worker in multiprocessing.active_children():
            worker.kill()  # they hold nothing that is not in the ledger
        sys.stderr.write("reportedly: interrupted; what is finished is kept, run the same again to go on\n")
        raise SystemExit(130) from None
    except UnicodeEncodeError:
        strange = any(not one.isprintable() and not one.isascii() for one in sys.argv)
        what = "an argument is no UTF-8; write it in UTF-8" if strange else "this terminal cannot show all letters of the reports; set PYTHONIOENCODING=utf-8"
        sys.stderr.write(f"reportedly: {what}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: nothing more to say
        raise SystemExit(1) from None
    except OSError as error:
        sys.stderr.write(f"reportedly: the output cannot be written ({error.strerror}); free space or name another place\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as error:
        _refuse_damaged_case(error)
        raise


def _refuse_damaged_case(error: Exception) -> None:
    """One line for what the database of a case throws; the ledger is not loaded before there is something to say."""
    from reportedly.ledger import StoreError

    if isinstance(error, StoreError):
        say(f"reportedly: the case cannot be read or written ({error}); check it with: reportedly verify CASE")
        raise SystemExit(1) from None


def _interrupt(_number: int, _frame: object) -> None:
    raise _Interrupted
