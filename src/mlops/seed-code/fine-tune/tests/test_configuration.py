"""What may be decided, and what is refused by name."""

import copy
import json

import pytest

from training import configuration
from training.configuration import ConfigurationError

TUNING = {"ranges": {"rank": {"values": [8, 16]}}, "jobs": 4, "parallel": 2, "strategy": "Random", "metric": "loss"}
REPOSITORY = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images"
IMAGES = {purpose: f"{REPOSITORY}@sha256:{'a' * 64}" for purpose in ("training", "tuning", "inference")}
#: Where the keys are names of hyper-parameters.
OWN = ("tuning", "ranges")


def said():
    return {**json.loads((configuration.ROOT / "config.json").read_text()), "tuning": TUNING, "images": IMAGES}


def test_the_one_of_the_repository_is_read():
    settings = configuration.load(configuration.ROOT / "config.json")
    assert (settings.base_model, settings.gate.metric) == ("base-model/", "perplexity_against_base")


def paths(value, before=()):
    for key, one in value.items():
        if key != "$schema":
            if before != OWN:
                yield (*before, key)
            if isinstance(one, dict):
                yield from paths(one, (*before, key))


@pytest.mark.parametrize("path", list(paths(said())), ids=".".join)
def test_a_key_that_is_misspelt_is_named_with_the_one_that_is_meant(path):
    config = copy.deepcopy(said())
    at = config
    for key in path[:-1]:
        at = at[key]
    at[f"{path[-1]}x"] = at.pop(path[-1])
    name = ".".join(path)
    with pytest.raises(ConfigurationError, match=f"{name}x is not known: did you mean {name}"):
        configuration.of(config)


@pytest.mark.parametrize(
    ("differs", "message"),
    [
        ({"gate": {"metric": "loss", "comparison": "at-least", "threshold": 1}}, 'gate.comparison is "at-least" but must be at-most: loss is better'),
        ({"gate": {"metric": "bleu", "comparison": "at-most", "threshold": 1}}, 'gate.metric is "bleu" but must be one of exact_match, loss'),
        ({"lora": {"rank": 0, "alpha": 1, "targets": "all-linear"}}, "lora.rank is 0 but must be at least 1"),
        ({"lora": {"rank": 8, "alpha": 1, "targets": "q_proj"}}, 'lora.targets is "q_proj" but must be "all-linear" or a list'),
        ({"lora": {"rank": 8, "alpha": 1, "targets": []}}, "lora.targets is \\[\\] but must be"),
        ({"baseModel": "base-model"}, 'baseModel is "base-model" but must be like'),
        ({"baseModel": "https://huggingface.co/gpt2/"}, "baseModel is .* but must be like"),
        ({"heldOut": {"share": 0.5, "seed": 1}}, "heldOut.share is 0.5 but must be less than 0.5: tuning holds out as much again"),
        ({"heldOut": {"share": 1, "seed": 1}}, "heldOut.share is 1 but must be less than 1"),
        ({"instances": {**said()["instances"], "train": "g5.2xlarge"}}, 'instances.train is "g5.2xlarge" but must be like'),
        ({"images": {**IMAGES, "inference": f"{REPOSITORY}:newest"}}, 'images.inference is ".* but must be an image of Amazon ECR by its digest'),
        ({"images": {**IMAGES, "inference": f"{IMAGES['inference']}\n"}}, 'images.inference is ".* but must be an image of Amazon ECR by its digest'),
        ({"images": {"training": IMAGES["training"]}}, "images.tuning is missing: tries of a tuning step would run AWS's image"),
        ({"maximumSeconds": 100000}, "maximumSeconds is 100000 but must be at most 86400"),
    ],
)
def test_what_cannot_be_meant_is_refused(differs, message):
    with pytest.raises(ConfigurationError, match=message):
        configuration.of({**said(), **differs})


def test_one_that_is_no_json_is_named(tmp_path):
    (tmp_path / "config.json").write_text("{'a': 1}")
    with pytest.raises(ConfigurationError, match="config.json is not JSON"):
        configuration.load(tmp_path / "config.json")
