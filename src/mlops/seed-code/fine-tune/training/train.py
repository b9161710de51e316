"""Fits low-rank adapters to a base model (LoRA), merges them into it, and packs the whole with the code that answers."""

from __future__ import annotations

import json
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, TaskType, get_peft_model

from . import configuration, examples
from .configuration import Configuration
from .examples import DataError, Example
from .hyper_parameters import given
from .language_model import SETTINGS, LanguageModel, ModelError
from .measures import measure_as
from .program import ended, folders

JOB = Path("/opt/ml")
#: What answers, in the archive of the model: no more of the project travels with it.
SERVING = ("__init__.py", "examples.py", "language_model.py", "serving.py")


def train(base: Path, data: Path, held_out: Path, target: Path, validation: Path | None = None) -> None:
    settings = configuration.load()
    settings = settings.with_hyper_parameters(given(settings.hyper_parameters))
    torch.manual_seed(int(settings.held_out["seed"]))
    language = LanguageModel.load(base)
    longest = int(settings.training["maximumTokens"])
    rows = _encoded(language, examples.written(data / "examples.jsonl"), longest)
    _encoded(language, examples.written(held_out / "examples.jsonl"), longest)  # what cannot be evaluated is known before hours of training
    adapted = _adapted(language, settings)
    _fit(language, adapted, rows, settings)
    _save(language, adapted, settings, target)
    if validation:
        _choose(language, examples.written(validation / "examples.jsonl"), settings)


def _encoded(language: LanguageModel, found: list[Example], longest: int) -> list[tuple[list[int], list[int]]]:
    return [language.encoded(example, longest) for example in found]


def _adapted(language: LanguageModel, settings: Configuration) -> Any:
    said = settings.lora
    lora = LoraConfig(
        task_type=TaskType.CAUSAL_LM,
        r=int(said["rank"]),
        lora_alpha=said["alpha"],
        lora_dropout=said.get("dropout", 0.0),
        target_modules=said["targets"],
    )
    try:
        adapted = get_peft_model(language.model, lora)
    except ValueError as error:
        raise ModelError(f'lora.targets does not fit the base model: {error}. "all-linear" fits every model') from None
    if torch.cuda.is_available():  # memory for time: activations are calculated again
        adapted.gradient_checkpointing_enable()
        adapted.enable_input_require_grads()
        adapted.config.use_cache = False
    learnt, whole = adapted.get_nb_trainable_parameters()
    print(f"{learnt:,} of {whole:,} parameters are learnt")
    return adapted


def _fit(language: LanguageModel, adapted: Any, rows: list[tuple[list[int], list[int]]], settings: Configuration) -> None:
    said = settings.training
    size, epochs = int(said["batchSize"]), int(said["epochs"])
    steps = epochs * -(-len(rows) // size)
    optimizer = torch.optim.AdamW([one for one in adapted.parameters() if one.requires_grad], lr=said["learningRate"], weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    order = random.Random(int(settings.held_out["seed"]))
    adapted.train()
    for epoch in range(1, epochs + 1):
        order.shuffle(rows)
        total = 0.0
        for at in range(0, len(rows), size):
            loss = adapted(**language.batch(rows[at : at + size])).loss
            if not torch.isfinite(loss):
                raise ModelError(f"the loss is {loss.item()} in epoch {epoch}: lower training.learningRate")
            loss.backward()
            torch.nn.utils.clip_grad_norm_(adapted.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item() * len(rows[at : at + size])
        print(f"epoch={epoch}; train-loss={total / len(rows):.6g};", flush=True)
    adapted.eval()


def _save(language: LanguageModel, adapted: Any, settings: Configuration, target: Path) -> None:
    """Merged, the model answers with transformers alone; the adapters lie beside it, to know what was learnt."""
    target.mkdir(parents=True, exist_ok=True)
    adapted.save_pretrained(target / "adapter", safe_serialization=True)
    merged = adapted.merge_and_unload()
    merged.config.use_cache = True
    merged.save_pretrained(target, safe_serialization=True)
    language.tokenizer.save_pretrained(target)
    said = {"maximumTokens": settings.generation["maximumTokens"], "hyperParameters": settings.hyper_parameters}
    (target / SETTINGS).write_text(json.dumps(said))
    package = target / "code" / "training"
    package.mkdir(parents=True, exist_ok=True)
    for name in SERVING:
        shutil.copy(Path(__file__).parent / name, package / name)
    (target / "code" / "inference.py").write_text("from training.serving import model_fn, transform_fn  # noqa: F401\n")


def _choose(language: LanguageModel, found: list[Example], settings: Configuration) -> None:
    """One try beside others: SageMaker reads the metrics, and goes on with the best."""
    measured = measure_as(settings, language, found).metrics
    print("\t".join(f"validation-{name}:{measured[name]:.6g}" for name in configuration.OF_TRAINING))


def main(arguments: list[str] | None = None) -> int:
    channels = JOB / "input" / "data"
    places = {"base": channels / "base", "data": channels / "train", "validation": channels / "validation", "held_out": channels / "test"}
    asked = folders(__doc__, arguments, **places, model=JOB / "model")

    def trained() -> None:
        train(asked.base, asked.data, asked.held_out, asked.model, asked.validation if asked.validation.is_dir() else None)

    return ended(trained, "The model was not trained", DataError, ModelError)


if __name__ == "__main__":
    sys.exit(main())
