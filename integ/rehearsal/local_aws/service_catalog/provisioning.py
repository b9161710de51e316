"""Launching, updating and terminating: stacks that Service Catalog makes as the launch role, which lets it in or not."""
from collections.abc import Callable, Coroutine
from typing import Any

from .. import permissions, stack_operations
from ..emulator import account, on_the_loop
from ..json_api import Refused
from ..required_permissions import Permission, stack_arn
from ..roles import Caller, may_assume, service, session
from ..stack_sets.template import parameters_from_registry
from . import catalog
from .model import ARTIFACTS, LAUNCHES, PROVISIONED, Artifact, Launch, ProvisionedProduct

Document = dict[str, Any]


def artifact_of(product_id: str, artifact_id: str) -> Artifact:
    found: Artifact | None = next((one for one in ARTIFACTS.get(product_id, []) if one.id == artifact_id), None)
    if found is None:
        raise Refused("ResourceNotFoundException", f"ProvisioningArtifact {artifact_id} not found for product {product_id}.")
    return found


def path_of(product_id: str, path_id: str | None, caller: Caller) -> catalog.Path:
    """The path that the caller has, or the one of several that it names."""
    paths = catalog.paths(product_id, caller)
    if not paths:
        raise Refused("ResourceNotFoundException", f"No launch paths found for resource: {product_id}")
    if path_id is None and len(paths) > 1:
        raise Refused("InvalidParametersException", "More than one launch path: one must be named")
    found = next((path for path in paths if path_id in (None, path.id)), None)
    if found is None:
        raise Refused("ResourceNotFoundException", f"Launch path {path_id} not found for resource: {product_id}")
    return found


def provision(caller: Caller, request: Document) -> Launch:
    """Launches a version of a product that the caller finds in one of its portfolios."""
    artifact = artifact_of(request["ProductId"], request["ProvisioningArtifactId"])
    path = path_of(request["ProductId"], request.get("PathId"), caller)
    if path.launch_role is None:
        raise Refused("InvalidParametersException", "The local AWS launches products with a launch role only")
    if any(one.name == request["ProvisionedProductName"] for one in PROVISIONED.values()):
        raise Refused("InvalidParametersException", f"A stack named {request['ProvisionedProductName']} already exists.")
    made = ProvisionedProduct(
        request["ProvisionedProductName"], request["ProductId"], artifact.id, path.id, path.launch_role, caller.arn,
        {parameter["Key"]: parameter["Value"] for parameter in request.get("ProvisioningParameters", [])}, request.get("Tags", []))
    PROVISIONED[made.id] = made
    return _begin("PROVISION_PRODUCT", made, artifact.id, lambda: _deploy(made, "CreateStack", artifact.body))


def update(caller: Caller, made: ProvisionedProduct, request: Document) -> Launch:
    """Brings it to another version; parameters that are not given stay as they are."""
    artifact = artifact_of(made.product_id, request.get("ProvisioningArtifactId", made.artifact_id))
    path_of(made.product_id, request.get("PathId"), caller)
    given = {parameter["Key"]: parameter["Value"] for parameter in request.get("ProvisioningParameters", []) if not parameter.get("UsePreviousValue")}

    async def deployed() -> None:
        parameters, made.parameters = made.parameters, {**made.parameters, **given}
        try:
            await _deploy(made, "UpdateStack", artifact.body)
        except Exception:
            made.parameters = parameters
            raise
        made.artifact_id = artifact.id

    return _begin("UPDATE_PROVISIONED_PRODUCT", made, artifact.id, deployed)


def terminate(made: ProvisionedProduct) -> Launch:
    """Deletes its stack, and with it the provisioned product."""

    async def deleted() -> None:
        _enter(made, [Permission("cloudformation:DeleteStack", stack_arn(made.stack)), *_looking(made)])
        await stack_operations.delete(made.stack, made.launch_role)
        PROVISIONED.pop(made.id)

    return _begin("TERMINATE_PROVISIONED_PRODUCT", made, made.artifact_id, deleted)


def _begin(kind: str, made: ProvisionedProduct, artifact_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> Launch:
    if made.last and made.last.status == "IN_PROGRESS":
        raise Refused("InvalidStateException", f"Provisioned product {made.id} is under change")
    launch = Launch(kind, made, artifact_id)
    LAUNCHES[launch.id], made.last, made.status = launch, launch, "UNDER_CHANGE"
    on_the_loop(lambda: _run(launch, work))
    return launch


async def _run(launch: Launch, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    made = launch.product
    try:
        await work()
    except Exception as fault:  # a fault of ours fails the launch, as one of AWS's would
        launch.error = str(fault) if isinstance(fault, stack_operations.Failed) else f"{type(fault).__name__}: {fault}"
        launch.status, made.message = "FAILED", launch.error
        made.status = "TAINTED" if launch.type == "UPDATE_PROVISIONED_PRODUCT" else "ERROR"
    else:
        launch.status, made.status, made.message = "SUCCEEDED", "AVAILABLE", None


async def _deploy(made: ProvisionedProduct, action: str, body: str) -> None:
    parameters = [{"ParameterKey": key, "ParameterValue": value} for key, value in made.parameters.items()]
    _enter(made, [
        # Service Catalog's own copy of the template, in a bucket that it does not name.
        Permission("s3:GetObject", f"arn:aws:s3:::service-catalog-templates/{made.artifact_id}", {"s3:ExistingObjectTag/servicecatalog:provisioning": "true"}),
        Permission("cloudformation:ValidateTemplate", "*"),
        Permission("cloudformation:GetTemplateSummary", "*"),
        *permissions.of_stack(action, made.stack, parameters_from_registry(body, parameters)),
        Permission("cloudformation:TagResource", stack_arn(made.stack)),
        *([Permission("cloudformation:UntagResource", stack_arn(made.stack))] if action == "UpdateStack" else []),
        *_looking(made),
    ])
    await stack_operations.deploy(made.stack, body, parameters, made.tags, made.launch_role)


def _looking(made: ProvisionedProduct) -> list[Permission]:
    return [Permission("cloudformation:DescribeStacks", stack_arn(made.stack)), Permission("cloudformation:DescribeStackEvents", stack_arn(made.stack))]


def _enter(made: ProvisionedProduct, needs: list[Permission]) -> None:
    """As the launch role, which must let Service Catalog in and allow what it does."""
    if not may_assume(service("servicecatalog.amazonaws.com", account(), made.arn), made.launch_role):
        raise stack_operations.Failed(f"AWS Service Catalog is not authorized to assume the role {made.launch_role}")
    if refused := permissions.refusals(session(made.launch_role), needs):
        raise stack_operations.Failed(refused[0])
