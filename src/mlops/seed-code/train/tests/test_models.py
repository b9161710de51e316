"""Files of `models/`: each one that is there does every task, a new one is a file, and one that is not right is refused by name."""

import importlib
import json
import pickle
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import models
from training import archive, inference, train
from training.columns import BadRequest, Column, Columns, Table
from training.formats import UnknownContent, read_object

GATES = {"regression": ("rmse", "at-most"), "binary": ("auc", "at-least"), "multi-class": ("accuracy", "at-least")}
QUICK = {
    "gradient_boosting": {"rounds": 30},
    "random_forest": {"n_estimators": 20},
    "neural_network": {"epochs": 40},
}


def rows(task, count=240):
    """Two numbers and a text that say the target, which has text as its classes."""
    random = np.random.default_rng(3)
    frame = pd.DataFrame(
        {"width": random.normal(10, 3, count), "weight": random.normal(1, 0.2, count), "colour": random.choice(["red", "blue"], count)}
    )
    size = frame["width"] + 4 * (frame["colour"] == "red")
    classes = {"binary": ["no", "yes"], "multi-class": ["large", "middle", "small"]}
    if task == "regression":
        return frame.assign(price=size * 3)
    names = classes[task]
    return frame.assign(price=pd.qcut(size, len(names), labels=names).astype(str))


@pytest.fixture
def trained(tmp_path, configured):
    """Trains a model on a small table; answers where it lies."""

    def run(model="gradient_boosting", task="regression", hyper_parameters=None):
        metric, comparison = GATES[task]
        gate = {"metric": metric, "comparison": comparison, "threshold": 0}
        hyper_parameters = {model: QUICK.get(model, {}) if hyper_parameters is None else hyper_parameters}
        configured(lambda said: said.update(model=model, task=task, target="price", gate=gate, hyperParameters=hyper_parameters))
        frame = rows(task)
        classes = None if task == "regression" else sorted(frame["price"].unique())
        said = {"target": "price", "classes": classes, "columns": Columns.of(frame.drop(columns="price")).say()}
        for name, part in (("train", frame[:160]), ("validation", frame[160:200]), ("test", frame[200:])):
            (tmp_path / "data" / name).mkdir(parents=True, exist_ok=True)
            part.to_csv(tmp_path / "data" / name / f"{name}.csv", index=False)
            (tmp_path / "data" / name / "columns.json").write_text(json.dumps(said))
        return train.main(["--data", str(tmp_path / "data"), "--model", str(tmp_path / "model")]), tmp_path / "model"

    return run


def one_that_runs_here(name):
    if name == "neural_network":
        pytest.importorskip("torch")
    return name


def asked(model, body, content_type="text/csv", accept="text/csv"):
    return inference.output_fn(inference.predict_fn(inference.input_fn(body, content_type), model), accept)


@pytest.mark.parametrize("name", ["gradient_boosting", "random_forest", "neural_network"])
@pytest.mark.parametrize("task", list(GATES))
def test_each_model_does_each_task(name, task, trained):
    status, folder = trained(one_that_runs_here(name), task)
    assert status == 0
    model = inference.model_fn(str(folder))
    test = rows(task)[200:]
    answers = model.predict(test)
    if task == "regression":
        assert np.abs(answers - test["price"]).mean() < np.abs(test["price"] - test["price"].mean()).mean() / 2
    else:
        assert answers.sum(axis=1) == pytest.approx(np.ones(len(test)), abs=1e-5)
        assert np.mean(np.array(model.classes)[answers.argmax(axis=1)] == test["price"]) > 0.7


@pytest.mark.parametrize(
    ("task", "said"), [("regression", r"\d+\.\d+"), ("binary", r"0\.\d+"), ("multi-class", r"(large|middle|small)(,[\d.e-]+){3}")]
)
def test_callers_send_raw_rows_and_get_one_line_for_each(task, said, trained):
    _, folder = trained(task=task)
    answer = asked(inference.model_fn(str(folder)), b"9.5,1.1,red\n4,1,blue\n")
    assert [bool(re.fullmatch(said, line)) for line in answer.splitlines()] == [True, True]


def test_rows_may_be_objects_in_any_order(trained):
    _, folder = trained()
    model = inference.model_fn(str(folder))
    by_name = json.dumps([{"colour": "red", "weight": 1.1, "width": 9.5}]).encode()
    assert asked(model, by_name, "application/json") == asked(model, b"9.5,1.1,red")
    assert json.loads(asked(model, by_name, "application/json; charset=utf-8", "application/json")) == [float(asked(model, b"9.5,1.1,red"))]


def test_a_text_that_the_data_did_not_hold_is_none_of_those_it_held(trained):
    _, folder = trained()
    float(asked(inference.model_fn(str(folder)), b"9.5,1.1,green"))


def test_what_is_too_great_for_a_model_is_refused(trained):
    _, folder = trained()
    with pytest.raises(BadRequest, match="row 1, column width: '1e300' is too great, models compute with numbers up to 3.4e.38: send a lesser one"):
        asked(inference.model_fn(str(folder)), b"1e300,1,red")


@pytest.mark.parametrize("name", ["gradient_boosting", "random_forest", "neural_network"])
def test_rows_without_a_value_are_answered_when_the_data_had_such_rows(name, trained, monkeypatch):
    frame = rows("regression")
    frame.loc[::9, "weight"] = np.nan
    frame.loc[::7, "colour"] = None
    monkeypatch.setattr(sys.modules[__name__], "rows", lambda task: frame)
    _, folder = trained(one_that_runs_here(name))
    model = inference.model_fn(str(folder))
    assert len(asked(model, b"9.5,,red\n9.5,1,NA\n").split()) == 2
    with pytest.raises(BadRequest, match="row 2, column width: there is no value, but the model has not learnt from rows without one: send one"):
        asked(model, b"9.5,1,red\n,1,red\n")


def test_what_callers_are_told_is_short_enough_to_be_read(trained):
    _, folder = trained()
    with pytest.raises(BadRequest, match=re.escape("row 1, column width: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… is no finite number: send one")):
        asked(inference.model_fn(str(folder)), b"a" * 10_000 + b",1,red")
    many = Columns([Column(f"c{at}", "number", False) for at in range(50)])
    with pytest.raises(BadRequest, match="row 1 has 1 values but must have 50: c0, .*, c18 and 31 more, in this order"):
        many.table([["1"]])


def test_numbers_are_scaled_by_what_was_learnt_from():
    table = Table(scaled=True).fit(pd.DataFrame({"width": [1.0, 3.0, np.nan]}))
    assert table.transform(pd.DataFrame({"width": [2.0, 4.0, np.nan]})).tolist() == [[0], [2], [0]]


def test_the_code_that_answers_travels_with_the_model(trained):
    _, folder = trained()
    code = folder / archive.CODE
    assert (code / "inference.py").exists() and (code / "training" / "inference.py").exists() and (code / "models" / "random_forest.py").exists()
    assert not [file for file in code.rglob("*") if "__pycache__" in file.parts]


GOOD = """
import numpy as np
FRAMEWORK = "scikit-learn"
class Widths:
    def transform(self, rows):
        return rows[["width"]].to_numpy()
def features(rows, settings):
    return Widths()
def fit(features, target, validation, settings):
    return np.polyfit(features[:, 0], target, 1)
def predict(model, features):
    return np.polyval(model, features[:, 0])
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A file of one's own in `models/`."""
    monkeypatch.setattr(models, "__path__", [*models.__path__, str(tmp_path / "models")])

    def write(text):
        (tmp_path / "models").mkdir(exist_ok=True)
        (tmp_path / "models" / "mine.py").write_text(text)
        importlib.invalidate_caches()
        sys.modules.pop("models.mine", None)
        return "mine"

    yield write
    sys.modules.pop("models.mine", None)


def test_a_new_model_is_a_file(own, trained):
    status, folder = trained(own(GOOD))
    assert status == 0
    assert float(asked(inference.model_fn(str(folder)), b"10,1,blue")) == pytest.approx(36, abs=8)
    assert (folder / archive.CODE / "models" / "mine.py").exists()


def test_the_model_of_the_readme_is_one(own, trained):
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text()
    [example] = [block for block in re.findall(r"```python\n(.*?)```", readme, re.S) if "def fit" in block]
    status, folder = trained(own(example), hyper_parameters={"alpha": 0.1})
    assert status == 0
    assert float(asked(inference.model_fn(str(folder)), b"10,1,blue")) == pytest.approx(30, abs=1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("def predict", "def predicted"), "models/mine.py has no function predict: README.md says what each of them does"),
        (('FRAMEWORK = "scikit-learn"', ""), "models/mine.py: FRAMEWORK is None but must be one of xgboost, scikit-learn, pytorch"),
        (("scikit-learn", "keras"), "models/mine.py: FRAMEWORK is 'keras' but must be one of xgboost, scikit-learn, pytorch"),
        (("import numpy as np", "import nothing_such"), "models/mine.py cannot be imported: ModuleNotFoundError: No module named 'nothing_such'"),
        (
            ("return Widths()", "return rows"),
            "features gave a DataFrame of the shape (160, 3) but must give a fitted transform, with .transform(rows)",
        ),
        (
            ("return rows[", "return rows[1:]["),
            "the transform of features gave a ndarray of the shape (159, 1) for 160 rows but must give as many rows",
        ),
        (("    return np.polyfit", "    np.polyfit"), "models/mine.py: fit gave nothing but must give the model: does it end with return?"),
        (
            ("np.polyval(model, features[:, 0])", "features"),
            "predict gave an array of the shape (40, 1) but must give (40,): one number for each row",
        ),
        (("np.polyval(model, features[:, 0])", "['low'] * len(features)"), "models/mine.py: predict gave a list but must give an array of numbers"),
        (("np.polyval(model, features[:, 0])", "features[:, 0] * np.inf"), "predict gave a number that is not finite, first for row 1"),
        (('rows[["width"]]', 'rows[["breadth"]]'), "models/mine.py: transform of features failed: KeyError"),
        (("np.polyfit(features[:, 0], target, 1)", "lambda: 1"), "models/mine.py: predict failed"),
    ],
)
def test_a_file_that_is_not_right_is_refused_by_name(change, reason, own, trained, capsys):
    status, folder = trained(own(GOOD.replace(*change)))
    assert status == 1
    assert reason in capsys.readouterr().err
    assert not folder.exists()


def test_a_file_that_is_not_there_is_refused_by_name(trained, capsys):
    assert trained("deep_thought")[0] == 1
    assert (
        "model is 'deep_thought' but must be one of gradient_boosting, neural_network, random_forest: the files of models/" in capsys.readouterr().err
    )


def test_probabilities_are_one_for_each_class(own, trained, capsys):
    assert trained(own(GOOD.replace("np.polyval(model, features[:, 0])", "np.ones((len(features), 2))")), "multi-class")[0] == 1
    assert "(40, 2) but must give (40, 3): one probability of each class (large, middle, small) for each row" in capsys.readouterr().err


def test_a_hyper_parameter_that_the_model_does_not_know_is_named(trained, capsys):
    assert trained(hyper_parameters={"max_dept": 3})[0] == 1
    assert (
        "hyperParameters.gradient_boosting of config.json says max_dept but models/gradient_boosting.py knows max_depth, eta"
        in capsys.readouterr().err
    )


def test_a_model_that_cannot_be_written_is_refused_before_it_is_registered(own, trained, capsys):
    changed = GOOD.replace("return np.polyfit(features[:, 0], target, 1)", "return lambda: np.polyfit(features[:, 0], target, 1)")
    assert trained(own(changed.replace("np.polyval(model,", "np.polyval(model(),")))[0] == 1
    assert "cannot be written to a file" in capsys.readouterr().err


def test_a_file_of_a_model_runs_no_code_but_of_known_classes(tmp_path):
    class Harm:
        def __reduce__(self):
            return (__import__("os").system, (f"touch {tmp_path}/harmed",))

    (tmp_path / "transform.pickle").write_bytes(pickle.dumps(Harm()))
    with pytest.raises(UnknownContent, match="posix.system is no class of"):
        read_object(tmp_path / "transform.pickle")
    assert not (tmp_path / "harmed").exists()


def test_a_file_of_a_network_runs_no_code_but_of_known_layers(tmp_path):
    torch = pytest.importorskip("torch")
    from training.formats import FORMATS

    class Harm:
        def __reduce__(self):
            return (__import__("os").system, (f"touch {tmp_path}/harmed",))

    torch.save(Harm(), tmp_path / "model.pth")
    with pytest.raises(UnknownContent, match="posix.system is no layer of torch.nn or models"):
        FORMATS["pytorch"].read(tmp_path / "model.pth")
    assert not (tmp_path / "harmed").exists()
