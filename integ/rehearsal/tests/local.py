"""One server for all tests, and a stack operation in one call."""
import atexit
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import botocore.session

from .templates import Resource

ACCOUNT, REGION = "111111111111", "eu-west-1"
_folder = Path(tempfile.mkdtemp(prefix="local-aws-"))
_session = botocore.session.get_session()  # it keeps the models that it has read
_server: subprocess.Popen[bytes] | None = None
_endpoint = ""


def endpoint() -> str:
    """Starts the server when first asked."""
    global _server, _endpoint
    if _server is not None:
        return _endpoint
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    root = Path(__file__).parents[3]
    environment = {
        "PATH": os.environ["PATH"], "TMPDIR": str(_folder), "PYTHONDONTWRITEBYTECODE": "1", "GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1", "MINISTACK_REGION": REGION, "AUTH": "true", "USE_SSL": "1", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",
        "NODE_PATH": str(root / "node_modules"), "REHEARSAL_A_WHILE": "0.3", "REHEARSAL_JOURNAL": str(_folder / "journal.jsonl"),
    }
    with open(_folder / "server.log", "wb") as log:
        _server = subprocess.Popen([sys.executable, "-m", "local_aws"], cwd=Path(__file__).parents[1], env=environment, stdout=log, stderr=log)
    atexit.register(_stop)
    _endpoint = f"https://127.0.0.1:{port}"
    _until_ready()
    return _endpoint


def _stop() -> None:
    if _server is not None:
        _server.terminate()
        _server.wait(10)


def _until_ready() -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{_endpoint}/_ministack/health", context=ssl._create_unverified_context()).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError((_folder / "server.log").read_text()[-2000:])


def client(service: str, account: str = ACCOUNT, **credentials: str) -> Any:
    """A client of an account's root user, or of the given credentials."""
    keys = credentials or {"aws_access_key_id": account, "aws_secret_access_key": "test"}
    return _session.create_client(service, region_name=REGION, endpoint_url=endpoint(), verify=str(certificate()), **keys)


def certificate() -> Path:
    endpoint()
    return _folder / "ministack-tls" / "server.crt"


def tell(what: str, said: Any, account: str = ACCOUNT) -> Any:
    """Says something to the local AWS itself, as the driver does; its answer."""
    url = f"{endpoint()}/_rehearsal/{what}?account={account}&region={REGION}"
    return json.load(urllib.request.urlopen(urllib.request.Request(url, json.dumps(said).encode(), method="POST"), context=ssl._create_unverified_context()))


def assume(role: str, by: Any, **more: Any) -> dict[str, str]:
    """Credentials of a role, for `client`."""
    given = by.assume_role(RoleArn=role, RoleSessionName="test", **more)["Credentials"]
    return {"aws_access_key_id": given["AccessKeyId"], "aws_secret_access_key": given["SecretAccessKey"], "aws_session_token": given["SessionToken"]}


class LocalAwsTest(unittest.TestCase):
    """Stacks are named after the test, so that tests share a server."""

    def setUp(self) -> None:
        self.cloudformation = client("cloudformation")
        self.stack = self.id().rsplit(".", 1)[-1].replace("_", "-")

    def deploy(self, resources: dict[str, Resource] | None = None, /, *, role: str | None = None, outputs: dict[str, Any] | None = None, **more: Resource) -> str:
        """Creates or updates the test's stack by a change set; answers its status."""
        template = {"Resources": {**(resources or {}), **more}, **({"Outputs": outputs} if outputs else {})}
        exists = self._status() not in (None, "DELETE_COMPLETE")
        given = {"RoleARN": role} if role else {}
        change = f"change-{time.monotonic_ns()}"
        self.cloudformation.create_change_set(StackName=self.stack, ChangeSetName=change, ChangeSetType="UPDATE" if exists else "CREATE",
                                              TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"], **given)
        self.cloudformation.execute_change_set(StackName=self.stack, ChangeSetName=change)
        return self._settled()

    def delete(self) -> str | None:
        self.cloudformation.delete_stack(StackName=self.stack)
        return self._settled()

    def reasons(self) -> str:
        """Why what failed failed."""
        events = self.cloudformation.describe_stack_events(StackName=self.stack)["StackEvents"]
        return "\n".join(event.get("ResourceStatusReason", "") for event in events if "FAILED" in event["ResourceStatus"])

    def output(self, name: str) -> str:
        outputs: list[dict[str, str]] = self.cloudformation.describe_stacks(StackName=self.stack)["Stacks"][0]["Outputs"]
        return next(output["OutputValue"] for output in outputs if output["OutputKey"] == name)

    def _settled(self) -> str:
        while (status := self._status()) is not None and status.endswith("IN_PROGRESS"):
            time.sleep(0.05)
        return status or "DELETE_COMPLETE"

    def _status(self) -> str | None:
        try:
            status: str = self.cloudformation.describe_stacks(StackName=self.stack)["Stacks"][0]["StackStatus"]
        except self.cloudformation.exceptions.ClientError:
            return None
        return status
