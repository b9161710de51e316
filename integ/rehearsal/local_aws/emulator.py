"""The seams of ministack that this package uses, and the only place that names them.

They are private to ministack and may be renamed by any release: hence the one pinned version in
`integ/python/requirements.txt`. When it is raised, this file says what to look at.
"""
import asyncio
import contextlib
import importlib
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import ministack.app as app
from ministack.core import iam_actions, iam_evaluator, router
from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict, get_account_id, get_region, new_uuid, set_request_account_id, set_request_region
from ministack.services import cloudwatch, ec2, efs, eventbridge, iam, kms, lambda_svc, s3, ssm, sts, tagging
from ministack.services import cloudwatch_logs as logs
from ministack.services.cloudformation import _stack_events as stack_events
from ministack.services.cloudformation import _stacks as stack_records
from ministack.services.cloudformation import changesets, custom_resource, engine, provisioners, stacks
from ministack.services.cloudformation import handlers as cloudformation_handlers

__all__ = ["AccountRegionScopedDict", "AccountScopedDict", "account", "add_cloudformation_action", "app", "changesets", "cloudformation_handlers",
           "cloudwatch", "custom_resource", "ec2", "efs", "engine", "hexadecimal", "iam", "iam_actions", "iam_evaluator", "kms", "lambda_svc", "logs", "new_uuid",
           "on_the_loop", "provisioners", "region", "remember_the_loop", "replace_handlers", "router", "s3", "serve_json", "ssm", "stack_events",
           "stack_records", "stacks", "state_of_services", "sts", "tagging", "visit", "wrap", "wrap_cloudformation_action", "wrap_ec2_action"]

#: A provider of one resource type: `create(logical_id, properties, stack) -> (Ref, attributes)`, `update`, `delete`.
Handler = dict[str, Any]

#: Of the request that is being answered.
account: Callable[[], str] = get_account_id
region: Callable[[], str] = get_region

#: What ministack provisions by itself.
NATIVE_TYPES = frozenset(provisioners._RESOURCE_HANDLERS)


def hexadecimal(length: int) -> str:
    """Random hexadecimal digits, as in the ids that AWS makes."""
    digits = ""
    while len(digits) < length:
        digits += new_uuid().replace("-", "")
    return digits[:length]


def replace_handlers(handlers: dict[str, Handler]) -> None:
    """Put `handlers` wherever ministack's CloudFormation has imported its table."""
    native = provisioners._RESOURCE_HANDLERS
    module: Any
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("ministack.services.cloudformation") and getattr(module, "_RESOURCE_HANDLERS", None) is native:
            module._RESOURCE_HANDLERS = handlers


def visit(of_account: str, of_region: str) -> None:
    """Act in an account and region, with the default VPC and event bus that every account has and ministack makes on first use."""
    set_request_account_id(of_account)
    set_request_region(of_region)
    ec2._ensure_defaults_initialized()
    eventbridge._ensure_default_bus()


def wrap(owner: Any, name: str, around: Callable[..., Any]) -> None:
    """Replace `owner.name` by a function that is called with the original before the arguments."""
    original = getattr(owner, name)

    def replacement(*arguments: Any, **named: Any) -> Any:
        return around(original, *arguments, **named)

    setattr(owner, name, replacement)


def wrap_ec2_action(action: str, around: Callable[..., Any]) -> None:
    """Replace an action of the EC2 API; `around(original, parameters)`."""
    original = ec2._ACTION_MAP[action]
    ec2._ACTION_MAP[action] = lambda parameters: around(original, parameters)


def wrap_cloudformation_action(action: str, around: Callable[..., Any]) -> None:
    """Replace an action of the CloudFormation API; `around(original, parameters)`."""
    original = cloudformation_handlers._ACTION_HANDLERS[action]
    cloudformation_handlers._ACTION_HANDLERS[action] = lambda parameters: around(original, parameters)


def add_cloudformation_action(action: str, handler: Callable[..., Any]) -> None:
    """Serve an action of the CloudFormation API that ministack lacks; `handler(parameters)`."""
    cloudformation_handlers._ACTION_HANDLERS[action] = handler


_loop: list[asyncio.AbstractEventLoop] = []


def remember_the_loop() -> None:
    """Called with each request: the server's event loop, on which stacks are deployed."""
    if not _loop:
        _loop.append(asyncio.get_running_loop())


def on_the_loop(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Start work where stacks are deployed, from whatever thread, in the account and region of now."""
    _loop[0].call_soon_threadsafe(lambda: _keep(asyncio.ensure_future(work())))


_running: set[asyncio.Future[None]] = set()


def _keep(task: asyncio.Future[None]) -> None:
    """The loop itself forgets tasks that nobody holds."""
    _running.add(task)
    task.add_done_callback(_running.discard)


def serve_json(service: str, target_prefix: str, handler: Callable[..., Any]) -> None:
    """Serve a JSON-protocol API that ministack lacks, with IAM enforced on it as on any other."""
    router.SERVICE_PATTERNS[service] = {"host_patterns": [], "target_prefixes": [target_prefix]}
    iam_actions.SERVICE_TO_IAM_NAMESPACE[service] = service
    app.SERVICE_HANDLERS[service] = handler


def state_of_services() -> dict[str, Any]:
    """Every store of every service, by `service.store`: what exists, whoever made it."""
    stores = {}
    for name in sorted(app.SERVICE_HANDLERS):
        with contextlib.suppress(ImportError):  # a handler under another name, loaded on its first call
            importlib.import_module(f"ministack.services.{name.replace('-', '_')}")
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("ministack.services."):
            continue
        for attribute, value in vars(module).items():
            if isinstance(value, (AccountRegionScopedDict, AccountScopedDict)):
                stores[f"{name.removeprefix('ministack.services.')}.{attribute.lstrip('_')}"] = value
    return stores
