"""A model over plain HTTP, such as `make serve` of the training project starts it."""

from __future__ import annotations

from urllib.request import Request, urlopen


def invoke(address: str, row: str, content_type: str, timeout: float = 70) -> str:
    request = Request(f"{address}/invocations", row.encode(), {"Content-Type": content_type, "Accept": content_type})
    with urlopen(request, timeout=timeout) as answer:
        return str(answer.read().decode())
