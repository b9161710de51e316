"""The version that runs: what the step before has copied, as it was approved."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict

#: What the step before has called what it left.
ARTIFACT = "Release"


class NoRelease(Exception):
    """The step before has left no release."""


@dataclass(frozen=True)
class Release:
    model_package_arn: str
    #: By its digest.
    image: str
    model_data_url: str
    #: Environment variables of the container.
    variables: Dict[str, str]

    @staticmethod
    def read() -> Release:
        """From the artifact `Release` of the build, or from a file that RELEASE names."""
        file = Path(os.environ.get("RELEASE") or Path(os.environ.get(f"CODEBUILD_SRC_DIR_{ARTIFACT}", ".")) / "release.json")
        try:
            said: Dict[str, Any] = json.loads(file.read_text())
            return Release(said["modelPackageArn"], said["image"], said["modelDataUrl"], said.get("environment", {}))
        except (FileNotFoundError, json.JSONDecodeError) as error:
            raise NoRelease(f"{file} is no release: {error}") from None
        except KeyError as missing:
            raise NoRelease(f"{file} is no release: {missing} is missing") from None
