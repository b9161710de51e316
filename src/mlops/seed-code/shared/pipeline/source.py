"""The code of jobs: what is uploaded, and where. The place is made of the content, so that a running job keeps its own."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Dict

from .code import PACKAGE

ROOT = Path(__file__).resolve().parent.parent


def files() -> Dict[str, Path]:
    """The package of the steps and its configuration, by their names."""
    return {str(file.relative_to(ROOT)): file for file in sorted([*(ROOT / PACKAGE).glob("*.py"), ROOT / "config.json"])}


def digest() -> str:
    content = hashlib.sha256()
    for name, file in files().items():
        content.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return content.hexdigest()[:16]
