"""`reportedly verify`, `rebuild`, `reread`, `bundle`: whether a case holds, and what can be made of it again."""

import re
import sys
import textwrap
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsOf, CasePath, parse_as_of
from reportedly.cli.screen import say, show, tell, width
from reportedly.errors import BadSetting

Head = Annotated[str | None, typer.Option("--head", metavar="HASH", help="A head noted down earlier: it must still be in the log.", show_default=False)]
Request = Annotated[bool, typer.Option("--timestamp-request", help="Write a request for a time stamp of the head into the case.")]
Url = Annotated[str | None, typer.Option("--timestamp-url", metavar="URL", help="Ask this RFC 3161 server for the stamp; only a hash is sent.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="List what would change; store nothing.")]
Every = Annotated[bool, typer.Option("--all", help="Also the reports whose claims another reader gave.")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The archive to write.", show_default=False)]
Page = Annotated[bool, typer.Option("--html", help="One self-contained page for a reader, in the place of an archive.")]
Archive = Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.", show_default=False)]
Target = Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.", show_default=False)]


def verify(case: CasePath, head: Head = None, timestamp_request: Request = False, timestamp_url: Url = None) -> None:
    """Check evidence, chain, words and index; name the first broken place, and exit 1 where there is one.

    Example: reportedly verify CASE
    """
    from reportedly.keeping import stamp
    from reportedly.keeping import verify as check_case
    from reportedly.pipeline import open_case

    if head is not None and not re.fullmatch("[0-9a-f]{64}", head := head.strip().lower()):
        raise BadSetting(f"--head {head}: is no head; it has 64 digits and letters a to f, as verify prints it")
    with open_case(case) as opened:
        for broken in check_case(opened, head):
            _refuse(broken.place, broken.why)
        last = opened.ledger.head
        stamped = stamp(opened, timestamp_url) if timestamp_request or timestamp_url else None
    tell(f"holds; the head of the log is {last}")
    if stamped is not None:
        tell(f"wrote {stamped}")
    say("note the head down elsewhere: verify --head finds what is cut off or rolled back later")


def _refuse(place: str, why: str) -> None:
    tell(f"broken: {place}: {why}")
    raise typer.Exit(1)


def rebuild(case: CasePath) -> None:
    """Drop the search index and derive it from the log again, without parsing.

    Example: reportedly rebuild CASE
    """
    from reportedly.pipeline import open_case

    with open_case(case) as opened:
        reports, claims = opened.rebuild()
    tell(f"derived again: {reports} reports, {claims} claims")


def reread(case: CasePath, dry_run: DryRun = False, every: Every = False) -> None:
    """Parse every report again with the current playbooks, and show what that changes and which reviews it touches.

    Example: reportedly reread CASE --dry-run
    """
    from reportedly.keeping import reread as read_again
    from reportedly.pipeline import open_case

    with open_case(case) as opened:
        reviewed = {one.claim: one for one in opened.ledger.reviews()}
        effect = read_again(opened, dry_run=dry_run, every=every)
    sys.stdout.write(f"gained {len(effect.gained)}, lost {len(effect.lost)}, changed {len(effect.changed)}{'; nothing is stored' if dry_run else ''}\n")
    rows = [("gained", report, claim) for report, claim in effect.gained] + [("lost", report, claim) for report, claim in effect.lost]
    rows += [("changed", report, claim) for report, _, claim in effect.changed]
    for kind, report, claim in rows:
        touched = f" · review {reviewed[claim.id].seq} by {reviewed[claim.id].by}" if claim.id in reviewed and kind != "gained" else ""
        line = f"{kind} {claim.frame} {claim.id[:8]} · {Path(report.file).stem}{touched} · {claim.quote}"
        sys.stdout.write("\n".join(textwrap.wrap(show(line), width(), subsequent_indent="    ")) + "\n")
    if effect.left:
        say(f"{effect.left} report{'s' * (effect.left != 1)} left as another reader gave their claims; read them too with --all")


def bundle(case: CasePath, output: Output, page: Page = False, as_of: AsOf = None) -> None:
    """Pack a case into one archive, with a verifier that needs nothing but Python: the same case gives the same bytes. With --html into one
    page for a reader who has nothing installed: brief, claims, passages, plans and sources, to be searched offline.

    Example: reportedly bundle CASE -o case.zip
    """
    from reportedly.briefing import export_reader
    from reportedly.keeping import bundle as pack
    from reportedly.pipeline import open_case
    from reportedly.settings import make_settings

    if as_of is not None and not page:
        raise BadSetting("--as-of: an archive holds the whole log; it goes with --html")
    with open_case(case, make_settings()) as opened:
        if page:
            export_reader(opened, output, parse_as_of(as_of))
            say(f"wrote {output}")
            return
        sha256 = pack(opened, output)
        logged = opened.ledger.writable
    tell(f"wrote {output}, sha256 {sha256}")
    if not logged:
        say("the case may not be written to: its log does not know of this")


def unbundle(archive: Archive, folder: Target) -> None:
    """Unpack a bundle into a new folder, and check it.

    Example: reportedly unbundle case.zip case
    """
    from reportedly.ledger.bundle import unpack_bundle

    for broken in unpack_bundle(archive, folder):
        _refuse(broken.place, broken.why)
    tell(f"made {folder}; it holds")
