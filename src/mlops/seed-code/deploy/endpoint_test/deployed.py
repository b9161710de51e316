"""Whether an endpoint runs what was released. One that has gone back by its alarms is in service as well, with the model before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .settings import SettingsIncomplete


def release_in(folder: Path) -> Mapping[str, Any]:
    file = folder / "release.json"
    if not file.exists():
        raise SettingsIncomplete(f"{file} is missing: nobody can say what was released")
    said: Mapping[str, Any] = json.loads(file.read_text())
    return said


def differences(endpoint: Mapping[str, Any], release: Mapping[str, Any]) -> list[str]:
    """What SageMaker says of the endpoint, and the release does not. What it captures lies under the release that it runs."""
    found = []
    capture = endpoint.get("DataCaptureConfig", {}).get("DestinationS3Uri")
    folder = str(release["modelDataUrl"]).removeprefix("s3://").removesuffix("/model.tar.gz")
    if capture is not None and not capture.rstrip("/").endswith(f"/{folder}"):
        found.append(f"it captures to {capture}, and what was released is {folder}")
    images = [image for variant in endpoint.get("ProductionVariants", []) for image in variant.get("DeployedImages", [])]
    digest = str(release["image"]).partition("@")[2]
    for image in images:
        names = [name for name in (image.get("ResolvedImage"), image.get("SpecifiedImage")) if name]
        if digest and not any(name.endswith(digest) for name in names):
            found.append(f"it runs the image {names[0] if names else 'of no name'}, and what was released is {release['image']}")
    if capture is None and not images:
        found.append("SageMaker says neither what it captures nor which image it runs")
    return found
