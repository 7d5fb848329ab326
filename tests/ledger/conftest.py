"""Copies of batches as plain text: the workbook's writer has its own tests, and the command line's use the true one."""

from collections.abc import Iterator

import pytest

from tests.ledger import plain


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    with plain.workbooks():
        yield
