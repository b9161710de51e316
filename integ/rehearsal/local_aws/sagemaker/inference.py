"""Models, endpoint configurations and endpoints: what SageMaker checks when they come, change and go.

No image is started. What does not become healthy is said by the driver (`POST /_rehearsal/failing-models`): images or model data by
their exact place. So is an endpoint whose alarms sound while its next update bakes, when CloudFormation has looked already
(`POST /_rehearsal/late-alarms`): AWS does not say whether CloudFormation ever misses that, so it does here.
"""
import re
import time
from collections.abc import Iterator
from typing import Any

from ..delayed import after_a_while
from ..emulator import AccountRegionScopedDict, account, cloudwatch, region
from ..identifiers import made_up_name
from ..records import Behaviour, Properties, Record, records_of
from ..roles import may_assume, service

MODEL, CONFIG, ENDPOINT = (f"AWS::SageMaker::{kind}" for kind in ("Model", "EndpointConfig", "Endpoint"))

#: Images and model data that never answer the health check.
FAILING: set[str] = set()

#: Endpoints whose next update is taken back when it seems to be done.
LATE_ALARMS = AccountRegionScopedDict()

_IMAGE = re.compile(r"\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/.+")
#: Families with storage of their own, for which the API takes no key.
_LOCAL_STORAGE = re.compile(r"ml\.([cmr]\d\w*d\w?|g4dn|g5|g6e?|p3dn|p4de?|p5\w*|trn\w+)\.")


def fail(places: list[str]) -> None:
    """From now on models of these images or model data fail; others do not."""
    FAILING.clear()
    FAILING.update(places)


def alarm_late(said: dict[str, str]) -> dict[str, str]:
    """`{"endpoint"}`: its alarms sound once its next update has come to CloudFormation's knowledge as done."""
    LATE_ALARMS[said["endpoint"]] = True
    return {}


def named(kind: str, name: Any) -> Record | None:
    """A model, configuration or endpoint by its name; an ARN is none."""
    return next((record for record in records_of(kind) if record.attributes[f"{kind.rsplit('::', 1)[1]}Name"] == name), None)


def _refuse(faults: Iterator[str]) -> None:
    found = list(faults)
    if found:
        raise ValueError(f"{'; '.join(found)} (Service: SageMaker, Status Code: 400) (HandlerErrorCode: InvalidRequest)")


def _name(record: Record) -> None:
    """The name that Fn::GetAtt answers: the given one, or the one that CloudFormation made up."""
    name = f"{record.type.rsplit('::', 1)[1]}Name"
    record.attributes[name] = record.properties.get(name) or made_up_name(record.type, record.stack, record.logical_id)
    record.attributes["CreationTime"] = time.time()


class ModelBehaviour(Behaviour):
    """Its role lets SageMaker in, and its images are in a registry of the region."""

    def created(self, record: Record) -> None:
        _name(record)
        _refuse(_faults_of_model(record.properties))


def _faults_of_model(properties: Properties) -> Iterator[str]:
    containers = containers_of(properties)
    if bool(properties.get("PrimaryContainer")) == bool(properties.get("Containers")):
        yield "Exactly one of PrimaryContainer and Containers must be specified"
    for container in containers:
        image = container.get("Image")
        if not image and not container.get("ModelPackageName"):
            yield "A container needs an Image or a ModelPackageName"
        place = _IMAGE.match(image) if image else None
        if image and not container.get("ImageConfig") and (place is None or place[1] != region()):
            yield f"Using non-ECR image \"{image}\" is not supported, or it is not in {region()}"
        if "ModelDataUrl" in container and "ModelDataSource" in container:
            yield "ModelDataUrl and ModelDataSource cannot both be specified"
    role = properties.get("ExecutionRoleArn")
    sagemaker = service("sagemaker.amazonaws.com", account(), f"arn:aws:sagemaker:{region()}:{account()}:*")
    if isinstance(role, str) and not may_assume(sagemaker, role):
        yield f"Could not assume role {role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role"


def containers_of(properties: Properties) -> list[Properties]:
    return [*([properties["PrimaryContainer"]] if properties.get("PrimaryContainer") else []), *properties.get("Containers", [])]


class ConfigBehaviour(Behaviour):
    """Its models exist and can run as its variants want them to."""

    def created(self, record: Record) -> None:
        _name(record)
        _refuse(_faults_of_config(record.properties))

    def deleting(self, record: Record) -> None:
        name = record.attributes["EndpointConfigName"]
        using = [endpoint.attributes["EndpointName"] for endpoint in records_of(ENDPOINT)
                 if endpoint.properties["EndpointConfigName"] == name and RUNNING not in endpoint.attributes]
        if using:  # the API would let it go, and the reference says that this must not be done
            raise ValueError(f"Endpoint configuration {name} is in use by {', '.join(using)} (HandlerErrorCode: ResourceConflict)")


def _faults_of_config(properties: Properties) -> Iterator[str]:
    variants = properties.get("ProductionVariants", [])
    names = [variant["VariantName"] for variant in variants]
    if len(set(names)) < len(names):
        yield "Variant names must be unique"
    for variant in [*variants, *properties.get("ShadowProductionVariants", [])]:
        yield from _faults_of_variant(variant, properties)


def _faults_of_variant(variant: Properties, config: Properties) -> Iterator[str]:
    name, serverless, instance = variant["VariantName"], variant.get("ServerlessConfig"), variant.get("InstanceType")
    model = named(MODEL, variant.get("ModelName"))
    if variant.get("ModelName") and model is None:
        yield f"Could not find model \"{variant['ModelName']}\""
    if bool(serverless) == bool(instance):
        yield f"Variant {name} needs either ServerlessConfig or InstanceType"
    if instance and not variant.get("InitialInstanceCount") and not variant.get("ManagedInstanceScaling"):
        yield f"Variant {name} needs InitialInstanceCount"
    if instance and config.get("KmsKeyId") and _LOCAL_STORAGE.match(instance):
        yield f"KmsKeyId is not supported for {instance}, whose storage is local"
    if serverless and config.get("DataCaptureConfig"):
        yield "DataCaptureConfig is not supported for serverless variants"
    if serverless and model and (model.properties.get("VpcConfig") or str(model.properties.get("EnableNetworkIsolation")).lower() == "true"):
        yield f"Serverless variant {name} supports neither VpcConfig nor network isolation of its model"


class EndpointBehaviour(Behaviour):
    """It takes a configuration that exists, and keeps the one it had when the new one does not become healthy."""

    def created(self, record: Record) -> None:
        _name(record)
        _refuse(_faults_of_endpoint(record.properties))
        failed = _unhealthy(record.properties)
        record.attributes.update(EndpointStatus="Failed" if failed else "InService", FailureReason=failed)
        if failed:
            raise ValueError(f"Resource of type 'AWS::SageMaker::Endpoint' with identifier '{record.ref}' did not stabilize: {failed} (HandlerErrorCode: NotStabilized)")

    def updated(self, record: Record, before: Properties) -> None:
        late, running = LATE_ALARMS.pop(record.attributes["EndpointName"], None), running_in(before, record)
        try:
            _refuse(_faults_of_endpoint(record.properties))
            failed = _unhealthy(record.properties) or _alarmed(record.properties)
            if failed:
                raise ValueError(f"Resource of type 'AWS::SageMaker::Endpoint' with identifier '{record.ref}' did not stabilize: UpdateRollback: {failed} "
                                 "(HandlerErrorCode: NotStabilized)")
        except ValueError:
            record.properties = before
            raise
        record.attributes.pop(RUNNING, None)
        if late and _alarms(record.properties):
            # CloudFormation takes the old configuration away as well, which the API allows: SageMaker knows what runs, and not of which configuration.
            record.properties = {**record.properties, "EndpointConfigName": before["EndpointConfigName"]}
            record.attributes[RUNNING] = running


#: What SageMaker says of an endpoint whose configuration may be gone.
RUNNING = "Running"


def running_in(properties: Properties, record: Record) -> dict[str, Any]:
    """What DescribeEndpoint says of an endpoint with these properties besides them."""
    config = named(CONFIG, properties["EndpointConfigName"])
    if config is None:
        return dict(record.attributes.get(RUNNING, {"ProductionVariants": []}))
    variants = [{"VariantName": variant["VariantName"], "CurrentInstanceCount": int(variant.get("InitialInstanceCount", 0)), "CurrentWeight": 1.0,
                 "DeployedImages": _images(variant["ModelName"])} for variant in config.properties["ProductionVariants"]]
    capture = config.properties.get("DataCaptureConfig")
    said = {} if capture is None else {"DataCaptureConfig": {
        "EnableCapture": True, "CaptureStatus": "Started", "CurrentSamplingPercentage": int(capture["InitialSamplingPercentage"]),
        "DestinationS3Uri": capture["DestinationS3Uri"], "KmsKeyId": capture.get("KmsKeyId", "")}}
    return {"ProductionVariants": variants, **said}


def _images(model_name: str) -> list[Properties]:
    model = named(MODEL, model_name)
    containers = [] if model is None else containers_of(model.properties)
    return [{"SpecifiedImage": container["Image"], "ResolvedImage": container["Image"]} for container in containers if "Image" in container]


def update(record: Record, configuration: str, deployment: Properties | None) -> None:
    """
    UpdateEndpoint: the new fleet comes beside the old one, and the old one stays where the new one is not healthy or an alarm sounds. Either way the
    endpoint is in service in the end, and only the name of its configuration tells which.
    """
    asked = {**record.properties, "EndpointConfigName": configuration, "DeploymentConfig": deployment or {}}
    _refuse(_faults_of_endpoint(asked))
    record.attributes.update(EndpointStatus="Updating", PendingDeploymentSummary={"EndpointConfigName": configuration})

    def shift() -> None:
        if not (_unhealthy(asked) or _alarmed(asked)):
            record.properties = asked
            record.attributes.pop(RUNNING, None)
        record.attributes.update(EndpointStatus="InService", PendingDeploymentSummary=None, LastDeploymentConfig=deployment)

    after_a_while(shift)


def _faults_of_endpoint(properties: Properties) -> Iterator[str]:
    if named(CONFIG, properties["EndpointConfigName"]) is None:
        yield f"Could not find endpoint configuration \"{properties['EndpointConfigName']}\""
    deployment = properties.get("DeploymentConfig", {})
    if deployment.get("BlueGreenUpdatePolicy") and deployment.get("RollingUpdatePolicy"):
        yield "BlueGreenUpdatePolicy and RollingUpdatePolicy cannot both be specified"


def _unhealthy(properties: Properties) -> str | None:
    config = named(CONFIG, properties["EndpointConfigName"])
    for variant in config.properties["ProductionVariants"] if config else []:
        model = named(MODEL, variant.get("ModelName"))
        for container in containers_of(model.properties) if model else []:
            data = container.get("ModelDataSource", {}).get("S3DataSource", {}).get("S3Uri")
            if FAILING & {container.get("Image"), container.get("ModelDataUrl"), data}:
                return f"The primary container for production variant {variant['VariantName']} did not pass the ping health check"
    return None


def _alarmed(properties: Properties) -> str | None:
    """Traffic goes back when one of the alarms sounds while it is shifted."""
    sounding = [alarm["AlarmName"] for alarm in _alarms(properties) if (cloudwatch._alarms.get(alarm["AlarmName"]) or {}).get("StateValue") == "ALARM"]
    return f"One or more configured alarm(s) are in alarm state: {', '.join(sounding)}" if sounding else None


def _alarms(properties: Properties) -> list[Properties]:
    return list(properties.get("DeploymentConfig", {}).get("AutoRollbackConfiguration", {}).get("Alarms", []))
