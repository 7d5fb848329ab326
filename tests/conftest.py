"""How hard the properties are tried: the same few examples every time in `make test`, many new ones in `make verify`."""

import gc

import pytest
from hypothesis import settings

from tests.command import sanchuang
from tests.counts import FULL
from tests.kept import keep
from tests.postgres import stop_all
from tests.stages import Stages

__all__ = ["sanchuang"]

settings.register_profile("test", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("verify", max_examples=2000, deadline=None)
settings.register_profile("mutants", max_examples=10, deadline=None, derandomize=True)
settings.load_profile("verify" if FULL else "test")
keep()


INSTALLED = {"all_converted", "browser", "desks"}
"""Fixtures that start LibreOffice, Chromium or PostgreSQL."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make test` leaves to `make test-installed`; tests that start PostgreSQL by themselves are marked where they stand."""
    for item in items:
        if not INSTALLED.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("installed")


def pytest_unconfigure() -> None:
    """Stop the servers that tests have started."""
    stop_all()


def pytest_collection_finish() -> None:
    """Spare the collector what is never garbage: a night of jobs collects after each, and the tests and libraries loaded
    by now are more than the jobs made."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Where tests of this process find what an earlier one has made."""
    return Stages(tmp_path_factory.mktemp("stages"))
