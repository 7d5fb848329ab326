"""Small made-up workbooks after situations that users report, outside this repository. Without them these tests skip."""

from pathlib import Path

import pytest

WILD = Path(__file__).parents[3] / "shared" / "wild"
"""Beside the checkout, where the maintainers keep it; not part of the project."""


def wild(folder: str) -> Path:
    """The folder of a situation, by its number and name. Skips where it is not at hand."""
    path = WILD / folder
    if not path.is_dir():
        pytest.skip("the made-up workbooks of ../shared/wild are not at hand")
    return path
