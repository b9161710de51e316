"""The SageMaker API about Studio, over the resources that CloudFormation deployed and people made.

Deletions take their time and deleted apps stay in the list, as on AWS: a handler that does not wait fails.
"""
from collections.abc import Callable

from ..emulator import account, region
from ..json_api import JsonApi, Refused, Request, model_of
from ..records import RECORDS, Record, provider_of, records_of
from . import home_file_system, studio
from .studio import APP, DOMAIN, PROFILE, SPACE

_MODEL = model_of("sagemaker")


def _found(record: Record | None, what: str) -> Record:
    if record is None or record.attributes.get("Status") == "Deleted":
        raise Refused("ResourceNotFound", f"{what} does not exist.")
    return record


def _domain(request: Request) -> Record:
    return _found(studio.domain_of(request["DomainId"]), f"Domain [{request['DomainId']}]")


def _profile(request: Request) -> Record:
    name = request["UserProfileName"]
    return _found(next((profile for profile in studio.profiles(request["DomainId"]) if profile.ref == name), None), f"UserProfile [{name}]")


def _space(request: Request) -> Record:
    name = request["SpaceName"]
    return _found(next((space for space in studio.spaces(request["DomainId"]) if space.properties["SpaceName"] == name), None), f"Space [{name}]")


def _app(request: Request) -> Record:
    def same(app: Record) -> bool:
        return all(app.properties.get(name) == request.get(name) for name in ("SpaceName", "UserProfileName", "AppType", "AppName"))

    return _found(next((app for app in studio.apps(request["DomainId"]) if same(app)), None), f"App [{request['AppName']}]")


def _described(record: Record) -> Request:
    """Properties and attributes, without those that CloudFormation alone has."""
    shape = _MODEL.operation_model(f"Describe{record.type.rsplit('::', 1)[1]}").output_shape
    known = {**record.properties, **record.attributes}
    if record.type == APP:
        known["AppArn"] = studio.arn_of_app(record.properties)
    known["LastModifiedTime"] = known["CreationTime"]
    return {name: value for name, value in known.items() if name in shape.members}


def _list(kind: str, key: str, **filters: str) -> Callable[[Request], Request]:
    """`filters`: parameter of the call → member of the record."""
    member = _MODEL.operation_model(f"List{key}").output_shape.members[key].member

    def operation(request: Request) -> Request:
        listed = []
        for record in records_of(kind):
            described = _described(record)
            if all(described.get(name) == request[parameter] for parameter, name in filters.items() if parameter in request):
                owner = studio.owner_of(record) if kind == SPACE else None
                summary = {"OwnershipSettingsSummary": {"OwnerUserProfileName": owner}} if owner else {}
                listed.append({name: value for name, value in {**described, **summary}.items() if name in member.members})
        return JsonApi.page(request, key, listed)

    return operation


def _create_space(request: Request) -> Request:
    _domain(request)
    owner = request.get("OwnershipSettings", {}).get("OwnerUserProfileName")
    if owner:
        _profile({**request, "UserProfileName": owner})
    return {"SpaceArn": studio.start_space(request).attributes["SpaceArn"]}


def _create_app(request: Request) -> Request:
    _domain(request)
    if "SpaceName" in request:
        _space(request)
    else:
        _profile(request)
    return {"AppArn": studio.arn_of_app(studio.start_app(request).properties)}


def _delete_app(request: Request) -> Request:
    app = _app(request)
    if app.attributes["Status"] == "Deleting":
        raise Refused("ResourceInUse", f"App [{request['AppName']}] is being deleted.")
    studio.delete_app(app)
    return {}


def _delete_space(request: Request) -> Request:
    space = _space(request)
    if space.attributes["Status"] != "Deleting":
        studio.delete_space(space)
    return {}


def _delete_profile(request: Request) -> Request:
    provider_of(PROFILE)["delete"](_profile(request).ref, {"DomainId": request["DomainId"]})
    return {}


def _delete_domain(request: Request) -> Request:
    domain = _domain(request)
    provider_of(DOMAIN)["delete"](domain.ref, {})
    if request.get("RetentionPolicy", {}).get("HomeEfsFileSystem") == "Delete":
        home_file_system.delete(domain)
    return {}


def _update_domain(request: Request) -> Request:
    domain = _domain(request)
    domain.properties = {**domain.properties, **{name: value for name, value in request.items() if name != "DomainId"}}
    return {"DomainArn": domain.attributes["DomainArn"]}


def _tagged(request: Request) -> Record:
    arn = request["ResourceArn"]
    return _found(next((record for record in list(RECORDS.values()) if arn in record.attributes.values()), None), arn)


def _list_tags(request: Request) -> Request:
    return {"Tags": _tagged(request).properties.get("Tags", [])}


def _add_tags(request: Request) -> Request:
    record = _tagged(request)
    tags = {tag["Key"]: tag for tag in [*record.properties.get("Tags", []), *request["Tags"]]}
    record.properties = {**record.properties, "Tags": list(tags.values())}
    return {"Tags": list(tags.values())}


def _presigned_url(request: Request) -> Request:
    _profile(request)
    return {"AuthorizedUrl": f"https://{request['DomainId']}.studio.{region()}.sagemaker.aws/auth?token={account()}"}


OPERATIONS: dict[str, Callable[[Request], Request]] = {
    "AddTags": _add_tags,
    "CreateApp": _create_app,
    "CreatePresignedDomainUrl": _presigned_url,
    "CreateSpace": _create_space,
    "DeleteApp": _delete_app,
    "DeleteDomain": _delete_domain,
    "DeleteSpace": _delete_space,
    "DeleteUserProfile": _delete_profile,
    "DescribeApp": lambda request: _described(_app(request)),
    "DescribeDomain": lambda request: _described(_domain(request)),
    "DescribeSpace": lambda request: _described(_space(request)),
    "DescribeUserProfile": lambda request: _described(_profile(request)),
    "ListApps": _list(APP, "Apps", DomainIdEquals="DomainId", UserProfileNameEquals="UserProfileName", SpaceNameEquals="SpaceName"),
    "ListDomains": _list(DOMAIN, "Domains"),
    "ListSpaces": _list(SPACE, "Spaces", DomainIdEquals="DomainId", SpaceNameContains="SpaceName"),
    "ListTags": _list_tags,
    "ListUserProfiles": _list(PROFILE, "UserProfiles", DomainIdEquals="DomainId"),
    "UpdateDomain": _update_domain,
}
