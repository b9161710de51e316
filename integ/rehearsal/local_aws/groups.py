"""Security group rules as resources of their own, which ministack lacks: they change the group that they name."""
from typing import Any

from .emulator import ec2, provisioners
from .records import BEHAVIOURS, Behaviour, Properties, Record


class RuleBehaviour(Behaviour):
    """A rule is in its group as long as its record exists."""

    def __init__(self, direction: str):
        self.direction = direction

    def created(self, record: Record) -> None:
        self._rules(record.properties).extend(self._permissions(record.properties))

    def updated(self, record: Record, before: Properties) -> None:
        self._remove(before)
        self.created(record)

    def deleting(self, record: Record) -> None:
        self._remove(record.properties)

    def _rules(self, properties: Properties) -> list[Any]:
        group = ec2._security_groups.get(properties["GroupId"])
        return [] if group is None else group.setdefault(self.direction, [])

    def _permissions(self, properties: Properties) -> list[Any]:
        permissions: list[Any] = provisioners._ec2_sg_permissions([properties])
        return permissions

    def _remove(self, properties: Properties) -> None:
        rules = self._rules(properties)
        for permission in self._permissions(properties):
            if permission in rules:
                rules.remove(permission)


def install() -> None:
    BEHAVIOURS["AWS::EC2::SecurityGroupIngress"] = RuleBehaviour("IpPermissions")
    BEHAVIOURS["AWS::EC2::SecurityGroupEgress"] = RuleBehaviour("IpPermissionsEgress")
