"""`python -m image_build`: builds the image of this repository, tests it and pushes it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .build import BuildFault, build
from .configuration import ConfigurationError

try:
    build(Path.cwd(), os.environ)
except (BuildFault, ConfigurationError) as fault:
    sys.exit(f"No image is built: {fault}")
