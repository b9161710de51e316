"""Whether requests still look like the data that the model was trained on."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np

from baseline import DataBaseline, Feature
from captures import Captured
from distance import number_distance, text_distance
from judgement import Judgement, NotJudged, finite, judgement_of, too_few
from payload import Cells, is_missing, number
from settings import Settings
from store import place

MEASURE = "GreatestDrift"


def check(settings: Settings, release: str, seen: Captured, clients: Callable[[str], Any]) -> Judgement:
    baseline = DataBaseline.of(place(settings.releases, clients), release)
    if not any(feature.edges or feature.texts for feature in baseline.features):
        raise NotJudged("the baseline says of no feature how its values are distributed")
    found = judgement_of(seen, len(seen.rows))
    few = too_few(found.rows + seen.unreadable, settings, "records")
    if few:
        return found.says_nothing(few)
    _unreadable(found, seen, settings)
    rows = _of_the_right_width([row.cells for row in seen.rows], len(baseline.features), found, settings)
    few = too_few(len(rows), settings, "rows can be read")
    if few:
        return found.says_nothing(few)
    columns = zip(baseline.features, zip(*rows))
    features = [_judged(feature, list(cells), found, settings, baseline) for feature, cells in columns]
    found.statistics["features"] = features
    found.measures = {MEASURE: max(one["drift"] for one in features if "drift" in one)} if any("drift" in one for one in features) else {}
    return found


def _unreadable(found: Judgement, seen: Captured, settings: Settings) -> None:
    records = seen.seen + seen.unreadable
    share = seen.unreadable / records
    if share > settings.missing_threshold:
        found.violated("captures", "data_type_check", f"{share:.1%} of {records} records cannot be read, above {settings.missing_threshold:.1%}")


def _of_the_right_width(rows: list[Cells], width: int, found: Judgement, settings: Settings) -> list[Cells]:
    """Which column is which is only known of rows that have as many as the baseline."""
    wrong = {
        "missing_column_check": [row for row in rows if len(row) < width],
        "extra_column_check": [row for row in rows if len(row) > width],
    }
    for kind, others in wrong.items():
        share = len(others) / max(1, len(rows))
        if share > settings.missing_threshold:
            found.violated("captures", kind, f"{share:.1%} of {len(rows)} rows do not have {width} columns: the first of them has {len(others[0])}")
    return [row for row in rows if len(row) == width]


def _judged(feature: Feature, cells: Cells, found: Judgement, settings: Settings, baseline: DataBaseline) -> dict[str, Any]:
    missing = sum(is_missing(cell) for cell in cells)
    described: dict[str, Any] = {"name": feature.name, "num_missing": missing}
    unreadable = 0
    if feature.is_numeric:
        values = np.array([number(cell) for cell in cells])
        values = values[np.isfinite(values)]
        unreadable = described["num_unreadable"] = len(cells) - missing - len(values)
        if len(values):
            described.update(mean=finite(lambda: values.mean()), min=float(values.min()), max=float(values.max()))
        if feature.edges and len(values) >= settings.minimum_rows:
            described["drift"] = number_distance(feature.edges, feature.counts, values, baseline.is_robust)
    elif feature.texts and len(cells) - missing >= settings.minimum_rows:
        texts = [str(cell).strip() for cell in cells if not is_missing(cell)]
        described["drift"] = text_distance(feature.texts, texts, baseline.is_robust)
    if described.get("drift", 0.0) > settings.drift_threshold:
        distance = "Kolmogorov-Smirnov" if feature.is_numeric else "L-infinity"
        description = f"{distance} distance {described['drift']:.3f} from the baseline is above {settings.drift_threshold:g}"
        found.violated(feature.name, "baseline_drift_check", description)
    share = (missing + unreadable) / len(cells)
    allowed = 1 - feature.completeness + settings.missing_threshold
    if share > allowed:
        kind = "data_type_check" if unreadable > missing else "completeness_check"
        counted = f"{share:.1%} of {len(cells)} values are missing ({missing}) or no numbers ({unreadable})"
        found.violated(feature.name, kind, f"{counted}, above {allowed:.1%}")
    return described
