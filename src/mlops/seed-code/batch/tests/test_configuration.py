"""What the configuration refuses, with the name of what is wrong."""

import re

import pytest

from batch import configuration


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
