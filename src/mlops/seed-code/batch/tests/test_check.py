"""What comes out of the model counts only when all of it can be used."""

import json

import pytest

from batch import check


def run(folders):
    rows, predictions, output = folders
    return check.main(["--input", str(rows), "--predictions", str(predictions), "--output", str(output)])


def test_a_manifest_says_what_is_complete(folders, monkeypatch):
    monkeypatch.setenv("MODEL_PACKAGE_ARN", "arn:version")
    assert run(folders) == 0
    manifest = json.loads((folders[2] / "manifest.json").read_text())
    assert (manifest["modelPackageArn"], manifest["rows"]) == ("arn:version", 5)
    assert [(file["file"], file["rows"]) for file in manifest["files"]] == [("a.csv.out", 3), ("more/b.csv.out", 2)]


@pytest.mark.parametrize(
    "spoil, reason",
    [
        (lambda rows, made: (made / "a.csv.out").unlink(), "a.csv: there are no predictions"),
        (lambda rows, made: (made / "a.csv.out").write_text("1\n2\n"), "a.csv: 3 rows went in and 2 answers came out"),
        (lambda rows, made: (made / "a.csv.out").write_text("1\n2\n3\n4\n"), "a.csv: 3 rows went in and 4 answers came out"),
        (lambda rows, made: (made / "a.csv.out").write_text("1\nyes\n3\n"), "a.csv.out, line 2: 'yes' is no number"),
        (lambda rows, made: (made / "a.csv.out").write_text("1\n2\nnan\n"), "a.csv.out, line 3: nan is not finite"),
        (lambda rows, made: (made / "a.csv.out").write_text("inf\n2\n3\n"), "a.csv.out, line 1: inf is not finite"),
        (lambda rows, made: (made / "c.csv.out").write_text("1\n"), "c.csv.out: there is no input for it"),
        (lambda rows, made: [file.unlink() for file in rows.rglob("*.csv")], "there is no input: put files of rows under batch/input/"),
        (lambda rows, made: (made / "a.csv.out").write_bytes(b"\xff\n1\n2\n"), "a.csv.out is not UTF-8: the byte 0xff: save it as UTF-8"),
        (lambda rows, made: (rows / "a.csv").write_bytes("1,2\n".encode("utf-16")), "a.csv is not UTF-8: the byte 0xff: save it as UTF-8"),
    ],
)
def test_what_cannot_be_used_is_named_and_no_manifest_is_written(folders, capsys, spoil, reason):
    spoil(*folders[:2])
    assert run(folders) == 1
    said = capsys.readouterr().err
    assert said.startswith("The predictions must not be used: ") and reason in said
    assert not (folders[2] / "manifest.json").exists()


@pytest.mark.parametrize("limits, reason", [({"minimum": 1}, "0.5 is below 1"), ({"maximum": 0}, "0.5 is above 0")])
def test_answers_out_of_range_are_refused(folders, configured, capsys, limits, reason):
    configured(lambda said: said["check"].update(limits))
    assert run(folders) == 1
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "classes", "reason"),
    [
        ("Adelie,0.7,0.2,0.1", None, None),
        ('"Adelie, small",0.7,0.3,0', ["Adelie, small", "Gentoo"], None),
        ("2,0.1,0.1,0.8", None, None),
        ("Gentoo", ["Adelie", "Gentoo"], None),
        ("Gentu,0.7,0.2,0.1", ["Adelie", "Gentoo"], "'Gentu' is none of the classes Adelie, Gentoo"),
        ("Gentu", ["Adelie", "Gentoo"], "'Gentu' is none of the classes Adelie, Gentoo"),
        ("Adelie,0.7,0.2,0.3", None, "the probabilities of the classes add up to 1.2, not to 1"),
        ("Adelie,0.7,nan,0.3", None, "'nan' is no probability"),
        (",0.7,0.3", None, "there is no class before the probabilities"),
    ],
)
def test_an_answer_may_be_a_class_with_the_probability_of_each(folders, configured, capsys, line, classes, reason):
    configured(lambda said: said["check"].update(classes=classes))
    (folders[1] / "more" / "b.csv.out").unlink()
    (folders[0] / "more" / "b.csv").unlink()
    (folders[1] / "a.csv.out").write_text(f"{line}\n" * 3)
    assert run(folders) == (0 if reason is None else 1)
    assert (reason or "") in capsys.readouterr().err


def test_a_million_faults_are_told_shortly(folders, configured, capsys):
    configured(lambda said: said["check"].update({"minimum": 1}))
    (folders[0] / "a.csv").write_text("1\n" * 1000)
    (folders[1] / "a.csv.out").write_text("0\n" * 1000)
    assert run(folders) == 1
    said = capsys.readouterr().err
    assert "(and 997 more)" in said and len(said) < 500


ANSWER = '[{"generated_text": "network"}]'


@pytest.mark.parametrize(
    ("line", "classes", "reason"),
    [
        (ANSWER, None, None),
        (ANSWER, ["billing", "network"], None),
        (ANSWER, ["billing"], "'network' is none of the classes billing"),
        ("0.5", None, "is no list of one generated_text"),
        ('[{"generated_text": " "}]', None, "the generated text is empty"),
        ("{", None, "'{' is no JSON"),
    ],
)
def test_answers_to_prompts_are_texts(folders, configured, capsys, line, classes, reason):
    configured(lambda said: said.update(contentType="application/json", check={**said["check"], "classes": classes}))
    (folders[1] / "a.csv.out").write_text(f"{ANSWER}\n{line}\n{ANSWER}\n")
    (folders[1] / "more" / "b.csv.out").write_text(f"{ANSWER}\n" * 2)
    if classes == ["billing"]:
        (folders[1] / "more" / "b.csv.out").write_text('[{"generated_text": "billing"}]\n' * 2)
    assert run(folders) == (1 if reason else 0)
    assert reason is None or reason in capsys.readouterr().err
