"""`reportedly brief`: a case for a reader."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import say
from reportedly.errors import BadSetting

Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of the terminal.", show_default=False)]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="md, html, pdf or docx (default: as FILE ends, else md).", show_default=False)]
Template = Annotated[Path | None, typer.Option("--template", metavar="FILE", help="A Jinja2 template in the place of ours.", show_default=False)]
Own = Annotated[Path | None, typer.Option("--with", metavar="FILE", help="Your own paragraphs (Markdown, citing claims as [^ID]).", show_default=False)]
_SUFFIXES = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


def brief(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, form: Format = None, output: Output = None, template: Template = None, own: Own = None) -> None:
    """Write what the reports say, by voice and time, plans apart from what is said to have happened. No sentence is printed that its claims
    do not carry.

    Example: reportedly brief donbas --as-of 2022-11-01 -o brief.html
    """
    from reportedly.briefing import build_brief, export_brief, has_other_scripts
    from reportedly.briefs.render import FORMATS, render
    from reportedly.pipeline import open_case
    from reportedly.settings import make_settings

    kind = form or (_SUFFIXES.get(output.suffix.lower(), "md") if output else "md")
    if kind not in FORMATS:
        raise BadSetting(f"--format {kind}: no such format; there are {', '.join(FORMATS)}")
    if output is None and kind in ("pdf", "docx"):
        raise BadSetting(f"--format {kind}: is no text for a terminal; name a file with -o")
    with open_case(case, make_settings(), parse_known_by(known_by)) as opened:
        made = build_brief(opened, parse_as_of(as_of), own)
        if output is None:
            sys.stdout.write(render(made, kind, template).decode())
        else:
            export_brief(opened, output, made, kind, template)
            say(f"wrote {output}")
    if kind == "pdf" and has_other_scripts(made):
        say("letters that are not Latin, Greek or Cyrillic are drawn with the fonts of this machine; look at the file, or write HTML")
