"""The source network as a picture: reports by day and outlet, an arrow from each to what it rests on. SVG without scripts, or DOT."""

from collections.abc import Mapping
from html import escape

from reportedly.records import Link, Report

_COLUMN, _ROW, _LEFT, _TOP = 150, 54, 150, 40
_COLOURS = {"verbatim": "#b3261e", "edited": "#c4601a", "rewritten": "#8f5a00", "translated": "#7a3e9d", "digest": "#1f6f43", "follow-up": "#4a5a6a"}


def write_dot(reports: Mapping[str, Report], links: list[Link]) -> str:
    """The network in the language of Graphviz."""
    lines = ["digraph sources {", "  rankdir=RL; node [shape=box, fontname=sans];"]
    lines += [f"  {_quote(key)} [label={_quote(chr(10).join(_caption(report)))}];" for key, report in reports.items()]
    for link in links:
        both = ", dir=none" if link.direction == "either way" else ""
        lines.append(f"  {_quote(link.source)} -> {_quote(link.target)} [label={_quote(link.kind)}{both}];")
    return "\n".join([*lines, "}", ""])


def write_svg(reports: Mapping[str, Report], links: list[Link]) -> str:
    """The network drawn: columns are days of publication, rows outlets. Every arrow says by its title what it rests on."""
    days = sorted({_day(report) for report in reports.values()}, key=lambda day: (day == "undated", day))
    outlets = sorted({_outlet(report) for report in reports.values()})
    places: dict[str, tuple[int, int]] = {}
    rows = 0
    parts: list[str] = []
    for outlet in outlets:
        mine = [report for report in reports.values() if _outlet(report) == outlet]
        deepest = 1
        seen: dict[str, int] = {}
        for report in mine:
            depth = seen.get(_day(report), 0)
            seen[_day(report)] = depth + 1
            deepest = max(deepest, depth + 1)
            places[report.id] = (_LEFT + days.index(_day(report)) * _COLUMN, _TOP + (rows + depth) * _ROW)
        parts.append(f'<text x="8" y="{_TOP + rows * _ROW + 22}" font-weight="bold">{escape(_short(outlet, 20))}</text>')
        rows += deepest
    width, height = _LEFT + len(days) * _COLUMN + 20, _TOP + rows * _ROW + 30
    heads = [f'<text x="{_LEFT + at * _COLUMN}" y="20" fill="#555">{escape(day)}</text>' for at, day in enumerate(days)]
    boxes = [_box(report, *places[key]) for key, report in reports.items()]
    arrows = [_arrow(link, places[link.source], places[link.target]) for link in links]
    legend = " · ".join(f'<tspan fill="{colour}">{kind}</tspan>' for kind, colour in _COLOURS.items())
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="sans-serif" font-size="11" role="img">',
            "<title>Which report rests on which</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *heads,
            *parts,
            *arrows,
            *boxes,
            f'<text x="8" y="{height - 8}">{legend}</text>',
            "</svg>",
            "",
        ]
    )


def _box(report: Report, x: int, y: int) -> str:
    first, second = _caption(report)[0], report.file
    return (
        f'<g><title>{escape(first)} · {escape(second)}</title><rect x="{x}" y="{y}" width="{_COLUMN - 24}" height="32" rx="4" fill="#f4f1ea" stroke="#888"/>'
        f'<text x="{x + 6}" y="{y + 20}">{escape(_short(second, 18))}</text></g>'
    )


def _arrow(link: Link, start: tuple[int, int], end: tuple[int, int]) -> str:
    tip = "" if link.direction == "either way" else ' marker-end="url(#tip)"'
    dash = ' stroke-dasharray="4 3"' if link.kind in ("digest", "follow-up") else ""
    middle = (start[0] + end[0] + _COLUMN) // 2
    path = f"M{start[0]} {start[1] + 16}C{middle} {start[1] - 12} {middle} {end[1] - 12} {end[0] + (_COLUMN - 24 if end[0] < start[0] else 60)} {end[1] + (16 if end[0] < start[0] else 0)}"
    return f'<path d="{path}" fill="none" stroke="{_COLOURS[link.kind]}" stroke-width="1.6"{dash}{tip}><title>{escape(link.kind)}: {escape(link.why)}</title></path>'


def _caption(report: Report) -> list[str]:
    return [f"{_outlet(report)}, {_day(report)}", report.file]


def _outlet(report: Report) -> str:
    return report.outlet or "outlet not given"


def _day(report: Report) -> str:
    return report.published.when.edtf if report.published.when else "undated"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
