import pytest

from training import configuration


def gate(said):
    return said["variants"]["regression"]["gate"]


def test_an_unknown_variant_is_refused(monkeypatch):
    monkeypatch.setenv("VARIANT", "ranking")
    with pytest.raises(configuration.ConfigurationError, match="variant is 'ranking' but must be one of classification, regression"):
        configuration.load()


def test_a_gate_without_a_metric_is_refused(configured):
    configured(lambda said: gate(said).pop("metric"))
    with pytest.raises(configuration.ConfigurationError, match="variants.regression.gate.metric is missing"):
        configuration.load()


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("comparison", "near", "must be one of at-most, at-least"),
        ("threshold", "low", "must be a number"),
        ("threshold", float("inf"), "must be a number"),
        ("threshold", float("nan"), "must be a number"),
    ],
)
def test_a_gate_that_cannot_be_meant_is_refused(configured, key, value, rule):
    configured(lambda said: gate(said).update({key: value}))
    with pytest.raises(configuration.ConfigurationError, match=f"gate.{key} is {value!r} but {rule}"):
        configuration.load()


def test_a_file_that_is_not_json_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("variant: regression")
    with pytest.raises(configuration.ConfigurationError, match="is not JSON"):
        configuration.load(tmp_path / "config.json")
