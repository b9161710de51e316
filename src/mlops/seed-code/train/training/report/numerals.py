"""Numbers as people read them."""

from __future__ import annotations

import math
from typing import Sequence


def short(value: float) -> str:
    """Four digits that say something."""
    if not math.isfinite(value):
        return "–"
    if value == 0 or 1e-4 <= abs(value) < 1e5:
        digits = 0 if value == 0 else max(0, 3 - math.floor(math.log10(abs(value))))
        return minus(f"{value:,.{digits}f}")
    return minus(f"{value:.3g}")


def plain(value: float) -> str:
    """As a person would write it, with three digits at most."""
    return minus(f"{value:,.0f}" if 1e3 <= abs(value) < 1e6 else f"{value:.3g}")


def percent(value: float, digits: int = 1) -> str:
    return minus(f"{100 * value:.{digits}f} %") if math.isfinite(value) else "–"


def aligned(values: Sequence[float], digits: int = 3) -> list[str]:
    """One column of a table: as many decimals for each, so that the points are below each other."""
    sizes = [abs(value) for value in values if math.isfinite(value) and value != 0]
    if not sizes or max(sizes) >= 1e6 or max(sizes) < 1e-4:
        return [short(value) for value in values]
    decimals = max(0, digits - 1 - math.floor(math.log10(max(sizes))))
    return [minus(f"{value:,.{decimals}f}") if math.isfinite(value) else "–" for value in values]


def count(value: int) -> str:
    return f"{value:,}"


def counted(number: int, what: str) -> str:
    return f"{count(number)} {what}{'' if number == 1 else 's'}"


def minus(text: str) -> str:
    """The sign that is as wide as a digit; none before a zero."""
    return text.lstrip("-") if not text.strip("-0.,% ") else text.replace("-", "−")
