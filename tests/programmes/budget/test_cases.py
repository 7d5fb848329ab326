"""Cases of 经费预算 that the domain list prints, by their numbers, and its rules one by one."""

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Due, Occasion
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programmes.budget import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.bodies import asked, body, by, column, granted, outcome, pack, payment, told, voucher

WAN = 1_000_000
"""Fen."""
STANDARD = """
[[edition.standards]]
name = "经费"
clause = "第三条"
amount = 100
"""
SPENDING = """
[edition.spending]
clause = "第五条"
uses = ["学习教育"]
warns_at = 90
beyond = "stop"
{more}
"""
YUNXIAO = {
    "云陵镇": (4, 0, 15, 76), "莆美镇": (16, 1, 8, 97), "陈岱镇": (18, 2, 0, 74), "列屿镇": (12, 2, 0, 50),
    "东厦镇": (15, 2, 0, 62), "火田镇": (21, 6, 1, 94), "下河乡": (23, 9, 1, 105), "和平乡": (13, 7, 0, 59),
    "马铺乡": (28, 9, 0, 121), "开发区": (8, 2, 0, 34), "和平农场": (13, 0, 0, 52),
}  # fmt: skip
"""Villages, poor ones among them, communities, and the sum in ten thousand yuan."""


def test_n75h_yunxiao_2017_in_all_rows_and_totals() -> None:
    bodies = [
        body(f"{township}{kind}{n}", township, kind, 是否贫困村=n < poor and kind == "村")
        for township, (villages, poor, communities, _) in YUNXIAO.items()
        for kind, count in (("村", villages), ("社区", communities))
        for n in range(count)
    ]
    run = outcome(*bodies, by=pack("yunxiao-2017"), year=2017, on=date(2017, 1, 6))
    found = dict(
        zip(column(run, "分乡镇汇总表", "township"), column(run, "分乡镇汇总表", "standard"), strict=True)
    )
    assert found == {township: total * WAN for township, (*_, total) in YUNXIAO.items()}
    assert sum(found.values()) == 824 * WAN
    kinds = column(run, "年度预算表", "type")
    assert (kinds.count("村"), kinds.count("社区")) == (171, 25)
    assert sum(fen > 0 for fen in column(run, "年度预算表", "by_name1")) == 40


def test_n77h_miyun_2004_by_kind_of_town_and_population() -> None:
    towns = [("山区", 499), ("山区", 500), ("其他", 499), ("其他", 999)]
    run = outcome(
        *(body(f"村{n}", 人口=people, 乡镇类别=kind) for n, (kind, people) in enumerate(towns)),
        by=pack("miyun-2004"),
        year=2005,
        on=date(2005, 6, 1),
    )
    assert list(granted(run).values()) == [4_000_000, 4_200_000, 3_500_000, 3_700_000]


def test_n77h_what_the_document_does_not_print_is_left_to_the_county() -> None:
    """1,000 people and more: the report breaks off, so that nobody is granted by it."""
    run = outcome(body(人口=1000, 乡镇类别="山区"), by=pack("miyun-2004"), year=2005, on=date(2005, 6, 1))
    assert (granted(run), told(run)) == ({}, ["no-sum"])


POT = """
standards = []
[[edition.pots]]
name = "活动经费"
clause = "第三条"
amount = {amount}
of = "党员数"
sharing = {{ clause = "第三条", method = "{method}" }}
"""
MEMBERS = (47_000, 16_000, 15_800, 12_000, 6_100, 3_100)


def test_n79h_ten_by_the_largest_remainder() -> None:
    policy = by(_before_blocks(POT.format(amount=10, method="largest_remainder")))
    run = outcome(*(body(f"村{n}", 党员数=count) for n, count in enumerate(MEMBERS)), by=policy)
    assert [fen // 100 for fen in granted(run).values()] == [5, 2, 1, 1, 1, 0]


def test_a_pot_by_another_named_method_is_another_list_of_the_same_sum() -> None:
    policy = by(_before_blocks(POT.format(amount=10, method="dhondt")))
    run = outcome(*(body(f"村{n}", 党员数=count) for n, count in enumerate(MEMBERS)), by=policy)
    assert sum(granted(run).values()) == 1000
    assert [fen // 100 for fen in granted(run).values()] != [5, 2, 1, 1, 1, 0]


@pytest.mark.parametrize(("unit", "parts"), [("yuan", [3400, 3300, 3300]), ("fen", [3334, 3333, 3333])])
def test_a_pot_is_shared_out_in_whole_yuan_or_to_the_fen_and_is_conserved(
    unit: str, parts: list[int]
) -> None:
    policy = by(_before_blocks(POT.format(amount=100, method="largest_remainder")) + f'\nunit = "{unit}"\n')
    run = outcome(*(body(name, 党员数=1) for name in ("丙村", "甲村", "乙村")), by=policy)
    assert sorted(granted(run).values(), reverse=True) == parts and sum(parts) == 10_000


def test_a_pot_that_rounding_does_not_conserve_is_not_shared_out() -> None:
    policy = by(_before_blocks(POT.format(amount=1, method="half_up")))
    run = outcome(*(body(f"村{n}", 党员数=1) for n in range(3)), by=policy)
    assert (granted(run), told(run)) == ({}, ["pot-unshared"])


def test_nobody_gets_a_part_of_a_pot_as_long_as_somebody_is_set_aside() -> None:
    policy = by(_before_blocks(POT.format(amount=10, method="largest_remainder")))
    run = outcome(body("甲村", 党员数=5), body("乙村"), by=policy)
    assert (granted(run), sorted(told(run))) == ({}, ["needed", "pot-waits"])


def _before_blocks(text: str) -> str:
    """`standards = []` belongs to the edition itself, before its first block."""
    first, rest = text.strip().split("\n", 1)
    assert first == "standards = []"
    return rest


PAID = """
[[edition.standards]]
name = "经费"
clause = "第三条"
amount = 25
[edition.paid]
clause = "第六条"
benefit = "经费"
months = [3, 6, 9, 12]
sharing = {{ clause = "第六条", method = "{method}" }}
"""


@pytest.mark.parametrize(("method", "parts"), [("cumulative", [6, 6, 6, 7]), ("floor_first", [7, 6, 6, 6])])
def test_n81h_25_over_four_quarters_in_whole_yuan(method: str, parts: list[int]) -> None:
    policy = by(PAID.format(method=method))
    occasion = Occasion(Period.year(2026), date(2026, 12, 31))
    rosters = {"bodies": Roster((body(),)), "vouchers": Roster(()), "payments": Roster(())}
    entitled = PROGRAMME.entitled(rosters, policy, occasion, {})
    (claimant,) = entitled.claimants
    assert claimant.due == tuple(
        Due("经费", "经费", Month(2026, month), part * 100, "2000-01-01")
        for month, part in zip((3, 6, 9, 12), parts, strict=True)
    )


BANDS = """
[[edition.standards]]
name = "补助"
clause = "集体收入1万元以下的补5,000元"
of = "集体收入"
of_is = "money"
bands = [{{ at_least = 0, amount = 5000 }}, {{ {edge}, amount = 0 }}]
"""


@pytest.mark.parametrize(
    ("edge", "exactly"), [("above = 10000", 500_000), ("at_least = 10000", 0)], ids=["includes", "excludes"]
)
def test_n85h_up_to_ten_thousand_includes_it_or_not(edge: str, exactly: int) -> None:
    policy = by(BANDS.format(edge=edge))
    run = outcome(body("甲村", 集体收入=1_000_000), body("乙村", 集体收入=1_000_001), by=policy)
    assert granted(run) == {"甲村": exactly, "乙村": 0}


def test_h19_one_per_cent_of_the_payroll_can_be_deducted() -> None:
    company = body(
        "甲公司",
        kind="非公企业",
        工资总额=800_000_000,
        管理费支出=9_500_000,
        转入党员数=0,
        新批支部数=0,
        缴纳党费=0,
    )
    run = outcome(company)
    assert column(run, "两类组织表", "deductible") == [8_000_000]
    assert column(run, "两类组织表", "beyond") == [1_500_000]


def test_h20_h21_panjin_a_village_and_a_community_by_who_bears_it() -> None:
    run = outcome(
        body(), body("站前社区", kind="社区"), by=pack("panjin-2016"), year=2017, on=date(2017, 3, 1)
    )
    assert granted(run) == {"向阳村": 45_000_000, "站前社区": 20_000_000}
    assert column(run, "年度预算表", "borne0") == [27_500_000, 10_000_000]
    assert column(run, "年度预算表", "borne1") == [17_500_000, 10_000_000]


def test_h22_benxi_2014_a_community_by_city_and_district() -> None:
    run = outcome(body("站前社区", kind="社区"), by=pack("benxi-2014"), year=2014, on=date(2014, 6, 1))
    assert [column(run, "年度预算表", f"borne{i}") for i in (0, 1)] == [[2_000_000], [3_000_000]]


@pytest.mark.parametrize(("year", "lacking"), [(2017, False), (2020, True)])
def test_shandong_the_county_must_reach_an_average(year: int, lacking: bool) -> None:
    rows = [body("甲村", 村级经费=8_000_000), body("乙村", 村级经费=10_000_000)]
    run = outcome(*rows, by=pack("shandong-2017"), year=year, on=date(year, 6, 1))
    assert ("below-average" in told(run)) is lacking


@pytest.mark.parametrize(("second", "lacking"), [(10_000_000, ""), (9_999_999, "差 0.01 元")])
def test_shandong_ninety_thousand_on_average_is_enough_and_a_fen_less_is_not(
    second: int, lacking: str
) -> None:
    rows = [body("甲村", 村级经费=8_000_000), body("乙村", 村级经费=second)]
    run = outcome(*rows, by=pack("shandong-2017"), year=2017, on=date(2017, 6, 1))
    messages = [finding.message for finding in run.findings if finding.code == "budget.below-average"]
    assert [lacking in message for message in messages] == ([True] if lacking else [])


def test_the_printed_example_of_the_defaults() -> None:
    """Section 6, point 5: 37,000 of 40,000 warns; the next voucher of 4,000 is beyond, whole."""
    before = [voucher("1", "2026-09-01", 3_700_000)]
    run = outcome(body(), vouchers=before)
    assert told(run) == ["nearly-spent"]
    assert column(run, "拨付进度", "used_share") == [Fraction(37, 40)]
    run = outcome(body(), vouchers=[*before, voucher("2", "2026-09-02", 400_000)])
    assert column(run, "使用明细", "part") == ["列支", "超支"]
    assert column(run, "拨付进度", "left") == [-100_000]


def test_members_moved_in_new_branches_and_dues_of_the_two_kinds() -> None:
    run = outcome(body("甲协会", kind="社会组织", 转入党员数=4, 新批支部数=1, 缴纳党费=72_050))
    assert granted(run) == {"甲协会": 4 * 30_000 + 200_000 + 72_050}


def test_two_rows_of_one_village_that_differ_are_both_set_aside() -> None:
    run = outcome(body(是否贫困村=True), body(是否贫困村=False))
    assert (granted(run), run.tally.set_aside) == ({}, 2)


def test_payments_of_nobody_and_of_another_year_are_told_and_not_counted() -> None:
    payments = [payment("2026-03-01", 100), payment("2025-03-01", 200), payment("2026-03-01", 300, "望何村")]
    run = outcome(body(), payments=payments)
    assert column(run, "拨付进度", "paid") == [100]
    assert told(run).count("payment-unknown") == 2


def test_a_printed_sum_that_the_document_does_not_give_is_told() -> None:
    run = outcome(body("甲村", 核定金额=4_000_000), body("乙村", 核定金额=5_000_000))
    assert told(run) == ["stated-differs"]


def test_a_period_that_is_no_year_is_refused() -> None:
    with pytest.raises(UserError, match="--period 2026"):
        rosters = {"bodies": Roster((body(),)), "vouchers": Roster(()), "payments": Roster(())}
        PROGRAMME.run(rosters, pack(), Occasion(Period.parse("2026Q2"), date(2026, 6, 30)))


def test_the_bank_gets_what_is_due_by_the_day_and_was_not_paid_yet() -> None:
    """Three of four instalments are due on 28 November; one was paid, and a half of the next."""
    run = outcome(body(), payments=[payment("2026-03-20", 1_500_000)])
    (table,) = run.payments()
    assert [row[table.index("amount")] for row in table.rows] == [1_500_000]


def test_a_village_that_says_the_same_twice_counts_once_and_keeps_nobody_from_the_pot() -> None:
    policy = by(_before_blocks(POT.format(amount=10, method="largest_remainder")))
    twice = body("甲村", 党员数=1)
    again = replace(twice, row=replace(twice.row, number=9))
    run = outcome(twice, again, body("乙村", 党员数=1), by=policy)
    assert (granted(run), told(run)) == ({"甲村": 500, "乙村": 500}, ["listed-alike"] * 2)
    assert "分不清" not in str(run.findings)


@pytest.mark.parametrize(("left", "carried"), [(5_000, 5_000), (0, 0), (-5_000, 0), (None, 0)])
def test_what_was_overspent_is_not_taken_from_the_next_year(left: int | None, carried: int) -> None:
    text = STANDARD + SPENDING.format(more="carries = true")
    last = [{"township": "青禾镇", "name": "向阳村", "left": left}]
    run = outcome(body(), by=by(text), last=last)
    assert column(run, "拨付进度", "left") == [10_000 + carried]
    kept = outcome(body(), by=by(STANDARD + SPENDING.format(more="")), last=last)
    assert column(kept, "拨付进度", "left") == [10_000]


@pytest.mark.parametrize(
    ("fen", "codes"), [(8_999, []), (9_000, ["nearly-spent"]), (10_001, ["nearly-spent"]), (0, [])]
)
def test_a_village_is_told_from_the_share_on_that_the_document_says(fen: int, codes: list[str]) -> None:
    run = outcome(
        body(), vouchers=[voucher("1", "2026-11-01", fen)], by=by(STANDARD + SPENDING.format(more=""))
    )
    assert told(run) == codes


@pytest.mark.parametrize(("day", "codes"), [("2026-08-28", ["idle"]), ("2026-08-29", []), ("2026-08", [])])
def test_a_village_is_idle_when_the_last_voucher_is_as_many_months_ago_as_the_document_says(
    day: str, codes: list[str]
) -> None:
    by_months = by(STANDARD + SPENDING.format(more="idle_months = 3"))
    assert told(outcome(body(), vouchers=[voucher("1", day, 1)], by=by_months)) == codes
    never = by(STANDARD + SPENDING.format(more="idle_months = 0"))
    assert told(outcome(body(), vouchers=[voucher("1", "2026-01-01", 1)], by=never)) == []


def test_whoever_need_not_hand_in_vouchers_is_not_told_that_none_came() -> None:
    by_types = by(STANDARD + SPENDING.format(more='idle_months = 3\ntypes = ["社区"]'))
    run = outcome(
        body(), body("站前社区", kind="社区"), vouchers=[voucher("1", "2026-01-01", 10_000)], by=by_types
    )
    assert [(finding.code, "站前社区" in finding.message) for finding in run.findings] == [
        ("budget.idle", True)
    ]
    assert told(outcome(body(), by=by_types)) == [], "nobody hands in any"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 1, 1), "时间进度：到 2026-01-01 过去 1 天，全年 365 天，0.2%。"),
        (date(2026, 7, 2), "时间进度：到 2026-07-02 过去 183 天，全年 365 天，50.1%。"),
        (date(2027, 3, 1), "时间进度：到 2027-03-01 过去 365 天，全年 365 天，100.0%。"),
    ],
)
def test_beside_the_money_stands_how_much_of_the_year_is_over(on: date, said: str) -> None:
    (page,) = (table for table in outcome(body(), on=on).tables if table.name == "拨付进度")
    assert said in page.notes


def test_the_notice_has_the_sums_of_each_village_and_what_they_were_spent_on() -> None:
    vouchers = [
        voucher("1", "2026-03-01", 1_234_56),
        voucher("2", "2026-03-02", 78_900, use="阵地维护"),
        voucher("3", "2026-03-03", 100, use="报刊资料"),
        voucher("4", "2026-03-04", 100, use="报刊资料", reverses="3"),
        voucher("5", "2026-03-05", 100, state="申请"),
    ]
    (notice,) = outcome(body(), vouchers=vouchers, payments=[payment("2026-03-01", 500)]).notices()
    assert [tuple(row)[1:] for row in notice.table.rows] == [
        ("青禾镇", "向阳村", 4_000_000, 500, 202_356, "学习教育 1,234.56、阵地维护 789.00", 3_797_644)
    ]


@pytest.mark.parametrize("period", ["2026-01", "2026H1", "2026Q4"])
def test_no_part_of_a_year_has_a_standard(period: str) -> None:
    rosters, policy, when = asked(body())
    with pytest.raises(
        UserError, match=f"经费按年核定，{Period.parse(period).title}不是一整年。请用 --period 2026"
    ):
        PROGRAMME.run(rosters, policy, Occasion(Period.parse(period), when.on))


DEDUCTIBLE = (
    STANDARD
    + """
[edition.deductible]
clause = "第七条"
percent = 1.5
types = ["非公企业"]
"""
)


def test_what_can_be_deducted_is_a_share_of_the_payroll_cut_to_the_fen_and_no_more_than_was_spent() -> None:
    firms = [
        body(f"{number}公司", kind="非公企业", 工资总额=100_001, 管理费支出=spent)
        for number, spent in enumerate((1_499, 1_500, 1_501), 1)
    ]
    run = outcome(*firms, by=by(DEDUCTIBLE))
    sums = [column(run, "两类组织表", name) for name in ("deductible", "beyond")]
    assert sums == [[1_499, 1_500, 1_500], [0, 0, 1]]


def test_a_kind_of_body_that_deducts_nothing_is_asked_for_no_payroll() -> None:
    run = outcome(body(管理费支出=500), by=by(DEDUCTIBLE))
    assert (told(run), column(run, "两类组织表", "deductible")) == ([], [None])


def test_a_pot_that_others_bear_is_split_between_them_beside_the_standards() -> None:
    own = 'funding = { clause = "第八条", shares = [{ who = "市级", percent = 70 }, { who = "县级", percent = 30 }] }'
    text = POT.format(amount=10, method="largest_remainder").replace("standards = []", "")
    run = outcome(body(党员数=1), by=by(STANDARD + text + own))
    names = {
        one.title: one.name for table in run.tables if table.name == "年度预算表" for one in table.columns
    }
    borne = {who: column(run, "年度预算表", names[f"分担/{who}"]) for who in ("县级", "市级")}
    assert borne == {"县级": [10_300], "市级": [700]}


def test_while_a_row_could_not_be_read_no_pot_is_shared_and_no_average_is_said_to_be_missed() -> None:
    unread = [body("丙村").row]
    pots = by(_before_blocks(POT.format(amount=10, method="largest_remainder")))
    run = outcome(body("甲村", 党员数=5), by=pots, unread=unread)
    assert (granted(run), told(run)) == ({}, ["pot-waits"])
    average = by(STANDARD + '[edition.average]\nclause = "第七条"\nat_least = 101')
    assert told(outcome(body(), by=average)) == ["below-average"]
    assert told(outcome(body(), by=average, unread=unread)) == []
