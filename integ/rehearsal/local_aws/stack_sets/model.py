"""What there is of stack sets: sets, instances, operations and their results."""
import time
from dataclasses import dataclass, field
from typing import Any

from ..emulator import AccountRegionScopedDict, account, new_uuid, region

Document = dict[str, Any]
ADMINISTRATION_ROLE, EXECUTION_ROLE = "AWSCloudFormationStackSetAdministrationRole", "AWSCloudFormationStackSetExecutionRole"


@dataclass
class Instance:
    """A stack of a set in one account and region, or the attempt to make one."""

    account: str
    region: str
    #: The unit for whose sake it is there.
    unit: str | None = None
    stack_id: str | None = None
    overrides: list[Document] = field(default_factory=list)
    status: str = "OUTDATED"
    detailed: str = "PENDING"
    reason: str | None = None
    last_operation: str | None = None


@dataclass
class Result:
    """How an operation went in one account and region."""

    account: str
    region: str
    unit: str | None = None
    status: str = "PENDING"
    reason: str | None = None


@dataclass
class Operation:
    id: str
    #: CREATE, UPDATE or DELETE.
    action: str
    preferences: Document
    results: list[Result]
    targets: Document | None = None
    retain: bool = False
    #: For UPDATE and CREATE, what differs in these instances from the set.
    overrides: list[Document] | None = None
    status: str = "RUNNING"
    reason: str | None = None
    created: float = field(default_factory=time.time)
    ended: float | None = None

    @property
    def is_over(self) -> bool:
        return self.ended is not None

    def end(self, status: str, reason: str | None = None) -> None:
        self.status, self.reason, self.ended = status, reason, time.time()


@dataclass
class StackSet:
    name: str
    id: str
    account: str
    region: str
    template: str
    permission_model: str
    administration_role: str | None
    execution_role: str | None
    description: str | None = None
    parameters: list[Document] = field(default_factory=list)
    capabilities: list[str] = field(default_factory=list)
    tags: list[Document] = field(default_factory=list)
    automatic: Document | None = None
    managed: bool = False
    status: str = "ACTIVE"
    #: `account|region` → Instance.
    instances: dict[str, Instance] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)
    #: Units that instances were asked for.
    units: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)

    @property
    def arn(self) -> str:
        return f"arn:aws:cloudformation:{self.region}:{self.account}:stackset/{self.id}"

    @property
    def is_service_managed(self) -> bool:
        return self.permission_model == "SERVICE_MANAGED"

    @property
    def running(self) -> list[Operation]:
        return [operation for operation in self.operations if not operation.is_over]

    def operation(self, identifier: str) -> Operation | None:
        return next((operation for operation in self.operations if operation.id == identifier), None)


#: Stack set id → StackSet, in the account that administers it.
STACK_SETS = AccountRegionScopedDict()


def new_stack_set(name: str, **given: Any) -> StackSet:
    """Under this account and region."""
    made = StackSet(name=name, id=f"{name}:{new_uuid()}", account=account(), region=region(), **given)
    STACK_SETS[made.id] = made
    return made


def find(name: str) -> StackSet | None:
    """The active stack set of a name or id; a deleted one by its id only."""
    sets = list(STACK_SETS.values())
    return next((one for one in sets if one.id == name), None) or next((one for one in sets if one.name == name and one.status == "ACTIVE"), None)


def key_of(number: str, of_region: str) -> str:
    return f"{number}|{of_region}"
