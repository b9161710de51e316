"""How well a language model completes examples that it has not seen."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch

from .examples import Example
from .language_model import IGNORED, LanguageModel


@dataclass
class Measured:
    """Sums over the tokens of all completions; prompts are read and not measured."""

    loss_sum: float = 0.0
    tokens: int = 0
    right: int = 0
    answers: list[str] = field(default_factory=list)
    matching: int = 0

    @property
    def loss(self) -> float:
        return self.loss_sum / self.tokens

    @property
    def perplexity(self) -> float:
        return math.exp(min(self.loss, 700.0))  # more is beyond what a number can be

    @property
    def token_accuracy(self) -> float:
        return self.right / self.tokens

    @property
    def exact_match(self) -> float:
        return self.matching / len(self.answers)


def measure(language: LanguageModel, examples: list[Example], *, longest: int, batch: int, answered: int, maximum: int) -> Measured:
    """:param answered: how many of them are answered freely, token by token, which takes the time"""
    found = Measured()
    rows = [language.encoded(example, longest) for example in examples]
    with torch.inference_mode():
        for at in range(0, len(rows), batch):
            filled = language.batch(rows[at : at + batch])
            scores = language.model(input_ids=filled["input_ids"], attention_mask=filled["attention_mask"]).logits[:, :-1].float()
            wanted = filled["labels"][:, 1:]
            learnt = wanted != IGNORED
            found.loss_sum += torch.nn.functional.cross_entropy(scores[learnt], wanted[learnt], reduction="sum").item()
            found.right += int((scores[learnt].argmax(-1) == wanted[learnt]).sum())
            found.tokens += int(learnt.sum())
    for example in examples[:answered]:
        said = language.answer(example.prompt, maximum)
        found.answers.append(said)
        found.matching += said == example.completion.strip()
    return found
