"""The classes of a target: which there are, how many rows each has, and in which order a model knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Sequence

import numpy as np
import pandas as pd

from .kinds import NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A target with more is none of classes.
MOST = 1000
#: The first is the negative one.
_KNOWN = [("0", "1"), ("false", "true"), ("no", "yes"), ("n", "y"), ("f", "t"), ("-1", "1")]
#: One for each part.
LEAST_ROWS = 3


class Classes:
    def __init__(self) -> None:
        self.codes: Dict[str, int] = {}
        self.counts: List[int] = []

    def add(self, values: NDArray[Any]) -> NDArray[np.int16]:
        """The class of each row, by a number that says nothing more."""
        found, labels = pd.factorize(values)
        for label in labels:
            if len(self.codes) <= MOST and label not in self.codes:
                self.codes[label] = len(self.counts)
                self.counts.append(0)
        codes: NDArray[np.int16] = np.array([self.codes.get(label, MOST) for label in labels], dtype=np.int16)[found]
        for code, count in zip(*np.unique(codes, return_counts=True), strict=True):
            self.counts[code] += int(count)
        return codes

    @property
    def by_name(self) -> Dict[str, int]:
        """Rows of each class, as many as there are."""
        named = {label.strip(): 0 for label in self.codes if label.strip() not in NOTHING}
        for label, code in self.codes.items():
            if label.strip() in named:
                named[label.strip()] += self.counts[code]
        return named

    def strata(self) -> NDArray[np.int16]:
        """For each number that add gave one number a class: 1 and 1.0 are the same."""
        names = [label.strip() for label in self.codes]
        same = [float(name) if _is_number(name) else name for name in names]
        return np.array([same.index(one) for one in same], dtype=np.int16)

    def ordered(self, positive: str | None) -> List[Any]:
        """Numbers by their value, texts by the alphabet, and of two the positive one last."""
        names = list(self.by_name)
        if all(map(_is_number, names)):
            values = sorted({float(name) for name in names})
            ordered: List[Any] = [int(value) if value.is_integer() else value for value in values]
        else:
            ordered = sorted(names)
        return sorted(ordered, key=lambda name: str(name) == positive) if positive else _by_meaning(ordered)

    def faults(self, target: str, task: str, positive: str | None) -> List[str]:
        """Why these classes cannot be learnt."""
        if len(self.codes) > MOST:
            return [f'column {target} holds more than {MOST} different values: these are no classes; is "task": "regression" meant?']
        named, ordered = self.by_name, self.ordered(positive)
        shown = ", ".join(map(str, ordered[:5])) + (", …" if len(ordered) > 5 else "")
        if len(ordered) < 2:
            return [f"column {target} holds one class only, {shown}: there is nothing to tell apart; add rows of another"]
        if task == "binary" and len(ordered) > 2:
            what = f"column {target} holds {len(ordered)} classes ({shown}) but the task binary has two"
            return [f'{what}: say "task": "multi-class", or leave rows out']
        if task == "multi-class" and len(ordered) == 2:
            return [f'column {target} holds two classes ({shown}): say "task": "binary"']
        rare = [f"{count} of the class {name}" for name, count in named.items() if count < LEAST_ROWS]
        if rare:
            return [f"column {target} has {', '.join(rare[:5])}: each class needs {LEAST_ROWS} rows, one for each part; add some, or leave them out"]
        return _positive_faults(target, ordered, positive) if task == "binary" else []


def _positive_faults(target: str, ordered: Sequence[Any], positive: str | None) -> List[str]:
    names = [str(name) for name in ordered]
    if positive and positive not in names:
        return [f'positive is "{positive}" but column {target} holds {names[0]} and {names[1]}: say one of them']
    if not positive and not _is_known(names):
        return [f'column {target} holds {names[0]} and {names[1]}: say which of them is looked for, such as "positive": "{names[1]}"']
    return []


def _is_number(name: str) -> bool:
    return not np.isnan(pd.to_numeric(name, errors="coerce"))


def _is_known(names: Sequence[str]) -> bool:
    return {name.lower() for name in names} in [set(pair) for pair in _KNOWN]


def _by_meaning(ordered: List[Any]) -> List[Any]:
    lower = [str(name).lower() for name in ordered]
    return ordered[::-1] if len(lower) == 2 and (lower[1], lower[0]) in _KNOWN else ordered
