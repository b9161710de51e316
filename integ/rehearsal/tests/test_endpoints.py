"""Models, endpoint configurations, endpoints and their scaling: what SageMaker refuses, and what it takes back."""
from typing import Any

from .local import ACCOUNT, REGION, LocalAwsTest, client, tell
from .people import allow, person, role, trusting
from .templates import attribute, resource, trust

_IMAGE = f"141502667606.dkr.ecr.{REGION}.amazonaws.com/sagemaker-xgboost:1.7-1"
_SCALED = {"ServiceNamespace": "sagemaker", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount"}


def model(data: str = "s3://releases/one.tar.gz", **more: Any) -> dict[str, Any]:
    return resource("AWS::SageMaker::Model", **{"ExecutionRoleArn": attribute("Role", "Arn"), "PrimaryContainer": {"Image": _IMAGE, "ModelDataUrl": data}, **more})


def variant(**more: Any) -> dict[str, Any]:
    return {"VariantName": "main", "ModelName": attribute("Model", "ModelName"), "InstanceType": "ml.m5.large", "InitialInstanceCount": 1, **more}


def config(*variants: dict[str, Any], **more: Any) -> dict[str, Any]:
    return resource("AWS::SageMaker::EndpointConfig", ProductionVariants=list(variants or [variant()]), **more)


def endpoint(**more: Any) -> dict[str, Any]:
    return resource("AWS::SageMaker::Endpoint", **{"EndpointConfigName": attribute("Config", "EndpointConfigName"), **more})


def serving(**more: Any) -> dict[str, Any]:
    return {"Role": resource("AWS::IAM::Role", AssumeRolePolicyDocument=trust("sagemaker.amazonaws.com")), "Model": model(), "Config": config(), "Endpoint": endpoint(), **more}


class EndpointTest(LocalAwsTest):
    def setUp(self) -> None:
        super().setUp()
        tell("failing-models", [])
        self.sagemaker, self.name = client("sagemaker"), self.stack[-40:].strip("-")

    def refused(self, reason: str, **resources: dict[str, Any]) -> None:
        self.assertEqual(self.deploy(serving(**resources)), "ROLLBACK_COMPLETE")
        self.assertRegex(self.reasons(), reason)

    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = self.sagemaker.describe_endpoint(EndpointName=self.name)
        return found


class Endpoints(EndpointTest):
    def test_an_endpoint_is_in_service(self) -> None:
        self.assertEqual(self.deploy(serving(Endpoint=endpoint(EndpointName=self.name))), "CREATE_COMPLETE")
        found = self.described()
        self.assertEqual((found["EndpointStatus"], [one["VariantName"] for one in found["ProductionVariants"]]), ("InService", ["main"]))
        self.assertEqual(found["EndpointArn"], f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/{self.name}")
        configuration = self.sagemaker.describe_endpoint_config(EndpointConfigName=found["EndpointConfigName"])
        self.sagemaker.describe_model(ModelName=configuration["ProductionVariants"][0]["ModelName"])
        self.assertEqual(self.delete(), "DELETE_COMPLETE")
        with self.assertRaisesRegex(Exception, "Could not find endpoint"):
            self.described()

    def test_made_up_names_are_within_what_sagemaker_takes(self) -> None:
        self.deploy(serving(), outputs={"Model": {"Value": attribute("Model", "ModelName")}})
        self.assertLessEqual(len(self.output("Model")), 63)

    def test_a_new_model_is_a_new_configuration(self) -> None:
        self.deploy(serving(Endpoint=endpoint(EndpointName=self.name)))
        before = self.described()["EndpointConfigName"]
        self.assertEqual(self.deploy(serving(Model=model("s3://releases/two.tar.gz"), Endpoint=endpoint(EndpointName=self.name))), "UPDATE_COMPLETE")
        self.assertNotEqual(self.described()["EndpointConfigName"], before)

    def test_a_broken_model_is_rolled_back(self) -> None:
        self.deploy(serving(Endpoint=endpoint(EndpointName=self.name)))
        before = self.described()["EndpointConfigName"]
        tell("failing-models", ["s3://releases/two.tar.gz"])
        self.assertEqual(self.deploy(serving(Model=model("s3://releases/two.tar.gz"), Endpoint=endpoint(EndpointName=self.name))), "UPDATE_ROLLBACK_COMPLETE")
        self.assertIn("did not pass the ping health check", self.reasons())
        found = self.described()
        self.assertEqual((found["EndpointStatus"], found["EndpointConfigName"]), ("InService", before))
        self.assertEqual(self.sagemaker.describe_endpoint_config(EndpointConfigName=before)["EndpointConfigName"], before)

    def test_a_broken_first_model_is_no_endpoint(self) -> None:
        tell("failing-models", [_IMAGE])
        self.refused("did not stabilize")

    def test_an_alarm_takes_an_update_back(self) -> None:
        self.assertEqual(self.deploy(self.guarded()), "CREATE_COMPLETE")
        client("cloudwatch").set_alarm_state(AlarmName=self.name, StateValue="ALARM", StateReason="rehearsed")
        self.assertEqual(self.deploy(self.guarded(Model=model("s3://releases/two.tar.gz"))), "UPDATE_ROLLBACK_COMPLETE")
        self.assertIn(f"in alarm state: {self.name}", self.reasons())

    def test_a_late_alarm_takes_it_back_without_a_word(self) -> None:
        self.deploy(self.guarded())
        before = self.described()
        tell("late-alarms", {"endpoint": self.name})
        self.assertEqual(self.deploy(self.guarded(Model=model("s3://releases/two.tar.gz"), Config=config(variant(InstanceType="ml.m5.xlarge")))), "UPDATE_COMPLETE")
        found = self.described()
        self.assertEqual([found[name] for name in ("EndpointStatus", "EndpointConfigName", "ProductionVariants")],
                         ["InService", before["EndpointConfigName"], before["ProductionVariants"]])
        self.assertEqual(self.deploy(self.guarded(Model=model("s3://releases/three.tar.gz"))), "UPDATE_COMPLETE")
        self.assertNotEqual(self.described()["EndpointConfigName"], before["EndpointConfigName"])
        self.assertEqual(self.delete(), "DELETE_COMPLETE")

    def test_a_person_updates_it_and_an_alarm_takes_that_back(self) -> None:
        self.deploy(self.guarded(Next=config(variant(InstanceType="ml.m5.xlarge"))), outputs={"Next": {"Value": attribute("Next", "EndpointConfigName")}})
        before, following = self.described()["EndpointConfigName"], self.output("Next")
        for state, expected in (("ALARM", before), ("OK", following)):
            client("cloudwatch").set_alarm_state(AlarmName=self.name, StateValue=state, StateReason="rehearsed")
            self.sagemaker.update_endpoint(EndpointName=self.name, EndpointConfigName=following, RetainDeploymentConfig=True)
            self.assertEqual(self.described()["EndpointStatus"], "Updating")
            with self.assertRaisesRegex(Exception, "Cannot update in-progress endpoint"):
                self.sagemaker.update_endpoint(EndpointName=self.name, EndpointConfigName=following)
            self.sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=self.name, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
            found = self.described()
            self.assertEqual((found["EndpointConfigName"], found.get("FailureReason")), (expected, None))
        with self.assertRaisesRegex(Exception, "Could not find endpoint configuration"):
            self.sagemaker.update_endpoint(EndpointName=self.name, EndpointConfigName="nothing")

    def guarded(self, **more: Any) -> dict[str, Any]:
        """An endpoint whose updates are watched by an alarm."""
        alarm = resource("AWS::CloudWatch::Alarm", AlarmName=self.name, ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1, MetricName="Invocation5XXErrors",
                         Namespace="AWS/SageMaker", Period=60, Statistic="Sum", Threshold=1)
        watched = endpoint(EndpointName=self.name, DeploymentConfig={"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": self.name}]},
                                                                     "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE"}}})
        return serving(**{"Endpoint": watched, "Alarm": alarm, **more})

    def test_iam_is_enforced(self) -> None:
        self.deploy(serving(Endpoint=endpoint(EndpointName=self.name)))
        tester = client("sagemaker", **person(ACCOUNT, allow("sagemaker:DescribeEndpoint", f"arn:aws:sagemaker:*:*:endpoint/{self.name}")))
        self.assertEqual(tester.describe_endpoint(EndpointName=self.name)["EndpointStatus"], "InService")
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            tester.describe_endpoint(EndpointName="another")


class Rules(EndpointTest):
    def test_a_configuration_that_does_not_exist(self) -> None:
        self.refused('Could not find endpoint configuration "nothing"', Endpoint=endpoint(EndpointConfigName="nothing"))

    def test_an_arn_is_no_name(self) -> None:
        self.refused("#/EndpointConfigName: .* does not match", Endpoint=endpoint(EndpointConfigName={"Ref": "Config"}))

    def test_a_model_that_does_not_exist(self) -> None:
        self.refused('Could not find model "nothing"', Config=config(variant(ModelName="nothing")))

    def test_a_role_that_does_not_let_sagemaker_in(self) -> None:
        self.refused("Could not assume role", Role=resource("AWS::IAM::Role", AssumeRolePolicyDocument=trust("lambda.amazonaws.com")))

    def test_a_role_for_another_account(self) -> None:
        document = {"Statement": [trusting({"Service": "sagemaker.amazonaws.com"}, StringEquals={"aws:SourceAccount": "222222222222"})]}
        self.refused("Could not assume role", Role=resource("AWS::IAM::Role", AssumeRolePolicyDocument=document))

    def test_an_image_of_another_region(self) -> None:
        self.refused("not in eu-west-1", Model=model(PrimaryContainer={"Image": _IMAGE.replace(REGION, "us-east-1")}))

    def test_a_key_for_local_storage(self) -> None:
        self.refused("KmsKeyId is not supported for ml.g5.xlarge", Config=config(variant(InstanceType="ml.g5.xlarge"), KmsKeyId="alias/key"))

    def test_a_serverless_variant_in_a_vpc_or_watched(self) -> None:
        serverless = {**variant(ServerlessConfig={"MaxConcurrency": 1, "MemorySizeInMB": 2048})}
        for name in ("InstanceType", "InitialInstanceCount"):
            serverless.pop(name)
        self.refused("neither VpcConfig nor network isolation", Model=model(EnableNetworkIsolation=True), Config=config(serverless))

    def test_two_variants_of_one_name(self) -> None:
        self.refused("Variant names must be unique", Config=config(variant(), variant()))

    def test_a_variant_without_instances(self) -> None:
        broken = variant()
        broken.pop("InitialInstanceCount")
        self.refused("needs InitialInstanceCount", Config=config(broken))


class Scaling(EndpointTest):
    def target(self, variant_name: str = "main", **more: Any) -> dict[str, Any]:
        resource_id = {"Fn::Sub": "endpoint/${Endpoint.EndpointName}/variant/" + variant_name}
        return resource("AWS::ApplicationAutoScaling::ScalableTarget", **{"ResourceId": resource_id, "MinCapacity": 1, "MaxCapacity": 3, **_SCALED, **more})

    def policy(self, **more: Any) -> dict[str, Any]:
        tracking = {"TargetValue": 100, "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}
        return resource("AWS::ApplicationAutoScaling::ScalingPolicy", **{
            "PolicyName": "invocations", "PolicyType": "TargetTrackingScaling", "ScalingTargetId": {"Ref": "Target"}, "TargetTrackingScalingPolicyConfiguration": tracking, **more})

    def test_a_variant_scales(self) -> None:
        self.assertEqual(self.deploy(serving(Target=self.target(), Policy=self.policy())), "CREATE_COMPLETE")
        self.assertEqual(self.delete(), "DELETE_COMPLETE")

    def test_a_variant_that_does_not_exist(self) -> None:
        self.refused("endpoint variant not found", Target=self.target("other"))

    def test_less_at_most_than_at_least(self) -> None:
        self.refused("Maximum capacity cannot be less", Target=self.target(MinCapacity=4))

    def test_a_policy_without_a_target(self) -> None:
        self.refused("No scalable target registered", Policy=self.policy(ScalingTargetId="nothing"))

    def test_a_policy_of_another_type(self) -> None:
        self.refused("does not fit the configuration", Target=self.target(), Policy=self.policy(PolicyType="StepScaling"))


class Deployer(EndpointTest):
    """What the role of an endpoint stack needs."""

    def deployed_by(self, *statements: dict[str, Any]) -> str:
        deployer = role(ACCOUNT, "endpoints", trusting({"Service": "cloudformation.amazonaws.com"}), allow(["iam:*Role*", "sagemaker:*Endpoint*"]), *statements)
        return self.deploy(role=deployer, **serving(Model=model(Tags=[{"Key": "environment", "Value": "churn"}])))

    def test_a_request_tag_may_be_asked_for(self) -> None:
        tagged: dict[str, Any] = {"StringEquals": {"aws:RequestTag/environment": "churn"}}
        model_actions = allow(["sagemaker:CreateModel", "sagemaker:DeleteModel"], **tagged), allow("sagemaker:AddTags")
        self.assertEqual(self.deployed_by(*model_actions, allow("iam:PassRole", StringEquals={"iam:PassedToService": "sagemaker.amazonaws.com"})), "CREATE_COMPLETE")

    def test_another_request_tag_is_refused(self) -> None:
        tagged: dict[str, Any] = {"StringEquals": {"aws:RequestTag/environment": "fraud"}}
        self.assertEqual(self.deployed_by(allow("sagemaker:CreateModel", **tagged)), "ROLLBACK_COMPLETE")
        self.assertIn("sagemaker:CreateModel", self.reasons())

    def test_guardrails_see_what_is_asked_for(self) -> None:
        isolated = {"Effect": "Deny", "Action": "sagemaker:CreateModel", "Resource": "*", "Condition": {"Bool": {"sagemaker:NetworkIsolation": "false"}}}
        self.assertEqual(self.deployed_by(allow("*"), isolated), "ROLLBACK_COMPLETE")
        self.assertIn("explicit deny", self.reasons())
