"""Saved feeds (RSS, Atom): each entry is a report, with what the feed says of it. An entry's own bytes are its XML, cut out."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from lxml import etree, html

from reportedly.errors import UnreadableReport
from reportedly.reading.given import Given
from reportedly.reading.page import Member, Page

_TEXTS = ("encoded", "content", "description", "summary")  # the longest is taken
_MEDIA = "{http://search.yahoo.com/mrss"  # captions and credits, under the names that an entry's own fields have
_NOT_THE_PAGE = ("edit", "self", "replies", "enclosure", "hub", "via")  # links of an entry that lead elsewhere
_DAYS = ("pubdate", "published", "date", "issued", "updated", "modified")


def read_feed(stream: BinaryIO, file: str) -> Iterator[Member]:
    """The entries of a feed in their order, one at a time. Raises UnreadableReport (`entities`, `damaged`) where it ends in the middle or is
    none."""
    parser = etree.iterparse(stream, events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    outlet, number = None, 0
    last: Member | None = None
    for _, element in parser:
        declared = element.getroottree().docinfo.internalDTD
        if declared is not None and next(declared.iterentities(), None) is not None:
            raise UnreadableReport(file, "entities", "its XML declares entities, which can grow or reach without bound", "fetch the feed again")
        name = _name(element)
        if name == "title" and outlet is None and _name(element.getparent()) in ("channel", "feed"):
            outlet = _words(element)
        if name in ("item", "entry"):
            number += 1
            if last is not None:
                yield last
            last = _read_entry(element, outlet, number)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    errors = [str(one.message) for one in parser.error_log if one.level_name != "WARNING"]
    if any("remature end" in error for error in errors):
        raise UnreadableReport(file, "damaged", f"the feed breaks off in its entry {number}", "fetch it again; the entries before it are read")
    if last is not None:
        yield last
    if errors or last is None:
        raise UnreadableReport(file, "damaged", f"{number} entries in it can be read ({errors[-1][:80] if errors else 'it has none'})", "fetch it again")


def _name(element: etree._Element | None) -> str:
    return element.tag.rpartition("}")[2].lower() if element is not None and isinstance(element.tag, str) else ""


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _read_entry(entry: etree._Element, outlet: str | None, number: int) -> Member:
    fields: dict[str, etree._Element] = {}
    for child in entry:
        if not str(child.tag).startswith(_MEDIA) and not (_name(child) == "link" and child.get("rel") in _NOT_THE_PAGE):
            fields.setdefault(_name(child), child)
    original = etree.tostring(entry, encoding="utf-8", with_tail=False)
    text = max((_text_of(fields[name]) for name in _TEXTS if name in fields), key=len, default="")
    found, read_from = {"outlet": outlet} if outlet else {}, {"outlet": "feed title"} if outlet else {}
    for name, field in (("title", "title"), ("creator", "byline"), ("author", "byline")):
        if name in fields and (words := _words(_named(fields[name]))):
            found[field], read_from[field] = words, f"feed {name}"
    if "link" in fields and (address := (fields["link"].get("href") or _words(fields["link"]))):
        found["url"], read_from["url"] = address, "feed link"
    for name in _DAYS:
        if name in fields and (day := _day(_words(fields[name]))):
            found |= {"published": day, "published_basis": "metadata"}
            read_from["published"] = f"feed {name}: {_words(fields[name])[:60]}"
            break
    title = found.get("title", "")
    page = Page(text or title, "utf-8", Given.model_validate(found), read_from)
    return Member(str(number), original, page=page, media_type="application/rss+xml")


def _named(element: etree._Element) -> etree._Element:
    """The name in an author of Atom, who has an address too."""
    return next((child for child in element if _name(child) == "name"), element)


def _text_of(element: etree._Element) -> str:
    """The words of an entry's field, HTML in it as blocks."""
    raw = "".join(element.itertext()) if not len(element) else etree.tostring(element, encoding="unicode", with_tail=False)
    if "<" not in raw:
        return " ".join(raw.split())
    try:
        tree = html.fromstring(raw)
    except (etree.ParserError, ValueError):
        return ""
    for unseen in tree.xpath("//script|//style"):
        unseen.drop_tree()
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = "\n\n" + (block.tail or "")
    return "\n\n".join(words for part in re.split(r"\n{2,}", tree.text_content()) if (words := " ".join(part.split())))


def _day(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
