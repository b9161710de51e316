"""What CloudFormation did, one JSON object a line: the evidence behind the table that the driver prints."""
import json
import os
import threading
import time
from typing import Any

from .emulator import account, region

_file = os.environ.get("REHEARSAL_JOURNAL")
_lock = threading.Lock()


def note(operation: str, resource_type: str, **details: Any) -> None:
    """Write one line; without REHEARSAL_JOURNAL nothing is kept."""
    if not _file:
        return
    line = {"time": round(time.time(), 3), "account": account(), "region": region(), "operation": operation, "type": resource_type, **details}
    with _lock, open(_file, "a", encoding="utf-8") as journal:
        journal.write(json.dumps(line, default=str) + "\n")
