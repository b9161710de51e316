"""Products that people launch: who finds them, with which role they are made, and what becomes of them."""
import json
import time
from typing import Any

from .local import ACCOUNT, REGION, LocalAwsTest, client
from .people import Statement, allow, person, role, trusting
from .templates import attribute, ref, resource

_HERE = f"arn:aws:{{service}}:{REGION}:{ACCOUNT}:{{resource}}"
_STACKS = "arn:aws:cloudformation:*:*:stack/SC-*"
_CATALOG = trusting({"Service": "servicecatalog.amazonaws.com"}, StringEquals={"aws:SourceAccount": ACCOUNT})


def launching(*more: Statement) -> list[Statement]:
    """What every launch role needs: its stacks, and Service Catalog's copies of templates."""
    return [
        allow(["cloudformation:*Stack*", "cloudformation:*Resource"], _STACKS), allow(["cloudformation:GetTemplateSummary", "cloudformation:ValidateTemplate"]),
        allow("s3:GetObject", StringEquals={"s3:ExistingObjectTag/servicecatalog:provisioning": "true"}), *more]


_TOPICS = allow("sns:*", f"arn:aws:sns:{REGION}:{ACCOUNT}:project-*")


class CatalogTest(LocalAwsTest):
    def setUp(self) -> None:
        super().setUp()
        self.name = self.stack.replace("-", "")[-30:]
        self.s3 = client("s3")
        self.bucket = f"templates-{self.name}"
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.people = person(ACCOUNT, allow("servicecatalog:*", StringEqualsIfExists={"servicecatalog:userLevel": "self"}))
        self.alice = client("servicecatalog", **self.people)

    def template(self, **topic: Any) -> str:
        """Puts a template into the bucket; its address."""
        parameters = {"ProjectName": {"Type": "String", "AllowedPattern": "[a-z]+"}}
        resources = {"Topic": resource("AWS::SNS::Topic", TopicName={"Fn::Sub": "project-${ProjectName}"}, **topic)}
        key = f"{time.monotonic_ns()}.json"
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=json.dumps({"Parameters": parameters, "Resources": resources}).encode())
        return f"https://{self.bucket}.s3.{REGION}.amazonaws.com/{key}"

    def offer(self, url: str, launch_role: str, version: str = "one", deployer: str | None = None, to: str | None = None) -> str:
        product = resource("AWS::ServiceCatalog::CloudFormationProduct", Name="Train", Owner="us",
                           ProvisioningArtifactParameters=[{"Name": version, "Info": {"LoadTemplateFromURL": url}}])
        principal = to or client("sts", **self.people).get_caller_identity()["Arn"]
        place: dict[str, Any] = {"PortfolioId": ref("Portfolio")}
        return self.deploy(
            role=deployer, outputs={"Product": {"Value": ref("Product")}, "Versions": {"Value": attribute("Product", "ProvisioningArtifactIds")}},
            Portfolio=resource("AWS::ServiceCatalog::Portfolio", DisplayName=self.name, ProviderName="us"), Product=product,
            People=resource("AWS::ServiceCatalog::PortfolioPrincipalAssociation", PrincipalARN=principal, PrincipalType="IAM", **place),
            Offer=resource("AWS::ServiceCatalog::PortfolioProductAssociation", ProductId=ref("Product"), **place),
            Constraint=resource(
                "AWS::ServiceCatalog::LaunchRoleConstraint", ProductId=ref("Product"), depends_on="Offer", **place,
                **{"RoleArn" if launch_role.startswith("arn:") else "LocalRoleName": launch_role}))

    def offered(self, *statements: Statement, trust: Statement = _CATALOG) -> str:
        launch_role = role(ACCOUNT, f"launch-{self.name}", trust, *launching(*statements))
        self.assertEqual(self.offer(self.template(), launch_role), "CREATE_COMPLETE", self.reasons())
        return launch_role

    def launch(self, by: Any = None, project: str = "churn") -> dict[str, Any]:
        """The provisioned product when its launch is over."""
        answer = (by or self.alice).provision_product(
            ProductId=self.output("Product"), ProvisioningArtifactId=self.output("Versions"), ProvisionedProductName=f"{self.name}-{time.monotonic_ns()}",
            ProvisioningParameters=[{"Key": "ProjectName", "Value": project}], ProvisionToken="token")
        return self.over(answer)

    def over(self, answer: dict[str, Any]) -> dict[str, Any]:
        record: dict[str, Any] = answer["RecordDetail"]
        while record["Status"] in ("CREATED", "IN_PROGRESS"):
            time.sleep(0.05)
            record = client("servicecatalog").describe_record(Id=record["RecordId"])["RecordDetail"]
        return record

    def topics(self) -> list[str]:
        return [topic["TopicArn"].rsplit(":", 1)[1] for topic in client("sns").list_topics()["Topics"] if ":project-" in topic["TopicArn"]]

    def shown_name(self) -> str:
        name: str = client("sns").get_topic_attributes(TopicArn=f"arn:aws:sns:{REGION}:{ACCOUNT}:project-churn")["Attributes"]["DisplayName"]
        return name

    def why(self, record: dict[str, Any]) -> str:
        return "; ".join(error["Description"] for error in record.get("RecordErrors", []))


class Launching(CatalogTest):
    def test_a_product_is_launched_updated_and_terminated(self) -> None:
        self.offered(_TOPICS)
        record = self.launch()
        self.assertEqual((record["Status"], self.why(record)), ("SUCCEEDED", ""))
        self.assertIn("project-churn", self.topics())
        made = record["ProvisionedProductId"]
        stacks = [stack["StackName"] for stack in self.cloudformation.describe_stacks()["Stacks"]]
        self.assertIn(f"SC-{ACCOUNT}-{made}", stacks)
        given = [{"Key": "ProjectName", "Value": "fraud"}]
        updated = self.over(self.alice.update_provisioned_product(ProvisionedProductId=made, ProvisioningParameters=given, UpdateToken="token"))
        self.assertEqual(updated["Status"], "SUCCEEDED")
        self.assertEqual((("project-churn" in self.topics()), ("project-fraud" in self.topics())), (False, True))
        self.assertEqual(self.over(self.alice.terminate_provisioned_product(ProvisionedProductId=made, TerminateToken="token"))["Status"], "SUCCEEDED")
        self.assertNotIn("project-fraud", self.topics())
        with self.assertRaisesRegex(Exception, "ResourceNotFound"):
            self.alice.describe_provisioned_product(Id=made)

    def test_a_launch_role_that_may_not_make_the_resource_fails_the_launch(self) -> None:
        self.offered(allow("sns:*", f"arn:aws:sns:{REGION}:{ACCOUNT}:other-*"))
        record = self.launch()
        self.assertEqual(record["Status"], "FAILED")
        self.assertIn("sns:CreateTopic", self.why(record))
        self.assertEqual(self.alice.describe_provisioned_product(Id=record["ProvisionedProductId"])["ProvisionedProductDetail"]["Status"], "ERROR")
        ended = self.over(self.alice.terminate_provisioned_product(ProvisionedProductId=record["ProvisionedProductId"], TerminateToken="token"))
        self.assertEqual(ended["Status"], "SUCCEEDED", self.why(ended))

    def test_a_launch_role_that_may_not_make_stacks_fails_the_launch(self) -> None:
        launch_role = role(ACCOUNT, f"launch-{self.name}", _CATALOG, _TOPICS, allow("s3:GetObject"), allow("cloudformation:*", "arn:aws:cloudformation:*:*:stack/SP-*"),
                           allow(["cloudformation:GetTemplateSummary", "cloudformation:ValidateTemplate"]))
        self.offer(self.template(), launch_role)
        self.assertIn("cloudformation:CreateStack", self.why(self.launch()))

    def test_a_launch_role_that_may_not_read_the_copy_of_the_template_fails_the_launch(self) -> None:
        launch_role = role(ACCOUNT, f"launch-{self.name}", _CATALOG, _TOPICS, allow("cloudformation:*"), allow("s3:GetObject", f"arn:aws:s3:::{self.bucket}/*"))
        self.offer(self.template(), launch_role)
        self.assertIn("s3:GetObject", self.why(self.launch()))

    def test_a_launch_role_must_let_service_catalog_in(self) -> None:
        self.offered(_TOPICS, trust=trusting({"Service": "servicecatalog.amazonaws.com"}, StringEquals={"aws:SourceAccount": "222222222222"}))
        self.assertIn("not authorized to assume the role", self.why(self.launch()))

    def test_a_launch_role_is_known_by_its_name_in_the_account(self) -> None:
        launch_role = role(ACCOUNT, f"launch-{self.name}", _CATALOG, *launching(_TOPICS))
        self.assertEqual(self.offer(self.template(), launch_role.rsplit("/", 1)[1]), "CREATE_COMPLETE", self.reasons())
        record = self.launch()
        self.assertEqual((record["Status"], record["LaunchRoleArn"]), ("SUCCEEDED", launch_role))
        self.over(self.alice.terminate_provisioned_product(ProvisionedProductId=record["ProvisionedProductId"], TerminateToken="token"))

    def test_a_launch_role_that_is_named_must_be_there(self) -> None:
        self.assertEqual(self.offer(self.template(), "nobody"), "ROLLBACK_COMPLETE")
        self.assertIn("role nobody", self.reasons())

    def test_parameters_are_checked(self) -> None:
        self.offered(_TOPICS)
        self.assertIn("must match pattern", self.why(self.launch(project="NOT LOWER")))


class Finding(CatalogTest):
    def test_who_is_not_in_the_portfolio_finds_nothing(self) -> None:
        self.offered(_TOPICS)
        bob = client("servicecatalog", **person(ACCOUNT, allow("servicecatalog:*")))
        for call in (lambda: self.launch(bob), lambda: bob.describe_product(Id=self.output("Product")), lambda: bob.list_launch_paths(ProductId=self.output("Product"))):
            with self.assertRaisesRegex(Exception, "ResourceNotFound"):
                call()

    def test_the_callers_own_policies_must_allow_it(self) -> None:
        self.people = person(ACCOUNT, allow("servicecatalog:*", _HERE.format(service="catalog", resource="product/prod-other")))
        self.offered(_TOPICS)
        with self.assertRaisesRegex(Exception, "AccessDenied.*ProvisionProduct"):
            self.launch(client("servicecatalog", **self.people))

    def test_somebody_elses_cannot_be_terminated(self) -> None:
        self.offered(_TOPICS)
        made = self.launch()["ProvisionedProductId"]
        own = allow(["servicecatalog:TerminateProvisionedProduct", "servicecatalog:UpdateProvisionedProduct"], StringEquals={"servicecatalog:userLevel": "self"})
        bob = client("servicecatalog", **person(ACCOUNT, own))
        for call in (bob.terminate_provisioned_product, bob.update_provisioned_product):
            with self.assertRaisesRegex(Exception, "AccessDenied"):
                call(ProvisionedProductId=made)
        self.assertEqual(self.over(self.alice.terminate_provisioned_product(ProvisionedProductId=made, TerminateToken="token"))["Status"], "SUCCEEDED")

    def test_parameters_and_the_path_are_shown(self) -> None:
        launch_role = self.offered(_TOPICS)
        shown = self.alice.describe_provisioning_parameters(ProductId=self.output("Product"), ProvisioningArtifactId=self.output("Versions"))
        self.assertEqual([parameter["ParameterKey"] for parameter in shown["ProvisioningArtifactParameters"]], ["ProjectName"])
        (path,) = self.alice.list_launch_paths(ProductId=self.output("Product"))["LaunchPathSummaries"]
        self.assertIn(launch_role, path["ConstraintSummaries"][0]["Description"])


class Versions(CatalogTest):
    def test_another_template_is_another_version_and_leaves_what_runs_alone(self) -> None:
        launch_role = self.offered(_TOPICS)
        first, record = self.output("Versions"), self.launch()
        self.assertEqual(self.offer(self.template(DisplayName="two"), launch_role, version="two"), "UPDATE_COMPLETE")
        second = self.output("Versions")
        self.assertNotEqual(first, second)
        detail = self.alice.describe_provisioned_product(Id=record["ProvisionedProductId"])["ProvisionedProductDetail"]
        self.assertEqual((detail["Status"], detail["ProvisioningArtifactId"]), ("AVAILABLE", first))
        self.assertNotEqual(self.shown_name(), "two")
        updated = self.over(self.alice.update_provisioned_product(ProvisionedProductId=record["ProvisionedProductId"], ProvisioningArtifactId=second, UpdateToken="token"))
        self.assertEqual(updated["Status"], "SUCCEEDED", self.why(updated))
        self.assertEqual(self.shown_name(), "two")
        self.over(self.alice.terminate_provisioned_product(ProvisionedProductId=record["ProvisionedProductId"], TerminateToken="token"))

    def test_the_same_name_and_address_is_the_same_version(self) -> None:
        launch_role, url = role(ACCOUNT, f"launch-{self.name}", _CATALOG), self.template()
        self.offer(url, launch_role)
        first = self.output("Versions")
        self.offer(url, launch_role, to=role(ACCOUNT, f"other-{self.name}", _CATALOG))
        self.assertEqual(self.output("Versions"), first)

    def test_a_version_keeps_its_template_when_the_object_goes(self) -> None:
        self.offered(_TOPICS)
        for found in self.s3.list_objects_v2(Bucket=self.bucket)["Contents"]:
            self.s3.delete_object(Bucket=self.bucket, Key=found["Key"])
        record = self.launch()
        self.assertEqual(record["Status"], "SUCCEEDED", self.why(record))
        self.over(self.alice.terminate_provisioned_product(ProvisionedProductId=record["ProvisionedProductId"], TerminateToken="token"))

    def test_who_deploys_a_product_must_be_able_to_read_its_template(self) -> None:
        deployer = role(ACCOUNT, f"deployer-{self.name}", trusting({"Service": "cloudformation.amazonaws.com"}), allow(["servicecatalog:*", "iam:PassRole"]))
        self.assertEqual(self.offer(self.template(), role(ACCOUNT, f"launch-{self.name}", _CATALOG), deployer=deployer), "ROLLBACK_COMPLETE")
        self.assertIn("s3:GetObject", self.reasons())

    def test_a_bucket_that_shuts_the_deployer_out_does_so(self) -> None:
        deployer = role(ACCOUNT, f"deployer-{self.name}", trusting({"Service": "cloudformation.amazonaws.com"}), allow("*"))
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{self.bucket}/*", "Condition": {"ArnEquals": {"aws:PrincipalArn": deployer}}}
        self.s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
        self.assertEqual(self.offer(self.template(), role(ACCOUNT, f"launch-{self.name}", _CATALOG), deployer=deployer), "ROLLBACK_COMPLETE")
        self.assertIn("explicit deny in a resource-based policy", self.reasons())

    def test_a_template_that_does_not_exist_is_refused(self) -> None:
        self.assertEqual(self.offer(f"https://{self.bucket}.s3.{REGION}.amazonaws.com/nothing.json", role(ACCOUNT, f"launch-{self.name}", _CATALOG)), "ROLLBACK_COMPLETE")
        self.assertIn("does not exist", self.reasons())
