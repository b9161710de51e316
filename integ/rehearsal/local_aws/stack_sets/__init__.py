"""CloudFormation StackSets that make stacks in other accounts: the API, and the resource type that CloudFormation offers for it."""
from . import api, automatic, resource


def install() -> None:
    api.install()
    automatic.install()
    resource.install()
