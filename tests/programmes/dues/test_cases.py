"""Cases of 党费 that the domain list prints, by their numbers, and its rules one by one."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.domain.dues.policy import QUARTERS, Gift
from sanchuang_cli.domain.dues.upward import quarters
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.dues import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.payers import (
    column,
    default,
    monthly,
    outcome,
    pack,
    pay,
    payer,
    receipt,
    told,
    with_keys,
)

FEN = 100
UPWARD = {"clause": "省委", "to": "中央", "percent": Fraction(5)}
RATES = {"保险扣缴比例": Fraction(105, 1000), "公积金扣缴比例": Fraction(8, 100)}


def test_c01_the_printed_list_of_bases() -> None:
    bases = [3200, 4500, 5400, 5800, 6300, 6900, 7500, 8400, 9500, 10000, 11500]
    owed = [32, 45, 81, 87, 94.50, 103.50, 112.50, 126, 142.50, 150, 230]
    who = [payer(n, base=base * FEN) for n, base in enumerate(bases, 11)]
    assert monthly(*who) == [round(each * FEN) for each in owed]


def test_c03_the_whole_amount_at_the_edge_of_a_bracket() -> None:
    assert monthly(payer(1, base=500_000), payer(2, base=500_001)) == [5000, 7500]


def test_c05_2680() -> None:
    assert monthly(payer(base=268_000)) == [1340]


def test_c07_farmer_student_and_relief() -> None:
    kinds = ["农民", "学生", "低保", "下岗失业"]
    assert monthly(*(payer(n, category=kind) for n, kind in enumerate(kinds))) == [50, 20, 20, 20]


def test_c09_the_table_of_1998() -> None:
    bases = [400, 500, 600, 700, 800, 1200, 1500, 1600]
    owed = [2.00, 5.00, 6.00, 10.50, 12.00, 24.00, 30.00, 48.00]
    who = [payer(n, base=base * FEN) for n, base in enumerate(bases, 11)]
    assert monthly(*who, on=date(2007, 12, 31)) == [round(each * FEN) for each in owed]


def test_the_table_changes_with_april_2008() -> None:
    run = outcome(payer(base=160_000), on=date(2008, 12, 31))
    assert column(run, "党费收缴表", "due") == [3 * 4800 + 9 * 800]


def test_before_1998_there_is_no_document() -> None:
    with pytest.raises(UserError):
        outcome(payer(base=160_000), on=date(1997, 12, 31))


def test_c11_the_self_employed_by_the_quarter_before() -> None:
    who = payer(category="个体", 三季度净收入=2_700_000)
    run = outcome(who, on=date(2026, 12, 31))
    assert told(run) == ["base-unknown"]
    quarters_before: dict[str, Any] = dict.fromkeys(QUARTERS, 2_700_000)
    assert monthly(payer(category="个体", **quarters_before)) == [13_500]


@pytest.mark.parametrize(
    ("inclusive", "thousand"), [(False, "留本级"), (True, "中央")], ids=["more than", "at least"]
)
def test_c12_a_gift_of_a_thousand(inclusive: bool, thousand: str) -> None:
    policy = with_keys(gift={"clause": "条", "to": "中央", "above": 1000, "inclusive": inclusive})
    who = [payer(n, base=300_000, gift=gift) for n, gift in ((1, 100_000), (2, 70_000), (3, 100_001))]
    assert column(outcome(*who, by=policy), "大额党费", "to") == [thousand, "留本级", "中央"]


def test_c07_c12_shaanxi_2008_farmers_and_gifts_by_size() -> None:
    shaanxi = pack("shaanxi-2008")
    assert monthly(
        *(payer(n, category=kind) for n, kind in enumerate(["农民", "学生", "低保"])), by=shaanxi
    ) == [50, 20, 20]
    gifts = (100_000, 70_000, 50_000, 49_999, 99_999)
    who = [payer(n, base=300_000, gift=gift) for n, gift in enumerate(gifts, 1)]
    assert column(outcome(*who, by=shaanxi), "大额党费", "to") == ["中央", "省委", "省委", "留本级", "省委"]


def test_village_cadres_and_supply_teachers_with_pay_are_on_the_bands_of_pay() -> None:
    who = [payer(n, base=540_000, category=word) for n, word in ((1, "村干部"), (2, "代课教师"))]
    assert monthly(*who, by=pack("shaanxi-2008")) == [8100, 8100]


def test_c13_five_per_cent_of_what_a_province_collected() -> None:
    run = outcome(payer(category="农民", paid=[1_234_567_890]), by=with_keys(upward=UPWARD))
    assert column(run, "年度公示", "up") == [61_728_395]


def test_c14_twenty_per_cent_of_what_a_ministry_collected() -> None:
    run = outcome(payer(category="农民", paid=[38_640_000]), by=with_keys(upward=UPWARD | {"percent": 20}))
    assert column(run, "年度公示", "up") == [7_728_000]


def test_c15_from_the_month_of_the_branch_meeting() -> None:
    run = outcome(payer(base=300_000, admitted="2011-09-15"), on=date(2011, 12, 31))
    assert column(run, "补缴明细", "open") == ["9月 15.00、10月 15.00、11月 15.00、12月 15.00"]


def test_n27c_rates_are_held_back_of_the_pay_and_not_of_the_contribution_base() -> None:
    items = {"岗位工资": 600_000, "薪级工资": 0, "津贴补贴": 0, "绩效工资": 0}
    run = outcome(payer(base=511_200), pay=[pay({**items, **RATES}, contribution=480_000)])
    assert column(run, "党费收缴表", "monthly") == [4890]
    (finding,) = run.findings
    assert finding.code == "dues.base-differs" and "把扣缴比例当成了金额" in finding.message
    assert monthly(payer(base=511_200)) == [7668]


@pytest.mark.parametrize(("first", "late"), [("2026-07-05", 0), ("2026-08-05", 1)])
def test_n29c_six_months_may_be_made_up_for(first: str, late: int) -> None:
    run = outcome(payer(base=300_000), receipts=[receipt("1", first, 100_000)])
    assert told(run).count("late") == late


def test_the_printed_example_of_the_defaults() -> None:
    """Section 7, point 5: January to March."""
    who = [
        payer(1, base=540_000, paid=[8100, 8100, 8100]),
        payer(2, category="离退休", base=500_000, paid=[2500, 2500]),
        payer(3, category="农民", paid=[50, 50, 50]),
        payer(4, base=500_001, paid=[7500, 7500]),
    ]
    run = outcome(*who, on=date(2026, 4, 15))
    assert column(run, "党费收缴表", "due") == [24_300, 7_500, 150, 22_500]
    assert (sum(column(run, "党费收缴表", "due")), sum(column(run, "党费收缴表", "got"))) == (54_450, 44_450)
    assert sum(column(run, "补缴明细", "lacking")) == 10_000


def test_what_is_too_much_stays_where_it_was_paid() -> None:
    run = outcome(payer(base=300_000, paid=[3000, *[1500] * 10, 0]))
    assert column(run, "党费收缴表", "part") == ["欠交"]
    assert (column(run, "党费收缴表", "lacking"), column(run, "党费收缴表", "over")) == ([1500], [1500])
    assert column(run, "补缴明细", "beyond") == ["1月 15.00"]


def test_a_receipt_that_somebody_handed_in_for_another_counts_for_the_other_and_names_him() -> None:
    run = outcome(
        payer(1, base=300_000), payer(2, base=300_000), receipts=[receipt("1", "2026-02-10", 3000, by="甲2")]
    )
    assert column(run, "党费收缴表", "got") == [3000, 0]
    register = [column(run, "收据登记", name) for name in ("name", "by", "month", "fen")]
    assert list(zip(*register, strict=True)) == [
        ("甲1", "甲2", "2026-01", 1500),
        ("甲1", "甲2", "2026-02", 1500),
    ]


def test_a_receipt_without_a_month_settles_the_oldest_and_one_with_a_month_its_own() -> None:
    receipts = [
        receipt("1", "2026-02-10", 1500),
        receipt("2", "2026-06-30", 3000),
        receipt("3", "2026-07-01", 1500, month="2026-05"),
    ]
    run = outcome(payer(base=300_000), receipts=receipts, on=date(2026, 7, 1))
    assert column(run, "补缴明细", "open") == ["4月 15.00、6月 15.00"]


def test_receipts_and_the_columns_of_months_that_differ_set_the_row_aside() -> None:
    run = outcome(payer(base=300_000, paid=[1500]), receipts=[receipt("1", "2026-02-10", 3000)])
    assert (told(run), run.tally.set_aside) == (["paid-twice"], 1)


def test_whoever_is_listed_twice_alike_keeps_the_receipts() -> None:
    """Once by number and once by name: both rows are one person, so nobody else can be meant."""
    twice = [payer(1, base=300_000), payer(1, base=300_000)]
    receipts = [receipt("1", "2026-02-10", 1500), receipt("2", "2026-03-10", 1500, identity="")]
    run = outcome(*twice, receipts=receipts)
    assert column(run, "党费收缴表", "got") == [3000]
    assert told(run) == ["listed-alike"]


def test_a_receipt_that_might_be_two_peoples_is_nobodys() -> None:
    twins = [payer(n, base=300_000, name="张建国", paid=[1500]) for n in (1, 2)]
    by_name = receipt("1", "2026-02-10", 1500, name="张建国", identity="")
    run = outcome(*twins, receipts=[by_name])
    assert told(run) == ["receipt-unknown"]
    assert column(run, "党费收缴表", "got") == [1500, 1500]


@pytest.mark.parametrize(("decision", "due"), [("青发〔2026〕1号", 9 * 1500 + 3 * 500), ("", 12 * 1500)])
def test_relief_needs_a_decision(decision: str, due: int) -> None:
    who = payer(base=300_000, reduced=500, reduced_from="2026-04", reduced_to="2026-06", decision=decision)
    run = outcome(who)
    assert column(run, "党费收缴表", "due") == [due]
    assert ("no-decision" in told(run)) is not bool(decision)


def test_whoever_is_let_off_wholly_owes_nothing() -> None:
    run = outcome(payer(base=300_000, reduced=0, decision="青发〔2026〕1号"))
    assert column(run, "党费收缴表", "part") == ["免交"]


def test_the_last_month_is_that_of_leaving() -> None:
    run = outcome(payer(base=300_000, left="2026-03-02"))
    assert column(run, "党费收缴表", "due") == [3 * 1500]


@pytest.mark.parametrize(("fixed", "due"), [("year", 12 * 1500), ("month", 6 * 1500 + 6 * 4000)])
def test_the_base_is_fixed_for_the_year_or_follows_the_pay(fixed: str, due: int) -> None:
    none = {"薪级工资": 0, "津贴补贴": 0, "绩效工资": 0}
    rows = [pay({**none, "岗位工资": 300_000}), pay({**none, "岗位工资": 400_000}, since="2026-07")]
    run = outcome(payer(), pay=rows, by=with_keys(fixed=fixed))
    assert column(run, "党费收缴表", "due") == [due]


@pytest.mark.parametrize(("rounded", "owed"), [("fen", 3345), ("jiao", 3350), ("yuan", 3300)])
def test_a_month_is_rounded_as_the_document_has_it(rounded: str, owed: int) -> None:
    """1 % of 3,345.32 yuan is 33.4532."""
    assert monthly(payer(base=334_532), by=with_keys(rounded=rounded)) == [owed]


def test_whoever_paid_nothing_for_six_months_is_listed_to_be_talked_to_and_nothing_more() -> None:
    behind, nearly = payer(1, base=300_000, paid=[1500] * 6), payer(2, base=300_000, paid=[1500] * 7)
    run = outcome(behind, nearly)
    assert column(run, "六个月未交", "name") == ["甲1"]
    assert column(run, "党费收缴表", "part") == ["欠交", "欠交"]


def test_the_base_beside_last_years() -> None:
    last = [
        {"identity": payer(n).identity, "base": base}
        for n, base in ((1, 300_000), (2, 300_000), (3, 290_000))
    ]
    who = [payer(1, base=300_000), payer(2, base=300_100), payer(3, base=299_900)]
    run = outcome(*who, last=last)
    assert sorted(told(run)) == ["base-as-last", "bracket-changed"]
    assert len(column(run, "基数核查", "base")) == 3


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"category": "聘用", "base": 300_000}, "category-unknown"),
        ({}, "base-unknown"),
        ({"base": -1}, "amount"),
        ({"base": 300_000, "admitted": "2026"}, "admitted-unclear"),
        ({"base": 300_000, "left": "1989-01-01"}, "ends-before-start"),
        ({"base": 300_000, "left": "2026"}, "not-yet"),
    ],
    ids=["category", "base", "negative", "vague start", "order", "vague end"],
)
def test_a_row_that_cannot_be_understood_is_set_aside(fields: dict[str, Any], code: str) -> None:
    run = outcome(payer(**fields), payer(2, base=300_000), on=date(2026, 11, 30))
    if code == "not-yet":
        assert "admitted-unclear" in told(run)
        return
    assert code in told(run)
    assert (column(run, "党费收缴表", "name"), run.tally.set_aside) == (["甲2"], 1)


def test_what_goes_up_is_the_same_by_branch_by_committee_and_by_quarter() -> None:
    who = [
        payer(
            n,
            paid=[n * 7 + month for month in range(12)],
            category="农民",
            township=f"乡{n % 3}",
            branch=f"支部{n % 5}",
        )
        for n in range(1, 40)
    ]
    policy = with_keys(upward=UPWARD)
    year = Period.year(2026)
    rosters = {"payers": Roster(tuple(who)), "receipts": Roster(()), "pay": Roster(())}
    whole = PROGRAMME.judge(rosters, policy, Occasion(year, year.last))
    up = round(sum(fen for each in who for fen in each.more.values()) * 5 / 100)
    run = outcome(*who, by=policy)
    assert sum(column(run, "年度公示", "up")) == sum(quarter.up for quarter in quarters(whole)) == up
    assert sum(column(run, "年度公示", "got")) == sum(quarter.got or 0 for quarter in quarters(whole))


def test_each_level_has_its_share_and_the_parts_make_it_to_the_fen() -> None:
    """The county keeps what neither of the two gets; a slip names to whom it goes."""
    levels = [
        UPWARD | {"to": "县委组织部", "percent": 30},
        UPWARD | {"to": "市委组织部", "percent": Fraction(25, 3)},
    ]
    who = [
        payer(
            n,
            paid=[n * 7 + month for month in range(12)],
            category="农民",
            township=f"乡{n % 3}",
            branch=f"支部{n}",
        )
        for n in range(1, 20)
    ]
    run = outcome(*who, by=with_keys(upward=levels))
    got = sum(fen for each in who for fen in each.more.values())
    slips = list(zip(*(column(run, "季度上缴单", name) for name in ("to", "up")), strict=True))
    for at, (to, share) in enumerate((("县委组织部", Fraction(30)), ("市委组织部", Fraction(25, 3)))):
        up = int(got * share / 100 + Fraction(1, 2))
        assert sum(column(run, "年度公示", f"up{at}")) == sum(fen for whom, fen in slips if whom == to) == up
    assert len(slips) == 3 * 4 * 2
    assert sum(fen or 0 for fen in column(run, "季度上缴单", "got")) == got, (
        "what was received is added up once"
    )


def test_a_level_is_written_once() -> None:
    with pytest.raises(ValueError, match="同一级写了两次"):
        with_keys(upward=[UPWARD, UPWARD])


def test_dues_of_companies_come_back_whole_and_nobodys_dues_are_posted() -> None:
    who = [
        payer(1, base=300_000, paid=[1500], kind="非公企业", branch="甲公司"),
        payer(2, base=300_000, paid=[1500]),
    ]
    run = outcome(*who)
    assert column(run, "返还台账", "back") == [1500]
    (notice,) = run.notices()
    assert not {column.name for column in notice.table.columns} & {"name", "identity", "base"}


def test_a_document_without_a_notice_posts_nothing() -> None:
    assert outcome(payer(base=300_000), by=with_keys(notice=None)).notices() == ()


def test_a_base_that_is_no_whole_fen_is_shown_half_up_and_owed_exactly() -> None:
    """200.00, 200.01 and 200.02 yuan a quarter."""
    every: list[dict[str, Any]] = [dict.fromkeys(QUARTERS, 20_000 + n) for n in range(3)]
    who = [payer(n, category="个体", **income) for n, income in enumerate(every)]
    run = outcome(*who)
    assert column(run, "党费收缴表", "base") == [6667, 6667, 6667]
    assert column(run, "党费收缴表", "percent") == [Fraction(5, 1000)] * 3


def remarked(who: Payer, text: str) -> Payer:
    """With a remark beside the fields."""
    at = len(who.row.cells) + 1
    source = replace(who.row.source, remarks=((at, "备注"),))
    return structs.replace(who, row=structs.replace(who.row, source=source, cells=(*who.row.cells, text)))


@pytest.mark.parametrize(
    ("remark", "left", "codes"),
    [
        ("2026年3月病故", None, ["remarks.dead"]),
        ("2026年3月病故", "2026-03-02", []),
        ("2026年5月病故", "2026-03-02", ["remarks.differs"]),
        ("家属代交", "2026-03-02", []),
    ],
)
def test_whoever_a_remark_says_is_dead_waits_unless_the_row_has_the_same_day(
    remark: str, left: str | None, codes: list[str]
) -> None:
    run = outcome(remarked(payer(base=300_000, left=left), remark))
    assert (told(run), run.tally.set_aside) == (codes, len(codes))


def test_where_no_share_is_declared_nothing_is_handed_up() -> None:
    assert not default().editions[-1].upward
    assert not [table for table in outcome(payer(base=300_000)).tables if table.name == "季度上缴单"]


def test_the_gift_rule_is_asked_in_fen() -> None:
    rule = Gift(clause="条", to="中央", above=1000)
    assert (rule.goes_up(100_000), rule.goes_up(100_001)) == (False, True)
