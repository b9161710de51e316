"""SageMaker projects: launched by either way as whoever asks, and never with more than their own permissions."""
import json
import time
from typing import Any

from .local import ACCOUNT, REGION, client, tell
from .people import Statement, allow, person, role, trusting
from .test_service_catalog import _CATALOG, _TOPICS, CatalogTest, launching

_STACKS = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/SP-*"
_CLOUDFORMATION = trusting({"Service": "cloudformation.amazonaws.com"}, StringEquals={"aws:SourceAccount": ACCOUNT}, ArnLike={"aws:SourceArn": _STACKS})


class ProjectTest(CatalogTest):
    def setUp(self) -> None:
        super().setUp()
        self.project = self.name[-25:]

    def template(self, **topic: Any) -> str:
        parameters = {name: {"Type": "String"} for name in ("SageMakerProjectName", "SageMakerProjectId")}
        resources = {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::Sub": "project-${SageMakerProjectName}-${SageMakerProjectId}"}, **topic}}}
        key = f"projects/{time.monotonic_ns()}.yaml"
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=json.dumps({"Parameters": parameters, "Resources": resources}).encode())
        return f"https://{self.bucket}.s3.{REGION}.amazonaws.com/{key}"

    def status(self) -> str:
        sagemaker = client("sagemaker")
        while (status := sagemaker.describe_project(ProjectName=self.project)["ProjectStatus"]).endswith("InProgress"):
            time.sleep(0.05)
        return str(status)

    def made(self) -> list[str]:
        return [topic for topic in self.topics() if self.project in topic]

    def create(self, who: Any, **more: Any) -> str:
        who.create_project(ProjectName=self.project, **more)
        return self.status()


class FromServiceCatalog(ProjectTest):
    def details(self) -> dict[str, Any]:
        return {"ServiceCatalogProvisioningDetails": {"ProductId": self.output("Product"), "ProvisioningArtifactId": self.output("Versions")}}

    def test_a_project_is_launched_and_deleted(self) -> None:
        self.people = person(ACCOUNT, allow("sagemaker:*"), allow("servicecatalog:*", StringEqualsIfExists={"servicecatalog:userLevel": "self"}))
        self.offered(_TOPICS)
        alice = client("sagemaker", **self.people)
        self.assertEqual(self.create(alice, **self.details()), "CreateCompleted")
        self.assertEqual(len(self.made()), 1)
        with self.assertRaisesRegex(Exception, "AccessDenied.*Terminate"):
            client("sagemaker", **person(ACCOUNT, allow("sagemaker:*"), allow("servicecatalog:*", StringEquals={"servicecatalog:userLevel": "self"}))).delete_project(ProjectName=self.project)
        alice.delete_project(ProjectName=self.project)
        self.assertEqual((self.status(), self.made()), ("DeleteCompleted", []))

    def test_whoever_asks_must_be_allowed_to_launch_the_product(self) -> None:
        self.people = person(ACCOUNT, allow("sagemaker:*"))
        self.offered(_TOPICS)
        with self.assertRaisesRegex(Exception, "AccessDenied.*servicecatalog:ProvisionProduct"):
            self.create(client("sagemaker", **self.people), **self.details())


class FromS3(ProjectTest):
    def asked(self, url: str, launch_role: str, *instead: Statement) -> dict[str, Any]:
        """What a person who may launch this template with this role, and nothing else, asks for."""
        exactly = {"StringEquals": {"cloudformation:RoleArn": launch_role}}
        self.people = person(ACCOUNT, allow("sagemaker:*"), *(instead or [
            allow(["cloudformation:CreateStack", "cloudformation:UpdateStack"], _STACKS, StringLike={"cloudformation:TemplateUrl": f"https://{self.bucket}.s3.*/projects/*"}, **exactly),
            allow("cloudformation:DeleteStack", _STACKS, **exactly), allow("cloudformation:TagResource", _STACKS),
            allow("iam:PassRole", launch_role, StringEquals={"iam:PassedToService": "cloudformation.amazonaws.com"}), allow("s3:GetObject", f"arn:aws:s3:::{self.bucket}/*")]))
        return {"TemplateProviders": [{"CfnTemplateProvider": {"TemplateName": "train", "TemplateURL": url, "RoleARN": launch_role}}]}

    def launch_role(self, *statements: Statement, trust: Statement = _CLOUDFORMATION) -> str:
        return role(ACCOUNT, f"launch-{self.name}", trust, *statements)

    def test_a_project_is_launched_updated_and_deleted(self) -> None:
        asked = self.asked(self.template(), self.launch_role(_TOPICS))
        alice = client("sagemaker", **self.people)
        self.assertEqual(self.create(alice, **asked), "CreateCompleted")
        self.assertEqual(len(self.made()), 1)
        alice.update_project(ProjectName=self.project, TemplateProvidersToUpdate=[{"CfnTemplateProvider": {"TemplateName": "train", "TemplateURL": self.template(DisplayName="two")}}])
        self.assertEqual(self.status(), "UpdateCompleted")
        attributes = client("sns").get_topic_attributes(TopicArn=f"arn:aws:sns:{REGION}:{ACCOUNT}:{self.made()[0]}")["Attributes"]
        self.assertEqual(attributes["DisplayName"], "two")
        alice.delete_project(ProjectName=self.project)
        self.assertEqual((self.status(), self.made()), ("DeleteCompleted", []))

    def refused(self, why: str, asked: dict[str, Any]) -> None:
        with self.assertRaisesRegex(Exception, why):
            self.create(client("sagemaker", **self.people), **asked)

    def test_another_template_is_refused(self) -> None:
        launch_role = self.launch_role(_TOPICS)
        url = self.template().replace("projects/", "mine/")
        self.refused("AccessDenied.*cloudformation:CreateStack", self.asked(url, launch_role))

    def test_another_role_is_refused(self) -> None:
        asked = self.asked(self.template(), self.launch_role(_TOPICS))
        asked["TemplateProviders"][0]["CfnTemplateProvider"]["RoleARN"] = role(ACCOUNT, f"admin-{self.name}", _CLOUDFORMATION, allow("*"))
        self.refused("AccessDenied.*cloudformation:CreateStack", asked)

    def test_the_role_must_be_passed(self) -> None:
        self.refused("AccessDenied.*iam:PassRole", self.asked(self.template(), self.launch_role(_TOPICS), allow("cloudformation:*"), allow("s3:*")))

    def test_the_template_is_read_as_whoever_asks(self) -> None:
        self.refused("s3:GetObject", self.asked(self.template(), self.launch_role(_TOPICS), allow("cloudformation:*"), allow("iam:PassRole")))

    def test_a_role_that_lets_only_service_catalog_in_is_refused(self) -> None:
        self.refused("cannot be assumed", self.asked(self.template(), self.launch_role(_TOPICS, trust=_CATALOG)))

    def test_a_launch_role_needs_no_permission_for_stacks_of_its_own(self) -> None:
        asked = self.asked(self.template(), self.launch_role(*launching()))
        self.assertEqual(self.create(client("sagemaker", **self.people), **asked), "CreateFailed")
        weighed = tell("weighed", {"role": self.launch_role()})
        self.assertIn("sns:CreateTopic", weighed)
        self.assertEqual([action for action in weighed if action.startswith("cloudformation:")], [])


class Switch(ProjectTest):
    def test_the_portfolio_is_switched_on_by_who_may_accept_its_share(self) -> None:
        client("sagemaker").disable_sagemaker_servicecatalog_portfolio()
        with self.assertRaisesRegex(Exception, "AccessDenied.*AcceptPortfolioShare"):
            client("sagemaker", **person(ACCOUNT, allow("sagemaker:*"))).enable_sagemaker_servicecatalog_portfolio()
        self.assertEqual(client("sagemaker").get_sagemaker_servicecatalog_portfolio_status()["Status"], "Disabled")
        client("sagemaker", **person(ACCOUNT, allow(["sagemaker:*", "servicecatalog:*"]))).enable_sagemaker_servicecatalog_portfolio()
        self.assertEqual(client("sagemaker").get_sagemaker_servicecatalog_portfolio_status()["Status"], "Enabled")
