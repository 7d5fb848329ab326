"""免费体检: which secretaries of village party organisations are due for a check-up, who went, and what it cost.

It never reads the columns that hold what the doctors found.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import Annotated

from pydantic import Field as Setting

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.payroll.borne import payer_measures
from sanchuang_cli.domain.people import IN_OFFICE, Person
from sanchuang_cli.domain.posts import PostList, listed, office
from sanchuang_cli.domain.words import STILL, narrow
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Verdict, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import fen, yuan
from sanchuang_cli.page import Col, Page, Post, told_in
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import Citation, Number, Policy, Rule, Yuan
from sanchuang_cli.posting import Posting
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Wanted
from sanchuang_cli.summary import Measure, Summary

WENT, ABSENT, NOT_DUE, OUTSIDE = PARTS = ("已体检", "未体检", "本期不应检", "不属体检对象")
_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请核实改正后重新运行；本行待核实，没有列入。"

DOUBTS = Doubts(
    {
        "post-unknown": Doubt(_E, "", "请改成政策所列的职务，或在政策的 posts、others 里加上这种写法。", "职务不在政策所列之内"),
        "post-vague": Doubt(_E, "体检当日须在任", _AGAIN, "体检当日是否在任说不准"),
        "ends-before-start": Doubt(_E, "任职终止不早于任职起始", _AGAIN, "任职终止早于任职起始"),
        "last-not-before": Doubt(_E, "", "本期的体检请填在“体检日期”，“上次体检日期”填以前的那一次。", "上次体检日期不早于本期"),
        "last-unclear": Doubt(_E, mend=_AGAIN, brief="上次体检日期不详，是否应检说不准"),
        "last-unknown": Doubt(_W, "每几年一次", "以前体检过的，请填“上次体检日期”。"),
        "self-paid": Doubt(_W, mend="本人自费的不算在内的，请在“上次体检日期”填列支的那一次。"),
        "went-unclear": Doubt(_E, "是否参检、体检日期、费用要一致", _AGAIN, "是否参检与体检日期、费用对不上"),
        "day-outside": Doubt(_E, "体检日期在本期之内", _AGAIN, "体检日期不在本期"),
        "edition-unclear": Doubt(_E, "按体检当日的一版", "请把体检日期写到日；那时没有版本的，请在政策里补上。", "按哪一版政策说不准"),
        "over-quota": Doubt(_W, "一天的体检人数不超过名额", "请核对体检日期，或与体检机构商定增加名额。"),
        "no-reason": Doubt(_W, "未参检的要写明原因", "请补填未检原因。"),
        "package-differs": Doubt(_W, "套餐按身份证号的性别", "请核实做的是哪一种套餐。"),
        "over-cap": Doubt(_W, mend="超出部分由本人负担；经批准列支的，请改政策的 package。"),
        "last-this-period": Doubt(_W, mend="这一次如果是本期的体检，请填在“体检日期”，并填费用。"),
        "not-due": Doubt(_W, "没有到期的不列支", "确应列支的，请核实上次体检日期。"),
    }
)  # fmt: skip

ANSWERS = {"是": ("已检", "参检", "已参检", "已体检"), "否": ("未检", "未参检", "未体检", "缺检")}
PACKAGES = {sex: tuple(sex + word for word in ("性", "款", "套餐", "性套餐")) for sex in "男女"}


class Secretary(Person, frozen=True, kw_only=True):
    """A row of the roster of check-ups."""

    heeds = IN_OFFICE
    post: Annotated[str, Field("职务", required=True, example="村党支部书记", heard=True)]
    started: Annotated[VagueDate, Field("任职起始", Kind.DATE, required=True, ahead=True)]
    ended: Annotated[VagueDate | None, Field("任职终止", Kind.DATE, ahead=True, none=STILL)] = None
    last: Annotated[VagueDate | None, Field("上次体检日期", Kind.DATE)] = None
    went: Annotated[bool | None, Field("是否参检", Kind.FLAG, choices=ANSWERS, note="空白看体检日期")] = None
    day: Annotated[VagueDate | None, Field("体检日期", Kind.DATE, headed=True)] = None
    hospital: Annotated[str, Field("体检机构")] = ""
    package: Annotated[str, Field("套餐", Kind.CHOICE, choices=PACKAGES, idle=True)] = ""
    cost: Annotated[int | None, Field("费用", Kind.MONEY, aliases=("体检费", "体检费用"))] = None
    reason: Annotated[str, Field("未检原因", idle=True, heard=True)] = ""
    again: Annotated[VagueDate | None, Field("复查日期", Kind.DATE, ahead=True, idle=True)] = None


class HospitalDay(Entry, frozen=True, kw_only=True):
    """How many people a hospital can see on a day."""

    hospital: Annotated[str, Field("体检机构", required=True)]
    day: Annotated[VagueDate, Field("日期", Kind.DATE, True, ("体检日期", "体检时间", "安排日期"), ahead=True)]  # fmt: skip
    quota: Annotated[int, Field("名额", Kind.COUNT, True, ("每日名额", "可检人数"))]


class Interval(Rule, title="几年一次"):
    """A check-up every so many calendar years."""

    clause: Citation
    years: Number = Setting(description="每几年一次，按公历年：本期的年份减上次体检的年份")


class Package(Rule, title="列支限额"):
    """What the department bears of a check-up, at most."""

    clause: Citation
    male: Yuan = Setting(description="男性每人每次至多列支多少元；写 0 是不列支")
    female: Yuan = Setting(description="女性每人每次至多列支多少元；写 0 是不列支")


class CheckupPolicy(Policy, title="免费体检办法（一版）"):
    """What a document on free check-ups says."""

    entitled: PostList = Setting(description="哪些职务的人可以体检；体检当日须在任")
    interval: Interval = Setting(description="几年体检一次")
    package: Package = Setting(description="每人每次至多列支多少")
    funding: Funding = Setting(description="列支的钱由谁分担")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")


class Checkup(Verdict[Secretary], frozen=True, kw_only=True, eq=False):
    """The result of one row. age: full years on the day. last: the check-up before, as far as it is known. borne: the fen
    that the department bears; shares: what each payer bears of it. own: the fen that the person pays."""

    age: int
    last: VagueDate | None
    borne: int = 0
    own: int = 0
    shares: Mapping[str, int] = {}

    @property
    def went(self) -> bool:
        """Whether the person was examined."""
        return self.part == WENT


def judge(who: Secretary, at: At[CheckupPolicy], odd: Odd) -> Checkup | None:
    """Asked in turn: in an entitled post on the day, due in the period, and examined or not."""
    went = _went(who, at.occasion.period, odd)
    on = _asked_on(who, at.occasion.on)
    rule = _in_force(who, on, at, odd)
    reasons = [listed(who, rule.entitled, "体检对象", odd)]
    held = who.started, who.ended
    reasons += [office(who.name, held, on, "体检当日须在任", odd)] if reasons[0].holds else []
    entitled = all(reason.holds for reason in reasons)
    last = _last(who, rule, at, odd) if entitled else who.last
    if odd.grave:
        return None
    made = partial(Checkup, record=who, age=full_years(who.born, on.latest), last=last)
    if not entitled:
        return made(part=OUTSIDE, reasons=tuple(reasons))
    reasons.append(_due(last, rule.interval, at))
    if not reasons[-1].holds:
        _not_due(who, last, went, at, odd)
        return made(part=NOT_DUE, reasons=tuple(reasons), own=who.cost or 0)
    if went:
        return _paid(who, rule, odd, partial(made, part=WENT), reasons)
    if not who.reason:
        odd.add("no-reason", "reason", f"{who.name}：未体检，没有写原因")
    absent = Reason("参检", f"没有体检，原因：{who.reason or '未写'}", "", None, ("went", "day", "reason"))
    return made(part=ABSENT, reasons=(*reasons, absent))


def _asked_on(who: Secretary, on: date) -> VagueDate:
    """The day of the check-up. Where only its month is known, days that have not come yet are left out."""
    day = who.day or VagueDate.on(on)
    return VagueDate(day.earliest, max(day.earliest, min(day.latest, on)))


def _in_force(who: Secretary, on: VagueDate, at: At[CheckupPolicy], odd: Odd) -> CheckupPolicy:
    """The edition of the day of the check-up; of the absent that of the day of judgement, or of the period's end before it."""
    rules = [at.editions.in_force(min(day, at.occasion.period.last)) for day in on]
    if who.day and (rules[0] is None or rules[0] is not rules[1]):
        said = "政策没有那时的版本" if rules[0] is None else "前后有两版政策，按哪一版说不准"
        odd.add("edition-unclear", "day", f"{who.name}：体检日期 {who.day}，{said}")
    return rules[0] or at.editions.during(at.occasion.period)[0]


def _last(who: Secretary, rule: CheckupPolicy, at: At[CheckupPolicy], odd: Odd) -> VagueDate | None:
    """As the last result has it, otherwise as the roster has it; an error where it matters which of them is right."""
    before, clause = at.of_last(who), rule.interval.clause
    known = [day for day in (before.get("day") or before.get("last"), who.last) if day]
    seen = f"{who.name}：上次体检日期 {'或'.join(map(str, known))}"
    limit = who.day.latest if who.day else at.occasion.period.last + timedelta(days=1)
    if any(day.earliest >= limit for day in known):
        odd.add("last-not-before", "last", f"{seen}，不早于{who.day or at.occasion.period.title}", clause)
    elif len({_is_due(end, rule.interval, at) for day in known for end in day}) > 1:
        odd.add("last-unclear", "last", f"{seen}，说不准本期是否应检", clause)
    elif not known and at.is_new(who):
        seen = f"{who.name}：上期结果里没有，也没有填上次体检日期，按没有体检过计"
        odd.add("last-unknown", "last", seen, clause)
    if before.get("day") and before.get("part") == NOT_DUE:
        odd.add("self-paid", "last", f"{who.name}：{before['day']} 的体检没有列支，按上次体检计", clause)
    return known[0] if known else None


def _is_due(last: date, rule: Interval, at: At[CheckupPolicy]) -> bool:
    return at.occasion.period.start.year - last.year >= rule.years


def _not_due(who: Secretary, last: VagueDate | None, went: bool, at: At[CheckupPolicy], odd: Odd) -> None:
    if went:
        odd.add("not-due", "day", f"{who.name}：本期不应检，仍于 {who.day} 体检")
    elif last and last.latest >= at.occasion.period.first:
        odd.add("last-this-period", "last", f"{who.name}：上次体检日期 {last} 在本期，按本期不应检")


def _went(who: Secretary, period: Period, odd: Odd) -> bool:
    """Whether there was a check-up: by the answer, or by the day where there is no answer."""
    went = who.went if who.went is not None else who.day is not None
    if went and (who.day is None or who.cost is None):
        odd.add("went-unclear", "went", f"{who.name}：参加了体检，没有填{'费用' if who.day else '体检日期'}")
    elif not went and (who.day is not None or who.cost):
        odd.add("went-unclear", "went", f"{who.name}：没有参检，却有{'体检日期' if who.day else '费用'}")
    elif who.day and not period.first <= who.day.earliest <= who.day.latest <= period.last:
        odd.add("day-outside", "day", f"{who.name}：体检日期 {who.day} 不在{period.title}")
    return went


def _due(last: VagueDate | None, rule: Interval, at: At[CheckupPolicy]) -> Reason:
    year, seen = at.occasion.period.start.year, "以前没有体检过"
    if last:
        gap = year - last.latest.year
        seen = f"上次 {last}，{year} − {year - gap} = {gap} 年，每 {rule.years} 年一次"
    return Reason("应检", seen, rule.clause, last is None or _is_due(last.latest, rule, at), ("last",))


def _paid(
    who: Secretary, by: CheckupPolicy, odd: Odd, made: Callable[..., Checkup], reasons: list[Reason]
) -> Checkup:
    rule, cost = by.package, who.cost or 0
    cap = fen(rule.male if who.sex == "男" else rule.female)
    borne = min(cost, cap)
    if who.package not in ("", who.sex):
        odd.add("package-differs", "package", f"{who.name}：套餐是“{who.package}”，身份证号是{who.sex}性")
    if cost > borne:
        message = f"{who.name}：费用 {yuan(cost)} 元，超过限额 {yuan(borne)} 元"
        odd.add("over-cap", "cost", message, rule.clause)
    went = Reason("参检", f"{who.day}，{who.hospital or '没有写机构'}", "", True, ("went", "day", "hospital"))
    sums = f"费用 {yuan(cost)}，限额 {yuan(cap)}：列支 {yuan(borne)} 元，本人负担 {yuan(cost - borne)} 元"
    paid = Reason("列支", sums, rule.clause, None, ("cost", "package"))
    return made(
        reasons=(*reasons, went, paid), borne=borne, own=cost - borne, shares=by.funding.by_payer(borne)
    )


def within_quotas(company: Company) -> Joint:
    """A warning for each day on which more people went to a hospital than it has places."""
    seen = (checkup.record for checkup in company.standing("secretaries"))
    went = Counter((narrow(who.hospital), who.day) for who in seen)
    told = []
    for day in company.at.rosters["days"].records:
        if (people := went[narrow(day.hospital), day.day]) > day.quota:
            message = f"{day.hospital} {day.day}：体检 {people} 人，名额 {day.quota}"
            told.append(company.told("over-quota", day.row, "quota", message))
    return Joint(told=told)


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary: numbers of people, and what each payer bears."""
    editions = whole.at.editions.during(whole.at.occasion.period)
    return [
        Measure("due", "应检人数", of=(WENT, ABSENT)),
        Measure("went", "已检人数", of=(WENT,)),
        Measure("absent", "未检人数", of=(ABSENT,)),
        *(Measure(name, part, of=(part,)) for name, part in (("not_due", NOT_DUE), ("outside", OUTSIDE))),
        Measure("borne", "列支金额", sum=attrgetter("borne"), kind=Kind.MONEY),
        *payer_measures((one.funding for one in editions), lambda who, one: one.shares.get(who, 0)),
    ]


SEX = Col("sex", "性别", of=attrgetter("record.sex"))
BORN = Col("born", "出生日期", Kind.DATE, attrgetter("record.born"), private=True)
POSTED = (SEX, BORN, Col("went", of=attrgetter("went")))
REASON, AGAIN = Col("reason", wide=True, private=True), Col("again", private=True)
COLUMNS = (
    "identity", SEX, Col("age", "年龄", Kind.COUNT), Col("part", "参检情况"), "package", "hospital", "day",
    Col("last", of=lambda checkup: str(checkup.last) if checkup.last else None), Col("cost", total=True),
    Col("borne", "列支金额", Kind.MONEY, total=True), Col("own", "本人负担", Kind.MONEY, total=True), REASON,
)  # fmt: skip
ROSTER = Page(
    "体检名册", "村党组织书记免费体检名册", COLUMNS, (WENT, ABSENT, NOT_DUE), group="township", unit="元"
)
SECRETARIES = Wanted(Secretary, "村党组织书记体检名册", whole=True, once=("identity",))
BASIS, AGAIN_BY = attrgetter("entitled.clause"), "复查日期是体检机构写的，文件没有规定"
PROGRAMME = Programme(
    name="checkups",
    policy=CheckupPolicy,
    default_period=lambda today: Period.year(today.year - 1),
    mains={"secretaries": Main(SECRETARIES, each(judge), PARTS)},
    serving={"days": Wanted(HospitalDay, "体检机构日程", optional=True, once=("hospital", "day"))},
    previous=Last(ROSTER, key=("identity",), watched=("part", "borne")),
    by_month=True,
    doubts=DOUBTS,
    together=within_quotas,
    compares=Compares(sums=lambda one: {("列支", 0): one.borne} if one.borne else {}),
    pages=(
        ROSTER,
        Page("未参检名单", "未参加体检人员名单", (REASON,), (ABSENT,), blank=("补检安排",)),
        Page("复查提醒", "体检复查提醒", (AGAIN,), when=told_in("again"), only_if_any=True),
        deadlines.page("体检复查日期", partial(deadlines.coming, "again", "体检复查", AGAIN_BY, "本人")),
        Summary("分乡镇汇总表", "体检情况分乡镇汇总表", ("township",), measures, chart=("went", "absent")),
    ),
    notices=(Post("免费体检公示", "村党组织书记免费体检情况", (WENT, ABSENT), POSTED, BASIS, ("born",)),),
)
