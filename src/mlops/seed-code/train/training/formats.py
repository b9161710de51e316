"""How models and transforms lie in files, by what made them. Nothing that is read may run code but classes that are named here."""

from __future__ import annotations

import importlib
import io
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict

#: Packages whose classes a file may name: what the images bring along, and the project's own.
PACKAGES = ("sklearn", "numpy", "scipy", "pandas", "models", "training")
#: Functions that NumPy, pandas and scikit-learn need to make their objects anew. All else that is no class is refused.
FUNCTIONS = {
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
    ("builtins", "set"),
    ("builtins", "slice"),
    ("collections", "OrderedDict"),
    ("collections", "defaultdict"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy.core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
    ("numpy.core.numeric", "_frombuffer"),
    ("numpy.random._pickle", "__randomstate_ctor"),
    ("numpy.random._pickle", "__generator_ctor"),
    ("numpy.random._pickle", "__bit_generator_ctor"),
    ("pandas.core.indexes.base", "_new_Index"),
    ("pandas._libs.internals", "_unpickle_block"),
    ("sklearn.tree._tree", "__pyx_unpickle_Tree"),
}


class UnknownContent(Exception):
    """A file names something that no model needs."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in FUNCTIONS:
            return super().find_class(module, name)
        if module.split(".")[0] in PACKAGES:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise UnknownContent(f"{module}.{name} is no class of {', '.join(PACKAGES)}: keep it out of what features and fit give")


def write_object(value: Any, file: Path) -> None:
    """Written as it will be read, so that what cannot be served is known when it is trained."""
    try:
        content = pickle.dumps(value)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise UnknownContent(f"{type(value).__name__} cannot be written to a file: {error}") from None
    _Unpickler(io.BytesIO(content)).load()
    file.write_bytes(content)


def read_object(file: Path) -> Any:
    return _Unpickler(io.BytesIO(file.read_bytes())).load()


@dataclass(frozen=True)
class Format:
    """A file of a model of one framework."""

    file: str
    write: Callable[[Any, Path], None]
    read: Callable[[Path], Any]


def _write_xgboost(model: Any, file: Path) -> None:
    as_json = file.with_suffix(".ubj")
    getattr(model, "get_booster", lambda: model)().save_model(str(as_json))
    as_json.rename(file)


def _read_xgboost(file: Path) -> Any:
    booster = importlib.import_module("xgboost").Booster()
    booster.load_model(bytearray(file.read_bytes()))
    return booster


def _write_torch(model: Any, file: Path) -> None:
    torch = importlib.import_module("torch")
    torch.save(model.eval(), file)
    _read_torch(file)


def _read_torch(file: Path) -> Any:
    """PyTorch's own reader of weights, which makes only objects whose classes it is given: layers, and those of `models/`."""
    torch = importlib.import_module("torch")
    named = {name: _layer(name, torch) for name in torch.serialization.get_unsafe_globals_in_checkpoint(file)}
    with torch.serialization.safe_globals(list(named.values())):
        return torch.load(file, map_location="cpu", weights_only=True).eval()


def _layer(name: str, torch: Any) -> Any:
    module, _, short = name.rpartition(".")
    if module == "builtins" and short in ("set", "slice"):
        return {"set": set, "slice": slice}[short]
    if module.split(".")[0] in ("torch", "models"):
        found = getattr(importlib.import_module(module), short, None)
        if isinstance(found, type) and issubclass(found, torch.nn.Module):
            return found
    raise UnknownContent(f"{name} is no layer of torch.nn or models: keep it out of the model")


#: By FRAMEWORK. The first is the name by which SageMaker's XGBoost image finds a model.
FORMATS: Dict[str, Format] = {
    "xgboost": Format("xgboost-model", _write_xgboost, _read_xgboost),
    "scikit-learn": Format("model.pickle", write_object, read_object),
    "pytorch": Format("model.pth", _write_torch, _read_torch),
}
