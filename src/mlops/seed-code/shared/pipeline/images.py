"""The image that every step and the endpoint run: XGBoost, pandas and scikit-learn, by AWS."""

from __future__ import annotations

import json
from pathlib import Path


class NoImage(Exception):
    """AWS keeps no such image in the region."""


def xgboost_image(region: str) -> str:
    known = json.loads((Path(__file__).parent / "images.json").read_text())
    if region not in known["accounts"]:
        raise NoImage(f"no XGBoost image is known for the region {region}: add the account to pipeline/images.json")
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"{known['accounts'][region]}.dkr.ecr.{region}.{domain}/{known['repository']}:{known['tag']}"
