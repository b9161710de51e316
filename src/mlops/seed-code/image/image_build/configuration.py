"""What `image.json` says of the build, held against `image.schema.json`. What a scan may find, the release reads of the same file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .config_file import ConfigurationError, check, read, rules

__all__ = ["BaseImage", "Configuration", "ConfigurationError", "base_image", "configuration_in"]

IMAGE = re.compile(
    r"((?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.(?P<domain>[a-z0-9.]+)/)?"
    r"(?P<name>[a-z0-9]+([._/-][a-z0-9]+)*)"
    r"(:(?P<tag>\w[\w.-]{0,127})|@(?P<digest>sha256:[0-9a-f]{64}))",
    re.ASCII,
)

# Accounts of AWS with the images of SageMaker Distribution, as `sagemaker-distribution.json` of the SageMaker Python SDK has them.
DISTRIBUTION = {
    "af-south-1": "238384257742",
    "ap-east-1": "523751269255",
    "ap-northeast-1": "010972774902",
    "ap-northeast-2": "064688005998",
    "ap-northeast-3": "564864627153",
    "ap-south-1": "245090515133",
    "ap-southeast-1": "022667117163",
    "ap-southeast-2": "648430277019",
    "ap-southeast-3": "370607712162",
    "ca-central-1": "481561238223",
    "eu-central-1": "545423591354",
    "eu-north-1": "175620155138",
    "eu-south-1": "810671768855",
    "eu-west-1": "819792524951",
    "eu-west-2": "021081402939",
    "eu-west-3": "856416204555",
    "me-central-1": "358593528301",
    "me-south-1": "523774347010",
    "sa-east-1": "567556641782",
    "us-east-1": "885854791233",
    "us-east-2": "137914896644",
    "us-west-1": "053634841547",
    "us-west-2": "542918446943",
}


@dataclass(frozen=True)
class BaseImage:
    account: str
    host: str
    name: str
    tag: str | None
    digest: str | None

    def at(self, digest: str) -> str:
        return f"{self.host}/{self.name}@{digest}"


@dataclass(frozen=True)
class Configuration:
    base_image: BaseImage
    domain: str
    repository: str


def configuration_in(file: Path, region: str, environment: str) -> Configuration:
    said = read(file)
    check(said, file.name, lambda _: [], rules("image.schema.json"))
    index = said.get("packageIndex", {"domain": f"{environment}--packages", "repository": "python"})
    return Configuration(base_image(file.name, said["baseImage"], region), index["domain"], index["repository"])


def base_image(where: str, named: Any, region: str) -> BaseImage:
    match = IMAGE.fullmatch(named) if isinstance(named, str) else None
    if match is None or (match["account"] is None and "." in match["name"].split("/")[0]):  # a host of another registry
        raise ConfigurationError(
            f"{where}: baseImage is {json.dumps(named)} but must be an image of Amazon ECR with its digest or tag, "
            "<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>: no other registry is reached without internet"
        )
    parts = match.groupdict()
    if parts["region"] not in (None, region):
        raise ConfigurationError(f"{where}: baseImage is in {parts['region']} and must be in {region}: copy it there, or take another")
    account = parts["account"] or DISTRIBUTION.get(region)
    if account is None:
        raise ConfigurationError(f"{where}: baseImage names no account, and AWS's for SageMaker Distribution is not known in {region}: name one")
    host = f"{account}.dkr.ecr.{region}.{parts['domain'] or 'amazonaws.com'}"
    return BaseImage(account, host, parts["name"], parts["tag"], parts["digest"])
