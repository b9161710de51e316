"""Versions of products, what was launched from them, and the record of each launch."""
import time
from dataclasses import dataclass, field
from typing import Any

from ..emulator import AccountRegionScopedDict, account, hexadecimal
from ..required_permissions import arn_here

Document = dict[str, Any]


@dataclass
class Artifact:
    """A version of a product, with its template as it was when the version was made."""

    name: str
    url: str
    body: str
    description: str | None = None
    id: str = field(default_factory=lambda: f"pa-{hexadecimal(13)}")
    created: float = field(default_factory=time.time)


@dataclass
class Launch:
    """What Service Catalog calls a record: one operation of a provisioned product."""

    type: str
    product: "ProvisionedProduct"
    artifact_id: str
    id: str = field(default_factory=lambda: f"rec-{hexadecimal(13)}")
    status: str = "IN_PROGRESS"
    error: str | None = None
    created: float = field(default_factory=time.time)


@dataclass
class ProvisionedProduct:
    """A stack that was launched from a product."""

    name: str
    product_id: str
    artifact_id: str
    path_id: str
    launch_role: str
    #: Who launched it, as a session: `servicecatalog:userLevel`.
    owner: str
    parameters: dict[str, str]
    tags: list[Document]
    id: str = field(default_factory=lambda: f"pp-{hexadecimal(13)}")
    status: str = "UNDER_CHANGE"
    message: str | None = None
    last: Launch | None = None
    created: float = field(default_factory=time.time)

    @property
    def arn(self) -> str:
        return arn_here("servicecatalog", f"stack/{self.name}/{self.id}")

    @property
    def stack(self) -> str:
        return f"SC-{account()}-{self.id}"


#: Product id → its versions.
ARTIFACTS = AccountRegionScopedDict()
#: Id → ProvisionedProduct.
PROVISIONED = AccountRegionScopedDict()
#: Id → Launch; they outlive what they are about.
LAUNCHES = AccountRegionScopedDict()


def named_by(request: Document) -> list[str]:
    """What was launched, as a request names it: by id or by name."""
    return [request[key] for key in ("ProvisionedProductId", "ProvisionedProductName", "Id", "Name") if key in request]


def provisioned_of(request: Document) -> ProvisionedProduct | None:
    """What a request is about, if it was launched."""
    given = named_by(request)[:1]
    return next((one for one in PROVISIONED.values() if one.id in given or one.name in given), None)
