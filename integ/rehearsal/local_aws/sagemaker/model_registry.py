"""The model registry and pipelines: versions in groups with their approval, pipelines as they were written and started.

A pipeline does not run here: who plays SageMaker reads its definition and does what its steps do.
"""
import json
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ..emulator import AccountRegionScopedDict, account, hexadecimal, region
from ..json_api import JsonApi, Refused, Request
from ..records import records_of

GROUP = "AWS::SageMaker::ModelPackageGroup"
#: ARN → version, pipeline or execution, as Describe answers it.
VERSIONS = AccountRegionScopedDict()
PIPELINES = AccountRegionScopedDict()
EXECUTIONS = AccountRegionScopedDict()


def _arn(kind: str, name: str) -> str:
    return f"arn:aws:sagemaker:{region()}:{account()}:{kind}/{name}"


def _group_exists(name: str) -> None:
    if not any(record.properties["ModelPackageGroupName"] == name for record in records_of(GROUP)):
        raise Refused("ValidationException", f"ModelPackageGroup {_arn('model-package-group', name)} does not exist.")


def _create(request: Request) -> Request:
    group = request["ModelPackageGroupName"].rsplit("/", 1)[-1]
    _group_exists(group)
    number = 1 + max((one["ModelPackageVersion"] for one in VERSIONS.values() if one["ModelPackageGroupName"] == group), default=0)
    arn = _arn("model-package", f"{group}/{number}")
    VERSIONS[arn] = {
        "ModelApprovalStatus": "PendingManualApproval", **{name: value for name, value in request.items() if name not in ("Tags", "ClientToken")},
        "ModelPackageGroupName": group, "ModelPackageVersion": number, "ModelPackageArn": arn, "ModelPackageStatus": "Completed",
        "ModelPackageStatusDetails": {"ValidationStatuses": []}, "CreationTime": _now(), "InferenceSpecification": _digested(request["InferenceSpecification"]),
    }
    return {"ModelPackageArn": arn}


def _digested(specification: Any) -> Any:
    """SageMaker resolves the image's tag when a version is registered."""
    containers = [{"ImageDigest": f"sha256:{'ab' * 32}", **container} for container in specification["Containers"]]
    return {**specification, "Containers": containers}


def _found(request: Request, key: str = "ModelPackageName") -> Any:
    version = VERSIONS.get(request[key])
    if version is None:
        raise Refused("ValidationException", f"ModelPackage {request[key]} does not exist.")
    return version


def _update(request: Request) -> Request:
    version = _found(request, "ModelPackageArn")
    version.update({name: value for name, value in request.items() if name in ("ModelApprovalStatus", "ApprovalDescription")})
    return {"ModelPackageArn": version["ModelPackageArn"]}


def _list(request: Request) -> Request:
    group, status = request.get("ModelPackageGroupName", "").rsplit("/", 1)[-1], request.get("ModelApprovalStatus")
    found = [version for version in VERSIONS.values() if version["ModelPackageGroupName"] == group and status in (None, version["ModelApprovalStatus"])]
    found.sort(key=lambda version: version["ModelPackageVersion"], reverse=request.get("SortOrder") != "Ascending")
    members = ("ModelPackageGroupName", "ModelPackageVersion", "ModelPackageArn", "CreationTime", "ModelPackageStatus", "ModelApprovalStatus")
    return JsonApi.page(request, "ModelPackageSummaryList", [{name: version[name] for name in members} for version in found])


def _delete(request: Request) -> Request:
    del VERSIONS[_found(request)["ModelPackageArn"]]
    return {}


def _pipeline(request: Request) -> Any:
    pipeline = PIPELINES.get(_arn("pipeline", request["PipelineName"].rsplit("/", 1)[-1].lower()))
    if pipeline is None:
        raise Refused("ResourceNotFound", f"Pipeline '{request['PipelineName']}' does not exist.")
    return pipeline


def _create_pipeline(request: Request) -> Request:
    arn = _arn("pipeline", request["PipelineName"].lower())
    if arn in PIPELINES:
        raise Refused("ValidationException", f"Pipeline names must be unique within an AWS account and region. Pipeline with name ({request['PipelineName']}) already exists.")
    json.loads(request["PipelineDefinition"])
    PIPELINES[arn] = {**request, "PipelineArn": arn, "PipelineStatus": "Active", "CreationTime": _now()}
    return {"PipelineArn": arn}


def _update_pipeline(request: Request) -> Request:
    pipeline = _pipeline(request)
    json.loads(request.get("PipelineDefinition", "{}"))
    pipeline.update(request)
    return {"PipelineArn": pipeline["PipelineArn"]}


def _described_pipeline(request: Request) -> Request:
    return {name: value for name, value in _pipeline(request).items() if name not in ("Tags", "ClientRequestToken", "PipelineDefinitionS3Location")}


def _delete_pipeline(request: Request) -> Request:
    arn = _pipeline(request)["PipelineArn"]
    del PIPELINES[arn]
    for execution in [name for name, value in EXECUTIONS.items() if value["PipelineArn"] == arn]:
        del EXECUTIONS[execution]
    return {"PipelineArn": arn}


def _start(request: Request) -> Request:
    """A token that was given before is the same execution."""
    pipeline, token = _pipeline(request), request.get("ClientRequestToken", hexadecimal(32))
    given, declared = request.get("PipelineParameters", []), json.loads(pipeline["PipelineDefinition"]).get("Parameters", [])
    unknown = [one["Name"] for one in given if one["Name"] not in (known["Name"] for known in declared)]
    if unknown:
        raise Refused("ValidationException", f"Unknown parameters [{', '.join(unknown)}]")
    again = next((arn for arn, one in EXECUTIONS.items() if (one["PipelineArn"], one["ClientRequestToken"]) == (pipeline["PipelineArn"], token)), None)
    if again is not None:
        return {"PipelineExecutionArn": again}
    arn = f"{pipeline['PipelineArn']}/execution/{hexadecimal(12)}"
    EXECUTIONS[arn] = {
        "PipelineArn": pipeline["PipelineArn"], "PipelineExecutionArn": arn, "PipelineExecutionStatus": "Executing", "CreationTime": _now(), "PipelineParameters": given,
        "PipelineDefinition": pipeline["PipelineDefinition"], "ClientRequestToken": token}
    return {"PipelineExecutionArn": arn}


def ended(said: dict[str, str]) -> dict[str, str]:
    """`{"execution", "status", "reason"?}`: how who plays SageMaker has ended it."""
    EXECUTIONS[said["execution"]].update(PipelineExecutionStatus=said["status"], FailureReason=said.get("reason", ""))
    return {}


def _execution(request: Request) -> Any:
    execution = EXECUTIONS.get(request["PipelineExecutionArn"])
    if execution is None:
        raise Refused("ResourceNotFound", f"Pipeline execution '{request['PipelineExecutionArn']}' does not exist.")
    return execution


def _described_execution(request: Request) -> Request:
    members = ("PipelineArn", "PipelineExecutionArn", "PipelineExecutionStatus", "FailureReason", "CreationTime")
    return {name: value for name, value in _execution(request).items() if name in members}


def _definition_of_execution(request: Request) -> Request:
    """As it was when the execution was started."""
    execution = _execution(request)
    return {"PipelineDefinition": execution["PipelineDefinition"], "CreationTime": execution["CreationTime"]}


def _parameters_of_execution(request: Request) -> Request:
    return JsonApi.page(request, "PipelineParameters", _execution(request)["PipelineParameters"])


def _executions(request: Request) -> Request:
    arn = _pipeline(request)["PipelineArn"]
    members = ("PipelineExecutionArn", "PipelineExecutionStatus")
    return JsonApi.page(request, "PipelineExecutionSummaries", [
        {**{name: value[name] for name in members}, "StartTime": value["CreationTime"]} for value in EXECUTIONS.values() if value["PipelineArn"] == arn])


def _now() -> float:
    return datetime.now(timezone.utc).timestamp()


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "CreateModelPackage": _create,
    "CreatePipeline": _create_pipeline,
    "DeleteModelPackage": _delete,
    "DeletePipeline": _delete_pipeline,
    "DescribeModelPackage": _found,
    "DescribePipeline": _described_pipeline,
    "DescribePipelineDefinitionForExecution": _definition_of_execution,
    "DescribePipelineExecution": _described_execution,
    "ListModelPackages": _list,
    "ListPipelineExecutions": _executions,
    "ListPipelineParametersForExecution": _parameters_of_execution,
    "StartPipelineExecution": _start,
    "UpdateModelPackage": _update,
    "UpdatePipeline": _update_pipeline,
}
