"""The part of typer that it does not promise: the copy of click that it carries, and its words for what was mistyped.

A typer that carries no copy any more has click beside it; either serves. Pinned in pyproject.toml, held by
tests/cli/test_library.py.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def _click() -> Any:
    return import_module("typer._click" if find_spec("typer._click") else "click")


click = _click()
