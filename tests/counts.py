"""How much is tried: a little in `make test`, the full counts that the promises name in `make verify`."""

import os

FULL = bool(os.environ.get("SANCHUANG_FULL"))
