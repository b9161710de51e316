"""What SageMaker asks of its own API when it runs the pipeline of the seed code, held against the API's shapes.

Reads nothing but the variables of the build. The second argument is the module that writes the pipeline. Prints a list of requests: step, operation, parameters, and what is wrong with them.
"""

import importlib
import json
import sys
from typing import Any, Iterator

from botocore.session import get_session
from botocore.validate import ParamValidator

sys.path.insert(0, sys.argv[1])

from pipeline.environment import Environment  # noqa: E402  (the seed code that was named)

definition = importlib.import_module(f"pipeline.{sys.argv[2]}").definition

#: Type of a step → operation, and the name that SageMaker gives what it makes.
OPERATIONS = {
    "Processing": ("CreateProcessingJob", {"ProcessingJobName": "pipelines-abcdefghijkl-Step-aB3dE5f"}),
    "Training": ("CreateTrainingJob", {"TrainingJobName": "pipelines-abcdefghijkl-Step-aB3dE5f"}),
    "RegisterModel": ("CreateModelPackage", {}),
    "Model": ("CreateModel", {"ModelName": "pipelines-abcdefghijkl-Step-aB3dE5f"}),
    "Tuning": ("CreateHyperParameterTuningJob", {"HyperParameterTuningJobName": "abcdefghijkl-Step-aB3dE5fGhI"}),
    "Transform": ("CreateTransformJob", {"TransformJobName": "pipelines-abcdefghijkl-Step-aB3dE5f"}),
}


def steps(written: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in written:
        yield step
        for branch in ("IfSteps", "ElseSteps"):
            yield from steps(step["Arguments"].get(branch, []))


def filled(value: Any, parameters: dict[str, Any]) -> Any:
    """What is known only when the pipeline runs: a parameter's default, and a text, where SageMaker puts a text."""
    if isinstance(value, dict):
        if list(value) == ["Get"]:
            source, _, name = value["Get"].partition(".")
            return parameters[name] if source == "Parameters" else "s3://made-by-a-step" if source == "Steps" else "abcdefghijkl"
        if list(value) == ["Std:Join"]:
            return value["Std:Join"]["On"].join(str(filled(part, parameters)) for part in value["Std:Join"]["Values"])
        if list(value) == ["Std:JsonGet"]:
            return "read-of-a-file"
        return {key: filled(one, parameters) for key, one in value.items()}
    return [filled(one, parameters) for one in value] if isinstance(value, list) else value


def requests() -> Iterator[dict[str, Any]]:
    service = get_session().get_service_model("sagemaker")
    written = definition(Environment.from_variables())
    defaults = {parameter["Name"]: parameter["DefaultValue"] for parameter in written["Parameters"]}
    for step in steps(written["Steps"]):
        if step["Type"] not in OPERATIONS:
            continue
        operation, named = OPERATIONS[step["Type"]]
        parameters = {**filled(step["Arguments"], defaults), **named}
        report = ParamValidator().validate(parameters, service.operation_model(operation).input_shape)
        yield {"step": step["Name"], "operation": operation, "parameters": parameters, "faults": report.generate_report()}


json.dump(list(requests()), sys.stdout)
