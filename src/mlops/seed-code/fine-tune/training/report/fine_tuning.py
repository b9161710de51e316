"""All that is said of a fine-tuned model beside its base model: metrics, model card and page."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..configuration import KIND, OF_TRAINING, Configuration
from ..examples import Example
from ..measures import Measured
from . import comparison, numerals
from .comparison import Previous
from .figure import Figure, Table, bars_of_names
from .metric import Chance
from .page import Page, Section, Tile

PACKAGES = ("torch", "transformers", "peft", "accelerate")
#: Of a text, so many characters stand in the page; what a card has room for.
SHOWN, LONG, SHORT = 600, 1024, 255


@dataclass(frozen=True)
class Comparison:
    settings: Configuration
    held_out: list[Example]
    base: Measured
    tuned: Measured
    manifest: Mapping[str, Any] = field(default_factory=dict)
    commit: str = ""
    #: As SageMaker describes it to the job itself.
    job: Mapping[str, Any] = field(default_factory=dict)
    previous: Previous | None = None

    @cached_property
    def measured(self) -> dict[str, float]:
        found, before = self.tuned.metrics, self.base.metrics
        return {**found, "perplexity_against_base": found["perplexity"] / before["perplexity"]}

    @cached_property
    def chances(self) -> dict[str, Chance]:
        return self.tuned.chances(self.base)

    @property
    def passes(self) -> bool:
        return self.settings.gate.lets_pass(self.measured[self.settings.gate.metric])

    def write(self, target: Path) -> dict[str, float]:
        target.mkdir(parents=True, exist_ok=True)
        metrics = {KIND: {name: {"value": value, "standard_deviation": "NaN"} for name, value in self.measured.items()}}
        card = json.dumps(self.card())
        files = {
            "evaluation.json": json.dumps(metrics, indent=2),
            "manifest.json": json.dumps(self.manifest, indent=2),
            "model-card.json": card,
            "model-card-content.json": json.dumps({"content": card}),
            "report.html": self.page().html(),
        }
        for name, content in files.items():
            (target / name).write_text(content, encoding="utf-8")
        return self.measured

    def page(self) -> Page:
        gate, measured, tokens = self.settings.gate, self.measured, int(self.tuned.tokens.sum())
        return Page(
            title=f"Fine-tuned {self.settings.base_model.rstrip('/').rpartition('/')[2]}",
            about=f"{numerals.counted(len(self.held_out), 'held-out example')} with {numerals.counted(tokens, 'token')} of completions",
            passes=self.passes,
            verdict=f"{gate}, and is {numerals.short(measured[gate.metric])}.",
            says=[self._compared] if self.previous else [],
            tiles=[Tile(name, numerals.short(measured[name]), self._beside(name)) for name in ("perplexity", "token_accuracy", "exact_match")],
            sections=[
                Section("metrics", "Beside the base model", tables=[self._metrics()], figures=[self._figure()]),
                *self._answers(),
                comparison.section(gate.metric, measured, self.chances, self.previous),
                Section("origin", "What it is made of", tables=[self._origin()]),
            ],
            foot=FOOT,
        )

    @property
    def _compared(self) -> str:
        return comparison.in_words(self.settings.gate.metric, self.measured, self.chances, self.previous) if self.previous else ""

    def _beside(self, name: str) -> str:
        return f"{numerals.short(self.base.metrics[name])} of the base model"

    def _metrics(self) -> Table:
        rows = [
            [name, numerals.short(before[name]), numerals.short(value), self._chance(name), "greater" if better == "at-least" else "smaller"]
            for name, better in OF_TRAINING.items()
            for before, value in [(self.base.metrics, self.measured[name])]
        ]
        return Table("All metrics", ["metric", "base model", "fine-tuned", "95 % of chance", "which is better"], rows)

    def _chance(self, name: str) -> str:
        chance = self.chances[name]
        return f"{numerals.short(chance.low)} to {numerals.short(chance.high)}"

    def _figure(self) -> Figure:
        bars = [("base model", self.base.loss, None), ("fine-tuned", self.tuned.loss, None)]
        table = Table("Loss by model", ["model", "loss"], [[name, numerals.short(value)] for name, value, _ in bars])
        says = "How surprised each model is by the held-out completions, for each token: less is better."
        return Figure("loss", "Loss on the held-out examples", says, bars_of_names(bars, "loss"), table)

    def _answers(self) -> list[Section]:
        """Nothing where nobody wants rows of the data in a page."""
        shown = int(self.settings.generation.get("shown", 5))
        rows = [
            [_cut(example.shown), _cut(example.completion), _cut(before), _cut(after)]
            for example, before, after in zip(self.held_out[:shown], self.base.answers, self.tuned.answers)
        ]
        says = [f"Of {numerals.counted(len(self.tuned.answers), 'held-out example')} that were answered, the first."]
        return [Section("answers", "Answers", says, [Table("What was asked, and what each model said", HEADS, rows)])] if rows else []

    def _origin(self) -> Table:
        said = {
            "commit": self.commit,
            "base model": self.settings.base_model,
            "input": self.manifest.get("input", ""),
            "input (SHA-256)": self.manifest.get("digest", ""),
            "examples learnt from": self.manifest.get("train", ""),
            "repeated examples left out": self.manifest.get("repeated", ""),
            **self._parameters,
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        }
        rows = [[name, value if isinstance(value, str) else json.dumps(value)] for name, value in said.items() if value != ""]
        return Table("Commit, data, parameters and libraries", ["what", "value"], rows)

    @property
    def _parameters(self) -> dict[str, Any]:
        parts = {"lora": self.settings.lora, "training": self.settings.training}
        return {f"{part} {name}": value for part, said in parts.items() for name, value in said.items()}

    def card(self) -> dict[str, Any]:
        """In the JSON that SageMaker's model registry takes: docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html."""
        gate = self.settings.gate
        numbers = [{"name": name, "type": "number", "value": value} for name, value in self.measured.items()]
        details: dict[str, Any] = {
            "name": "held-out examples",
            "evaluation_observation": f"{gate}, and is {self.measured[gate.metric]:.6g}. {self._compared}".strip(),
            "metadata": {"examples": str(len(self.held_out)), "report": "report.html, beside evaluation.json"},
            "metric_groups": [{"name": "metrics", "metric_data": numbers}],
        }
        if arn := self.job.get("ProcessingJobArn"):
            details["evaluation_job_arn"] = arn
        return {
            "intended_uses": {
                "purpose_of_model": f"Answers prompts like those of {self.settings.input}, made of {self.settings.base_model}"[:LONG],
                "intended_uses": "Prompts like those that it was fine-tuned on. Answers may be wrong, and look right.",
                "risk_rating": "Unknown",
            },
            "training_details": {
                "objective_function": {
                    "function": {"function": "Maximize" if gate.comparison == "at-least" else "Minimize", "facet": gate.metric},
                    "notes": f"Quality gate: {gate}",
                },
                "training_job_details": {
                    "user_provided_hyper_parameters": [{"name": name, "value": json.dumps(value)[:SHORT]} for name, value in self._parameters.items()]
                },
            },
            "evaluation_details": [details],
            "additional_information": {"custom_details": {"commit": self.commit or "unknown", "base model": self.settings.base_model[:LONG]}},
        }


FOOT = (
    "Loss, perplexity and token accuracy are of the completions' tokens alone. An exact match is an answer that is the completion, letter by letter."
)
HEADS = ["prompt", "completion", "base model", "fine-tuned"]


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
