"""Works out the score of a row: each good from its indicators or from its own column, and the total of all goods."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, NamedTuple, Self

from msgspec import Struct
from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.exact_numbers import cut, plain, summed
from sanchuang_cli.domain.rating.indicators import NO_BONUS, Indicator, Points, Values
from sanchuang_cli.domain.rating.shared import SharedValues
from sanchuang_cli.judging import Odd
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Exact, NotNegative, Rule
from sanchuang_cli.record import Field

MOST_STARS = 20
"""No document gives more stars than this."""
Stars = Annotated[int, Setting(ge=0, le=MOST_STARS)]
HUNDREDTH = Fraction(1, 100)
"""The precision to which scores are printed."""


class Good(Rule, title="一项（一个好）"):
    """One of the goods: its columns, its weight in the total, and the score that earns its star.

    A bonus adds to the total and is no part of its hundred; where it is blank there is none.
    """

    name: str = Setting(description="这一项的全称，如“领导班子好”")
    heading: str = Setting(description="名册和结果里的栏名，如“领导班子”")
    full: Exact = Setting(default=Fraction(100), gt=0, description="满分，分；不写是 100")
    at_most: Exact | None = Setting(
        default=None, description="连加分至多几分；不写时不超过满分，超过的填错了"
    )
    bonus: bool = Setting(
        default=False, description="true 是加分项：得几分，综合得分就加几分；不得星；空着是不加分"
    )
    weight: Exact | None = Setting(
        default=None, gt=0, description="在综合得分里的权重；各项相对而言，不必合计为 1；不写时按满分"
    )
    passes: Exact | None = Setting(
        default=None, ge=0, description="得星（这一级达标）的分数线，分；达到就得星；不写时这一项不得星"
    )
    passes_for: dict[str, NotNegative] = Setting(default_factory=dict, description="某些类型另用的得星分数线")
    stars: Stars = Setting(default=0, description="model = levels 时：这张评分表达标是几星，如 3")
    clause: Citation
    indicators: tuple[Indicator, ...] = Setting(default=(), description="评分指标；不写时只看名册里的得分")

    def sheet(self, organisation_type: str) -> tuple[Indicator, ...]:
        """The indicators for an organisation of that type."""
        return tuple(i for i in self.indicators if not i.types or organisation_type in i.types)

    @model_validator(mode="after")
    def _more_than_full(self) -> Self:
        if self.at_most is not None and self.at_most < self.full:
            raise ValueError(f"“{self.name}”的 at_most 不应少于满分 {plain(self.full)}")
        if self.bonus and (self.earns or self.weight is not None):
            raise ValueError(f"“{self.name}”是加分项，得几分就加几分，不写 passes、passes_for 和 weight")
        return self

    @property
    def most(self) -> Fraction:
        """The most that it can give."""
        return self.full if self.at_most is None else self.at_most

    @property
    def weighs(self) -> Fraction:
        """Its weight in the total."""
        return self.full if self.weight is None else self.weight

    @property
    def earns(self) -> bool:
        """Whether it earns a star, at least for rows of some type."""
        return self.passes is not None or bool(self.passes_for)

    def passes_as(self, kind: str) -> Fraction | None:
        """The score that earns the star of a row of type `kind`, None where it earns none."""
        return self.passes_for.get(kind, self.passes)

    def fields(self, columns: "Columns") -> tuple[Field, ...]:
        """The roster columns that the policy adds for it: its own two, and those of its indicators.

        The first of its own goes by the good's name, too. A blank roster does not ask for the indicators' columns, because
        a roster that has the scores does without them; it says that they may be added.
        """
        assessed, given = columns.own
        title = columns.before.rpartition("/")[0]
        names = (
            *(self.heading, self.name, f"{self.heading}得分"),
            *(columns.before, f"{title}/{self.name}"),
        )
        also = (f"{self.heading}自评分",)
        return (
            Field(assessed, Kind.SCORE, aliases=names, maximum=self.most, name=assessed),
            Field(given, Kind.SCORE, aliases=also, maximum=self.most, name=given),
            *(replace(field, asked=False) for each in self.indicators for field in each.columns()),
        )


class Columns(NamedTuple):
    """Where a roster has a good's own scores.

    own: the headings in their order, such as 评定分/领导班子. first: the index of the one that counts first. before: the
    heading of its score in the result of the year before. clause: why that one counts first.
    """

    own: tuple[str, ...]
    first: int
    before: str
    clause: str

    @property
    def counting(self) -> tuple[str, ...]:
        """The headings, the one that counts first before the others."""
        return self.own[self.first], *self.own[: self.first], *self.own[self.first + 1 :]


class ScoreLine(Struct, frozen=True, eq=False, gc=False):
    """One line of a score: an indicator or the good's own column, where it was read, and what it gave."""

    what: str
    column: str
    points: Points
    clause: str


class GoodScore(Struct, frozen=True, eq=False, gc=False):
    """A good's score out of `good.full`, the lines that add up to it, and the score that passes for this type, if any.

    missing: how many points it is short of its star, 0 when it has the star.
    """

    good: Good
    lines: tuple[ScoreLine, ...]
    score: Fraction
    passes: Fraction | None
    passed: bool
    missing: Fraction


class ScoreSheet:
    """A good as it is scored for rows of one type.

    Rows with equal cells share their lines and their score, because many rows of a county have equal cells.
    """

    def __init__(self, good: Good, kind: str, columns: Columns) -> None:
        self.good, self.columns = good, columns
        self.passes = good.passes_as(kind)
        self.counting = columns.counting
        self.indicators = tuple(
            (indicator, tuple(column.name for column in indicator.columns()))
            for indicator in good.sheet(kind)
        )
        self.reads = tuple(name for _, names in self.indicators for name in names)
        self._given = SharedValues(self._of_given)
        self._lines = SharedValues(self._line)
        self._scores = SharedValues(self._score)

    def score(self, values: Values, odd: Odd) -> GoodScore | None:
        """The score from the indicators where one of them is filled in, otherwise from the good's own column. None, with
        an error, where neither gives one."""
        stated = self._stated(values, odd)
        if self.by_indicators(values):
            return self._from_indicators(values, stated, odd)
        if stated is None and self.good.bonus:
            return self._given[self.counting[0], 0, 1, NO_BONUS]
        if stated is None:
            self._without_score(odd)
            return None
        column, score = stated
        return self._given[column, *score.as_integer_ratio(), "按所填得分"]

    def _without_score(self, odd: Odd) -> None:
        """The error that there is no score, at the first cell that says so in words such as /, if one does."""
        own = self.columns.own
        written = {column: text for column in (*own, *self.reads) if (text := odd.row.written(column))}
        told = "、".join(f"{column.split('/')[0]}写的是“{text}”" for column, text in written.items())
        kinds = "、".join(column.split("/")[0] for column in own)
        message = f"{told}，等于没有填" if told else f"{kinds}和指标都是空白"
        at = next(iter(written), own[0])
        odd.add("no-score", at, f"“{self.good.name}”没有得分：{message}", self.good.clause)

    def blank(self, values: Values, unread: Sequence[str]) -> bool:
        """Whether nothing is filled in from which its score could come. unread: columns that have what nobody could read."""
        columns = (*self.counting, *self.reads)
        return all(values.get(column) is None and column not in unread for column in columns)

    def by_indicators(self, values: Values) -> bool:
        """Whether the score comes from the indicators: one of them is filled in."""
        return any(values.get(column) is not None for column in self.reads)

    def _stated(self, values: Values, odd: Odd) -> tuple[str, Fraction] | None:
        """The own column that counts, and its score: the first one, otherwise the other one with a warning."""
        first = self.counting[0]
        for column in self.counting:
            score = values.get(column)
            if score is None:
                continue
            if column != first:
                wanted, used = (c.split("/")[0] for c in (first, column))
                message = f"“{self.good.name}”没有{wanted}，按{used} {cut(score)} 计"
                odd.add("other-score-used", first, message, self.columns.clause)
            return column, score
        return None

    def _from_indicators(
        self, values: Values, stated: tuple[str, Fraction] | None, odd: Odd
    ) -> GoodScore | None:
        """The sum of the indicators, with a warning where the good's own column says something else."""
        lines = []
        for at, (indicator, columns) in enumerate(self.indicators):
            line = self._lines[at, *map(values.get, columns)]
            if line is None:
                self._without_points(indicator, columns, values, odd)
            else:
                lines.append(line)
        if len(lines) < len(self.indicators):
            return None
        score = self._scores[tuple(lines)]
        if stated is not None and stated[1] != score.score:
            message = (
                f"“{self.good.name}”所填 {cut(stated[1])} 分，各项指标相加是 {cut(score.score)} 分，按指标计"
            )
            odd.add("good-not-sum", stated[0], message, self.good.clause)
        return score

    def _without_points(self, indicator: Indicator, columns: Sequence[str], values: Values, odd: Odd) -> None:
        """The error that an indicator gives no points: figures that cannot both be true, or the first cell that is blank."""
        of, clause = f"“{self.good.name}”的指标", indicator.clause or self.good.clause
        if amiss := indicator.at_odds(values):
            odd.add("indicator-at-odds", amiss[0], f"{of}{amiss[1]}", clause)
            return
        column = next(name for name in columns if values.get(name) is None)
        written = odd.row.written(column)
        said = f"写的是“{written}”，等于没有填" if written else "是空白"
        odd.add("indicator-blank", column, f"{of}“{column}”{said}，其他指标已填", clause)

    def _of_given(self, column: str, top: int, bottom: int, how: str) -> GoodScore:
        good, score = self.good, Fraction(top, bottom)
        line = ScoreLine(good.name, column, Points(score, good.full, how), good.clause)
        return self._passing((line,), score)

    def _line(self, at: int, *cells: object) -> ScoreLine | None:
        """The line of an indicator for its cells, None where a cell is blank that it needs."""
        indicator, columns = self.indicators[at]
        points = indicator.score(dict(zip(columns, cells, strict=True)))
        if points is None:
            return None
        column = _read_from(indicator, columns, cells)
        return ScoreLine(indicator.heading, column, points, indicator.clause or self.good.clause)

    def _score(self, *lines: ScoreLine) -> GoodScore:
        """The sum of the lines, at most the most that the good can give."""
        return self._passing(lines, min(summed(line.points.got for line in lines), self.good.most))

    def _passing(self, lines: tuple[ScoreLine, ...], score: Fraction) -> GoodScore:
        missing = Fraction(0) if self.passes is None else max(self.passes - score, Fraction(0))
        passed = self.passes is not None and not missing
        return GoodScore(self.good, lines, score, self.passes, passed, missing)


def _read_from(indicator: Indicator, columns: Sequence[str], cells: Iterable[object]) -> str:
    """The first of an indicator's columns that is filled in: findings and pages name its cell."""
    return next((c for c, cell in zip(columns, cells, strict=True) if cell is not None), indicator.heading)


class Total:
    """综合得分: the weighted mean of the goods in hundredths of their full score, and the bonuses on top of it. how: that, in
    words."""

    def __init__(self, goods: Sequence[Good]) -> None:
        weights = sum((good.weighs for good in goods if not good.bonus), Fraction(0))
        self._factors = [
            Fraction(1) if good.bonus else good.weighs * 100 / (good.full * weights) for good in goods
        ]
        self.how = "各项加权平均" + ("，另加加分" if any(good.bonus for good in goods) else "")
        self._shares = SharedValues(lambda at, top, bottom: self._factors[at] * Fraction(top, bottom))

    def of(self, scores: Sequence[Fraction]) -> Fraction:
        """From a score for each good, in the policy's order."""
        return summed(self._shares[at, *score.as_integer_ratio()] for at, score in enumerate(scores))


def differing(total: Fraction, stated: Fraction | None, odd: Odd) -> None:
    """A warning where a total is printed that differs from the one worked out."""
    if stated is not None and abs(stated - total) > HUNDREDTH:
        message = f"表上综合得分 {cut(stated)}，各项计得 {cut(total)}，按计得的算"
        odd.add("total-differs", "stated_total", message, "综合得分＝各项得分的加权平均")
