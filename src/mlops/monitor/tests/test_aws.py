"""The program in S3 and CloudWatch, as a job runs it."""

import io
import json

import pytest
from conftest import program, rows

import store

FOLDERS = {"captures": "captures", "releases": "", "ground-truth": "ground-truth/churn-production", "reports": "monitoring/churn-production"}


class Refused(Exception):
    def __init__(self, code, operation):
        super().__init__(f"An error occurred ({code}) when calling the {operation} operation: no")
        self.response = {"Error": {"Code": code}}


class Broken(Exception):
    """As botocore says it: without an answer of AWS."""

    response = None


class Body(io.BytesIO):
    """Breaks off after so many bytes, as often as it is told."""

    def __init__(self, content, breaks):
        super().__init__(content)
        self.breaks = breaks
        self.good = len(content) // 2 if breaks and breaks[0] else None

    def read(self, size=-1):
        if self.good is None:
            return super().read(size)
        if self.tell() >= self.good:
            self.breaks.pop(0)
            raise Broken("Connection was closed before we received a valid response")
        return super().read(min(size, self.good - self.tell()))


class Aws:
    """S3 with small pages, and CloudWatch."""

    def __init__(self, objects, denied=()):
        self.objects = objects
        self.denied = denied
        self.metrics = []
        #: For each of the next times that a body is read: whether it breaks off in the middle.
        self.breaks = []
        self.ranges = []

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

    def get_object(self, Bucket, Key, Range=None, IfMatch=None):  # noqa: N803
        self._may("GetObject")
        if (Bucket, Key) not in self.objects:
            raise Refused("NoSuchKey", "GetObject")
        content = self.objects[(Bucket, Key)]
        assert (Range is None) == (IfMatch is None)
        start = 0 if Range is None else int(Range[len("bytes=") : -1])
        self.ranges.append(start)
        return {"Body": Body(content[start:], self.breaks), "ETag": '"1"'}

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


def test_a_file_that_breaks_off_is_read_on_from_there(endpoint, uploaded, words, monkeypatch):
    monkeypatch.setattr(store, "PAUSE", 0)
    endpoint.baseline()
    endpoint.captured(rows(120))
    aws = uploaded()
    aws.breaks = [True, True, True]
    assert program.main(words, {}, aws) == 0
    assert {one["MetricName"]: one["Value"] for one in aws.metrics[0]["MetricData"]}["Rows"] == 120
    assert [start for start in aws.ranges if start] == sorted({start for start in aws.ranges if start})


def test_a_file_that_never_comes_whole_is_said(endpoint, uploaded, words, fails, monkeypatch):
    monkeypatch.setattr(store, "PAUSE", 0)
    monkeypatch.setattr(store, "ATTEMPTS", 1)
    endpoint.captured(rows(60))
    aws = uploaded()
    aws.breaks = [True]
    said = fails(words, clients=aws)
    assert "s3://captures/captures/p-abc123" in said
    assert "Connection was closed before we received a valid response" in said


def test_a_broken_baseline_is_said_by_what_broke(endpoint, uploaded, words, fails, monkeypatch):
    monkeypatch.setattr(store, "ATTEMPTS", 1)
    endpoint.baseline()
    endpoint.captured(rows(60))
    aws = uploaded()
    captures = sum("captures/p-" in key for _, key in aws.objects)
    aws.breaks = [False] * captures + [True]
    real = aws.get_object

    def counting(**asked):
        answer = real(**asked)
        if aws.breaks and not aws.breaks[0]:
            aws.breaks.pop(0)
        return answer

    aws.get_object = counting
    assert "s3://releases/p-abc123" in fails(words, clients=aws)


def test_hours_of_a_run_that_failed_are_looked_at_by_the_next_one(endpoint, uploaded, words):
    endpoint.baseline()
    endpoint.captured(rows(60), hour="2030/05/17/07")
    endpoint.captured(rows(70), hour="2030/05/17/08")
    endpoint.captured(rows(80), hour="2030/05/17/09")
    aws = uploaded()
    assert program.main([*words, "--until=2030-05-17T08:10:00Z"], {}, aws) == 0
    aws.denied = ("PutMetricData",)
    assert program.main([*words, "--until=2030-05-17T09:10:00Z"], {}, aws) == 1
    aws.denied = ()
    assert program.main(words, {}, aws) == 0
    assert [one["Value"] for said in aws.metrics for one in said["MetricData"] if one["MetricName"] == "Rows"] == [60, 150]
    report = aws.objects[("captures", "monitoring/churn-production/data-quality/2030/05/17/10/statistics.json")]
    assert json.loads(report)["window"] == {"start": "2030-05-17T08:00:00+00:00", "end": "2030-05-17T10:00:00+00:00"}


def test_more_hours_than_may_be_asked_for_are_not_caught_up_with(endpoint, uploaded, words):
    endpoint.baseline()
    aws = uploaded()
    assert program.main([*words, "--until=2030-05-01T00:00:00Z"], {}, aws) == 0
    assert program.main(words, {}, aws) == 0
    report = aws.objects[("captures", "monitoring/churn-production/data-quality/2030/05/17/10/statistics.json")]
    assert json.loads(report)["window"]["start"] == "2030-05-17T09:00:00+00:00"
