"""What 党费 says of each month and of what is odd: the arithmetic, the clause, and the cell that a clerk has to look at."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.dues.judging import Dues
from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.finding import Finding
from sanchuang_cli.judging import Reason
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.programmes.dues import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.payers import ON, column, default, outcome, pay, payer, receipt, with_keys

ITEMS: dict[str, Any] = {"岗位工资": 500_000, "薪级工资": 100_000, "津贴补贴": 0, "绩效工资": None}
RATES: dict[str, Any] = {"保险扣缴比例": "0.105", "公积金扣缴比例": "0.08"}
FULL = {category.name: category.clause for category in default().editions[-1].categories}
LAST = [{"identity": payer(1).identity, "base": 300_000}]


def paid_by(**more: Any) -> Any:
    return pay(ITEMS | {name: Fraction(rate) for name, rate in RATES.items()} | more, contribution=480_000)


def verdict(who: Payer, on: date = ON, **serving: Any) -> Dues:
    given = {"receipts": (), "pay": (), **serving}
    rosters = {"payers": Roster((who,)), **{name: Roster(tuple(rows)) for name, rows in given.items()}}
    (one,) = PROGRAMME.judge(rosters, default(), Occasion(Period.year(on.year), on)).of()
    assert isinstance(one, Dues)
    return one


def reason(who: Payer, **serving: Any) -> Reason:
    """Of the first month."""
    return verdict(who, **serving).reasons[0]


@pytest.mark.parametrize(
    ("fields", "serving", "said", "clause", "reads"),
    [
        ({"base": 540_000}, {}, "5400.00 × 1.5% = 81.00", "在职", ("category", "base")),
        (
            {"base": 500_000, "category": "离退休"},
            {},
            "5000.00 × 0.5% = 25.00",
            "离退休",
            ("category", "base"),
        ),
        ({"category": "农民"}, {}, "每月 0.5 = 0.50", "农民", ("category",)),
        ({}, {"pay": [paid_by()]}, "6000.00 × (1 − 18.5%) × 1% = 48.90", "在职", ("category",)),
        (
            {"category": "个体", "上年四季度净收入": 2_700_000},
            {},
            "上年四季度净收入 27000.00 ÷ 3 × 1.5% = 135.00",
            "个体",
            ("category", "上年四季度净收入"),
        ),
        (
            {"base": 300_000, "reduced": 500, "decision": "青发〔2026〕1号"},
            {},
            "3000.00 × 0.5%，青发〔2026〕1号 减为 5.00 = 5.00",
            "在职",
            ("category", "base", "reduced", "decision"),
        ),
    ],
    ids=["stated", "retired", "fixed", "pay file", "quarter before", "relief"],
)
def test_a_month_says_its_arithmetic_by_the_clause_of_the_category(
    fields: dict[str, Any], serving: dict[str, Any], said: str, clause: str, reads: tuple[str, ...]
) -> None:
    """And cites the cells from which it comes, that of the month among them."""
    told = reason(payer(**fields), on=date(2026, 1, 31), **serving)
    assert (told.what, told.said) == ("2026-01", f"应交 {said} 元，已交 0.00 元")
    assert (told.basis, told.holds) == (FULL[clause], False)
    assert told.reads == (*reads, "1月")
    assert told.rests_on == tuple(serving.get("pay", ()))


def test_what_was_let_off_cites_the_cells_that_let_it_off() -> None:
    relief: dict[str, Any] = {
        "reduced": 0,
        "reduced_from": "2026-01",
        "reduced_to": "2026-06",
        "decision": "青发〔2026〕1号",
    }
    cells = ("reduced", "reduced_from", "reduced_to", "decision", "1月")
    assert reason(payer(base=300_000, **relief)).reads == ("category", "base", *cells)
    unknown = reason(payer(base=None, **relief), on=date(2026, 1, 31))
    assert (unknown.said, unknown.reads[-5:]) == (
        "应交 青发〔2026〕1号 减为 0.00 = 0.00 元，已交 0.00 元",
        cells,
    )


def test_what_was_paid_by_receipts_rests_on_those_of_the_month() -> None:
    given = [receipt("1", "2026-01-10", 1000), receipt("2", "2026-02-10", 2000)]
    first, second = verdict(payer(base=300_000), receipts=given, on=date(2026, 2, 28)).reasons
    assert (first.rests_on, second.rests_on) == (tuple(given), (given[1],))
    assert first.reads == second.reads == ("category", "base")


def test_the_explanation_shows_the_cells_of_a_pay_file_and_of_a_receipt() -> None:
    row = paid_by()
    one = verdict(payer(), pay=[row], receipts=[receipt("R1", "2026-01-10", 4890)], on=date(2026, 1, 31))
    (page,) = PROGRAMME.explains.pages(one, None)  # type: ignore[arg-type]
    ((_, _, _, where, written, _),) = page.rows
    for heading in ("岗位工资", "保险扣缴比例", "票号", "交纳日期", "交纳金额"):
        assert f"（{heading}）" in where
    assert "R1" in written and row.identity not in written


def test_a_month_that_is_settled_says_what_was_paid() -> None:
    paid, owed = verdict(payer(base=300_000, paid=[1500, 1499]), on=date(2026, 2, 28)).reasons
    assert (paid.said, paid.holds) == ("应交 3000.00 × 0.5% = 15.00 元，已交 15.00 元", None)
    assert (owed.said, owed.holds) == ("应交 3000.00 × 0.5% = 15.00 元，已交 14.99 元", False)


def test_whoever_owes_no_month_is_told_so_by_the_days_of_coming_and_leaving() -> None:
    one = verdict(payer(base=300_000, left="2025-12-31"))
    assert (one.part, one.latest, one.monthly) == ("免交", None, None)
    (told,) = one.reasons
    assert (told.what, told.said, told.holds) == ("应交月份", "2026年没有应交的月份", None)
    assert (told.basis, told.reads) == (default().editions[-1].title, ("admitted", "left"))


def _at(code: str, *payers: Payer, **how: Any) -> Finding:
    (found,) = [one for one in outcome(*payers, **how).findings if one.code == f"dues.{code}"]
    return found


PAY_CLAUSE = "计入基数的项目，扣除个人缴纳的各项比例之和"
FIXED = default().editions[-1].fixed_clause
LATE = default().editions[-1].arrears_clause
TITLE = default().editions[-1].title
ODD: list[tuple[str, dict[str, Any], dict[str, Any], tuple[str, str, str]]] = [
    ("category-unknown", {"category": "聘用"}, {}, ("缴费类别", "甲1：缴费类别“聘用”不在政策所列之内", TITLE)),
    ("base-unknown", {"base": None}, {}, ("党费基数", "甲1：2026-01 没有基数", FULL["在职"])),
    ("base-unknown", {"base": None, "category": "个体", "上年四季度净收入": 1, "一季度净收入": None}, {}, ("一季度净收入", "甲1：2026-04 没有基数", FULL["个体"])),
    ("admitted-unclear", {"base": 1, "admitted": "2026"}, {}, ("支部大会日期", "甲1：2026年，说不准从几月起、到几月止", "从支部大会通过的当月起交")),
    ("admitted-unclear", {"base": 1, "left": "2026"}, {}, ("转出或死亡日期", "甲1：2026年，说不准从几月起、到几月止", "从支部大会通过的当月起交")),
    ("admitted-unclear", {"base": 1, "admitted": VagueDate(date(2025, 6, 1), date(2026, 1, 1))}, {}, ("支部大会日期", "甲1：2025-06-01至2026-01-01之间，说不准从几月起、到几月止", "从支部大会通过的当月起交")),
    ("admitted-unclear", {"base": 1, "admitted": VagueDate(date(2026, 11, 30), date(2026, 12, 15))}, {"on": date(2026, 11, 30)}, ("支部大会日期", "甲1：2026-11-30至2026-12-15之间，说不准从几月起、到几月止", "从支部大会通过的当月起交")),
    ("ends-before-start", {"base": 1, "left": "1990-05-02"}, {}, ("转出或死亡日期", "甲1：1990-05-02 早于支部大会日期 1990-05-03", "")),
    ("paid-twice", {"base": 300_000, "paid": [1500]}, {"receipts": [receipt("1", "2026-02-10", 3000)]}, ("姓名", "甲1：各月栏合计 15.00 元，收据合计 30.00 元", "一笔党费只记一次")),
    ("no-decision", {"base": 300_000, "reduced": 500, "decision": ""}, {}, ("减免决定", "甲1：减免没有写决定，按全额计", "减免要有决定")),
    ("base-differs", {"base": 489_001}, {"pay": [paid_by()]}, ("党费基数", "甲1：名册的基数 4890.01 元，按工资表是 4890.00 元", PAY_CLAUSE)),
    ("base-differs", {"base": 511_200}, {"pay": [paid_by()]}, ("党费基数", "甲1：名册的基数 5112.00 元，按工资表是 4890.00 元；把扣缴比例当成了金额", PAY_CLAUSE)),
    ("base-as-last", {"base": 300_000}, {"last": LAST}, ("党费基数", "甲1：基数与上年一样，3000.00 元", FIXED)),
    ("bracket-changed", {"base": 300_001}, {"last": LAST}, ("党费基数", "甲1：上年 3000.00 元，今年 3000.01 元", FULL["在职"])),
    ("late", {"base": 300_000}, {"receipts": [receipt("1", "2026-08-05", 100_000)]}, ("姓名", "甲1：2026-08-05 补交以前 7 个月的，一般不超过 6 个月", LATE)),
    ("receipt-unknown", {"base": 300_000}, {"receipts": [receipt("R9", "2026-08-05", 1500, who=2)]}, ("姓名", "票号 R9（甲2）：2026-08-05 15.00 元，对不上一个人", "")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fields", "how", "told"), ODD)
def test_what_is_odd_is_told_at_its_cell_with_its_clause(
    code: str, fields: dict[str, Any], how: dict[str, Any], told: tuple[str, str, str]
) -> None:
    found = _at(code, payer(**fields), **how)
    assert (found.place.heading, found.message, found.basis) == told


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({"base": 300_000, "admitted": "2026-01"}, {}),
        ({"base": 300_000, "admitted": "2025"}, {}),
        ({"base": 300_000, "admitted": VagueDate(date(2025, 6, 1), date(2025, 12, 31))}, {}),
        ({"base": 300_000, "left": "2026-05"}, {}),
        ({"base": 300_000, "left": "1990-05-03"}, {}),
        ({"base": 300_000, "paid": [1500, 1500]}, {"receipts": [receipt("1", "2026-02-10", 3000)]}),
        ({"base": 300_000, "reduced": 1500}, {}),
        ({"base": 300_000, "reduced": 500, "reduced_to": "2025-12"}, {}),
        ({"base": 489_000}, {"pay": [paid_by()]}),
        ({"base": 300_000, "category": "农民"}, {"last": LAST}),
        ({"base": 299_999}, {"last": LAST}),
    ],
    ids=[
        "a month is enough",
        "the year before",
        "some months of the year before",
        "left in a month",
        "left on the day of admission",
        "columns and receipts alike",
        "no relief",
        "relief that is over",
        "base as by the pay file",
        "no base",
        "another base of the same band",
    ],
)
def test_what_is_right_is_not_told(fields: dict[str, Any], how: dict[str, Any]) -> None:
    assert outcome(payer(**fields), **how).findings == ()


def test_relief_without_a_decision_is_told_once_for_all_months() -> None:
    run = outcome(payer(base=300_000, reduced=500, reduced_from="2026-04", reduced_to="2026-06"))
    assert [one.code for one in run.findings] == ["dues.no-decision"]
    assert column(run, "党费收缴表", "due") == [12 * 1500]


def test_a_year_is_judged_up_to_the_last_month_that_is_over() -> None:
    who = payer(base=300_000)
    assert [
        len(verdict(who, on=date(2026, *day)).owed) for day in ((1, 30), (1, 31), (11, 30), (12, 30))
    ] == [0, 1, 11, 11]


@pytest.mark.parametrize(
    ("paid", "silent"),
    [([1500] * 6, True), ([1500] * 5 + [0, 1], False), ([0] * 12, True), ([0] * 11 + [1], False)],
)
def test_silent_is_whoever_paid_nothing_for_the_last_six_months(paid: list[int], silent: bool) -> None:
    assert verdict(payer(base=300_000, paid=paid)).silent is silent


def test_whoever_owed_nothing_in_one_of_six_months_is_not_silent_nor_whoever_owes_fewer_months() -> None:
    relieved = payer(base=300_000, reduced=0, decision="一号", reduced_from="2026-12", reduced_to="2026-12")
    assert not verdict(relieved).silent
    assert not verdict(payer(base=300_000, admitted="2026-08-01")).silent
    assert verdict(payer(base=300_000, admitted="2026-07-31")).silent


def test_a_base_follows_the_latest_row_of_the_pay_file_that_has_begun_whatever_their_order() -> None:
    """Rates and items that are blank count as nothing; a month without any row goes by the roster."""
    rows = [pay({"岗位工资": 400_000}, since="2026-03"), pay({"岗位工资": 300_000}, since="2026-02")]
    one = outcome(payer(base=500_100), pay=rows, by=with_keys(fixed="month"), on=date(2026, 4, 30))
    assert column(one, "党费收缴表", "due") == [7502 + 1500 + 2 * 4000]


def heads(run: Outcome, page: str) -> list[str]:
    (table,) = [one for one in run.tables if one.name == page]
    return [one.title for one in table.columns]


def test_pages_of_branches_and_slips_name_each_level_where_there_are_several() -> None:
    level = {"clause": "省委", "to": "市委", "percent": 30}
    who = payer(base=300_000, paid=[1500], branch="甲公司", kind="非公企业")
    plain, one = outcome(who), outcome(who, by=with_keys(upward=level))
    several = outcome(who, by=with_keys(upward=[level, {**level, "to": "县委", "percent": 50}]))
    common = ["序号", "上级党组织", "支部", "党员数", "应交", "实交"]
    assert heads(plain, "年度公示") == heads(one, "返还台账") == [*common, "上缴", "返还"]
    assert heads(several, "年度公示") == [*common, "上缴/市委", "上缴/县委", "返还"]
    assert heads(several, "季度上缴单") == ["序号", "上级党组织", "季度", "上缴给", "实收", "上缴"]
    names = ("township", "quarter", "to", "got", "up")
    slips = list(zip(*(column(several, "季度上缴单", name) for name in names), strict=True))
    assert slips[:4] == [
        ("青禾镇", "第一季度", "市委", 1500, 450),
        ("青禾镇", "第一季度", "县委", None, 750),
        ("青禾镇", "第二季度", "市委", 0, 0),
        ("青禾镇", "第二季度", "县委", None, 0),
    ]
    assert [column(several, "年度公示", name) for name in ("people", "due", "got", "up0", "up1", "back")] == [
        [1],
        [18_000],
        [1500],
        [450],
        [750],
        [1500],
    ]
    assert column(one, "年度公示", "up") == [450]


def test_whoever_owes_no_month_stands_on_the_page_with_blank_base_and_rate() -> None:
    run = outcome(payer(base=300_000, left="2025-12-31"), payer(2, category="农民", paid=[50, 0, 40]))
    names = ("base", "percent", "monthly", "due", "got", "paid1", "paid2", "paid3", "part")
    assert list(zip(*(column(run, "党费收缴表", name) for name in names), strict=True)) == [
        (None, None, None, 0, 0, None, None, None, "免交"),
        (None, None, 50, 600, 90, 50, None, 40, "欠交"),
    ]


def test_the_base_beside_last_years_shows_only_those_of_whom_both_are_known() -> None:
    last = [{"identity": payer(n).identity, "base": base} for n, base in ((1, 300_000), (2, None), (3, 1))]
    who = [payer(n, base=310_000) for n in (1, 2)] + [payer(3, category="农民"), payer(4, base=1)]
    run = outcome(*who, last=last)
    names = ("name", "before", "base", "percent")
    lines = list(zip(*(column(run, "基数核查", name) for name in names), strict=True))
    assert lines == [("甲1", 300_000, 310_000, Fraction(1, 100))]


def test_whoever_paid_for_months_beyond_what_was_owed_is_told_by_month() -> None:
    """Two months too much, one too little, and a month after leaving."""
    run = outcome(payer(base=300_000, left="2026-03-01", paid=[1600, 1400, 1500, 10]))
    names = ("open", "lacking", "beyond", "over")
    assert list(zip(*(column(run, "补缴明细", name) for name in names), strict=True)) == [
        ("2月 1.00", 100, "1月 1.00、4月 0.10", 110)
    ]


def test_a_gift_goes_to_the_highest_level_whose_line_it_reaches_and_else_stays() -> None:
    line = {"clause": "条", "above": 1000}
    lines = [
        {**line, "to": "县委"},
        {**line, "to": "中央", "above": 5000},
        {**line, "to": "省委", "above": 2000},
    ]
    who = [
        payer(n, base=300_000, gift=gift) for n, gift in enumerate((100_000, 100_001, 500_000, 500_001), 1)
    ]
    run = outcome(*who, payer(5, base=300_000, gift=0), by=with_keys(gift=lines))
    assert column(run, "大额党费", "to") == ["留本级", "县委", "省委", "中央"]
    assert column(run, "大额党费", "gift") == [100_000, 100_001, 500_000, 500_001]


@pytest.mark.parametrize(("paid", "back"), [(1500, 375), (1501, 375), (1502, 376), (1503, 376), (1504, 376)])
def test_what_comes_back_is_rounded_half_up(paid: int, back: int) -> None:
    by = with_keys(returned={"clause": "返还", "types": ["非公企业"], "percent": 25})
    run = outcome(payer(base=300_000, paid=[paid], kind="非公企业"), by=by)
    assert column(run, "年度公示", "back") == [back]


@pytest.mark.parametrize(("items", "base"), [(600_000, 489_000), (600_001, 489_001), (600_003, 489_002)])
def test_a_base_by_the_pay_file_is_rounded_half_up(items: int, base: int) -> None:
    """Less 18.5 per cent: 4,890.00, 4,890.00815 and 4,890.02445 yuan."""
    row = paid_by(岗位工资=items - 100_000)
    assert column(outcome(payer(), pay=[row]), "党费收缴表", "base") == [base]


@pytest.mark.parametrize(
    ("contribution", "wrong"), [(479_999, 511_200), (480_001, 511_200), (479_990, 511_202)]
)
def test_rates_taken_of_the_contribution_base_are_known_by_the_sum_rounded_half_up(
    contribution: int, wrong: int
) -> None:
    rates = {name: Fraction(rate) for name, rate in RATES.items()}
    row = pay(ITEMS | rates, contribution=contribution)
    for base, known in ((wrong - 1, False), (wrong, True), (wrong + 1, False)):
        found = _at("base-differs", payer(base=base), pay=[row])
        assert found.message.endswith("把扣缴比例当成了金额") is known
    without = pay(ITEMS | rates)
    assert "把扣缴比例" not in _at("base-differs", payer(base=wrong), pay=[without]).message
