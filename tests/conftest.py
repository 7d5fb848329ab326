"""How hard the properties are tried: a few examples in `make test`, many in `make verify`; machines are noisy."""

from hypothesis import settings

from tests.command import sanchuang
from tests.counts import FULL

__all__ = ["sanchuang"]

settings.register_profile("test", max_examples=40, deadline=None)
settings.register_profile("verify", max_examples=2000, deadline=None)
settings.load_profile("verify" if FULL else "test")
