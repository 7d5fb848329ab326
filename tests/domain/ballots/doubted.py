"""What a rule says instead of a result, as plain values."""

from sanchuang_cli.domain.doubtful import Doubtful


def doubts(found: object) -> list[tuple[str, tuple[str, ...], str]]:
    """Code, columns and words of all that is wrong. Fails where there is a result."""
    assert isinstance(found, Doubtful)
    return [(one.code, one.columns, str(one.said)) for one in found.doubts]
