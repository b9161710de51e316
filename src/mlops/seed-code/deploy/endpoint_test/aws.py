"""An endpoint in an account of the stage, as the role there that may describe and invoke it."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from .signature import Credentials, headers

#: Partitions beside the commercial one, and the domains of their services, by what their regions begin with.
PARTITIONS = {"cn-": ("aws-cn", "amazonaws.com.cn"), "us-gov-": ("aws-us-gov", "amazonaws.com"), "eusc-": ("aws-eusc", "amazonaws.eu")}


class AwsError(Exception):
    """AWS has refused a call."""


def cli(*words: str, credentials: Credentials | None = None) -> Any:
    """The AWS CLI, which every build image has."""
    environment = dict(os.environ)
    if credentials:
        environment |= {
            "AWS_ACCESS_KEY_ID": credentials.access_key,
            "AWS_SECRET_ACCESS_KEY": credentials.secret_key,
            "AWS_SESSION_TOKEN": credentials.token,
        }
    done = subprocess.run(["aws", *words, "--output", "json"], capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise AwsError(done.stderr.strip())
    return json.loads(done.stdout)


def partition_of(region: str) -> tuple[str, str]:
    return next((partition for prefix, partition in PARTITIONS.items() if region.startswith(prefix)), ("aws", "amazonaws.com"))


class Endpoint:
    """One connection for all requests: what is measured is the model, not the way to it."""

    def __init__(self, account: str, role: str, name: str, region: str):
        partition, domain = partition_of(region)
        given = cli("sts", "assume-role", "--role-arn", f"arn:{partition}:iam::{account}:role/{role}", "--role-session-name", "endpoint-test")[
            "Credentials"
        ]
        self.credentials = Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
        self.name, self.region = name, region
        self.address = urlsplit(
            os.environ.get("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME")
            or os.environ.get("AWS_ENDPOINT_URL")
            or f"https://runtime.sagemaker.{region}.{domain}"
        )
        self.connection = self._connect()

    @property
    def described(self) -> dict[str, Any]:
        answer: dict[str, Any] = cli("sagemaker", "describe-endpoint", "--endpoint-name", self.name, credentials=self.credentials)
        return answer

    def invoke(self, row: str, content_type: str) -> str:
        path, body = f"/endpoints/{self.name}/invocations", row.encode()
        signed = headers(self.credentials, self.region, self.address.netloc, path, body, content_type)
        try:
            self.connection.request("POST", path, body, {**signed, "Accept": content_type})
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
        except OSError:
            self.connection = self._connect()
            raise
        if answer.status != 200:
            raise AwsError(f"{answer.status} {text[:200]}")
        return text

    def _connect(self) -> HTTPConnection:
        if self.address.scheme == "http":
            return HTTPConnection(self.address.netloc, timeout=70)
        context = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))
        return HTTPSConnection(self.address.netloc, timeout=70, context=context)
