"""Examples to learn from: lines of JSON with a prompt and its completion, or with the messages of a talk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Of what is wrong, so many are named.
NAMED = 5
#: What is done with a part of them.
PARTS = {"train": "to learn from", "validation": "to choose by", "test": "held out"}
ROLES = ("system", "user", "assistant")


class DataError(Exception):
    """The data cannot be learnt from."""


@dataclass(frozen=True)
class Example:
    #: A text, or the messages before the answer.
    prompt: Any
    completion: str
    #: The file and the line that it was read from.
    where: str

    @property
    def asked(self) -> str:
        return self.prompt if isinstance(self.prompt, str) else json.dumps(self.prompt, sort_keys=True)

    @property
    def shown(self) -> str:
        return self.prompt if isinstance(self.prompt, str) else "\n".join(f"{one['role']}: {one['content']}" for one in self.prompt)

    def said(self) -> dict[str, Any]:
        return {"prompt": self.prompt, "completion": self.completion, "where": self.where}


def read(folder: Path) -> list[Example]:
    """All examples of a folder and the folders in it, or all that is wrong with them."""
    files = sorted(file for file in folder.rglob("*.jsonl") if file.is_file()) if folder.is_dir() else []
    if not files:
        raise DataError(f"{folder} holds no file .jsonl: put files there whose lines are like " + '{"prompt": "…", "completion": "…"}')
    found: list[Example] = []
    wrong: list[str] = []
    for file in files:
        name = file.relative_to(folder).as_posix()
        before = len(found) + len(wrong)
        for where, line in _lines(file, name):
            try:
                found.append(_example(line, where))
            except DataError as error:
                wrong.append(str(error))
        if len(found) + len(wrong) == before:
            wrong.append(f"{name} is empty: take it out, or put examples into it")
    _refuse(wrong)
    return found


def parts(examples: list[Example], share: float, seed: int, chooses: bool = False) -> dict[str, list[Example]]:
    """What is held out, what is chosen by where hyper-parameters are tuned (as much again), and what is learnt from.

    Equal prompts go together, whatever the order of files: nothing that was learnt is tested. What is held out is so in either case.
    """
    found: dict[str, list[Example]] = {"train": [], **({"validation": []} if chooses else {}), "test": []}
    for example in examples:
        drawn = int.from_bytes(hashlib.sha256(f"{seed}\0{example.asked}".encode()).digest()[:8]) / 2**64
        found["test" if drawn < share else "validation" if chooses and drawn < 2 * share else "train"].append(example)
    for name, part in found.items():
        if not part:
            raise DataError(f"of {len(examples)} examples none is {PARTS[name]}: give more examples, or another heldOut.share than {share:g}")
    return found


def unrepeated(examples: list[Example]) -> tuple[list[Example], int]:
    """The examples without those that stand there again, and how many these are; two answers to one prompt are refused."""
    first: dict[str, Example] = {}
    wrong = []
    for example in examples:
        known = first.setdefault(example.asked, example)
        if known.completion != example.completion:
            wrong.append(f"{example.where}: its prompt stands in {known.where} with another completion: keep one of them")
    _refuse(wrong)
    return list(first.values()), len(examples) - len(first)


def write(examples: list[Example], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(one.said(), ensure_ascii=False)}\n" for one in examples), encoding="utf-8")


def written(file: Path) -> list[Example]:
    """What `write` has written."""
    return [Example(**json.loads(line)) for line in file.read_text(encoding="utf-8").split("\n") if line]


def _lines(file: Path, name: str) -> Iterator[tuple[str, str]]:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                raise DataError(f"{name}, line {number}: byte {error.start + 1} is no UTF-8: save the file in UTF-8") from None
            if text:
                yield f"{name}, line {number}", text


def _example(line: str, where: str) -> Example:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: it is no JSON ({error}): put one object on each line") from None
    if isinstance(said, dict) and set(said) == {"prompt", "completion"}:
        for key in ("prompt", "completion"):
            _text(said[key], key, where)
        return Example(said["prompt"], said["completion"], where)
    if isinstance(said, dict) and set(said) == {"messages"}:
        return _of_messages(said["messages"], where)
    keys = ", ".join(sorted(said)) if isinstance(said, dict) and said else "no object with keys"
    raise DataError(f'{where}: it has {keys} but must have "prompt" and "completion", or "messages" alone')


def _of_messages(messages: Any, where: str) -> Example:
    if not isinstance(messages, list) or len(messages) < 2:
        raise DataError(f"{where}: messages must be a list of at least two: a question, and its answer at the end")
    for at, one in enumerate(messages):
        if not isinstance(one, dict) or set(one) != {"role", "content"} or one["role"] not in ROLES:
            raise DataError(f"{where}: messages[{at}] must have a role ({', '.join(ROLES)}) and a content, and nothing else")
        _text(one["content"], f"messages[{at}].content", where)
    if messages[-1]["role"] != "assistant":
        raise DataError(f"{where}: the last of messages is of the role {messages[-1]['role']} but must be of the assistant: it is what is learnt")
    return Example(messages[:-1], messages[-1]["content"], where)


def _text(said: Any, key: str, where: str) -> None:
    if not isinstance(said, str):
        raise DataError(f"{where}: {key} is {type(said).__name__} but must be a text")
    if not said.strip():
        raise DataError(f"{where}: {key} is empty: fill it, or take the line out")
    try:
        said.encode()
    except UnicodeEncodeError:
        raise DataError(f"{where}: {key} holds half of a character (a lone surrogate): write it whole") from None


def _refuse(wrong: list[str]) -> None:
    if wrong:
        more = f"; and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        raise DataError("; ".join(wrong[:NAMED]) + more)
