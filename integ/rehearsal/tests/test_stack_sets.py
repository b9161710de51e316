"""Stack sets make stacks in other accounts, with the roles and in the order that AWS asks for."""
import json
import time
import unittest
from typing import Any

from .local import REGION, client
from .people import allow, managed_policy, person, role, trusting
from .templates import policy, ref, resource

ADMINISTRATOR, FIRST, SECOND, THIRD = "111111111111", "222222222222", "333333333333", "444444444444"
_EVERYTHING = allow("*")
_SMALL = {"Parameters": {"Value": {"Type": "String", "Default": "one"}}, "Resources": {"P": resource("AWS::SSM::Parameter", Name="/placed", Type="String", Value=ref("Value"))}}
_BROKEN = {**_SMALL, "Resources": {**_SMALL["Resources"], "Q": resource("AWS::IAM::ManagedPolicy", Roles=["nobody"], PolicyDocument=policy(allow("s3:*")))}}


class StackSetTest(unittest.TestCase):
    """One set a test; the roles are made anew for each."""

    def setUp(self) -> None:
        self.cloudformation = client("cloudformation", ADMINISTRATOR)
        self.name = self.id().rsplit(".", 1)[-1].replace("_", "-")
        self.administration = role(ADMINISTRATOR, "administration", trusting({"Service": "cloudformation.amazonaws.com"}), allow("sts:AssumeRole"))
        for account in (FIRST, SECOND, THIRD):
            self.execution(account, _EVERYTHING)

    def tearDown(self) -> None:
        """The parameter has one name in all tests."""
        for account in (FIRST, SECOND, THIRD):
            self.execution(account, _EVERYTHING)
        if any(one["StackSetName"] == self.name for one in self.sets()):
            self.ended(self.cloudformation.delete_stack_instances(StackSetName=self.name, Accounts=[FIRST, SECOND, THIRD], Regions=[REGION], RetainStacks=False)["OperationId"])

    def sets(self) -> list[dict[str, Any]]:
        return [one for page in self.cloudformation.get_paginator("list_stack_sets").paginate(Status="ACTIVE") for one in page["Summaries"]]

    def execution(self, account: str, *statements: Any, trust: Any = None) -> None:
        role(account, "execution", trust or trusting({"AWS": self.administration}), *statements)

    def make(self, template: dict[str, Any] = _SMALL, **more: Any) -> None:
        self.cloudformation.create_stack_set(StackSetName=self.name, TemplateBody=json.dumps(template), AdministrationRoleARN=self.administration,
                                             ExecutionRoleName="execution", Capabilities=["CAPABILITY_NAMED_IAM"], **more)

    def place(self, *accounts: str, **more: Any) -> dict[str, Any]:
        return self.ended(self.cloudformation.create_stack_instances(StackSetName=self.name, Accounts=list(accounts), Regions=[REGION], **more)["OperationId"])

    def change(self, template: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.ended(self.cloudformation.update_stack_set(StackSetName=self.name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"], **more)["OperationId"])

    def ended(self, operation: str) -> dict[str, Any]:
        while True:
            found: dict[str, Any] = self.cloudformation.describe_stack_set_operation(StackSetName=self.name, OperationId=operation)["StackSetOperation"]
            if found["Status"] not in ("RUNNING", "QUEUED", "STOPPING"):
                return found
            time.sleep(0.05)

    def instances(self) -> dict[str, dict[str, Any]]:
        pages = self.cloudformation.get_paginator("list_stack_instances").paginate(StackSetName=self.name)
        return {instance["Account"]: instance for page in pages for instance in page["Summaries"]}

    def results(self, operation: str) -> dict[str, str]:
        pages = self.cloudformation.get_paginator("list_stack_set_operation_results").paginate(StackSetName=self.name, OperationId=operation)
        return {result["Account"]: result["Status"] for page in pages for result in page["Summaries"]}

    def value(self, account: str) -> str | None:
        found = client("ssm", account).get_parameters(Names=["/placed"])["Parameters"]
        return found[0]["Value"] if found else None


class Deploying(StackSetTest):
    def test_stacks_are_made_in_the_accounts(self) -> None:
        self.make()
        self.assertEqual(self.place(FIRST, SECOND)["Status"], "SUCCEEDED")
        self.assertEqual((self.value(FIRST), self.value(SECOND), self.value(THIRD), self.value(ADMINISTRATOR)), ("one", "one", None, None))
        self.assertEqual({(instance["Status"], instance["StackInstanceStatus"]["DetailedStatus"]) for instance in self.instances().values()}, {("CURRENT", "SUCCEEDED")})
        stack = self.instances()[FIRST]["StackId"]
        self.assertRegex(stack, f"^arn:aws:cloudformation:{REGION}:{FIRST}:stack/StackSet-{self.name}-")
        self.assertEqual(client("cloudformation", FIRST).describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"], "CREATE_COMPLETE")

    def test_an_update_reaches_every_instance(self) -> None:
        self.make()
        self.place(FIRST, SECOND)
        self.assertEqual(self.change(_SMALL, Parameters=[{"ParameterKey": "Value", "ParameterValue": "two"}])["Status"], "SUCCEEDED")
        self.assertEqual((self.value(FIRST), self.value(SECOND)), ("two", "two"))

    def test_an_override_is_of_its_instances(self) -> None:
        self.make()
        self.place(FIRST)
        self.place(SECOND, ParameterOverrides=[{"ParameterKey": "Value", "ParameterValue": "own"}])
        self.change(_SMALL, Parameters=[{"ParameterKey": "Value", "ParameterValue": "two"}])
        self.assertEqual((self.value(FIRST), self.value(SECOND)), ("two", "own"))

    def test_a_failing_update_is_rolled_back(self) -> None:
        self.make()
        self.place(FIRST)
        broken = json.loads(json.dumps(_BROKEN).replace('"one"', '"two"'))
        operation = self.change(broken)
        self.assertEqual(operation["Status"], "FAILED")
        self.assertIn("ResourceLogicalId:Q, ResourceType:AWS::IAM::ManagedPolicy, ResourceStatusReason:", operation["StatusReason"])
        self.assertEqual(self.instances()[FIRST]["Status"], "OUTDATED")
        self.assertIn("nobody", self.instances()[FIRST]["StatusReason"])
        stack = client("cloudformation", FIRST).describe_stacks(StackName=self.instances()[FIRST]["StackId"])["Stacks"][0]
        self.assertEqual((stack["StackStatus"], self.value(FIRST)), ("UPDATE_ROLLBACK_COMPLETE", "one"))

    def test_what_could_not_be_made_is_made_anew(self) -> None:
        self.make(_BROKEN)
        self.assertEqual(self.place(FIRST)["Status"], "FAILED")
        self.assertEqual(self.change(_SMALL)["Status"], "SUCCEEDED")
        self.assertEqual(self.value(FIRST), "one")

    def test_deleted_instances_take_their_stacks_along_or_not(self) -> None:
        self.make()
        self.place(FIRST, SECOND)
        retained = self.instances()[FIRST]["StackId"]
        for account, retain in ((FIRST, True), (SECOND, False)):
            self.ended(self.cloudformation.delete_stack_instances(StackSetName=self.name, Accounts=[account], Regions=[REGION], RetainStacks=retain)["OperationId"])
        self.assertEqual((self.instances(), self.value(FIRST), self.value(SECOND)), ({}, "one", None))
        client("cloudformation", FIRST).delete_stack(StackName=retained)

    def test_a_set_with_instances_is_not_deleted(self) -> None:
        self.make()
        self.place(FIRST)
        with self.assertRaisesRegex(Exception, "StackSetNotEmpty"):
            self.cloudformation.delete_stack_set(StackSetName=self.name)

    def test_an_empty_set_is_deleted_and_its_name_is_free(self) -> None:
        for _ in range(2):
            self.make()
            self.cloudformation.delete_stack_set(StackSetName=self.name)
        with self.assertRaisesRegex(Exception, "StackSetNotFound"):
            self.cloudformation.describe_stack_set(StackSetName=self.name)


class Permissions(StackSetTest):
    def fails(self, reason: str) -> None:
        self.make()
        operation = self.place(FIRST)
        self.assertEqual(operation["Status"], "FAILED")
        self.assertRegex(operation["StatusReason"], reason)
        self.assertIsNone(self.value(FIRST))

    def test_the_execution_role_needs_what_the_template_makes(self) -> None:
        self.execution(FIRST, allow("cloudformation:*"), allow(["ssm:GetParameters", "ssm:DeleteParameter"]))
        self.fails("ResourceLogicalId:P.*execution/.* is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:.*:parameter/placed")

    def test_what_it_makes_must_be_within_its_resources(self) -> None:
        self.execution(FIRST, allow("cloudformation:*"), allow("ssm:*", f"arn:aws:ssm:*:{FIRST}:parameter/elsewhere/*"))
        self.fails("ssm:PutParameter on resource")

    def test_the_execution_role_needs_to_operate_the_stack(self) -> None:
        self.execution(FIRST, allow("ssm:*"))
        self.fails("cloudformation:CreateStack on resource: .*stack/StackSet-")

    def test_its_boundary_limits_the_execution_role(self) -> None:
        boundary = managed_policy(FIRST, "no-parameters", allow("cloudformation:*"))
        role(FIRST, "execution", trusting({"AWS": self.administration}), _EVERYTHING, boundary=boundary)
        self.fails("ssm:PutParameter")

    def test_the_execution_role_must_trust_the_administration_role(self) -> None:
        self.execution(FIRST, _EVERYTHING, trust=trusting({"AWS": f"arn:aws:iam::{ADMINISTRATOR}:role/another"}))
        self.fails(f"Account {FIRST} should have 'execution' role with trust relationship to Role 'administration'")

    def test_the_execution_role_may_know_it_by_condition(self) -> None:
        self.execution(FIRST, _EVERYTHING, trust=trusting({"AWS": ADMINISTRATOR}, ArnEquals={"aws:PrincipalArn": self.administration}))
        self.make()
        self.assertEqual(self.place(FIRST)["Status"], "SUCCEEDED")

    def test_the_administration_role_must_be_allowed_to_enter(self) -> None:
        role(ADMINISTRATOR, "administration", trusting({"Service": "cloudformation.amazonaws.com"}), allow("sts:AssumeRole", f"arn:aws:iam::{SECOND}:role/execution"))
        self.fails(f"Account {FIRST} should have 'execution' role")

    def test_the_administration_role_must_trust_cloudformation(self) -> None:
        role(ADMINISTRATOR, "administration", trusting({"Service": "lambda.amazonaws.com"}), allow("sts:AssumeRole"))
        self.fails("'administration' role with trust relationship to CloudFormation service")

    def test_the_administration_role_may_be_for_some_stack_sets_only(self) -> None:
        source: dict[str, Any] = {"StringEquals": {"aws:SourceAccount": ADMINISTRATOR}, "ArnLike": {"aws:SourceArn": f"arn:aws:cloudformation:*:{ADMINISTRATOR}:stackset/churn--*"}}
        role(ADMINISTRATOR, "administration", trusting({"Service": "cloudformation.amazonaws.com"}, **source), allow("sts:AssumeRole"))
        self.fails("'administration' role with trust relationship to CloudFormation service")
        self.name = "churn--staging"
        self.make()
        self.assertEqual(self.place(FIRST)["Status"], "SUCCEEDED")

    def test_who_makes_a_set_must_be_allowed_to_pass_its_role(self) -> None:
        given = {"StackSetName": self.name, "TemplateBody": json.dumps(_SMALL), "AdministrationRoleARN": self.administration}
        with self.assertRaisesRegex(Exception, "AccessDenied.*iam:PassRole"):
            client("cloudformation", **person(ADMINISTRATOR, allow("cloudformation:*"))).create_stack_set(**given)
        to_cloudformation: dict[str, Any] = {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}
        client("cloudformation", **person(ADMINISTRATOR, allow("cloudformation:*"), allow("iam:PassRole", **to_cloudformation))).create_stack_set(**given)

    def test_a_stack_set_is_a_resource(self) -> None:
        self.make()
        somebody = client("cloudformation", **person(ADMINISTRATOR, allow("cloudformation:*", f"arn:aws:cloudformation:*:*:stackset/{self.name}:*")))
        somebody.describe_stack_set(StackSetName=self.name)
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            somebody.describe_stack_set(StackSetName="another")


class Operations(StackSetTest):
    def test_too_many_failures_end_it(self) -> None:
        self.execution(FIRST, allow("s3:*"))
        self.make()
        operation = self.place(FIRST, SECOND, THIRD)
        self.assertEqual(operation["Status"], "FAILED")
        self.assertEqual(self.results(operation["OperationId"]), {FIRST: "FAILED", SECOND: "CANCELLED", THIRD: "CANCELLED"})

    def test_tolerated_failures_do_not(self) -> None:
        self.execution(FIRST, allow("s3:*"))
        self.make()
        operation = self.place(FIRST, SECOND, THIRD, OperationPreferences={"FailureToleranceCount": 1, "MaxConcurrentCount": 2})
        self.assertEqual(operation["Status"], "SUCCEEDED")
        self.assertEqual(operation["StatusDetails"]["FailedStackInstancesCount"], 1)
        self.assertEqual(self.results(operation["OperationId"]), {FIRST: "FAILED", SECOND: "SUCCEEDED", THIRD: "SUCCEEDED"})

    def test_one_operation_at_a_time(self) -> None:
        self.make()
        operation = self.cloudformation.create_stack_instances(StackSetName=self.name, Accounts=[FIRST, SECOND], Regions=[REGION])["OperationId"]
        with self.assertRaisesRegex(Exception, "OperationInProgress"):
            for _ in range(3):
                self.cloudformation.create_stack_instances(StackSetName=self.name, Accounts=[THIRD], Regions=[REGION])
        self.ended(operation)

    def test_pages_are_short(self) -> None:
        self.make()
        self.place(FIRST, SECOND, THIRD)
        first = self.cloudformation.list_stack_instances(StackSetName=self.name)
        self.assertEqual(len(first["Summaries"]), 2)
        self.assertEqual(len(self.cloudformation.list_stack_instances(StackSetName=self.name, NextToken=first["NextToken"])["Summaries"]), 1)


class Templates(StackSetTest):
    def refused(self, reason: str, **given: Any) -> None:
        with self.assertRaisesRegex(Exception, reason):
            self.cloudformation.create_stack_set(**{"StackSetName": self.name, "TemplateBody": json.dumps(_SMALL), **given})

    def test_a_template_has_a_limit(self) -> None:
        body = json.dumps({**_SMALL, "Description": "x" * 1000, "Metadata": {"Padding": "x" * 51_200}})
        self.refused("length less than or equal to 51200", TemplateBody=body)
        fits = json.dumps(_SMALL)
        self.cloudformation.create_stack_set(StackSetName=self.name, TemplateBody=fits + " " * (51_200 - len(fits)))

    def test_roles_need_to_be_acknowledged(self) -> None:
        self.refused("InsufficientCapabilities", TemplateBody=json.dumps(_BROKEN))

    def test_parameters_must_exist_and_have_values(self) -> None:
        self.refused(r"\[Other\] do not exist", Parameters=[{"ParameterKey": "Other", "ParameterValue": "x"}])
        self.refused(r"\[Value\] must have values", TemplateBody=json.dumps({**_SMALL, "Parameters": {"Value": {"Type": "String"}}}))

    def test_references_to_nothing(self) -> None:
        self.refused("Unresolved resource dependencies", TemplateBody=json.dumps({**_SMALL, "Parameters": {}}))

    def test_units_are_for_service_managed_sets(self) -> None:
        self.make()
        with self.assertRaisesRegex(Exception, "OrganizationalUnitIds cannot be specified"):
            self.cloudformation.create_stack_instances(StackSetName=self.name, DeploymentTargets={"OrganizationalUnitIds": ["ou-ab12-prod1111"]}, Regions=[REGION])
