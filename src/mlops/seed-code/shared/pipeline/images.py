"""The images of AWS that jobs and endpoints run, one of each framework that a model may be made with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

#: Where AWS keeps images, by what the names of its regions begin with.
_DOMAINS = {"cn-": "amazonaws.com.cn", "us-iso-": "c2s.ic.gov", "us-isob-": "sc2s.sgov.gov", "us-isof-": "csp.hci.ic.gov"}


class NoImage(Exception):
    """AWS keeps no such image in the region."""


def image(framework: str, region: str, purpose: str = "training") -> str:
    """`training` is what jobs run, `tuning` what the tries of a tuning step do where it is another, `inference` what endpoints do."""
    known = _framework(framework)
    account = _known()["accounts"][known["accounts"]].get(region)
    if account is None:
        raise NoImage(f"no image of {framework} is known for the region {region}: add the account to pipeline/images.json")
    if region in known.get("absent", {}).get(purpose, []):
        raise NoImage(f"AWS keeps no image of {framework} for {purpose} in the region {region}: do without")
    domain = next((domain for start, domain in _DOMAINS.items() if region.startswith(start)), "amazonaws.com")
    return f"{account}.dkr.ecr.{region}.{domain}/{known.get(purpose, known['training'])}"


def described(framework: str) -> Dict[str, str]:
    """What the model registry calls a framework."""
    known = _framework(framework)
    return {"Framework": known["name"], "FrameworkVersion": known["version"]}


def _framework(name: str) -> Dict[str, Any]:
    frameworks: Dict[str, Dict[str, Any]] = _known()["frameworks"]
    if name not in frameworks:
        raise NoImage(f"no image of {name} is known, but of {', '.join(sorted(frameworks))}")
    return frameworks[name]


def _known() -> Any:
    return json.loads((Path(__file__).parent / "images.json").read_text())
