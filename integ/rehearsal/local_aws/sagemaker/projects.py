"""SageMaker projects: launched from a product of Service Catalog, or from a template in S3, always as whoever asks for them.

What AWS does not say is assumed as its documentation suggests: SageMaker names the template's address and the role to CloudFormation
when it makes or changes a stack from S3 (so that `cloudformation:TemplateUrl` and `cloudformation:RoleArn` can be asked for), and the
role when it deletes one.
"""
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from .. import objects, permissions, stack_operations
from ..emulator import AccountRegionScopedDict, account, hexadecimal, on_the_loop
from ..json_api import JsonApi, Refused, Request
from ..required_permissions import Permission, arn_here, request_tags, stack_arn
from ..roles import Caller, caller_of_request, may_assume, service, session
from ..service_catalog import provisioning
from ..service_catalog.authorization import ownership, product_arn
from ..service_catalog.model import PROVISIONED
from ..stack_sets.template import parameters_from_registry

#: What SageMaker does for somebody, it does in their name.
_FORWARDED = {"aws:ViaAWSService": "true", "aws:CalledVia": ["sagemaker.amazonaws.com"]}
_CLOUDFORMATION = "cloudformation.amazonaws.com"


@dataclass
class Project:
    """A project, with what it was launched from."""

    name: str
    request: Request
    caller: Caller
    id: str = field(default_factory=lambda: f"p-{hexadecimal(12)}")
    status: str = "CreateInProgress"
    message: str | None = None
    provisioned: str | None = None
    created: float = field(default_factory=time.time)

    @property
    def arn(self) -> str:
        return arn_here("sagemaker", f"project/{self.name.lower()}")

    @property
    def stack(self) -> str:
        return f"SP-{account()}-{self.id}"

    @property
    def tags(self) -> list[Request]:
        """Those that SageMaker gives what it launches, and those of whoever asks."""
        return [{"Key": "sagemaker:project-name", "Value": self.name}, {"Key": "sagemaker:project-id", "Value": self.id}, *self.request.get("Tags", [])]

    @property
    def template(self) -> Request | None:
        """The template in S3, where it is launched from one."""
        providers = self.request.get("TemplateProviders")
        return providers[0]["CfnTemplateProvider"] if providers else None

    def parameters(self, given: list[Request]) -> list[Request]:
        """SageMaker's two, and the given ones."""
        return [{"Key": "SageMakerProjectName", "Value": self.name}, {"Key": "SageMakerProjectId", "Value": self.id}, *given]


#: Name → Project.
PROJECTS = AccountRegionScopedDict()


def _create(request: Request) -> Request:
    name = request["ProjectName"]
    if name in PROJECTS and PROJECTS[name].status != "DeleteCompleted":
        raise Refused("ValidationException", f"Project {name} already exists")
    if ("ServiceCatalogProvisioningDetails" in request) == bool(request.get("TemplateProviders")):
        raise Refused("ValidationException", "Either ServiceCatalogProvisioningDetails or TemplateProviders must be given")
    project = Project(name, request, caller_of_request())
    if request.get("Tags"):
        _may(project.caller, Permission("sagemaker:AddTags", project.arn, {**request_tags(request), "sagemaker:TaggingAction": "CreateProject"}))
    if project.template is None:
        _provision(project)
    else:
        _launch(project, "CreateStack", project.template)
    PROJECTS[name] = project
    return {"ProjectArn": project.arn, "ProjectId": project.id}


def _provision(project: Project) -> None:
    """As the caller: whose portfolio it must be in, and who may then terminate it."""
    details = project.request["ServiceCatalogProvisioningDetails"]
    _may(project.caller, Permission("servicecatalog:ProvisionProduct", product_arn(details["ProductId"]), _FORWARDED))
    launch = provisioning.provision(project.caller, {
        **details, "ProvisionedProductName": f"{project.name}-{project.id}", "Tags": project.tags,
        "ProvisioningParameters": project.parameters(details.get("ProvisioningParameters", []))})
    project.provisioned = launch.product.id


def _launch(project: Project, action: str, template: Request) -> None:
    """CloudFormation is asked as the caller, with a role that the caller must be allowed to pass."""
    caller, role = project.caller, template["RoleARN"]
    sent = {**_FORWARDED, "cloudformation:TemplateUrl": template["TemplateURL"], "cloudformation:RoleArn": role}
    _may(caller, Permission(f"cloudformation:{action}", stack_arn(project.stack), {**sent, **request_tags({"Tags": project.tags})}),
         Permission("cloudformation:TagResource", stack_arn(project.stack), _FORWARDED), Permission("iam:PassRole", role, {"iam:PassedToService": _CLOUDFORMATION}))
    try:
        body = objects.read(caller, *objects.place_of(template["TemplateURL"]), _FORWARDED).decode()
    except objects.Unreadable as unreadable:
        raise Refused("ValidationException", str(unreadable)) from unreadable
    _check_entry(project, role)
    parameters = [{"ParameterKey": one["Key"], "ParameterValue": one["Value"]} for one in project.parameters(template.get("Parameters", []))]
    if refused := permissions.refusals(session(role), permissions.of_parameters(parameters_from_registry(body, parameters))):
        raise Refused("ValidationException", refused[0])

    async def deployed() -> None:
        await stack_operations.deploy(project.stack, body, parameters, project.tags, role)

    _begin(project, "Create" if action == "CreateStack" else "Update", deployed)


def _check_entry(project: Project, role: str) -> None:
    if not may_assume(service(_CLOUDFORMATION, account(), arn_here("cloudformation", f"stack/{project.stack}/1")), role):
        raise Refused("ValidationException", f"Role {role} is invalid or cannot be assumed")


def _may(caller: Caller, *needs: Permission) -> None:
    if refused := permissions.refusals(caller, list(needs)):
        raise Refused("AccessDeniedException", refused[0])


def _begin(project: Project, what: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    project.status, project.message = f"{what}InProgress", None
    on_the_loop(lambda: _run(project, what, work))


async def _run(project: Project, what: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    try:
        await work()
    except Exception as fault:  # a fault of ours fails the project, as one of AWS's would
        project.status, project.message = f"{what}Failed", f"{type(fault).__name__}: {fault}"
    else:
        project.status = f"{what}Completed"


def _found(request: Request) -> Project:
    project: Project | None = PROJECTS.get(request["ProjectName"])
    if project is None:
        raise Refused("ValidationException", f"Project {request['ProjectName']} does not exist")
    _follow(project)
    return project


def _follow(project: Project) -> None:
    """What Service Catalog has done meanwhile."""
    made = PROVISIONED.get(project.provisioned) if project.provisioned else None
    what = project.status.removesuffix("InProgress")
    if not project.status.endswith("InProgress") or project.provisioned is None:
        return
    if made is None:
        project.status = "DeleteCompleted"
    elif made.status != "UNDER_CHANGE":
        project.status, project.message = f"{what}Completed" if made.status == "AVAILABLE" else f"{what}Failed", made.message


def _described(request: Request) -> Request:
    project = _found(request)
    answer: Request = {"ProjectArn": project.arn, "ProjectName": project.name, "ProjectId": project.id, "ProjectStatus": project.status, "CreationTime": project.created,
                       "CreatedBy": {"IamIdentity": {"Arn": project.caller.arn}}}
    if project.provisioned:
        return {**answer, "ServiceCatalogProvisioningDetails": project.request["ServiceCatalogProvisioningDetails"],
                "ServiceCatalogProvisionedProductDetails": {"ProvisionedProductId": project.provisioned, "ProvisionedProductStatusMessage": project.message}}
    detail = {**(project.template or {}), "StackDetail": {"Name": project.stack, "Id": stack_arn(project.stack), "StatusMessage": project.message}}
    return {**answer, "TemplateProviderDetails": [{"CfnTemplateProviderDetail": detail}]}


def _update(request: Request) -> Request:
    project, caller = _found(request), caller_of_request()
    if "ServiceCatalogProvisioningUpdateDetails" in request and project.provisioned:
        made = PROVISIONED[project.provisioned]
        _may(caller, Permission("servicecatalog:UpdateProvisionedProduct", "*", {**_FORWARDED, **ownership(caller.arn, made)}))
        provisioning.update(caller, made, request["ServiceCatalogProvisioningUpdateDetails"])
        project.status = "UpdateInProgress"
    elif request.get("TemplateProvidersToUpdate") and project.template:
        template = {**project.template, **request["TemplateProvidersToUpdate"][0]["CfnTemplateProvider"]}
        project.caller = caller
        _launch(project, "UpdateStack", template)
        project.request = {**project.request, "TemplateProviders": [{"CfnTemplateProvider": template}]}
    return {"ProjectArn": project.arn}


def _delete(request: Request) -> Request:
    project, caller = _found(request), caller_of_request()
    if project.provisioned:
        made = PROVISIONED[project.provisioned]
        _may(caller, Permission("servicecatalog:TerminateProvisionedProduct", "*", {**_FORWARDED, **ownership(caller.arn, made)}))
        provisioning.terminate(made)
        project.status = "DeleteInProgress"
        return {}
    role = (project.template or {})["RoleARN"]
    _may(caller, Permission("cloudformation:DeleteStack", stack_arn(project.stack), {**_FORWARDED, "cloudformation:RoleArn": role}))
    _check_entry(project, role)
    _begin(project, "Delete", lambda: stack_operations.delete(project.stack, role))
    return {}


def _list(request: Request) -> Request:
    for project in PROJECTS.values():
        _follow(project)
    return JsonApi.page(request, "ProjectSummaryList", [
        {"ProjectName": one.name, "ProjectArn": one.arn, "ProjectId": one.id, "ProjectStatus": one.status, "CreationTime": one.created} for one in PROJECTS.values()])


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "CreateProject": _create,
    "DeleteProject": _delete,
    "DescribeProject": _described,
    "ListProjects": _list,
    "UpdateProject": _update,
}
