"""What can be said of a prompt in numbers, whatever its language: by these, data quality of language models is watched.

One definition, for monitors and for what they compare with.
"""

from __future__ import annotations

from typing import Any

#: In this order. Which letters are used says whether people write in another language; `ascii` are those of English.
FEATURES = ("characters", "words", "letters", "ascii")


def figures_of(prompt: Any) -> list[float]:
    """Of a text, or of all messages of a talk."""
    text = prompt if isinstance(prompt, str) else "\n".join(str(one["content"]) for one in prompt)
    many = max(1, len(text))
    return [float(len(text)), float(len(text.split())), sum(map(str.isalpha, text)) / many, sum(map(str.isascii, text)) / many]


def prompts_of(inputs: Any) -> list[Any]:
    """Of a request's `inputs`: a text, the messages of a talk, or a list of either."""
    return [inputs] if isinstance(inputs, str) or _is_talk(inputs) else list(inputs)


def _is_talk(said: Any) -> bool:
    return isinstance(said, list) and bool(said) and all(isinstance(one, dict) for one in said)
