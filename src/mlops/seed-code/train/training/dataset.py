"""Where data comes from: a folder or a file of theirs, or a data set that the project brings along for its first run."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Dict, List

import pandas as pd
from sklearn import datasets

from .configuration import Configuration
from .survey import survey, typed
from .tables import DataError, Table, Tables, files_of

__all__ = ["SETS", "DataError", "bundled", "read", "tables_of"]
#: What lies where the pipeline was given no data, and stands for the data set that is bundled.
MARKER = "bundled-data.json"


def _of_sklearn(load: Callable[..., datasets.Bunch]) -> pd.DataFrame:
    frame: pd.DataFrame = load(as_frame=True).frame
    return frame.rename(columns=lambda column: column.replace(" ", "_"))


def _with_names(load: Callable[..., datasets.Bunch]) -> pd.DataFrame:
    return _of_sklearn(load).assign(target=lambda frame: frame["target"].map(dict(enumerate(load().target_names))))


def _penguins() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).parent / "data" / "penguins.csv")


#: Real measurements, and no download.
SETS: Dict[str, Callable[[], pd.DataFrame]] = {
    "breast_cancer": lambda: _of_sklearn(datasets.load_breast_cancer),
    "diabetes": lambda: _of_sklearn(datasets.load_diabetes),
    "iris": lambda: _with_names(datasets.load_iris),
    "penguins": _penguins,
    "penguins_weighed": lambda: _penguins().dropna(subset="body_mass_g"),
    "wine": lambda: _with_names(datasets.load_wine),
}


def bundled(name: str) -> pd.DataFrame:
    return SETS[name]()


def tables_of(source: Path | None, settings: Configuration) -> Tables:
    """The tables of a folder, a file, or without them the data set that is bundled."""
    if source is None or not source.exists() or (source / MARKER).is_file():
        return Tables([Table(f"{settings.data} (bundled)", bundled(settings.data).to_csv(index=False))])
    return Tables([Table(name, file) for name, file in files_of(source)])


def read(source: Path | None, settings: Configuration) -> pd.DataFrame:
    """All rows at once, checked as a run checks them, the target last: for looking at them."""
    tables = tables_of(source, settings)
    found = survey(tables, settings)
    rows: List[pd.DataFrame] = [pd.DataFrame(chunk.rows, columns=tables.columns, dtype=object) for chunk in tables.chunks()]
    return typed(pd.concat(rows, ignore_index=True), found.kinds)[[*found.features, settings.target]]
