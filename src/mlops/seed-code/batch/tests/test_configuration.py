"""What the configuration refuses, with the name of what is wrong."""

import copy
import json
import re

import pytest

from batch import configuration

SAID = json.loads((configuration.default_path().parent / "config.json").read_text())
SAID["check"]["image"] = f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images@sha256:{'a' * 64}"
PLACES = [(key,) for key in SAID] + [(part, key) for part in ("instance", "check") for key in SAID[part]]


@pytest.mark.parametrize("path", [path for path in PLACES if path != ("$schema",)], ids=".".join)
def test_a_misspelt_key_is_refused_with_the_one_that_was_meant(tmp_path, path):
    said = copy.deepcopy(SAID)
    at = said[path[0]] if path[1:] else said
    at[f"{path[-1]}x"] = at.pop(path[-1])
    (tmp_path / "config.json").write_text(json.dumps(said))
    with pytest.raises(configuration.ConfigurationError, match=f"{'.'.join(path)}x is not known: did you mean {'.'.join(path)}"):
        configuration.load(tmp_path / "config.json")


@pytest.mark.parametrize(
    "change, reason",
    [
        (lambda said: said.pop("input"), "input is missing"),
        (lambda said: said.update(input="batch"), 'input is "batch" but must be like'),
        (lambda said: said.update(input="/"), 'input is "/" but must be like'),
        (lambda said: said.update(input="outputs/project/"), 'input is "outputs/project/" but must not be under outputs/'),
        (
            lambda said: said.update(maximumPayloadMegabytes=50, concurrency=3),
            "maximumPayloadMegabytes times concurrency is 150 but must be at most 100",
        ),
        (lambda said: said.update(contentType="text/plain"), 'contentType is "text/plain" but must be one of text/csv, application/json'),
        (
            lambda said: said.update(contentType="application/json", check={**said["check"], "maximum": 1}),
            "check.maximum is 1 but answers to prompts are",
        ),
        (lambda said: said.update(concurency=1), "concurency is not known: did you mean concurrency?"),
        (lambda said: said["instance"].update(count=0), "instance.count is 0 but must be at least 1"),
        (lambda said: said["instance"].pop("type"), "instance.type is missing"),
        (lambda said: said.update(maximumPayloadMegabytes=True), "maximumPayloadMegabytes is true but must be a whole number"),
        (lambda said: said["check"].update(image="churn/images:newest"), 'check.image is "churn/images:newest" but must be an image of Amazon'),
        (lambda said: said["check"].update(minimum="low"), 'check.minimum is "low" but must be a number or null'),
        (lambda said: said["check"].update(minimum=2, maximum=1), "check.minimum is 2 but must be at most check.maximum, 1"),
        (lambda said: said.update(maximumSeconds=10**9), "maximumSeconds is 1000000000 but must be at most 86400"),
    ],
)
def test_what_cannot_be_meant_is_refused(configured, change, reason):
    configured(change)
    with pytest.raises(configuration.ConfigurationError, match=re.escape(reason)):
        configuration.load()


def test_no_json_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(configuration.ConfigurationError, match="is not JSON"):
        configuration.load(tmp_path / "config.json")
