"""A language model of a folder: read without a way to a network, without code of its own, from safetensors alone."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .examples import DataError, Example

# Nothing is looked for at Hugging Face, and nothing is told to it. The libraries read this when they are imported.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TOKENIZERS_PARALLELISM="false")

import torch  # noqa: E402
from safetensors import SafetensorError  # noqa: E402
from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: E402

#: What lies beside the weights: how it was made, and how long its answers may be.
SETTINGS = "fine-tuning.json"
#: What is not learnt, in PyTorch's cross entropy.
IGNORED = -100
#: The first generation of GPUs that calculates in bfloat16 itself.
AMPERE = 8


class ModelError(Exception):
    """The model cannot be used."""


@dataclass
class LanguageModel:
    tokenizer: Any
    model: Any

    @staticmethod
    def load(folder: Path) -> LanguageModel:
        check(folder)
        told = {"local_files_only": True, "trust_remote_code": False}
        try:
            tokenizer = AutoTokenizer.from_pretrained(str(folder), **told)
            model = AutoModelForCausalLM.from_pretrained(str(folder), use_safetensors=True, torch_dtype=_precision(), **told)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"{folder} cannot be read as a causal language model: {error}") from None
        if tokenizer.eos_token_id is None:
            raise ModelError(f"the tokenizer in {folder} has no token for the end of a text (eos_token): add one to tokenizer_config.json")
        return LanguageModel(tokenizer, model.to(_device()).eval())

    def text_of(self, prompt: Any) -> str:
        """A prompt as the model has learnt to read it: messages go through the template that comes with its tokenizer."""
        if isinstance(prompt, str):
            return prompt
        if self.tokenizer.chat_template is None:
            raise DataError("the tokenizer of the base model has no chat template: give prompt and completion instead of messages")
        return str(self.tokenizer.apply_chat_template(prompt, tokenize=False, add_generation_prompt=True))

    def encoded(self, example: Example, maximum: int) -> tuple[list[int], list[int]]:
        """Tokens, and of these what is learnt: the completion and the end."""
        before = self._tokens(example.prompt)
        after = [*self.tokenizer(example.completion, add_special_tokens=False).input_ids, self.tokenizer.eos_token_id]
        if len(before) + len(after) > self.longest(maximum):
            raise DataError(
                f"{example.where}: it has {len(before) + len(after)} tokens, {self.longest(maximum)} may be: "
                "shorten it, or raise training.maximumTokens as far as the model can"
            )
        return [*before, *after], [*[IGNORED] * len(before), *after]

    def longest(self, maximum: int) -> int:
        return min(maximum, int(getattr(self.model.config, "max_position_embeddings", maximum)))

    def batch(self, rows: list[tuple[list[int], list[int]]]) -> dict[str, Any]:
        """Rows of one length, filled up at the end."""
        width = max(len(tokens) for tokens, _ in rows)
        fill = self.tokenizer.eos_token_id
        device = self.model.device
        return {
            "input_ids": torch.tensor([[*tokens, *[fill] * (width - len(tokens))] for tokens, _ in rows], device=device),
            "attention_mask": torch.tensor([[1] * len(tokens) + [0] * (width - len(tokens)) for tokens, _ in rows], device=device),
            "labels": torch.tensor([[*learnt, *[IGNORED] * (width - len(learnt))] for _, learnt in rows], device=device),
        }

    def answer(self, prompt: Any, maximum: int) -> str:
        """The likeliest words, the same each time."""
        tokens = self._tokens(prompt)
        room = self.longest(len(tokens) + maximum) - len(tokens)
        if room < 1:
            raise DataError(f"the prompt has {len(tokens)} tokens, and the model reads {self.longest(len(tokens))} with the answer: shorten it")
        asked = torch.tensor([tokens], device=self.model.device)
        with torch.inference_mode():
            made = self.model.generate(
                input_ids=asked,
                attention_mask=torch.ones_like(asked),
                max_new_tokens=min(room, maximum),
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                pad_token_id=self.tokenizer.eos_token_id,
            )
        return str(self.tokenizer.decode(made[0][len(tokens) :], skip_special_tokens=True)).strip()

    def _tokens(self, prompt: Any) -> list[int]:
        """A template writes the special tokens itself."""
        tokens = self.tokenizer(self.text_of(prompt), add_special_tokens=isinstance(prompt, str)).input_ids
        if not tokens:
            raise DataError("the prompt is empty: send a text")
        return list(tokens)


def check(folder: Path) -> None:
    """What Hugging Face's libraries would run or fetch is refused before they see it."""
    if not (folder / "config.json").is_file():
        raise ModelError(f"{folder} holds no config.json: put a model there as Hugging Face lays it out, its files directly under the prefix")
    if not any(folder.glob("*.safetensors")):
        raise ModelError(
            f"{folder} holds no .safetensors: convert the weights (save_pretrained writes them); pickled ones run code when they are read"
        )
    for name in ("config.json", "tokenizer_config.json"):
        file = folder / name
        if file.is_file() and "auto_map" in json.loads(file.read_text(encoding="utf-8")):
            raise ModelError(f"{name} in {folder} names code of its own (auto_map), which is not run: take a model that transformers knows itself")


def _device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def _precision() -> Any:
    return torch.bfloat16 if torch.cuda.is_available() and torch.cuda.get_device_capability()[0] >= AMPERE else torch.float32
