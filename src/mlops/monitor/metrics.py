"""What alarms listen to."""

from __future__ import annotations

from typing import Any, Callable

import bias
import data_quality
import model_quality
from judgement import Judgement
from settings import Settings
from store import StoreError

#: Of several versions, the worst counts.
WORST: dict[str, Callable[..., float]] = {data_quality.MEASURE: max, model_quality.MEASURE: min, bias.MEASURE: max}


def put(settings: Settings, judgements: list[tuple[str, Judgement]], clients: Callable[[str], Any], written: Callable[[str, Any], None]) -> None:
    """To CloudWatch, or where reports are in a folder, into a file beside them."""
    values = _values([judgement for _, judgement in judgements])
    if not settings.reports.startswith("s3://"):
        return written("metrics.json", values)
    dimensions = [{"Name": "Endpoint", "Value": settings.endpoint}, {"Name": "Check", "Value": settings.check}]
    units = {"Violations": "Count", "Rows": "Count"}
    data = [{"MetricName": name, "Dimensions": dimensions, "Value": value, "Unit": units.get(name, "None")} for name, value in values.items()]
    try:
        clients("cloudwatch").put_metric_data(Namespace=settings.namespace, MetricData=data)
    except Exception as error:
        raise StoreError(f"metrics in {settings.namespace}: {error}") from error


def _values(judgements: list[Judgement]) -> dict[str, float]:
    values: dict[str, float] = {
        "Violations": max([len(one.violations) for one in judgements], default=0),
        "Rows": sum(one.rows for one in judgements),
    }
    for name, worst in WORST.items():
        measured = [one.measures[name] for one in judgements if name in one.measures]
        if measured:
            values[name] = worst(measured)
    return values
