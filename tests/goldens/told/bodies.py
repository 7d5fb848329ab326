"""Villages, cadres and graduates for the goldens of what is told: a row for each thing that can be odd, or that takes a step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.finding import Place
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.programmes.checkups import Secretary
from sanchuang_cli.record import Origin, Roster
from tests.goldens.told import Asked, unsure
from tests.programmes import bodies, contracts, examined
from tests.programmes.bodies import body, payment, voucher
from tests.programmes.budget.test_base_pay import line
from tests.programmes.contracts import contract
from tests.programmes.examined import WENT, hospital_day, secretary

PLAIN = """
[[edition.standards]]
name = "办公经费"
clause = "第三条"
types = ["村"]
amount = 100
at_most = 80
[[edition.standards]]
name = "人口补助"
clause = "第四条"
types = ["村"]
of = "人口"
bands = [{ at_least = 0, amount = 10 }, { above = 1000 }]
[[edition.pots]]
name = "活动经费"
clause = "第五条"
amount = 10
of = "党员数"
types = ["社区"]
sharing = { clause = "第五条", method = "half_up" }
[edition.spending]
clause = "第六条"
uses = ["学习教育"]
warns_at = 90
beyond = "warn"
carries = true
idle_months = 3
types = ["村"]
[edition.average]
clause = "第七条"
at_least = 1000
"""

PAID = """
[edition.paid]
clause = "第八条"
benefit = "经费"
months = [6]
sharing = { clause = "第八条", method = "cumulative" }
"""


def budget() -> Iterator[Asked]:
    """By the default policy, and by one in which something is lacking everywhere."""
    company: dict[str, Any] = {"kind": "非公企业", "转入党员数": 2, "新批支部数": 0, "缴纳党费": 100_000}
    yield (
        bodies.asked(
            body(是否贫困村=True, 核定金额=1),
            body("河东村"),
            body("站前社区", kind="社区"),
            body("林场", kind="林场"),
            body("甲公司", **company, 工资总额=800_000_000, 管理费支出=9_500_000),
            body("乙公司", **company, 工资总额=None, 管理费支出=1),
            body("丙公司", **company | {"转入党员数": None}),
            vouchers=[
                voucher("1", "2026-03-01", 4_900_000),
                voucher("2", "2026-04-01", 200_000),
                voucher("3", "2026-05-01", 300_000, reverses="1"),
                voucher("4", "2026-05-02", 100_000, state="承诺"),
                voucher("5", "2026-05-03", 100, use="招待费"),
                voucher("6", "2025-12-31", 100),
                voucher("7", "2026-05-04", 100, reverses="8"),
                voucher("9", "2026-05-05", -100),
                voucher("10", "2026-05-06", 100, name="林场"),
                voucher("11", "2026-01-06", 100, name="河东村"),
                voucher("12", "2026-01-07", 3_999_901, name="河东村", state="承诺"),
            ],
            payments=[payment("2026-03-01", 9_000_000), payment("2025-03-01", 100), payment("2026-03-02", 100, "林场")],
        )
    )  # fmt: skip
    lacking = (
        body(人口=1000),
        body("乙村", 人口=1001),
        body("丙村", 人口=None),
        body("丁社区", kind="社区", 党员数=None),
    )
    yield (bodies.asked(*lacking, by=bodies.by(PLAIN)))
    rows = (
        body(人口=1000),
        body("非企", kind="非公企业"),
        *(body(f"{n}社区", kind="社区", 党员数=1) for n in "甲乙丙"),
    )
    yield (bodies.asked(*rows, by=bodies.by(PLAIN), vouchers=[voucher("1", "2026-08-28", 9_000)]))
    shared = bodies.by(PLAIN.replace("half_up", "largest_remainder"))
    yield (bodies.asked(*rows, by=shared, last=[], on=date(2026, 1, 2)))
    code, card = "91110000802100433B", "6222021234567890128"
    named: dict[str, Any] = {"统一社会信用代码": code, "人口": 1000}
    several = (
        body(**named),
        body("河东村", **named, 银行账号=card[:-1] + "0", 开户行="农商行"),
        body("三合村", **named, 开户行="信用社"),
    )
    yield (bodies.asked(*several, by=bodies.by(PLAIN + PAID)))
    yield with_base_pay()


def with_base_pay() -> Asked:
    """Beside the result of `pay`: a village with lines and one without, lines of another, and somebody who waits."""
    rosters, by, when = bodies.asked(body(), body("河东村"), body("三合村"))
    waiting: list[tuple[Place, dict[str, Any]]] = [
        (Place("一月.xlsx"), {"乡镇": "青禾镇", "村": "三合村"})
    ] * 2
    periods = (Period.parse("2026-01"), Period.parse("2026-02"), Period.parse("2026-04"))
    origin = Origin("一月.xlsx", periods[0], "", {}, lambda page: iter(waiting), periods)
    lines = (
        line(5, "向阳村", 200_000),
        line(6, "向阳村", 140_001),
        line(7, "草原村", 300_000),
        line(8, "三合村", 1),
    )
    return ({**rosters, "base_pay": Roster(lines, origin=origin)}, by, when)


def listed(number: int, started: str = "2026-01-01", ended: str = "2028-12-31", **fields: Any) -> Graduate:
    """A contract whose row has all columns, so that a finding about a blank has a cell."""
    blank = {"left": None, "reason": "", "settled": None, "grade": "", "term": None}
    return contract(number, started, ended, **{**blank, **fields})


def called(number: int, sex: str = "男", **fields: Any) -> Secretary:
    """A secretary whose row has all columns."""
    blank = dict.fromkeys(("ended", "last", "went", "day", "cost"))
    return secretary(number, sex, **{**blank, "hospital": "", "package": "", "reason": "", **fields})


def graduates() -> Iterator[Asked]:
    """By the default policy, and by one that begins after somebody came."""
    yield (
        contracts.asked(
            listed(1, "2026-02-01", "2026-01-31"),
            listed(2, left="2025-12-31"),
            listed(3, reason="辞职"),
            listed(4, county_class="七类"),
            listed(5, county_class="六类"),
            listed(6, left="2027-01-01", reason="辞职"),
            listed(7, "2026"),
            listed(8, left="2026-08-01"),
            listed(9, "2026-07-15", account=""),
            listed(10, "2025-01-01", "2026-03-31", line=10),
            listed(10, "2026-06-01", "2027-05-31", line=11),
            listed(12, "2025-01-01", "2026-03-31", line=12),
            listed(12, "2026-03-31", "2027-03-30", line=13),
            listed(14, "2023-03-10", "2026-03-09", line=14),
            listed(14, "2026-03-10", "2029-03-09", line=15, name="李保国"),
            listed(16, "2023-03-10", "2026-03-09", line=16),
            listed(16, "2026-03-10", "2029-03-09", line=17, account="6222021234567890128"),
            listed(18, "2023-01-01", "2022-12-31", line=18),
            listed(18, line=19),
            listed(20, "2024-01-01", "2027-01-30"),
            listed(21, "2024-01-01", "2027-02-28", grade="不称职"),
            listed(22, "2024-01-01", "2026-12-30", grade="优秀"),
            listed(23, "2024-01-01", left="2026-12-30", reason="死亡"),
            listed(24, "2026-12-15", "2029-12-14", term=2),
            listed(25, identity=""),
            listed(26, "2027-01-01"),
        )
    )
    later = contracts.changed("effective = 2008-01-01", "effective = 2026-01-01")
    gone: dict[str, Any] = {"started": "2025-12-01", "left": "2026-03-01", "reason": "辞职"}
    rows = (listed(1, **gone), listed(2, **gone, settled=3000.55))
    yield (contracts.asked(*rows, by=later))
    yield (contracts.asked(*unsure(signed)))
    yield (contracts.asked(listed(1, "2026-01-10", left="2026-02-20", reason="辞职"), period="2026-04"))


def signed(line: int, **said: str) -> Graduate:
    """Somebody's contract on a line of the roster; the next on the line after it."""
    days = ("2024-06-01", "2026-05-31") if line % 2 else ("2026-06-01", "2028-12-31")
    return listed(1, *days, line=line, **said)


def checkups() -> Iterator[Asked]:
    """By the default policy, without a result of last year and beside one; and by one that began after a check-up."""
    yield (
        examined.asked(
            called(1, post="会计员、出纳员"),
            called(2, started="2026-05", **WENT),
            called(3, ended="2014"),
            called(4, last="2026-05-12", **WENT),
            called(5, went=True, cost=180),
            called(6, went=True, day="2026-05-12"),
            called(7, went=False, day="2026-05-12"),
            called(8, went=False, cost=180),
            called(9, **WENT | {"day": "2025-12-31"}),
            called(10),
            called(11, **WENT, package="女"),
            called(12, **WENT | {"cost": 260.5, "hospital": ""}),
            called(13, last="2026-03-01"),
            called(14, last="2025-03-01", **WENT),
            called(15, ended="2026-03-31"),
            called(16, "女", last="2024-05", reason="外出", ended="2027-01-01"),
            days=[hospital_day(1, "县医院", "2026-05-12", 1)],
        )
    )
    went = {"day": VagueDate.on(date(2025, 6, 1)), "part": "本期不应检"}
    before = [{"identity": examined.identity(n), **went} for n in (1, 2)]
    rows = (called(1), called(2, last="2023-06-01"), called(3))
    yield (examined.asked(*rows, last=before))
    later = examined.default().editions[0].model_copy(update={"effective": date(2026, 5, 13)})
    yield examined.asked(called(1, **WENT), by=replace(examined.default(), editions=(later,)))
