"""What clean-up asks the local AWS: whose a resource is, and that what stacks keep can be deleted by itself."""
import botocore.exceptions

from .local import ACCOUNT, REGION, LocalAwsTest, client

_TAGS = [{"Key": "environment", "Value": "churn"}]


class Makers(LocalAwsTest):
    """Retained resources are found by their tags, which name the stack that made them."""

    def test_what_a_stack_has_kept_wears_its_id(self) -> None:
        kept = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
        self.deploy(Bucket={"Type": "AWS::S3::Bucket", "Properties": {"Tags": _TAGS}, **kept}, Logs={"Type": "AWS::Logs::LogGroup", "Properties": {"Tags": _TAGS}, **kept})
        stack = self.cloudformation.describe_stacks(StackName=self.stack)["Stacks"][0]["StackId"]
        self.delete()
        found = client("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "environment", "Values": ["churn"]}])["ResourceTagMappingList"]
        self.assertEqual(sorted(one["ResourceARN"].split(":")[2] for one in found), ["logs", "s3"])
        for one in found:
            self.assertIn({"Key": "aws:cloudformation:stack-id", "Value": stack}, one["Tags"])

    def test_what_a_deleted_stack_had_is_remembered(self) -> None:
        self.deploy(Parameter={"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/of/deleted", "Type": "String", "Value": "1"}},
                    Bucket={"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"})
        stack = self.cloudformation.describe_stacks(StackName=self.stack)["Stacks"][0]["StackId"]
        self.delete()
        found = {one["LogicalResourceId"]: (one["PhysicalResourceId"], one["ResourceStatus"]) for one in self.cloudformation.list_stack_resources(StackName=stack)["StackResourceSummaries"]}
        self.assertEqual(found["Parameter"], ("/of/deleted", "DELETE_COMPLETE"))
        self.assertEqual(found["Bucket"][1], "DELETE_SKIPPED")

    def test_a_stack_is_found_by_what_it_has_made(self) -> None:
        self.deploy(Parameter={"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/of/makers", "Type": "String", "Value": "1"}})
        found = self.cloudformation.describe_stack_resources(PhysicalResourceId="/of/makers")["StackResources"]
        self.assertEqual([one["StackName"] for one in found], [self.stack])
        self.delete()
        with self.assertRaisesRegex(botocore.exceptions.ClientError, "does not exist"):
            self.cloudformation.describe_stack_resources(PhysicalResourceId="/of/makers")


class Kept(LocalAwsTest):
    """What stacks keep is deleted by its own API."""

    def test_repositories_go_and_may_be_gone(self) -> None:
        self.deploy(Code={"Type": "AWS::CodeCommit::Repository", "Properties": {"RepositoryName": "kept"}, "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"})
        self.delete()
        codecommit = client("codecommit")
        self.assertEqual([one["repositoryName"] for one in codecommit.list_repositories()["repositories"]], ["kept"])
        for _ in range(2):
            codecommit.delete_repository(repositoryName="kept")
        self.assertEqual(codecommit.list_repositories()["repositories"], [])

    def test_a_group_goes_after_its_versions(self) -> None:
        self.deploy(Group={"Type": "AWS::SageMaker::ModelPackageGroup", "Properties": {"ModelPackageGroupName": "kept"}, "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"})
        self.delete()
        sagemaker = client("sagemaker")
        version = sagemaker.create_model_package(ModelPackageGroupName="kept", InferenceSpecification={"Containers": [{"Image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/m:1"}]})
        with self.assertRaisesRegex(botocore.exceptions.ClientError, "has versions"):
            sagemaker.delete_model_package_group(ModelPackageGroupName="kept")
        sagemaker.delete_model_package(ModelPackageName=version["ModelPackageArn"])
        sagemaker.delete_model_package_group(ModelPackageGroupName="kept")
        self.assertEqual(sagemaker.list_model_package_groups(NameContains="kept")["ModelPackageGroupSummaryList"], [])
        with self.assertRaisesRegex(botocore.exceptions.ClientError, "does not exist"):
            sagemaker.delete_model_package_group(ModelPackageGroupName="kept")
