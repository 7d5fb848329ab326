"""What a member studied beside what the document asks: one verdict for each row of the roster."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from sanchuang_cli.domain.exact_numbers import operand, plain, summed
from sanchuang_cli.domain.study import attendance
from sanchuang_cli.domain.study.attendance import Sheets
from sanchuang_cli.domain.study.exempting import decision
from sanchuang_cli.domain.study.policy import StudyPolicy, in_words
from sanchuang_cli.domain.study.records import EXEMPT, MET, OUTSIDE, SHORT, Trainee, Training
from sanchuang_cli.domain.study.year import carried_on, year_of
from sanchuang_cli.finding import Doubt, Doubts, Severity, UserError
from sanchuang_cli.judging import At, Odd, Reason
from sanchuang_cli.period import Period, VagueDate

TRAINEES, SHEETS = "trainees", "attendance"
_W, _E, _YEAR = Severity.WARNING, Severity.ERROR, 12

DOUBTS = Doubts(
    {
        **attendance.DOUBTS,
        "unread": Doubt(
            _E,
            "看不懂的不当作空白，也不据以下结论",
            "请改成规定的写法（确实没有就留空）；登记的人没有参加的，请删去这一行。",
            "有一格读不懂",
        ),
        "exempt-open": Doubt(
            _E, "免训要有决定", "批准了的请填文号；没有批准、还没有定的请留空。", "免训决定看不出批准没有"
        ),
        "exempt-for-another-year": Doubt(
            _E, "免训要有决定", "请填本年的决定的文号；没有的请留空。", "免训决定是别的年度的"
        ),
        "exempt-of-another-year": Doubt(_W, "免训要有决定", "请核实决定管到哪一年；不管本年的请留空。"),
        "role-relieved": Doubt(
            _E,
            mend="请改成这一年的身份；离任后又任职的，请填任职日期。",
            brief="离任在本年以前，身份还是原来的",
        ),
        "appointed-again": Doubt(_W, mend="按离任以后又任职算；两个日期填反了的，请改正。"),
        "year-vague": Doubt(_E, mend="请把日期写到日；本行待核实，没有列入。", brief="是否满全年说不准"),
        "rows-wait": Doubt(_W, mend="请先改正那些行；改正以后学时可能不同。"),
        "not-carried": Doubt(_W, mend="请用 --previous 给出上年的结果；上年结转的还没有算入。"),
        "term-missed": Doubt(_W, mend="请尽快安排；已经参加的，请补报学时登记。"),
        "term-late": Doubt(_W, mend="过了期限才参加，请核实日期。"),
        "not-reviewed": Doubt(_W, mend="请补填述学日期、评学等次。"),
    }
)


def ready(at: At[StudyPolicy]) -> Sheets:
    """The sheets put to the roster. Raises UserError for a period that is no calendar year."""
    period = at.occasion.period
    if (period.start.month, period.months) != (1, _YEAR):
        year = period.start.year
        raise UserError(f"学时按年考核，{period.title}不是一整年。请用 --period {year} 重新运行。")
    return attendance.read(at, TRAINEES, SHEETS)


def judge(who: Trainee, at: At[StudyPolicy], odd: Odd) -> Training | None:
    """Exempt, there for a part of the year only, or held against the standard of the class."""
    exempt = _exempt(who, at, odd)
    decided = Reason("免训", f"决定：{who.exempt}", at.policy.exempt_clause, None, ("exempt",))
    reasons = [decided] if exempt else [*_part_of_year(who, at, odd)]
    if odd.grave:
        return None
    made = year_of(who, at.ready.members[id(who.row)], at)
    judged = not exempt and not reasons and made.standard is not None
    part = _stands(made) if judged else EXEMPT if exempt else OUTSIDE
    _tell(made, exempt, at, odd)
    reasons += [*_hours(made, at), *_against(made, at)]
    over = carried_on(made, at.policy.carried) if judged else Fraction(0)
    return replace(made, part=part, reasons=tuple(reasons), over=over)


def _exempt(who: Trainee, at: At[StudyPolicy], odd: Odd) -> bool:
    """Whether a decision exempts. What leaves it open, or was made for another year alone, sets the row aside."""
    said, year, clause = decision(who.exempt), at.occasion.period.start.year, at.policy.exempt_clause
    called = f"{who.name}：免训决定“{who.exempt}”"
    if said.says == "open":
        odd.add("exempt-open", "exempt", f"{called}看不出批准没有", clause)
    elif said.only and year not in said.only:
        odd.add("exempt-for-another-year", "exempt", f"{called}不是 {year} 年度的", clause)
    elif said.years and year not in said.years:
        odd.add("exempt-of-another-year", "exempt", f"{called}没有写到 {year} 年，按还管着算", clause)
    return said.says == "yes"


_PARTLY: Mapping[str, tuple[str, Callable[[date, Period], bool]]] = {
    "joined": ("入党", lambda day, year: day > year.first),
    "came": ("转入", lambda day, year: day > year.first),
    "appointed": ("任职", lambda day, year: day > year.first),
    "left": ("转出", lambda day, year: day < year.last),
    "relieved": ("离任", lambda day, year: year.first <= day < year.last),
}
"""By field of the roster, when somebody was there for a part of the year only."""
_BACK = {"left": "came", "relieved": "appointed"}
"""What ends, and what may come after it again."""


def _part_of_year(who: Trainee, at: At[StudyPolicy], odd: Odd) -> Iterator[Reason]:
    """Why the year is not whole. A day that leaves it open sets the row aside."""
    year, clause, in_post = at.occasion.period, at.policy.part_year_clause, at.policy.in_post(who.role)
    _relieved(who, at, odd)
    for name, (word, partly) in _PARTLY.items():
        day: VagueDate | None = getattr(who, name)
        if day is None or (name == "appointed" and not in_post):
            continue
        if at.occasion.on < day.earliest <= year.last:
            odd.add("not-yet", name, f"{who.name}：{word} {day} 在判定日 {at.occasion.on} 以后")
        back = getattr(who, _BACK.get(name, ""), None) if name != "relieved" or in_post else None
        again = back is not None and _began_again(day, back)
        if again:
            continue
        answers = {partly(end, year) for end in day}
        if len(answers) > 1 or again is None:
            odd.add("year-vague", name, f"{who.name}：{word} {day}，{year.title}是否满全年说不准", clause)
        elif True in answers:
            yield Reason("全年", f"{word} {day}，{year.title}不满全年", clause, False, (name,))


def _began_again(end: VagueDate, back: VagueDate) -> bool | None:
    """Whether what ended began again, None where the two days do not tell which is the later."""
    return True if back.earliest >= end.latest else None if back.latest > end.earliest else False


def _relieved(who: Trainee, at: At[StudyPolicy], odd: Odd) -> None:
    """Whoever was relieved before the year does not hold the post any more, unless he was appointed again."""
    end, back, year = who.relieved, who.appointed, at.occasion.period
    if end is None or not at.policy.in_post(who.role):
        return
    if back and _began_again(end, back):
        odd.add("appointed-again", "appointed", f"{who.name}：任职日期 {back} 在离任日期 {end} 以后")
    elif end.latest < year.first and not (back and _began_again(end, back) is None):
        said = f"{who.name}：身份是{who.role}，{end} 已离任，{year.title}是什么身份说不准"
        odd.add("role-relieved", "role", said, at.policy.part_year_clause)


def _stands(made: Training) -> str:
    return SHORT if made.lacking or made.lacking_courses or made.failed else MET


def _tell(made: Training, exempt: bool, at: At[StudyPolicy], odd: Odd) -> None:
    """What is odd about a member whose row is sound."""
    who, review, on = made.record, at.policy.review, at.occasion.on
    if made.waiting:
        odd.add("rows-wait", "name", f"{who.name}：另有 {made.waiting} 行学时登记有错，没有计入")
    if review and who.role in review.roles and not (exempt or (who.reported and who.review)):
        odd.add("not-reviewed", "review", f"{who.name}：述学日期、评学等次没有填全", review.clause)
    for due in () if exempt else made.terms:
        limit = f"{who.name}：{due.term.name}应在 {due.latest} 以前"
        if due.done and due.done.earliest > due.latest.latest:
            odd.add("term-late", "name", f"{limit}，{due.done} 才参加", due.term.clause)
        elif not due.done and due.latest.latest < on:
            alone = "" if at.before is not None else "（没有给出上年的结果，只看了这次的登记）"
            odd.add("term-missed", "name", f"{limit}，没有登记{alone}", due.term.clause)


def _hours(made: Training, at: At[StudyPolicy]) -> Iterator[Reason]:
    """The hours by method, with the arithmetic and the rows of the sheets on which they rest."""
    year, until = at.occasion.period.start.year, min(at.occasion.on, at.occasion.period.last)
    sessions = at.ready.members[id(made.record.row)].sessions
    for name, hours in made.hours.items():
        own = [(one.row, one.within(year, until)) for one in sessions if one.method.name == name]
        own = [(row, part) for row, part in own if part]
        total = summed(part for _, part in own)
        said = f"{' + '.join(operand(part) for _, part in own)} = {operand(total)} 学时"
        said += f"，计 {in_words(hours)}" if hours < total else ""
        yield Reason(name, said, at.policy.hours.clause, None, (), tuple(row for row, _ in own))


def _against(made: Training, at: At[StudyPolicy]) -> Iterator[Reason]:
    """The standard, as far as there is one, and the tests."""
    who, standard, policy = made.record, made.standard, at.policy
    if made.carried and policy.carried:
        yield Reason("上年结转", policy.carried.said(made.carried), policy.carried.clause)
    if standard is None:
        yield Reason(
            "学时标准", f"{who.kind}、{who.role}没有标准，只登记学时", policy.document, None, ("kind", "role")
        )
    else:
        lacks = f"，差 {in_words(made.lacking)}" if made.lacking else ""
        said = f"{who.kind}、{who.role}：{in_words(made.total)} 学时，应学 {plain(standard.hours)}{lacks}"
        yield Reason("学时标准", said, standard.clause, not made.lacking, ("kind", "role"))
    if standard and standard.courses:
        said = f"{made.courses} 次，至少 {standard.courses} 次"
        yield Reason("集中培训", said, standard.clause, not made.lacking_courses)
    for test in made.tests:
        clause = policy.tests.clause if policy.tests else ""
        yield Reason("考试", f"“{test.row.course}”{test.said}", clause, not test.failed, (), (test.row,))
