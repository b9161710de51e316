"""AWS::CodeCommit::Repository: filled when it is made, from an archive that the deploying role must be able to read."""
import io
import zipfile

from . import deployer, objects
from .records import BEHAVIOURS, Behaviour, Record

_TYPE = "AWS::CodeCommit::Repository"


def install() -> None:
    BEHAVIOURS[_TYPE] = RepositoryBehaviour()


class RepositoryBehaviour(Behaviour):
    """Its first commit is what is in the archive."""

    def created(self, record: Record) -> None:
        record.attributes.update(Name=record.properties["RepositoryName"])
        place = record.properties.get("Code", {}).get("S3")
        if place is None:
            return
        archive = objects.read(deployer.caller_of_stack(record.stack), place["Bucket"], place["Key"])
        if not zipfile.is_zipfile(io.BytesIO(archive)):
            raise ValueError(f"{place['Bucket']}/{place['Key']} is no zip archive (HandlerErrorCode: InvalidRequest)")
        record.attributes["files"] = sorted(name for name in zipfile.ZipFile(io.BytesIO(archive)).namelist() if not name.endswith("/"))
