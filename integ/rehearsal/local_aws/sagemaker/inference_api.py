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
    config = inference.named(CONFIG, record.properties["EndpointConfigName"])
    if config is None:
        return {**_described(ENDPOINT)(request), "ProductionVariants": []}
    variants = [{"VariantName": variant["VariantName"], "CurrentInstanceCount": int(variant.get("InitialInstanceCount", 0)), "CurrentWeight": 1.0,
                 "DeployedImages": _images(variant["ModelName"])} for variant in config.properties["ProductionVariants"]]
    capture = config.properties.get("DataCaptureConfig")
    said = {} if capture is None else {"DataCaptureConfig": {
        "EnableCapture": True, "CaptureStatus": "Started", "CurrentSamplingPercentage": int(capture["InitialSamplingPercentage"]),
        "DestinationS3Uri": capture["DestinationS3Uri"], "KmsKeyId": capture.get("KmsKeyId", "")}}
    return {**_described(ENDPOINT)(request), "ProductionVariants": variants, **said}


def _images(model_name: str) -> list[Request]:
    model = inference.named(MODEL, model_name)
    properties = {} if model is None else model.properties
    containers = properties.get("Containers") or [properties.get("PrimaryContainer", {})]
    return [{"SpecifiedImage": container["Image"], "ResolvedImage": container["Image"]} for container in containers if "Image" in container]


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
}
