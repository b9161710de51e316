"""What AWS's images start in the jobs of a tuning step, whose definition has no entry point. All that it is told lies in files."""

import sys

sys.path.insert(0, "/opt/ml/input/data/code")

from training.train import main  # noqa: E402

sys.exit(main([]))
