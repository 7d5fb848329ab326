"""The roster of members who are to be trained, and what a year of theirs came to."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, NamedTuple

from sanchuang_cli.domain.exact_numbers import plain, summed
from sanchuang_cli.domain.people import MEMBERSHIP, Day, Person
from sanchuang_cli.domain.study.attendance import Attendance
from sanchuang_cli.domain.study.policy import CourseTerm, HoursStandard, ScoreGrade
from sanchuang_cli.judging import Verdict
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field

MET, SHORT, EXEMPT, OUTSIDE = PARTS = ("达标", "未达标", "免训", "不考核")
_NONE = Fraction(0)


class Trainee(Person, frozen=True, kw_only=True):
    """A row of the roster of members. The words for kind, role and review are the policy's."""

    heeds = MEMBERSHIP
    village: Annotated[str, Field("村", asked=False)] = ""
    branch: Annotated[
        str, Field("支部", required=True, aliases=("党支部", "所在党支部"), example="示例村党支部")
    ]
    kind: Annotated[str, Field("单位类别", Kind.CHOICE, required=True, aliases=("单位类型",))]
    role: Annotated[str, Field("身份", Kind.CHOICE, required=True, aliases=("人员身份",))]
    joined: Annotated[Day, Field("入党日期", Kind.DATE)] = None
    came: Annotated[Day, Field("转入日期", Kind.DATE, aliases=("转入时间",))] = None
    left: Annotated[Day, Field("转出日期", Kind.DATE, aliases=("转出时间",), ahead=True)] = None
    appointed: Annotated[
        Day, Field("任职日期", Kind.DATE, aliases=("任职时间", "任现职日期"), ahead=True)
    ] = None
    relieved: Annotated[Day, Field("离任日期", Kind.DATE, aliases=("离任时间",), ahead=True)] = None
    exempt: Annotated[str, Field("免训决定", aliases=("免训文号",), note="免训的填决定的文号")] = ""
    reported: Annotated[Day, Field("述学日期", Kind.DATE, aliases=("述学时间",))] = None
    review: Annotated[str, Field("评学等次", Kind.CHOICE, aliases=("评学结果",))] = ""


class ExamResult(NamedTuple):
    """A test that counts. grade: None where the document grades none."""

    record: Trainee
    row: Attendance
    grade: ScoreGrade | None

    @property
    def score(self) -> Fraction:
        return self.row.score or _NONE

    @property
    def failed(self) -> bool:
        return self.grade is not None and self.grade.failed

    @property
    def said(self) -> str:
        """The score, with its grade."""
        return f"{plain(self.score)} 分" + (f"，{self.grade.name}" if self.grade else "")


class TermOfOne(NamedTuple):
    """By when somebody had to be at a 集中培训, and the first that counts for it."""

    term: CourseTerm
    latest: VagueDate
    done: VagueDate | None


class Training(Verdict[Trainee], frozen=True, kw_only=True, eq=False):
    """A member's year. hours: by method, as far as they count. carried: from the year before. standard: None where nothing
    is asked. courses: of 集中培训. ever: all hours since the records begin. last_course: the day of the latest 集中培训.
    waiting: rows of attendance that do not count because something is wrong with them."""

    hours: Mapping[str, Fraction]
    carried: Fraction = _NONE
    standard: HoursStandard | None = None
    courses: int = 0
    tests: tuple[ExamResult, ...] = ()
    terms: tuple[TermOfOne, ...] = ()
    over: Fraction = _NONE
    ever: Fraction = _NONE
    last_course: VagueDate | None = None
    waiting: int = 0

    @property
    def own(self) -> Fraction:
        """The hours of the year itself."""
        return summed(self.hours.values())

    @property
    def total(self) -> Fraction:
        """What is held against the standard."""
        return self.own + self.carried

    @property
    def required(self) -> Fraction | None:
        return self.standard.hours if self.standard else None

    @property
    def lacking(self) -> Fraction:
        """The hours that are lacking; nought where nothing is asked."""
        return max(_NONE, (self.required or _NONE) - self.total)

    @property
    def lacking_courses(self) -> int:
        return max(0, self.standard.courses - self.courses) if self.standard else 0

    @property
    def failed(self) -> list[ExamResult]:
        return [test for test in self.tests if test.failed]
