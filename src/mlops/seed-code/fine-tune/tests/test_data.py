"""Examples that can be learnt from, and those that cannot: each error says what, where and what to do, and nothing is written."""

import json

import pytest

from training import examples, process


@pytest.fixture
def processed(tmp_path, configured, capsys):
    """What is said of files with this content, and the folder that was written."""
    configured()

    def run(content, name="a.jsonl"):
        folder = tmp_path / "input"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        code = process.main(["--input", str(folder), "--output", str(tmp_path / "output")])
        assert (code == 0) == (tmp_path / "output").exists()
        return capsys.readouterr().err if code else tmp_path / "output"

    return run


def lines(count, **differs):
    return "".join(f"{json.dumps({'prompt': f'what is {at}', 'completion': str(at), **differs})}\n" for at in range(count))


def test_they_are_divided_and_nothing_is_lost(processed):
    made = processed(lines(100))
    train, held_out = (examples.written(made / part / "examples.jsonl") for part in ("train", "test"))
    assert len(train) + len(held_out) == 100
    assert 3 <= len(held_out) <= 20
    assert not {one.asked for one in train} & {one.asked for one in held_out}


def test_an_example_says_where_it_was_read(processed):
    made = processed(lines(100))
    [first] = [one for part in ("train", "test") for one in examples.written(made / part / "examples.jsonl") if one.prompt == "what is 0"]
    assert first.where == "a.jsonl, line 1"


def test_those_that_stand_there_again_are_left_out_and_counted(processed):
    made = processed(lines(100) + lines(100))
    assert json.loads((made / "manifest" / "manifest.json").read_text())["repeated"] == 100


def test_an_example_is_in_the_same_part_in_whatever_order_files_are(processed, tmp_path):
    found = examples.parts([examples.Example(f"p{at}", "c", "") for at in range(50)], 0.2, 7)
    turned = examples.parts([examples.Example(f"p{at}", "c", "") for at in reversed(range(50))], 0.2, 7)
    assert [{one.prompt for one in part} for part in found.values()] == [{one.prompt for one in part} for part in turned.values()]


def test_what_is_held_out_stays_so_where_others_are_kept_to_choose_by():
    found = [examples.Example(f"p{at}", "c", "") for at in range(100)]
    alone, chosen = examples.parts(found, 0.2, 7), examples.parts(found, 0.2, 7, chooses=True)
    assert chosen["test"] == alone["test"]
    assert chosen["validation"] and sorted(chosen["train"] + chosen["validation"], key=found.index) == alone["train"]


def test_talks_are_learnt_by_their_last_answer(processed):
    talk = [{"role": "system", "content": "be short"}, {"role": "user", "content": "and you?"}, {"role": "assistant", "content": "well"}]
    made = processed(lines(60) + json.dumps({"messages": talk}) + "\n")
    [learnt] = [one for part in ("train", "test") for one in examples.written(made / part / "examples.jsonl") if not isinstance(one.prompt, str)]
    assert (learnt.prompt, learnt.completion) == (talk[:-1], "well")


def test_line_separators_within_texts_stay(processed):
    made = processed(lines(60) + json.dumps({"prompt": "one\u2028two\n", "completion": "x\u0085y"}, ensure_ascii=False) + "\n")
    found = [one for part in ("train", "test") for one in examples.written(made / part / "examples.jsonl")]
    assert [one.completion for one in found if one.prompt == "one\u2028two\n"] == ["x\u0085y"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a.jsonl is empty: take it out, or put examples into it"),
        (b'{"prompt": "a\xff", "completion": "b"}\n', "a.jsonl, line 1: byte 14 is no UTF-8: save the file in UTF-8"),
        ('{"prompt": "a"\n', "a.jsonl, line 1: it is no JSON"),
        ("[" * 100_000, "a.jsonl, line 1: it is no JSON"),
        (lines(3) + '["a", "b"]\n', 'line 4: it has no object with keys but must have "prompt" and "completion", or "messages" alone'),
        ('{"prompt": "a", "answer": "b"}\n', 'line 1: it has answer, prompt but must have "prompt" and "completion"'),
        ('{"prompt": "a", "completion": 3}\n', "line 1: completion is int but must be a text"),
        ('{"prompt": " ", "completion": "b"}\n', "line 1: prompt is empty: fill it, or take the line out"),
        ('{"prompt": "a", "completion": ""}\n', "line 1: completion is empty: fill it, or take the line out"),
        ('{"prompt": "a", "completion": "\\ud800"}\n', "line 1: completion holds half of a character"),
        (lines(1) + '{"prompt": "what is 0", "completion": "7"}\n', "line 2: its prompt stands in a.jsonl, line 1 with another completion"),
        ('{"messages": [{"role": "user", "content": "a"}]}\n', "line 1: messages must be a list of at least two"),
        ('{"messages": [{"role": "user", "content": "a"}, {"role": "bot", "content": "b"}]}\n', "line 1: messages[1] must have a role"),
        ('{"messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]}\n', "the last of messages is of the role user"),
        (lines(1), "of 1 examples none is"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(processed, content, message):
    assert message in processed(content)


def test_a_folder_without_examples_is_refused(processed):
    assert "holds no file .jsonl: put files there whose lines are like" in processed("a,b\n", "a.csv")


def test_of_much_that_is_wrong_some_is_named(processed):
    said = processed('{"prompt": "a"}\n' * 30)
    assert "a.jsonl, line 5" in said and "a.jsonl, line 6" not in said and "and 25 more" in said
