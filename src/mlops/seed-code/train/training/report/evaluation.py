"""All that is said of a model on rows that it has not seen: metrics, model card and page."""

from __future__ import annotations

import json
import math
import platform
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Sequence, Tuple

import pandas as pd

from . import card, classes, comparison, data, importance, measures, numerals, quality, regression, slices
from .comparison import Previous
from .figure import Figure, Table
from .importance import Predict
from .metric import Chance, Measured, greater_is_better
from .page import Page, Section, Tile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..configuration import Configuration

#: Metrics that stand on top, beside the one that decides.
FIRST = {
    "regression": ["rmse", "mae", "r2"],
    "binary": ["auc", "precision", "recall", "brier"],
    "multi-class": ["accuracy", "macro_f1", "macro_auc", "log_loss"],
}
FOOT = (
    "Intervals are where a number would lie with other rows of the same kind, 95 times of 100. "
    "No row of the data is in this page as it is: figures count rows, and no group of fewer than ten is named."
)
WORDS = {"regression": "Regression", "binary": "Binary classification", "multi-class": "Classification"}
PACKAGES = ("numpy", "pandas", "scikit-learn", "xgboost", "xgboost-cpu", "torch")


@dataclass(frozen=True)
class Evaluation:
    settings: Configuration
    #: Names of the classes, in the order of the probabilities; none for numbers.
    classes: Sequence[str]
    #: Raw rows without the target, and what is true of them: a number, or the place of the class.
    rows: pd.DataFrame
    truth: NDArray[Any]
    predict: Predict
    #: Of the training data.
    statistics: Mapping[str, Any] = field(default_factory=dict)
    previous: Previous | None = None
    #: What the version is made of, by name: commit, digests, place of the data.
    origin: Mapping[str, str] = field(default_factory=dict)
    #: As SageMaker describes it to the job itself.
    job: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def predictions(self) -> NDArray[Any]:
        return self.predict(self.rows)

    @cached_property
    def measured(self) -> Measured:
        return measures.measure(self.settings.task, self.truth, self.predictions)

    @cached_property
    def chances(self) -> Dict[str, Chance]:
        return measures.chances(self.settings.task, self.truth, self.predictions)

    def write(self, folder: Path) -> Measured:
        """A gate whose metric is none that was measured has its own step to say so: the report is written all the same."""
        folder.mkdir(parents=True, exist_ok=True)
        task = self.settings.task
        said = quality.quality(task, self.classes, self.truth, self.predictions, self.measured, self.chances)
        begun = card.begun(self.settings, self.origin.get("commit", ""))
        observation = f"{self._verdict} {self._compared}".strip()
        whole = card.evaluated(begun, task, self.classes, self.truth, self.predictions, self.measured, self.chances, observation, self.job)
        (folder / "evaluation.json").write_text(json.dumps(said, indent=2))
        (folder / "model-card.json").write_text(json.dumps(whole))
        # The registry takes the card as text, and a pipeline reads texts of a file.
        (folder / "model-card-content.json").write_text(json.dumps({"content": json.dumps(whole)}))
        (folder / "report.html").write_text(self._page().html(), encoding="utf-8")
        return self.measured

    @property
    def _decides(self) -> float:
        return self.measured.get(self.settings.gate.metric, float("nan"))

    @property
    def _verdict(self) -> str:
        gate = self.settings.gate
        return f"{gate.metric} is {numerals.short(self._decides)} and must be {gate.words} {gate.threshold:g}."

    @property
    def _compared(self) -> str:
        return comparison.in_words(self.settings.gate.metric, self.measured, self.chances, self.previous) if self.previous else ""

    def _page(self) -> Page:
        settings = self.settings
        rows = numerals.counted(len(self.rows), "row")
        first = list(dict.fromkeys([settings.gate.metric, *FIRST[settings.task]]))
        return Page(
            title=f"Evaluation: {settings.target} of {settings.data}",
            about=f"{WORDS[settings.task]} of {settings.data} by {settings.model}, on {rows} that the model has not seen.",
            passes=settings.gate.lets_pass(self._decides),
            verdict=self._verdict,
            says=[self._compared] if self.previous else [],
            tiles=[Tile(name, numerals.short(self.measured[name]), self._chance(name)) for name in first if name in self.measured],
            sections=self._sections(),
            foot=FOOT,
        )

    def _sections(self) -> List[Section]:
        task = self.settings.task
        figures = (
            regression.figures(self.settings.target, self.truth, self.predictions)
            if task == "regression"
            else classes.figures(task, self.classes, self.truth, self.predictions)
        )
        wrong, overall = slices.overall_of(task, self.truth, self.predictions)
        parts = slices.slices(self.rows, wrong)
        return [
            Section("answers", "How good the answers are", figures=figures, tables=[self._metrics()]),
            Section(
                "parts",
                "Where it is worse",
                figures=[slices.figure(task, parts, overall)] if parts else [],
                says=[] if parts else ["There are too few rows to look at parts of them."],
            ),
            Section("features", "What it relies on", figures=self._importance()),
            Section("data", "What it was trained on", tables=[data.summary(dict(self.statistics))]),
            self._against_previous(),
            Section(
                "origin", "What it is made of", tables=[self._origin()], says=["With the same commit, data and libraries the same model comes out."]
            ),
        ]

    def _metrics(self) -> Table:
        rows = [
            [name, numerals.short(value), self._chance(name), "greater" if greater_is_better(name) else "smaller"]
            for name, value in self.measured.items()
        ]
        return Table("All metrics", ["metric", "test set", "95 % of chance", "which is better"], rows)

    def _chance(self, name: str) -> str:
        chance = self.chances[name]
        return f"{numerals.short(chance.low)} to {numerals.short(chance.high)}"

    def _importance(self) -> List[Figure]:
        asked = [self.settings.gate.metric, *FIRST[self.settings.task], *self.measured]
        metric = next(name for name in asked if math.isfinite(self.measured.get(name, float("nan"))))
        return [importance.figure(metric, importance.importances(self.settings.task, metric, self.rows, self.truth, self.predict))]

    def _against_previous(self) -> Section:
        before, moved = self.previous, data.drift(self.previous.statistics, self.rows) if self.previous else []
        name = before.name if before else ""
        says = [] if moved else [f"How the data of {name} was distributed is not known, or there are too few rows to compare with it."]
        figures = [data.drift_figure(moved, name)] if moved else []
        return comparison.section(self.settings.gate.metric, self.measured, self.chances, before, says, figures)

    def _origin(self) -> Table:
        libraries = [(name, one) for name in PACKAGES for one in [_installed(name)] if one]
        said: List[Tuple[str, Any]] = [
            *self.origin.items(),
            ("seed", self.settings.split["seed"]),
            *((f"hyper-parameter {name}", value) for name, value in self.settings.hyper_parameters.items()),
            ("python", platform.python_version()),
            *libraries,
        ]
        return Table("Commit, data, parameters and libraries", ["what", "value"], [[name, str(value)] for name, value in said])


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
