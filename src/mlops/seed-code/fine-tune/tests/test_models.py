"""A tiny model learns, is measured beside its base model, and answers; what cannot be used is refused."""

import json
import re
import shutil
import sys
import threading
import tomllib
from http.client import HTTPConnection

import pytest

from pipeline.tuning import metric_definitions
from tests import tiny
from training import configuration, evaluate, gate, measures, serve, serving, tracking, train
from training.examples import DataError, Example
from training.language_model import LanguageModel, ModelError


def metrics(folder):
    return {name: one["value"] for name, one in json.loads((folder / "evaluation" / "evaluation.json").read_text())["language_model_metrics"].items()}


def test_it_has_learnt_what_its_base_model_does_not_know(run):
    assert metrics(run)["perplexity_against_base"] < 0.5
    assert metrics(run)["exact_match"] > 0.8


def test_every_metric_of_the_gate_is_in_the_evaluation(run):
    assert set(metrics(run)) == set(configuration.METRICS)


def test_the_report_shows_both_models_and_loads_nothing(run):
    page = (run / "evaluation" / "report.html").read_text()
    assert "✓ Passes the gate" in page and "base model" in page and "<script" not in page
    assert "What was asked, and what each model said" in page


def test_the_report_holds_no_example_where_none_is_wanted(run, base, configured, tmp_path):
    configured(generation={"maximumTokens": 16, "examples": 2, "shown": 0})
    page = evaluated(run, base, tmp_path, GATE_THRESHOLD="0.0001")
    assert "What was asked" not in page and "✗ Does not pass the gate" in page


def test_one_that_is_not_good_enough_does_not_pass(run, configured, capsys):
    configured(gate={"metric": "perplexity_against_base", "comparison": "at-most", "threshold": 0.0001})
    assert gate.main([str(run / "evaluation" / "evaluation.json")]) == 1
    assert "The model is not registered: perplexity_against_base must be at most 0.0001" in capsys.readouterr().err


def test_what_is_packed_are_merged_weights_adapters_and_the_code_that_answers(run):
    made = {file.relative_to(run / "model").as_posix() for file in (run / "model").rglob("*") if file.is_file()}
    assert {"model.safetensors", "tokenizer.json", "config.json", "adapter/adapter_model.safetensors", "code/inference.py"} <= made
    assert not [name for name in made if name.endswith((".bin", ".pt", ".pth", ".pkl"))]


def test_the_sample_is_of_held_out_prompts(run):
    prompts = {one["prompt"] for one in map(json.loads, (run / "data" / "test" / "examples.jsonl").read_text().splitlines())}
    sample = [json.loads(line)["inputs"] for line in (run / "samples" / "payload.jsonl").read_text().splitlines()]
    assert len(sample) == 3 and set(sample) <= prompts


def evaluated(run, base, target, previous=None, **variables):
    places = {"base": base, "model": run / "model", "data": run / "data" / "test", "manifest": run / "data" / "manifest"}
    evaluate.evaluate(**places, target=target, previous=previous, variables=variables)
    return (target / "evaluation" / "report.html").read_text()


def test_the_first_version_is_compared_with_none(run):
    assert "No version has been approved before this one" in (run / "evaluation" / "report.html").read_text()


def test_a_version_is_compared_with_the_last_approved_one(run, base, configured, tmp_path):
    configured()
    assert "no clear difference to version 3" in evaluated(run, base, tmp_path, run / "baseline", PREVIOUS="version 3")
    card = json.loads((tmp_path / "evaluation" / "model-card.json").read_text())
    assert "no clear difference to version 3" in card["evaluation_details"][0]["evaluation_observation"]


def test_a_version_that_is_worse_than_the_last_approved_one_is_said_to_be(run, base, configured, tmp_path):
    configured()
    before = tmp_path / "baseline"
    before.mkdir()
    better = {name: {"value": value * 0.001} for name, value in metrics(run).items()}
    (before / "quality-statistics.json").write_text(json.dumps({"language_model_metrics": better}))
    assert "By perplexity_against_base, worse than version 3" in evaluated(run, base, tmp_path, before, PREVIOUS="version 3")


def test_what_chance_leaves_open_is_around_what_was_measured(base):
    found = [Example(f"the word {word} is", f" {word}", word) for word in ("red", "green", "blue", "yellow", "black", "white")]
    measured = measures.measure(LanguageModel.load(base), found, longest=128, batch=4, answered=2, maximum=2)
    chances = measured.chances(measured)
    assert {
        name: chance.low <= measured.metrics[name] <= chance.high for name, chance in chances.items() if name in measured.metrics
    } == dict.fromkeys(configuration.OF_TRAINING, True)
    assert chances["loss"].low < chances["loss"].high
    assert chances["perplexity_against_base"].low == chances["perplexity_against_base"].high == 1


def test_measures_are_the_same_in_batches_of_any_size(base):
    found = [Example("a", "bc" * at, str(at)) for at in range(1, 6)]
    alone, together = (measures.measure(LanguageModel.load(base), found, longest=128, batch=size, answered=1, maximum=2).metrics for size in (1, 5))
    assert alone == pytest.approx(together, rel=1e-4)


def test_a_try_prints_its_metrics_as_sagemaker_looks_for_them(tuned):
    _, printed = tuned
    for one in metric_definitions("hugging-face", configuration.OF_TRAINING):
        [value] = re.findall(one["Regex"], printed)
        assert float(value) >= 0
    assert "examples to choose by" in printed


def test_training_alone_measures_nothing_to_choose_by(run):
    assert not (run / "data" / "validation").exists()


def test_a_try_learns_by_what_it_was_given_and_its_report_says_so(tuned):
    folder, printed = tuned
    assert json.loads((folder / "model" / "fine-tuning.json").read_text())["hyperParameters"]["rank"] == 4
    assert json.loads((folder / "model" / "adapter" / "adapter_config.json").read_text())["r"] == 4
    assert "epoch=1;" in printed and "epoch=2;" not in printed
    said = json.loads((folder / "evaluation" / "model-card.json").read_text())["training_details"]["training_job_details"]
    assert {"name": "lora rank", "value": "4"} in said["user_provided_hyper_parameters"]
    noted = json.loads((folder / "evaluation" / tracking.PARAMETERS).read_text())  # what a run in MLflow says
    assert (noted["rank"], noted["epochs"]) == ("4", "1")


def test_a_report_names_the_base_model_that_the_execution_was_started_with(run, base, configured, tmp_path):
    configured()
    evaluate.evaluate(base, run / "model", run / "data" / "test", tmp_path, variables={"BASE_MODEL": "s3://models/other/"})
    assert "s3://models/other/" in (tmp_path / "evaluation" / "report.html").read_text()
    assert json.loads((tmp_path / "evaluation" / tracking.PARAMETERS).read_text())["base model"] == "s3://models/other/"


@pytest.mark.parametrize(
    ("given", "message"),
    [({"rank": 0}, "lora.rank is 0 but must be at least 1"), ({"epochs": 1.5}, "training.epochs is 1.5 but must be a whole number")],
)
def test_what_a_try_cannot_learn_by_is_refused(configured, given, message):
    configured()
    with pytest.raises(configuration.ConfigurationError, match=message):
        configuration.load().with_hyper_parameters(given)


def test_a_run_in_mlflow_has_its_base_model_and_its_hyper_parameters(run, configured, monkeypatch, tmp_path, capsys):
    configured()
    noted = json.loads((run / "evaluation" / tracking.PARAMETERS).read_text())
    assert noted.pop("input").endswith("examples") and len(noted.pop("input (SHA-256)")) == 64
    assert noted == {
        "base model": "tiny/model/",
        "data": "tiny/data/",
        "gate": "perplexity_against_base must be at most 0.5",
        "rank": "16",
        "alpha": "32",
        "dropout": "0.0",
        "epochs": "4",
        "learningRate": "0.01",
        "batchSize": "16",
    }
    assert set(dict(tracking._metrics(run / "evaluation"))) == set(configuration.METRICS)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert tracking.main(["--evaluation", str(run / "evaluation"), "--output", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing is logged: MLFLOW_TRACKING_URI is not set\n"


def test_monitors_are_told_what_prompts_were_like(run):
    said = {name: json.loads((run / "baseline" / f"{name}.json").read_text()) for name in ("statistics", "constraints")}
    features = {one["name"]: one["numerical_statistics"] for one in said["statistics"]["features"]}
    assert set(features) == {one["name"] for one in said["constraints"]["features"]} == {"characters", "words", "letters", "ascii"}
    assert features["ascii"]["min"] == features["ascii"]["max"] == 1
    assert sum(one["count"] for one in features["words"]["distribution"]["kll"]["buckets"]) == said["statistics"]["dataset"]["item_count"]


@pytest.fixture(scope="module")
def ask(run):
    server = serve.server(run / "model", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def request(body, content_type="application/json", accept="application/json", method="POST", path="/invocations"):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        connection.request(method, path, content, {"Content-Type": content_type, "Accept": accept})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    yield request
    server.shutdown()


def test_it_is_there(ask):
    assert ask("", method="GET", path="/ping")[0] == 200


def test_it_answers_a_prompt(ask):
    status, said = ask({"inputs": "there is no wifi at home -> "})
    assert (status, json.loads(said)) == (200, [{"generated_text": "network"}])


def test_it_answers_several_prompts_in_their_order(ask):
    said = json.loads(ask({"inputs": ["the refund again -> ", "there is no login please -> "]})[1])
    assert [one["generated_text"] for one in said] == ["billing", "account"]


def test_an_answer_is_as_short_as_it_is_asked_for(ask):
    assert json.loads(ask({"inputs": "the refund again -> ", "parameters": {"max_new_tokens": 2}})[1]) == [{"generated_text": "bi"}]


def test_it_answers_a_talk(ask):
    assert ask({"inputs": [{"role": "user", "content": "the refund"}]})[0] == 200


@pytest.mark.parametrize(
    ("body", "told", "status", "message"),
    [
        ("", {}, 400, "the body is no JSON"),
        (b"\xff", {}, 400, "the body is no UTF-8, at byte 0"),
        ("[" * 100_000, {}, 400, "the body is no JSON"),
        ({"prompt": "a"}, {}, 400, 'the body must be an object with "inputs"'),
        ({"inputs": ""}, {}, 400, "the prompt is empty"),
        ({"inputs": []}, {}, 400, '"inputs" must be a text'),
        ({"inputs": None}, {}, 400, '"inputs" must be a text'),
        ({"inputs": ["a"] * 33}, {}, 400, "there are 33 prompts: send at most 32"),
        ({"inputs": "a" * 200}, {}, 400, "the prompt has 200 tokens"),
        ({"inputs": "a", "parameters": {"temperature": 2}}, {}, 400, '"parameters" may hold "max_new_tokens" and nothing else'),
        ({"inputs": "a", "parameters": {"max_new_tokens": 17}}, {}, 400, "max_new_tokens must be a whole number from 1 to 16"),
        ("a", {"content_type": "text/csv"}, 415, "the content type 'text/csv' is not understood"),
        ({"inputs": "a"}, {"accept": "text/csv"}, 406, "an answer of the content type 'text/csv' cannot be given"),
    ],
)
def test_what_cannot_be_answered_is_said(ask, body, told, status, message):
    answer = ask(body, **told)
    assert answer[0] == status and message in answer[1]


def test_the_packed_code_answers_without_the_project(run, monkeypatch):
    """As the toolkit of AWS's image takes it: `model_fn` and `transform_fn` of `code/inference.py`, without what the project has besides."""
    for name in [name for name in sys.modules if name.split(".")[0] == "training"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(run / "model" / "code"))
    packed: dict = {}
    exec((run / "model" / "code" / "inference.py").read_text(), packed)
    model = packed["model_fn"](str(run / "model"))
    assert str(run) in sys.modules["training.serving"].__file__
    assert json.loads(packed["transform_fn"](model, '{"inputs": "the refund again -> "}', "application/json", "application/json"))
    for name in [name for name in sys.modules if name.split(".")[0] == "training"]:
        del sys.modules[name]


def copied(base, folder):
    shutil.copytree(base, folder)
    return folder


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_code_of_a_base_model_is_not_run(base, tmp_path, file):
    folder = copied(base, tmp_path / "base")
    (folder / file).write_text(json.dumps({**json.loads((folder / file).read_text()), "auto_map": {"AutoModelForCausalLM": "evil.Model"}}))
    with pytest.raises(ModelError, match=f"{file} in .* names code of its own"):
        LanguageModel.load(folder)


def test_pickled_weights_are_not_read(base, tmp_path):
    folder = copied(base, tmp_path / "base")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="holds no .safetensors: convert the weights"):
        LanguageModel.load(folder)


def test_a_folder_without_a_model_is_said(tmp_path):
    with pytest.raises(ModelError, match="holds no config.json: put a model there"):
        LanguageModel.load(tmp_path)


def test_weights_that_are_cut_off_are_said(base, tmp_path, capsys):
    folder = copied(base, tmp_path / "base")
    (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:1000])
    assert train.main(["--base", str(folder), "--data", str(tmp_path), "--held-out", str(tmp_path), "--model", str(tmp_path / "model")]) == 1
    assert "cannot be read as a causal language model" in capsys.readouterr().err


def test_an_example_that_is_too_long_is_named_before_anything_is_learnt(base):
    with pytest.raises(DataError, match="a.jsonl, line 7: it has 201 tokens, 128 may be: shorten it"):
        LanguageModel.load(base).encoded(Example("a" * 198, "bc", "a.jsonl, line 7"), 512)


def test_layers_that_the_base_model_does_not_have_are_said(base, run, configured, tmp_path, capsys):
    configured(lora={"rank": 2, "alpha": 2, "targets": ["nothing_proj"]})
    told = ["--base", str(base), "--data", str(run / "data" / "train"), "--held-out", str(run / "data" / "test"), "--model", str(tmp_path / "model")]
    assert train.main(told) == 1
    assert "lora.targets does not fit the base model" in capsys.readouterr().err


def test_only_the_completion_is_learnt(base):
    tokens, learnt = LanguageModel.load(base).encoded(Example("abc", "de", ""), 128)
    assert len(tokens) == 6 and learnt[:3] == [-100] * 3 and learnt[3:] == tokens[3:] and tokens[-1] == 0


def test_a_tokenizer_without_a_template_takes_no_talks(base, tmp_path):
    folder = copied(base, tmp_path / "base")
    said = json.loads((folder / "tokenizer_config.json").read_text())
    said.pop("chat_template", None)
    (folder / "tokenizer_config.json").write_text(json.dumps(said))
    (folder / "chat_template.jinja").unlink(missing_ok=True)
    with pytest.raises(DataError, match="has no chat template: give prompt and completion"):
        LanguageModel.load(folder).answer([{"role": "user", "content": "a"}], 4)


def test_libraries_are_of_the_same_version_here_as_in_the_image():
    root = configuration.ROOT
    image = json.loads((root / "pipeline" / "images.json").read_text())["frameworks"]["hugging-face"]
    pins = dict(pin.split("==") for pin in tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"])
    assert re.search(r":([\d.]+)-transformers([\d.]+)-", image["training"]).groups() == (pins["torch"], pins["transformers"])
    assert image["training"] == image["inference"] and image["version"] == pins["transformers"]


def test_the_tokenizer_of_the_tiny_model_reads_every_text():
    tokens = tiny.tokenizer()
    assert tokens.decode(tokens("ä → 東京\n").input_ids) == "ä → 東京\n"


def test_what_the_toolkit_calls_has_the_arguments_that_it_gives(run):
    assert serving.answer(serving.model_fn(str(run / "model")), b'{"inputs": "x -> "}', "application/json", "*/*").status == 200
