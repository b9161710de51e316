"""What AWS refuses to delete, and what a failed deletion holds."""
from .local import LocalAwsTest, client
from .templates import domain, network, ref, resource, user

_SPACE = {"SpaceName": "work", "OwnershipSettings": {"OwnerUserProfileName": "alice"}, "SpaceSharingSettings": {"SharingType": "Private"}}


class Deletion(LocalAwsTest):
    def test_everything_goes_in_the_order_of_references(self) -> None:
        self.deploy(domain(), User=user())
        self.assertEqual(self.delete(), "DELETE_COMPLETE")

    def test_a_group_that_another_one_names_stays(self) -> None:
        self.deploy(network(), Group=resource("AWS::EC2::SecurityGroup", GroupDescription="g", VpcId=ref("Vpc")))
        ec2 = client("ec2")
        group = next(group for group in ec2.describe_security_groups()["SecurityGroups"] if group["Description"] == "g")
        other = ec2.create_security_group(GroupName="other", Description="o", VpcId=group["VpcId"])["GroupId"]
        rule = {"GroupId": other, "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group["GroupId"]}]}]}
        ec2.authorize_security_group_ingress(**rule)
        self.assertEqual(self.delete(), "DELETE_FAILED")
        self.assertIn(f"a rule of security group {other}", self.reasons())
        with self.assertRaisesRegex(Exception, "DependencyViolation"):
            ec2.delete_security_group(GroupId=group["GroupId"])
        ec2.revoke_security_group_ingress(**rule)
        ec2.delete_security_group(GroupId=other)
        self.assertEqual(self.delete(), "DELETE_COMPLETE")

    def test_a_domain_with_a_running_app_holds_its_network(self) -> None:
        self.deploy(domain(), outputs={"Domain": {"Value": ref("Domain")}}, User=user())
        sagemaker, name = client("sagemaker"), self.output("Domain")
        sagemaker.create_space(DomainId=name, **_SPACE)
        sagemaker.create_app(DomainId=name, SpaceName="work", AppType="JupyterLab", AppName="default")
        with self.assertRaisesRegex(Exception, "ResourceInUse"):
            sagemaker.delete_space(DomainId=name, SpaceName="work")
        self.assertEqual(self.delete(), "DELETE_FAILED")
        self.assertIn("space work", self.reasons())
        self.assertEqual(len(client("ec2").describe_network_interfaces(Filters=[{"Name": "description", "Values": ["[DO NOT DELETE] SageMaker app default"]}])["NetworkInterfaces"]), 1)

    def test_a_home_file_system_holds_the_network_when_the_domain_is_gone(self) -> None:
        self.deploy(domain(HomeEfsFileSystemCreation="Enabled"))
        self.assertEqual(self.delete(), "DELETE_FAILED")
        self.assertIn("EFS mount target", self.reasons())

    def test_what_a_failed_resource_depends_on_stays(self) -> None:
        self.deploy(domain(HomeEfsFileSystemCreation="Enabled"))
        self.delete()
        self.assertIn("Resource deletion cancelled", self.reasons())
        self.assertTrue(any(vpc["CidrBlock"] == "10.0.0.0/16" for vpc in client("ec2").describe_vpcs()["Vpcs"]))

    def test_a_bucket_goes_when_every_version_in_it_has_gone(self) -> None:
        self.deploy({}, outputs={"Bucket": {"Value": ref("Bucket")}}, Bucket=resource("AWS::S3::Bucket", VersioningConfiguration={"Status": "Enabled"}))
        s3, bucket = client("s3"), self.output("Bucket")
        s3.put_object(Bucket=bucket, Key="work", Body=b"of a year")
        s3.delete_object(Bucket=bucket, Key="work")
        self.assertEqual(self.delete(), "DELETE_FAILED")
        self.assertIn("the object work", self.reasons())
        found = s3.list_object_versions(Bucket=bucket)
        for version in [*found["Versions"], *found["DeleteMarkers"]]:
            s3.delete_object(Bucket=bucket, Key="work", VersionId=version["VersionId"])
        self.assertEqual(self.delete(), "DELETE_COMPLETE")
