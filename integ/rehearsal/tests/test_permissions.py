"""IAM is enforced: on functions, on the deployer, on services that use a key for somebody."""
import contextlib
import json
from typing import Any

from botocore.exceptions import ClientError

from .local import ACCOUNT, LocalAwsTest, client
from .people import allow, role, trusting
from .templates import Resource, attribute, domain, policy, ref, resource, trust

_CODE = """
const { SageMakerClient, ListDomainsCommand } = require('@aws-sdk/client-sagemaker');
const { request } = require('https');
exports.handler = async (event) => {
  const answer = { Status: 'SUCCESS', PhysicalResourceId: 'id', StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
  try { await new SageMakerClient({}).send(new ListDomainsCommand({})); } catch (error) { Object.assign(answer, { Status: 'FAILED', Reason: String(error) }); }
  const body = JSON.stringify(answer);
  await new Promise((done) => { const call = request(event.ResponseURL, { method: 'PUT', headers: { 'content-length': body.length } }, (r) => { r.resume(); r.on('end', done); }); call.end(body); });
};
"""
_ROOT = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
_BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/bounds"
_DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/deployer"


def _function(code: str = _CODE, **role: Any) -> dict[str, Resource]:
    return {
        "Role": resource("AWS::IAM::Role", AssumeRolePolicyDocument=trust("lambda.amazonaws.com"), **role),
        "Function": resource("AWS::Lambda::Function", Role=attribute("Role", "Arn"), Runtime="nodejs20.x", Handler="index.handler", Code={"ZipFile": code}, Timeout=30),
        "Custom": resource("Custom::Test", ServiceToken=attribute("Function", "Arn")),
    }


def _allowing(*actions: str) -> list[Resource]:
    return [{"PolicyName": "p", "PolicyDocument": policy({"Effect": "Allow", "Action": list(actions), "Resource": "*"})}]


class Functions(LocalAwsTest):
    def test_a_function_without_the_permission_fails_the_stack(self) -> None:
        self.assertEqual(self.deploy(_function()), "ROLLBACK_COMPLETE")
        self.assertIn("sagemaker:ListDomains", self.reasons())

    def test_a_function_with_the_permission_does_not(self) -> None:
        self.assertEqual(self.deploy(_function(Policies=_allowing("sagemaker:ListDomains"))), "CREATE_COMPLETE")

    def test_a_permissions_boundary_limits_it(self) -> None:
        boundary = resource("AWS::IAM::ManagedPolicy", PolicyDocument=policy({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}))
        resources = _function(Policies=_allowing("sagemaker:ListDomains"), PermissionsBoundary=ref("Boundary"))
        self.assertEqual(self.deploy(resources, Boundary=boundary), "ROLLBACK_COMPLETE")

    def test_a_function_that_dies_fails_the_stack_at_once(self) -> None:
        self.assertEqual(self.deploy(_function("exports.handler = async () => { throw new Error('dead'); };")), "ROLLBACK_COMPLETE")
        self.assertIn("dead", self.reasons())


class Deployer(LocalAwsTest):
    def test_a_key_policy_that_locks_its_maker_out_is_refused(self) -> None:
        narrow = {**_ROOT, "Action": ["kms:Encrypt", "kms:Decrypt"]}
        self.assertEqual(self.deploy(role=_DEPLOYER, Key=resource("AWS::KMS::Key", KeyPolicy=policy(narrow))), "ROLLBACK_COMPLETE")
        self.assertIn("kms:PutKeyPolicy", self.reasons())

    def test_a_key_policy_that_names_its_maker_is_not(self) -> None:
        statement = {**_ROOT, "Condition": {"ArnEquals": {"aws:PrincipalArn": _DEPLOYER}}}
        self.assertEqual(self.deploy(role=_DEPLOYER, Key=resource("AWS::KMS::Key", KeyPolicy=policy(statement))), "CREATE_COMPLETE")

    def test_a_bucket_policy_that_locks_its_maker_out_cannot_be_changed(self) -> None:
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": {"Fn::Sub": "${Bucket.Arn}"}, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}
        resources = {"Bucket": resource("AWS::S3::Bucket"), "Policy": resource("AWS::S3::BucketPolicy", Bucket=ref("Bucket"), PolicyDocument=policy(deny))}
        self.assertEqual(self.deploy(role=_DEPLOYER, **resources), "CREATE_COMPLETE")
        self.assertEqual(self.delete(), "DELETE_FAILED")
        self.assertIn("s3:DeleteBucketPolicy", self.reasons())

    def test_a_bucket_that_its_maker_cannot_find_cannot_be_changed(self) -> None:
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:ListBucket", "Resource": {"Fn::Sub": "${Bucket.Arn}"}, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}
        its_policy = resource("AWS::S3::BucketPolicy", Bucket=ref("Bucket"), PolicyDocument=policy(deny))
        self.assertEqual(self.deploy(role=_DEPLOYER, Bucket=resource("AWS::S3::Bucket"), Policy=its_policy), "CREATE_COMPLETE")
        rule = {"Status": "Enabled", "ExpirationInDays": 9}
        changed = resource("AWS::S3::Bucket", LifecycleConfiguration={"Rules": [rule]})
        self.assertEqual(self.deploy(role=_DEPLOYER, Bucket=changed, Policy=its_policy), "UPDATE_ROLLBACK_COMPLETE")
        self.assertIn("s3:ListBucket", self.reasons())

    def test_a_log_group_needs_a_key_that_logs_may_use(self) -> None:
        resources = {"Key": resource("AWS::KMS::Key", KeyPolicy=policy(_ROOT)), "Logs": resource("AWS::Logs::LogGroup", KmsKeyId=attribute("Key", "Arn"))}
        self.assertEqual(self.deploy(role=_DEPLOYER, **resources), "ROLLBACK_COMPLETE")
        self.assertIn("is not allowed to be used with Arn", self.reasons())

    def test_a_domain_needs_a_key_on_which_its_maker_may_make_a_grant(self) -> None:
        own = {**_ROOT, "Action": ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:GetKeyPolicy", "kms:TagResource", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion"]}
        resources = {"Key": resource("AWS::KMS::Key", KeyPolicy=policy(own)), **domain(KmsKeyId=attribute("Key", "Arn"))}
        self.assertEqual(self.deploy(role=_DEPLOYER, **resources), "ROLLBACK_COMPLETE")
        self.assertIn("kms:CreateGrant", self.reasons())

    def test_a_domain_needs_a_key_that_its_maker_may_use_through_sagemaker(self) -> None:
        own = {**_ROOT, "Action": ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:GetKeyPolicy", "kms:TagResource", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion", "kms:CreateGrant"]}
        resources = {"Key": resource("AWS::KMS::Key", KeyPolicy=policy(own)), **domain(KmsKeyId=attribute("Key", "Arn"))}
        self.assertEqual(self.deploy(role=_DEPLOYER, **resources), "ROLLBACK_COMPLETE")
        self.assertIn("kms:Decrypt", self.reasons())


class Roles(LocalAwsTest):
    """A deployer that must bound the roles that it makes, and gives them its own policies only."""

    def deployer(self) -> str:
        boundary = {"iam:PermissionsBoundary": _BOUNDARY}
        attached = {**allow("iam:AttachRolePolicy"), "Condition": {"StringEquals": boundary, "ArnLike": {"iam:PolicyARN": f"arn:aws:iam::{ACCOUNT}:policy/{self.stack}-*"}}}
        rest = allow(["iam:GetRole", "iam:DeleteRole", "iam:GetPolicy", "iam:CreatePolicy", "iam:DeletePolicy", "iam:ListPolicyVersions", "iam:ListEntitiesForPolicy"])
        trust_of_deployer = trusting({"Service": "cloudformation.amazonaws.com"})
        return role(ACCOUNT, f"makes-roles-{self.stack}", trust_of_deployer, rest, allow("iam:CreateRole", StringEquals=boundary), attached)

    def made(self, **properties: Any) -> str:
        return self.deploy(
            role=self.deployer(), Role=resource("AWS::IAM::Role", AssumeRolePolicyDocument=trust("lambda.amazonaws.com"), **properties),
            Policy=resource("AWS::IAM::ManagedPolicy", Roles=[ref("Role")], PolicyDocument=policy({"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"})))

    def setUp(self) -> None:
        super().setUp()
        with contextlib.suppress(ClientError):  # another test has made it
            client("iam").create_policy(PolicyName="bounds", PolicyDocument=json.dumps(policy({"Effect": "Allow", "Action": "*", "Resource": "*"})))

    def test_with_the_boundary_are_made(self) -> None:
        self.assertEqual(self.made(PermissionsBoundary=_BOUNDARY), "CREATE_COMPLETE", self.reasons())

    def test_without_it_are_not(self) -> None:
        self.assertEqual(self.made(), "ROLLBACK_COMPLETE")
        self.assertIn("iam:CreateRole", self.reasons())

    def test_are_given_no_other_policy(self) -> None:
        self.assertEqual(self.made(PermissionsBoundary=_BOUNDARY, ManagedPolicyArns=["arn:aws:iam::aws:policy/AdministratorAccess"]), "ROLLBACK_COMPLETE")
        self.assertIn("iam:AttachRolePolicy", self.reasons())
