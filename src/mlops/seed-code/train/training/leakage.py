"""Columns that are the target under another name: a model that learns from them is good here and useless elsewhere."""

from __future__ import annotations

from typing import List

import numpy as np
import pandas as pd

#: With fewer rows two columns agree by chance.
LEAST_ROWS = 20
#: A linear function of the target, but for rounding.
LINEAR = 0.99999


def leaks(rows: pd.DataFrame, target: str, *, is_classification: bool) -> List[str]:
    """Why columns may not be learnt from. Rows are all of them, or some that were drawn from all."""
    rows = rows.drop_duplicates()
    truth = rows[target]
    found = [(column, _leak(rows[column], truth, is_classification)) for column in rows.columns if column != target]
    remedy = 'say "columns": {{"drop": ["{0}"]}}, or if it is known when the model is asked, {{"allowedLeakage": ["{0}"]}}'
    return [f"column {column} {how} the target {target}: {remedy.format(column)}" for column, how in found if how]


def _leak(values: pd.Series, truth: pd.Series, is_classification: bool) -> str:
    both = values.notna() & truth.notna()
    known, answers = values[both], truth[both]
    if len(known) == 0 or known.nunique() < 2:
        return _in_what_is_missing(values, truth) if is_classification else ""
    if (known.map(str) == answers.map(str)).all() or _are_numbers(known, answers) and (known == answers).all():
        return "is equal to"
    if len(known) < LEAST_ROWS:
        return ""
    pairs = len(pd.DataFrame({"value": known, "answer": answers}).drop_duplicates())
    is_one_to_one = pairs == known.nunique() == answers.nunique()
    # Values that are all different are a number of the row, which answers nothing.
    if is_one_to_one and pairs < len(known):
        return "is a one-to-one function of"
    if not is_classification and _are_numbers(known, answers):
        steps = np.diff(answers.to_numpy()[np.argsort(known.to_numpy(), kind="stable")])
        if is_one_to_one and ((steps > 0).all() or (steps < 0).all()):
            return "is a one-to-one function of"
        if abs(np.corrcoef(known, answers)[0, 1]) > LINEAR:
            return "is a linear function of"
    return _in_what_is_missing(values, truth) if is_classification else ""


def _in_what_is_missing(values: pd.Series, truth: pd.Series) -> str:
    missing = values.isna()
    if len(truth) < LEAST_ROWS or not missing.any() or truth.nunique() != 2:
        return ""
    first = truth == truth.iloc[0]
    return "has a value or none just by" if (missing == first).all() or (missing == ~first).all() else ""


def _are_numbers(*columns: pd.Series) -> bool:
    return all(pd.api.types.is_numeric_dtype(column) for column in columns)
