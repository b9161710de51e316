"""What code/inference.py of `model.tar.gz` gives to AWS's image, which serves it under /ping and /invocations.

The toolkit of the image answers whatever is raised with 400 and its text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .examples import DataError
from .language_model import SETTINGS, LanguageModel

JSON = "application/json"
#: What is meant by a request that does not say.
CONTENT_TYPE, ACCEPT = JSON, JSON
#: Prompts in one request: each is answered after the other.
MOST = 32


class BadRequest(Exception):
    """It cannot be answered, and the caller can mend it."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


@dataclass
class Served:
    language: LanguageModel
    #: The longest answer.
    maximum: int


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    content_type: str


def model_fn(model_dir: str, context: Any = None) -> Served:
    folder = Path(model_dir)
    return Served(LanguageModel.load(folder), int(json.loads((folder / SETTINGS).read_text())["maximumTokens"]))


def transform_fn(model: Served, body: Any, content_type: str, accept: str, context: Any = None) -> str:
    if (content_type or JSON).split(";")[0].strip().lower() != JSON:
        raise BadRequest(f"the content type {content_type!r} is not understood: send {JSON}", 415)
    if not any(one.split(";")[0].strip().lower() in (JSON, "application/*", "*/*") for one in (accept or "*/*").split(",")):
        raise BadRequest(f"an answer of the content type {accept!r} cannot be given: accept {JSON}", 406)
    prompts, maximum = _asked(body, model.maximum)
    try:
        answers = [{"generated_text": model.language.answer(prompt, maximum)} for prompt in prompts]
    except DataError as error:
        raise BadRequest(str(error)) from None
    return json.dumps(answers, ensure_ascii=False)


def answer(model: Served, body: Any, content_type: str, accept: str) -> Answer:
    try:
        return Answer(200, transform_fn(model, body, content_type, accept), JSON)
    except BadRequest as error:
        return Answer(error.status, f"{error}\n", "text/plain")


def _asked(body: Any, most: int) -> tuple[list[Any], int]:
    try:
        said = json.loads(body.decode("utf-8-sig") if isinstance(body, (bytes, bytearray)) else str(body))
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is no UTF-8, at byte {error.start}: send UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadRequest(f'the body is no JSON: {error}: send {{"inputs": "a prompt"}}') from None
    if not isinstance(said, dict) or not {"inputs"} <= set(said) <= {"inputs", "parameters"}:
        raise BadRequest('the body must be an object with "inputs", and "parameters" where the answer is to be shorter')
    parameters = said.get("parameters") or {}
    if not isinstance(parameters, dict) or set(parameters) - {"max_new_tokens"}:
        raise BadRequest('"parameters" may hold "max_new_tokens" and nothing else: answers are the likeliest words')
    maximum = parameters.get("max_new_tokens", most)
    if isinstance(maximum, bool) or not isinstance(maximum, int) or not 1 <= maximum <= most:
        raise BadRequest(f"max_new_tokens must be a whole number from 1 to {most}")
    return _prompts(said["inputs"]), maximum


def _prompts(inputs: Any) -> list[Any]:
    """A text, a talk, or a list of these."""
    prompts = [inputs] if isinstance(inputs, str) or _is_talk(inputs) else inputs
    if not isinstance(prompts, list) or not prompts or not all(isinstance(one, str) or _is_talk(one) for one in prompts):
        raise BadRequest('"inputs" must be a text, a list of messages with role and content, or a list of these')
    if len(prompts) > MOST:
        raise BadRequest(f"there are {len(prompts)} prompts: send at most {MOST} at once")
    return prompts


def _is_talk(said: Any) -> bool:
    whole = isinstance(said, list) and said and all(isinstance(one, dict) and set(one) == {"role", "content"} for one in said)
    return bool(whole) and all(isinstance(value, str) for one in said for value in one.values())
