"""A desk that somebody has entered, and a browser, for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.browser import CHROMIUM, Chromium, chromium
from tests.desk.serving import Desk, desk


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk in a folder with Chinese and spaces, entered; one for all tests of a file."""
    with desk(tmp_path_factory.mktemp("县 委组织部")) as opened:
        opened.enter()
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    """A desk that nobody has entered yet."""
    with desk(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the desk was not tried in a browser")
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running
