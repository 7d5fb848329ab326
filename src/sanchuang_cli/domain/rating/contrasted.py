"""Says what of a rating `policy diff` sets beside that by another document. It reads ratings and judges nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.exact_numbers import cut, plain
from sanchuang_cli.domain.rating.steps import RatingStep, stars_in_words
from sanchuang_cli.domain.rating.verdict import Rating
from sanchuang_cli.judging import Reason, Whole

Lists = Callable[[Whole], Iterable[tuple[str, Sequence[Rating[Any]]]]]
"""Of a whole, its lists by name, such as 整顿."""


def compares(lists: Lists) -> Compares:
    """What is compared of a programme that rates."""

    def listed(whole: Whole) -> Iterator[tuple[Rating[Any], Reason]]:
        for name, ratings in lists(whole):
            yield from ((rating, reason) for rating in ratings for reason in _step(name, rating.reasons))

    return Compares(
        stars=lambda rating: rating.stars,
        grade=lambda rating: rating.grade or "",
        tier=_tier,
        lists=listed,
        reasons=_reasons,
    )


def _tier(rating: Rating[Any]) -> str:
    """Stars and grade in words; why it has none, where it has none."""
    stars = "" if rating.stars is None else stars_in_words(rating.stars)
    return rating.unrated or "，".join(filter(None, (stars, rating.grade)))


def _reasons(rating: Rating[Any]) -> Iterator[Reason]:
    """The score of every good beside its pass mark, then the steps to the stars and to the grade."""
    for score in rating.goods:
        line = "" if score.passes is None else f"，得星线 {plain(score.passes)}"
        said = f"{cut(score.score)} 分{line}"
        yield Reason(score.good.name, said, score.good.clause, score.passed)
    if rating.unrated:
        yield Reason("参评定级", f"{rating.unrated}，只评分", "政策里新成立的一节", False)
    yield from _step("星级", rating.star_steps)
    yield from _step("等次", rating.grade_steps)


def _step(what: str, steps: Sequence[RatingStep]) -> Iterator[Reason]:
    """The steps to one thing as one; none where there are none."""
    if steps:
        clauses = "、".join(dict.fromkeys(step.clause for step in steps))
        yield Reason(what, "；".join(step.why for step in steps), clauses)
