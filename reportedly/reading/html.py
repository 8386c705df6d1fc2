"""Saved web pages: the story by trafilatura, what the page says of itself, and the blocks that were cut."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reportedly.errors import UnreadableReport
from reportedly.reading.decode import decode_page
from reportedly.reading.given import Given
from reportedly.reading.page import Page

_BLOCKS = frozenset(
    "p div li td th h1 h2 h3 h4 h5 h6 blockquote pre dt dd section article main header footer nav aside tr table ul ol form figcaption figure caption br hr body".split()
)
_UNSEEN = frozenset("script style noscript template svg head iframe object embed select textarea canvas video audio".split())
_SHORT_STORY = 500  # characters, below which a page that was cut off has lost its story
_NO_STORIES = ("ItemList", "BreadcrumbList", "Organization", "WebSite", "Person", "ImageObject", "VideoObject", "FAQPage")  # objects beside the story's
_LOOSE = "text of the page"  # where nothing says what a date or a name is
_CHANGED = ("meta article:modified_time", "meta og:updated_time", "JSON-LD dateModified")  # days of a change, from which that of publication can only be inferred
_TOP = 60  # blocks in which a printed byline is looked for
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|(?:[Ww]ords|[Tt]ext|[Ww]ritten|[Rr]eport(?:ed|ing)?|[Ss]tory|[Pp]hotographs?)(?: and \w+)? by):? ((?:[A-Z][\w.'’-]+ ?){2,4}?)(?=$|[,|·–—(]| and | for | in |\s{2})"
)
_AUTHORS = ("JSON-LD author.name", "JSON-LD author", "meta author", "meta article:author")
_TRADE = re.compile(r"\b(?:correspondent|reporter|editor|staff|writer|desk|newsroom|team|agenc(?:y|ies))s?\b", re.IGNORECASE)
_JOINTS = re.compile(r"\s+(?:\||::|»|·|–|—|-|/|<)\s+")
_SURE_JOINTS = re.compile(r"\s(?:\||::|»)\s")  # that stand in no headline
_HEADLINES = ("h1", "meta og:title", "JSON-LD headline")
_SITE_WORDS = 5
_LOOKED_THROUGH = 200_000_000  # characters of the story, all blocks together
_LEAST = 3  # words of a block that is worth a look


def read_html(original: bytes, file: str, url: str | None = None, charset: str | None = None, *, cut: bool = True, latest: str | None = None) -> Page:
    """The story of a page with what the page says of it. Nothing in it is run or fetched. Raises UnreadableReport (`no-text`) where it holds
    no story. A day after `latest` (YYYY-MM-DD; None: by this machine's clock) is not taken for its day; without `cut` the blocks outside the story are not
    looked for."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    for name in ("trafilatura", "htmldate"):  # what a page lacks is told as a leaving, not on the terminal
        logging.getLogger(name).setLevel(logging.CRITICAL)

    decoded = decode_page(original, file, charset)
    nuls = decoded.text.count("\0")
    whole, is_cut_off = _parse_whole(decoded.text.replace("\0", ""))
    tree = load_html(decoded.text.replace("\0", ""))
    if tree is None:
        raise UnreadableReport(file, "damaged", "no page can be read from it", "save the page again")
    facts = _Facts(tree, url)
    dates = {"original_date": True, "extensive_search": True, "max_date": latest} if latest else None
    document = bare_extraction(tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=dates)
    lines = [line.strip() for line in (document.text or "").splitlines() if line.strip(" |-")] if document is not None and not isinstance(document, dict) else []
    if not lines:
        raise UnreadableReport(file, "no-text", "the page holds no story that can be told from the page round it", "save its text as .txt and add that")
    assert document is not None
    assert not isinstance(document, dict)
    text = "\n\n".join(lines)
    blocks = tuple(islice(_find_cut(whole, text), None if cut else _TOP))
    title, site = _split_title(
        document.title or "", [content for place, content in facts.places if place == "title"], {content for place, content in facts.places if place in _HEADLINES}
    )
    for name, value in (("title", title), ("byline", _names(document.author)), ("published", document.date), ("outlet", document.sitename), ("url", document.url)):
        facts.note(name, value)
    facts.note("byline", next((content for place, content in facts.places if place in _AUTHORS and "/" not in content), None))
    facts.note("byline", next((m[1] for block in (*blocks, *lines)[:_TOP] if (m := _BYLINE.match(block))), None))
    facts.note("outlet", site)
    left = [("outside-story", f"{len(blocks)} blocks of the page, {sum(map(len, blocks)):,} characters")] if blocks and cut else []
    if is_cut_off and len(text) < _SHORT_STORY:
        raise UnreadableReport(file, "damaged", "its elements are nested deeper than a page's are, and its story is lost", "save its text as .txt and add that")
    left += [("deep", "elements are nested deeper than a page's are, and what lies deeper is lost")] if is_cut_off else []
    left += [("nul", f"{nuls} NUL characters taken out")] if nuls else []
    return Page(text, decoded.encoding, facts.given(), facts.read_from, left=tuple(left), cut=blocks if cut else ())


def _names(author: str | None) -> str | None:
    """The authors as a line: what they are is not their name."""
    names = [part.strip() for part in (author or "").split(";") if part.strip() and not _TRADE.search(part)]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0] if names else None


def _split_title(title: str, window: list[str], headlines: set[str]) -> tuple[str, str | None]:
    """The title without the site's name, and that name where the window's title has it: "Crew leaves | Hill Post"."""
    parts = [part.strip() for part in _JOINTS.split(window[0] if window else "") if part.strip()]
    if len(parts) < 2 or window[0] in headlines:  # a headline may have a dash: "Nine dead in blast – police"
        return title, None
    if not _SURE_JOINTS.search(window[0]) and not headlines & set(parts):
        return title, None
    story = max(parts, key=len)
    others = [part for part in parts if part != story]
    site = max(others, key=len) if others and len(others[-1].split()) <= _SITE_WORDS else None
    return (story, site) if title == window[0] or title == story else (title, site if title in parts else None)


class _Facts:
    """What a page says of itself, each with the place where it stands."""

    def __init__(self, tree: HtmlElement, url: str | None) -> None:
        self.places = list(_places(tree))
        self._url = url
        self._found: dict[str, str] = {}
        self.read_from: dict[str, str] = {}
        self._take("agency", *_first(self.places, _is_agency))
        self._take("outlet", *_first(self.places, lambda place: place in ("meta og:site_name", "JSON-LD publisher.name")))

    def note(self, name: str, value: str | None) -> None:
        """Take what the library found, with the place that holds it."""
        if value is None or name in self._found:
            return
        value = " ".join(value.split())
        if name == "outlet" and re.fullmatch(r"[\w.-]+\.[a-z]{2,}", value):
            return  # the name of a host: the address has it
        self._take(name, value, next((place for place, content in self.places if value in content), ""))
        if name == "published" and not self.read_from.get(name):
            slashed = value.replace("-", "/")
            self.read_from[name] = f"address {self._url}" if self._url and (slashed in self._url or value in self._url) else _LOOSE

    def _take(self, name: str, value: str, place: str) -> None:
        if value:
            self._found[name] = value
            self.read_from[name] = place or _LOOSE

    def given(self) -> Given:
        """The fields; a day that is none is left out."""
        published, place = self._found.get("published", ""), self.read_from.get("published")
        loose = place == _LOOSE or place in _CHANGED
        if published and (not _is_day(published) or (loose and published.endswith("-01-01"))):  # a year alone was made a day: of a copyright line, or of noise
            del self._found["published"], self.read_from["published"]
        basis = {"published_basis": "inferred" if loose else "metadata"} if "published" in self._found else {}
        return Given.model_validate(self._found | basis)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_agency(place: str) -> bool:
    return place.endswith(("sourceOrganization.name", "meta article:agency", "meta news_agency"))


def _first(places: list[tuple[str, str]], fits: Callable[[str], bool]) -> tuple[str, str]:
    return next(((content, place) for place, content in places if fits(place) and content), ("", ""))


def _places(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Where a page speaks of itself, the most deliberate first: (place, words)."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from _walk_json(script.text or "")
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            yield f"meta {name}", " ".join(meta.get("content", "").split())
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "link canonical", link.get("href", "")
    for time in tree.iter("time"):
        yield "time", f"{time.get('datetime', '')} {' '.join(time.itertext())}"
    for tag in ("h1", "title"):
        for element in tree.iter(tag):
            yield tag, " ".join(" ".join(element.itertext()).split())


def _walk_json(text: str) -> Iterator[tuple[str, str]]:
    try:
        waiting = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    for _ in range(2000):  # things in it that are looked at
        if not waiting:
            return
        path, value = waiting.pop()
        if isinstance(value, dict) and not (path in ("", "@graph") and value.get("@type") in _NO_STORIES):
            waiting += [(f"{path}.{key}" if path else key, one) for key, one in reversed(value.items()) if not key.startswith("@") or key == "@graph"]
        elif isinstance(value, list):
            waiting += [(path, one) for one in reversed(value)]
        elif isinstance(value, str):
            yield f"JSON-LD {path.removeprefix('@graph.')}", " ".join(value.split())


def _parse_whole(page: str) -> tuple[etree._Element | None, bool]:
    """The page as it stands, and whether it is nested deeper than the library goes, which drops what lies deeper."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    tree = etree.fromstring(page.encode("utf-8", "replace"), parser)
    return tree, any("Excessive depth" in one.message for one in parser.error_log)


def _find_cut(tree: etree._Element | None, text: str) -> Iterator[str]:
    """The visible blocks of a page that are not in its story, each once."""
    kept, lines = _squeeze(text), {line.removeprefix("- ") for line in text.splitlines()}
    room = _LOOKED_THROUGH  # a block may stand within a line of the story, or hold several: that is looked for while it costs little
    seen: set[str] = set()
    for block in _blocks(tree) if tree is not None else ():
        if block in lines or block in seen or block.count(" ") < _LEAST - 1:
            continue
        room -= len(kept)
        if room < 0 or _squeeze(block) not in kept:
            seen.add(block)
            yield block


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _blocks(tree: etree._Element) -> Iterator[str]:
    """The runs of visible text between the bounds of block elements."""
    run: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        bound = element.tag in _BLOCKS
        if (bound or element.tag in _UNSEEN) and run:
            if words := " ".join(" ".join(run).split()):
                yield words
            run = []
        if element.tag in _UNSEEN:
            hidden += 1 if event == "start" else -1
        text = element.text if event == "start" else element.tail
        if text and not hidden:
            run.append(text)
    if words := " ".join(" ".join(run).split()):
        yield words
