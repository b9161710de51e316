"""Data that cannot be used is refused by the name of the column, and nothing is written."""

import numpy as np
import pytest
from conftest import TASKS

from training import configuration, dataset, local, process


def table():
    return dataset.bundled(configuration.load().data)


@pytest.fixture
def of_classes(configured):
    configured(lambda said: said.update(task="binary", **TASKS["binary"]))


def refused(frame, tmp_path, capsys):
    return refused_text(frame.to_csv(index=False), tmp_path, capsys)


def refused_text(text, tmp_path, capsys):
    source = tmp_path / "source"
    source.mkdir()
    (source / "data.csv").write_text(text)
    assert process.main(["--input", str(source), "--output", str(tmp_path / "output")]) == 1
    assert not (tmp_path / "output").exists()
    return capsys.readouterr().err


def test_the_bundled_data_can_be_used(task, tmp_path):
    assert process.main(["--input", str(tmp_path / "none"), "--output", str(tmp_path / "output")]) == 0
    assert sorted(part.name for part in (tmp_path / "output").iterdir()) == ["baseline", "manifest", "test", "train", "validation"]


def test_a_missing_column(task, tmp_path, capsys):
    frame = table()
    gone = frame.columns[2]
    assert f"column {gone} is missing" in refused(frame.drop(columns=gone), tmp_path, capsys)


def test_a_column_of_text(task, tmp_path, capsys):
    frame = table()
    column = frame.columns[1]
    assert f"column {column} must hold numbers, got 'tall'" in refused(frame.astype({column: object}).assign(**{column: "tall"}), tmp_path, capsys)


def test_a_row_without_a_value(task, tmp_path, capsys):
    frame = table().copy()
    column = frame.columns[0]
    frame.loc[5, column] = np.nan
    assert f"column {column} has no value in 1 rows, the first of them 5" in refused(frame, tmp_path, capsys)


def test_an_infinite_number(task, tmp_path, capsys):
    frame = table().astype(float)
    column = frame.columns[0]
    frame.loc[7, column] = np.inf
    assert f"column {column} holds an infinite number, first in row 7" in refused(frame, tmp_path, capsys)


def test_no_rows(task, tmp_path, capsys):
    assert "the data has no rows" in refused(table().head(0), tmp_path, capsys)


def test_one_class_only(of_classes, tmp_path, capsys):
    assert "column target holds one class only, 1" in refused(table().assign(target=1), tmp_path, capsys)


def test_a_class_that_is_none(of_classes, tmp_path, capsys):
    assert "column target must hold the classes 0 and 1" in refused(table().assign(target=3), tmp_path, capsys)


def test_yes_and_no_with_gaps(task, tmp_path, capsys):
    frame = table().astype(object)
    column = frame.columns[1]
    frame[column] = [True, None] * (len(frame) // 2) + [False] * (len(frame) % 2)
    assert f"column {column} must hold numbers, got True" in refused(frame, tmp_path, capsys)


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n1,2,3,4\n"])
def test_a_file_that_is_no_table(text, tmp_path, capsys):
    assert "data.csv is no table with a header" in refused_text(text, tmp_path, capsys)


def test_a_folder_without_a_table_is_not_the_bundled_data(tmp_path, capsys):
    (tmp_path / "data.parquet").write_bytes(b"PAR1")
    assert process.main(["--input", str(tmp_path), "--output", str(tmp_path / "output")]) == 1
    assert f"{tmp_path} holds no file that ends in .csv" in capsys.readouterr().err


def test_a_folder_that_does_not_exist_is_not_the_bundled_data(tmp_path, capsys):
    with pytest.raises(SystemExit):
        local.main(["--data", str(tmp_path / "typo"), "--output", str(tmp_path / "output")])
    assert "typo is no folder" in capsys.readouterr().err


def test_too_few_rows(tmp_path, capsys):
    assert "1 rows: too few to keep a part of 0.2 of them apart" in refused(table().head(1), tmp_path, capsys)


def test_a_class_of_one_row(of_classes, tmp_path, capsys):
    frame = table().assign(target=1)
    frame.loc[3, "target"] = 0
    assert "569 rows, 1 of the rarest class of column target: too few" in refused(frame, tmp_path, capsys)


def test_all_faults_are_said_together():
    frame = table()
    with pytest.raises(dataset.DataError, match="age.*bmi"):
        dataset.checked(frame.drop(columns=["age", "bmi"]), configuration.load())
