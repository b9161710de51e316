"""What the configuration refuses, with the name of what is wrong."""

import pytest

from batch import configuration


@pytest.mark.parametrize(
    "change, reason",
    [
        (lambda said: said.pop("input"), "input is missing"),
        (lambda said: said.update(input="batch"), "input is 'batch' but must be a prefix"),
        (lambda said: said.update(input="/"), "must be a prefix"),
        (lambda said: said.update(input="outputs/project/"), "input is 'outputs/project/' but must not be under outputs/"),
        (
            lambda said: said.update(maximumPayloadMegabytes=50, concurrency=3),
            "maximumPayloadMegabytes times concurrency is 150 but must be at most 100",
        ),
        (lambda said: said.update(contentType="application/json"), "contentType is 'application/json' but must be text/csv"),
        (lambda said: said["instance"].update(count=0), "instance.count is 0 but must be a whole number from 1 to 100"),
        (lambda said: said["instance"].pop("type"), "instance.type is missing"),
        (lambda said: said.update(maximumPayloadMegabytes=True), "maximumPayloadMegabytes is True but must be a whole number"),
        (lambda said: said["check"].update(minimum="low"), "check.minimum is 'low' but must be a number"),
        (lambda said: said["check"].update(minimum=2, maximum=1), "check.minimum is 2 but must be at most check.maximum, 1"),
        (lambda said: said.update(maximumSeconds=10**9), "maximumSeconds is 1000000000"),
    ],
)
def test_what_cannot_be_meant_is_refused(configured, change, reason):
    configured(change)
    with pytest.raises(configuration.ConfigurationError, match=reason.replace("(", r"\(")):
        configuration.load()


def test_no_json_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(configuration.ConfigurationError, match="is not JSON"):
        configuration.load(tmp_path / "config.json")
