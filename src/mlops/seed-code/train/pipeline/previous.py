"""The last approved version of the model, whose evidence a new one is compared with."""

from __future__ import annotations

import sys
from typing import Dict

from . import aws
from .environment import Environment

#: Parameters of an execution: where the evidence is, and what the version is called.
PREVIOUS, PREVIOUS_NAME = "Previous", "PreviousName"


def last_approved(environment: Environment) -> Dict[str, str]:
    """Nothing at the first run. What cannot be looked up is no reason not to train: the report then compares with nothing, and says so."""
    try:
        listed = aws.call(
            "sagemaker",
            "list-model-packages",
            "--model-package-group-name",
            environment.model_package_group_name,
            *("--model-approval-status", "Approved", "--sort-by", "CreationTime", "--sort-order", "Descending", "--max-items", "1"),
        )
        versions = listed.get("ModelPackageSummaryList", [])
        if not versions:
            return {}
        described = aws.call("sagemaker", "describe-model-package", "--model-package-name", versions[0]["ModelPackageArn"])
    except aws.AwsError as error:
        print(f"The last approved version is not known, and nothing is compared with it: {error}", file=sys.stderr)
        return {}
    baselines = described.get("DriftCheckBaselines", {})
    places = [baselines.get(kind, {}).get("Statistics", {}).get("S3Uri", "") for kind in ("ModelQuality", "ModelDataQuality")]
    place = next(filter(None, places), "")
    folder = place.rpartition("/")[0]
    return {PREVIOUS: f"{folder}/", PREVIOUS_NAME: f"version {described.get('ModelPackageVersion', '')}".strip()} if folder else {}
