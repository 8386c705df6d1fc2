"""What of a text is report, and what is the page around it.

A text is cut into blocks (paragraphs or lines). Blocks that assert nothing about the world (captions, contact lines,
disclaimers, skip links, bylines, tag lines) and headings are set apart with a reason code; the rest is body.
Nothing of the text is changed: segments are offsets.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from reportedly.reading.labels import find_labels
from reportedly.records import Segment
from reportedly.values import find_place


@dataclass(frozen=True, slots=True)
class Layout:
    """Body and markup segments, what was set apart (a Segment whose kind is the reason code), and what was read off."""

    segments: tuple[Segment, ...]
    apart: tuple[Segment, ...]
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    text: str


_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[”\"»]$")
_CREDIT = r"AP|AFP|Reuters|Getty|EPA|KCNA|TASS|Sputnik|Xinhua|Yonhap|Kremlin|Courtesy|courtesy|Photo|photo|Photograph|File|Image|Screenshot|Screengrab|via (?:AP|AFP|Reuters|Getty|EPA|KCNA|TASS|Sputnik|Xinhua|Yonhap|[A-Z]\w+ (?:News|Images|Press))|handout|Handout"
_CAPTION = re.compile(rf"\((?:[^()\n]*[\s/])?(?:{_CREDIT})(?:[\s/:][^()\n]*)?\)\.?$|^(?:\(?(?:FILE )?PHOTO\b|Photo(?:graph)?:|Image:|Caption:|Credit:|Pictured:|Photo by )")
_CONTACT = re.compile(
    r"^please (?:direct|send|e-?mail|address|contact)\b.*\b(?:comments?|questions?|tips?|corrections?|article|story|us)\b"
    r"|^(?:questions?|comments?|corrections?|tips?)\b[^.?]{0,40}\b(?:article|report|story)\?? (?:please )?(?:send|e-?mail|write|contact|direct)\b"
    r"|^(?:contact|e-?mail|write to|reach) (?:us|the (?:author|reporter|editor|newsroom)|our (?:newsroom|editors?))\b"
    r"|^(?:got|have|send)(?: us)? (?:a |your |any )?(?:news )?tips?\b|^[\w.+-]+@[\w-]+\.[\w.]+$",
    re.I,
)
_LANGUAGE = re.compile(
    r"^(?:[Rr]ead|[Vv]iew|[Ss]ee)(?: this)?(?: (?:article|story|page))? in (?:[A-Z]\w+)(?: (?:version|here))?\.?$|^(?:Korean|Chinese|Russian|English|Original) version\.?$"
)
_SKIP = re.compile(
    r"^(?:skip (?:to|navigation)\b.*|advertisements?|sponsored(?: content)?|menu|home|search|sign (?:in|up)\b.*|log ?in|subscribe\b.*|share(?: this)?(?: article| story)?|"
    r"print|e-?mail|tweet|comments?(?: \(\d+\))?|back to top|(?:read|see|load|show) (?:more|also)\b.*|click here\b.*|follow us\b.*|related(?: articles?| stories| news| topics)?:?|"
    r"more (?:on this story|stories|news|from)\b.*|most (?:read|popular)|(?:next|previous)(?: article| post)?|tags?:.*|topics?:.*|filed under:.*|loading\W*)$",
    re.I,
)
_DISCLAIMER = re.compile(
    r"\b(?:views|opinions)\b.{0,60}\b(?:expressed (?:in|here|by the (?:author|writer))|are those of|do not (?:necessarily )?(?:reflect|represent))\b|not all (?:the )?news on th|\bpoint of view of (?:the|this) site\b"
    r"|\b(?:translat|transmit|generat|publish)\w*\b.{0,60}\b(?:automatic|programmatic|by machine|a computer)|\ball rights reserved\b|^(?:copyright\b|©|\(c\) ?\d{4})"
    r"|^this (?:article|story|post|report|text|translation)\b.{0,40}\b(?:originally |first |was )(?:published|appeared|posted|translated|syndicated|produced)\b"
    r"|\bmay not be (?:published|reproduced|broadcast|redistributed)\b|\bprivacy policy\b|\bterms of (?:use|service)\b|\buses? cookies\b",
    re.I,
)
_BIO = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:, [^.]{0,60},)? (?:is|are|was|has been|covers|reports|writes)\b.{0,80}\b(?:journalists?|reporters?|correspondents?|editors?|columnists?|freelancers?|writers?)\b"
)
_BIO_TELL = re.compile(
    r"\bone of\b|full-time|freelance|based in|covers|contribut|please|follow (?:him|her|them)|can be reached|(?:reporter|journalist|correspondent|editor|writer|columnist)s? (?:with|for|at|of)|\b(?:staff|senior|chief|our)\b|@",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:By|BY|Reported by|Written by|Story by) [A-Z][\w.'’-]+(?:(?: and|,| &)? [A-Z][\w.'’&-]+){0,9}$")
_DATELINE = re.compile(
    r"^(?P<city>[A-Z][\w.'’ -]{1,40}?)(?P<rest>, (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z][^\W\d][\w. ]{1,29})?(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?)?(?: \((?P<agency>[A-Z][\w .]{1,30})\))? ?(?:—|–|--| - ) ?"
)
_GLUED = re.compile(r"(?:(?<=[.!?”\"] )|(?<=\A))(?P<heading>(?:[A-Z0-9][A-Z0-9.'’,:-]{0,30}\s+){3,30}[A-Z0-9][A-Z0-9.'’-]+)\s+(?=[“\"]?[A-Z][a-z])")
_HEADING = 30  # words that one has at most
_TAGS = re.compile(r"^[^,.!?]{1,40}(?:, [^,.!?]{1,40}){2,}$")
_MARKDOWN = re.compile(
    r"^(?P<heading>#{1,6})[ \t]+|^(?P<bullet>[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+|>[ \t]?)|(?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\))|(?P<open>(?<!\\)\[)(?=[^\]\[\n]{1,300}\]\([^)\n]{0,2000}\))"
    r"|(?P<link>\]\([^)\n]{0,2000}\))|(?P<strong>\*\*|__|(?<![\w*])[*_](?=\w)|(?<=[\w.,!?])[*_](?![\w*])|`)",
    re.M,
)


def _words(text: str) -> int:
    return len(text.split())


def _is_tag_line(text: str) -> bool:
    """Comma-separated words without a sentence: most of them lower case, none long."""
    parts = text.split(", ")
    return bool(_TAGS.match(text)) and all(_words(part) <= 4 for part in parts) and sum(part[:1].islower() for part in parts) * 2 > len(parts)


def _is_caption(text: str) -> bool:
    """Whether a block ends with a picture's credit, or opens as a caption does."""
    return (text.endswith((")", ").")) or text[0] in "(FPIC") and _CAPTION.search(text) is not None


_RULES: list[tuple[str, int, Callable[[str], object]]] = [  # reason, the most words that such a block has, and how it looks
    ("skip-link", 12, _SKIP.match),
    ("other-language-link", 12, _LANGUAGE.match),
    ("contact", 40, _CONTACT.match),
    ("disclaimer", 70, _DISCLAIMER.search),
    ("caption", 80, _is_caption),
    ("byline", 12, _BYLINE.match),
    ("tags", 80, _is_tag_line),
    ("table-row", 40, lambda text: text.startswith("| ") and text.endswith(" |")),  # a longer one lays out a page, and holds its words
]


def find_segments(text: str, media_type: str = "text/plain", start: int = 0) -> Layout:
    """Cut a text from `start` on. Every character that is not blank lies in a body segment or is set apart."""
    markup = _find_markup(text, start) if media_type == "text/markdown" else []
    plain = _mask(text, markup)
    blocks = _find_blocks(plain, start)
    apart: list[Segment] = []
    body: list[_Block] = []
    found: dict[str, str] = {}
    marked = {text.rfind("\n", 0, m.start) + 1 for m in markup if text[m.start] == "#"}
    for index, block in enumerate(blocks):
        reason = _reason(block, index, blocks, heading=(text.rfind("\n", 0, block.start) + 1) in marked)
        if reason is None:
            body.append(block)
            continue
        apart.append(Segment(block.start, block.end, reason))
        if reason == "byline":
            found.setdefault("byline", re.sub(r"^(?:[A-Z]\w+ )?by ", "", block.text, flags=re.I))
        if reason == "heading" and not body:
            found.setdefault("title", block.text)
    if not body:  # nothing but headings or captions: a message without full stops is still a message
        given_back = {(segment.start, segment.end) for segment in apart if segment.kind in ("heading", "caption")}
        body = [block for block in blocks if (block.start, block.end) in given_back]
        apart = [segment for segment in apart if segment.kind not in ("heading", "caption")]
    pieces = _unglue(body, apart)
    pieces = _take_dateline(pieces, apart, found)
    labels, pieces = _take_labels(pieces)
    segments = [*labels, *(Segment(piece.start, piece.end, "body") for piece in pieces)]
    segments += [segment for segment in apart if segment.kind == "heading"]  # no body, but a playbook may read it
    images = _pictures_apart(text, markup, pieces)
    apart += sorted(images, key=_where)  # a picture in its own paragraph; every other mark of markup is a segment, blanked for the parser
    segments += [mark for mark in markup if mark not in images]
    return Layout(tuple(sorted(segments, key=_where)), tuple(sorted(apart, key=_where)), found.get("title"), found.get("byline"), found.get("dateline"), found.get("agency"))


def _pictures_apart(text: str, markup: list[Segment], pieces: list[_Block]) -> set[Segment]:
    """The pictures of a Markdown text that stand outside its body."""
    starts = [piece.start for piece in pieces]

    def is_inside(mark: Segment) -> bool:
        at = bisect_right(starts, mark.start) - 1
        return at >= 0 and mark.start < pieces[at].end

    return {mark for mark in markup if text[mark.start] == "!" and not is_inside(mark)}


def _where(segment: Segment) -> tuple[int, int]:
    return segment.start, segment.end


def _reason(block: _Block, index: int, blocks: list[_Block], heading: bool) -> str | None:
    words = _words(block.text)
    for reason, most, applies in _RULES:
        if words <= most and applies(block.text):
            return reason
    if index and index >= len(blocks) - 4 and words <= 60 and _BIO.match(block.text) and _BIO_TELL.search(block.text):
        return "author-note"
    return "heading" if heading or _is_heading(block, words, index, blocks) else None


def _is_heading(block: _Block, words: int, index: int, blocks: list[_Block]) -> bool:
    """Short, without an end mark, and something follows it; or all in capitals."""
    if words > _HEADING:
        return False
    letters = sum(map(str.isalpha, block.text))
    if letters > 8 and sum(map(str.isupper, block.text)) > 0.9 * letters:
        return True
    limit = _HEADING if index == 0 else 14
    return words <= limit and not _END.search(block.text) and index + 1 < len(blocks) and block.text[:1] not in '“"-•'


def _find_blocks(plain: str, start: int) -> list[_Block]:
    """Lines, with hard-wrapped lines of one paragraph joined."""
    lines: list[_Block] = []
    at = start
    for words in plain[start:].split("\n"):
        if words.strip():
            lines.append(_strip(_Block(at, at + len(words), words)))
        at += len(words) + 1
    blocks: list[list[_Block]] = []
    for line in lines:
        if blocks and _is_wrapped(plain, blocks[-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [_Block(group[0].start, group[-1].end, plain[group[0].start : group[-1].end]) for group in blocks]


def _strip(block: _Block) -> _Block:
    left = len(block.text) - len(block.text.lstrip())
    text = block.text.strip()
    return _Block(block.start + left, block.start + left + len(text), text)


def _is_wrapped(plain: str, paragraph: list[_Block], line: _Block) -> bool:
    """A line goes on the one before it if only a line break parts them, that line is as long as mail and terminals wrap
    (50 to 100 characters), does not end a sentence at a shorter place, and the next does not look like a new item."""
    before = paragraph[-1]
    if plain[before.end : line.start].count("\n") != 1 or not 50 <= len(before.text) <= 100 or line.text[:1] in "-*•>#":
        return False
    return line.text[:1].islower() or (not _END.search(before.text) and len(paragraph) > 1) or (len(paragraph) > 1 and abs(len(paragraph[0].text) - len(before.text)) <= 12)


def _unglue(body: list[_Block], apart: list[Segment]) -> list[_Block]:
    """Headings in capitals that ran into a sentence are cut out of it."""
    pieces = []
    for block in body:
        at = 0
        for m in _GLUED.finditer(block.text):
            apart.append(Segment(block.start + m.start("heading"), block.start + m.end("heading"), "heading"))
            pieces.append(_Block(block.start + at, block.start + m.start(), block.text[at : m.start()]))
            at = m.end()
        pieces.append(_Block(block.start + at, block.end, block.text[at:]))
    return [_strip(piece) for piece in pieces if piece.text.strip()]


def _take_dateline(body: list[_Block], apart: list[Segment], found: dict[str, str]) -> list[_Block]:
    """ "SEOUL, South Korea (AP) — ": cut from the first paragraphs where the town is written in capitals or is known."""
    for index, block in enumerate(body[:3]):
        m = _DATELINE.match(block.text)
        if m and _is_dateline(m) and block.text[m.end() :].strip():
            apart.append(Segment(block.start, block.start + m.end(), "dateline"))
            found["dateline"] = m["city"] + (m["rest"] or "")
            if m["agency"]:
                found["agency"] = m["agency"]
            return [*body[:index], _strip(_Block(block.start + m.end(), block.end, block.text[m.end() :])), *body[index + 1 :]]
    return body


def _take_labels(body: list[_Block]) -> tuple[list[Segment], list[_Block]]:
    """The labels of a transcript, and the paragraphs without them: whose turn it is, is no part of what is said."""
    lengths = find_labels([block.text for block in body])
    labels = [Segment(block.start, block.start + length, "label") for block, length in zip(body, lengths, strict=True) if length]
    return labels, [_strip(_Block(block.start + length, block.end, block.text[length:])) for block, length in zip(body, lengths, strict=True)]


def _is_dateline(m: re.Match[str]) -> bool:
    """A town in capitals or an agency's credit; a known town in small letters where a sentence begins after the dash."""
    if m["city"].isupper() or m["agency"]:
        return True
    follows = m.string[m.end() : m.end() + 1]
    return find_place(m["city"]) is not None and not follows.islower()


def _find_markup(text: str, start: int) -> list[Segment]:
    return [Segment(m.start(), m.end(), "markup") for m in _MARKDOWN.finditer(text, start)]


def _mask(text: str, markup: list[Segment]) -> str:
    """The text with markup blanked, offset for offset."""
    pieces, at = [], 0
    for mark in markup:
        pieces += [text[at : mark.start], " " * (mark.end - mark.start)]
        at = mark.end
    return "".join([*pieces, text[at:]])
