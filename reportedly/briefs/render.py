"""A brief in a format that people read. Text of reports is text in each: no markup of it is markup here, and nothing of it is run.

Markdown, HTML and Typst come out of Jinja2 templates, sandboxed, which a user can replace; Word is written with python-docx. The same
brief gives the same bytes.
"""

import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from reportedly.briefs.cited import escape
from reportedly.briefs.compose import MARK
from reportedly.briefs.document import Brief, Sentence
from reportedly.errors import BadSetting, MissingPart

FORMATS = ("md", "html", "pdf", "docx")
_LINE = 40  # letters that a line of a PDF holds at least
_LONG = re.compile(rf"\S{{{_LINE + 30},}}")  # hashes stand whole
_KEYWORD = "reportedly brief"  # of a PDF or a Word file


def render(brief: Brief, kind: str, template: Path | None = None) -> bytes:
    """The bytes of a brief as md, html, pdf or docx; `template` stands in the place of ours (for a PDF it is Typst). Raises BadSetting for a
    template that cannot be filled, MissingPart where the format needs what is not installed."""
    if kind not in FORMATS:
        raise BadSetting(f"--format {kind}: no such format; there are {', '.join(FORMATS)}")
    if kind == "docx":
        if template is not None:
            raise BadSetting("--template: a Word brief has none; write HTML or Markdown with one")
        from reportedly.briefs.word import write_word

        return write_word(brief, _KEYWORD)
    if kind == "md":
        return _fill(brief, "brief.md.j2", template, _environment(escape)).encode()
    if kind == "html":
        return _fill(brief, "brief.html.j2", template, _environment(None)).encode()
    return _print(_fill(brief, "brief.typ.j2", template, _environment(_quote)), template)


def _quote(text: str) -> str:
    """A string of Typst: shown as it is, never read as markup; where a word is longer than a line, it may break."""
    text = _LONG.sub(lambda m: "\u200b".join(m[0][at : at + _LINE] for at in range(0, len(m[0]), _LINE)), text)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fill_page(name: str, brief: Brief, **more: object) -> bytes:
    """A page of ours for a brief, with what else it shows."""
    return _fill(brief, name, None, _environment(None), **more).encode()


def _environment(text: Callable[[str], str] | None) -> Environment:
    """A sandbox in which every value becomes text of its format; HTML, where `text` is None, has that built in. Templates may include ours."""
    finalize = partial(_finalize, text) if text else None
    return SandboxedEnvironment(
        loader=PackageLoader("reportedly.briefs"), autoescape=text is None, finalize=finalize, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )  # fmt: skip


def _finalize(text: Callable[[str], str], value: object) -> str:
    return text(str(value))


def _fill(brief: Brief, name: str, template: Path | None, environment: Environment, **more: object) -> str:
    numbers = {note.claim: note.number for note in brief.notes}

    def cited(sentence: Sentence) -> list[int]:
        return [numbers[one] for one in sentence.cites if one in numbers]

    try:
        made = environment.get_template(name) if template is None else environment.from_string(template.read_text("utf-8"))
        return made.render(brief=brief, cited=cited, mark=MARK if name != "brief.typ.j2" else _KEYWORD, **more)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"--template {template}: cannot be read ({error})") from error
    except Exception as error:  # a template is a program of the user's: anything can go wrong in it
        if template is None:
            raise
        line = f":{error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise BadSetting(f"--template {template}{line}: {error}; see docs/briefs.md for what a template is given") from error


def _print(source: str, template: Path | None) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise MissingPart("A PDF brief needs typst: pip install 'reportedly[pdf-brief]'") from error
    try:
        with tempfile.TemporaryDirectory() as folder:  # all that a template may read
            (path := Path(folder) / "brief.typ").write_text(source, encoding="utf-8")
            return bytes(typst.compile(path, root=Path(folder), format="pdf"))
    except RuntimeError as error:
        if template is None:
            raise
        raise BadSetting(f"--template {template}: Typst refuses it ({str(error).splitlines()[0]}); see docs/briefs.md for what a template is given") from error
