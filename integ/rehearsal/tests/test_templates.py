"""What CloudFormation refuses before or while it makes resources."""
import json
import unittest

from .local import LocalAwsTest, client
from .templates import Resource, attribute, domain, policy, ref, resource, trust


class Properties(LocalAwsTest):
    def refused(self, reason: str, **resources: Resource) -> None:
        self.assertEqual(self.deploy(resources), "ROLLBACK_COMPLETE")
        self.assertIn(reason, self.reasons())

    def test_unknown_property(self) -> None:
        self.refused("extraneous key [NoSuch] is not permitted", Group=resource("AWS::Logs::LogGroup", NoSuch=1))

    def test_unknown_property_deep_in_a_domain(self) -> None:
        self.refused("extraneous key [Nope]", **domain(DefaultUserSettings={"ExecutionRole": attribute("Role", "Arn"), "JupyterLabAppSettings": {"Nope": 1}}))

    def test_missing_property(self) -> None:
        self.refused("required property [DomainId] is missing", User=resource("AWS::SageMaker::UserProfile", UserProfileName="alice"))

    def test_value_out_of_range(self) -> None:
        self.refused("31 is not one of", Group=resource("AWS::Logs::LogGroup", RetentionInDays=31))

    def test_wrong_type(self) -> None:
        self.refused("is not a number", Group=resource("AWS::Logs::LogGroup", RetentionInDays="soon"))

    def test_read_only_property(self) -> None:
        self.refused("#/Url: is read-only", **domain(Url="https://example.com"))

    def test_unknown_type(self) -> None:
        with self.assertRaisesRegex(Exception, "Unrecognized resource types"):
            self.deploy(Nothing=resource("AWS::SageMaker::Nothing"))


class References(LocalAwsTest):
    def test_ref_to_nothing(self) -> None:
        with self.assertRaisesRegex(Exception, "Unresolved resource dependencies .*Nothing"):
            self.deploy(Topic=resource("AWS::SNS::Topic", TopicName=ref("Nothing")))

    def test_sub_and_depends_on_of_nothing(self) -> None:
        with self.assertRaisesRegex(Exception, "Here, There"):
            self.deploy(Topic=resource("AWS::SNS::Topic", depends_on="There", TopicName={"Fn::Sub": "${Here.Arn}-x"}))

    def test_attribute_that_a_type_has_not(self) -> None:
        self.assertEqual(self.deploy(Topic=resource("AWS::SNS::Topic"), Name=resource("AWS::SSM::Parameter", Type="String", Value=attribute("Topic", "Nope"))), "ROLLBACK_COMPLETE")

    def test_a_domain_without_home_file_system_has_no_attribute_for_it(self) -> None:
        name = resource("AWS::SSM::Parameter", Type="String", Value=attribute("Domain", "HomeEfsFileSystemId"))
        self.assertEqual(self.deploy(domain(), Name=name), "ROLLBACK_COMPLETE")

    def test_subnet_that_does_not_exist(self) -> None:
        self.assertEqual(self.deploy(domain(SubnetIds=["subnet-0123456789abcdef0"])), "ROLLBACK_COMPLETE")
        self.assertIn("subnet-0123456789abcdef0 does not exist", self.reasons())

    def test_role_that_does_not_exist(self) -> None:
        self.assertEqual(self.deploy(domain(DefaultUserSettings={"ExecutionRole": "arn:aws:iam::111111111111:role/nobody"})), "ROLLBACK_COMPLETE")
        self.assertIn("role/nobody does not exist", self.reasons())

    def test_role_of_another_path(self) -> None:
        role = resource("AWS::IAM::Role", RoleName="pathless", AssumeRolePolicyDocument=trust("sagemaker.amazonaws.com"))
        resources = {**domain(DefaultUserSettings={"ExecutionRole": "arn:aws:iam::111111111111:role/team/pathless"}), "Pathless": role}
        resources["Domain"]["DependsOn"] = "Pathless"
        self.assertEqual(self.deploy(resources), "ROLLBACK_COMPLETE")

    def test_principal_that_does_not_exist(self) -> None:
        statement = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/nobody"}, "Action": "s3:GetObject", "Resource": "*"}
        self.assertEqual(self.deploy(Bucket=resource("AWS::S3::Bucket"), Policy=resource("AWS::S3::BucketPolicy", Bucket=ref("Bucket"), PolicyDocument=policy(statement))), "ROLLBACK_COMPLETE")
        self.assertIn("invalid principal in policy", self.reasons())

    def test_policy_for_a_role_that_does_not_exist(self) -> None:
        document = policy({"Effect": "Deny", "Action": "*", "Resource": "*"})
        self.assertEqual(self.deploy(Policy=resource("AWS::IAM::ManagedPolicy", Roles=["nobody"], PolicyDocument=document)), "ROLLBACK_COMPLETE")
        self.assertIn("nobody", self.reasons())

    def test_a_name_that_is_taken(self) -> None:
        first = resource("AWS::IAM::Role", RoleName="same", AssumeRolePolicyDocument=trust("lambda.amazonaws.com"))
        self.assertEqual(self.deploy(First=first, Second={**first, "DependsOn": "First"}), "ROLLBACK_COMPLETE")
        self.assertIn("same already exists", self.reasons())


class StoredParameters(LocalAwsTest):
    def make(self, **parameters: str) -> str | None:
        ssm = client("ssm")
        for name in ("/churn/templates", "/churn/models"):
            ssm.put_parameter(Name=name, Value=f"bucket-of-{name[7:]}", Type="String", Overwrite=True)
        parameter = {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/churn/templates", "AllowedValues": ["/churn/templates"]}
        template = {"Parameters": {"Bucket": parameter}, "Resources": {"Topic": resource("AWS::SNS::Topic", DisplayName=ref("Bucket"))},
                    "Outputs": {"Bucket": {"Value": ref("Bucket")}}}
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        self.cloudformation.create_stack(StackName=self.stack, TemplateBody=json.dumps(template), Parameters=given)
        return self._settled()

    def test_the_name_is_checked_and_not_the_value(self) -> None:
        self.assertEqual(self.make(), "CREATE_COMPLETE")
        self.assertEqual(self.output("Bucket"), "bucket-of-templates")

    def test_another_name_is_refused(self) -> None:
        with self.assertRaisesRegex(Exception, "Parameter 'Bucket' must be one of AllowedValues"):
            self.make(Bucket="/churn/models")


if __name__ == "__main__":
    unittest.main()
