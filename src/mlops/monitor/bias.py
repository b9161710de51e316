"""Whether one group is answered positively more often than another, whatever is true.

https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-dpl.html
"""

from __future__ import annotations

import math
from typing import Any, Callable

import numpy as np

from baseline import DataBaseline
from captures import Captured
from judgement import Judgement, NotJudged, judgement_of, too_few
from payload import number
from settings import Settings
from store import place

MEASURE = "DPPL"


def check(settings: Settings, release: str, seen: Captured, clients: Callable[[str], Any]) -> Judgement:
    """The difference in positive proportions in predicted labels, as SageMaker Clarify calls it."""
    at = _column(settings, release, clients)
    answered = [row for row in seen.rows if row.prediction is not None and at < len(row.cells)]
    if answered and all(math.isnan(number(row.prediction)) for row in answered):
        first = answered[0].prediction  # what a language model has written belongs into no log
        answers = "texts" if isinstance(first, dict) else f"classes such as {first!r}"
        raise NotJudged(f"the model answers {answers}, but bias is measured of numbers: of probabilities or values")
    table = np.array([(number(row.cells[at]), number(row.prediction)) for row in answered], dtype=float).reshape(-1, 2)
    table = table[np.isfinite(table).all(axis=1)]
    found = judgement_of(seen, len(table))
    positive, above = table[:, 1] >= settings.positive_label_threshold, table[:, 0] > settings.facet_above
    few = too_few(min(int(above.sum()), int((~above).sum())), settings, "rows in the smaller group")
    if few:
        return found.says_nothing(few)
    others, those = float(positive[~above].mean()), float(positive[above].mean())
    difference = others - those
    facet = f"{settings.facet} above {settings.facet_above:g}"
    found.statistics["bias"] = {
        "facet": facet,
        "rows_above": int(above.sum()),
        "positive_above": those,
        "positive_not_above": others,
        MEASURE: difference,
    }
    found.measures = {MEASURE: abs(difference)}
    if abs(difference) > settings.bias_threshold:
        compared = f"{those:.1%} of the rows with {facet} are answered positively, and {others:.1%} of the others"
        description = f"{compared}: DPPL {difference:.3f} is beyond {settings.bias_threshold:g}"
        found.violated(settings.facet, "bias_drift_check", description, facet=settings.facet, metric_name=MEASURE)
    return found


def _column(settings: Settings, release: str, clients: Callable[[str], Any]) -> int:
    if settings.facet.isdigit():
        return int(settings.facet)
    names = [feature.name for feature in DataBaseline.of(place(settings.releases, clients), release).features]
    if settings.facet not in names:
        raise NotJudged(f"--facet is {settings.facet!r} but must be one of {', '.join(names)}, or a number from 0")
    return names.index(settings.facet)
