"""Service Catalog: portfolios and products that CloudFormation deploys, and the API with which people launch them."""
from ..emulator import serve_json
from ..json_api import JsonApi
from ..records import BEHAVIOURS
from . import api
from .catalog import CONSTRAINT, PRODUCT, ConstraintBehaviour, ProductBehaviour


def install() -> None:
    BEHAVIOURS[PRODUCT] = ProductBehaviour()
    BEHAVIOURS[CONSTRAINT] = ConstraintBehaviour()
    serve_json("servicecatalog", "AWS242ServiceCatalogService.", JsonApi("servicecatalog", api.OPERATIONS).handle)
