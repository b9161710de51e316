"""AWS::CloudFormation::StackSet: what a template says of a stack set happens in the accounts."""
import json
from typing import Any

from .local import ACCOUNT, REGION, LocalAwsTest, client
from .people import allow, role, trusting
from .templates import resource

FIRST, SECOND = "222222222222", "333333333333"


class StackSetResource(LocalAwsTest):
    def setUp(self) -> None:
        super().setUp()
        self.administration = role(ACCOUNT, "administration", trusting({"Service": "cloudformation.amazonaws.com"}), allow("sts:AssumeRole"))
        for account in (FIRST, SECOND):
            role(account, "execution", trusting({"AWS": self.administration}), allow("*"))

    def stack_set(self, *accounts: str, value: str = "one", broken: bool = False, keeps: bool = False, **more: Any) -> dict[str, Any]:
        failing = {"Q": resource("AWS::SNS::TopicPolicy", depends_on="P", NoSuch=1)} if broken else {}
        parameter = resource("AWS::SSM::Parameter", Name=f"/{self.stack}", Type="String", Value=value)
        if keeps:
            parameter["DeletionPolicy"] = "RetainExceptOnCreate"
        template = {"Resources": {"P": parameter, **failing}}
        groups = [{"DeploymentTargets": {"Accounts": list(accounts)}, "Regions": [REGION]}] if accounts else []
        return resource("AWS::CloudFormation::StackSet", **{
            "StackSetName": self.stack, "PermissionModel": "SELF_MANAGED", "AdministrationRoleARN": self.administration, "ExecutionRoleName": "execution",
            "TemplateBody": json.dumps(template), "StackInstancesGroup": groups, **more})

    def value(self, account: str) -> str | None:
        found = client("ssm", account).get_parameters(Names=[f"/{self.stack}"])["Parameters"]
        return found[0]["Value"] if found else None

    def test_it_comes_changes_and_goes_with_its_stacks(self) -> None:
        self.assertEqual(self.deploy(Set=self.stack_set(FIRST), outputs={"Id": {"Value": {"Ref": "Set"}}}), "CREATE_COMPLETE")
        self.assertRegex(self.output("Id"), f"^{self.stack}:")
        self.assertEqual((self.value(FIRST), self.value(SECOND)), ("one", None))
        self.assertEqual(self.deploy(Set=self.stack_set(FIRST, SECOND, value="two")), "UPDATE_COMPLETE")
        self.assertEqual((self.value(FIRST), self.value(SECOND)), ("two", "two"))
        self.assertEqual(self.deploy(Set=self.stack_set(SECOND, value="two")), "UPDATE_COMPLETE")
        self.assertEqual((self.value(FIRST), self.value(SECOND)), (None, "two"))
        self.assertEqual(self.delete(), "DELETE_COMPLETE")
        self.assertIsNone(self.value(SECOND))
        with self.assertRaisesRegex(Exception, "StackSetNotFound"):
            self.cloudformation.describe_stack_set(StackSetName=self.stack)

    def test_what_its_template_keeps_outlives_the_stack_of_an_account_that_is_taken_off(self) -> None:
        self.deploy(Set=self.stack_set(FIRST, SECOND, keeps=True))
        self.assertEqual(self.deploy(Set=self.stack_set(SECOND, keeps=True)), "UPDATE_COMPLETE", self.reasons())
        self.assertEqual((self.value(FIRST), self.value(SECOND)), ("one", "one"))
        stacks = client("cloudformation", FIRST).describe_stacks()["Stacks"]
        self.assertEqual([stack["StackName"] for stack in stacks if self.stack in stack["StackName"]], [])

    def test_what_its_template_keeps_goes_with_a_creation_that_fails(self) -> None:
        self.assertEqual(self.deploy(Set=self.stack_set(FIRST, broken=True, keeps=True)), "ROLLBACK_COMPLETE")
        self.assertIsNone(self.value(FIRST))

    def test_a_failing_instance_fails_the_stack_and_leaves_nothing(self) -> None:
        role(SECOND, "execution", trusting({"AWS": self.administration}), allow("cloudformation:*"))
        self.assertEqual(self.deploy(Set=self.stack_set(FIRST, SECOND)), "ROLLBACK_COMPLETE")
        self.assertIn("ssm:PutParameter", self.reasons())
        self.assertIsNone(self.value(FIRST))
        with self.assertRaisesRegex(Exception, "StackSetNotFound"):
            self.cloudformation.describe_stack_set(StackSetName=self.stack)

    def test_a_failing_update_goes_back(self) -> None:
        self.deploy(Set=self.stack_set(FIRST))
        self.assertEqual(self.deploy(Set=self.stack_set(FIRST, value="two", broken=True)), "UPDATE_ROLLBACK_COMPLETE")
        self.assertIn("extraneous key [NoSuch]", self.reasons())
        self.assertEqual(self.value(FIRST), "one")
        self.assertEqual(self.cloudformation.list_stack_instances(StackSetName=self.stack)["Summaries"][0]["Status"], "CURRENT")

    def test_the_deploying_role_must_be_allowed_to_pass_the_role(self) -> None:
        deployer = role(ACCOUNT, "platform", trusting({"Service": "cloudformation.amazonaws.com"}), allow("cloudformation:*"))
        self.assertEqual(self.deploy(role=deployer, Set=self.stack_set(FIRST)), "ROLLBACK_COMPLETE")
        self.assertIn("iam:PassRole", self.reasons())
