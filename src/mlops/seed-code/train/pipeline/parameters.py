"""What may be said anew at each start of the pipeline, in Studio or by `StartPipelineExecution`; else it is as `config.json` has it."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Mapping

from training.configuration import Configuration, ConfigurationError

from .previous import PREVIOUS, PREVIOUS_NAME

INPUT, INPUT_VERSION, GATE_THRESHOLD = "Input", "InputVersion", "GateThreshold"
#: SageMaker's rule for names of parameters.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Parameters:
    """`input` and the rest are what steps name instead of a value."""

    def __init__(self, settings: Configuration, data_address: str, nothing: str, *, instances: Mapping[str, str], **places: str):
        """:param places: addresses of the project's own, by the names of their parameters"""
        self.declared: List[Dict[str, Any]] = []
        self.input = self._declare(INPUT, "String", data_address)
        # Steps that are cached are run again when this changes. Each build says its own: it may have been started because the data has.
        self.input_version = self._declare(INPUT_VERSION, "String", "unchanged")
        # A place that holds no evidence: where there is no approved version, there is nothing to compare with.
        self.previous = self._declare(PREVIOUS, "String", nothing)
        self.previous_name = self._declare(PREVIOUS_NAME, "String", "none")
        self.gate_threshold = self._declare(GATE_THRESHOLD, "Float", settings.gate.threshold)
        self.places = {name: self._declare(name, "String", place) for name, place in places.items()}
        self.instances = {job: self._declare(f"{job.capitalize()}InstanceType", "String", kind) for job, kind in instances.items()}
        tuned = (settings.tuning or {}).get("ranges", {})
        fixed = {name: value for name, value in settings.hyper_parameters.items() if name not in tuned}
        self.hyper_parameters = {name: self._declare(name, "String", as_text(value)) for name, value in fixed.items()}

    def _declare(self, name: str, kind: str, default: Any) -> Any:
        if not _NAME.fullmatch(name):
            raise ConfigurationError(f"hyperParameters.{name} must be called by letters, digits, - and _ alone: it is a parameter of the pipeline")
        if name in (known["Name"] for known in self.declared):
            raise ConfigurationError(f"hyperParameters.{name} must be called otherwise: the pipeline has a parameter of this name already")
        self.declared.append({"Name": name, "Type": kind, "DefaultValue": default})
        return {"Get": f"Parameters.{name}"}


def as_text(value: Any) -> str:
    """SageMaker hands on hyper-parameters as text; `training/hyper_parameters.py` reads it."""
    return value if isinstance(value, str) else json.dumps(value)
