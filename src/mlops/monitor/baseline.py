"""What a version was like when it was registered, in the files that its release brought along.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-statistics.html
https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from store import Place

NUMERIC = ("Fractional", "Integral")
OF_TEXTS = "language_model"
KINDS = ("regression", "binary_classification", "multiclass_classification")


class BaselineError(Exception):
    """There is no baseline, or it cannot be read; the message names the file."""


@dataclass(frozen=True)
class Feature:
    name: str
    is_numeric: bool
    completeness: float
    #: Bounds of the buckets and how many values each held; none where the baseline does not say.
    edges: list[float]
    counts: list[int]
    #: How often each text was there; none where the baseline does not say, or of numbers.
    texts: dict[str, int]


@dataclass(frozen=True)
class DataBaseline:
    features: list[Feature]
    #: Whether distances are corrected for how few the rows are.
    is_robust: bool

    @staticmethod
    def of(releases: Place, release: str) -> DataBaseline:
        statistics = _File(releases, release, "model-data-quality-statistics")
        constraints = _File(releases, release, "model-data-quality-constraints")
        rules = constraints.said(lambda said: {one["name"]: one for one in said["features"]})
        method = constraints.said(lambda said: said.get("monitoring_config", {}).get("distribution_constraints", {}).get("comparison_method"))
        features = statistics.said(lambda said: [_feature(one, rules.get(one["name"], {})) for one in said["features"]])
        if not features:
            raise BaselineError(f"{statistics} names no features")
        return DataBaseline(features, method != "Simple")


@dataclass(frozen=True)
class QualityBaseline:
    #: Metric: `threshold` and `comparison_operator`.
    rules: dict[str, dict[str, Any]]
    #: Of which task the metrics are, in the words of Model Monitor.
    kind: str
    #: Names of the classes, in the order of the model's probabilities; none of a regression, or where the baseline does not say.
    classes: list[str]

    @staticmethod
    def of(releases: Place, release: str) -> QualityBaseline:
        if _metrics(releases, release, OF_TEXTS):
            raise BaselineError(f"{release} is a language model, whose answers no monitor compares with the truth: its data quality alone is watched")
        constraints = _File(releases, release, "model-quality-constraints")
        for kind in KINDS:
            rules = constraints.said(lambda said, kind=kind: said.get(f"{kind}_constraints"))
            if rules:
                checked = constraints.said(lambda said, rules=rules: {name: _rule(one) for name, one in rules.items()})
                return QualityBaseline(checked, kind, _classes(releases, release, kind))
        raise BaselineError(f"{constraints} has none of {', '.join(f'{kind}_constraints' for kind in KINDS)}")


class _File:
    def __init__(self, releases: Place, release: str, what: str, otherwise: bytes | None = None):
        self.name = f"{release}/baselines/{what}.json"
        content = releases.read(self.name) or otherwise
        if content is None:
            raise BaselineError(f"there is no baseline {self}")
        self.content = self._understood(lambda: json.loads(content))

    def said(self, read: Any) -> Any:
        return self._understood(lambda: read(self.content))

    def _understood(self, read: Any) -> Any:
        try:
            return read()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BaselineError(f"{self} cannot be understood: {error!r}") from None

    def __str__(self) -> str:
        return self.name


def _classes(releases: Place, release: str, kind: str) -> list[str]:
    return list(_metrics(releases, release, kind).get("confusion_matrix", {}))


def _metrics(releases: Place, release: str, kind: str) -> dict[str, Any]:
    """As they were when it was registered; nothing where that is not said."""
    statistics = _File(releases, release, "model-quality-statistics", b"{}")
    return statistics.said(lambda said: dict(said.get(f"{kind}_metrics", {})))  # type: ignore[no-any-return]


def _feature(said: dict[str, Any], rule: dict[str, Any]) -> Feature:
    is_numeric = said["inferred_type"] in NUMERIC
    buckets = said["numerical_statistics"].get("distribution", {}).get("kll", {}).get("buckets", []) if is_numeric else []
    edges = [float(one["lower_bound"]) for one in buckets] + [float(one["upper_bound"]) for one in buckets[-1:]]
    counts = [int(one["count"]) for one in buckets]
    return Feature(
        said["name"], is_numeric, float(rule.get("completeness", 1.0)), edges if sum(counts) else [], counts, {} if is_numeric else _texts(said)
    )


def _texts(said: dict[str, Any]) -> dict[str, int]:
    buckets = said.get("string_statistics", {}).get("distribution", {}).get("categorical", {}).get("buckets", [])
    return {str(one["value"]): int(one["count"]) for one in buckets if int(one["count"]) > 0}


def _rule(said: dict[str, Any]) -> dict[str, Any]:
    if said["comparison_operator"] not in ("LessThanThreshold", "GreaterThanThreshold"):
        raise ValueError(said["comparison_operator"])
    return {"threshold": float(said["threshold"]), "comparison_operator": said["comparison_operator"]}
