"""Repositories of CodeCommit, as whoever cleans up finds and deletes them."""
from collections.abc import Callable

from .emulator import serve_json
from .json_api import JsonApi, Request
from .records import provider_of, records_of
from .required_permissions import arn_here

REPOSITORY = "AWS::CodeCommit::Repository"


def _delete(request: Request) -> Request:
    """One that is not there is no failure."""
    for record in records_of(REPOSITORY):
        if record.properties["RepositoryName"] == request["repositoryName"]:
            provider_of(REPOSITORY)["delete"](record.ref, record.properties)
    return {}


_OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "DeleteRepository": _delete,
    "ListRepositories": lambda _: {"repositories": [{"repositoryName": record.properties["RepositoryName"]} for record in records_of(REPOSITORY)]},
}


def resource(request: Request) -> str:
    """What IAM sees."""
    return arn_here("codecommit", request["repositoryName"]) if "repositoryName" in request else "*"


def install() -> None:
    serve_json("codecommit", "CodeCommit_20150413.", JsonApi("codecommit", _OPERATIONS).handle)
