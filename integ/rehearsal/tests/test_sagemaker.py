"""The SageMaker API over what CloudFormation deployed."""
import time

from .local import LocalAwsTest, client
from .templates import domain, ref, user


class Studio(LocalAwsTest):
    def setUp(self) -> None:
        super().setUp()
        self.deploy(domain(), outputs={"Domain": {"Value": ref("Domain")}}, User=user())
        self.sagemaker, self.domain = client("sagemaker"), self.output("Domain")

    def space(self, name: str) -> None:
        self.sagemaker.create_space(DomainId=self.domain, SpaceName=name, OwnershipSettings={"OwnerUserProfileName": "alice"}, SpaceSharingSettings={"SharingType": "Private"})

    def test_the_deployed_domain_and_profile_are_described(self) -> None:
        self.assertEqual(self.sagemaker.describe_domain(DomainId=self.domain)["Status"], "InService")
        self.assertEqual(self.sagemaker.describe_user_profile(DomainId=self.domain, UserProfileName="alice")["UserProfileName"], "alice")

    def test_pages_are_short(self) -> None:
        for name in ("one", "two", "three"):
            self.space(name)
        first = self.sagemaker.list_spaces(DomainIdEquals=self.domain, MaxResults=100)
        self.assertEqual(len(first["Spaces"]), 2)
        second = self.sagemaker.list_spaces(DomainIdEquals=self.domain, NextToken=first["NextToken"])
        self.assertEqual(len(second["Spaces"]), 1)
        self.assertNotIn("NextToken", second)

    def test_a_deleted_app_takes_its_time_and_stays_in_the_list(self) -> None:
        self.space("work")
        app = {"DomainId": self.domain, "SpaceName": "work", "AppType": "JupyterLab", "AppName": "default"}
        self.sagemaker.create_app(**app)
        self.sagemaker.delete_app(**app)
        self.assertEqual(self._statuses(), ["Deleting"])
        time.sleep(0.6)
        self.assertEqual(self._statuses(), ["Deleted"])
        self.sagemaker.delete_space(DomainId=self.domain, SpaceName="work")
        time.sleep(0.6)
        self.assertEqual(self.delete(), "DELETE_COMPLETE")

    def test_what_is_not_there_is_not_found(self) -> None:
        with self.assertRaisesRegex(Exception, "ResourceNotFound"):
            self.sagemaker.describe_space(DomainId=self.domain, SpaceName="nothing")
        with self.assertRaisesRegex(Exception, "ResourceNotFound"):
            self.sagemaker.describe_domain(DomainId="d-nothing")

    def test_requests_are_checked_against_the_api(self) -> None:
        with self.assertRaisesRegex(Exception, "the local AWS has no sagemaker:CreateTrainingJob"):
            self.sagemaker.create_training_job(TrainingJobName="x", AlgorithmSpecification={"TrainingInputMode": "File"}, RoleArn="arn:aws:iam::111111111111:role/some-role",
                                               OutputDataConfig={"S3OutputPath": "s3://b"}, StoppingCondition={}, ResourceConfig={"VolumeSizeInGB": 1})

    def test_a_changed_setting_is_updated_in_place(self) -> None:
        self.assertEqual(self.deploy(domain(TagPropagation="ENABLED"), User=user()), "UPDATE_COMPLETE")
        self.assertEqual(self.sagemaker.describe_domain(DomainId=self.domain)["TagPropagation"], "ENABLED")

    def _statuses(self) -> list[str]:
        return [app["Status"] for app in self.sagemaker.list_apps(DomainIdEquals=self.domain)["Apps"]]
