"""What may be shown of a number: never the whole of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import MASKED, Kind, mask


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.IDENTITY, "230299195308151014", "230299********1014"),  # E-19's shape
        (Kind.IDENTITY, "230299530815101", "230299*****5101"),
        (Kind.ACCOUNT, "9999990000000000001", "***************0001"),
        (Kind.PHONE, "10000001234", "100****1234"),
        (Kind.TEXT, "青禾镇", "青禾镇"),
    ],
)
def test_masks(kind: Kind, text: str, shown: str) -> None:
    assert mask(kind, text) == shown


@given(st.sampled_from(sorted(MASKED)), st.text("0123456789X", min_size=1, max_size=40))
def test_at_least_four_characters_are_always_hidden(kind: Kind, text: str) -> None:
    shown = mask(kind, text)
    assert len(shown) == len(text)
    assert shown.count("*") >= min(4, len(text))
