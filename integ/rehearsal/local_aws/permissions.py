"""What making, changing and deleting a resource takes of the role that CloudFormation deploys with.

For types whose ARNs and condition keys are known, each action is weighed on its resource with what the service sends; for the
others, the actions that the registry schema names for it must be allowed at least somewhere.
"""
from collections.abc import Callable, Iterator
from typing import Any

from . import project_permissions, role_permissions
from .emulator import account, region
from .identifiers import made_up_name
from .principals import role_of
from .required_permissions import Named, Permission, Properties, arn_here, passing, request_tags, resource_tags, stack_arn
from .roles import Caller, decide, refusal
from .schemas import schema_of

#: Role → the actions that were weighed for it: what it needed so far.
WEIGHED: dict[str, set[str]] = {}


def refusals(caller: Caller, needs: list[Permission]) -> list[str]:
    """What the caller may not do."""
    WEIGHED.setdefault(role_of(caller.arn), set()).update(need.action for need in needs)
    weighed = ((need, decide(caller, need.action, need.resource, need.context)) for need in needs)
    return [refusal(caller, need.action, need.resource, decision) for need, decision in weighed if decision != "Allow"]


def of_stack(action: str, stack: str, registered: list[str]) -> list[Permission]:
    """What operating a stack takes, and reading the registry parameters that it names."""
    return [Permission(f"cloudformation:{action}", stack_arn(stack)), *of_parameters(registered)]


def of_parameters(registered: list[str]) -> list[Permission]:
    """What a stack's role needs of the registry parameters that its template names."""
    return [Permission("ssm:GetParameters", arn_here("ssm", f"parameter/{name.lstrip('/')}")) for name in registered]


def of_resource(operation: str, resource_type: str, stack: str, logical_id: str | None, properties: Properties, ref: str | None) -> list[Permission]:
    """`operation`: create, update or delete."""
    known = _KNOWN.get(resource_type) or project_permissions.KNOWN.get(resource_type) or role_permissions.KNOWN.get(resource_type)
    if known is None:
        return [Permission(action) for action in _of_schema(operation, resource_type)]
    return list(known(operation, properties, lambda name: _name(resource_type, properties.get(name), stack, logical_id, ref)))


_VERBS = {"create": ("Create", "Put", "Register", "Run", "Allocate"), "update": ("Update", "Put", "Modify"), "delete": ("Delete", "Deregister", "Release")}


def _of_schema(operation: str, resource_type: str) -> list[str]:
    """The verbs of the service itself: a schema also lists what only some properties take."""
    _, service, kind = resource_type.split("::") if resource_type.count("::") == 2 else ("", "", "")
    verbs = _VERBS[operation]
    listed = ((schema_of(resource_type) or {}).get("handlers", {}).get(operation, {})).get("permissions", [])
    named = [action for action in listed if action.split(":")[1].startswith(verbs)]
    own = [action for action in named if action.split(":")[0] == service.lower()] or named
    exact = [action for action in own if action.lower().endswith(kind.lower())]
    return exact or own[:1]


def _name(resource_type: str, given: Any, stack: str, logical_id: str | None, ref: str | None) -> str:
    if isinstance(given, str):
        return given
    if resource_type == "AWS::Logs::LogGroup" and ref:  # ministack gives it a name in a path, and CloudFormation one that begins with the stack's
        logical_id, ref = ref.rsplit("/", 1)[-1], None
    return ref.rsplit("/", 1)[-1] if ref else made_up_name(resource_type, stack, logical_id or "")


def _present(**keys: Any) -> dict[str, Any]:
    return {f"sagemaker:{name}": value for name, value in keys.items() if value not in (None, [], "")}


def _model(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
    arn, network = arn_here("sagemaker", f"model/{name('ModelName').lower()}"), properties.get("VpcConfig", {})
    if operation == "delete":
        yield Permission("sagemaker:DeleteModel", arn, resource_tags(properties))
        return
    sent = _present(VpcSubnets=network.get("Subnets"), VpcSecurityGroupIds=network.get("SecurityGroupIds"),
                    NetworkIsolation=str(properties.get("EnableNetworkIsolation", False)).lower())
    yield Permission("sagemaker:CreateModel", arn, {**request_tags(properties), **sent})
    yield from _adding_tags(arn, properties, "CreateModel")
    yield from passing(properties.get("ExecutionRoleArn"), "sagemaker")


def _adding_tags(arn: str, properties: Properties, action: str) -> Iterator[Permission]:
    if request_tags(properties):
        yield Permission("sagemaker:AddTags", arn, {**request_tags(properties), "sagemaker:TaggingAction": action})


def _endpoint_config(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
    arn = arn_here("sagemaker", f"endpoint-config/{name('EndpointConfigName').lower()}")
    if operation == "delete":
        yield Permission("sagemaker:DeleteEndpointConfig", arn, resource_tags(properties))
        return
    instances = [variant["InstanceType"] for variant in properties.get("ProductionVariants", []) if "InstanceType" in variant]
    sent = _present(InstanceTypes=instances, VolumeKmsKeyArn=properties.get("KmsKeyId"))
    yield Permission("sagemaker:CreateEndpointConfig", arn, {**request_tags(properties), **sent})
    yield from _adding_tags(arn, properties, "CreateEndpointConfig")
    yield from passing(properties.get("ExecutionRoleArn"), "sagemaker")
    if str(properties.get("KmsKeyId", "")).startswith("arn:"):
        yield Permission("kms:CreateGrant", properties["KmsKeyId"], {"kms:ViaService": f"sagemaker.{region()}.amazonaws.com", "kms:GrantIsForAWSResource": "true"})


def _endpoint(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
    arn, config = arn_here("sagemaker", f"endpoint/{name('EndpointName').lower()}"), str(properties.get("EndpointConfigName")).rsplit("/", 1)[-1]
    if operation == "delete":
        yield Permission("sagemaker:DeleteEndpoint", arn, resource_tags(properties))
        return
    action = "CreateEndpoint" if operation == "create" else "UpdateEndpoint"
    for resource in (arn, arn_here("sagemaker", f"endpoint-config/{config.lower()}")):
        yield Permission(f"sagemaker:{action}", resource, request_tags(properties) if operation == "create" else {})
    if operation == "create":
        yield from _adding_tags(arn, properties, action)
    yield Permission("sagemaker:DescribeEndpoint", arn)


def _scaling(create: str, delete: str) -> Callable[[str, Properties, Named], Iterator[Permission]]:
    def needs(operation: str, properties: Properties, _name_of: Named) -> Iterator[Permission]:
        namespace = properties.get("ServiceNamespace") or str(properties.get("ScalingTargetId", "")).rsplit("|", 1)[-1]
        sent = {"application-autoscaling:service-namespace": namespace}
        yield Permission(f"application-autoscaling:{delete if operation == 'delete' else create}", arn_here("application-autoscaling", "scalable-target/*"), sent)
        if operation == "create":
            yield Permission(f"application-autoscaling:Describe{'ScalableTargets' if 'Target' in create else 'ScalingPolicies'}", "*")
        if "Target" in create and operation != "delete":
            yield Permission("application-autoscaling:DescribeScheduledActions", "*")
        if operation == "create" and request_tags(properties):
            yield Permission("application-autoscaling:TagResource", arn_here("application-autoscaling", "scalable-target/*"), request_tags(properties))

    return needs


def _simple(service: str, shape: str, name_property: str, **actions: str) -> Callable[[str, Properties, Named], Iterator[Permission]]:
    """One action on one ARN; `shape` with the name in it."""

    def needs(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
        arn = shape.format(region=region(), account=account(), name=name(name_property).lstrip("/"))
        sent = request_tags(properties) if operation == "create" else resource_tags(properties) if isinstance(properties.get("Tags"), list) else {}
        yield Permission(f"{service}:{actions[operation]}", arn, sent)

    return needs


_HERE = "{region}:{account}"
_KNOWN: dict[str, Callable[[str, Properties, Named], Iterator[Permission]]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": _scaling("RegisterScalableTarget", "DeregisterScalableTarget"),
    "AWS::ApplicationAutoScaling::ScalingPolicy": _scaling("PutScalingPolicy", "DeleteScalingPolicy"),
    "AWS::CloudWatch::Alarm": _simple(
        "cloudwatch", f"arn:aws:cloudwatch:{_HERE}:alarm:{{name}}", "AlarmName", create="PutMetricAlarm", update="PutMetricAlarm", delete="DeleteAlarms"),
    "AWS::CloudWatch::Dashboard": _simple(
        "cloudwatch", "arn:aws:cloudwatch::{account}:dashboard/{name}", "DashboardName", create="PutDashboard", update="PutDashboard", delete="DeleteDashboards"),
    "AWS::ECR::Repository": _simple(  # of the updates in its schema, the first is for a lifecycle policy alone
        "ecr", f"arn:aws:ecr:{_HERE}:repository/{{name}}", "RepositoryName", create="CreateRepository", update="TagResource", delete="DeleteRepository"),
    "AWS::S3::Bucket": _simple("s3", "arn:aws:s3:::{name}", "BucketName", create="CreateBucket", update="PutBucketTagging", delete="DeleteBucket"),
    "AWS::SageMaker::Endpoint": _endpoint,
    "AWS::SageMaker::EndpointConfig": _endpoint_config,
    "AWS::SageMaker::Model": _model,
    "AWS::SNS::Topic": _simple("sns", f"arn:aws:sns:{_HERE}:{{name}}", "TopicName", create="CreateTopic", update="SetTopicAttributes", delete="DeleteTopic"),
    "AWS::SSM::Parameter": _simple("ssm", f"arn:aws:ssm:{_HERE}:parameter/{{name}}", "Name", create="PutParameter", update="PutParameter", delete="DeleteParameter"),
}
