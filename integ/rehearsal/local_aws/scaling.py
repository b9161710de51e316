"""Application Auto Scaling of endpoint variants: a target is registered for what exists, a policy for a target that is registered."""
import re
from collections.abc import Iterator

from .records import BEHAVIOURS, Behaviour, Properties, Record, records_of
from .sagemaker import inference

TARGET, POLICY = "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy"
_VARIANT = re.compile(r"endpoint/([^/]+)/variant/([^/]+)")


def install() -> None:
    BEHAVIOURS[TARGET] = TargetBehaviour()
    BEHAVIOURS[POLICY] = PolicyBehaviour()


class _Checked(Behaviour):
    def faults(self, properties: Properties) -> Iterator[str]:
        raise NotImplementedError

    def created(self, record: Record) -> None:
        found = list(self.faults(record.properties))
        if found:
            raise ValueError(f"{'; '.join(found)} (Service: ApplicationAutoScaling, Status Code: 400) (HandlerErrorCode: InvalidRequest)")

    def updated(self, record: Record, before: Properties) -> None:
        try:
            self.created(record)
        except ValueError:
            record.properties = before
            raise


class TargetBehaviour(_Checked):
    def faults(self, properties: Properties) -> Iterator[str]:
        if int(properties["MinCapacity"]) > int(properties["MaxCapacity"]):
            yield "Maximum capacity cannot be less than minimum capacity"
        if properties["ServiceNamespace"] != "sagemaker" or not properties["ScalableDimension"].startswith("sagemaker:variant:"):
            return
        variant = _VARIANT.fullmatch(properties["ResourceId"])
        if variant is None:
            yield f"Resource id {properties['ResourceId']} is not endpoint/NAME/variant/NAME"
            return
        endpoint = inference.named(inference.ENDPOINT, variant[1])
        config = inference.named(inference.CONFIG, endpoint.properties["EndpointConfigName"]) if endpoint else None
        named = [entry["VariantName"] for entry in config.properties["ProductionVariants"]] if config else []
        if variant[2] not in named:
            yield f"SageMaker endpoint variant not found: {properties['ResourceId']}"
        if int(properties["MinCapacity"]) < 1 and properties["ScalableDimension"] == "sagemaker:variant:DesiredInstanceCount":
            yield "Minimum capacity cannot be less than 1"


class PolicyBehaviour(_Checked):
    def faults(self, properties: Properties) -> Iterator[str]:
        named = tuple(properties.get(name) for name in ("ResourceId", "ScalableDimension", "ServiceNamespace"))
        targets = {target.ref: tuple(target.properties[name] for name in ("ResourceId", "ScalableDimension", "ServiceNamespace")) for target in records_of(TARGET)}
        if properties.get("ScalingTargetId") not in targets and named not in targets.values():
            yield f"No scalable target registered for {properties.get('ScalingTargetId') or named}"
        tracking, step = properties.get("TargetTrackingScalingPolicyConfiguration"), properties.get("StepScalingPolicyConfiguration")
        if (properties["PolicyType"] == "TargetTrackingScaling") != bool(tracking) or (properties["PolicyType"] == "StepScaling") != bool(step):
            yield f"PolicyType {properties['PolicyType']} does not fit the configuration"
        if tracking and ("PredefinedMetricSpecification" in tracking) == ("CustomizedMetricSpecification" in tracking):
            yield "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified"
