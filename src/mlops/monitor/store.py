"""Places that hold files: in S3, or a folder here. Paths within a place are relative to it."""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Callable, Iterator
from urllib.parse import unquote

from lines import lines_of

#: What S3 says of an object that is not there. Without permission to list, it says AccessDenied.
GONE = ("NoSuchKey", "404")


#: In bytes.
CHUNK = 1024 * 1024
#: In a row, of a file that is read.
ATTEMPTS = 6
#: Seconds; doubled each time.
PAUSE = 0.25


class StoreError(Exception):
    """A place cannot be read or written; the message names it, and says why."""


def client(service: str) -> Any:
    """Of AWS; boto3 is only needed by what asks AWS."""
    import boto3
    from botocore.config import Config

    # Jobs have the first of the two, boto3 knows the second.
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    return boto3.client(
        service, region_name=region, config=Config(connect_timeout=10, read_timeout=60, retries={"mode": "standard", "max_attempts": 8})
    )


def _reason(error: BaseException) -> str:
    """Some errors say nothing but what they are."""
    return str(error) or type(error).__name__


def place(address: str, clients: Callable[[str], Any]) -> Place:
    if address.startswith("s3://"):
        bucket, _, prefix = address[len("s3://") :].partition("/")
        return Bucket(clients("s3"), bucket, prefix)
    return Folder(Path(unquote(address[len("file://") :]) if address.startswith("file://") else address))


class Place(ABC):
    @abstractmethod
    def folders(self, path: str) -> list[str]:
        """Names of what is in a folder and is a folder itself."""

    @abstractmethod
    def files(self, path: str) -> list[str]:
        """Paths of all files below a folder, in order."""

    @abstractmethod
    def lines(self, path: str) -> Iterator[bytes]:
        """One after the other: a file may be larger than the memory."""

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """Or nothing where there is no such file."""

    @abstractmethod
    def write(self, path: str, content: bytes) -> None: ...


class Bucket(Place):
    def __init__(self, s3: Any, bucket: str, prefix: str):
        self.s3 = s3
        self.bucket = bucket
        self.prefix = prefix.strip("/")

    def folders(self, path: str) -> list[str]:
        begin = self._key(path, "/")
        pages = self._pages(path, Prefix=begin, Delimiter="/")
        return [one["Prefix"][len(begin) : -1] for page in pages for one in page.get("CommonPrefixes", [])]

    def files(self, path: str) -> list[str]:
        inside = len(self._key("", "/"))
        pages = self._pages(path, Prefix=self._key(path, "/"))
        return [one["Key"][inside:] for page in pages for one in page.get("Contents", []) if not one["Key"].endswith("/")]

    def lines(self, path: str) -> Iterator[bytes]:
        return lines_of(self._chunks(path))

    def read(self, path: str) -> bytes | None:
        try:
            return b"".join(self._chunks(path))
        except StoreError as error:
            response = getattr(error.__cause__, "response", None) or {}
            if response.get("Error", {}).get("Code") in GONE:
                return None
            raise

    def _chunks(self, path: str) -> Iterator[bytes]:
        """A connection that breaks in the middle of a file is opened again where it broke; of refusals boto3 knows which pass."""
        offset = failures = 0
        tag = None
        while True:
            answer = self._opened(path, offset, tag)
            tag = tag or answer["ETag"]
            try:
                while True:
                    chunk = answer["Body"].read(CHUNK)
                    if not chunk:
                        return
                    offset += len(chunk)
                    failures = 0
                    yield chunk
            except Exception as error:
                failures += 1
                if failures == ATTEMPTS:
                    raise StoreError(f"{self._named(path)}: {_reason(error)}") from error
                time.sleep(PAUSE * 2**failures)

    def _opened(self, path: str, offset: int, tag: str | None) -> Any:
        """From a place on. It must be the same file then: what is read of it comes from two answers."""
        rest = {"Range": f"bytes={offset}-", "IfMatch": tag} if offset else {}
        return self._asked(path, lambda: self.s3.get_object(Bucket=self.bucket, Key=self._key(path), **rest))

    def write(self, path: str, content: bytes) -> None:
        """With the bucket's own encryption."""
        asked = {"Bucket": self.bucket, "Key": self._key(path), "Body": content, "ContentType": "application/json"}
        self._asked(path, lambda: self.s3.put_object(**asked))

    def _pages(self, path: str, **asked: Any) -> Iterator[Any]:
        while True:
            page = self._asked(path, lambda: self.s3.list_objects_v2(Bucket=self.bucket, **asked))
            yield page
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    def _key(self, path: str, end: str = "") -> str:
        return "/".join(part for part in (self.prefix, path.strip("/")) if part) + end

    def _asked(self, path: str, call: Callable[[], Any]) -> Any:
        """Whatever goes wrong in a call, from the network to permissions, has the same consequence."""
        try:
            return call()
        except Exception as error:
            raise StoreError(f"{self._named(path)}: {_reason(error)}") from error

    def _named(self, path: str) -> str:
        return f"s3://{self.bucket}/{self._key(path)}"


class Folder(Place):
    def __init__(self, root: Path):
        self.root = root

    def folders(self, path: str) -> list[str]:
        folder = self.root / path
        return sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []

    def files(self, path: str) -> list[str]:
        return sorted(str(one.relative_to(self.root).as_posix()) for one in (self.root / path).rglob("*") if one.is_file())

    def lines(self, path: str) -> Iterator[bytes]:
        with (self.root / path).open("rb") as file:
            yield from lines_of(iter(lambda: file.read(CHUNK), b""))

    def read(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def write(self, path: str, content: bytes) -> None:
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise StoreError(f"{file}: {error.strerror}") from error
