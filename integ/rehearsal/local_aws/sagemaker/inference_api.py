"""The SageMaker API about models and endpoints, over the resources that CloudFormation deployed."""
from collections.abc import Callable
from typing import Any

from ..json_api import JsonApi, Refused, Request, model_of
from ..records import Record, records_of
from . import inference
from .inference import CONFIG, ENDPOINT, MODEL


def _found(kind: str, request: Request) -> Record:
    short = kind.rsplit("::", 1)[1]
    record = inference.named(kind, request[f"{short}Name"])
    if record is None:
        raise Refused("ValidationException", f"Could not find {short.lower()} \"{request[f'{short}Name']}\".")
    return record


def _known(record: Record) -> dict[str, Any]:
    return {**record.properties, **record.attributes, "LastModifiedTime": record.attributes["CreationTime"]}


def _described(kind: str) -> Callable[[Request], Request]:
    members = model_of("sagemaker").operation_model(f"Describe{kind.rsplit('::', 1)[1]}").output_shape.members

    def operation(request: Request) -> Request:
        return {name: value for name, value in _known(_found(kind, request)).items() if name in members and value is not None}

    return operation


def _endpoint(request: Request) -> Request:
    """With what runs in it."""
    record = _found(ENDPOINT, request)
    return {**_described(ENDPOINT)(request), **inference.running_in(record.properties, record)}


def _update_endpoint(request: Request) -> Request:
    record = _found(ENDPOINT, request)
    arn = record.attributes["EndpointArn"]
    if record.attributes["EndpointStatus"] != "InService":
        raise Refused("ValidationException", f"Cannot update in-progress endpoint \"{arn}\".")
    kept = record.attributes.get("LastDeploymentConfig") or record.properties.get("DeploymentConfig")
    try:
        inference.update(record, request["EndpointConfigName"], kept if request.get("RetainDeploymentConfig") else request.get("DeploymentConfig"))
    except ValueError as refused:
        raise Refused("ValidationException", str(refused)) from refused
    return {"EndpointArn": arn}


def _listed(kind: str, key: str) -> Callable[[Request], Request]:
    member = model_of("sagemaker").operation_model(f"List{key}").output_shape.members[key].member

    def operation(request: Request) -> Request:
        found = [_known(record) for record in records_of(kind)]
        return JsonApi.page(request, key, [{name: value for name, value in record.items() if name in member.members} for record in found])

    return operation


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "DescribeEndpoint": _endpoint,
    "DescribeEndpointConfig": _described(CONFIG),
    "DescribeModel": _described(MODEL),
    "ListEndpointConfigs": _listed(CONFIG, "EndpointConfigs"),
    "ListEndpoints": _listed(ENDPOINT, "Endpoints"),
    "ListModels": _listed(MODEL, "Models"),
    "UpdateEndpoint": _update_endpoint,
}
