"""Data that cannot be used is refused by the name of the column, and nothing is written."""

import numpy as np
import pytest

from training import configuration, dataset, local, process


def table(variant):
    return dataset.bundled(configuration.load().data)


def refused(frame, tmp_path, capsys):
    return refused_text(frame.to_csv(index=False), tmp_path, capsys)


def refused_text(text, tmp_path, capsys):
    source = tmp_path / "source"
    source.mkdir()
    (source / "data.csv").write_text(text)
    assert process.main(["--input", str(source), "--output", str(tmp_path / "output")]) == 1
    assert not (tmp_path / "output").exists()
    return capsys.readouterr().err


def test_the_bundled_data_can_be_used(variant, tmp_path):
    assert process.main(["--input", str(tmp_path / "none"), "--output", str(tmp_path / "output")]) == 0
    assert sorted(part.name for part in (tmp_path / "output").iterdir()) == ["baseline", "test", "train", "validation"]


def test_a_missing_column(variant, tmp_path, capsys):
    frame = table(variant)
    gone = frame.columns[2]
    assert f"column {gone} is missing" in refused(frame.drop(columns=gone), tmp_path, capsys)


def test_a_column_of_text(variant, tmp_path, capsys):
    frame = table(variant)
    column = frame.columns[1]
    assert f"column {column} must hold numbers, got 'tall'" in refused(frame.astype({column: object}).assign(**{column: "tall"}), tmp_path, capsys)


def test_a_row_without_a_value(variant, tmp_path, capsys):
    frame = table(variant).copy()
    column = frame.columns[0]
    frame.loc[5, column] = np.nan
    assert f"column {column} has no value in 1 rows, the first of them 5" in refused(frame, tmp_path, capsys)


def test_an_infinite_number(variant, tmp_path, capsys):
    frame = table(variant).astype(float)
    column = frame.columns[0]
    frame.loc[7, column] = np.inf
    assert f"column {column} holds an infinite number, first in row 7" in refused(frame, tmp_path, capsys)


def test_no_rows(variant, tmp_path, capsys):
    assert "the data has no rows" in refused(table(variant).head(0), tmp_path, capsys)


def test_one_class_only(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("VARIANT", "classification")
    assert "column target holds one class only, 1" in refused(table("classification").assign(target=1), tmp_path, capsys)


def test_a_class_that_is_none(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("VARIANT", "classification")
    assert "column target must hold the classes 0 and 1" in refused(table("classification").assign(target=3), tmp_path, capsys)


def test_yes_and_no_with_gaps(variant, tmp_path, capsys):
    frame = table(variant).astype(object)
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
    assert "1 rows: too few to keep a part of 0.2 of them apart" in refused(table("regression").head(1), tmp_path, capsys)


def test_a_class_of_one_row(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("VARIANT", "classification")
    frame = table("classification").assign(target=1)
    frame.loc[3, "target"] = 0
    assert "569 rows, 1 of the rarest class of column target: too few" in refused(frame, tmp_path, capsys)


def test_all_faults_are_said_together():
    frame = table("regression")
    with pytest.raises(dataset.DataError, match="age.*bmi"):
        dataset.checked(frame.drop(columns=["age", "bmi"]), configuration.load())
