"""The rules of one run: a policy's blocks put together. What is the same for every row is worked out beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import Field as Setting

from sanchuang_cli.domain.rating.goods import Columns, Good, ScoreSheet, Total
from sanchuang_cli.domain.rating.steps import Grades, Ladder, RatingStep, StarRule
from sanchuang_cli.domain.rating.triggers import Trigger
from sanchuang_cli.domain.rating.types import OrganisationType, type_of
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.policy import Citation, Count, Rule


class NewOrganisations(Rule, title="新成立的组织"):
    """Those that are scored but not rated, because they are too young on the day of judgement."""

    clause: Citation
    years: Count = Setting(description="成立不满几周年的，只评分，不定级、不评星")


@dataclass(eq=False)
class Rules:
    """What rows are rated by.

    document: the document that has the types and the sheets. columns: of each of the goods. triggers: all situations that
    put a row on a list. last_result: what messages call the result of the year before.
    """

    document: str
    types: Sequence[OrganisationType]
    goods: Sequence[Good]
    columns: Sequence[Columns]
    grades: Grades
    stars: StarRule
    veto: Veto
    ladder: Ladder | None
    young: NewOrganisations
    triggers: Sequence[Trigger]
    last_result: str
    sheets: Mapping[str, Sequence[ScoreSheet]] = field(init=False)
    total: Total = field(init=False)

    def __post_init__(self) -> None:
        goods = tuple(zip(self.goods, self.columns, strict=True))
        kinds = ("", *(kind.name for kind in self.types))
        self.sheets = {kind: tuple(ScoreSheet(good, kind, own) for good, own in goods) for kind in kinds}
        self.total = Total(self.goods)
        self._types: dict[str | None, str] = {}
        self._steps: dict[tuple[RatingStep, ...], tuple[RatingStep, ...]] = {}

    def type_of(self, text: str | None) -> str:
        """The type a roster's word means, "" when none."""
        if text not in self._types:
            self._types[text] = type_of(self.types, text)
        return self._types[text]

    def shared(self, steps: tuple[RatingStep, ...]) -> tuple[RatingStep, ...]:
        """The same steps as one value for all rows that took them, which saves memory."""
        return self._steps.setdefault(steps, steps)
