"""All that is said of a fine-tuned model beside its base model: metrics, model card and page."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..configuration import KIND, METRICS, Configuration
from ..examples import Example
from ..measures import Measured
from . import numerals
from .figure import Figure, Table, bars_of_names
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

    @property
    def measured(self) -> dict[str, float]:
        found = {name: float(getattr(self.tuned, name)) for name in METRICS if name != "perplexity_against_base"}
        return {**found, "perplexity_against_base": self.tuned.perplexity / self.base.perplexity}

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
        gate, measured = self.settings.gate, self.measured
        return Page(
            title=f"Fine-tuned {self.settings.base_model.rstrip('/').rpartition('/')[2]}",
            about=f"{numerals.counted(len(self.held_out), 'held-out example')} with {numerals.counted(self.tuned.tokens, 'token')} of completions",
            passes=self.passes,
            verdict=f"{gate}, and is {numerals.short(measured[gate.metric])}.",
            tiles=[Tile(name, numerals.short(measured[name]), self._beside(name)) for name in ("perplexity", "token_accuracy", "exact_match")],
            sections=[
                Section("metrics", "Beside the base model", tables=[self._metrics()], figures=[self._figure()]),
                *self._answers(),
                Section("origin", "What it is made of", tables=[self._origin()]),
            ],
            foot=FOOT,
        )

    def _beside(self, name: str) -> str:
        return f"{numerals.short(float(getattr(self.base, name)))} of the base model"

    def _metrics(self) -> Table:
        rows = [
            [name, numerals.short(float(getattr(self.base, name))), numerals.short(value), "greater" if METRICS[name] == "at-least" else "smaller"]
            for name, value in self.measured.items()
            if name != "perplexity_against_base"
        ]
        return Table("All metrics", ["metric", "base model", "fine-tuned", "which is better"], rows)

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
            **{f"lora {name}": value for name, value in self.settings.lora.items()},
            **{f"training {name}": value for name, value in self.settings.training.items()},
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        }
        rows = [[name, value if isinstance(value, str) else json.dumps(value)] for name, value in said.items() if value != ""]
        return Table("Commit, data, parameters and libraries", ["what", "value"], rows)

    def card(self) -> dict[str, Any]:
        """In the JSON that SageMaker's model registry takes: docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html."""
        gate = self.settings.gate
        hyper_parameters = {**self.settings.training, **{f"lora {name}": value for name, value in self.settings.lora.items()}}
        numbers = [{"name": name, "type": "number", "value": value} for name, value in self.measured.items()]
        details: dict[str, Any] = {
            "name": "held-out examples",
            "evaluation_observation": f"{gate}, and is {self.measured[gate.metric]:.6g}",
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
                    "user_provided_hyper_parameters": [{"name": name, "value": json.dumps(value)[:SHORT]} for name, value in hyper_parameters.items()]
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
