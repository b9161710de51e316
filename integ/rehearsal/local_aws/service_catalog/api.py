"""The part of the Service Catalog API with which people find, launch, update and terminate products."""
from collections.abc import Callable
from typing import Any

from ..emulator import engine, stack_records
from ..json_api import JsonApi, Refused
from ..records import Record, records_of
from ..roles import caller_of_request
from . import catalog, provisioning
from .model import ARTIFACTS, LAUNCHES, PROVISIONED, Artifact, Launch, ProvisionedProduct, named_by, provisioned_of

Document = dict[str, Any]


def _product(product_id: str) -> Record:
    """One that the caller finds in a portfolio; to others it does not exist."""
    found = catalog.product(product_id)
    if found is None or not catalog.paths(product_id, caller_of_request()):
        raise Refused("ResourceNotFoundException", f"Product {product_id} not found.")
    return found


def _provisioned(request: Document) -> ProvisionedProduct:
    found = provisioned_of(request)
    if found is None:
        raise Refused("ResourceNotFoundException", f"Provisioned product {named_by(request)} not found.")
    return found


def _version(artifact: Artifact) -> Document:
    return {"Id": artifact.id, "Name": artifact.name, "Description": artifact.description, "CreatedTime": artifact.created, "Guidance": "DEFAULT"}


def _described_product(request: Document) -> Document:
    found = _product(request["Id"])
    summary = {"ProductId": found.ref, "Name": found.properties["Name"], "Owner": found.properties["Owner"], "Type": "CLOUD_FORMATION_TEMPLATE",
               "ShortDescription": found.properties.get("Description")}
    return {"ProductViewSummary": summary, "ProvisioningArtifacts": [_version(one) for one in ARTIFACTS[found.ref]],
            "LaunchPaths": [{"Id": path.id, "Name": path.portfolio} for path in catalog.paths(found.ref, caller_of_request())]}


def _searched(_request: Document) -> Document:
    """What the caller finds in its portfolios."""
    found = [record for record in records_of(catalog.PRODUCT) if catalog.paths(record.ref, caller_of_request())]
    return {"ProductViewSummaries": [{"ProductId": one.ref, "Name": one.properties["Name"], "ShortDescription": one.properties.get("Description")} for one in found]}


def _parameters(request: Document) -> Document:
    _product(request["ProductId"])
    body = provisioning.artifact_of(request["ProductId"], request["ProvisioningArtifactId"]).body
    known = engine._parse_template(body).get("Parameters", {})
    return {"ProvisioningArtifactParameters": [
        {"ParameterKey": name, "ParameterType": given["Type"], "Description": given.get("Description"), "DefaultValue": given.get("Default"), "IsNoEcho": False,
         "ParameterConstraints": {key: str(given[key]) for key in ("AllowedPattern", "ConstraintDescription", "MinLength", "MaxLength") if key in given}}
        for name, given in known.items()]}


def _paths(request: Document) -> Document:
    _product(request["ProductId"])
    return {"LaunchPathSummaries": [
        {"Id": path.id, "Name": path.portfolio, "ConstraintSummaries": [{"Type": "LAUNCH", "Description": f"Launch as {path.launch_role}"}] if path.launch_role else []}
        for path in catalog.paths(request["ProductId"], caller_of_request())]}


def _record(launch: Launch) -> Document:
    made = launch.product
    detail = {"RecordId": launch.id, "RecordType": launch.type, "Status": launch.status, "CreatedTime": launch.created, "UpdatedTime": launch.created,
              "ProvisionedProductId": made.id, "ProvisionedProductName": made.name, "ProvisionedProductType": "CFN_STACK", "ProductId": made.product_id,
              "ProvisioningArtifactId": launch.artifact_id, "PathId": made.path_id, "LaunchRoleArn": made.launch_role,
              "RecordErrors": [{"Code": "CFN_STACK_ERROR", "Description": launch.error}] if launch.error else []}
    return {"RecordDetail": detail}


def _described_record(request: Document) -> Document:
    launch = LAUNCHES.get(request["Id"])
    if launch is None:
        raise Refused("ResourceNotFoundException", f"Record {request['Id']} not found.")
    return _record(launch)


def _described(request: Document) -> Document:
    made = _provisioned(request)
    return {"ProvisionedProductDetail": {
        "Id": made.id, "Name": made.name, "Arn": made.arn, "Type": "CFN_STACK", "Status": made.status, "StatusMessage": made.message, "CreatedTime": made.created,
        "LastRecordId": made.last.id if made.last else None, "ProductId": made.product_id, "ProvisioningArtifactId": made.artifact_id, "LaunchRoleArn": made.launch_role}}


def _searched_launched(request: Document) -> Document:
    """What was launched in the account, with the stack of each."""
    found = [{"Id": made.id, "Name": made.name, "Arn": made.arn, "Type": "CFN_STACK", "Status": made.status, "ProductId": made.product_id,
              "PhysicalId": (stack_records.get(made.stack) or {}).get("StackId")} for made in PROVISIONED.values()]
    page = JsonApi.page({"NextToken": request.get("PageToken")}, "ProvisionedProducts", found)
    return {"ProvisionedProducts": page["ProvisionedProducts"], "NextPageToken": page.get("NextToken")}


def _versions(request: Document) -> Document:
    return {"ProvisioningArtifactDetails": [{**_version(one), "Active": True, "Type": "CLOUD_FORMATION_TEMPLATE"} for one in ARTIFACTS[_product(request["ProductId"]).ref]]}


OPERATIONS: dict[str, Callable[[Document], Document]] = {
    "DescribeProduct": _described_product,
    "DescribeProvisionedProduct": _described,
    "DescribeProvisioningParameters": _parameters,
    "DescribeRecord": _described_record,
    "ListLaunchPaths": _paths,
    "ListProvisioningArtifacts": _versions,
    "SearchProducts": _searched,
    "SearchProvisionedProducts": _searched_launched,
    "ProvisionProduct": lambda request: _record(provisioning.provision(caller_of_request(), request)),
    "TerminateProvisionedProduct": lambda request: _record(provisioning.terminate(_provisioned(request))),
    "UpdateProvisionedProduct": lambda request: _record(provisioning.update(caller_of_request(), _provisioned(request), request)),
}
