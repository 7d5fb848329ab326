"""Declares what the first page says of a rating: how many have which grade and how many stars, what changed, and what is
proposed.
"""

from collections.abc import Callable, Iterator

from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.front import Figure, Figures, Line, having
from sanchuang_cli.judging import Whole

_PROPOSED = {"后进整顿台账": "列入后进整顿", "书记调整建议": "建议调整书记"}
"""What stands on pages of proposals."""
_MOVED = {"升星": "升", "持平": "持平", "降星": "降"}


def front(page: str, whole: Whole) -> Iterator[Figures]:
    """page: the one that says what became of each."""
    policy = whole.at.policy
    yield Figures("参评", (page,), (Figure(policy.about.rated, _rated),))
    if policy.grades:
        yield Figures("等次", (page,), tuple(having("grade", grade) for grade in policy.grades.names()))
    if policy.gives_stars:
        of_stars = tuple(having("stars", n, stars_in_words(n)) for n in policy.stars_down)
        yield Figures("星级", (page,), of_stars)
        changes = tuple(Figure(item, _beginning("movement", word)) for item, word in _MOVED.items())
        yield Figures("与上年星级比", (page,), changes)
    for own, item in _PROPOSED.items():
        yield Figures("待研究", (own,), (Figure(item),))


def _rated(line: Line) -> bool:
    """Whether the line is of one that is rated: who is too young for it has a score alone."""
    return line.get("grade") is not None or line.get("stars") is not None


def _beginning(column: str, word: str) -> Callable[[Line], bool]:
    return lambda line: str(line[column] or "").startswith(word)
