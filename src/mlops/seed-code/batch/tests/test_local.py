"""What is sent here is what batch transform sends: whole lines, as many as a request holds."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from batch import local


def test_no_line_is_divided_and_none_is_lost():
    lines = [str(number) * 10 for number in range(9)]
    sent = list(local.payloads(lines, 25))
    assert "".join(sent).splitlines() == lines
    assert all(len(body) <= 25 for body in sent)


def test_a_line_that_is_too_long_is_sent_alone():
    assert list(local.payloads(["a" * 30, "b"], 10)) == ["a" * 30 + "\n", "b\n"]


@pytest.fixture
def model():
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802 - the name is http.server's
            rows = self.rfile.read(int(self.headers["Content-Length"])).decode().splitlines()
            body = "".join(f"{len(row)}\n" for row in rows).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()


def test_rows_are_answered_and_checked(folders, model, tmp_path, capsys):
    assert local.main(["--url", model, "--input", str(folders[0]), "--output", str(tmp_path / "build")]) == 0
    assert (tmp_path / "build" / "predictions" / "more" / "b.csv.out").read_text() == "5\n5\n"
    assert "5 rows in 2 files are answered" in capsys.readouterr().out


def test_each_prompt_is_a_request_of_its_own():
    assert list(local.payloads(["a", "b"], 0)) == ["a\n", "b\n"]


def test_a_model_that_is_not_there_is_said(folders, tmp_path, capsys):
    assert local.main(["--url", "http://127.0.0.1:9", "--input", str(folders[0]), "--output", str(tmp_path / "build")]) == 1
    assert "The model was not asked" in capsys.readouterr().err
