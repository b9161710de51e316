"""What a model must reach to be registered, as `config.json` says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Mapping

from . import schema


@dataclass(frozen=True)
class Gate:
    metric: str
    comparison: str
    threshold: float

    @staticmethod
    def of(said: Mapping[str, Any]) -> Gate:
        return Gate(said["metric"], said["comparison"], float(said["threshold"]))

    @property
    def words(self) -> str:
        return self.comparison.replace("-", " ")

    def __str__(self) -> str:
        return f"{self.metric} must be {self.words} {self.threshold:g}"

    def lets_pass(self, value: float) -> bool:
        return value <= self.threshold if self.comparison == "at-most" else value >= self.threshold


def wrong_way(gate: Mapping[str, Any], metrics: Mapping[str, str]) -> List[str]:
    """A gate that lets everything pass by mistake would be worse than none."""
    better = metrics[gate["metric"]]
    if gate["comparison"] == better:
        return []
    way = "lower" if better == "at-most" else "higher"
    return [f"gate.comparison is {schema.shown(gate['comparison'])} but must be {better}: {gate['metric']} is better the {way} it is"]
