"""How a step is started, here and in a job, and how it ends where something that people have written or given cannot be used."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Callable, List, Tuple, Type

from .config_file import ConfigurationError


def folders(about: str | None, arguments: List[str] | None, **defaults: Path) -> Any:
    """The folders that a step is told by `--<name>`, else those of its job."""
    words = argparse.ArgumentParser(description=about)
    for name, default in defaults.items():
        words.add_argument(f"--{name.replace('_', '-')}", type=Path, default=default)
    return words.parse_args(arguments)


def ended(step: Callable[[], Any], failed: str, *mistakes: Type[Exception]) -> int:
    known: Tuple[Type[Exception], ...] = (ConfigurationError, *mistakes)
    try:
        step()
    except known as error:
        print(f"{failed}: {error}", file=sys.stderr)
        return 1
    return 0
