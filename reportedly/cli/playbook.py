"""`reportedly playbook`: for authors of playbooks."""

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.screen import paint, print_entries, say, show, width
from reportedly.errors import BadSetting

if TYPE_CHECKING:
    from reportedly.records import Claim, Report

app = typer.Typer(name="playbook", help="Write, check, prove and compare playbooks.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(metavar="PLAYBOOK", help="A shipped playbook (labour_export, shooting, disaster) or a folder.", show_default=False)]
Texts = Annotated[list[Path] | None, typer.Option("--on", metavar="FOLDER", help="Texts: say which words never fired on them.", show_default=False)]
Folder = Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make; its name is the playbook's.", show_default=False)]
Sentence = Annotated[str, typer.Argument(metavar="SENTENCE", help="A sentence, in quotation marks; - is standard input.", show_default=False)]
Paths = Annotated[list[Path], typer.Argument(metavar="FOLDER", help="Texts of the subject.", show_default=False)]
Limit = Annotated[int, typer.Option(min=1, help="How many at most.")]
OnCase = Annotated[Path, typer.Option("--on", metavar="CASE", help="The case whose reports are read with both.", show_default=False)]


@app.command()
def new(folder: Folder) -> None:
    """Make a small playbook that is whole and proved, to be changed into yours.

    Example: reportedly playbook new strikes
    """
    from reportedly.playbooks.start import start_playbook

    written = start_playbook(folder)
    sys.stdout.write("".join(f"{show(str(file))}\n" for file in written))
    say(f"next: reportedly playbook check {folder}, then change it")


@app.command()
def check(playbook: Name, on: Texts = None) -> None:
    """Read a playbook's files and cases and list all mistakes at once, each with its file and line.

    Example: reportedly playbook check labour_export
    """
    from reportedly.playbooks import load_playbook
    from reportedly.playbooks.check import find_mistakes
    from reportedly.understanding.prove import prove

    loaded = load_playbook(playbook)
    mistakes = find_mistakes(loaded)
    mistakes += [f"cases.yaml: {failure.case}: {failure.why}" for failure in prove(loaded)] if not mistakes else []
    for mistake in mistakes:
        say(f"reportedly: {playbook}/{mistake}")
    if mistakes:
        raise typer.Exit(1)
    words = sum(len(pattern.words) for frame in loaded.frames for pattern in (*frame.verbs, *frame.nouns, *frame.adjectives))
    sys.stdout.write(f"{loaded.head.title}, version {loaded.head.version}: {len(loaded.frames)} frames, {words} words, {len(loaded.cases)} cases, no mistakes\n")
    if on:
        _print_idle(playbook, on)


def _print_idle(playbook: str, texts: list[Path]) -> None:
    """The claims of each frame over some texts, and the words that never fired, line by line of the playbook."""
    from reportedly.authoring import cover_texts

    covered = cover_texts(texts, playbook)
    sys.stdout.write("claims: " + ", ".join(f"{frame} {count}" for frame, count in sorted(covered.claims.items())) + "\n")
    places = sorted({place for place, _ in covered.idle})
    sys.stdout.write(f"words that never fired: {len(covered.idle)}\n")
    for place in places:
        words = ", ".join(words for at, words in covered.idle if at == place)
        sys.stdout.write("\n".join(textwrap.wrap(f"{place}: {words}", width(), initial_indent="  ", subsequent_indent="    ")) + "\n")


@app.command()
def test(playbook: Name) -> None:
    """Read the cases of a playbook and say which come out otherwise than expected.

    Example: reportedly playbook test labour_export
    """
    from reportedly.playbooks import load_playbook
    from reportedly.understanding.prove import prove

    loaded = load_playbook(playbook)
    failures = prove(loaded)
    for failure in failures:
        say(f"reportedly: {failure.case}: {failure.why}")
    sys.stdout.write(f"{len(loaded.cases) - len(failures)} of {len(loaded.cases)} cases hold\n")
    if failures:
        raise typer.Exit(1)


@app.command()
def explain(playbook: Name, sentence: Sentence) -> None:
    """Say which lines of a playbook match a sentence, which almost do, and what they lack.

    Example: reportedly playbook explain labour_export "The bureau sent forty men to Khasan."
    """
    from reportedly.authoring import explain_text

    text = sys.stdin.read() if sentence == "-" else sentence
    if not text.strip():
        raise BadSetting("no sentence is given; write one in quotation marks, or pipe it to -")
    tried = explain_text(text, playbook)
    for one in tried:
        head = f"{one.word}: {one.outcome} {one.frame}, {one.place} “{one.words}”"
        sys.stdout.write(paint(show(head), "green" if one.outcome == "matched" else "") + "\n")
        sys.stdout.write("".join(f"    {line}\n" for line in textwrap.wrap(show(one.why), width() - 4)))
    if not tried:
        say("no line of the playbook has to do with a word of this sentence")


@app.command()
def suggest(playbook: Name, texts: Paths, limit: Limit = 20) -> None:
    """List predicates that stand near the playbook's words in some texts, and that no line covers.

    Example: reportedly playbook suggest labour_export examples/timber
    """
    from reportedly.authoring import cover_texts

    found = cover_texts(texts, playbook).suggestions[:limit]
    print_entries((((f"{one.count}×", one.predicate, f"near {', '.join(one.near)}"), one.example) for one in found), "nothing to suggest: the words near its lists are covered")


@app.command()
def diff(old: Name, new: Name, on: OnCase) -> None:
    """Read a case's reports with two playbooks, or two states of one: claims gained, lost and changed. Nothing is stored.

    Example: reportedly playbook diff labour_export my_playbook --on CASE
    """
    from reportedly.authoring import compare_playbooks
    from reportedly.pipeline import open_case

    with open_case(on) as opened:
        effect = compare_playbooks(opened, old, new)
    sys.stdout.write(f"gained {len(effect.gained)}, lost {len(effect.lost)}, changed {len(effect.changed)}\n")
    lines = [("gained", report, claim, claim.frame) for report, claim in effect.gained] + [("lost", report, claim, claim.frame) for report, claim in effect.lost]
    lines += [("changed", report, after, _what_changed(before, after)) for report, before, after in effect.changed]
    for kind, report, claim, what in lines:
        sys.stdout.write("\n".join(textwrap.wrap(show(f"{kind} {what} · {_stem(report)} · {claim.quote}"), width(), subsequent_indent="    ")) + "\n")


def _stem(report: "Report") -> str:
    return Path(report.file).stem


def _what_changed(before: "Claim", after: "Claim") -> str:
    """Frame, and of what differs what it was and is."""
    fields = ("status", "polarity", "certainty")
    parts = [f"{name} {getattr(before, name)} → {getattr(after, name)}" for name in fields if getattr(before, name) != getattr(after, name)]
    roles = sorted(name for name in before.roles.keys() | after.roles.keys() if before.roles.get(name) != after.roles.get(name))
    parts += [f"roles {', '.join(roles)}"] if roles else []
    return f"{after.frame} ({'; '.join(parts) or 'quote, time or voice'})"
