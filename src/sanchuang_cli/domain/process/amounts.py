"""Judges a step that asks for an amount: so many days, or so many hours, such as training before a decision."""

from collections.abc import Iterator
from fractions import Fraction

from pydantic import Field as Setting

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.process.telling import StepTrouble
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import Reason
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Citation, NotNegative, Rule

AMOUNT_DOUBTS = Doubts(
    {
        "short": Doubt(
            Severity.ERROR,
            mend="请核对天数、学时；确实不足的，由党委按规定研究处理，本行不动。",
            brief="天数、学时不足",
        ),
        "days-beyond": Doubt(Severity.WARNING, mend="请对照记录核对起止日期和天数、学时。"),
        "short-unclear": Doubt(Severity.WARNING, mend="请对照记录补填天数、学时。"),
    }
)
_A_DAY = 12
"""Nobody is taught so many lessons on a day: two days for the 24 of the rules are the most that can be meant."""


class EnoughTime(Rule, title="不少于几天或者几学时"):
    """So many days, or so many hours: one of the two is enough."""

    clause: Citation
    days: NotNegative = Setting(description="不少于几天；可以有半天")
    hours: NotNegative = Setting(description="或者不少于几个学时")

    def at_least(self, other: "EnoughTime") -> bool:
        """Whether it asks for no less than the other one."""
        return self.days >= other.days and self.hours >= other.hours

    def __str__(self) -> str:
        return f"不少于 {plain(self.days)} 天或 {plain(self.hours)} 学时"

    def reasons(
        self, step: str, columns: tuple[str, str], days: Fraction | None, hours: Fraction | None
    ) -> Iterator[Reason]:
        """Both figures beside what is asked, where one is given."""
        if days is not None or hours is not None:
            yield Reason(step, self._said(days, hours), self.clause, self._enough(days, hours), columns)

    def troubles(
        self, step: str, field: str, days: Fraction | None, hours: Fraction | None, done: bool
    ) -> Iterator[StepTrouble]:
        """That neither comes up to it; an unclear matter where one of the two is not given. field: the column of the days.
        done: whether the step was done, so that a figure should be there."""
        enough, read = self._enough(days, hours), _read(days, hours)
        if enough or not (done or read):
            return
        code, weight = ("short-unclear", Severity.WARNING) if enough is None else ("short", Severity.ERROR)
        said = f"{step}{' ' * bool(read)}{self._said(days, hours)}"
        yield StepTrouble(code, weight, step, field, said, self.clause, read or "没有填", str(self))

    def _enough(self, days: Fraction | None, hours: Fraction | None) -> bool | None:
        """Whether one of the two comes up to it; None where the one that is not given still may."""
        if (days is not None and days >= self.days) or (hours is not None and hours >= self.hours):
            return True
        return None if days is None or hours is None else False

    def _said(self, days: Fraction | None, hours: Fraction | None) -> str:
        blank = "、".join(name for name, figure in (("天数", days), ("学时", hours)) if figure is None)
        lacking = f"没有填{blank}" if self._enough(days, hours) is None else ""
        return "，".join(filter(None, (_read(days, hours), lacking, f"应{self}")))


def _read(days: Fraction | None, hours: Fraction | None) -> str:
    figures = ((days, "天"), (hours, "学时"))
    return "、".join(f"{plain(figure)} {unit}" for figure, unit in figures if figure is not None)


def beyond_days(
    step: str,
    days: Fraction | None,
    hours: Fraction | None,
    first: VagueDate | None,
    last: VagueDate | None,
) -> Iterator[StepTrouble]:
    """That more is stated than the days from the first to the last can hold. The columns are called days and hours."""
    span = (last.latest - first.earliest).days + 1 if first and last else 0
    if span <= 0:
        return  # a day is not known, or the order of the two is told elsewhere
    within = f"从 {first} 到 {last} 只有 {span} 天"
    if days is not None and days > span:
        said = f"{step} {plain(days)} 天，{within}"
        yield StepTrouble("days-beyond", Severity.WARNING, step, "days", said, "", _read(days, hours), within)
    elif hours is not None and hours > span * _A_DAY:
        said = f"{step} {plain(hours)} 学时，{within}"
        yield StepTrouble(
            "days-beyond", Severity.WARNING, step, "hours", said, "", _read(days, hours), within
        )
