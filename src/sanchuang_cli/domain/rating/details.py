"""得分明细: each indicator as written with its points and clause, then how the stars and the grade came.

The same lines make the page of all rows and what `explain` says of one; nothing is judged again.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sanchuang_cli.domain.rating.goods import GoodScore
from sanchuang_cli.domain.rating.rules import Rules
from sanchuang_cli.domain.rating.shared import Shared
from sanchuang_cli.domain.rating.steps import Step
from sanchuang_cli.domain.rating.verdict import Rating
from sanchuang_cli.finding import Place, column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Lines
from sanchuang_cli.record import Row
from sanchuang_cli.table import Value


class Detail(NamedTuple):
    """A line for something that was read or decided."""

    good: str
    what: str | None = None
    written: str | None = None
    points: Value = None
    full: Value = None
    how: str | None = None
    star: str | None = None
    missing: Value = None
    clause: str | None = None
    place: str | None = None


Line = tuple[Value, ...]
"""The fields of a Detail. It need not be one: they are made by the million."""
Before = tuple[str, str]
"""From `good` to `what`."""
After = tuple[Value, Value, str, str | None, Value, str]
"""From `points` to `clause`."""
_NO_STAR: tuple[None, None] = (None, None)
"""What stands in the columns of a good's star on a line that has none."""
TOLD = (
    Col("good", "项目"),
    Col("what", "指标"),
    Col("written", "表上所填"),
    Col("points", "得分", Kind.SCORE),
    Col("full", "满分", Kind.SCORE),
    Col("how", "算法", wide=True),
    Col("star", "得星"),
    Col("missing", "距得星还差", Kind.SCORE),
    Col("clause", "依据", wide=True),
    Col("place", "出处", wide=True),
)


class Details:
    """The lines of ratings. What rows of equal score have alike is put together once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._scored = Shared(self._of_score)
        self._around: dict[tuple[int, str], tuple[str, str]] = {}

    def lines(self, rating: Rating[Any]) -> list[Line]:
        """Those of the goods, the total, and the steps to the grade and to the stars."""
        rules = self._rules
        found = [*self._of_goods(rating)]
        found.append(Detail("综合得分", points=rating.total, how="各项加权平均", clause=rules.document))
        found += [decided("等次", step) for step in rating.grade_steps]
        found += [decided("星级", step, " 星") for step in rating.star_steps]
        if rating.unrated:
            found.append(Detail("不定级", how=rating.unrated, clause=rules.young.clause))
        return found

    def _of_goods(self, rating: Rating[Any]) -> Iterator[Line]:
        row = rating.record.row
        for score in rating.goods:
            for column, before, after in self._scored[(score,)]:
                if column:
                    yield *before, row.written(column), *after, self._place(row, column)
                else:
                    yield *before, None, *after, None

    def _of_score(self, score: GoodScore) -> list[tuple[str, Before, After]]:
        """The lines of a good, and their sum where there are several, which has the star then: the column that each was
        read from, what stands before what is written there, and what after."""
        good, lines = score.good, score.lines
        star: tuple[str | None, Value] = _NO_STAR
        if self._rules.stars.model == "per-good":
            star = ("★" if score.passed else "—", score.missing)
        alone = star if len(lines) == 1 else _NO_STAR
        found: list[tuple[str, Before, After]] = []
        for line in lines:
            got, full, how = line.points.got, line.points.full, line.points.how
            found.append((line.column, (good.name, line.what), (got, full, how, *alone, line.clause)))
        if len(lines) > 1:
            whole = (score.score, good.full, "各项指标相加", *star, good.clause)
            found.append(("", (good.name, "小计"), whole))
        return found

    def _place(self, row: Row, column: str) -> str:
        """The same as str(row.place(column)), of which only the number differs between rows of a table."""
        cell = id(row.source), column
        before, behind = self._around.get(cell) or self._around.setdefault(cell, _around(row.place(column)))
        return f"{before}{row.number}{behind}"


def _around(place: Place) -> tuple[str, str]:
    """What stands before and behind the row's number where a place is spelt out."""
    before = " ".join(filter(None, (place.book, place.sheet, column_letters(place.column) or "第")))
    return before, str(place).removeprefix(f"{before}{place.row}")


def decided(good: str, step: Step, unit: str = "") -> Detail:
    """The line of a step; unit: what follows its result."""
    return Detail(good, f"{step.result}{unit}", how=step.why, clause=step.clause)


DETAILS = Lines(
    "得分明细",
    "得分明细",
    who=("township", "name"),
    line=Detail,
    columns=TOLD,
    made=lambda whole: Details(whole.at.ready.rules).lines,
)
