"""A figure with its words, and a table of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import List, Sequence, Tuple

from . import numerals
from .svg import BOTTOM, RIGHT, WIDTH, drawing, labelled, named, ticks

#: Of each row of a chart of names and values; how wide a letter is, and how many there is room for.
ROW, VALUES, LETTER, LETTERS = 22, 54, 6.7, 26


class Html(str):
    """A cell that is drawn, and not written."""


@dataclass(frozen=True)
class Table:
    caption: str
    #: Columns of numbers stand at the right; the first column names its row.
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Figure:
    name: str
    title: str
    #: What is to be seen: shown beside the figure, and said by screen readers in its place.
    says: str
    drawing: str
    table: Table | None = None


def bars_of_names(
    rows: Sequence[Tuple[str, float, Tuple[float, float] | None]], title: str, mark: Tuple[float, str] | None = None, *, dots: bool = False
) -> str:
    """A bar or a dot for each name, with its interval, and a line that all are held against."""
    known = [bound for _, value, interval in rows for bound in (value, *(interval or ()))] + ([mark[0]] if mark else [])
    low, high = min(0.0, *known), max(0.0, *known)
    high = high if high > low else low + 1
    start = 14 + LETTER * min(LETTERS, max(len(name) for name, _, _ in rows))
    end, top = WIDTH - RIGHT - VALUES, 26 if mark else 8
    height = top + ROW * len(rows) + BOTTOM

    def across(value: float) -> float:
        return round(float(start + (value - low) / (high - low) * (end - start)), 1)

    foot = height - BOTTOM
    parts = [f'<line class="grid" x1="{across(at)}" x2="{across(at)}" y1="{top}" y2="{foot}"/>' for at in ticks(low, high, 4)]
    parts += [_text(across(at), foot + 18, text, "middle", "tick") for at, text in labelled(ticks(low, high, 4))]
    parts.append(_text((start + end) / 2, height - 8, title, "middle", "label"))
    numbers = numerals.aligned([value for _, value, _ in rows])
    for at, ((name, value, interval), number) in enumerate(zip(rows, numbers)):
        middle = top + ROW * at + ROW / 2
        parts.append(_text(start - 8, middle + 4, named(name, LETTERS), "end", "label"))
        parts.append(_text(WIDTH - 4, middle + 4, number, "end", "number"))
        if not dots:
            left, right = sorted((across(0), across(value)))
            parts.append(f'<rect class="fill s1" x="{left:g}" y="{middle - 6.5:g}" width="{max(right - left, 1):.1f}" height="13"/>')
        if interval:
            parts.append(f'<line class="whisker" x1="{across(interval[0])}" x2="{across(interval[1])}" y1="{middle:g}" y2="{middle:g}"/>')
        if dots:
            parts.append(f'<circle class="dot s1" cx="{across(value)}" cy="{middle:g}" r="4.5"/>')
    if mark:
        parts.append(f'<line class="reference s0" x1="{across(mark[0])}" x2="{across(mark[0])}" y1="{top - 4}" y2="{foot}"/>')
        anchor = "middle" if start + 40 < across(mark[0]) < end - 40 else "start" if across(mark[0]) <= start + 40 else "end"
        parts.append(_text(across(mark[0]), 14, mark[1], anchor, "label"))
    return drawing(WIDTH, height, parts)


#: How strongly a cell is filled, from which share of its row on: on all but the last, text is read as on the page.
SHADES: List[Tuple[float, float]] = [(0.75, 1.0), (0.5, 0.42), (0.25, 0.32), (0.1, 0.22), (0.02, 0.12), (0.0, 0.04)]


def matrix(names: Sequence[str], counts: Sequence[Sequence[int]], down: str, across: str) -> str:
    """Counts of pairs, each row filled by its shares."""
    side, left, top = min(86.0, 250 / len(names)), 118, 44
    parts = [_text(left + side * len(names) / 2, 14, across, "middle", "label"), _text(4, 14, down, "start", "label")]
    for at, name in enumerate(names):
        parts.append(_text(left - 8, top + side * (at + 0.5) + 4, named(name, 17), "end", "label"))
        parts.append(_text(left + side * (at + 0.5), top - 8, named(name, max(2, int(side / 7.5))), "middle", "label"))
    for row, numbers in enumerate(counts):
        whole = sum(numbers) or 1
        for column, number in enumerate(numbers):
            shade = next(opacity for share, opacity in SHADES if number / whole >= share)
            x, y = left + side * column, top + side * row
            box = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{side - 2:.1f}" height="{side - 2:.1f}" rx="3"'
            parts.append(f'<rect class="fill s{1 if row == column else 2}" {box} fill-opacity="{shade:g}"/>')
            if side >= 24:
                parts.append(_text(x + side / 2, y + side / 2 + 5, str(number), "middle", "strong" if shade < 1 else "strong on"))
    return drawing(WIDTH, top + side * len(names) + 8, parts)


def _text(x: float, y: float, text: str, anchor: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
