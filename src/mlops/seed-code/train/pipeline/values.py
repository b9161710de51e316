"""What is known only when the pipeline runs, as its definition names it."""

from __future__ import annotations

from typing import Any


def made(step: str, output: str) -> Any:
    """The place of what a processing step has written."""
    return {"Get": f"Steps.{step}.ProcessingOutputConfig.Outputs['{output}'].S3Output.S3Uri"}


def within(place: Any, *path: Any) -> Any:
    """What lies in a place; of two joins one is made, as SageMaker documents no join in a join."""
    parts = place["Std:Join"]["Values"] if isinstance(place, dict) and "Std:Join" in place else [place]
    return {"Std:Join": {"On": "/", "Values": [*parts, *path]}}


def read(step: str, file: str, *path: str) -> Any:
    """A value of a JSON file that a processing step has written and named as a property file."""
    return {"Std:JsonGet": {"PropertyFile": {"Get": f"Steps.{step}.PropertyFiles.{file}"}, "Path": ".".join(path)}}


def text(value: Any) -> Any:
    """A number as text, which variables of a job are."""
    return {"Std:Join": {"On": "", "Values": [value]}}


def condition(left: Any, comparison: str, right: Any) -> Any:
    return {"Type": {"at-most": "LessThanOrEqualTo", "at-least": "GreaterThanOrEqualTo"}[comparison], "LeftValue": left, "RightValue": right}
