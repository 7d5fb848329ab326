"""Decides what caps the stars whatever the score: a good that is missed (no 支部过硬, at most three), a situation that voids all
stars.

Where it cannot be told whether a limit holds, nothing is starred: the row is set aside.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from pydantic import Field as Setting

from sanchuang_cli.domain.rating.goods import Stars
from sanchuang_cli.domain.rating.steps import RatingStep, stars_in_words
from sanchuang_cli.domain.rating.triggers import SatisfactionBelow, Trigger
from sanchuang_cli.domain.rating.verdict import Rating
from sanchuang_cli.judging import Odd
from sanchuang_cli.policy import Citation, Rule


class StarLimit(Rule, title="星级上限"):
    """How many stars an organisation may have at most that meets one of these situations."""

    clause: Citation
    at_most: Stars = Setting(description="最高几星；0 是不得评星")
    when: tuple[Trigger, ...] = Setting(
        min_length=1, description="情形，写法同列入情形；符合一条就限制；不能用 grade 和 stars-below"
    )
    blank: Literal["none", "set-aside"] = Setting(
        default="none",
        description="情形的栏空着（满意率，是没有测评）的：none 算没有这种情形（不写就是它），set-aside 待核实",
    )

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """The situation that is met, in words, "" when none is. Where none is and one cannot be told, that is an error."""
        looked = Odd(odd.doubts, odd.row)
        ours = [situation for situation in self.when if situation.is_for(rating.type)]
        for situation in ours:
            if hit := situation.met(rating, on, looked):
                return f"{situation.name}（{hit}）"
        vague = {finding.place for finding in looked.found}
        for situation in ours:
            for column, heading in _asked(situation):
                if odd.row.place(column) in vague:
                    message = f"“{heading}”写得太略，是否“{situation.name}”说不准，不能据以评星"
                    odd.add("limit-unclear", column, message, self.clause)
                elif self.blank == "set-aside" and _blank(situation, rating, column):
                    message = f"“{odd.row.place(column).heading or heading}”空着，是否“{situation.name}”没有写，不能据以评星"
                    odd.add("limit-blank", column, message, self.clause)
        return ""


_POLL = ("ballots_valid", "有效票")


def _asked(situation: Trigger) -> list[tuple[str, str]]:
    """The fields that say whether it is met, with what they are called."""
    columns = [(field.name, field.heading) for field in situation.columns()]
    return columns or ([_POLL] if isinstance(situation, SatisfactionBelow) else [])


def _blank(situation: Trigger, rating: Rating[Any], column: str) -> bool:
    if isinstance(situation, SatisfactionBelow):
        return rating.satisfaction is None
    return rating.record.more.get(column) is None


def limited(
    earned: int, limits: Iterable[StarLimit], rating: Rating[Any], on: date, odd: Odd
) -> Iterator[RatingStep]:
    """A step for each limit that takes stars away. rating: what is known before there are stars."""
    left = earned
    for limit in limits:
        if left > limit.at_most and (hit := limit.met(rating, on, odd)):
            left = limit.at_most
            capped = f"最高{stars_in_words(left)}" if left else "不得评星"
            yield RatingStep(str(left), f"{hit}，{capped}", limit.clause)
