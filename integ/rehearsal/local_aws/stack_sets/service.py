"""What can be done with a stack set, by the API and by the resource type alike."""
import re
from typing import Any

from ..emulator import new_uuid, region, visit
from ..json_api import Refused
from ..roles import Caller
from . import roles, template
from .execution import begin
from .model import Instance, Operation, Result, StackSet, find, new_stack_set
from .targets import Targets, instances_of, targets_of

Document = dict[str, Any]
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")


def create(request: Document, caller: Caller) -> StackSet:
    """A stack set without instances."""
    name, model = request["StackSetName"], request.get("PermissionModel", "SELF_MANAGED")
    if not _NAME.fullmatch(name):
        raise Refused("ValidationError", f"1 validation error detected: Value '{name}' at 'stackSetName' failed to satisfy constraint: [a-zA-Z][-a-zA-Z0-9]*")
    body = template.read(request)
    if body is None:
        raise Refused("ValidationError", "TemplateBody or TemplateURL is required")
    service_managed = model == "SERVICE_MANAGED"
    _check_model(request, service_managed)
    template.check(body, request.get("Parameters", []), request.get("Capabilities", []), service_managed)
    if "AdministrationRoleARN" in request:
        roles.check_pass(caller, request["AdministrationRoleARN"])
    _go_to_administrator(request, service_managed)
    if find(name):
        raise Refused("NameAlreadyExistsException", f"StackSet {name} already exists")
    return new_stack_set(
        name, template=body, permission_model=model, administration_role=request.get("AdministrationRoleARN"), execution_role=request.get("ExecutionRoleName"),
        description=request.get("Description"), parameters=request.get("Parameters", []), capabilities=request.get("Capabilities", []),
        tags=request.get("Tags", []), automatic=request.get("AutoDeployment"), managed=bool(request.get("ManagedExecution", {}).get("Active")))


def _check_model(request: Document, service_managed: bool) -> None:
    if service_managed and ("AdministrationRoleARN" in request or "ExecutionRoleName" in request):
        raise Refused("ValidationError", "Roles cannot be specified for stack sets with service-managed permissions")
    if service_managed and "AutoDeployment" not in request:
        raise Refused("ValidationError", "AutoDeployment must be specified for stack sets with service-managed permissions")
    if not service_managed and "AutoDeployment" in request:
        raise Refused("ValidationError", "AutoDeployment cannot be specified for stack sets with self-managed permissions")


def _go_to_administrator(request: Document, service_managed: bool) -> None:
    """Service-managed stack sets are in the management account, whoever calls."""
    if service_managed or request.get("CallAs") == "DELEGATED_ADMIN":
        visit(roles.administrator(request.get("CallAs", "SELF")), region())


def found(request: Document) -> StackSet:
    """The stack set that a request names, from where its caller may see it."""
    if request.get("CallAs") == "DELEGATED_ADMIN":
        visit(roles.administrator("DELEGATED_ADMIN"), region())
    one = find(request["StackSetName"])
    if one is None:
        raise Refused("StackSetNotFoundException", f"StackSet {request['StackSetName']} not found")
    return one


def update(one: StackSet, request: Document, caller: Caller) -> Operation:
    """Gives the set another template, parameters or roles, and brings its instances to them: all, unless some are named."""
    body = one.template if request.get("UsePreviousTemplate") else template.read(request)
    if body is None:
        raise Refused("ValidationError", "TemplateBody, TemplateURL or UsePreviousTemplate is required")
    _check_free(one)
    known = {parameter["ParameterKey"]: parameter for parameter in one.parameters}
    parameters = [known.get(parameter["ParameterKey"], parameter) if parameter.get("UsePreviousValue") else parameter for parameter in request.get("Parameters", [])]
    template.check(body, parameters, request.get("Capabilities", []), one.is_service_managed)
    if "AdministrationRoleARN" in request:
        roles.check_pass(caller, request["AdministrationRoleARN"])
    one.template, one.parameters, one.capabilities = body, parameters, request.get("Capabilities", [])
    one.tags = request.get("Tags", one.tags)
    one.description = request.get("Description", one.description)
    one.administration_role = request.get("AdministrationRoleARN", one.administration_role)
    one.execution_role = request.get("ExecutionRoleName", one.execution_role)
    one.automatic = request.get("AutoDeployment", one.automatic)
    for instance in one.instances.values():
        instance.status = "OUTDATED"
    return _start(one, "UPDATE", request, _of(instances_of(one, request)))


def create_instances(one: StackSet, request: Document) -> Operation:
    """Stacks in every account and region of the request."""
    meant = targets_of(one, request)
    if not meant:
        raise Refused("ValidationError", "The deployment targets contain no account")
    _check_free(one)
    one.units = list(dict.fromkeys([*one.units, *(request.get("DeploymentTargets") or {}).get("OrganizationalUnitIds", [])]))
    one.regions = list(dict.fromkeys([*one.regions, *request["Regions"]]))
    return _start(one, "CREATE", request, _everywhere(meant, request["Regions"]), request.get("ParameterOverrides"))


def update_instances(one: StackSet, request: Document) -> Operation:
    """Other parameter values, or none of their own, for some instances."""
    meant = instances_of(one, request)
    if not meant:
        raise Refused("StackInstanceNotFoundException", "Some of the stack instances are not found")
    _check_free(one)
    return _start(one, "UPDATE", request, _of(meant), request.get("ParameterOverrides"))


def delete_instances(one: StackSet, request: Document) -> Operation:
    """Stacks of some accounts and regions go, or with RetainStacks leave the set only."""
    _check_free(one)
    gone = _of(instances_of(one, request))
    units = (request.get("DeploymentTargets") or {}).get("OrganizationalUnitIds", [])
    if request.get("DeploymentTargets", {}).get("AccountFilterType", "NONE") == "NONE":
        one.units = [unit for unit in one.units if unit not in units]
    return _start(one, "DELETE", request, gone)


def delete(one: StackSet) -> None:
    """Refused while there are instances."""
    if one.running:
        raise Refused("OperationInProgressException", f"Another Operation on StackSet {one.arn} is in progress: {one.running[0].id}")
    if one.instances:
        raise Refused("StackSetNotEmptyException", "StackSet is not empty")
    one.status = "DELETED"


def stop(one: StackSet, operation: Operation) -> None:
    if operation.is_over:
        raise Refused("InvalidOperationException", f"Operation {operation.id} is {operation.status} and cannot be stopped")
    operation.status = "STOPPING"


def _check_free(one: StackSet) -> None:
    if one.status == "DELETED":
        raise Refused("StackSetNotFoundException", f"StackSet {one.name} not found")
    if one.running and not one.managed:
        raise Refused("OperationInProgressException", f"Another Operation on StackSet {one.arn} is in progress: {one.running[0].id}")


def _everywhere(targets: Targets, regions: list[str]) -> list[Result]:
    return [Result(number, place, unit) for place in regions for number, unit in targets.items()]


def _of(meant: list[Instance]) -> list[Result]:
    return [Result(instance.account, instance.region, instance.unit) for instance in meant]


def _start(one: StackSet, action: str, request: Document, results: list[Result], overrides: list[Document] | None = None) -> Operation:
    identifier = request.get("OperationId") or new_uuid()
    if one.operation(identifier):
        raise Refused("OperationIdAlreadyExistsException", f"Operation {identifier} exists already")
    operation = Operation(identifier, action, request.get("OperationPreferences", {}), results, request.get("DeploymentTargets"),
                          bool(request.get("RetainStacks")), overrides)
    begin(one, operation)
    return operation
