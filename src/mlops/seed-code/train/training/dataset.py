"""Data as tables, and what must be true of it before anything is learnt from it."""

from __future__ import annotations

from pathlib import Path
from typing import List

import numpy as np
import pandas as pd
from sklearn import datasets

from .configuration import Configuration

#: What lies where the pipeline was given no data, and stands for the data set that is bundled.
BUNDLED = "bundled-data.json"


class DataError(Exception):
    """The data cannot be used; the message names the column."""


def bundled(name: str) -> pd.DataFrame:
    """A data set that scikit-learn brings along: real measurements, and no download."""
    loaders = {"diabetes": datasets.load_diabetes, "breast_cancer": datasets.load_breast_cancer}
    frame: pd.DataFrame = loaders[name](as_frame=True).frame
    return frame.rename(columns=lambda column: column.replace(" ", "_"))


def columns_of(configuration: Configuration) -> List[str]:
    """Features in the order in which the model gets them."""
    return [column for column in bundled(configuration.data).columns if column != configuration.target]


def read(folder: Path | None, configuration: Configuration) -> pd.DataFrame:
    """The CSV files of a folder, or without a folder the data set that is bundled."""
    if folder is None or not folder.is_dir() or (folder / BUNDLED).is_file():
        return bundled(configuration.data)
    files = sorted(folder.glob("*.csv"))
    if not files:  # the bundled data would be taken for theirs
        raise DataError(f"{folder} holds no file that ends in .csv")
    return pd.concat([_table(file) for file in files], ignore_index=True)


def _table(file: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(file)
    except (pd.errors.EmptyDataError, pd.errors.ParserError, UnicodeDecodeError) as error:
        raise DataError(f"{file.name} is no table with a header: {error}") from None


def checked(frame: pd.DataFrame, configuration: Configuration) -> pd.DataFrame:
    """The columns of the model in their order, or an error that names what is wrong, all of it."""
    wanted = [*columns_of(configuration), configuration.target]
    if frame.empty:
        raise DataError("the data has no rows")
    faults = [f"column {column} is missing" for column in wanted if column not in frame.columns]
    if faults:
        raise DataError("; ".join(faults))
    frame = frame[wanted]
    for column in wanted:
        values = frame[column]
        if not pd.api.types.is_numeric_dtype(values):
            example = next((value for value in values if isinstance(value, bool) or not isinstance(value, (int, float))), values.iloc[0])
            faults.append(f"column {column} must hold numbers, got {example!r}")
        elif values.isna().any():
            faults.append(f"column {column} has no value in {int(values.isna().sum())} rows, the first of them {int(values.isna().idxmax())}")
        elif not np.isfinite(values).all():
            faults.append(f"column {column} holds an infinite number, first in row {int((~np.isfinite(values)).idxmax())}")
    target = configuration.target
    if configuration.is_classification and not faults:
        classes = sorted(frame[target].unique())
        if not set(classes) <= {0, 1}:
            faults.append(f"column {target} must hold the classes 0 and 1, got {', '.join(map(str, classes[:5]))}")
        elif len(classes) < 2:
            faults.append(f"column {target} holds one class only, {classes[0]}")
    if faults:
        raise DataError("; ".join(faults))
    return frame
