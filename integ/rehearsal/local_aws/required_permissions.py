"""What an action is weighed with: its resource, and what the service sends along."""
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .emulator import account, region

Properties = dict[str, Any]
#: Property that holds a name → the name, given or made up.
Named = Callable[[str], str]


@dataclass(frozen=True)
class Permission:
    """An action; without a resource it must be allowed for any."""

    action: str
    resource: str | None = None
    context: dict[str, Any] = field(default_factory=dict)


def arn_here(service: str, resource: str) -> str:
    """Of this account and region."""
    return f"arn:aws:{service}:{region()}:{account()}:{resource}"


def stack_arn(name: str) -> str:
    """Of a stack here, whatever its id."""
    return arn_here("cloudformation", f"stack/{name}/*")


def request_tags(properties: Properties) -> dict[str, Any]:
    """What a request that sets tags sends; the tags that CloudFormation adds are not the caller's."""
    sent = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", []) if isinstance(tag, dict) and not tag["Key"].startswith("aws:")}
    return {**{f"aws:RequestTag/{key}": value for key, value in sent.items()}, **({"aws:TagKeys": list(sent)} if sent else {})}


def resource_tags(properties: Properties) -> dict[str, Any]:
    """What IAM sees of a resource that has tags."""
    return {f"aws:ResourceTag/{tag['Key']}": tag["Value"] for tag in properties.get("Tags", [])}


def passing(role: Any, service: str) -> Iterator[Permission]:
    """Handing a role to a service."""
    if isinstance(role, str):
        yield Permission("iam:PassRole", role, {"iam:PassedToService": f"{service}.amazonaws.com"})
