"""What the types that project templates hold take of the role that deploys them.

From the handlers in the registry schemas, and from two sources that say more: the handlers that AWS has published (a model package
group's read fails without its policy's, and an update always deletes the policy that a template does not have), and the launch role of
AWS's own project templates (AmazonSageMakerAdmin-ServiceCatalogProductsServiceRolePolicy), which makes the same types with less than
their schemas list. What a schema lists and is not needed here is in `SPARED`, with the reason; `tests/test_project_permissions.py` holds
both against the schemas.
"""
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .emulator import region
from .required_permissions import Named, Permission, Properties, arn_here, passing, request_tags, resource_tags

#: Actions that set tags: the request's are sent.
_TAGGING = {"AddTags", "TagResource"}
#: What CodeCommit asks of a repository's key.
_ENCRYPTING = ("Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "DescribeKey")


@dataclass(frozen=True)
class Type:
    """Actions by operation, on the resource's ARN unless said otherwise. Making and changing end with a look at the outcome."""

    service: str
    shape: str
    name: str
    create: list[str]
    read: list[str]
    update: list[str]
    delete: list[str]
    #: Action → what it is weighed on instead.
    elsewhere: dict[str, str] = field(default_factory=dict)
    #: The roles that the service is handed.
    passes: Callable[[Properties], Iterator[Any]] = lambda _: iter(())

    def actions(self, operation: str) -> list[str]:
        """Without those of other services."""
        return {"create": self.create + self.read, "read": self.read, "update": self.update + self.read, "delete": self.delete}[operation]

    def needs(self, operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
        """What an operation takes."""
        arn = arn_here(self.service, self.shape.format(name=name(self.name)))
        for action in self.actions(operation):
            sets_tags = action in _TAGGING or (operation == "create" and action == self.create[0])
            sent = request_tags(properties) if sets_tags else resource_tags(properties)
            if action == "AddTags" and operation == "create":
                sent = {**sent, "sagemaker:TaggingAction": self.create[0]}
            if action == "PutTargets":
                sent = {**sent, "events:TargetArn": [target["Arn"] for target in properties.get("Targets", [])]}
            yield Permission(f"{self.service}:{action}", arn_here(self.service, self.elsewhere[action]) if action in self.elsewhere else arn, sent)
        if operation != "delete":
            for role in self.passes(properties):
                yield from passing(role, self.service)


def _repository(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
    yield from TYPES["AWS::CodeCommit::Repository"].needs(operation, properties, name)
    place = properties.get("Code", {}).get("S3")
    if place and operation == "create":
        version = "Version" if "ObjectVersion" in place else ""
        yield Permission(f"s3:GetObject{version}", f"arn:aws:s3:::{place['Bucket']}/{place['Key']}")
    if "KmsKeyId" in properties and operation != "delete":  # whoever uses the repository is asked
        for action in _ENCRYPTING:
            yield Permission(f"kms:{action}", properties["KmsKeyId"], {"kms:ViaService": f"codecommit.{region()}.amazonaws.com"})


TYPES = {
    "AWS::CodeBuild::Project": Type(
        "codebuild", "project/{name}", "Name", create=["CreateProject"], read=[], update=["UpdateProject"], delete=["DeleteProject"],
        passes=lambda project: iter([project.get("ServiceRole")])),
    "AWS::CodeCommit::Repository": Type(
        "codecommit", "{name}", "RepositoryName", create=["CreateRepository", "CreateCommit", "TagResource"],
        read=["ListRepositories", "GetRepository", "GetRepositoryTriggers", "ListTagsForResource"],
        update=["UpdateRepositoryDescription", "UpdateRepositoryEncryptionKey", "TagResource", "UntagResource"], delete=["ListRepositories", "DeleteRepository"], elsewhere={"ListRepositories": "*"}),
    "AWS::CodePipeline::Pipeline": Type(
        "codepipeline", "{name}", "Name", create=["CreatePipeline", "TagResource"], read=["GetPipeline", "GetPipelineState", "ListTagsForResource"],
        update=["UpdatePipeline", "TagResource", "UntagResource"], delete=["GetPipeline", "DeletePipeline"],
        passes=lambda pipeline: iter([pipeline.get("RoleArn")])),
    "AWS::Events::Rule": Type(
        "events", "rule/{name}", "Name", create=["PutRule", "PutTargets", "TagResource"], read=["DescribeRule", "ListTargetsByRule", "ListTagsForResource"],
        update=["PutRule", "PutTargets", "RemoveTargets", "TagResource", "UntagResource"],
        delete=["DescribeRule", "ListTargetsByRule", "RemoveTargets", "DeleteRule"],
        passes=lambda rule: (target.get("RoleArn") for target in rule.get("Targets", []))),
    "AWS::Logs::LogGroup": Type(
        "logs", "log-group:{name}", "LogGroupName", create=["CreateLogGroup", "PutRetentionPolicy", "TagResource"], read=["DescribeLogGroups", "ListTagsForResource"],
        update=["AssociateKmsKey", "PutRetentionPolicy", "TagResource", "UntagResource"], delete=["DescribeLogGroups", "DeleteLogGroup"],
        elsewhere={"DescribeLogGroups": "log-group::log-stream:"}),
    "AWS::SageMaker::ModelPackageGroup": Type(
        "sagemaker", "model-package-group/{name}", "ModelPackageGroupName", create=["CreateModelPackageGroup", "AddTags"],
        read=["DescribeModelPackageGroup", "GetModelPackageGroupPolicy", "ListTags"],
        update=["DeleteModelPackageGroupPolicy", "AddTags", "DeleteTags"],
        delete=["DescribeModelPackageGroup", "GetModelPackageGroupPolicy", "DeleteModelPackageGroupPolicy", "DeleteModelPackageGroup"]),
}

#: Type → action of its schema that is not needed → why. A property in backticks: only with it.
SPARED = {
    "AWS::CodeCommit::Repository": {
        "codecommit:PutRepositoryTriggers": "`Triggers`",
        "codecommit:UpdateRepositoryName": "names hold the project's, which never changes",
        "s3:GetObjectVersion": "`ObjectVersion`",
    },
    "AWS::CodePipeline::Pipeline": {
        "iam:GetRole": "AWS's own launch role makes pipelines without it",
        "codepipeline:DisableStageTransition": "`DisableInboundStageTransitions`",
        "codepipeline:EnableStageTransition": "`DisableInboundStageTransitions`",
        "codepipeline:StartPipelineExecution": "`RestartExecutionOnUpdate`",
        "codestar-connections:PassConnection": "a source that is a connection: its own permission",
    },
    "AWS::Logs::LogGroup": {
        **{action: "AWS's own launch role makes log groups without looking at such settings" for action in (
            "logs:GetDataProtectionPolicy", "logs:DescribeIndexPolicies", "logs:DescribeResourcePolicies")},
        **{action: "`DataProtectionPolicy`" for action in (
            "logs:PutDataProtectionPolicy", "logs:DeleteDataProtectionPolicy", "logs:CreateLogDelivery", "s3:REST.PUT.OBJECT", "firehose:TagDeliveryStream")},
        **{action: "`FieldIndexPolicies`" for action in ("logs:PutIndexPolicy", "logs:DeleteIndexPolicy")},
        **{action: "`ResourcePolicyDocument`" for action in ("logs:PutResourcePolicy", "logs:DeleteResourcePolicy")},
        "logs:DeleteRetentionPolicy": "every template says how long logs are kept",
        "logs:DisassociateKmsKey": "every template encrypts its logs",
        "logs:PutBearerTokenAuthentication": "`BearerTokenAuthenticationEnabled`",
        "logs:PutLogGroupDeletionProtection": "`DeletionProtectionEnabled`",
    },
    "AWS::SageMaker::ModelPackageGroup": {
        "sagemaker:PutModelPackageGroupPolicy": "`ModelPackageGroupPolicy`",
    },
}

KNOWN: dict[str, Callable[[str, Properties, Named], Iterator[Permission]]] = {
    **{name: kind.needs for name, kind in TYPES.items()}, "AWS::CodeCommit::Repository": _repository,
}
