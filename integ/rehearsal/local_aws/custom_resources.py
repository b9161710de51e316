"""Custom resources: journalled, and answered for when their function cannot.

A function that dies without answering fails the stack at once instead of in an hour. And an answer may be lost on purpose:
CloudFormation then calls again, and the function must find its work done.
"""
import os
from typing import Any

from . import journal
from .emulator import account, custom_resource, lambda_svc, new_uuid, region, wrap

#: Seconds that CloudFormation waits for an answer; on AWS an hour, in which nobody would wait for a rehearsal.
_PATIENCE = float(os.environ.get("REHEARSAL_CUSTOM_RESOURCE_SECONDS", "120"))

#: (account, region) → custom resources whose answer to a deletion was lost already.
_losing: dict[tuple[str, str], set[str]] = {}
_lost: set[str] = set()


def install() -> None:
    wrap(lambda_svc, "_execute_function_with_config_scope", _execute)
    wrap(custom_resource, "register_token", _register)
    wrap(custom_resource, "deliver_response", _deliver)


def lose_answers(of_account: str, of_region: str) -> None:
    """The next answer of each custom resource's deletion does not arrive."""
    _losing[(of_account, of_region)] = set()


def _execute(original: Any, function: Any, event: Any, *arguments: Any, **named: Any) -> Any:
    if not isinstance(event, dict) or "ResponseURL" not in event:
        return original(function, event, *arguments, **named)
    token = event["ResponseURL"].rsplit("/", 1)[1]
    lost_before = _losing.get((account(), region()))
    if event["RequestType"] == "Delete" and lost_before is not None and event["LogicalResourceId"] not in lost_before:
        lost_before.add(event["LogicalResourceId"])
        _lost.add(token)
    result = original(function, event, *arguments, **named)
    failed = isinstance(result, dict) and bool(result.get("error") or result.get("function_error"))
    journal.note(f"CUSTOM_{event['RequestType'].upper()}", event.get("ResourceType", ""), logicalId=event.get("LogicalResourceId"), failed=failed,
                 lost=token in _lost, log=_log_of(result))
    if failed:
        custom_resource.deliver_response(token, {
            "Status": "FAILED",
            "Reason": f"the function ended without an answer: {str(result.get('body', result))[:400]}",
            "PhysicalResourceId": event.get("PhysicalResourceId") or f"unanswered-{new_uuid()[:8]}",
        })
    return result


def _deliver(original: Any, token: str, answer: dict[str, Any]) -> Any:
    journal.note("ANSWER", "", status=answer.get("Status"), reason=answer.get("Reason"), resource=answer.get("PhysicalResourceId"))
    if token in _lost:
        answer = {**answer, "Status": "FAILED", "Reason": "CloudFormation did not receive a response from your Custom Resource (rehearsed: it was lost)"}
    return original(token, answer)


def _log_of(result: Any) -> str | None:
    return str(result.get("log") or "")[-4000:] if isinstance(result, dict) else None


def _register(original: Any, token: str) -> Any:
    event = original(token)
    wait = event.wait
    event.wait = lambda timeout=None: wait(min(timeout or _PATIENCE, _PATIENCE))
    return event
