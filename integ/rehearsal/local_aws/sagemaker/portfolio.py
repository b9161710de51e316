"""Whether Studio shows products of Service Catalog: a switch of the account and region."""
from collections.abc import Callable

from .. import permissions
from ..emulator import AccountRegionScopedDict
from ..json_api import Refused, Request
from ..required_permissions import Permission
from ..roles import caller_of_request

#: `enabled`, once somebody has switched it on.
SWITCH = AccountRegionScopedDict()


def _enable(_request: Request) -> Request:
    """SageMaker accepts the share of its own portfolio as whoever switches it on."""
    needs = [Permission(f"servicecatalog:{action}", "*") for action in ("AcceptPortfolioShare", "ListAcceptedPortfolioShares")]
    if refused := permissions.refusals(caller_of_request(), needs):
        raise Refused("AccessDeniedException", refused[0])
    SWITCH["enabled"] = True
    return {}


def _disable(_request: Request) -> Request:
    SWITCH.pop("enabled", None)
    return {}


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "DisableSagemakerServicecatalogPortfolio": _disable,
    "EnableSagemakerServicecatalogPortfolio": _enable,
    "GetSagemakerServicecatalogPortfolioStatus": lambda _request: {"Status": "Enabled" if "enabled" in SWITCH else "Disabled"},
}
