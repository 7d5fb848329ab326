"""Gives the click library that typer uses. It is the one place that relies on internals of typer.

Some versions of typer carry their own copy of click, others need click beside them; both work here. The version is
pinned in pyproject.toml and checked by tests/cli/test_library.py.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def _click() -> Any:
    return import_module("typer._click" if find_spec("typer._click") else "click")


click = _click()
