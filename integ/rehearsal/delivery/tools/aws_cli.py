"""The part of the AWS CLI that builds use.

`aws s3 cp [--only-show-errors] [--sse aws:kms --sse-kms-key-id KEY] SOURCE TARGET`: one object to a file, or a file to an object.
`aws SERVICE OPERATION --name VALUE … [--cli-input-json file://…] [--output json]`: any operation with plain values, `file://…` and JSON.
"""
import argparse
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError


def main() -> None:
    words = sys.argv[1:]
    try:
        if words[:2] == ["s3", "cp"]:
            _copy(words[2:])
        else:
            print(json.dumps(_call(words[0], words[1], words[2:]), default=str))
    except (ClientError, BotoCoreError) as refused:
        sys.exit(f"\n{refused}")


def _copy(words: list[str]) -> None:
    options = argparse.ArgumentParser(prog="aws s3 cp")
    options.add_argument("--only-show-errors", action="store_true")
    options.add_argument("--sse")
    options.add_argument("--sse-kms-key-id")
    options.add_argument("source")
    options.add_argument("target")
    asked = options.parse_args(words)
    s3 = _client("s3")
    if asked.source.startswith("s3://"):
        Path(asked.target).write_bytes(s3.get_object(**_place(asked.source))["Body"].read())
        return
    encrypted = {"ServerSideEncryption": asked.sse, "SSEKMSKeyId": asked.sse_kms_key_id} if asked.sse else {}
    s3.put_object(**_place(asked.target), Body=Path(asked.source).read_bytes(), **encrypted)


def _call(service: str, operation: str, words: list[str]) -> Any:
    client = _client(service)
    name = next(known for known in client.meta.service_model.operation_names if xform_name(known) == operation.replace("-", "_"))
    members = client.meta.service_model.operation_model(name).input_shape.members
    by_option = {xform_name(member).replace("_", "-"): member for member in members}
    given = dict(zip((word.removeprefix("--") for word in words[::2]), words[1::2], strict=True))
    given.pop("output", None)
    most = given.pop("max-items", None)
    whole = json.loads(_value(given.pop("cli-input-json", "{}"), None))
    asked = {**whole, **{by_option[option]: _value(value, members[by_option[option]]) for option, value in given.items()}}
    if most is not None:
        return client.get_paginator(xform_name(name)).paginate(**asked, PaginationConfig={"MaxItems": int(most)}).build_full_result()
    answer = getattr(client, operation.replace("-", "_"))(**asked)
    answer.pop("ResponseMetadata")
    return answer


def _value(text: str, shape: Any) -> Any:
    if text.startswith("file://"):
        return Path(text.removeprefix("file://")).read_text()
    return text if shape is None or shape.type_name == "string" else json.loads(text)


def _client(service: str) -> Any:
    return botocore.session.get_session().create_client(service)


def _place(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    return {"Bucket": parts.netloc, "Key": parts.path.lstrip("/")}


main()
