"""Serves the content of a `model.tar.gz` as an endpoint does, with the toolkits of AWS's images: `serve.py FRAMEWORK OPT_ML`.

Variables of the version are in the environment already. There is no way out: pip has no index, as with network isolation.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    framework, opt_ml = sys.argv[1], Path(sys.argv[2])
    if framework == "pytorch":
        from sagemaker_pytorch_serving_container import serving, torchserve

        torchserve.TS_CONFIG_FILE = str(opt_ml / "sagemaker-ts.properties")  # /etc belongs to the machine
        serving.main()
    else:
        from sagemaker_containers.beta.framework import env, server

        server.start(env.ServingEnv().framework_module)


if __name__ == "__main__":
    main()
