"""Reads and writes S3 as the monitor does, with the files of the monitor that are shipped: `reading.py <monitor> <address> <prefix>`."""

import json
import sys
from typing import Any

import boto3
from botocore.config import Config

sys.path.insert(0, sys.argv[1])

import store  # noqa: E402

PATIENCE = Config(connect_timeout=2, read_timeout=1, retries={"mode": "standard", "max_attempts": 8})


def client(service: str) -> Any:
    return boto3.client(service, region_name="eu-west-1", endpoint_url=sys.argv[2], config=PATIENCE)


def main() -> int:
    store.PAUSE = 0.01
    try:
        place = store.place(f"s3://monitored/{sys.argv[3]}", client)
        lines = [line.decode() for folder in place.folders("") for file in place.files(folder) for line in place.lines(file)]
        place.write("report.json", json.dumps({"lines": len(lines)}).encode())
        print(json.dumps({"lines": lines, "missing": place.read("nothing.json")}))
    except store.StoreError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
