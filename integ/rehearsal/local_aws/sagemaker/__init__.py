"""SageMaker: the domain and the endpoints that CloudFormation deployed, and the API that people, pipelines and clean-up handlers call about them."""
from ..emulator import serve_json
from ..json_api import JsonApi
from ..records import BEHAVIOURS
from . import api, home_file_system, inference_api, kept, model_registry, portfolio, projects, runtime
from .inference import CONFIG, ENDPOINT, MODEL, ConfigBehaviour, EndpointBehaviour, ModelBehaviour
from .studio import DomainBehaviour, SpaceBehaviour, UserProfileBehaviour


def install() -> None:
    BEHAVIOURS["AWS::SageMaker::Domain"] = DomainBehaviour()
    BEHAVIOURS["AWS::SageMaker::UserProfile"] = UserProfileBehaviour()
    BEHAVIOURS["AWS::SageMaker::Space"] = SpaceBehaviour()
    BEHAVIOURS[MODEL] = ModelBehaviour()
    BEHAVIOURS[CONFIG] = ConfigBehaviour()
    BEHAVIOURS[ENDPOINT] = EndpointBehaviour()
    operations = {**api.OPERATIONS, **inference_api.OPERATIONS, **kept.OPERATIONS, **model_registry.OPERATIONS, **portfolio.OPERATIONS, **projects.OPERATIONS}
    serve_json("sagemaker", "SageMaker.", runtime.beside(JsonApi("sagemaker", operations).handle))
    home_file_system.install()
