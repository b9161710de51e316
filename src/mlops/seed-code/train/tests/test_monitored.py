"""What monitors compare with."""

import numpy as np

from training import monitored


def test_a_column_that_is_empty_in_what_was_learnt_from_is_described_as_one_of_which_nothing_is_known():
    said = monitored.of_numbers(np.array([], dtype=float), missing=40)["numerical_statistics"]
    assert said["common"] == {"num_present": 0, "num_missing": 40}
    assert np.isnan(said["mean"]) and np.isnan(said["min"]) and np.isnan(said["max"])
    assert sum(bucket["count"] for bucket in said["distribution"]["kll"]["buckets"]) == 0


def test_numbers_are_described_by_where_they_lie_and_by_ten_buckets():
    said = monitored.of_numbers(np.arange(101, dtype=float))["numerical_statistics"]
    assert (said["mean"], said["min"], said["max"], said["common"]["num_missing"]) == (50.0, 0.0, 100.0, 0)
    assert sum(bucket["count"] for bucket in said["distribution"]["kll"]["buckets"]) == 101
