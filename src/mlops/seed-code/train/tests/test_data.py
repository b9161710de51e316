"""Data that cannot be used is refused: with what is wrong, where, and what to do; and nothing is written."""

import gzip
import json
import tracemalloc

import numpy as np
import pandas as pd
import pytest

from training import configuration, dataset, local, process, survey, tables
from training.parts import Part

ROWS = 60


def table(**columns):
    """Rows as a person may have them: numbers, text, and gaps."""
    chance = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "age": chance.normal(40, 10, ROWS).round(2),
            "city": chance.choice(["Bonn", "Kyiv", "Oslo"], ROWS),
            "income": chance.normal(3000, 500, ROWS).round(),
            "target": chance.normal(0, 1, ROWS).round(3),
        }
    )
    frame.loc[[3, 9], "income"] = np.nan
    frame.loc[4, "city"] = None
    return frame.assign(**columns)


def remarks(frame):
    """More texts than could be categories."""
    many = pd.concat([frame] * 20)
    return many.assign(remark=[f"remark {at}" for at in range(len(many))], target=np.random.default_rng(1).normal(0, 1, len(many)))


CLASSES = {"binary": [0, 1] * (ROWS // 2), "multi-class": ["a", "b", "c"] * (ROWS // 3)}


def with_cell(frame, column, row, value):
    """Rows are counted from 1, after the header."""
    changed = frame.astype({column: object})
    changed.loc[row - 1, column] = value
    return changed


@pytest.fixture
def processed(tmp_path, capsys):
    """What `process` says of files, and whether it has written anything."""

    def run(*contents, name="data{}.csv"):
        source, output = tmp_path / "source", tmp_path / "output"
        source.mkdir()
        for at, content in enumerate(contents):
            text = content.to_csv(index=False) if isinstance(content, pd.DataFrame) else content
            (source / name.format("" if at == 0 else at)).write_bytes(text.encode() if isinstance(text, str) else text)
        failed = process.main(["--input", str(source), "--output", str(output)])
        assert failed == (not output.exists())
        said = capsys.readouterr()
        return said.err if failed else said.out

    return run


@pytest.fixture
def task(configured):
    """Sets the task, and what else is said."""

    def set_to(name="regression", **said):
        metric = {"regression": "mae", "binary": "auc", "multi-class": "accuracy"}[name]
        gate = {"metric": metric, "comparison": "at-most" if metric == "mae" else "at-least", "threshold": 0.1}
        configured(lambda old: old.update(task=name, target="target", gate=gate, **said))

    return set_to


def described(tmp_path, part="train"):
    return json.loads((tmp_path / "output" / part / "columns.json").read_text())


@pytest.mark.parametrize("name", dataset.SETS)
def test_each_bundled_set_can_be_used(name, configured, tmp_path):
    targets = {"penguins": ("species", "multi-class"), "penguins_weighed": ("body_mass_g", "regression"), "breast_cancer": ("target", "binary")}
    target, kind = targets.get(name, ("target", "regression" if name == "diabetes" else "multi-class"))
    gate = {"regression": ("mae", "at-most"), "binary": ("auc", "at-least"), "multi-class": ("accuracy", "at-least")}[kind]
    configured(lambda said: said.update(data=name, task=kind, target=target, gate={"metric": gate[0], "comparison": gate[1], "threshold": 1}))
    assert process.main(["--input", str(tmp_path / "none"), "--output", str(tmp_path / "output")]) == 0
    assert sorted(part.name for part in (tmp_path / "output").iterdir()) == ["baseline", "manifest", "test", "train", "validation"]


def test_the_schema_names_the_bundled_sets():
    schema = json.loads((configuration.ROOT / "config.schema.json").read_text())
    assert schema["properties"]["data"]["enum"] == list(dataset.SETS)


def test_columns_and_their_kinds_are_found_in_the_data(task, processed, tmp_path):
    task()
    assert "rows to train" in processed(table(zip=["01067", "80331"] * (ROWS // 2)))
    for part in ("train", "validation", "test"):
        assert described(tmp_path, part) == {
            "target": "target",
            "classes": None,
            "columns": [
                {"name": "age", "kind": "number", "may_be_empty": False},
                {"name": "city", "kind": "text", "may_be_empty": True},
                {"name": "income", "kind": "number", "may_be_empty": True},
                {"name": "zip", "kind": "text", "may_be_empty": False},  # a number would lose its first zero
            ],
        }


def test_parts_hold_raw_rows_with_the_target_last(task, processed, tmp_path):
    task()
    frame = table()[["target", "city", "age", "income"]]
    processed(frame)
    parts = [pd.read_csv(tmp_path / "output" / part / f"{part}.csv") for part in ("train", "validation", "test")]
    assert [len(part) for part in parts] == [39, 9, 12]
    assert [list(part.columns) for part in parts] == [["city", "age", "income", "target"]] * 3
    together = pd.concat(parts).sort_values(["age", "target"], ignore_index=True)
    expected = frame.sort_values(["age", "target"], ignore_index=True)[together.columns]
    pd.testing.assert_frame_equal(together, expected.where(expected.notna(), np.nan))


def test_the_parts_are_the_same_in_whatever_order_rows_files_and_columns_are(task, processed, tmp_path):
    task("binary")
    frame = table(target=CLASSES["binary"])
    processed(frame.iloc[:25], frame.iloc[25:])
    before = {part: pd.read_csv(tmp_path / "output" / part / f"{part}.csv") for part in ("train", "validation", "test")}
    for folder in ("source", "output"):
        (tmp_path / folder).rename(tmp_path / f"first-{folder}")
    mixed = frame.sample(frac=1, random_state=5)
    processed(mixed.iloc[:40][frame.columns[::-1]], mixed.iloc[40:])
    for part, rows in before.items():
        again = pd.read_csv(tmp_path / "output" / part / f"{part}.csv")[rows.columns]
        pd.testing.assert_frame_equal(again.sort_values("age", ignore_index=True), rows.sort_values("age", ignore_index=True))


def test_baselines_and_training_have_numbers_to_the_last_bit(task, processed, tmp_path):
    task()
    exact = np.random.default_rng(1).choice([-0.044641636506989144, 0.05068011873981862], ROWS)  # a bit away, none would be in its bucket
    processed(table(exact=exact))
    said = json.loads((tmp_path / "output" / "baseline" / "statistics.json").read_text())["features"][-1]["numerical_statistics"]
    assert (said["min"], said["max"]) == (exact.min(), exact.max())
    assert set(Part.read(tmp_path / "output" / "train", "train").rows["exact"]) == set(exact)


def test_another_seed_is_another_split(task, processed, tmp_path):
    def of_test(seed):
        task(split={"validation": 0.15, "test": 0.2, "seed": seed})
        process.process(tmp_path / "data.csv", tmp_path / str(seed))
        return set(pd.read_csv(tmp_path / str(seed) / "test" / "test.csv")["age"])

    table().to_csv(tmp_path / "data.csv", index=False)
    assert of_test(7) == of_test(7) != of_test(8)


def test_each_part_has_as_much_of_each_class(task, processed, tmp_path):
    task("multi-class")
    processed(table(target=["a"] * 40 + ["b"] * 15 + ["c"] * 5))
    counts = {part: pd.read_csv(tmp_path / "output" / part / f"{part}.csv")["target"].value_counts().to_dict() for part in ("train", "test")}
    assert counts == {"train": {"a": 26, "b": 10, "c": 3}, "test": {"a": 8, "b": 3, "c": 1}}


def test_by_time_the_newest_rows_are_tested_on(task, processed, tmp_path):
    task(split={"by": "time", "column": "day", "validation": 0.1, "test": 0.2, "seed": 1})
    days = pd.date_range("2026-01-01", periods=ROWS).strftime("%Y-%m-%d")
    processed(table(day=days).sample(frac=1, random_state=1))
    spans = {part: pd.read_csv(tmp_path / "output" / part / f"{part}.csv")["day"] for part in ("train", "validation", "test")}
    assert spans["train"].max() < spans["validation"].min() and spans["validation"].max() < spans["test"].min()
    assert len(spans["test"]) == 12


def test_groups_stay_together(task, processed, tmp_path):
    task(split={"by": "group", "column": "person", "validation": 0.2, "test": 0.2, "seed": 1}, columns={"drop": ["person"]})
    processed(table(person=[f"p{at % 12}" for at in range(ROWS)]))
    frame = table(person=[f"p{at % 12}" for at in range(ROWS)]).set_index("age")
    people = {
        part: set(frame.loc[pd.read_csv(tmp_path / "output" / part / f"{part}.csv")["age"], "person"]) for part in ("train", "validation", "test")
    }
    assert sum(map(len, people.values())) == 12 and all(people.values())
    assert "person" not in [column["name"] for column in described(tmp_path)["columns"]]


def test_the_summary_says_what_the_data_was(task, processed, tmp_path):
    task("binary", positive="ill")
    frame = table(target=["ill", "well"] * (ROWS // 2))
    said = processed(pd.concat([frame, frame.head(2)]))
    summary = json.loads((tmp_path / "output" / "manifest" / "summary.json").read_text())
    assert (summary["rows"], summary["duplicates"], sum(summary["parts"].values())) == (62, 2, 62)
    assert summary["target"] == {"name": "target", "kind": "text", "missing": 0, "values": ["ill", "well"], "classes": {"ill": 31, "well": 31}}
    assert summary["columns"][1] == {"name": "city", "kind": "text", "missing": 1, "values": ["Bonn", "Kyiv", "Oslo"]}
    assert summary["digest"] == json.loads((tmp_path / "output" / "manifest" / "manifest.json").read_text())["digest"]
    assert summary["notes"] == ["2 rows of 62 are there more than once: equal rows stay together in one part"]
    assert summary["notes"][0] in said
    assert described(tmp_path)["classes"] == ["well", "ill"]  # the positive one last


def test_what_may_be_meant_is_noted(task, processed):
    task()
    said = processed(table(number=range(1000, 1000 + ROWS), same="x"))
    assert 'Note: column number is different in every row, as a number of the row is: "columns": {"drop": ["number"]} leaves it out' in said
    assert 'Note: column same is the same in every row, and says nothing: "columns": {"drop": ["same"]} leaves it out' in said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda frame: frame.drop(columns="target"), "column target is missing, which config.json says is learnt: the data has age, city, income"),
        (lambda frame: frame.rename(columns={"target": "tarjet"}), "the data has age, city, income, tarjet: is tarjet meant?"),
        (
            lambda frame: remarks(frame),
            "column remark holds more than 1000 different texts, first 'remark 0' in row 1 of data.csv, which are no categories: say",
        ),
        (lambda frame: frame.head(0), "the data has no rows: data.csv holds a header only"),
        (lambda frame: with_cell(frame, "age", 7, "tall"), "column age holds numbers and text, first 'tall' in row 7 of data.csv: correct it"),
        (lambda frame: with_cell(frame, "age", 7, True), "column age holds numbers and text, first 'True' in row 7 of data.csv"),
        (lambda frame: with_cell(frame, "age", 8, np.inf), "column age holds an infinite number, first in row 8 of data.csv: correct it"),
        (lambda frame: with_cell(frame, "age", 8, "1e400"), "column age holds an infinite number, first in row 8 of data.csv"),
        (
            lambda frame: with_cell(frame, "age", 2, 1e300),
            "column age holds 1e+300, first in row 2 of data.csv, but models compute with numbers up to 3.4e+38",
        ),
        (lambda frame: frame.assign(age=None), 'column age has no value in any row: fill it in, or say "columns": {"drop": ["age"]}'),
        (
            lambda frame: with_cell(frame, "target", 6, None),
            "column target has no value in 1 rows, first in row 6 of data.csv: fill them in, or leave",
        ),
        (lambda frame: with_cell(frame, "target", 6, "high"), "column target must hold numbers, got 'high' in row 6 of data.csv"),
        (lambda frame: with_cell(frame, "target", 6, 1e300), "column target holds 1e+300, first in row 6 of data.csv"),
        (lambda frame: frame.assign(target="high"), "column target must hold numbers, got 'high' in row 1 of data.csv"),
        (lambda frame: frame.assign(target=2.5), "column target is 2.5 in every row: there is nothing to learn"),
        (lambda frame: frame.assign(age=frame["age"].map(lambda age: f"{age:.2f}".replace(".", ","))), "column age has decimal commas, first"),
        (
            lambda frame: frame.assign(copy=frame["target"]),
            'column copy is equal to the target target: say "columns": {"drop": ["copy"]}, or if it is known',
        ),
        (lambda frame: frame.assign(twice=(20 * frame["target"]).round(1)), "column twice is a linear function of the target target"),
        (lambda frame: frame.assign(other=np.exp(frame["target"]).round(9)), "column other is a one-to-one function of the target target"),
        (lambda frame: frame.head(1), "column target is 0.851 in every row"),
        (lambda frame: frame.head(2), "the data has too few different rows: nothing is left for"),
        (lambda frame: pd.concat([frame.head(2)] * 30), "the data has too few different rows: nothing is left for"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(change, told, task, processed):
    task()
    assert told in processed(change(table()))


@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("binary", [1] * ROWS, "column target holds one class only, 1: there is nothing to tell apart"),
        ("binary", [3] * ROWS, "column target holds one class only, 3"),
        (
            "binary",
            [0, 1, 2] * 20,
            'column target holds 3 classes (0, 1, 2) but the task binary has two: say "task": "multi-class", or leave rows out',
        ),
        ("binary", [0] * 59 + [1], "column target has 1 of the class 1: each class needs 3 rows, one for each part; add some, or leave them out"),
        ("binary", ["ill", "well"] * 30, 'column target holds ill and well: say which of them is looked for, such as "positive": "well"'),
        ("binary", [None, 1, 0] * 20, "column target has no value in 20 rows, first in row 1 of data.csv"),
        ("multi-class", ["a", "b"] * 30, 'column target holds two classes (a, b): say "task": "binary"'),
        ("multi-class", ["a", "b", "c"] * 19 + ["d", "d", "e"], "column target has 2 of the class d, 1 of the class e: each class needs 3 rows"),
    ],
)
def test_classes_that_cannot_be_learnt_are_refused(kind, target, told, task, processed):
    task(kind)
    assert told in processed(table(target=target))


def test_a_number_is_not_taken_for_classes(task, processed):
    task("multi-class")
    assert "column target holds more than 1000 different values: these are no classes" in processed(
        pd.DataFrame({"a": range(1200), "target": range(1200)})
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("well", None),
        ("sick", 'positive is "sick" but column target holds ill and well: say one of them'),
    ],
)
def test_the_positive_class_must_be_there(said, told, task, processed):
    task("binary", positive=said)
    out = processed(table(target=["ill", "well"] * 30))
    assert told in out if told else "rows to train" in out


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [([1, 0], [0, 1]), (["True", "False"], ["False", "True"]), (["yes", "no"], ["no", "yes"]), ([1.0, 0.0], [0, 1]), ([-1, 1], [-1, 1])],
)
def test_a_class_that_means_yes_is_the_positive_one(labels, ordered, task, processed, tmp_path):
    task("binary")
    processed(table(target=labels * 30))
    assert described(tmp_path)["classes"] == ordered


@pytest.mark.parametrize("leak", ["letters", "gaps"])
def test_a_class_under_another_name_is_refused(leak, task, processed):
    task("binary")
    values = {"letters": ["N", "Y"] * 30, "gaps": [None, "2026-01-01", None, "2026-03-02"] * 15}[leak]
    how = {"letters": "is a one-to-one function of", "gaps": "has a value or none just by"}[leak]
    assert f"column status {how} the target target" in processed(table(target=[0, 1] * 30, status=values))


def test_free_text_that_is_meant_is_allowed(task, processed):
    task(columns={"kinds": {"remark": "text"}})
    assert "rows to train" in processed(remarks(table()))


def test_leakage_that_is_meant_is_allowed(task, processed):
    task(columns={"allowedLeakage": ["copy"]})
    assert "rows to train" in processed(table(copy=table()["target"]))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"kinds": {"age": "text"}}, None),
        ({"drop": ["age", "city"]}, None),
        ({"kinds": {"city": "number"}}, "column city must hold numbers, got"),
        ({"required": ["income"]}, "column income has no value in 2 rows, first in row 4 of data.csv"),
        ({"required": ["incom"]}, "column incom is missing, which config.json names in columns.required: is income meant?"),
        ({"drop": ["target"]}, "columns.drop names target, which is the target: take it out"),
    ],
)
def test_what_is_said_of_columns_is_held(columns, told, task, processed):
    task(columns=columns)
    said = processed(table())
    assert told in said if told else "rows to train" in said


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["soon"] * ROWS, "column day holds 'soon' in row 1 of data.csv, but rows are divided by it: write numbers, or times as 2026-01-31"),
        ([5] * ROWS, "the data has too few different times: nothing is left for"),
    ],
)
def test_times_that_do_not_divide_are_refused(days, told, task, processed):
    task(split={"by": "time", "column": "day", "validation": 0.1, "test": 0.2, "seed": 1})
    assert told in processed(table(day=days))


def test_a_class_that_is_only_in_old_rows_is_refused(task, processed):
    task("binary", split={"by": "time", "column": "day", "validation": 0.1, "test": 0.2, "seed": 1})
    said = processed(table(day=range(ROWS), target=[0, 1] * 20 + [0] * 20))
    assert "the class 1 of column target is not in the rows of test: the data has too few different times; add rows, or change split" in said


TEXT = table().to_csv(index=False)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "data.csv is no table with a header: it is empty"),
        ("\n\n", "data.csv is no table with a header: it is empty"),
        ("a,target\n1,2\n1,2,3,4\n", "row 2 of data.csv has 4 values but the header has 2 columns: is a value missing, or not quoted?"),
        ("a,target\n1,2\n1\n", "row 2 of data.csv has 1 values but the header has 2 columns"),
        ("age\n1\n", "data.csv has one column only, 'age': separate columns by a comma, a semicolon, a tabulator or |"),
        ("a,a,target\n1,2,3\n", "data.csv has the column a 2 times: give each a name of its own"),
        ("a, a ,target\n1,2,3\n", "data.csv has the column a 2 times: give each a name of its own"),
        (",a,target\n0,2,3\n", "data.csv has no name for column 1: give it one (an index that pandas has written? use index=False)"),
        ('"a\nb",target\n2,3\n', "data.csv: the name of column 1, 'a\\nb', has a line break or a control character: take it out"),
        ("1,2,3\n4,5,6\n", "data.csv begins with a row of numbers: put the names of the columns into the first row"),
        ('a,target\n"x,1\n2,3\n', "data.csv is no table with a header: unexpected end of data: is a quote not closed"),
        ('a,target\n"x"y,1\n2,3\n', "is a quote not closed, or not doubled inside of a value?"),
        (f'a,target\n"{"x" * 1_100_000}', "field larger than field limit (1000000): is a quote not closed"),
        ("a,target\n1,2\nMünchen,3\n".encode("latin-1"), "data.csv is not UTF-8 in line 3: the byte 0xfc: save it as UTF-8"),
        (TEXT.encode("utf-16-le"), "data.csv holds bytes of zero, as UTF-16 without a byte-order mark does: save it as UTF-8"),
        (TEXT.encode("utf-32"), "data.csv is UTF-32: save it as CSV in UTF-8"),
        (b"PK\x03\x04rest", "data.csv is a zip archive or an Excel workbook: save it as CSV in UTF-8"),
        (b"PAR1rest", "data.csv is Parquet: save it as CSV in UTF-8"),
        (
            gzip.compress(TEXT.encode())[:-20],
            "data.csv cannot be read: Compressed file ended before the end-of-stream marker was reached: is it cut off?",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, told, task, processed):
    task()
    assert told in processed(content)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        gzip.compress(TEXT.encode()),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace(",", ";"),
        TEXT.replace(",", "\t"),
        TEXT.replace(",", "|"),
        TEXT.replace(",", ", "),
        TEXT.replace("\n", "\n\n"),
        TEXT.replace("age,city", '" age","city "'),
        TEXT.rstrip("\n"),
    ],
    ids=["byte-order mark", "UTF-16", "gzip", "CRLF", "semicolon", "tabulator", "bar", "blanks", "empty lines", "quoted names", "no last line break"],
)
def test_tables_of_other_programs_are_read_as_they_are(content, task, processed, tmp_path):
    task()
    assert "39 rows to train" in processed(content)
    assert [column["name"] for column in described(tmp_path)["columns"]] == ["age", "city", "income"]


def test_names_may_hold_commas_and_quotes(task, processed, tmp_path):
    task()
    processed(table().rename(columns={"age": 'age, "in years"'}))
    assert list(pd.read_csv(tmp_path / "output" / "train" / "train.csv"))[0] == 'age, "in years"' == described(tmp_path)["columns"][0]["name"]


def test_files_with_other_columns_are_refused(task, processed):
    task()
    said = processed(table(), table().rename(columns={"age": "years"}))
    assert "data1.csv has other columns than data.csv: age is missing, years is not known: give all files the same" in said


def test_the_place_of_a_fault_is_in_its_file(task, processed):
    task()
    assert "row 2 of data1.csv" in processed(table(), with_cell(table(), "age", 2, "tall"))


def test_memory_does_not_grow_with_what_is_read(monkeypatch, task, tmp_path):
    """As a stream of gigabytes would: for each row it keeps where it belongs, and of the values a sample."""
    task()
    for module, name, value in ((tables, "_AT_ONCE", 8_000), (survey, "SAMPLE_VALUES", 2_000), (survey, "BASELINE_VALUES", 2_000)):
        monkeypatch.setattr(module, name, value)
    known = pd.Series(np.random.default_rng(7).normal(size=1_000))
    peaks, sizes = [], []
    for rows in (2_500, 5_000):
        folder = tmp_path / str(rows)
        folder.mkdir()
        drawn = pd.DataFrame({f"column_{at}": known.sample(rows, replace=True, random_state=at).to_numpy() for at in range(15)})
        drawn.assign(target=drawn.sum(axis=1)).to_csv(folder / "data.csv", index=False)
        sizes.append((folder / "data.csv").stat().st_size)
        tracemalloc.start()
        process.process(folder, folder / "parts")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < (sizes[1] - sizes[0]) / 2


def test_a_folder_without_a_table_is_not_the_bundled_data(tmp_path, capsys):
    (tmp_path / "data.xlsx").write_bytes(b"PK")
    assert process.main(["--input", str(tmp_path), "--output", str(tmp_path / "output")]) == 1
    assert f"{tmp_path} holds no file that ends in .csv, .tsv, .csv.gz, .tsv.gz: put the tables there" in capsys.readouterr().err


def test_a_folder_that_does_not_exist_is_not_the_bundled_data(tmp_path, capsys):
    with pytest.raises(SystemExit):
        local.main(["--data", str(tmp_path / "typo"), "--output", str(tmp_path / "output")])
    assert "typo is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ('[{"prefix": "s3://data/"}, "data.csv"]', "39 rows to train"),
        ('["gone.csv"]', "manifest.json names gone.csv, which is not in"),
        ('["../secret.csv"]', "manifest.json names ../secret.csv, which is outside of"),
        ("[]", 'manifest.json names no file: write ["a.csv", "b.csv"]'),
        ("data.csv", "manifest.json is not JSON"),
    ],
)
def test_a_manifest_says_which_files_are_read(manifest, told, task, tmp_path, capsys):
    task()
    for name, text in {"data.csv": TEXT, "other.csv": "no,table", "manifest.json": manifest}.items():
        (tmp_path / name).write_text(text)
    process.main(["--input", str(tmp_path), "--output", str(tmp_path / "output")])
    assert told in "".join(capsys.readouterr())


def test_all_faults_are_said_together(task, processed):
    task()
    said = processed(with_cell(with_cell(table(), "age", 7, "tall"), "income", 8, np.inf))
    assert "column age holds numbers and text" in said and "column income holds an infinite number" in said


def test_a_notebook_reads_what_a_run_reads(task, tmp_path):
    task()
    table()[["target", "age", "city", "income"]].to_csv(tmp_path / "data.csv", index=False)
    pd.testing.assert_frame_equal(dataset.read(tmp_path, configuration.load()), table())
