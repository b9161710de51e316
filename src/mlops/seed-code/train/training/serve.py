"""The model over HTTP, as an endpoint answers: GET /ping, POST /invocations."""

from __future__ import annotations

import argparse
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, List

from . import inference
from .columns import BadRequest


class Handler(BaseHTTPRequestHandler):
    model: Any

    def do_GET(self) -> None:  # noqa: N802 - the name is http.server's
        self._answer(200 if self.path == "/ping" else 404, "")

    def do_POST(self) -> None:  # noqa: N802
        if self.path != "/invocations":
            return self._answer(404, "there is /invocations")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            rows = inference.input_fn(body, self.headers.get("Content-Type", "text/csv"))
            self._answer(200, inference.output_fn(inference.predict_fn(rows, self.model), self.headers.get("Accept", "text/csv")))
        except BadRequest as error:
            self._answer(400, str(error))

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())


def server(model: Path, port: int) -> ThreadingHTTPServer:
    handler = type("ModelHandler", (Handler,), {"model": inference.model_fn(str(model))})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--model", type=Path, default=Path("build") / "model")
    words.add_argument("--port", type=int, default=8080)
    asked = words.parse_args(arguments)
    serving = server(asked.model, asked.port)
    print(f"http://127.0.0.1:{serving.server_port}", flush=True)
    serving.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
