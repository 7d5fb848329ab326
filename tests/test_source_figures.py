"""The figures of the source's shape count what they say."""

from tools.figures import figures, in_circles


def test_modules_in_circles_are_found_and_no_others() -> None:
    straight = {"a": {"b"}, "b": {"c"}, "c": set[str]()}
    assert in_circles(straight) == []
    assert in_circles(straight | {"c": {"b"}, "d": {"c"}}) == ["b", "c"]


def test_the_source_keeps_its_bounds() -> None:
    assert [(one.name, one.value, one.worst) for one in figures() if one.value > one.most] == []
