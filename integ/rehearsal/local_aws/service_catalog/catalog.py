"""Portfolios and products: which versions a product has, who finds it, and with which role it is launched."""
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from .. import deployer, objects, permissions
from ..emulator import account, engine
from ..principals import role_of
from ..records import Behaviour, Record, records_of
from ..required_permissions import Permission
from ..roles import Caller, role_at
from .model import ARTIFACTS, Artifact

Document = dict[str, Any]
PORTFOLIO, PRODUCT, CONSTRAINT, OFFER, PRINCIPAL = (f"AWS::ServiceCatalog::{kind}" for kind in (
    "Portfolio", "CloudFormationProduct", "LaunchRoleConstraint", "PortfolioProductAssociation", "PortfolioPrincipalAssociation"))


@dataclass(frozen=True)
class Path:
    """How somebody gets at a product: through a portfolio, with the role that it is launched with there."""

    id: str
    portfolio: str
    launch_role: str | None


class ProductBehaviour(Behaviour):
    """Its versions keep a copy of their template, which the deploying role must be able to read when they are made."""

    def created(self, record: Record) -> None:
        ARTIFACTS[record.ref] = [_made(record, wanted) for wanted in record.properties["ProvisioningArtifactParameters"]]
        _tell(record)

    def updated(self, record: Record, before: Document) -> None:
        """Versions are the same by their name and address. What is no longer named goes, though not from what was launched of it."""
        had = [] if record.properties.get("ReplaceProvisioningArtifacts") else ARTIFACTS[record.ref]
        try:
            ARTIFACTS[record.ref] = [
                next((one for one in had if (one.name, one.url) == _identity(wanted)), None) or _made(record, wanted)
                for wanted in record.properties["ProvisioningArtifactParameters"]]
        except ValueError:
            record.properties = before
            raise
        _tell(record)

    def deleting(self, record: Record) -> None:
        ARTIFACTS.pop(record.ref, None)


class ConstraintBehaviour(Behaviour):
    """It is about a product in a portfolio, and its role, which must be there, is passed to Service Catalog."""

    def created(self, record: Record) -> None:
        given = record.properties
        if not any(_is(offer, given["PortfolioId"], given["ProductId"]) for offer in records_of(OFFER)):
            raise ValueError(f"Product {given['ProductId']} is not associated with portfolio {given['PortfolioId']} (HandlerErrorCode: NotFound)")
        self._pass(record)

    def updated(self, record: Record, before: Document) -> None:
        self._pass(record)

    def _pass(self, record: Record) -> None:
        arn = _role_of(record)
        if "LocalRoleName" in record.properties and role_at(arn) is None:
            raise ValueError(f"role {record.properties['LocalRoleName']} does not exist (HandlerErrorCode: InvalidRequest)")
        need = Permission("iam:PassRole", arn, {"iam:PassedToService": "servicecatalog.amazonaws.com"})
        if refused := permissions.refusals(deployer.caller_of_stack(record.stack), [need]):
            raise ValueError(refused[0])


def _role_of(constraint: Record) -> str:
    """By its ARN, or by the name that it has in every account, without a path."""
    given = constraint.properties
    return str(given.get("RoleArn") or f"arn:aws:iam::{account()}:role/{given['LocalRoleName']}")


def _identity(wanted: Document) -> tuple[str, str]:
    return wanted.get("Name", ""), wanted["Info"]["LoadTemplateFromURL"]


def _made(record: Record, wanted: Document) -> Artifact:
    name, url = _identity(wanted)
    body = _template(record, url)
    return Artifact(name, url, body, wanted.get("Description"))


def _template(record: Record, url: str) -> str:
    """As the role that deploys the product; CloudFormation checks it."""
    body = objects.read(deployer.caller_of_stack(record.stack), *objects.place_of(url), {"aws:viaawsservice": "true"}).decode()
    try:
        engine._validate_template_statics(engine._parse_template(body))
    except ValueError as fault:
        raise ValueError(f"Invalid templateBody: {fault} (HandlerErrorCode: InvalidRequest)") from fault
    return body


def _tell(record: Record) -> None:
    made: list[Artifact] = ARTIFACTS[record.ref]
    record.attributes.update(ProvisioningArtifactIds=",".join(one.id for one in made), ProvisioningArtifactNames=",".join(one.name for one in made))


def product(product_id: str) -> Record | None:
    return next((record for record in records_of(PRODUCT) if record.ref == product_id), None)


def paths(product_id: str, caller: Caller) -> list[Path]:
    """The portfolios that offer a product to somebody."""
    return [_path(portfolio.ref, product_id) for portfolio in records_of(PORTFOLIO)
            if any(_is(offer, portfolio.ref, product_id) for offer in records_of(OFFER)) and _is_associated(caller, portfolio.ref)]


def _path(portfolio: str, product_id: str) -> Path:
    role = next((_role_of(constraint) for constraint in records_of(CONSTRAINT) if _is(constraint, portfolio, product_id)), None)
    return Path(f"lpv3-{hashlib.sha256(f'{portfolio}{product_id}'.encode()).hexdigest()[:13]}", portfolio, role)


def _is(record: Record, portfolio: str, product_id: str) -> bool:
    return (record.properties["PortfolioId"], record.properties["ProductId"]) == (portfolio, product_id)


def _is_associated(caller: Caller, portfolio: str) -> bool:
    """A session is of its role; patterns hold in any account."""
    arn = role_of(caller.arn)
    return any(_names(principal.properties, arn) for principal in records_of(PRINCIPAL) if principal.properties["PortfolioId"] == portfolio)


def _names(given: Document, arn: str) -> bool:
    named = given["PrincipalARN"]
    if given["PrincipalType"] == "IAM":
        return bool(named == arn)
    pattern = re.escape(named).replace(r"\*", ".*").replace(r"\?", ".").replace(":iam::", r":iam::\d{12}")
    return re.fullmatch(pattern, arn) is not None
