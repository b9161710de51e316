"""The parts that a run has divided its data into, as other steps read them: each file has beside it what its columns are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, List

import numpy as np
import pandas as pd

from .columns import Columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

DESCRIPTION = "columns.json"


@dataclass(frozen=True)
class Part:
    """Rows without the target, and what is true of them."""

    columns: Columns
    #: In the order of probabilities; none where numbers are learnt.
    classes: List[Any] | None
    rows: pd.DataFrame
    target: pd.Series

    @staticmethod
    def read(folder: Path, name: str) -> Part:
        said = json.loads((folder / DESCRIPTION).read_text())
        columns, classes = Columns.said(said["columns"]), said["classes"] or None
        texts = {column.name: str for column in columns.columns if column.kind == "text"}
        dtypes = {**texts, said["target"]: str}
        # To the last bit, as callers' numbers are read.
        frame = pd.read_csv(folder / f"{name}.csv", dtype=dtypes, keep_default_na=False, na_values=[""], float_precision="round_trip")
        return Part(columns, classes, columns.typed(frame), frame[said["target"]])

    @property
    def truth(self) -> NDArray[Any]:
        """As it is learnt and measured: numbers, or the places of classes in their order."""
        if self.classes is None:
            return np.asarray(self.target, dtype=float)
        if all(not isinstance(one, str) for one in self.classes):  # 1 and 1.0 are the same
            values: List[Any] = [float(label) for label in self.target]
        else:
            values = list(self.target)
        return np.array([self.classes.index(value) for value in values], dtype=int)
