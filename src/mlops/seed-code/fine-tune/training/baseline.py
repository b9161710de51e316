"""What the prompts that were learnt from are like, in the files that monitors compare with."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from . import monitored
from .examples import Example
from .texts import FEATURES, figures_of


def write(examples: list[Example], folder: Path) -> None:
    columns = list(zip(FEATURES, np.array([figures_of(one.prompt) for one in examples]).T))
    statistics = [{"name": name, **monitored.of_numbers(values)} for name, values in columns]
    constraints = [{"name": name, "completeness": 1.0, **monitored.rule_of_numbers(values)} for name, values in columns]
    monitored.write(folder, len(examples), statistics, constraints)
