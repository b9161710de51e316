"""What may be asked, and what cannot be meant."""

from datetime import datetime, timedelta, timezone

import pytest

from settings import Settings, SettingsError

WORDS = {
    "CHECK": "data-quality",
    "ENDPOINT": "churn",
    "NAMESPACE": "SecureMlops",
    "CAPTURES": "s3://captures/captures",
    "RELEASES": "s3://releases",
    "GROUND_TRUTH": "s3://captures/ground-truth/churn",
    "REPORTS": "s3://captures/monitoring/churn",
}


def test_everything_may_come_from_the_environment():
    said = Settings.read([], {**WORDS, "HOURS": "48", "DRIFT_THRESHOLD": "0.4", "UNTIL": "2030-01-31T12:59:59+02:00"})
    assert (said.check, said.endpoint, said.hours, said.drift_threshold) == ("data-quality", "churn", 48, 0.4)
    assert said.until == datetime(2030, 1, 31, 10, tzinfo=timezone.utc)
    assert str(said.window) == "2030-01-29T10:00Z to 2030-01-31T10:00Z"


def test_words_are_preferred_to_the_environment():
    assert Settings.read(["--endpoint", "other"], WORDS).endpoint == "other"


def test_what_is_not_said_has_a_default():
    said = Settings.read([], WORDS)
    numbers = (said.hours, said.delay, said.drift_threshold, said.missing_threshold, said.quality_tolerance, said.minimum_rows)
    assert numbers == (24, 0, 0.2, 0.05, 0.1, 50)
    assert (said.bias_threshold, said.positive_label_threshold) == (0.1, 0.5)
    now = datetime.now(timezone.utc)
    assert now - timedelta(hours=1, seconds=5) < said.until <= now
    assert (said.until.minute, said.until.second, said.until.microsecond) == (0, 0, 0)


def test_an_empty_word_is_one_that_was_not_said():
    assert Settings.read([], {**WORDS, "HOURS": "", "FACET_ABOVE": ""}).hours == 24


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"CHECK": "quality"}, "--check is 'quality' but must be one of data-quality, model-quality, bias"),
        ({"ENDPOINT": ""}, "--endpoint is missing"),
        ({"ENDPOINT": "a/b"}, "--endpoint is 'a/b' but must be a name"),
        ({"CAPTURES": "https://captures"}, "--captures is 'https://captures' but must be an s3:// address, or a folder"),
        ({"CAPTURES": "s3:///x"}, "--captures is 's3:///x' but must be"),
        ({"HOURS": "0"}, "--hours is '0' but must be a whole number from 1 to 168"),
        ({"HOURS": "1.5"}, "--hours is '1.5' but must be a whole number"),
        ({"DELAY": "169"}, "--delay is '169' but must be a whole number from 0 to 168"),
        ({"DRIFT_THRESHOLD": "1.01"}, "--drift-threshold is '1.01' but must be a number from 0 to 1"),
        ({"DRIFT_THRESHOLD": "nan"}, "--drift-threshold is 'nan' but must be a number from 0 to 1"),
        ({"MINIMUM_ROWS": "none"}, "--minimum-rows is 'none' but must be a whole number"),
        ({"POSITIVE_LABEL_THRESHOLD": "inf"}, "--positive-label-threshold is 'inf' but must be a number"),
        ({"UNTIL": "yesterday"}, "--until is 'yesterday' but must be a time such as"),
        ({"CHECK": "model-quality", "GROUND_TRUTH": ""}, "--ground-truth is missing"),
        ({"CHECK": "bias"}, "--facet is missing; --facet-above is missing"),
    ],
)
def test_what_cannot_be_meant_is_refused(fails, said, reason):
    assert reason in fails([], {**WORDS, **said})


def test_an_unknown_word_is_refused(fails):
    assert "unrecognized arguments: --hour=3" in fails(["--hour=3"], WORDS)


def test_all_faults_are_said_together():
    with pytest.raises(SettingsError, match="hours.*delay.*endpoint"):
        Settings.read([], {**WORDS, "HOURS": "0", "DELAY": "-1", "ENDPOINT": ""})
