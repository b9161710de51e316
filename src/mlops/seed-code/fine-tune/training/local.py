"""All steps here, one after the other, as the SageMaker pipeline runs them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import evaluate, evidence, gate, process, train


def main(arguments: list[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--base", type=Path, required=True, help="a folder with the base model")
    words.add_argument("--data", type=Path, required=True, help="a folder with examples, .jsonl")
    words.add_argument("--output", type=Path, default=Path("build"))
    words.add_argument("--previous", type=Path, help="the folder baseline/ of another run, to compare with")
    asked = words.parse_args(arguments)
    data, model, base = asked.output / "data", asked.output / "model", str(asked.base)
    held_out, evaluation = str(data / "test"), asked.output / "evaluation"
    learnt = ["--base", base, "--data", str(data / "train"), "--validation", str(data / "validation")]
    told = ["--previous", str(asked.previous)] if asked.previous else []
    return (
        process.main(["--input", str(asked.data), "--output", str(data)])
        or train.main([*learnt, "--held-out", held_out, "--model", str(model)])
        or evaluate.main(
            ["--base", base, "--model", str(model), "--data", held_out, "--manifest", str(data / "manifest"), *told, "--output", str(asked.output)]
        )
        or gate.main([str(evaluation / "evaluation.json")])
        or evidence.main(["--test", held_out, "--baseline", str(data / "baseline"), "--evaluation", str(evaluation), "--output", str(asked.output)])
    )


if __name__ == "__main__":
    sys.exit(main())
