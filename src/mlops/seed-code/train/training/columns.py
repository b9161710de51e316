"""Columns of the raw rows: their names, their order and their kinds, and how they become numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Sequence

import numpy as np
import pandas as pd

from .kinds import GREATEST, NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray


class BadRequest(Exception):
    """What the model cannot answer: the message says where, what and what to do."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        #: Of HTTP.
        self.status = status


@dataclass(frozen=True)
class Column:
    name: str
    #: "number" or "text".
    kind: str
    #: Whether rows without a value were learnt from.
    may_be_empty: bool

    def value_of(self, said: Any, row: int) -> float | str | None:
        where = f"row {row}, column {self.name}"
        if said is None or (isinstance(said, str) and said.strip() in NOTHING) or (isinstance(said, float) and np.isnan(said)):
            if not self.may_be_empty:
                raise BadRequest(f"{where}: there is no value, but the model has not learnt from rows without one: send one")
            return np.nan if self.kind == "number" else None
        if self.kind == "text":
            return str(said).strip()
        try:
            number = float(said) if not isinstance(said, bool) else np.inf
        except (TypeError, ValueError):
            number = np.inf
        if not np.isfinite(number):
            raise BadRequest(f"{where}: {shortened(said)} is no finite number: send one")
        if abs(number) > GREATEST:
            raise BadRequest(f"{where}: {shortened(said)} is too great, models compute with numbers up to {GREATEST:.1e}: send a lesser one")
        return number


class Columns:
    """The columns that a model gets, as its data had them."""

    def __init__(self, columns: Sequence[Column]):
        self.columns = list(columns)
        self.names = [column.name for column in columns]

    @staticmethod
    def of(frame: pd.DataFrame) -> Columns:
        return Columns([Column(str(name), "number" if _is_number(values) else "text", bool(values.isna().any())) for name, values in frame.items()])

    @staticmethod
    def said(said: List[Dict[str, Any]]) -> Columns:
        return Columns([Column(**column) for column in said])

    def say(self) -> List[Dict[str, Any]]:
        return [vars(column) for column in self.columns]

    def table(self, rows: Sequence[Sequence[Any] | Mapping[str, Any]]) -> pd.DataFrame:
        """Rows as callers send them, by the order of their values or by names."""
        if not rows:
            raise BadRequest("the body holds no row: send at least one")
        values = [self._values(row, at) for at, row in enumerate(rows, 1)]
        return self.typed(pd.DataFrame(values, columns=self.names))

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Each column by its kind, however few of its values a file holds."""
        ordered = frame[self.names]
        return ordered.astype({column.name: float for column in self.columns if column.kind == "number"}).assign(
            **{column.name: ordered[column.name].map(str, na_action="ignore").astype(object) for column in self.columns if column.kind == "text"}
        )

    def _values(self, row: Sequence[Any] | Mapping[str, Any], at: int) -> List[float | str | None]:
        return [column.value_of(value, at) for column, value in zip(self.columns, self._ordered(row, at), strict=True)]

    def _ordered(self, row: Sequence[Any] | Mapping[str, Any], at: int) -> Sequence[Any]:
        if isinstance(row, Mapping):
            missing, unknown = [name for name in self.names if name not in row], [name for name in row if name not in self.names]
            if missing or unknown:
                wrong = [f"{listed(missing)} is missing"] * bool(missing) + [f"{listed(unknown)} is not known"] * bool(unknown)
                raise BadRequest(f"row {at}: {' and '.join(wrong)}: send {listed(self.names)}")
            return [row[name] for name in self.names]
        if len(row) != len(self.names):
            raise BadRequest(f"row {at} has {len(row)} values but must have {len(self.names)}: {listed(self.names)}, in this order")
        return row


def shortened(said: Any) -> str:
    text = repr(said)
    return text if len(text) <= 40 else f"{text[:36]}…"


def listed(names: Sequence[str]) -> str:
    """As many as people read."""
    return ", ".join(map(str, names)) if len(names) <= 20 else f"{', '.join(map(str, names[:19]))} and {len(names) - 19} more"


def _is_number(values: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values))


class Table:
    """Numbers, and for each text that a column held one column of zeros and ones. A text that is new is none of them.

    Scaled numbers are how far they are from their mean, and their mean where there is no value. Others are as they are.
    """

    def __init__(self, *, scaled: bool = False):
        self.scaled = scaled
        self.numbers: Dict[str, List[float]] = {}
        self.texts: Dict[str, List[str]] = {}

    def fit(self, rows: pd.DataFrame) -> Table:
        for name, values in rows.items():
            if not _is_number(values):
                self.texts[str(name)] = sorted(values.dropna().map(str).unique())
            elif self.scaled and values.notna().any():
                self.numbers[str(name)] = [float(values.mean()), float(values.std(ddof=0)) or 1.0]
            else:
                self.numbers[str(name)] = [0.0, 1.0]
        return self

    @property
    def names(self) -> List[str]:
        """Of what comes out, in order."""
        return [*self.numbers, *(f"{name}={text}" for name, texts in self.texts.items() for text in texts)]

    def transform(self, rows: pd.DataFrame) -> NDArray[np.float64]:
        parts = [(rows[name].to_numpy(dtype=float) - mean) / width for name, (mean, width) in self.numbers.items()]
        if self.scaled:
            parts = [np.nan_to_num(part, nan=0.0) for part in parts]
        parts += [(rows[name].map(str) == text).to_numpy(dtype=float) for name, texts in self.texts.items() for text in texts]
        return np.column_stack(parts)
