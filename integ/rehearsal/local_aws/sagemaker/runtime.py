"""SageMaker's runtime: an endpoint in service answers what the server of its model answers, where the driver has said one, else one number a row."""
import json
import urllib.error
import urllib.request
from typing import Any

from .. import roles
from ..emulator import AccountRegionScopedDict, account, region
from . import inference
from .inference import ENDPOINT

Answer = tuple[int, dict[str, str], bytes]

#: Endpoint → where the server of what was deployed to it answers.
SERVERS = AccountRegionScopedDict()


def serve(said: dict[str, str]) -> dict[str, str]:
    """`{"endpoint", "address"}`: a server of the endpoint's model."""
    SERVERS[said["endpoint"]] = said["address"]
    return {}


def is_invocation(path: str) -> bool:
    return path.startswith("/endpoints/") and path.endswith("/invocations")


def invoke(path: str, body: bytes) -> Answer:
    name = path.split("/")[2]
    arn, caller = f"arn:aws:sagemaker:{region()}:{account()}:endpoint/{name.lower()}", roles.caller_of_request()
    decision = roles.decide(caller, "sagemaker:InvokeEndpoint", arn)
    if decision != "Allow":
        return _error(403, "AccessDeniedException", roles.refusal(caller, "sagemaker:InvokeEndpoint", arn, decision))
    endpoint = inference.named(ENDPOINT, name)
    if endpoint is None or endpoint.attributes.get("EndpointStatus") != "InService":
        return _error(400, "ValidationError", f"Endpoint {name} of account {account()} not found.")
    if name in SERVERS:
        return _asked(SERVERS[name], body)
    rows = body.decode().split()
    return 200, {"Content-Type": "text/csv"}, "".join(f"{_sum(row)}\n" for row in rows).encode()


def _asked(address: str, body: bytes) -> Answer:
    """What the container says, or what SageMaker says of a container that refuses."""
    request = urllib.request.Request(f"{address}/invocations", body, {"Content-Type": "text/csv", "Accept": "text/csv"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return 200, {"Content-Type": "text/csv"}, answer.read()
    except urllib.error.HTTPError as refused:
        said = refused.read().decode()
        return _error(424, "ModelError", f"Received client error ({refused.code}) from primary with message \"{said}\".")


def _sum(row: str) -> float:
    return sum(float(value) for value in row.split(","))


def _error(status: int, code: str, message: str) -> Answer:
    return status, {"Content-Type": "application/json", "x-amzn-errortype": code}, json.dumps({"message": message}).encode()


def beside(handle: Any) -> Any:
    """The runtime is signed as the service itself, and told apart by its path."""
    async def either(method: str, path: str, headers: Any, body: bytes, query: Any) -> Answer:
        if is_invocation(path):
            return invoke(path, body)
        answer: Answer = await handle(method, path, headers, body, query)
        return answer

    return either
