"""Which part a row belongs to. It follows from what the row holds and from the seed, and not from where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Sequence

import numpy as np
import pandas as pd

from .configuration import Configuration
from .tables import Chunk, DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = ("test", "validation", "train")


class Split:
    """Rows have an order of their own: by chance, the newest first, or group by group. Parts are cut from its beginning."""

    def __init__(self, settings: Configuration, columns: Sequence[str]):
        self.settings = settings
        self.said = settings.split
        self.by: str = self.said.get("by", "random")
        self.at = columns.index(self.said["column"]) if self.by != "random" else None
        # The order of columns in files says nothing either.
        self.order = sorted(range(len(columns)), key=lambda at: columns[at])
        self.seed = f"{self.said['seed']:016d}"
        self.sizes = [self.said["test"], self.said["validation"]]

    def digests(self, chunk: Chunk) -> NDArray[np.uint64]:
        """A number for what a row holds: equal rows have equal ones."""
        return self._digest(["\x1f".join([row[at] for at in self.order]) for row in chunk.rows])

    def keys(self, chunk: Chunk, digests: NDArray[np.uint64]) -> NDArray[Any]:
        """Where each row stands in the order."""
        if self.at is None:
            return digests
        said = [row[self.at] for row in chunk.rows]
        return self._digest(said) if self.by == "group" else self._times(said, chunk)

    def parts(self, keys: NDArray[Any], classes: NDArray[np.int16] | None) -> NDArray[np.int8]:
        """For each row the part that it belongs to, by its number in PARTS. By chance, each part holds as much of each class."""
        found: NDArray[np.int8] = np.empty(len(keys), dtype=np.int8)
        for stratum in [None] if classes is None or self.at is not None else np.unique(classes):
            of_it: Any = slice(None) if stratum is None else classes == stratum
            mine = keys[of_it]
            found[of_it] = np.searchsorted(self._bounds(np.sort(mine)), mine, "right")
        return found

    def _bounds(self, keys: NDArray[Any]) -> List[Any]:
        """Equal keys stay together, and no part is without rows as long as there are enough different keys."""
        begin, found = 0, []
        for part in self.sizes:
            at = min(begin + max(1, round(len(keys) * part)), len(keys) - 1)
            if keys[at] == keys[begin]:
                at = min(int(np.searchsorted(keys, keys[begin], "right")), len(keys) - 1)
            found.append(keys[at])
            begin = int(np.searchsorted(keys, keys[at]))
        return found

    def _digest(self, texts: List[str]) -> NDArray[np.uint64]:
        digests: NDArray[np.uint64] = pd.util.hash_array(np.array(texts, dtype=object), hash_key=self.seed, categorize=False)
        return digests

    def _times(self, said: List[str], chunk: Chunk) -> NDArray[np.float64]:
        values = pd.Series(said, dtype=object)
        times = pd.to_numeric(values, errors="coerce")
        if times.isna().any():
            times = pd.to_datetime(values, format="ISO8601", utc=True, errors="coerce").astype("int64").where(lambda at: at > np.iinfo("int64").min)
        if times.isna().any():
            at = int(times.isna().to_numpy().argmax())
            what = f"column {self.said['column']} holds {said[at]!r} in {chunk.place(at)}"
            raise DataError(f"{what}, but rows are divided by it: write numbers, or times as 2026-01-31 or 2026-01-31T12:00:00Z")
        newest_first: NDArray[np.float64] = -times.to_numpy(dtype=float)
        return newest_first
