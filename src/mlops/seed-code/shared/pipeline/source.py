"""The code of jobs: what is uploaded, and where. The place is made of the content, so that a running job keeps its own."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Dict

from .code import PACKAGES

ROOT = Path(__file__).resolve().parent.parent


def files() -> Dict[str, Path]:
    """The code of the steps with its packages and data files, and the configuration, by their names."""
    found = [file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()]
    return {
        str(file.relative_to(ROOT)): file
        for file in sorted([*found, *ROOT.glob("config*.json"), *ROOT.glob("tuned.py")])
        if _travels(file.relative_to(ROOT))
    }


def _travels(file: Path) -> bool:
    """Not what Python and editors leave behind."""
    return file.suffix != ".pyc" and not any(part.startswith(".") or part == "__pycache__" for part in file.parts)


def digest() -> str:
    content = hashlib.sha256()
    for name, file in files().items():
        content.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return content.hexdigest()[:16]
