"""What the driver asks beside the emulated APIs: GET /_rehearsal/<what>?account=…&region=…"""
import json
from typing import Any, Callable
from urllib.parse import parse_qs

from . import custom_resources
from .dependents import DEPLOYED
from .emulator import app, visit
from .inventory import inventory


def _deployed(account: str, region: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in resource.items() if name != "properties"}
            for key, resource in list(DEPLOYED._data.items()) if key[:2] == (account, region)]


def _lose_answers(account: str, region: str) -> dict[str, Any]:
    custom_resources.lose_answers(account, region)
    return {}


_ANSWERS: dict[str, Callable[[str, str], Any]] = {"inventory": inventory, "deployed": _deployed, "lose-answers": _lose_answers}


def install() -> None:
    serve = app.app

    async def served(scope: Any, receive: Any, send: Any) -> None:
        answer = _ANSWERS.get(scope["path"].removeprefix("/_rehearsal/")) if scope["type"] == "http" else None
        if answer is None:
            return await serve(scope, receive, send)
        query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
        visit(query["account"], query["region"])
        body = json.dumps(answer(query["account"], query["region"])).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})

    app.app = served
    app._port_is_bindable = lambda *_: False  # ministack would serve on port 443 as well
