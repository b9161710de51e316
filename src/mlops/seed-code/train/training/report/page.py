"""The page: HTML that holds all that it shows, and that a browser lets load nothing and run nothing."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from typing import List, Sequence

from .figure import Figure, Html, Table
from .style import style

#: Heads of columns that hold words.
WORDS = ("kind", "about", "shape", "verdict", "group", "than all rows", "value", "which is better")


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    says: Sequence[str] = ()
    tables: Sequence[Table] = ()
    figures: Sequence[Figure] = ()


@dataclass(frozen=True)
class Tile:
    name: str
    value: str
    chance: str


@dataclass(frozen=True)
class Page:
    title: str
    about: str
    passes: bool
    verdict: str
    says: Sequence[str] = ()
    tiles: Sequence[Tile] = ()
    sections: Sequence[Section] = ()
    foot: str = ""

    def html(self) -> str:
        look = style()
        digest = base64.b64encode(hashlib.sha256(look.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        links = "".join(f'<li><a href="#{one.name}">{escape(one.title)}</a></li>' for one in self.sections)
        tiles = "".join(
            f'<div><dt>{escape(one.name)}</dt><dd><span class="value">{escape(one.value)}</span> '
            f'<span class="chance">{escape(one.chance)}</span></dd></div>'
            for one in self.tiles
        )
        kind, word = ("good", "✓ Passes the gate") if self.passes else ("bad", "✗ Does not pass the gate")
        return "".join(
            [
                '<!doctype html><html lang="en"><head><meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
                f"<title>{escape(self.title)}</title><style>{look}</style></head><body>",
                '<a class="skip" href="#main">Skip to the report</a>',
                f'<header><h1>{escape(self.title)}</h1><p class="quiet">{escape(self.about)}</p>',
                f'<div class="verdict {kind}"><strong>{word}</strong><p>{escape(self.verdict)}</p></div>',
                *(f"<p>{escape(one)}</p>" for one in self.says),
                f'<dl class="tiles">{tiles}</dl></header>',
                f'<nav aria-label="Sections"><ul>{links}</ul></nav><main id="main" tabindex="-1">',
                *(_section(one) for one in self.sections),
                f"</main><footer><p>{escape(self.foot)}</p></footer></body></html>\n",
            ]
        )


def _section(section: Section) -> str:
    alone = section.figures[0].table if len(section.figures) == 1 else None  # there is room for its numbers beside it
    tables = [_table(one, f"{section.name}-{at}") for at, one in enumerate(section.tables)]
    beside = _table(alone, f"{section.name}-numbers") if alone else tables.pop(0) if len(section.figures) % 2 and tables else ""
    figures = "".join(_figure(one, alone is None) for one in section.figures) + beside
    return "".join(
        [
            f'<section id="{section.name}" aria-labelledby="{section.name}-title"><h2 id="{section.name}-title">{escape(section.title)}</h2>',
            *(f"<p>{escape(one)}</p>" for one in section.says),
            f'<div class="figures">{figures}</div>' if figures else "",
            *tables,
            "</section>",
        ]
    )


def _figure(figure: Figure, folded: bool) -> str:
    name = f"figure-{figure.name}"
    drawing = figure.drawing.replace(">", f'><title id="{name}-title">{escape(figure.title)}</title>', 1)
    numbers = f"<details><summary>Numbers of this figure</summary>{_table(figure.table, name)}</details>" if figure.table and folded else ""
    return (
        f'<figure><figcaption><h3>{escape(figure.title)}</h3><p id="{name}-says">{escape(figure.says)}</p></figcaption>'
        f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-says" {drawing}{numbers}</figure>'
    )


def _table(table: Table, name: str) -> str:
    """A table that is wider than a telephone is moved inside its frame, also by the keyboard."""
    words = [at for at, head in enumerate(table.heads) if head in WORDS]
    heads = "".join(f'<th scope="col"{_kind(at in words)}>{escape(head)}</th>' for at, head in enumerate(table.heads))
    rows = "".join(f"<tr>{_cells(row, words)}</tr>" for row in table.rows)
    return (
        f'<div class="wide" role="region" aria-labelledby="{name}-caption" tabindex="0">'
        f'<table><caption id="{name}-caption">{escape(table.caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Sequence[str], words: List[int]) -> str:
    first, *others = row
    cells = "".join(
        f"<td{_kind(at in words, str(cell))}>{cell if isinstance(cell, Html) else escape(cell)}</td>" for at, cell in enumerate(others, 1)
    )
    return f'<th scope="row">{escape(first)}</th>{cells}'


def _kind(is_text: bool, cell: str = "") -> str:
    if not is_text:
        return ""
    colour = {"better": " good", "worse": " bad", "far": " bad"}.get(cell, "")
    return f' class="text{" long" if len(cell) > 40 and not cell.startswith("<svg") else ""}{colour}"'
