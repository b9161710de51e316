"""Groups that are answered positively more often than others."""

import numpy as np
import pytest
from conftest import rows


def predictions(table, above, below):
    """Positive for the given share of those who are older than 40, and of the others."""
    older = table[:, 0] > 40
    said = np.full(len(table), 0.1)
    for group, share in ((older, above), (~older, below)):
        places = np.flatnonzero(group)
        said[places[: round(share * len(places))]] = 0.9
    return said


@pytest.fixture
def answered(endpoint):
    def with_shares(above, below, count=400):
        table = rows(count)
        endpoint.captured(table, predictions(table, above, below))
        return endpoint

    return with_shares


FACET = {"facet": "0", "facet_above": 40}


def test_groups_that_are_answered_alike_are_no_violation(answered):
    found = answered(0.5, 0.55).judge("bias", **FACET)
    assert found.violations == []
    assert found.metrics == {"Violations": 0, "Rows": 400, "DPPL": pytest.approx(0.05, abs=0.01)}


def test_a_group_that_is_answered_less_often_is_a_violation(answered):
    found = answered(0.3, 0.6).judge("bias", **FACET)
    assert found.kinds == {("0", "bias_drift_check")}
    assert found.metrics["DPPL"] == pytest.approx(0.3, abs=0.01)
    assert found.statistics["versions"][0]["bias"]["DPPL"] == pytest.approx(0.3, abs=0.01)


def test_a_group_that_is_preferred_is_one_as_well(answered):
    found = answered(0.6, 0.3).judge("bias", **FACET)
    assert found.metrics["Violations"] == 1
    assert found.statistics["versions"][0]["bias"]["DPPL"] == pytest.approx(-0.3, abs=0.01)


def test_thresholds_are_what_is_asked(answered):
    endpoint = answered(0.3, 0.6)
    assert endpoint.judge("bias", **FACET, bias_threshold=0.4).violations == []
    assert endpoint.judge("bias", **FACET, positive_label_threshold=0.95).metrics["DPPL"] == 0


def test_a_facet_may_be_named(answered):
    endpoint = answered(0.3, 0.6)
    endpoint.baseline()
    assert endpoint.judge("bias", facet="age", facet_above=40).kinds == {("age", "bias_drift_check")}


def test_a_facet_that_is_none_is_said(answered, fails):
    endpoint = answered(0.3, 0.6)
    assert "there is no baseline" in fails(endpoint.words("bias", facet="size", facet_above=40))
    endpoint.baseline()
    assert "--facet is 'size' but must be one of age, income, visits, or a number" in fails(endpoint.words("bias", facet="size", facet_above=40))


def test_a_small_group_says_nothing(answered):
    found = answered(0, 1).judge("bias", facet="0", facet_above=60)
    assert found.metrics["Violations"] == 0
    assert "rows in the smaller group" in found.statistics["versions"][0]["not_judged"]


def test_bias_of_answers_that_are_classes_cannot_be_measured(endpoint, fails):
    endpoint.captured(rows(100), ["Adelie,0.5,0.3,0.2"] * 100)
    assert "the model answers classes such as 'Adelie', but bias is measured of numbers" in fails(endpoint.words("bias", **FACET))


def test_texts_that_a_language_model_has_written_stand_in_no_message(endpoint, fails):
    said = {"observedContentType": "application/json", "encoding": "JSON"}
    asked, answered = {**said, "data": '{"inputs": "who?"}'}, {**said, "data": '[{"generated_text": "somebody"}]'}
    endpoint.lines([{"captureData": {"endpointInput": asked, "endpointOutput": answered}, "eventMetadata": {"eventId": "a"}}] * 60)
    message = fails(endpoint.words("bias", facet="0", facet_above=1))
    assert "the model answers texts, but bias is measured of numbers" in message and "somebody" not in message
