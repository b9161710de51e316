"""All steps here, one after the other, as the SageMaker pipeline runs them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import List

from . import evaluate, evidence, gate, process, train


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", type=Path, help="a folder with CSV files; without it the data set that is bundled")
    words.add_argument("--output", type=Path, default=Path("build"))
    words.add_argument("--previous", type=Path, help="the folder baseline/ of another run, to compare with")
    asked = words.parse_args(arguments)
    data, model = asked.output / "data", asked.output / "model"
    if asked.data and not asked.data.is_dir():  # the bundled data would be taken for theirs
        words.error(f"--data {asked.data} is no folder")
    given = ["--input", str(asked.data)] if asked.data else ["--input", str(asked.output / "none")]
    told = [word for what in ("manifest", "baseline") for word in (f"--{what}", str(data / what))]
    told += ["--previous", str(asked.previous)] if asked.previous else []
    evaluated = ["--evaluation", str(asked.output / "evaluation")]
    return (
        process.main([*given, "--output", str(data)])
        or train.main(["--data", str(data), "--model", str(model)])
        or evaluate.main(["--model", str(model), "--data", str(data / "test"), *told, "--output", str(asked.output)])
        or gate.main([str(asked.output / "evaluation" / "evaluation.json")])
        or evidence.main(["--test", str(data / "test"), "--baseline", str(data / "baseline"), *evaluated, "--output", str(asked.output)])
    )


if __name__ == "__main__":
    sys.exit(main())
