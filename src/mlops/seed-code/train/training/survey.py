"""Goes through all rows once, and says what they are like and how they are divided, or everything that is wrong with them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Sequence

import numpy as np
import pandas as pd

from .classes import Classes
from .configuration import Configuration
from .kinds import NOTHING, Seen, faults_of
from .leakage import leaks
from .split import PARTS, Split
from .tables import DataError, Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Rows that are looked at more closely: all of a small table, drawn by chance from a large one.
SAMPLE_VALUES, SAMPLE_ROWS = 2_000_000, 50_000
BASELINE_VALUES, BASELINE_ROWS = 4_000_000, 200_000
#: The parts are the same in every sample: what is drawn must not depend on what divides.
_MIXED = np.uint64(0x9E3779B97F4A7C15)


class Sample:
    """Rows that were drawn by what they hold, so that the order of files does not matter."""

    def __init__(self, columns: Sequence[str]):
        self.columns = columns
        self.most = max(1000, min(SAMPLE_ROWS, SAMPLE_VALUES // len(columns)))
        self.marks: NDArray[np.uint64] = np.array([], dtype=np.uint64)
        self.rows: List[Sequence[str]] = []

    def add(self, digests: NDArray[np.uint64], rows: List[Sequence[str]]) -> None:
        marks = digests * _MIXED
        if len(self.rows) == self.most:
            drawn = np.flatnonzero(marks < self.marks[-1])
            marks, rows = marks[drawn], [rows[at] for at in drawn]
        all_marks, all_rows = np.concatenate([self.marks, marks]), [*self.rows, *rows]
        order = np.argsort(all_marks, kind="stable")[: self.most]
        self.marks, self.rows = all_marks[order], [all_rows[at] for at in order]

    def frame(self, kinds: Dict[str, str]) -> pd.DataFrame:
        return typed(pd.DataFrame(self.rows, columns=list(self.columns), dtype=object), kinds)


@dataclass
class Survey:
    """What all rows are like."""

    #: In the order of the data, the target left out.
    features: List[str]
    seen: Dict[str, Seen]
    kinds: Dict[str, str]
    #: In the order in which models know them; none where numbers are predicted.
    classes: List[Any] | None
    counts: Dict[str, int]
    rows: int
    duplicates: int
    #: For each row, in the order of reading, the part that it belongs to, by its number in split.PARTS.
    parts: NDArray[np.int8]
    #: For each row whether baselines are taken of it: of those to train on, as many as are enough to say.
    drawn: NDArray[np.bool_]
    #: What may be meant, and may not.
    notes: List[str]

    @property
    def sizes(self) -> Dict[str, int]:
        return {part: int((self.parts == number).sum()) for number, part in enumerate(PARTS)}


def survey(tables: Tables, settings: Configuration) -> Survey:
    columns, said = tables.columns, settings.columns
    _stop([*_unknown(columns, settings), *([] if settings.target in columns else [_no_target(columns, settings.target)])])
    split, classes, sample = Split(settings, columns), Classes(), Sample(columns)
    seen = {column: Seen(column) for column in columns}
    keys: List[NDArray[Any]] = []
    digests: List[NDArray[np.uint64]] = []
    codes: List[NDArray[np.int16]] = []
    for chunk in tables.chunks():
        values = [np.array(column, dtype=object) for column in zip(*chunk.rows, strict=True)]
        for one, column in zip(seen.values(), values, strict=True):
            one.add(column, chunk)
        digests.append(split.digests(chunk))
        keys.append(split.keys(chunk, digests[-1]))
        sample.add(digests[-1], chunk.rows)
        if settings.is_classification:
            codes.append(classes.add(values[columns.index(settings.target)]))
    if not keys:
        raise DataError(f"the data has no rows: {', '.join(table.name for table in tables.tables)} holds a header only")
    kinds = {name: said.get("kinds", {}).get(name, one.kind) for name, one in seen.items()}
    features = [column for column in columns if column != settings.target and column not in said.get("drop", [])]
    _stop(_faults(seen, features, settings, classes))
    frame = sample.frame(kinds)
    allowed = [name for name in columns if name in [*said.get("allowedLeakage", []), *said.get("drop", [])]]
    _stop(leaks(frame.drop(columns=allowed), settings.target, is_classification=settings.is_classification))
    marks = np.concatenate(digests)
    labels = classes.strata()[np.concatenate(codes)] if settings.is_classification else None
    parts = split.parts(marks if keys[0] is digests[0] else np.concatenate(keys), labels)
    _stop(_uneven(parts, labels, classes, settings))
    drawn = _drawn(marks, parts, len(columns))
    marks.sort()
    found = Survey(
        features=features,
        seen=seen,
        kinds=kinds,
        classes=classes.ordered(settings.positive) if settings.is_classification else None,
        counts=classes.by_name,
        rows=len(marks),
        duplicates=int((marks[1:] == marks[:-1]).sum()),
        parts=parts,
        drawn=drawn,
        notes=[],
    )
    found.notes += _notes(found, frame)
    return found


def typed(frame: pd.DataFrame, kinds: Dict[str, str]) -> pd.DataFrame:
    """Numbers to the last bit, as whoever compares with them reads them, and nothing where there is no value."""
    present = frame.apply(lambda values: values.where(~values.str.strip().isin(NOTHING), None))
    return present.astype({name: float for name in frame.columns if kinds[name] == "number"})


def _faults(seen: Dict[str, Seen], features: List[str], settings: Configuration, classes: Classes) -> List[str]:
    said, target = settings.columns, seen[settings.target]
    kinds = said.get("kinds", {})
    found = [fault for name in features for fault in faults_of(seen[name], pinned=kinds.get(name), is_needed=name in said.get("required", []))]
    if settings.is_classification:
        wrong = faults_of(target, pinned="text", is_needed=True)
        return [*found, *(wrong or classes.faults(target.name, settings.task, settings.positive))]
    found += faults_of(target, pinned="number", is_needed=True)
    if target.is_constant and not target.holds_text:
        found.append(f"column {target.name} is {target.minimum:g} in every row: there is nothing to learn; is another column meant?")
    return found


def _uneven(parts: NDArray[np.int8], labels: NDArray[np.int16] | None, classes: Classes, settings: Configuration) -> List[str]:
    """Parts that cannot be learnt from, or measured on."""
    by = {"random": "different rows", "time": "different times", "group": "groups"}[settings.split.get("by", "random")]
    empty = [part for number, part in enumerate(PARTS) if not (parts == number).any()]
    if empty:
        return [f"the data has too few {by}: nothing is left for {' and '.join(empty)}; add rows, or change split"]
    if labels is None:
        return []
    names, found = list(classes.codes), []
    for number, part in enumerate(PARTS):
        absent = np.setdiff1d(np.unique(labels), np.unique(labels[parts == number]))
        if len(absent) and (part == "train" or settings.task == "binary"):
            what = f"the class {names[absent[0]]} of column {settings.target} is not in the rows of {part}"
            found.append(f"{what}: the data has too few {by}; add rows, or change split")
    return found


def _drawn(marks: NDArray[np.uint64], parts: NDArray[np.int8], columns: int) -> NDArray[np.bool_]:
    """They are all in memory at once: of a wide table fewer are enough."""
    is_train: NDArray[np.bool_] = parts == PARTS.index("train")
    share = min(BASELINE_ROWS, BASELINE_VALUES // columns) / max(1, int(is_train.sum()))
    return is_train if share >= 1 else is_train & (marks * _MIXED < np.uint64(share * 2**64))


def _notes(found: Survey, sample: pd.DataFrame) -> List[str]:
    notes = []
    if found.duplicates:
        notes.append(f"{found.duplicates} rows of {found.rows} are there more than once: equal rows stay together in one part")
    for name in found.features:
        one, values = found.seen[name], sample[name].dropna()
        if one.is_constant:
            notes.append(f'column {name} is the same in every row, and says nothing: "columns": {{"drop": ["{name}"]}} leaves it out')
        elif len(values) > 20 and values.is_unique and (found.kinds[name] == "text" or one.is_whole):
            notes.append(f'column {name} is different in every row, as a number of the row is: "columns": {{"drop": ["{name}"]}} leaves it out')
    return notes


def _no_target(columns: Sequence[str], target: str) -> str:
    return f"column {target} is missing, which config.json says is learnt: the data has {_some(columns)}{_near(target, columns)}"


def _unknown(columns: Sequence[str], settings: Configuration) -> List[str]:
    said = settings.columns
    named = [(f"columns.{key}", name) for key in ("drop", "kinds", "required", "allowedLeakage") for name in said.get(key, [])]
    if "column" in settings.split:
        named.append(("split.column", settings.split["column"]))
    found = [f"column {name} is missing, which config.json names in {key}{_near(name, columns)}" for key, name in named if name not in columns]
    if settings.target in said.get("drop", []):
        found.append(f"columns.drop names {settings.target}, which is the target: take it out")
    return found


def _near(name: str, columns: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, columns, 1)
    return f": is {near[0]} meant?" if near else ""


def _some(columns: Sequence[str]) -> str:
    return ", ".join(columns[:20]) + (", …" if len(columns) > 20 else "")


def _stop(faults: List[str]) -> None:
    if faults:
        raise DataError("; ".join(faults))
