"""What the driver asks and says beside the emulated APIs: GET or POST /_rehearsal/<what>?account=…&region=…"""
import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from . import code_pipeline, custom_resources, organization, permissions, service_sessions
from .dependents import DEPLOYED
from .emulator import app, remember_the_loop, s3, visit
from .inventory import inventory
from .sagemaker import inference, model_registry, runtime


def _deployed(account: str, region: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in resource.items() if name != "properties"}
            for key, resource in list(DEPLOYED._data.items()) if key[:2] == (account, region)]


def _properties(account: str, region: str) -> list[dict[str, Any]]:
    return [{"type": resource["type"], "properties": resource["properties"]}
            for key, resource in list(DEPLOYED._data.items()) if key[:2] == (account, region)]


def _lose_answers(account: str, region: str) -> dict[str, Any]:
    custom_resources.lose_answers(account, region)
    return {}


def _place(account: str, _region: str, said: Any) -> dict[str, Any]:
    """`{"unit": …}`: an account joins or moves; without a unit it leaves the organization."""
    organization.place(account, said.get("unit"))
    return {}


def _weighed(_account: str, _region: str, said: Any) -> list[str]:
    """Actions that a role has needed so far."""
    return sorted(permissions.WEIGHED.get(said["role"], set()))


def _object(account: str, region: str, said: Any) -> str:
    """`{"bucket", "key"}` → what is in it, whoever asks."""
    visit(account, region)
    found = s3._get_object_data(said["bucket"], said["key"])
    if found is None:
        raise ValueError(f"there is no s3://{said['bucket']}/{said['key']}")
    return base64.b64encode(found).decode()


_ANSWERS: dict[str, Callable[[str, str], Any]] = {
    "inventory": inventory, "properties": _properties, "deliveries": lambda _account, _region: code_pipeline.told(), "deployed": _deployed, "lose-answers": _lose_answers}
_ORDERS: dict[str, Callable[[str, str, Any], Any]] = {
    "organization": lambda _account, _region, said: organization.establish(said),
    "place": _place,
    "become": lambda _account, _region, said: service_sessions.become(said),
    "delivery": lambda _account, _region, said: code_pipeline.report(said),
    "execution-ended": lambda _account, _region, said: model_registry.ended(said),
    "failing-models": lambda _account, _region, said: inference.fail(said),
    "late-alarms": lambda _account, _region, said: inference.alarm_late(said),
    "object": _object,
    "serving": lambda _account, _region, said: runtime.serve(said),
    "weighed": _weighed,
}


def install() -> None:
    serve = app.app

    async def served(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            remember_the_loop()
        asked = scope["path"].removeprefix("/_rehearsal/") if scope["type"] == "http" else ""
        if asked not in _ANSWERS and asked not in _ORDERS:
            await serve(scope, receive, send)
            return
        query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
        visit(query["account"], query["region"])
        try:
            status, answer = 200, _ANSWERS[asked](query["account"], query["region"]) if asked in _ANSWERS else _ORDERS[asked](
                query["account"], query["region"], json.loads(await _body(receive)))
        except (KeyError, ValueError) as refused:
            status, answer = 400, {"message": f"{type(refused).__name__}: {refused}"}
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    app.app = served
    app._port_is_bindable = lambda *_: False  # ministack would serve on port 443 as well


async def _body(receive: Any) -> bytes:
    body = b""
    more = True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    return body or b"{}"
