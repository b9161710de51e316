"""The program in S3 and CloudWatch, as a job runs it."""

import io
import json

import pytest
from conftest import program, rows

FOLDERS = {"captures": "captures", "releases": "", "ground-truth": "ground-truth/churn-production", "reports": "monitoring/churn-production"}


class Refused(Exception):
    def __init__(self, code, operation):
        super().__init__(f"An error occurred ({code}) when calling the {operation} operation: no")
        self.response = {"Error": {"Code": code}}


class Body(io.BytesIO):
    def iter_lines(self):
        return iter(self.read().split(b"\n"))


class Aws:
    """S3 with small pages, and CloudWatch."""

    def __init__(self, objects, denied=()):
        self.objects = objects
        self.denied = denied
        self.metrics = []

    def __call__(self, service):
        return self

    def _may(self, operation):
        if operation in self.denied:
            raise Refused("AccessDenied", operation)

    def list_objects_v2(self, Bucket, Prefix, Delimiter=None, ContinuationToken="0"):  # noqa: N803 - boto3's
        self._may("ListObjectsV2")
        keys = sorted(key for bucket, key in self.objects if bucket == Bucket and key.startswith(Prefix))
        entries = [{"Key": key} for key in keys]
        if Delimiter:
            folders = {Prefix + key[len(Prefix) :].split("/")[0] + "/" for key in keys if "/" in key[len(Prefix) :]}
            entries = [{"Prefix": folder} for folder in sorted(folders)]
        start = int(ContinuationToken)
        page = {"CommonPrefixes" if Delimiter else "Contents": entries[start : start + 2], "IsTruncated": start + 2 < len(entries)}
        return {**page, "NextContinuationToken": str(start + 2)} if page["IsTruncated"] else page

    def get_object(self, Bucket, Key):  # noqa: N803
        self._may("GetObject")
        if (Bucket, Key) not in self.objects:
            raise Refused("NoSuchKey", "GetObject")
        return {"Body": Body(self.objects[(Bucket, Key)])}

    def put_object(self, Bucket, Key, Body, ContentType):  # noqa: N803
        self._may("PutObject")
        self.objects[(Bucket, Key)] = Body

    def put_metric_data(self, **said):
        self._may("PutMetricData")
        self.metrics.append(said)


@pytest.fixture
def uploaded(endpoint):
    """What is in the folders of an endpoint, in two buckets."""

    def upload(**more):
        objects = {}
        for file in filter(lambda one: one.is_file(), endpoint.root.rglob("*")):
            kind, _, path = file.relative_to(endpoint.root).as_posix().partition("/")
            name = "ground-truth" if kind == "truth" else kind
            bucket = "releases" if name == "releases" else "captures"
            objects[(bucket, "/".join(filter(None, [FOLDERS[name], path])))] = file.read_bytes()
        return Aws(objects, **more)

    return upload


@pytest.fixture
def words(endpoint):
    return [
        *endpoint.words("data-quality"),
        *(f"--{name}=s3://{'releases' if name == 'releases' else 'captures'}/{folder}" for name, folder in FOLDERS.items()),
    ]


def test_reports_and_metrics_go_where_they_are_asked_for(endpoint, uploaded, words):
    endpoint.baseline()
    for _ in range(5):  # pages of two
        endpoint.captured(rows(40, age=30))
    aws = uploaded()
    assert program.main(words, {}, aws) == 0
    report = aws.objects[("captures", "monitoring/churn-production/data-quality/2030/05/17/10/constraint_violations.json")]
    assert {one["feature_name"] for one in json.loads(report)["violations"]} == {"age"}
    dimensions = [{"Name": "Endpoint", "Value": "churn-production"}, {"Name": "Check", "Value": "data-quality"}]
    [said] = aws.metrics
    assert said["Namespace"] == "SecureMlops/Monitoring"
    values = {one["MetricName"]: one["Value"] for one in said["MetricData"]}
    assert values == {"Violations": 1, "Rows": 200, "GreatestDrift": pytest.approx(0.8, abs=0.2)}
    assert [one["Dimensions"] for one in said["MetricData"]] == [dimensions] * 3


def test_ground_truth_is_read_from_s3(endpoint, uploaded, words):
    endpoint.baseline(kind="regression_constraints", rules={"rmse": {"threshold": 1, "comparison_operator": "GreaterThanThreshold"}})
    endpoint.labelled(endpoint.captured(rows(60), range(60)), range(60))
    aws = uploaded()
    assert program.main([*words, "--check=model-quality"], {}, aws) == 0
    assert {one["MetricName"]: one["Value"] for one in aws.metrics[0]["MetricData"]} == {"Violations": 0, "Rows": 60, "Quality": 2}


def test_a_baseline_that_is_not_in_s3_is_said(endpoint, uploaded, words, fails):
    endpoint.captured(rows(60))
    assert "there is no baseline" in fails(words, clients=uploaded())


@pytest.mark.parametrize(
    ("operation", "where"),
    [
        ("ListObjectsV2", "s3://captures/captures"),
        ("GetObject", "s3://captures/captures/p-abc123"),
        ("PutObject", "s3://captures/monitoring/churn-production/data-quality/2030/05/17/10/constraint_violations.json"),
        ("PutMetricData", "metrics in SecureMlops/Monitoring"),
    ],
)
def test_what_is_denied_is_said_with_its_place(endpoint, uploaded, words, fails, operation, where):
    endpoint.baseline()
    endpoint.captured(rows(60))
    said = fails(words, clients=uploaded(denied=(operation,)))
    assert where in said
    assert f"An error occurred (AccessDenied) when calling the {operation} operation" in said
