"""Which resource and context IAM sees in calls that ministack does not know, or knows too coarsely."""
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

from . import code_pipeline, codecommit, organizations_api
from .emulator import account, ec2, efs, iam_actions, iam_evaluator, region, tagging, wrap
from .principals import role_of
from .records import RECORDS
from .sagemaker import projects
from .sagemaker.studio import APP, arn_of_app
from .service_catalog import authorization as service_catalog
from .stack_sets import model as stack_sets

Properties = dict[str, Any]
Tags = list[dict[str, str]]

#: Prefix of an id → the resource type in its ARN.
_KINDS = {"eni": "network-interface", "rtb": "route-table", "sg": "security-group", "subnet": "subnet", "vpc": "vpc", "vpce": "vpc-endpoint"}


def install() -> None:
    wrap(iam_actions, "extract_resource_arn", _resource)
    wrap(iam_actions, "request_tag_context", _context)
    wrap(iam_actions, "_s3_object_context", _s3_context)
    tagging._RESOURCE_TAG_COLLECTORS.update(sagemaker=_tags_of_sagemaker, elasticfilesystem=tagging._collect_efs, ec2=_tags_of_ec2)


def _resource(original: Callable[..., str], service: str, method: str, path: str, headers: Any, body: bytes, query: Properties, *rest: Any) -> str:
    if service == "sagemaker":
        return _studio_resource(headers.get("x-amz-target", "").rsplit(".", 1)[-1], json.loads(body or b"{}"))
    if service == "servicecatalog":
        return service_catalog.resource(json.loads(body or b"{}"))
    if service == "kms" and (alias := json.loads(body or b"{}").get("AliasName")):
        return f"arn:aws:kms:{region()}:{account()}:{alias}"
    if service == "elasticfilesystem":
        named = _file_system(path, query)
        if named:
            return f"arn:aws:elasticfilesystem:{region()}:{account()}:file-system/{named}"
    if service == "organizations":
        return organizations_api.resource(json.loads(body or b"{}"))
    if service == "codecommit":
        return codecommit.resource(json.loads(body or b"{}"))
    if service == "codepipeline":
        return code_pipeline.resource(json.loads(body or b"{}"))
    if service == "ssm" and (names := json.loads(body or b"{}").get("Names")):  # ministack sees no resource; all are expected in one place
        return f"arn:aws:ssm:{region()}:{account()}:parameter/{names[0].lstrip('/')}"
    if service == "cloudformation" and (name := _parameter(body, query, "StackSetName")):
        one = stack_sets.find(name)
        return one.arn if one else f"arn:aws:cloudformation:{region()}:{account()}:stackset/{name}:*"
    return original(service, method, path, headers, body, query, *rest)


def _studio_resource(action: str, request: Properties) -> str:
    """The resource types of the service authorization reference; list calls have none."""
    prefix = f"arn:aws:sagemaker:{region()}:{account()}:"
    if "ResourceArn" in request:
        return str(request["ResourceArn"])
    if "PipelineExecutionArn" in request:
        return str(request["PipelineExecutionArn"])
    if action.startswith("List") and "ModelPackageGroupName" not in request:
        return "*"
    if action == "DeleteModelPackageGroup":
        return f"{prefix}model-package-group/{request['ModelPackageGroupName']}"
    if "ModelPackageArn" in request:
        return str(request["ModelPackageArn"])
    for kind, name in (("model-package", "ModelPackageName"), ("model-package", "ModelPackageGroupName"), ("pipeline", "PipelineName"),
                       ("endpoint-config", "EndpointConfigName"), ("endpoint", "EndpointName"), ("model", "ModelName"),
                       ("feature-group", "FeatureGroupName"), ("mlflow-tracking-server", "TrackingServerName")):
        if name in request:
            named = str(request[name])
            group = "/1" if name == "ModelPackageGroupName" else ""
            return named if named.startswith("arn:") else f"{prefix}{kind}/{named.lower()}{group}"
    if action.endswith("App"):
        return arn_of_app({"AppType": "*", "AppName": "*", "DomainId": "*", **request})
    if action.endswith("Space"):
        return f"{prefix}space/{request.get('DomainId')}/{request.get('SpaceName')}"
    if action.endswith("Project"):
        return f"{prefix}project/{request['ProjectName'].lower()}"
    if action.endswith("SagemakerServicecatalogPortfolio") or action.endswith("SagemakerServicecatalogPortfolioStatus"):
        return "*"
    if action.endswith("UserProfile") or action == "CreatePresignedDomainUrl":
        return f"{prefix}user-profile/{request.get('DomainId')}/{request.get('UserProfileName')}"
    return f"{prefix}domain/{request.get('DomainId', '*')}"


def _file_system(path: str, query: Properties) -> str | None:
    """A call about a mount target is authorized on its file system."""
    steps = path.strip("/").split("/")
    target = steps[steps.index("mount-targets") + 1] if "mount-targets" in steps[:-1] else _first(query.get("MountTargetId"))
    if target in efs._mount_targets:
        return str(efs._mount_targets[target]["FileSystemId"])
    return _first(query.get("FileSystemId"))


def _first(value: Any) -> str | None:
    first: str | None = value[0] if isinstance(value, list) and value else value
    return first


def _parameter(body: bytes, query: Properties, name: str) -> str | None:
    """Of a query API, wherever the client has put it."""
    return _first(query.get(name)) or _first(parse_qs(body.decode(errors="replace")).get(name))


def _s3_context(original: Any, action: str, query: Properties, path: str, headers: Properties) -> Properties:
    """The key that a write names."""
    context, key = original(action, query, path, headers), headers.get("x-amz-server-side-encryption-aws-kms-key-id")
    return {**context, "s3:x-amz-server-side-encryption-aws-kms-key-id": key} if action == "s3:PutObject" and key else context


def _context(original: Callable[..., Properties], service: str, action: str, body: bytes, parameters: Properties) -> Properties:
    """`ec2:Vpc`, which EC2 sends with calls about a security group or a subnet; what a trust policy may ask of who assumes a role."""
    context = original(service, action, body, parameters)
    if service == "sts":
        asked = {f"sts:{name}": _parameter(body, parameters, name) for name in ("ExternalId", "RoleSessionName", "SourceIdentity")}
        return {**context, **{name: value for name, value in asked.items() if value}}
    if service == "sagemaker" and body:
        request = json.loads(body)
        if "ModelApprovalStatus" in request:
            context = {**context, "sagemaker:ModelApprovalStatus": request["ModelApprovalStatus"]}
        elif action == "sagemaker:CreateModelPackage":
            context = {**context, "sagemaker:ModelApprovalStatus": "PendingManualApproval"}
        if request.get("Tags"):
            context = {**context, "sagemaker:TaggingAction": action.split(":")[-1]}
    if action == "cloudwatch:PutMetricData":
        return {**context, "cloudwatch:namespace": json.loads(body)["Namespace"]}
    if service == "servicecatalog":
        return {**context, **service_catalog.context(iam_evaluator.caller_arn(), json.loads(body or b"{}"))}
    group = _first(parameters.get("GroupId"))
    if service == "ec2" and group in ec2._security_groups:
        vpc = ec2._security_groups[group]["VpcId"]
        context = {**context, "ec2:Vpc": f"arn:aws:ec2:{region()}:{account()}:vpc/{vpc}"}
    return context


def _tags_of_sagemaker() -> Iterator[tuple[str, Tags]]:
    """For aws:ResourceTag."""
    for record in list(RECORDS.values()):
        if not record.type.startswith("AWS::SageMaker::"):
            continue
        arn = arn_of_app(record.properties) if record.type == APP else next((value for name, value in record.attributes.items() if name.endswith("Arn")), None)
        if arn:
            yield arn, record.properties.get("Tags", [])
    for project in list(projects.PROJECTS.values()):  # SageMaker marks what is made in Studio
        yield project.arn, [*project.tags, *({"Key": "sagemaker:domain-arn", "Value": domain} for domain in _domains_of(role_of(project.caller.arn)))]


def _domains_of(role: str) -> Iterator[str]:
    """The domains in which somebody works with a role."""
    for record in list(RECORDS.values()):
        if record.type == "AWS::SageMaker::Domain" and "DomainArn" in record.attributes:
            profiles = [other.properties.get("UserSettings", {}) for other in list(RECORDS.values())
                        if other.type == "AWS::SageMaker::UserProfile" and other.properties["DomainId"] == record.attributes["DomainId"]]
            if any(settings.get("ExecutionRole") == role for settings in (record.properties.get("DefaultUserSettings", {}), *profiles)):
                yield record.attributes["DomainArn"]


def _tags_of_ec2() -> Iterator[tuple[str, Tags]]:
    for resource, tags in ec2._tags.items():
        kind = _KINDS.get(resource.split("-")[0])
        if kind:
            yield f"arn:aws:ec2:{region()}:{account()}:{kind}/{resource}", tags
