"""Runs in the image, without network, before it is pushed: an image that fails it goes nowhere. Add what yours must have."""

import importlib.util
import shutil
import sys

assert sys.version_info >= (3, 10), f"Python is {sys.version}"
missing = [name for name in ("boto3", "numpy", "pandas") if importlib.util.find_spec(name) is None]
assert not missing, f"jobs need {', '.join(missing)}"
assert shutil.which("jupyter-lab"), "Studio starts JupyterLab"
print("The image has what Studio and jobs need")
