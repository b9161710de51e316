"""`python -m local_aws.ask`: calls of any AWS API for the driver, one JSON object a line, by botocore and checked by it.

In: `{"id", "service", "operation", "parameters", "credentials": {"key", "secret", "token"}}`, the operation as in Python
(`create_stack_set`); without credentials, the environment has them. Out: `{"id", "answer"}` or `{"id", "error": {"code", "message"}}`. All pages of a list are one answer.
"""
import json
import sys
from pathlib import Path
from typing import Any

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

_session = botocore.session.get_session()
_clients: dict[tuple[str | None, ...], Any] = {}


def _client(service: str, credentials: dict[str, str]) -> Any:
    keys = (service, credentials.get("key"), credentials.get("secret"), credentials.get("token"))
    if keys not in _clients:
        _clients[keys] = _session.create_client(
            service, aws_access_key_id=keys[1], aws_secret_access_key=keys[2], aws_session_token=keys[3])
    return _clients[keys]


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    client, operation, parameters = _client(asked["service"], asked.get("credentials", {})), asked["operation"], asked["parameters"]
    if "BodyOf" in parameters:
        parameters["Body"] = Path(parameters.pop("BodyOf")).read_bytes()
    saved = parameters.pop("SavedAs", None)
    try:
        pages = client.get_paginator(operation).paginate(**parameters) if client.can_paginate(operation) else None
        answer = pages.build_full_result() if pages else getattr(client, operation)(**parameters)
    except ClientError as refused:
        return {"error": {"code": refused.response["Error"]["Code"], "message": str(refused)}}
    except (BotoCoreError, TypeError, AttributeError) as wrong:
        return {"error": {"code": type(wrong).__name__, "message": str(wrong)}}
    answer.pop("ResponseMetadata", None)
    if saved:
        Path(saved).write_bytes(answer.pop("Body").read())
    return {"answer": answer}


def _plain(value: Any) -> str:
    """Bodies are read, dates written."""
    return value.read().decode() if hasattr(value, "read") else str(value)


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps({"id": asked["id"], **_answer(asked)}, default=_plain), flush=True)


if __name__ == "__main__":
    main()
