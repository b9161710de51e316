"""What figures are drawn with: scales, axes and marks, as SVG without a script. Colours are classes, which the page's style knows."""

from __future__ import annotations

import math
from html import escape
from typing import Iterable, List, Sequence, Tuple

from . import numerals

Point = Tuple[float, float]

WIDTH, HEIGHT = 380, 270
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 28, 44


def ticks(low: float, high: float, about: int = 5) -> List[float]:
    """Round numbers from one end to the other."""
    width = (high - low) / about
    size = 10.0 ** math.floor(math.log10(width))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= width * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [at * step for at in range(first, last + 1)]


def padded(values: Iterable[float], share: float = 0.04) -> Tuple[float, float]:
    """A range around values, which is never empty."""
    known = [value for value in values if math.isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    room = (high - low) * share or abs(high) * 0.1 or 1.0
    return low - room, high + room


def named(text: str, most: int) -> str:
    """As much of a name as there is room for."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


class Plot:
    """Two axes, and marks between them."""

    def __init__(self, x: Tuple[float, float], y: Tuple[float, float], x_title: str, y_title: str, x_ticks: Sequence[float] = ()):
        self.x, self.y = x, y
        self.parts: List[str] = []
        for value, text in labelled(ticks(*y)):
            at = self.down(value)
            self.parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>')
            self.text(LEFT - 8, at + 4, text, "end")
        for value, text in labelled(x_ticks or ticks(*x)):
            at = self.across(value)
            self.parts.append(f'<line class="axis" x1="{at}" x2="{at}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM + 4}"/>')
            self.text(at, HEIGHT - BOTTOM + 18, text, "middle")
        self.parts.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM}"/>')
        self.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_title, "middle", "label")
        self.text(4, 14, y_title, "start", "label")

    def across(self, value: float) -> float:
        return _between(value, self.x, LEFT, WIDTH - RIGHT)

    def down(self, value: float) -> float:
        return _between(value, self.y, HEIGHT - BOTTOM, TOP)

    def text(self, x: float, y: float, text: str, anchor: str = "start", kind: str = "tick") -> None:
        self.parts.append(f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>')

    def line(self, points: Sequence[Point], series: int = 1, kind: str = "line") -> None:
        path = " ".join(f"{self.across(x):g},{self.down(y):g}" for x, y in points)
        self.parts.append(f'<polyline class="{kind} s{series}" points="{path}"/>')

    def band(self, lower: Sequence[Point], upper: Sequence[Point], series: int = 1) -> None:
        path = " ".join(f"{self.across(x):g},{self.down(y):g}" for x, y in [*lower, *reversed(upper)])
        self.parts.append(f'<polygon class="band s{series}" points="{path}"/>')

    def reference(self, start: Point, end: Point) -> None:
        self.line([start, end], 0, "reference")

    def dot(self, x: float, y: float, series: int = 1, radius: float = 4) -> None:
        self.parts.append(f'<circle class="dot s{series}" cx="{self.across(x):g}" cy="{self.down(y):g}" r="{radius:g}"/>')

    def box(self, x: Tuple[float, float], y: Tuple[float, float], series: int = 1, opacity: float | None = None) -> None:
        left, right, top, bottom = self.across(x[0]), self.across(x[1]), self.down(y[1]), self.down(y[0])
        shade = "" if opacity is None else f' fill-opacity="{opacity:.2f}"'
        size = f'x="{left:g}" y="{top:g}" width="{max(right - left, 0):.1f}" height="{max(bottom - top, 0):.1f}"'
        self.parts.append(f'<rect class="fill s{series}" {size}{shade}/>')

    def legend(self, names: Sequence[str]) -> None:
        """One line for each series, at the lower right, where curves of good models are not."""
        for at, name in enumerate(names):
            y = HEIGHT - BOTTOM - 12 - 18 * (len(names) - 1 - at)
            self.parts.append(f'<line class="line s{at + 1}" x1="{WIDTH - RIGHT - 152}" x2="{WIDTH - RIGHT - 130}" y1="{y - 4}" y2="{y - 4}"/>')
            self.text(WIDTH - RIGHT - 124, y, named(name, 20), "start", "label")

    def drawn(self) -> str:
        return drawing(WIDTH, HEIGHT, self.parts)


def drawing(width: float, height: float, parts: Iterable[str]) -> str:
    """Without title: the page adds what a screen reader says."""
    return f'viewBox="0 0 {width:g} {height:g}">{"".join(parts)}</svg>'


def _between(value: float, scale: Tuple[float, float], start: float, end: float) -> float:
    return round(start + (value - scale[0]) / (scale[1] - scale[0]) * (end - start), 1)


def labelled(values: Sequence[float]) -> List[Tuple[float, str]]:
    """Ticks with as many decimals as tell them apart."""
    step = values[1] - values[0] if len(values) > 1 else 0.0
    if step < 1e-4 or max(map(abs, values)) >= 1e6:
        return [(value, numerals.short(value)) for value in values]
    decimals = next(many for many in range(7) if math.isclose(step, round(step, many), rel_tol=1e-6))
    return [(value, numerals.minus(f"{value:,.{decimals}f}")) for value in values]
