"""Domains, user profiles, spaces and apps: who holds whom, and what takes its time."""
import time

from .. import interfaces
from ..delayed import after_a_while
from ..emulator import account, region
from ..records import RECORDS, Behaviour, Properties, Provider, Record, provider_of, records_of
from ..schemas import schema_of
from . import home_file_system

DOMAIN, PROFILE, SPACE, APP = (f"AWS::SageMaker::{kind}" for kind in ("Domain", "UserProfile", "Space", "App"))


class DomainBehaviour(Behaviour):
    """A domain may have a home file system, and does not go while anything is in it."""

    def created(self, record: Record) -> None:
        _begin(record, "InService")
        if record.properties.get("HomeEfsFileSystemCreation", "Enabled") == "Enabled":
            home_file_system.create(record)
        else:
            record.attributes.pop("HomeEfsFileSystemId", None)

    def updated(self, record: Record, before: Properties) -> None:
        if record.properties.get("VpcId") != before.get("VpcId"):
            raise ValueError("UpdateDomain cannot change VpcId (HandlerErrorCode: InvalidRequest)")
        had, has = (properties.get("HomeEfsFileSystemCreation", "Enabled") for properties in (before, record.properties))
        if (had, has) == ("Enabled", "Disabled"):
            raise ValueError("a home file system cannot be disabled once it was enabled (HandlerErrorCode: InvalidRequest)")
        if (had, has) == ("Disabled", "Enabled"):
            home_file_system.create(record)

    def deleting(self, record: Record) -> None:
        domain = record.identifier["DomainId"]
        held = [*(f"app {name_of_app(app)}" for app in live_apps(domain)), *(f"space {space.properties['SpaceName']}" for space in spaces(domain)),
                *(f"user profile {profile.ref}" for profile in profiles(domain))]
        if held:
            raise ValueError(f"Unable to delete Domain {domain} because it has {', '.join(held)} (HandlerErrorCode: ResourceConflict)")


class UserProfileBehaviour(Behaviour):
    """A profile does not go while it has apps or owns spaces."""

    def created(self, record: Record) -> None:
        _existing(record.properties["DomainId"])
        _begin(record, "InService")

    def deleting(self, record: Record) -> None:
        domain, name = record.properties["DomainId"], record.properties["UserProfileName"]
        held = [*(f"app {name_of_app(app)}" for app in live_apps(domain) if app.properties.get("UserProfileName") == name),
                *(f"space {space.properties['SpaceName']}" for space in spaces(domain) if owner_of(space) == name)]
        if held:
            raise ValueError(f"Unable to delete UserProfile {name} because it has {', '.join(held)} (HandlerErrorCode: ResourceConflict)")


class SpaceBehaviour(Behaviour):
    """A space does not go while an app runs in it."""

    def created(self, record: Record) -> None:
        _begin(record, "InService")

    def deleting(self, record: Record) -> None:
        held = [name_of_app(app) for app in live_apps(record.properties["DomainId"]) if app.properties.get("SpaceName") == record.properties["SpaceName"]]
        if held:
            raise ValueError(f"Unable to delete Space {record.properties['SpaceName']} because it has apps {', '.join(held)}")


def domain_of(domain_id: str) -> Record | None:
    return next((domain for domain in records_of(DOMAIN) if domain.identifier["DomainId"] == domain_id), None)


def _existing(domain_id: str) -> Record:
    domain = domain_of(domain_id)
    if domain is None:
        raise ValueError(f"Domain {domain_id} does not exist (HandlerErrorCode: NotFound)")
    return domain


def profiles(domain_id: str) -> list[Record]:
    return [profile for profile in records_of(PROFILE) if profile.properties["DomainId"] == domain_id]


def spaces(domain_id: str) -> list[Record]:
    return [space for space in records_of(SPACE) if space.properties["DomainId"] == domain_id]


def apps(domain_id: str) -> list[Record]:
    """Deleted ones as well: SageMaker lists them for a day."""
    return [app for app in records_of(APP) if app.properties["DomainId"] == domain_id]


def live_apps(domain_id: str) -> list[Record]:
    return [app for app in apps(domain_id) if app.attributes["Status"] != "Deleted"]


def owner_of(space: Record) -> str | None:
    owner: str | None = space.properties.get("OwnershipSettings", {}).get("OwnerUserProfileName")
    return owner


def name_of_app(app: Record) -> str:
    return f"{app.properties.get('SpaceName') or app.properties.get('UserProfileName')}/{app.properties['AppType']}/{app.properties['AppName']}"


def start_space(properties: Properties) -> Record:
    """What a person does in Studio: make a space."""
    provider_of(SPACE)["create"](properties["SpaceName"], properties, "")
    return next(space for space in spaces(properties["DomainId"]) if space.properties is properties)


def delete_space(space: Record) -> None:
    SpaceBehaviour().deleting(space)
    space.attributes["Status"] = "Deleting"
    after_a_while(lambda: _remove(space))


def start_app(properties: Properties) -> Record:
    """What a person does in Studio: run an app in a space, with a network interface in the domain's first subnet."""
    domain = _existing(properties["DomainId"])
    key = "|".join([APP, properties["DomainId"], properties.get("SpaceName") or properties["UserProfileName"], properties["AppType"], properties["AppName"]])
    if key in RECORDS and RECORDS[key].attributes["Status"] != "Deleted":
        raise ValueError(f"App {properties['AppName']} already exists")
    app = Record(APP, "", properties["AppName"], {"Key": key}, properties)
    _begin(app, "Pending")
    RECORDS[key] = app
    interfaces.attach(key, domain.properties["SubnetIds"][0], _groups_of(properties), f"[DO NOT DELETE] SageMaker app {properties['AppName']}")
    after_a_while(lambda: app.attributes.update(Status="InService") if app.attributes["Status"] == "Pending" else None)
    return app


def delete_app(app: Record) -> None:
    app.attributes["Status"] = "Deleting"

    def deleted() -> None:
        app.attributes["Status"] = "Deleted"
        interfaces.detach(app.identifier["Key"])

    after_a_while(deleted)


def arn_of_app(properties: Properties) -> str:
    parts = [properties["DomainId"], properties.get("SpaceName") or properties.get("UserProfileName") or "*", properties["AppType"].lower(), properties["AppName"]]
    return f"arn:aws:sagemaker:{region()}:{account()}:app/{'/'.join(parts)}"


def _groups_of(app: Properties) -> list[str]:
    domain = _existing(app["DomainId"])
    groups = list(domain.properties.get("DefaultUserSettings", {}).get("SecurityGroups", []))
    space = next((space for space in spaces(app["DomainId"]) if space.properties["SpaceName"] == app.get("SpaceName")), None)
    name = owner_of(space) if space else app.get("UserProfileName")
    owner = next((profile for profile in profiles(app["DomainId"]) if profile.ref == name), None)
    return groups + list(owner.properties.get("UserSettings", {}).get("SecurityGroups", []) if owner else [])


def _begin(record: Record, status: str) -> None:
    record.attributes.update(Status=status, CreationTime=time.time())


def _remove(record: Record) -> None:
    Provider(record.type, schema_of(record.type) or {}).delete(record.ref, record.properties)
