"""Stack sets of a whole organization: units, who may, and accounts that come and go."""
import json
import time
import unittest
from typing import Any

from .local import REGION, client, tell
from .organizations import LIVE, MANAGEMENT, OTHER, PLATFORM, PRODUCTION, STAGE, STAGING, WORK, establish
from .templates import resource

_AUTOMATIC = {"Enabled": True, "RetainStacksOnAccountRemoval": False}


class ServiceManaged(unittest.TestCase):
    def setUp(self) -> None:
        establish(staging=STAGE, production=LIVE)
        self.name = self.id().rsplit(".", 1)[-1].replace("_", "-")
        self.cloudformation, self.call_as = client("cloudformation", PLATFORM), {"CallAs": "DELEGATED_ADMIN"}

    def make(self, automatic: dict[str, bool] = _AUTOMATIC, **more: Any) -> None:
        template = {"Resources": {"P": resource("AWS::SSM::Parameter", Name=f"/{self.name}", Type="String", Value="one")}}
        self.cloudformation.create_stack_set(**{"StackSetName": self.name, "TemplateBody": json.dumps(template), "PermissionModel": "SERVICE_MANAGED",
                                                "AutoDeployment": automatic, **self.call_as, **more})

    def place(self, *units: str, **more: Any) -> str:
        operation = self.cloudformation.create_stack_instances(
            StackSetName=self.name, DeploymentTargets={"OrganizationalUnitIds": list(units), **more}, Regions=[REGION], **self.call_as)["OperationId"]
        while (status := self.operation(operation)["Status"]) == "RUNNING":
            time.sleep(0.05)
        return str(status)

    def operation(self, identifier: str) -> dict[str, Any]:
        found: dict[str, Any] = self.cloudformation.describe_stack_set_operation(StackSetName=self.name, OperationId=identifier, **self.call_as)["StackSetOperation"]
        return found

    def instances(self) -> dict[str, str]:
        pages = self.cloudformation.get_paginator("list_stack_instances").paginate(StackSetName=self.name, **self.call_as)
        return {instance["Account"]: instance["OrganizationalUnitId"] for page in pages for instance in page["Summaries"] if instance["Status"] == "CURRENT"}

    def has(self, account: str) -> bool:
        return bool(client("ssm", account).get_parameters(Names=[f"/{self.name}"])["Parameters"])

    def until(self, account: str, there: bool) -> None:
        deadline = time.monotonic() + 10
        while self.has(account) != there and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.has(account), there)

    def until_instances(self, expected: dict[str, str]) -> None:
        """A stack is gone a moment before its instance is no longer listed."""
        deadline = time.monotonic() + 10
        while self.instances() != expected and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.instances(), expected)

    def test_a_unit_means_all_that_is_in_it(self) -> None:
        self.make()
        self.assertEqual(self.place(WORK), "SUCCEEDED")
        self.assertEqual(self.instances(), {STAGING: WORK, PRODUCTION: WORK})
        self.assertTrue(self.has(STAGING) and self.has(PRODUCTION))

    def test_accounts_narrow_a_unit(self) -> None:
        self.make()
        self.place(WORK, Accounts=[PRODUCTION], AccountFilterType="DIFFERENCE")
        self.assertEqual(self.instances(), {STAGING: WORK})

    def test_only_accounts_of_the_unit_count(self) -> None:
        self.make()
        self.place(WORK, Accounts=[PRODUCTION], AccountFilterType="INTERSECTION")
        self.assertEqual(self.instances(), {PRODUCTION: WORK})

    def test_the_management_account_gets_none(self) -> None:
        tell("place", {"unit": LIVE}, MANAGEMENT)
        self.make()
        self.place(LIVE)
        self.assertEqual(self.instances(), {PRODUCTION: LIVE})

    def test_who_joins_gets_its_stack_and_who_leaves_loses_it(self) -> None:
        self.make()
        self.place(LIVE)
        tell("place", {"unit": LIVE}, OTHER)
        self.until(OTHER, there=True)
        tell("place", {}, OTHER)
        self.until(OTHER, there=False)
        self.until_instances({PRODUCTION: LIVE})

    def test_who_moves_to_another_unit_leaves(self) -> None:
        self.make()
        self.place(LIVE)
        tell("place", {"unit": STAGE}, PRODUCTION)
        self.until(PRODUCTION, there=False)

    def test_who_leaves_keeps_its_stack_where_so_chosen(self) -> None:
        self.make({"Enabled": True, "RetainStacksOnAccountRemoval": True})
        self.place(LIVE)
        tell("place", {}, PRODUCTION)
        self.until_instances({})
        self.assertTrue(self.has(PRODUCTION))

    def test_without_automatic_deployment_nothing_follows(self) -> None:
        self.make({"Enabled": False})
        self.place(LIVE)
        tell("place", {"unit": LIVE}, OTHER)
        time.sleep(0.3)
        self.assertFalse(self.has(OTHER))

    def test_only_administrators_may(self) -> None:
        self.cloudformation = client("cloudformation", PRODUCTION)
        with self.assertRaisesRegex(Exception, "not a delegated administrator"):
            self.make()
        self.call_as = {}
        with self.assertRaisesRegex(Exception, "You must be the management account"):
            self.make()

    def test_the_management_account_acts_for_itself(self) -> None:
        self.cloudformation, self.call_as = client("cloudformation", MANAGEMENT), {}
        self.make()
        self.assertEqual(self.place(LIVE), "SUCCEEDED")

    def test_roles_and_missing_units_are_refused(self) -> None:
        with self.assertRaisesRegex(Exception, "Roles cannot be specified"):
            self.make(ExecutionRoleName="execution")
        self.make()
        with self.assertRaisesRegex(Exception, "do not exist: ou-ab12-nowhere1"):
            self.place("ou-ab12-nowhere1")
