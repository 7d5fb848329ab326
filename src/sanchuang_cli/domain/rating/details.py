"""Makes the page 得分明细: each indicator as written, its points and clause, and the steps to the stars and the grade.

The page of all rows and what `explain` says of one row are made of the same lines. Nothing is judged again here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sanchuang_cli.domain.rating.goods import GoodScore
from sanchuang_cli.domain.rating.rules import Rules
from sanchuang_cli.domain.rating.verdict import R, Rating
from sanchuang_cli.finding import Place, column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Lines
from sanchuang_cli.record import Row
from sanchuang_cli.table import Value


class Detail(NamedTuple):
    """A line of the page: something that was read or decided, with its clause and the place of its cell."""

    township: str
    name: str
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
_NO_STAR: tuple[None, None] = (None, None)
"""What stands in the columns of a good's star on a line that has none."""
COLUMNS = (
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


class DetailLine(NamedTuple):
    """The part of a line that is the same for all rows of a table with that score.

    before, after: the fields that stand before and after the cell as written. where: the words before and behind the
    row's number in the place of the cell.
    """

    column: str
    before: tuple[str, str]
    after: tuple[Value, Value, str, str | None, Value, str]
    where: tuple[str, str] = ("", "")


class Details:
    """The lines of ratings. There are millions of them, so what rows of equal score share is made once for each table."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._alike: dict[tuple[int, GoodScore], list[DetailLine]] = {}

    def lines(self, rating: Rating[R]) -> list[Line]:
        """The lines of the goods and the total, and the steps to the grade and to the stars."""
        rules, who = self._rules, rating.record.key
        lines = self._of_goods(rating, who)
        if rating.total is not None:
            total, how = rating.total, rules.total.how
            lines.append(Detail(*who, "综合得分", points=total, how=how, clause=rules.document))
        for step in rating.grade_steps:
            lines.append(Detail(*who, "等次", step.result, how=step.why, clause=step.clause))
        for step in rating.star_steps:
            lines.append(Detail(*who, "星级", f"{step.result} 星", how=step.why, clause=step.clause))
        if rating.unrated and rules.young:
            lines.append(Detail(*who, "不定级", how=rating.unrated, clause=rules.young.clause))
        return lines

    def _of_goods(self, rating: Rating[R], who: tuple[str, str]) -> list[Line]:
        row = rating.record.row
        number, written, table = row.number, row.written, id(row.source)
        lines: list[Line] = []
        for score in rating.goods:
            key = table, score
            alike = self._alike.get(key) or self._alike.setdefault(key, list(self._of_score(score, row)))
            for column, before, after, (front, behind) in alike:
                if column:
                    place = f"{front}{number}{behind}"
                    lines.append((*who, *before, written(column), *after, place))
                else:
                    lines.append((*who, *before, None, *after, None))
        return lines

    def _of_score(self, score: GoodScore, row: Row) -> Iterator[DetailLine]:
        """The lines of a good. Where there are several, their sum follows, and the star stands beside the sum."""
        good, lines = score.good, score.lines
        star: tuple[str | None, Value] = _NO_STAR
        if self._rules.stars and self._rules.stars.model != "total-bands" and score.passes is not None:
            star = ("★" if score.passed else "—", score.missing)
        alone = star if len(lines) == 1 else _NO_STAR
        for line in lines:
            got, full, how = line.points.got, line.points.full, line.points.how
            after = (got, full, how, *alone, line.clause)
            yield DetailLine(line.column, (good.name, line.what), after, _around(row.place(line.column)))
        if len(lines) > 1:
            subtotal = (score.score, good.full, "各项指标相加", *star, good.clause)
            yield DetailLine("", (good.name, "小计"), subtotal)


def _around(place: Place) -> tuple[str, str]:
    """What stands before and behind the row's number where a place is spelt out."""
    before = " ".join(filter(None, (place.book, place.sheet, column_letters(place.column) or "第")))
    return before, str(place).removeprefix(f"{before}{place.row}")


DETAILS = Lines(
    "得分明细",
    "得分明细",
    line=Detail,
    columns=("township", "name", *COLUMNS),
    made=lambda whole: Details(whole.at.ready.rules).lines,
    detail=True,
)
