"""AWS::CloudFormation::StackSet: calls the API for the stack that it is in, and waits for each operation."""
import time
from collections.abc import Callable
from typing import Any

from .. import deployer
from ..emulator import account, region, stacks, visit, wrap
from ..json_api import Refused
from ..records import BEHAVIOURS, Behaviour, Record
from . import service
from .model import Operation, StackSet

Document = dict[str, Any]
_TYPE = "AWS::CloudFormation::StackSet"
#: Properties that are the stack set's own; the groups of instances are brought to what the template says.
_OWN = ("StackSetName", "PermissionModel", "AdministrationRoleARN", "ExecutionRoleName", "AutoDeployment", "CallAs", "Capabilities", "Description",
        "ManagedExecution", "Parameters", "Tags", "TemplateBody", "TemplateURL")


def install() -> None:
    BEHAVIOURS[_TYPE] = StackSetBehaviour()
    # It waits for its stacks, which are deployed on the event loop.
    wrap(stacks, "_runs_on_worker_thread", lambda original, resource_type: resource_type == _TYPE or original(resource_type))
    # A failed update has changed some accounts already.
    wrap(stacks, "_sends_back_failed_update", lambda original, resource_type: resource_type == _TYPE or original(resource_type))


class StackSetBehaviour(Behaviour):
    """Groups of instances: account lists or units, their regions and parameter overrides."""

    def created(self, record: Record) -> None:
        one = _asked(lambda: service.create(_own(record.properties), deployer.caller_of_stack(record.stack)))
        record.attributes["StackSetId"] = record.identifier["StackSetId"] = one.id
        try:
            for group in record.properties.get("StackInstancesGroup", []):
                self._create(record, one, group)
        except Exception:
            self.deleting(record)  # as the roll-back of the stack does on AWS
            raise

    def updated(self, record: Record, before: Document) -> None:
        one = _asked(lambda: service.found(_named(record)))
        old, new = _apart(before), _apart(record.properties)
        for group in [group for group in old if group not in new]:
            self._delete(record, one, group)
        if _own(before) != _own(record.properties):
            request = {**_preferences(record), **{name: value for name, value in _own(record.properties).items() if name != "PermissionModel"}}
            _await(_asked(lambda: service.update(one, request, deployer.caller_of_stack(record.stack))))
        for group in [group for group in new if group not in old]:
            self._create(record, one, group)

    def deleting(self, record: Record) -> None:
        here = account(), region()
        try:
            one = _asked(lambda: service.found(_named(record)))
            meant = [instance for instance in one.instances.values()]
            if meant:
                request: Document = {"RetainStacks": False, **_preferences(record)}
                _await(_asked(lambda: service.delete_instances(one, request)))
            _asked(lambda: service.delete(one))
        finally:
            visit(*here)

    def _create(self, record: Record, one: StackSet, group: Document) -> None:
        _await(_asked(lambda: service.create_instances(one, {**_group(group), **_preferences(record)})))

    def _delete(self, record: Record, one: StackSet, group: Document) -> None:
        _await(_asked(lambda: service.delete_instances(one, {"RetainStacks": False, **_group(group), **_preferences(record)})))


def _own(properties: Document) -> Document:
    own = {name: properties[name] for name in _OWN if name in properties}
    own["Tags"] = [tag for tag in own.get("Tags", []) if not tag["Key"].startswith("aws:")]
    return own


def _named(record: Record) -> Document:
    return {"StackSetName": record.identifier["StackSetId"], **({"CallAs": record.properties["CallAs"]} if "CallAs" in record.properties else {})}


def _preferences(record: Record) -> Document:
    return {"OperationPreferences": record.properties.get("OperationPreferences", {})}


def _group(group: Document) -> Document:
    overrides = {"ParameterOverrides": group["ParameterOverrides"]} if "ParameterOverrides" in group else {}
    return {"DeploymentTargets": group["DeploymentTargets"], "Regions": group["Regions"], **overrides}


def _apart(properties: Document) -> list[Document]:
    """A group for each account or unit in each region: AWS compares these, so that what stays in a list is left alone."""
    return [
        {**group, "DeploymentTargets": {**group["DeploymentTargets"], kind: [one]}, "Regions": [place]}
        for group in properties.get("StackInstancesGroup", [])
        for kind in [_kind(group)]
        for one in group["DeploymentTargets"][kind]
        for place in group["Regions"]
    ]


def _kind(group: Document) -> str:
    return "OrganizationalUnitIds" if "OrganizationalUnitIds" in group["DeploymentTargets"] else "Accounts"


def _asked(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Refused as refused:
        raise ValueError(f"Resource handler returned message: \"{refused} (Service: CloudFormation, Status Code: 400)\" (HandlerErrorCode: InvalidRequest)") from refused


def _await(operation: Operation) -> None:
    while not operation.is_over:
        time.sleep(0.02)
    if operation.status != "SUCCEEDED":
        raise ValueError(f"Resource handler returned message: \"Stack set operation [{operation.id}] was unexpectedly stopped or failed. "
                         f"status reason(s): [{operation.reason}]\" (HandlerErrorCode: InternalFailure)")
