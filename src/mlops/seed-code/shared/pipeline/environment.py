"""What the build is told of the environment that the project is in."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Dict, List, Mapping, Tuple

#: Variables that may be empty.
_OPTIONAL = {"SAGEMAKER_DOMAIN_ARN", "COMMIT_ID", "DELIVERY_ID", "MLFLOW_TRACKING_SERVER_ARN"}


#: The region whose images are shown where none is said.
ANY_REGION = "us-east-1"


class EnvironmentIncomplete(Exception):
    """A variable is missing."""


@dataclass(frozen=True)
class Environment:
    """Each field is a variable of the build, in capitals."""

    aws_region: str
    environment_name: str
    sagemaker_project_name: str
    sagemaker_project_id: str
    sagemaker_domain_arn: str
    pipeline_name: str
    model_package_group_name: str
    pipeline_role_arn: str
    job_role_arn: str
    subnet_ids: str
    security_group_ids: str
    volumes_key_arn: str
    data_key_arn: str
    models_key_arn: str
    artifacts_key_arn: str
    data_bucket: str
    models_bucket: str
    reports_bucket: str
    code_bucket: str
    code_prefix: str
    commit_id: str
    #: The execution of the delivery pipeline that the build is a part of.
    delivery_id: str
    #: Where runs are logged, in an environment that has MLflow.
    mlflow_tracking_server_arn: str

    @staticmethod
    def from_variables(variables: Mapping[str, str] = os.environ) -> Environment:
        known: Dict[str, str] = {"COMMIT_ID": variables.get("CODEBUILD_RESOLVED_SOURCE_VERSION", ""), **variables}
        names = [field.name.upper() for field in fields(Environment)]
        missing = [name for name in names if not known.get(name) and name not in _OPTIONAL]
        if missing:
            raise EnvironmentIncomplete(f"not set: {', '.join(missing)}")
        return Environment(**{name.lower(): known.get(name, "") for name in names})

    @staticmethod
    def or_placeholders(variables: Mapping[str, str] = os.environ) -> Tuple[Environment, List[str]]:
        """To look at the pipeline without a build: what is not set stands in angle brackets. Returns the names of those as well."""
        known = {"AWS_REGION": ANY_REGION, **{name: value for name, value in variables.items() if value}}
        missing = [name for name in (field.name.upper() for field in fields(Environment)) if name not in known and name not in _OPTIONAL]
        return Environment.from_variables({**{name: _placeholder(name.lower().replace("_", "-")) for name in missing}, **known}), missing

    @property
    def subnets(self) -> List[str]:
        return self.subnet_ids.split(",")

    @property
    def security_groups(self) -> List[str]:
        return self.security_group_ids.split(",")

    @property
    def tags(self) -> List[Dict[str, str]]:
        """By which Studio and people know what belongs to the project."""
        said = {
            "sagemaker:project-name": self.sagemaker_project_name,
            "sagemaker:project-id": self.sagemaker_project_id,
            "sagemaker:domain-arn": self.sagemaker_domain_arn,
            "environment": self.environment_name,
        }
        return [{"Key": key, "Value": value} for key, value in said.items() if value]


def _placeholder(name: str) -> str:
    """The SDK asks AWS for what does not look like the ARN of a role."""
    return f"arn:aws:iam::<account>:role/<{name[: -len('-arn')]}>" if name.endswith("-role-arn") else f"<{name}>"
