"""What fuzzing once found: each a command that crashed, and now ends with a result or a Chinese refusal."""

import pytest

from tests.command import Sanchuang


@pytest.mark.parametrize("words", [("rate", "名" * 120), ("rate", "in.xlsx", "--policy", "名" * 120)])
def test_a_name_longer_than_the_system_allows_is_refused(
    sanchuang: Sanchuang, words: tuple[str, ...]
) -> None:
    done = sanchuang(*words)
    assert done.code == 2
    assert "打不开" in done.err or "找不到" in done.err
