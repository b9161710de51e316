"""What each column holds, found out while its rows go by: numbers or text, and everything that makes it unusable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, List, Set

import numpy as np
import pandas as pd

from .tables import Chunk

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What stands for no value, as pandas reads it.
NOTHING = frozenset(
    ["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a"]
    + ["nan", "null"]
)
#: Models compute with numbers of 32 bits.
GREATEST = float(np.finfo(np.float32).max)
#: More are no categories.
MOST_TEXTS = 1000
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


class Seen:
    """One column, as far as it has been seen."""

    def __init__(self, name: str):
        self.name = name
        self.rows = self.missing = self.numbers = self.count_of_texts = self.commas = 0
        self.first_missing = self.first_text = self.first_infinite = self.first_great = ""
        self.text: str | None = None
        self.great = 0.0
        self.minimum, self.maximum = np.inf, -np.inf
        self.is_whole = True
        self.has_leading_zeros = False
        #: The texts that are not numbers, as many as may be categories.
        self.texts: Set[str] = set()

    @property
    def holds_text(self) -> bool:
        return self.text is not None

    @property
    def is_mixed(self) -> bool:
        return self.holds_text and self.numbers > 0

    @property
    def kind(self) -> str:
        return "text" if self.holds_text or self.has_leading_zeros else "number"

    @property
    def is_constant(self) -> bool:
        present = self.rows - self.missing
        return present > 0 and (self.minimum == self.maximum if not self.holds_text else len(self.texts) == 1 and not self.numbers)

    def add(self, values: NDArray[Any], chunk: Chunk) -> None:
        numbers = pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=float)
        others = np.flatnonzero(np.isnan(numbers))
        if len(others):
            self._add_others(values, others, chunk)
        present = np.flatnonzero(~np.isnan(numbers))
        if len(present):
            self._add_numbers(values, numbers, present, chunk)
        self.rows += len(values)

    def _add_others(self, values: NDArray[Any], at: NDArray[np.intp], chunk: Chunk) -> None:
        cells = pd.Series(values[at])
        nothing = cells.str.strip().isin(NOTHING).to_numpy()
        self.missing += int(nothing.sum())
        if nothing.any() and not self.first_missing:
            self.first_missing = chunk.place(int(at[nothing.argmax()]))
        great = cells.str.strip().str.fullmatch(_NUMBER).to_numpy(dtype=bool) & ~nothing  # not even 64 bits hold them
        if great.any() and not self.first_infinite:
            self.first_infinite = chunk.place(int(at[great.argmax()]))
        is_text = ~nothing & ~great
        if is_text.any():
            self._add_texts(cells[is_text], chunk.place(int(at[is_text.argmax()])))

    def _add_texts(self, texts: pd.Series, first: str) -> None:
        if self.text is None:
            self.text, self.first_text = str(texts.iloc[0]), first
        if len(self.texts) <= MOST_TEXTS:
            self.texts.update(texts.unique()[: MOST_TEXTS + 1])
        if self.commas == self.count_of_texts:
            self.commas += int(texts.str.fullmatch(_DECIMAL_COMMA).sum())
        self.count_of_texts += len(texts)

    def _add_numbers(self, values: NDArray[Any], numbers: NDArray[np.float64], at: NDArray[np.intp], chunk: Chunk) -> None:
        present = numbers[at]
        self.numbers += len(present)
        infinite, great = ~np.isfinite(present), np.abs(present) > GREATEST
        if infinite.any() and not self.first_infinite:
            self.first_infinite = chunk.place(int(at[infinite.argmax()]))
        elif great.any() and not self.first_great:
            self.great, self.first_great = float(present[great.argmax()]), chunk.place(int(at[great.argmax()]))
        self.minimum, self.maximum = min(self.minimum, float(present.min())), max(self.maximum, float(present.max()))
        self.is_whole = self.is_whole and bool((present == np.floor(present)).all())
        if self.is_whole and not self.has_leading_zeros:
            self.has_leading_zeros = any(len(value) > 1 and value[0] == "0" and value.isdigit() for value in values[at])


def faults_of(seen: Seen, *, pinned: str | None, is_needed: bool) -> List[str]:
    """Why the column cannot be used, each with where, and what to do."""
    name = seen.name
    if seen.missing == seen.rows:
        return [f'column {name} has no value in any row: fill it in, or say "columns": {{"drop": ["{name}"]}}']
    found = []
    if is_needed and seen.missing:
        found.append(f"column {name} has no value in {seen.missing} rows, first in {seen.first_missing}: fill them in, or leave these rows out")
    if pinned == "text":
        return found
    if seen.first_infinite:
        found.append(f"column {name} holds an infinite number, first in {seen.first_infinite}: correct it, or leave it empty")
    if seen.first_great:
        what = f"column {name} holds {seen.great:g}, first in {seen.first_great}"
        found.append(f"{what}, but models compute with numbers up to {GREATEST:.1e}: correct it, or scale the column")
    if seen.commas and seen.commas == seen.count_of_texts:
        return [*found, f"column {name} has decimal commas, first {seen.text!r} in {seen.first_text}: write decimal points"]
    if pinned is None and len(seen.texts) > MOST_TEXTS:
        what = f"column {name} holds more than {MOST_TEXTS} different texts, first {seen.text!r} in {seen.first_text}, which are no categories"
        remedy = f'say "columns": {{"drop": ["{name}"]}}, or if features of the model makes something of them, {{"kinds": {{"{name}": "text"}}}}'
        return [*found, f"{what}: {remedy}"]
    if seen.is_mixed or pinned == "number" and seen.holds_text:
        remedy = f'"columns": {{"kinds": {{"{name}": "text"}}}}'
        what = "must hold numbers, got" if pinned == "number" else "holds numbers and text, first"
        found.append(f"column {name} {what} {seen.text!r} in {seen.first_text}: correct it, or if it is all text, say {remedy}")
    return found
