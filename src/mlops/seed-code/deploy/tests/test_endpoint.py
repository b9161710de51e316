"""A good endpoint passes; a wrong, a slow and a broken one do not, and it is said why."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from endpoint_test.__main__ import main
from endpoint_test.aws import partition_of

VARIABLES = {
    "ENDPOINT_NAME": "churn--staging--forecast",
    "ENDPOINT_TEST_ROLE": "test",
    "REQUESTS": "20",
    "ERROR_PERCENTAGE": "0",
    "LATENCY_OF_95_PERCENT": "200",
}


@pytest.fixture
def tested(tmp_path, monkeypatch):
    """Tests a model that answers as a function says."""
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "sample-payload.csv").write_text("1,2\n3,4\n")
    (tmp_path / "tests.json").write_text(json.dumps({"minimum": 0, "maximum": 10}))
    servers = []

    def run(answer):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                row = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, text = answer(row)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return main(["--release", str(tmp_path), "--tests", str(tmp_path / "tests.json"), "--url", f"http://127.0.0.1:{server.server_port}"])

    yield run
    for server in servers:
        server.shutdown()


def total(row):
    return sum(map(float, row.split(",")))


def test_a_good_one(tested, capsys):
    assert tested(lambda row: (200, f"{total(row)}\n")) == 0
    assert "20 requests" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("11.5", "11.5 is above 10"),
        ("-1", "-1 is below 0"),
        ("nan", "nan is not finite"),
        ("maybe", "'maybe' is no number"),
        ("1\n2", "2 answers for one row"),
        ("Adelie,2,-1", "'2' is no probability"),
        ("", "0 answers"),
    ],
)
def test_a_wrong_one(tested, capsys, answer, reason):
    assert tested(lambda _: (200, answer)) == 1
    assert reason in capsys.readouterr().err


def test_an_answer_of_a_class_with_its_probabilities_is_a_good_one(tested):
    assert tested(lambda _: (200, "Adelie,0.75,0.25\n")) == 0


def test_a_class_that_is_not_known_is_a_wrong_answer(tested, tmp_path, capsys):
    (tmp_path / "tests.json").write_text(json.dumps({"classes": ["Adelie", "Gentoo"]}))
    assert tested(lambda _: (200, "Gentu,0.75,0.25")) == 1
    assert "'Gentu' is none of the classes Adelie, Gentoo" in capsys.readouterr().err


def test_a_row_with_blanks_in_it_is_one_request(tested, tmp_path):
    (tmp_path / "sample-payload.csv").write_text('1, 2\n\n3,"a b"\n')
    asked = []

    def answer(row):
        asked.append(row)
        return 200, "1"

    assert tested(answer) == 0
    assert set(asked) == {"1, 2", '3,"a b"'}


@pytest.mark.parametrize(
    ("region", "partition", "domain"),
    [
        ("eu-west-1", "aws", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
        ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
    ],
)
def test_the_partition_of_a_region(region, partition, domain):
    assert partition_of(region) == (partition, domain)


def test_a_slow_one(tested, capsys, monkeypatch):
    monkeypatch.setenv("REQUESTS", "3")

    def slow(row):
        time.sleep(0.3)
        return 200, "1"

    assert tested(slow) == 1
    assert "200 ms may" in capsys.readouterr().err


def test_a_broken_one(tested, capsys):
    assert tested(lambda _: (500, "out of order")) == 1
    assert "100.0 % of requests failed, 0 % may" in capsys.readouterr().err


def test_some_errors_may_be_allowed(tested, monkeypatch):
    monkeypatch.setenv("ERROR_PERCENTAGE", "10")
    answers = iter([500] + [200] * 19)
    assert tested(lambda _: (next(answers), "1")) == 0


def test_a_version_without_a_sample(tested, tmp_path, capsys):
    (tmp_path / "sample-payload.csv").unlink()
    assert tested(lambda _: (200, "1")) == 1
    assert "the version has no sample to test with" in capsys.readouterr().err


def test_missing_variables_are_named(tested, monkeypatch, capsys):
    monkeypatch.delenv("REQUESTS")
    assert tested(lambda _: (200, "1")) == 1
    assert "not set: REQUESTS" in capsys.readouterr().err


@pytest.fixture
def language_model(tested, tmp_path):
    """The same of a version that brought prompts instead of rows."""
    (tmp_path / "sample-payload.csv").unlink()
    (tmp_path / "sample-payload.jsonl").write_text('{"inputs": "one\u2028line"}\n{"inputs": "two"}\n', encoding="utf-8")
    return tested


def test_a_language_model_is_asked_for_a_text_with_each_prompt(language_model):
    prompts = []

    def answer(body):
        prompts.append(json.loads(body)["inputs"])
        return 200, json.dumps([{"generated_text": "yes"}])

    assert language_model(answer) == 0
    assert set(prompts) == {"one\u2028line", "two"}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("yes", "'yes' is no JSON"),
        ("{}", "'{}' is no list of one generated_text"),
        ('[{"generated_text": 1}]', "is no list of one generated_text"),
        ('[{"generated_text": "a"}, {"generated_text": "b"}]', "is no list of one generated_text"),
        ('[{"generated_text": "  "}]', "the generated text is empty"),
    ],
)
def test_an_answer_of_a_language_model_that_cannot_be_used_is_named(language_model, capsys, said, reason):
    assert language_model(lambda _: (200, said)) == 1
    assert reason in capsys.readouterr().err


def test_a_language_model_may_answer_only_what_is_named(language_model, tmp_path, capsys):
    (tmp_path / "tests.json").write_text(json.dumps({"classes": ["yes", "no"]}))
    assert language_model(lambda _: (200, '[{"generated_text": "maybe"}]')) == 1
    assert "'maybe' is none of the classes yes, no" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('{"minimun": 0}', "tests.json: minimun is not known: did you mean minimum?"),
        ('{"maximumm": 0}', "tests.json: maximumm is not known: did you mean maximum?"),
        ('{"class": ["a"]}', "tests.json: class is not known: did you mean classes?"),
        ('{"Classes": ["a"]}', "tests.json: Classes is not known: did you mean classes?"),
        ('{"minimum": "low"}', 'minimum is "low" but must be a number or null'),
        ('{"minimum": true}', "minimum is true but must be a number or null"),
        ('{"minimum": 2, "maximum": 1}', "minimum is 2 but must be at most the maximum, 1"),
        ('{"classes": "a"}', 'classes is "a" but must be a list or null'),
        ('{"classes": [1]}', "classes[0] is 1 but must be a string"),
        ("[]", "the whole is [] but must be an object"),
        ("minimum: 0", "is not JSON"),
    ],
)
def test_what_answers_must_be_like_cannot_be_misspelt(tested, tmp_path, capsys, said, reason):
    (tmp_path / "tests.json").write_text(said)
    assert tested(lambda row: (200, f"{total(row)}\n")) == 1
    told = capsys.readouterr().err
    assert told.startswith("The endpoint was not tested: ") and reason in told
