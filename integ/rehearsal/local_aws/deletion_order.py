"""A resource that cannot be deleted holds all that it depends on, as on AWS; ministack would go on and delete that."""
from typing import Any

from .emulator import AccountRegionScopedDict, stacks, wrap

#: Stack → logical ids whose deletion failed.
_failed = AccountRegionScopedDict()


def install() -> None:
    wrap(stacks, "_delete_resource", _delete)


def _delete(original: Any, resource_type: str, ref: str, properties: Any, stack: str | None = None, logical_id: str | None = None) -> Any:
    if stack is None or logical_id is None:
        return original(resource_type, ref, properties, stack, logical_id)
    failed: set[str] = _failed.setdefault(stack, set())
    failed.discard(logical_id)  # tried again
    holding = failed & _dependents_of(logical_id, failed, stack)
    if holding:
        raise ValueError(f"Resource deletion cancelled: {', '.join(sorted(holding))} could not be deleted")
    try:
        return original(resource_type, ref, properties, stack, logical_id)
    except Exception:
        failed.add(logical_id)
        raise


def _dependents_of(logical_id: str, candidates: set[str], stack: str) -> set[str]:
    from ministack.services.cloudformation import _stacks

    definitions = (_stacks.get(stack) or {}).get("_template", {}).get("Resources", {})
    return {candidate for candidate in candidates if logical_id in stacks._with_dependencies([candidate], definitions, set(definitions))}
