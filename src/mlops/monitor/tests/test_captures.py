"""The encodings of data capture, and how much of it is read."""

import base64
import json
import time

import numpy as np
import pytest
from conftest import RELEASE, rows, told

import captures
import lines
from payload import Unreadable, answers_of, class_of, number, rows_of


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
        ({"data": '{"inputs": "no wifi, 7"}', "encoding": "JSON"}, [[10, 3, 0.6, 1]]),
        ({"data": '{"inputs": ["ja", "日本"], "parameters": {}}', "encoding": "JSON"}, [[2, 1, 1, 1], [2, 1, 1, 0]]),
        ({"data": '{"inputs": [{"role": "user", "content": "a b"}]}', "encoding": "JSON"}, [[3, 2, pytest.approx(2 / 3), 1]]),
        ({"data": '{"inputs": ""}', "encoding": "JSON"}, [[0, 0, 0, 0]]),
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
        {"data": '{"inputs": []}', "encoding": "JSON"},
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
        ({"data": '{"predictions": [{"score": [0.9, 0.1], "predicted_label": 2}]}', "encoding": "JSON"}, [2]),
        ({"data": "1,true,False", "encoding": "CSV"}, [1, 1, 0]),
        ({"data": "[true]", "encoding": "JSON"}, [1]),
    ],
)
def test_answers_of_numbers(side, expected):
    assert [number(one) for one in answers_of(side, len(expected))] == expected


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ({"data": "Adelie,0.9,0.1,0\nGentoo,0,0.2,0.8\n", "encoding": "CSV"}, ["Adelie", "Gentoo"]),
        ({"data": "2,0.1,0.1,0.8", "encoding": "CSV"}, ["2"]),
        ({"data": '[["Adelie", 0.9, 0.1, 0]]', "encoding": "JSON"}, ["Adelie"]),
        ({"data": "Adelie\nGentoo\n", "encoding": "CSV"}, ["Adelie", "Gentoo"]),
    ],
)
def test_answers_of_several_classes_are_the_likeliest(side, expected):
    assert [class_of(one) for one in answers_of(side, len(expected))] == expected


@pytest.mark.parametrize("data", ["1,2,3", "1\n2\n3", "a,1\nb,1\nc,1"])
def test_an_answer_that_is_not_of_each_row_is_none(data):
    assert answers_of({"data": data, "encoding": "CSV"}, 2) == []


@pytest.mark.parametrize(("value", "name"), [(1, "1"), ("1.0", "1"), (" Adelie ", "Adelie"), (True, "True"), (None, ""), ([], "")])
def test_the_name_of_a_class(value, name):
    assert class_of(value) == name


def test_what_is_no_number_is_none():
    assert np.isnan(number("high"))


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


DEEP = "[" * 1_100


@pytest.mark.parametrize(
    "line",
    [
        DEEP,
        DEEP + "1" + "]" * 1_100,
        json.dumps(told([[1]], [1], "e")).replace('"1"', json.dumps(DEEP), 1).replace('"CSV"', '"JSON"', 1),
        '{"captureData": ' * 1_100 + "1" + "}" * 1_100,
        "null",
        "1",
        '"text"',
        "\u0000",
    ],
    ids=["open", "list", "data", "event", "null", "number", "text", "nothing"],
)
def test_a_record_of_any_form_is_counted_as_unreadable_and_the_check_goes_on(endpoint, line):
    endpoint.baseline()
    endpoint.captured(rows(60))
    endpoint.events += 1
    endpoint.lines([line])
    found = endpoint.judge("data-quality")
    assert found.metrics["Rows"] == 60
    assert found.statistics["versions"][0]["records_unreadable"] == 1


def test_an_answer_or_a_label_that_is_nested_without_an_end_is_none(endpoint):
    endpoint.baseline(kind="regression_constraints", rules={"rmse": {"threshold": 1, "comparison_operator": "GreaterThanThreshold"}})
    events = endpoint.captured(rows(60), range(60))
    endpoint.labelled(events, range(60))
    odd = told([rows(1)[0]], [1], "odd")
    odd["captureData"]["endpointOutput"] = {"observedContentType": "application/json", "data": DEEP + "1" + "]" * 1_100, "encoding": "JSON"}
    endpoint.events += 1
    endpoint.lines([odd])
    endpoint.write("truth/2030/05/17/09/odd.jsonl", DEEP)
    found = endpoint.judge("model-quality")
    assert found.metrics["Rows"] == 60
    assert found.statistics["versions"][0]["labels_unreadable"] == 1


def test_a_line_that_is_too_long_is_counted_as_unreadable(endpoint, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 5_000)
    endpoint.baseline()
    endpoint.captured(rows(60))
    endpoint.events += 1
    endpoint.lines(["x" * 5_001, json.dumps(told([rows(1)[0]], [1], "e"))])
    found = endpoint.judge("data-quality")
    assert (found.metrics["Rows"], found.statistics["versions"][0]["records_unreadable"]) == (61, 1)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_are_the_same_whatever_pieces_they_come_in(size):
    content = b"one\n\ntwo two\r\n\nlast"
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert list(lines.lines_of(pieces)) == content.split(b"\n")


def test_a_long_line_takes_no_more_than_its_share_of_time():
    def seconds(megabytes):
        began = time.process_time()
        assert [len(line) for line in lines.lines_of([b"x" * 10_000] * (100 * megabytes))] == [1_000_000 * megabytes]
        return time.process_time() - began

    seconds(1)
    assert seconds(64) < 64 * max(seconds(4), 0.01)
