"""Which framework the model is made with, read from its file and not run: a build has none of them."""

from __future__ import annotations

import ast
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "models"


class NoFramework(Exception):
    """The file of the model says no framework."""


def framework_of(model: str) -> str:
    file = MODELS / f"{model}.py"
    try:
        body = ast.parse(file.read_text(encoding="utf-8")).body
    except FileNotFoundError:
        known = sorted(one.stem for one in MODELS.glob("*.py") if not one.stem.startswith("_"))
        raise NoFramework(f"model is {model!r} but must be one of {', '.join(known)}: the files of models/") from None
    except SyntaxError as error:
        raise NoFramework(f"models/{model}.py cannot be read: {error}") from None
    for one in body:
        names = [target.id for target in one.targets if isinstance(target, ast.Name)] if isinstance(one, ast.Assign) else []
        if "FRAMEWORK" in names and isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant):
            return str(one.value.value)
    raise NoFramework(f'models/{model}.py does not say FRAMEWORK = "xgboost", "scikit-learn" or "pytorch"')
