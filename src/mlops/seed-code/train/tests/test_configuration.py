"""What cannot be meant is refused by its name, and the loader and the schema that editors read refuse the same."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from training import configuration

SCHEMA = json.loads((configuration.ROOT / "config.schema.json").read_text())
SAID = json.loads((configuration.ROOT / "config.json").read_text())
#: With everything that may be said.
ALL = {
    **SAID,
    "task": "binary",
    "gate": {"metric": "auc", "comparison": "at-least", "threshold": 0.5},
    "positive": "ill",
    "input": "churn/training/",
    "images": {
        purpose: f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images@sha256:{'a' * 64}" for purpose in ("training", "inference")
    },
    "cache": "P30D",
    "columns": {"drop": ["id"], "kinds": {"code": "text"}, "required": ["age"], "allowedLeakage": ["grade"]},
    "split": {"by": "time", "column": "day", "validation": 0.15, "test": 0.2, "seed": 7},
    "tuning": {
        "ranges": {"eta": {"minimum": 0.01, "maximum": 0.3, "scaling": "Logarithmic"}},
        "jobs": 10,
        "parallel": 2,
        "strategy": "Bayesian",
        "metric": "auc",
    },
}
#: Where the keys are names of the project's own.
OWN = [("hyperParameters",), *(("hyperParameters", model) for model in ALL["hyperParameters"]), ("columns", "kinds"), ("tuning", "ranges")]
WRONG = {"an object": {}, "a list": [], "a string": "", "a number": 0.5, "true": True, "nothing": None}
KINDS = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number", bool: "true"}


def places(said, path=()):
    """Every key of the file, at every level."""
    for key, value in said.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from places(value, (*path, key))


def changed(path, key=None, value=None, of=SAID):
    """The file with one key named otherwise, or with one value replaced."""
    said = copy.deepcopy(of)
    holder = said
    for step in path[:-1]:
        holder = holder[step]
    old = holder.pop(path[-1], None)
    holder[key or path[-1]] = old if key else value
    return said


def refused(said):
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.of(said)
    assert not Draft7Validator(SCHEMA).is_valid(said), f"the schema allows what the loader refuses: {error.value}"
    return str(error.value)


NAMED = [path for path in places(ALL) if path[:-1] not in OWN]


def test_the_file_of_the_project_is_as_its_schema_has_it():
    Draft7Validator.check_schema(SCHEMA)
    for said in (SAID, ALL):
        Draft7Validator(SCHEMA).validate(said)
        configuration.of(said)


@pytest.mark.parametrize("path", NAMED, ids=".".join)
@pytest.mark.parametrize("misspell", [lambda key: key[:-1], lambda key: f"{key[0]}{key}", str.upper], ids=["short", "doubled", "capitals"])
def test_a_misspelt_key_is_refused_with_the_one_that_was_meant(path, misspell):
    wrong = misspell(path[-1])
    told = refused(changed(path, key=wrong, of=ALL))
    meant = "" if path == ("$schema",) else f": did you mean {'.'.join(path)}?"
    assert f"{'.'.join([*path[:-1], wrong])} is not known{meant}" in told


@pytest.mark.parametrize("path", places(ALL), ids=".".join)
@pytest.mark.parametrize("kind", WRONG)
def test_a_value_of_a_wrong_type_is_refused(path, kind):
    old = ALL
    for step in path:
        old = old[step]
    if KINDS[type(old)] == kind or path[0] == "hyperParameters" and len(path) == 3 and kind not in ("nothing", "an object"):
        return
    assert f"{'.'.join(path)} is {json.dumps(WRONG[kind])} but must be " in refused(changed(path, value=WRONG[kind], of=ALL))


REQUIRED = [
    path for path in NAMED if path[-1] in SCHEMA["required"] or path[0] in ("gate", "instances") or path[-1] in ("validation", "test", "seed")
]


@pytest.mark.parametrize("path", REQUIRED, ids=".".join)
def test_a_key_that_is_missing_is_named(path):
    said = changed(path, key="x", of=ALL)
    assert f"{'.'.join(path)} is missing" in refused(said)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("task", "ranking", 'task is "ranking" but must be one of regression, binary, multi-class'),
        ("gate.comparison", "near", 'gate.comparison is "near" but must be one of at-most, at-least'),
        ("gate.comparison", "at-least", 'gate.comparison is "at-least" but must be at-most: rmse is better the lower it is'),
        ("gate.metric", "r2", 'gate.comparison is "at-most" but must be at-least: r2 is better the higher it is'),
        ("gate.metric", "auc", 'gate.metric is "auc" but must be one of mae, mse, r2, rmse for the task regression'),
        ("task", "multi-class", 'gate.metric is "rmse" but must be one of accuracy, log_loss, macro_auc, macro_f1, weighted_f1, weighted_precision'),
        ("split.test", 1, "split.test is 1 but must be less than 1"),
        ("split.test", 0, "split.test is 0 but must be more than 0"),
        ("split.seed", 1.5, "split.seed is 1.5 but must be a whole number"),
        ("split.seed", -1, "split.seed is -1 but must be at least 0"),
        ("maximumSeconds", 5, "maximumSeconds is 5 but must be at least 60"),
        ("sampleRows", 0, "sampleRows is 0 but must be at least 1"),
        ("instances.train", "m5.large", 'instances.train is "m5.large" but must be like ^ml'),
        ("data", "titanic", 'data is "titanic" but must be one of breast_cancer, diabetes, iris, penguins, penguins_weighed, wine'),
        ("positive", "ill", 'positive is "ill" but the task regression has no positive class: take it out'),
        ("split.by", "time", "split.column is missing: say by which column"),
        ("split.column", "day", "split.column is said, but split.by is random: take one of them out"),
        ("columns.drop", "id", 'columns.drop is "id" but must be a list'),
        ("target", "", 'target is "" but must be not empty'),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_rule(path, value, told):
    assert told in refused(changed(tuple(path.split(".")), value=value, of={"columns": {}, **SAID}))


def test_a_split_that_leaves_nothing_is_refused():
    said = changed(("split",), value={"validation": 0.5, "test": 0.5, "seed": 1})
    with pytest.raises(configuration.ConfigurationError, match="split.validation and split.test are 0.5 and 0.5, which leaves nothing to train on"):
        configuration.of(said)


def test_all_that_is_wrong_is_said_together():
    said = {**SAID, "maximumSeconds": "long", "taks": "regression"}
    assert refused(said) == 'config.json: maximumSeconds is "long" but must be a whole number; taks is not known: did you mean task?'


def test_what_is_not_said_has_a_default():
    assert configuration.of({key: value for key, value in SAID.items() if key != "sampleRows"}).sample_rows == 20


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("model: tree", "is not JSON: Expecting value"),
        ('{"gate": NaN}', "is not JSON: NaN is no number of JSON"),
        ('{"target": "a", "target": "b"}', "is not JSON: target is said twice"),
        ("[]", "the whole is [] but must be an object"),
    ],
)
def test_a_file_that_is_no_json_object_is_refused(tmp_path: Path, text, told):
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.load(tmp_path / "config.json")
    assert told in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(configuration.ConfigurationError, match="config.json does not exist"):
        configuration.load(tmp_path / "config.json")


def test_a_threshold_that_is_no_number_is_refused():
    said = changed(("gate", "threshold"), value=float("nan"))
    with pytest.raises(configuration.ConfigurationError, match="gate.threshold is NaN but must be a number"):
        configuration.of(said)
