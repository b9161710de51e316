"""How well a language model completes examples that it has not seen, and how much of it is chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from .configuration import Configuration
from .examples import Example
from .language_model import IGNORED, LanguageModel
from .report.metric import Chance

#: Times that the examples are drawn anew to see how much chance is in a measure.
DRAWS = 200
#: More is beyond what a number can be.
GREATEST_LOSS = 700.0


@dataclass(frozen=True)
class Measured:
    """Of the completion of each example, its prompt is read and not measured: the sum of the losses, how many tokens, how many right."""

    losses: torch.Tensor
    tokens: torch.Tensor
    right: torch.Tensor
    #: Of the first of them, what was answered freely, and whether it is the completion.
    answers: list[str]
    matching: torch.Tensor

    @property
    def metrics(self) -> dict[str, float]:
        everything, answered = torch.arange(len(self.tokens)), torch.arange(len(self.matching))
        return {name: float(of(everything, answered)) for name, of in self._measures.items()}

    @property
    def loss(self) -> float:
        return self.metrics["loss"]

    def chances(self, base: Measured) -> dict[str, Chance]:
        """By drawing examples with replacement, the same of both models."""
        drawn = torch.Generator().manual_seed(7)
        everything, answered = (torch.randint(len(one), (DRAWS, len(one)), generator=drawn) for one in (self.tokens, self.matching))
        values = {name: of(everything, answered) for name, of in self._measures.items()}
        values["perplexity_against_base"] = values["perplexity"] / base._measures["perplexity"](everything, answered)
        return {name: _chance(one) for name, one in values.items()}

    @property
    def _measures(self) -> dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]]:
        """Of some of the examples, by their places, and of some of those that were answered."""

        def loss(at: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
            return self.losses[at].sum(-1) / self.tokens[at].sum(-1)

        return {
            "loss": loss,
            "perplexity": lambda at, answered: loss(at, answered).clamp(max=GREATEST_LOSS).exp(),
            "token_accuracy": lambda at, _: self.right[at].sum(-1) / self.tokens[at].sum(-1),
            "exact_match": lambda _, answered: self.matching[answered].mean(-1),
        }


def _chance(values: torch.Tensor) -> Chance:
    low, high = torch.quantile(values, torch.tensor([0.025, 0.975], dtype=values.dtype)).tolist()
    return Chance(low, high, float(values.std()))


def measure(language: LanguageModel, examples: list[Example], *, longest: int, batch: int, answered: int, maximum: int) -> Measured:
    """:param answered: how many of them are answered freely, token by token, which takes the time"""
    found: list[torch.Tensor] = []
    rows = [language.encoded(example, longest) for example in examples]
    with torch.inference_mode():
        for at in range(0, len(rows), batch):
            filled = language.batch(rows[at : at + batch])
            scores = language.model(input_ids=filled["input_ids"], attention_mask=filled["attention_mask"]).logits[:, :-1].float()
            wanted = filled["labels"][:, 1:]
            learnt = wanted != IGNORED
            losses = torch.nn.functional.cross_entropy(scores[learnt], wanted[learnt], reduction="none")
            right = (scores[learnt].argmax(-1) == wanted[learnt]).float()
            sums = torch.zeros(3, len(wanted), device=losses.device)
            sums.index_add_(1, learnt.nonzero()[:, 0], torch.stack([losses, torch.ones_like(losses), right]))
            found.append(sums.double().cpu())
    losses, tokens, right = torch.cat(found, dim=1)
    answers = [language.answer(example.prompt, maximum) for example in examples[:answered]]
    matching = [said == example.completion.strip() for said, example in zip(answers, examples)]
    return Measured(losses, tokens, right, answers, torch.tensor(matching, dtype=torch.float64))


def measure_as(settings: Configuration, language: LanguageModel, examples: list[Example]) -> Measured:
    """As the configuration has it."""
    said = settings.generation
    return measure(
        language,
        examples,
        longest=int(settings.training["maximumTokens"]),
        batch=int(settings.training["batchSize"]),
        answered=int(said["examples"]),
        maximum=int(said["maximumTokens"]),
    )
