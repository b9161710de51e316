"""An API of the JSON protocol: requests are checked against botocore's model, pages are short, errors are AWS's."""
import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import botocore.session
from botocore.validate import ParamValidator

Request = dict[str, Any]
#: AWS may answer fewer than were asked for.
_PAGE = 2


class Refused(Exception):
    """An error of an API."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


@cache
def model_of(service: str) -> Any:
    """What botocore knows of an API."""
    return botocore.session.get_session().get_service_model(service)


class JsonApi:
    """Operations by name."""

    def __init__(self, service: str, operations: dict[str, Callable[[Request], Request]]):
        self.service = service
        self.operations = operations
        self.model = model_of(service)

    async def handle(self, _method: str, _path: str, headers: dict[str, str], body: bytes, _query: Any) -> tuple[int, dict[str, str], bytes]:
        action = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        try:
            status, answer = 200, self.answer(action, json.loads(body or b"{}"))
        except Refused as refused:
            status, answer = 400, {"__type": refused.code, "message": str(refused), "Message": str(refused)}
        except ValueError as conflict:
            status, answer = 400, {"__type": "ResourceInUse", "message": str(conflict)}
        return status, {"Content-Type": f"application/x-amz-json-{self.model.metadata['jsonVersion']}"}, json.dumps(answer, default=str).encode()

    def answer(self, action: str, request: Request) -> Request:
        operation = self.operations.get(action)
        if operation is None:
            raise Refused("UnknownOperationException", f"the local AWS has no {self.service}:{action}")
        shape = self.model.operation_model(action).input_shape
        report = ParamValidator().validate(request, shape) if shape else None
        if report and report.has_errors():
            raise Refused("ValidationException", report.generate_report())
        return operation(request)

    @staticmethod
    def page(request: Request, key: str, records: list[Any]) -> Request:
        """The page that was asked for."""
        start = int(base64.b64decode(request["NextToken"])) if request.get("NextToken") else 0
        end = start + min(_PAGE, int(request.get("MaxResults", _PAGE)))
        answer: Request = {key: records[start:end]}
        if end < len(records):
            answer["NextToken"] = base64.b64encode(str(end).encode()).decode()
        return answer
