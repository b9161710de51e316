"""An endpoint that has answered, in folders as they are in S3, and the program asked about it."""

import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

_SPEC = importlib.util.spec_from_file_location("program", Path(__file__).resolve().parent.parent / "__main__.py")
program = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(program)

RELEASE = "p-abc123/churn-models/7/3sL4kqtJlcpXroDTDmJ"
NEXT_RELEASE = "p-abc123/churn-models/8/null"
HOUR = "2030/05/17/09"
UNTIL = "2030-05-17T10:42:00Z"
NAMES = ("age", "income", "visits")


def told(rows, predictions, event, **metadata):
    """A line as AWS documents it: one request, of one or more rows, and its answer."""
    asked, answered = "\n".join(",".join(map(str, row)) for row in rows), "\n".join(map(str, predictions)) + "\n"
    return {
        "captureData": {
            "endpointInput": {"observedContentType": "text/csv", "mode": "INPUT", "data": asked, "encoding": "CSV"},
            "endpointOutput": {"observedContentType": "text/csv; charset=utf-8", "mode": "OUTPUT", "data": answered, "encoding": "CSV"},
        },
        "eventMetadata": {"eventId": event, "inferenceTime": "2030-05-17T09:03:11Z", **metadata},
        "eventVersion": "0",
    }


def rows(count, seed=1, **shift):
    """Of three features that have nothing to do with one another."""
    chance = np.random.default_rng(seed)
    table = {"age": chance.normal(40, 10, count), "income": chance.exponential(30, count), "visits": chance.integers(0, 9, count).astype(float)}
    return np.column_stack([table[name] + shift.get(name, 0.0) for name in NAMES])


@dataclass
class Endpoint:
    root: Path
    name: str = "churn-production"
    events: int = 0
    answered: dict = field(default_factory=dict)

    def write(self, path, content):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return file

    def baseline(self, release=RELEASE, table=None, method="Robust", kind=None, rules=None, classes=(), texts=None):
        table = rows(600, seed=0) if table is None else table
        features = []
        for name, values in zip(NAMES, table.T):
            counts, edges = np.histogram(values, bins=10)
            buckets = [{"lower_bound": low, "upper_bound": high, "count": int(count)} for low, high, count in zip(edges, edges[1:], counts)]
            common = {"num_present": len(values), "num_missing": 0}
            features.append(
                {
                    "name": name,
                    "inferred_type": "Fractional",
                    "numerical_statistics": {"common": common, "distribution": {"kll": {"buckets": buckets}}},
                }
            )
        if texts:
            buckets = [{"value": text, "count": count} for text, count in texts.items()]
            features.append({"name": "plan", "inferred_type": "String", "string_statistics": {"distribution": {"categorical": {"buckets": buckets}}}})
        constraints = {
            "version": 0,
            "features": [{"name": one["name"], "inferred_type": one["inferred_type"], "completeness": 1.0} for one in features],
            "monitoring_config": {"distribution_constraints": {"comparison_method": method}},
        }
        where = f"releases/{release}/baselines"
        self.write(f"{where}/model-data-quality-statistics.json", {"version": 0, "features": features})
        self.write(f"{where}/model-data-quality-constraints.json", constraints)
        if kind:
            self.write(f"{where}/model-quality-constraints.json", {"version": 0, kind: rules})
        if classes:
            matrix = {name: dict.fromkeys(classes, 0) for name in classes}
            self.write(f"{where}/model-quality-statistics.json", {kind.replace("_constraints", "_metrics"): {"confusion_matrix": matrix}})

    def captured(self, table, predictions=None, release=RELEASE, hour=HOUR, variant="AllTraffic", per_request=1):
        """Requests of so many rows each."""
        table = [list(row) for row in table]
        predictions = [0.5] * len(table) if predictions is None else list(predictions)
        lines = []
        for at in range(0, len(table), per_request):
            self.events += 1
            lines.append(told(table[at : at + per_request], predictions[at : at + per_request], f"event-{self.events}"))
        self.lines(lines, release, hour, variant)
        return [line["eventMetadata"]["eventId"] for line in lines]

    def lines(self, lines, release=RELEASE, hour=HOUR, variant="AllTraffic"):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        self.write(f"captures/{release}/{self.name}/{variant}/{hour}/{self.events:05d}-a1b2.jsonl", text)

    def labelled(self, events, labels, hour=HOUR):
        said = [
            {"groundTruthData": {"data": str(label), "encoding": "CSV"}, "eventMetadata": {"eventId": event}, "eventVersion": "0"}
            for event, label in zip(events, labels)
        ]
        self.write(f"truth/{hour}/{events[0]}.jsonl", "\n".join(map(json.dumps, said)))

    def words(self, check, **more):
        asked = {
            "check": check,
            "endpoint": self.name,
            "namespace": "SecureMlops/Monitoring",
            "captures": f"file://{self.root}/captures",
            "releases": f"{self.root}/releases",
            "ground-truth": f"{self.root}/truth",
            "reports": f"{self.root}/reports",
            "until": UNTIL,
            "hours": 1,
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        return [f"--{name}={value}" for name, value in asked.items()]

    def judge(self, check, hour="2030/05/17/10", **more):
        assert program.main(self.words(check, **more), {}) == 0
        return self.report(check, hour)

    def report(self, check, hour="2030/05/17/10"):
        folder = self.root / "reports" / check / hour
        read = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("constraint_violations", "statistics", "metrics")}
        return Found(read["constraint_violations"]["violations"], read["statistics"], read["metrics"])


@dataclass
class Found:
    violations: list
    statistics: dict
    metrics: dict

    @property
    def kinds(self):
        return {(one["feature_name"], one["constraint_check_type"]) for one in self.violations}


@pytest.fixture
def endpoint(tmp_path):
    return Endpoint(tmp_path)


@pytest.fixture
def fails(capsys):
    """What the program says when it cannot judge."""

    def said(words, environment=None, **more):
        assert program.main(words, environment or {}, **more) == 1
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1, lines
        return lines[0]

    return said
