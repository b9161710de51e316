"""The StackSets part of the CloudFormation API."""
import base64
from collections.abc import Callable
from typing import Any

from .. import query_api
from ..emulator import region, visit
from ..json_api import Refused
from ..roles import caller_of_request
from . import roles, service
from .model import STACK_SETS, Instance, Operation, Result, StackSet, key_of

Document = dict[str, Any]
#: AWS may answer fewer than were asked for; who reads only the first page misses some.
_PAGE = 2


def install() -> None:
    for action, operation in _ACTIONS.items():
        query_api.serve(action, operation)


def _page(request: Document, records: list[Document]) -> Document:
    start = int(base64.b64decode(request["NextToken"])) if request.get("NextToken") else 0
    end = start + min(_PAGE, request.get("MaxResults", _PAGE))
    more = {"NextToken": base64.b64encode(str(end).encode()).decode()} if end < len(records) else {}
    return {"Summaries": records[start:end], **more}


def _set(one: StackSet) -> Document:
    return {
        "StackSetName": one.name, "StackSetId": one.id, "StackSetARN": one.arn, "Description": one.description, "Status": one.status,
        "TemplateBody": one.template, "Parameters": one.parameters, "Capabilities": one.capabilities, "Tags": one.tags,
        "AdministrationRoleARN": one.administration_role, "ExecutionRoleName": one.execution_role, "PermissionModel": one.permission_model,
        "AutoDeployment": one.automatic, "OrganizationalUnitIds": one.units, "ManagedExecution": {"Active": one.managed}, "Regions": one.regions,
    }


def _instance(one: StackSet, instance: Instance) -> Document:
    return {
        "StackSetId": one.id, "Region": instance.region, "Account": instance.account, "StackId": instance.stack_id,
        "ParameterOverrides": instance.overrides, "Status": instance.status, "StackInstanceStatus": {"DetailedStatus": instance.detailed},
        "StatusReason": instance.reason, "OrganizationalUnitId": instance.unit, "DriftStatus": "NOT_CHECKED", "LastOperationId": instance.last_operation,
    }


def _operation(one: StackSet, operation: Operation) -> Document:
    failed = sum(result.status == "FAILED" for result in operation.results)
    return {
        "OperationId": operation.id, "StackSetId": one.id, "Action": operation.action, "Status": operation.status, "StatusReason": operation.reason,
        "OperationPreferences": operation.preferences, "RetainStacks": operation.retain if operation.action == "DELETE" else None,
        "AdministrationRoleARN": one.administration_role, "ExecutionRoleName": one.execution_role, "DeploymentTargets": operation.targets,
        "CreationTimestamp": operation.created, "EndTimestamp": operation.ended, "StatusDetails": {"FailedStackInstancesCount": failed},
    }


def _result(result: Result) -> Document:
    return {"Account": result.account, "Region": result.region, "Status": result.status, "StatusReason": result.reason,
            "OrganizationalUnitId": result.unit, "AccountGateResult": {"Status": "SKIPPED"}}


def _found_operation(request: Document) -> tuple[StackSet, Operation]:
    one = service.found(request)
    operation = one.operation(request["OperationId"])
    if operation is None:
        raise Refused("OperationNotFoundException", f"Operation {request['OperationId']} not found")
    return one, operation


def _started(act: Callable[[StackSet, Document], Operation]) -> Callable[[Document], Document]:
    return lambda request: {"OperationId": act(service.found(request), request).id}


def _list_sets(request: Document) -> Document:
    if request.get("CallAs") == "DELEGATED_ADMIN":
        visit(roles.administrator("DELEGATED_ADMIN"), region())
    return _page(request, [_set(one) for one in STACK_SETS.values() if request.get("Status", one.status) == one.status])


def _delete_set(request: Document) -> Document:
    service.delete(service.found(request))
    return {}


def _list_instances(request: Document) -> Document:
    one = service.found(request)
    wanted = {kind["Name"]: kind["Values"] for kind in request.get("Filters", [])}

    def passes(instance: Instance) -> bool:
        return (request.get("StackInstanceAccount", instance.account) == instance.account and request.get("StackInstanceRegion", instance.region) == instance.region
                and wanted.get("DETAILED_STATUS", instance.detailed) == instance.detailed
                and wanted.get("LAST_OPERATION_ID", instance.last_operation) == instance.last_operation)

    return _page(request, [_instance(one, instance) for instance in one.instances.values() if passes(instance)])


def _describe_instance(request: Document) -> Document:
    one = service.found(request)
    instance = one.instances.get(key_of(request["StackInstanceAccount"], request["StackInstanceRegion"]))
    if instance is None:
        raise Refused("StackInstanceNotFoundException", f"Stack instance for {request['StackInstanceAccount']} in {request['StackInstanceRegion']} not found")
    return {"StackInstance": _instance(one, instance)}


def _list_operations(request: Document) -> Document:
    one = service.found(request)
    return _page(request, [_operation(one, operation) for operation in one.operations])


def _list_results(request: Document) -> Document:
    _, operation = _found_operation(request)
    wanted = {kind["Name"]: kind["Values"] for kind in request.get("Filters", [])}.get("OPERATION_RESULT_STATUS")
    return _page(request, [_result(result) for result in operation.results if wanted in (None, result.status)])


def _stop(request: Document) -> Document:
    service.stop(*_found_operation(request))
    return {}


_ACTIONS: dict[str, Callable[[Document], Document]] = {
    "CreateStackSet": lambda request: {"StackSetId": service.create(request, caller_of_request()).id},
    "UpdateStackSet": lambda request: {"OperationId": service.update(service.found(request), request, caller_of_request()).id},
    "DeleteStackSet": _delete_set,
    "DescribeStackSet": lambda request: {"StackSet": _set(service.found(request))},
    "ListStackSets": _list_sets,
    "CreateStackInstances": _started(service.create_instances),
    "UpdateStackInstances": _started(service.update_instances),
    "DeleteStackInstances": _started(service.delete_instances),
    "ListStackInstances": _list_instances,
    "DescribeStackInstance": _describe_instance,
    "DescribeStackSetOperation": lambda request: {"StackSetOperation": _operation(*_found_operation(request))},
    "ListStackSetOperations": _list_operations,
    "ListStackSetOperationResults": _list_results,
    "StopStackSetOperation": _stop,
}
