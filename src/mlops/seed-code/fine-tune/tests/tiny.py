"""A model of two layers, a tokenizer of bytes, and examples, made here in seconds: to try everything without a real model."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # so small a model learns no faster on more, and waits for them on a busy machine

import torch  # noqa: E402
from tokenizers import Tokenizer, decoders, models, pre_tokenizers  # noqa: E402
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast  # noqa: E402

END = "<end>"
CHAT = "{% for one in messages %}{{ one.role }}: {{ one.content }}\n{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}"
#: What the examples teach: where a message belongs.
ABOUT = {"billing": ["invoice", "refund", "charge"], "network": ["router", "signal", "wifi"], "account": ["password", "login", "profile"]}
STARTS = ["my {} is wrong", "there is no {}", "please look at the {}", "the {} again", "who sees my {}", "help with a {}", "new {} needed"]
ENDS = ["", " today", " since monday", " please", " at home", " at work", " as before", " I think"]


def tokenizer() -> PreTrainedTokenizerFast:
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    of_bytes = Tokenizer(models.BPE(vocab={token: at for at, token in enumerate([END, *letters])}, merges=[]))
    of_bytes.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    of_bytes.decoder = decoders.ByteLevel()
    made = PreTrainedTokenizerFast(tokenizer_object=of_bytes, eos_token=END)
    made.chat_template = CHAT
    return made


def model(target: Path) -> Path:
    torch.manual_seed(3)
    tokens = tokenizer()
    form = LlamaConfig(
        vocab_size=len(tokens),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=128,
        initializer_range=0.2,  # its head is not learnt, and must be able to be sure
        eos_token_id=0,
        bos_token_id=0,
        pad_token_id=0,
    )
    LlamaForCausalLM(form).save_pretrained(target, safe_serialization=True)
    tokens.save_pretrained(target)
    return target


def examples(target: Path) -> Path:
    said = [(f"{start.format(word)}{end}", kind) for kind, words in ABOUT.items() for word in words for start in STARTS for end in ENDS]
    random.Random(5).shuffle(said)
    target.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"prompt": f"{prompt} -> ", "completion": kind}) for prompt, kind in said]
    (target / "examples.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return target


if __name__ == "__main__":
    place = Path(sys.argv[1])
    model(place / "model")
    examples(place / "data")
    print(f"{place}/model and {place}/data")
