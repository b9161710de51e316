"""What the process of an image begins with, here: the libraries of the seed's environment after its own, and what Dockerfiles mend.

`sed -i 's/collections\\.Mapping/collections.abc.Mapping/g' sagemaker_containers/_mapping.py` is in each of them.
"""

import collections
import collections.abc
import os
import sys
import types

sys.path.append(os.environ["LIBRARIES"])
collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
_paramiko = types.ModuleType("paramiko")  # of training on several machines alone
_paramiko.MissingHostKeyPolicy = object  # type: ignore[attr-defined]
sys.modules["paramiko"] = _paramiko
