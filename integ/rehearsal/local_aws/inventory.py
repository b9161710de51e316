"""Everything that exists in an account and region, whoever made it: the evidence that nothing is left behind.

The stores of every service are walked, known or not; what is not a resource is named below with its reason.
"""
import json
from typing import Any

from .emulator import AccountRegionScopedDict, state_of_services
from .records import RECORDS, Record
from .sagemaker.projects import PROJECTS
from .sagemaker.studio import APP
from .service_catalog.model import ARTIFACTS, PROVISIONED
from .stack_sets.model import STACK_SETS, StackSet

#: Stores that are history or bookkeeping, not resources.
_NOT_RESOURCES = {
    "cloudformation": {"stacks", "stack_events", "exports", "change_sets"},  # what deploys; a deleted stack stays in them as on AWS
    "cloudtrail": {"events"},
    "cloudwatch": {"metrics", "alarm_history"},
    "cloudwatch_logs": {"log_records", "queries"},
    "ec2": {"tags"},  # of the resources, which are compared themselves
    "eventbridge": {"events_log"},
    "iam": {"aws_managed_attachment_counts", "credential_reports", "sla_jobs", "service_linked_role_deletion_tasks"},
    "kms": {"alias_dates"},
    "ssm": {"parameter_history", "commands"},
    "sts": {"sessions", "assumed_roles"},
}
#: What AWS itself keeps in every account.
_OF_AWS = {"scheduler.schedule_groups/default", "athena.workgroups/primary", "athena.data_catalogs/AwsDataCatalog"}
#: Members that differ though nothing has changed.
_VOLATILE = {"LastModified", "LastModifiedDate", "LastModifiedTime", "RevisionId", "Version", "UpdateDate", "DefaultVersionId", "Versions",
             "AttachmentCount", "LastUsed", "RoleLastUsed", "lastIngestionTime", "streams", "storedBytes", "CreationTime", "NumberOfMountTargets", "Labels", "PolicyUsageFilter",
             "versions", "code_zip", "SizeInBytes"}
#: The same of one service only.
_VOLATILE_IN = {
    "cloudwatch": {"AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp"},
    "lambda_svc": {"architectures_declared", "LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "State", "StateReason", "StateReasonCode"},
    "sqs": {"LastModifiedTimestamp"},
}
#: Lists whose order says nothing.
_SETS = {"AttachedPolicies"}


def inventory(account: str, region: str) -> dict[str, str]:
    """`service.store/key` → what it holds, as text that is equal when the thing is."""
    found = {}
    for name, store in state_of_services().items():
        service, kind = name.split(".", 1)
        if kind in _NOT_RESOURCES.get(service, set()):
            continue
        for key, value in list(store._data.items()):
            mine = key[:2] == (account, region) if isinstance(store, AccountRegionScopedDict) else key[0] == account
            if mine and _exists(value) and f"{name}/{key[-1]}" not in _OF_AWS:
                found[f"{name}/{key[-1]}"] = _text(value, _VOLATILE | _VOLATILE_IN.get(service, set()))
    for key, record in list(RECORDS._data.items()):
        if key[:2] == (account, region) and _exists(record):
            found[f"{record.type}/{key[-1].split('|', 1)[1]}"] = _text(record.properties, _VOLATILE)
    for key, one in list(STACK_SETS._data.items()):
        if key[:2] == (account, region) and one.status == "ACTIVE":
            found[f"stack_sets/{one.id}"] = _stack_set(one)
    for (of_account, of_region, name), project in list(PROJECTS._data.items()):
        if (of_account, of_region) == (account, region) and project.status != "DeleteCompleted":
            found[f"sagemaker.projects/{name}"] = json.dumps([project.id, project.request, project.status], sort_keys=True)
    for (of_account, of_region, identifier), made in list(PROVISIONED._data.items()):
        if (of_account, of_region) == (account, region):
            found[f"service_catalog.provisioned/{identifier}"] = json.dumps([made.name, made.product_id, made.artifact_id, made.parameters, made.status])
    for (of_account, of_region, identifier), versions in list(ARTIFACTS._data.items()):
        if (of_account, of_region) == (account, region):
            found[f"service_catalog.versions/{identifier}"] = json.dumps([one.name for one in versions])  # a version that a roll-back brings back has another id
    return found


def _stack_set(one: StackSet) -> str:
    """Whoever made it, by the API or by CloudFormation."""
    instances = sorted(f"{instance.account} {instance.region} {instance.status}" for instance in one.instances.values())
    return json.dumps([one.template, one.parameters, one.tags, one.permission_model, one.units, instances], sort_keys=True)


def _exists(value: Any) -> bool:
    """Empty stores are nothing, and SageMaker lists deleted apps for a day."""
    if isinstance(value, Record):
        return not (value.type == APP and value.attributes["Status"] == "Deleted")
    return value not in (None, {}, [], set())


def _text(value: Any, volatile: set[str]) -> str:
    return json.dumps(_steady(value, volatile), sort_keys=True, default=lambda other: type(other).__name__)


def _steady(value: Any, volatile: set[str]) -> Any:
    if isinstance(value, dict):
        return {str(key): sorted(entry) if key in _SETS else _steady(entry, volatile) for key, entry in value.items() if key not in volatile and not str(key).startswith("_")}
    if isinstance(value, (list, tuple)):
        return [_steady(entry, volatile) for entry in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return value
