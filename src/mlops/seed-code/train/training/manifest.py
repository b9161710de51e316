"""What a run has read: which files, how long they were, and a digest of each, so that a version says what it has learnt from."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Dict, Mapping

FILE = "manifest.json"


def manifest(folder: Path | None, variables: Mapping[str, str] = os.environ) -> Dict[str, Any]:
    """The files of a folder. A job is told by variables where they were from: it has no way to Amazon S3 itself."""
    names = sorted(file for file in folder.rglob("*") if file.is_file()) if folder is not None and folder.is_dir() else []
    files = [{"name": file.relative_to(folder or file).as_posix(), "bytes": file.stat().st_size, "sha256": _digest_of(file)} for file in names]
    whole = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    return {"input": variables.get("INPUT", str(folder)), "inputVersion": variables.get("INPUT_VERSION", ""), "digest": whole, "files": files}


def _digest_of(file: Path) -> str:
    content = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(1 << 20):
            content.update(part)
    return content.hexdigest()
