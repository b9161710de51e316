"""SageMaker Studio: the domain that CloudFormation deployed, and the API that people and clean-up handlers call about it."""
from ..emulator import serve_json
from ..records import BEHAVIOURS
from . import home_file_system
from ..json_api import JsonApi
from . import api
from .studio import DomainBehaviour, SpaceBehaviour, UserProfileBehaviour


def install() -> None:
    BEHAVIOURS["AWS::SageMaker::Domain"] = DomainBehaviour()
    BEHAVIOURS["AWS::SageMaker::UserProfile"] = UserProfileBehaviour()
    BEHAVIOURS["AWS::SageMaker::Space"] = SpaceBehaviour()
    serve_json("sagemaker", "SageMaker.", JsonApi("sagemaker", api.OPERATIONS).handle)
    home_file_system.install()
