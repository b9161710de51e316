"""Which resource and context IAM sees in calls to Service Catalog."""
from typing import Any

from ..emulator import account
from ..principals import role_of
from ..required_permissions import arn_here
from .model import ProvisionedProduct, provisioned_of

Document = dict[str, Any]


def product_arn(product_id: str) -> str:
    return arn_here("catalog", f"product/{product_id}")


def resource(request: Document) -> str:
    """Calls about a product have its ARN; those about what was launched of one have none."""
    is_launched = "ProvisionedProductId" in request or "ProvisionedProductName" in request and "ProvisioningArtifactId" not in request
    named = request.get("ProductId") or str(request.get("Id", ""))
    return product_arn(named) if named.startswith("prod-") and not is_launched else "*"


def context(caller: str, request: Document) -> Document:
    """Of calls about something launched."""
    found = provisioned_of(request)
    return ownership(caller, found) if found else {}


def ownership(caller: str, made: ProvisionedProduct) -> Document:
    """Whose it is, as seen by the caller: `self` where it is the caller's own, by session, by role and by account."""
    return {
        "servicecatalog:accountLevel": "self" if made.owner.split(":")[4] == account() else account(),
        **({"servicecatalog:roleLevel": "self"} if role_of(made.owner) == role_of(caller) else {}),
        **({"servicecatalog:userLevel": "self"} if made.owner == caller else {}),
    }
