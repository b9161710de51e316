"""What a team keeps in SageMaker beside versions of models: their groups, features and tracking servers, found and deleted by whoever cleans up."""
from collections.abc import Callable

from ..json_api import JsonApi, Refused, Request
from ..records import Record, provider_of, records_of
from .model_registry import GROUP, VERSIONS

FEATURES, SERVER = "AWS::SageMaker::FeatureGroup", "AWS::SageMaker::MlflowTrackingServer"


def _list(kind: str, key: str, name: str) -> Callable[[Request], Request]:
    """Under `key`, those whose name has in it what is asked for."""
    return lambda request: JsonApi.page(request, key, [
        {name: record.properties[name]} for record in records_of(kind) if request.get("NameContains", "") in record.properties[name]])


def _found(kind: str, name: str, request: Request, refusal: str) -> Record:
    record = next((one for one in records_of(kind) if one.properties[name] == request[name]), None)
    if record is None:
        raise Refused(refusal, f"{kind.rsplit('::', 1)[1]} {request[name]} does not exist.")
    return record


def _delete(kind: str, name: str, refusal: str = "ResourceNotFound") -> Callable[[Request], Request]:
    def operation(request: Request) -> Request:
        record = _found(kind, name, request, refusal)
        provider_of(kind)["delete"](record.ref, record.properties)
        return {}

    return operation


def _delete_group(request: Request) -> Request:
    if any(version["ModelPackageGroupName"] == request["ModelPackageGroupName"] for version in VERSIONS.values()):
        raise Refused("ConflictException", f"ModelPackageGroup {request['ModelPackageGroupName']} has versions.")
    return _delete(GROUP, "ModelPackageGroupName", "ValidationException")(request)


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "DeleteFeatureGroup": _delete(FEATURES, "FeatureGroupName"),
    "DeleteMlflowTrackingServer": _delete(SERVER, "TrackingServerName"),
    "DeleteModelPackageGroup": _delete_group,
    "DescribeFeatureGroup": lambda request: {"FeatureGroupName": _found(FEATURES, "FeatureGroupName", request, "ResourceNotFound").ref},
    "DescribeMlflowTrackingServer": lambda request: {"TrackingServerName": _found(SERVER, "TrackingServerName", request, "ResourceNotFound").ref},
    "ListFeatureGroups": _list(FEATURES, "FeatureGroupSummaries", "FeatureGroupName"),
    "ListMlflowTrackingServers": _list(SERVER, "TrackingServerSummaries", "TrackingServerName"),
    "ListModelPackageGroups": _list(GROUP, "ModelPackageGroupSummaryList", "ModelPackageGroupName"),
}
