"""The encodings of data capture, and how much of it is read."""

import base64
import json

import numpy as np
import pytest
from conftest import RELEASE, rows, told

import captures
from payload import Unreadable, numbers_of, rows_of


def encoded(text, kind="text/csv"):
    return {"observedContentType": kind, "data": base64.b64encode(text.encode()).decode(), "encoding": "BASE64"}


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ({"data": "1,2.5,x", "encoding": "CSV"}, [["1", "2.5", "x"]]),
        ({"data": "1,2\r\n3,\n\n", "encoding": "CSV"}, [["1", "2"], ["3", ""]]),
        ({"data": '"a,b",2', "encoding": "CSV"}, [["a,b", "2"]]),
        ({"data": "1,2"}, [["1", "2"]]),
        ({"data": "[[1, null], [3, 4]]", "encoding": "JSON"}, [[1, None], [3, 4]]),
        ({"data": "[1, 2]", "encoding": "JSON"}, [[1, 2]]),
        (encoded("1,2\n3,4\n"), [["1", "2"], ["3", "4"]]),
        (encoded("1,2", "text/csv; charset=utf-8"), [["1", "2"]]),
        (encoded("[[1, 2]]", "application/json"), [[1, 2]]),
    ],
)
def test_rows_of_a_request(side, expected):
    assert rows_of(side) == expected


@pytest.mark.parametrize(
    "side",
    [
        {"data": "", "encoding": "CSV"},
        {"data": "{", "encoding": "JSON"},
        {"data": "{}", "encoding": "JSON"},
        {"data": "[]", "encoding": "JSON"},
        {"data": "[[]]", "encoding": "JSON"},
        {"data": "[[[1]]]", "encoding": "JSON"},
        {"data": "[[1], 2]", "encoding": "JSON"},
        {"data": "!", "encoding": "BASE64"},
        {"data": base64.b64encode(b"\xff\xfe").decode(), "encoding": "BASE64"},
        encoded("1", "application/x-recordio-protobuf"),
        {"data": "1", "encoding": "NONE"},
        {},
    ],
)
def test_a_request_that_is_no_table_is_not_guessed_at(side):
    with pytest.raises(Unreadable):
        rows_of(side)


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ({"data": "0.5\n0.25\n", "encoding": "CSV"}, [0.5, 0.25]),
        ({"data": "0.5,0.25", "encoding": "CSV"}, [0.5, 0.25]),
        ({"data": "[0.5, [0.25]]", "encoding": "JSON"}, [0.5, 0.25]),
        ({"data": "0.5", "encoding": "JSON"}, [0.5]),
        ({"data": '{"predictions": [{"score": 0.5}, {"score": 0.25}]}', "encoding": "JSON"}, [0.5, 0.25]),
        ({"data": "1,true,False", "encoding": "CSV"}, [1, 1, 0]),
        ({"data": "[true]", "encoding": "JSON"}, [1]),
    ],
)
def test_numbers_of_an_answer(side, expected):
    assert numbers_of(side) == expected


def test_what_is_no_number_is_none():
    assert np.isnan(numbers_of({"data": "high", "encoding": "CSV"})).all()


def test_encodings_are_judged_alike(endpoint):
    endpoint.baseline()
    table = rows(120).tolist()
    lines = []
    for at, row in enumerate(table):
        line = told([row], [0.5], f"event-{at}")
        if at % 3 == 1:
            line["captureData"]["endpointInput"] = {"observedContentType": "application/json", "data": json.dumps([row]), "encoding": "JSON"}
        if at % 3 == 2:
            line["captureData"]["endpointInput"] = encoded(",".join(map(str, row)))
        lines.append(line)
    endpoint.lines(lines)
    assert endpoint.judge("data-quality").metrics == {"Violations": 0, "Rows": 120, "GreatestDrift": 0}


def test_more_rows_than_fit_are_sampled_evenly_and_it_is_said(endpoint, monkeypatch):
    monkeypatch.setattr(captures, "MAXIMUM_ROWS", 200)
    endpoint.baseline()
    table = rows(2000)
    table[:, 2] = np.arange(2000)
    endpoint.captured(table, per_request=10)
    found = endpoint.judge("data-quality", drift_threshold=1)
    said = found.statistics["versions"][0]
    assert (said["rows_captured"], said["rows_sampled"], found.metrics["Rows"]) == (2000, 200, 200)
    order = next(one for one in said["features"] if one["name"] == "visits")
    assert order["mean"] == pytest.approx(1000, abs=150)
    assert order["min"] < 100 < 1900 < order["max"]
    assert endpoint.judge("data-quality", drift_threshold=1).statistics == found.statistics


def test_folders_that_are_no_releases_are_passed_over(endpoint):
    endpoint.baseline()
    endpoint.captured(rows(60))
    endpoint.write("captures/notes.txt", "by hand")
    endpoint.write(f"captures/p-abc123/{endpoint.name}/AllTraffic/2030/05/17/09/x.jsonl", "{")
    endpoint.write(f"captures/{RELEASE}/readme.txt", "by hand")
    assert endpoint.judge("data-quality").metrics["Rows"] == 60
