"""Whether Studio sees products of Service Catalog: a switch of the account and region."""
from typing import Callable

from ..emulator import AccountRegionScopedDict
from ..json_api import Request

_STATUS = AccountRegionScopedDict()


def _enable(_request: Request) -> Request:
    _STATUS["status"] = "Enabled"
    return {}


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "EnableSagemakerServicecatalogPortfolio": _enable,
    "GetSagemakerServicecatalogPortfolioStatus": lambda _request: {"Status": _STATUS.get("status", "Disabled")},
}
