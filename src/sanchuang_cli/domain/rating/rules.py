"""Holds the rules of one run: a policy's blocks put together. What is the same for every row is worked out beforehand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pydantic import Field as Setting

from sanchuang_cli.domain.rating.goods import Columns, Good, GoodScore, ScoreSheet, Total
from sanchuang_cli.domain.rating.indicators import Values
from sanchuang_cli.domain.rating.limits import StarLimit
from sanchuang_cli.domain.rating.steps import Grades, Ladder, RatingStep, StarRule
from sanchuang_cli.domain.rating.triggers import SatisfactionBelow, Trigger
from sanchuang_cli.domain.rating.types import OrganisationType, type_of
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.judging import Odd
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Count, Rule
from sanchuang_cli.record import Field


class NewOrganisations(Rule, title="新成立的组织"):
    """Those that are scored but not rated, because they are too young on the day of judgement."""

    clause: Citation
    years: Count = Setting(description="成立不满几周年的，只评分，不定级、不评星")


@dataclass(eq=False)
class Rules:
    """What rows are rated by; a block that a document has not is None or empty.

    document: the document that has the types and the sheets. columns: of each of the goods. listing: all situations that
    put a row on a list. counted_by_type: whether quotas or shares go by the types. last_result: what messages call the
    result of the year before. of_secretaries: whether it is their secretaries that are rated. days: the columns of dates at
    which the situations look.
    """

    document: str
    types: Sequence[OrganisationType]
    goods: Sequence[Good]
    columns: Sequence[Columns]
    grades: Grades | None
    stars: StarRule | None
    limits: Sequence[StarLimit]
    veto: Veto | None
    ladder: Ladder | None
    young: NewOrganisations | None
    listing: Sequence[Trigger]
    counted_by_type: bool
    last_result: str
    of_secretaries: bool = False
    by_levels: bool = field(init=False)
    triggers: Sequence[Trigger] = field(init=False)
    days: Sequence[Field] = field(init=False)
    polled: str | None = field(init=False)
    sheets: Mapping[str, Sequence[ScoreSheet]] = field(init=False)
    total: Total = field(init=False)

    def __post_init__(self) -> None:
        goods = tuple(zip(self.goods, self.columns, strict=True))
        kinds = ("", *(kind.name for kind in self.types))
        self.by_levels = self.stars is not None and self.stars.model == "levels"
        self.triggers = (*self.listing, *(situation for limit in self.limits for situation in limit.when))
        columns = (column for situation in self.triggers for column in situation.columns())
        self.days = tuple({one.name: one for one in columns if one.kind is Kind.DATE}.values())
        self.polled = self._polled()
        self.sheets = {kind: tuple(ScoreSheet(good, kind, own) for good, own in goods) for kind in kinds}
        self.total = Total(self.goods)
        self._types: dict[str | None, str] = {}
        self._steps: dict[tuple[RatingStep, ...], tuple[RatingStep, ...]] = {}

    def _polled(self) -> str | None:
        """The clause that looks at the satisfaction, None where none does."""
        if self.grades is not None and self.grades.gate is not None:
            return self.grades.gate_clause
        low = (situation for situation in self.triggers if isinstance(situation, SatisfactionBelow))
        return next((situation.clause for situation in low), None)

    def scored(self, kind: str, values: Values, odd: Odd) -> Iterator[tuple[ScoreSheet, GoodScore | None]]:
        """Each sheet for a row of that type, with its score; None where there is none, and an error says why. Of levels, the
        sheets above one that is failed are not looked at; nor are those that are all blank from some level upwards, where
        the policy takes them for not applied for."""
        for stars, level in groupby(self.sheets[kind], key=self._level):
            above = (sheet for sheet in self.sheets[kind] if sheet.good.stars >= stars)
            if self._stops(stars) and all(sheet.blank(values, odd.row.unread) for sheet in above):
                return
            scores = [(sheet, sheet.score(values, odd)) for sheet in level]
            yield from scores
            if self.by_levels and any(score is None or not score.passed for _, score in scores):
                return

    def _level(self, sheet: ScoreSheet) -> int:
        return sheet.good.stars if self.by_levels else 0

    def _stops(self, stars: int) -> bool:
        """Whether a level without scores was not applied for: never the lowest."""
        stops = self.stars is not None and self.by_levels and self.stars.unscored == "stops"
        return stops and stars > self.goods[0].stars

    def type_of(self, text: str | None) -> str:
        """The type a roster's word means, "" when none."""
        if text not in self._types:
            self._types[text] = type_of(self.types, text)
        return self._types[text]

    def shared(self, steps: tuple[RatingStep, ...]) -> tuple[RatingStep, ...]:
        """The same steps as one value for all rows that took them, which saves memory."""
        return self._steps.setdefault(steps, steps)
