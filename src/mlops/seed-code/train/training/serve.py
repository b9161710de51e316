"""The model over HTTP, as an endpoint answers: GET /ping, POST /invocations."""

from __future__ import annotations

import argparse
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, List

from . import serving

#: The most that batch transform sends at once.
MOST_MEGABYTES = 100


class Handler(BaseHTTPRequestHandler):
    model: Any

    def do_GET(self) -> None:  # noqa: N802 - the name is http.server's
        self._answer(200 if self.path == "/ping" else 404, "")

    def do_POST(self) -> None:  # noqa: N802
        length = int(self.headers.get("Content-Length", 0))
        if self.path != "/invocations":
            self._answer(404, "there is /invocations")
        elif length > MOST_MEGABYTES * 1024**2:
            self.close_connection = True
            self._answer(413, f"the body has {length} bytes: send at most {MOST_MEGABYTES} MB at once")
        else:
            kind, accept = self.headers.get("Content-Type", serving.CONTENT_TYPE), self.headers.get("Accept", serving.ACCEPT)
            made = serving.answer(self.model, self.rfile.read(length), kind, accept)
            self._answer(made.status, made.body, made.content_type)

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, status: int, text: str, content_type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())


def server(model: Path, port: int) -> ThreadingHTTPServer:
    handler = type("ModelHandler", (Handler,), {"model": serving.model_fn(str(model))})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--model", type=Path, default=Path("build") / "model")
    words.add_argument("--port", type=int, default=8080)
    asked = words.parse_args(arguments)
    serving_here = server(asked.model, asked.port)
    print(f"http://127.0.0.1:{serving_here.server_port}", flush=True)
    serving_here.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
