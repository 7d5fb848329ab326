"""What a scheme, a kind of policy and the name of a roster come to: a programme that reads, judges, shows and pays by them.

It is made anew here, under other words than those of `subsidies`.
"""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.payroll.paying import last_full_quarter, paying
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.papers import WrittenFor
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes.subsidies.layouts import LAYOUTS
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from tests.ledger.county import account
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    listed,
    member,
    only,
    paid_line,
    policies,
    result_of,
    spell_row,
    spoilt,
)

QUARTER = Period.parse("2026Q2")
WHEN = Occasion(QUARTER, QUARTER.last)
OF_TWO_PERIODS = ("两期对比", "动态变更汇总表", "动态变更表")


def made() -> Programme:
    return paying(Scheme("trial", "试行津贴", "津贴", LAYOUTS), Subsidies, "试行名册", last_full_quarter)


def rosters(*people: Member, **others: Any) -> dict[str, Roster[Any]]:
    return {"members": Roster(people), **{name: Roster(tuple(rows)) for name, rows in others.items()}}


def paid(months: str) -> Roster[Paid]:
    line = paid_line(member(1), CADRE, months, 52_500 * len(months.split("至")))
    return result_of([line], QUARTER.before(), policies())


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2026-01-01", "2025Q4"),
        ("2026-03-31", "2025Q4"),
        ("2026-04-01", "2026Q1"),
        ("2026-06-30", "2026Q1"),
        ("2026-12-31", "2026Q3"),
    ],
)
def test_it_is_for_the_last_quarter_that_is_over(day: str, period: str) -> None:
    assert made().default_period(date.fromisoformat(day)) == Period.parse(period)


def test_it_reads_people_and_beside_them_their_spells_the_last_pages_and_lists() -> None:
    reads = made().reads
    assert {name: (one.title, one.sheet, one.optional, one.whole) for name, one in reads.items()} == {
        "members": ("试行名册", "花名册", False, True),
        "spells": ("任职经历", "", True, False),
        "previous": ("上期发放花名册", "花名册", True, False),
        "screen": ("核查名单", "", True, False),
    }
    last = {one.name: one.heading for one in reads["previous"].fields}
    assert (last["benefit"], last["standard"]) == ("津贴项目", "津贴标准")
    columns = made().policy_columns(policies().editions[-1])
    assert {name: [one.heading for one in own] for name, own in columns.items()} == {
        "members": ["家庭人口", "收入来源", "健康状况", "享受政策", "帮扶责任人"]
    }


def test_a_blank_roster_asks_for_the_person_what_the_document_looks_at_and_the_account() -> None:
    edition = policies().editions[-1]
    asked = made().asks(edition)
    assert set(asked) == {"members", "spells"}
    people, spells = asked["members"], asked["spells"]
    assert [*people][:4] == [*spells][:4] == ["township", "village", "name", "identity"]
    assert {"reason", "died_on", "hardship"} <= set(people)
    assert (people["reason"].words[0], people["died_on"].rare) == ("正常离任", True)
    assert [*people][-3:] == ["bank", "account", "remarks"]
    assert [one for one in ("bank", "account", "remarks", "name") if people[one].rare] == ["remarks"]
    assert [*spells][4:] == ["start", "end", "post"]
    assert people["post"].words == spells["post"].words == edition.posts == ("书记", "主任", "会计")


def test_a_blank_roster_asks_for_no_post_where_no_rule_looks_at_one() -> None:
    by_hardship = only(HARDSHIP).editions[0]
    assert "post" not in made().asks(by_hardship)["members"]


def test_a_run_shows_all_its_pages_and_pays_whom_the_bank_can_pay() -> None:
    """Of five one is paid by the bank, one is refused, one is on a list, one has his spells in a sheet of their own."""
    people = [
        member(1, spells=TWENTY, account=account(1)),
        member(2, spells=TWENTY),
        member(3, spells=TWENTY, employed=True),
        member(4, spells=TWENTY),
        member(5),
    ]
    beside = {"screen": [listed("村民4", people[3].identity)], "spells": spell_row(people[4], TWENTY)}
    given = {**rosters(*people, **beside), "previous": paid("2026-01")}
    run = made().run(given, policies(), WHEN)
    assert str(run.tally) == "读取 5 = 发放 3 + 不予发放 1 + 待核实 1"
    assert [one.name for one in run.tables] == [
        *(f"{benefit}花名册" for benefit in (CADRE, HARDSHIP, VETERAN)),
        *("分乡镇汇总表", "分档人数", "年龄分布", "两期对比", "不予发放名单", "动态变更汇总表", "动态变更表", "无有效账户名单"),
    ]  # fmt: skip
    assert [one.code for one in run.findings] == [
        "trial.screened",
        *["trial.made-good"] * 3,
        *["trial.account"] * 2,
    ]
    assert [(one.name, len(one.rows), one.besides) for one in run.payments()] == [
        (CADRE, 1, (("无有效账户", 2, 2 * 6 * 525_00),))
    ]
    assert [one.title for one in run.on_terminal] == ["2026年第二季度试行津贴", "各乡镇发放"]
    assert [one.name for one in run.notices()] == [f"{CADRE}公示"]
    assert "按津贴项目" in [figures.block for figures in run.front]
    made_out = run.papers(WrittenFor())
    assert made_out.request and made_out.request.title == "关于申请拨付2026年第二季度试行津贴资金的报告"
    assert [form.name for form in made_out.forms] == ["村民2", "村民5"]


def test_rows_stand_by_village_and_name_whatever_their_order() -> None:
    people = [
        member(n, spells=TWENTY, village=village)
        for n, village in ((3, "河西村"), (1, "河西村"), (2, "河东村"))
    ]
    run = made().run(rosters(*people), policies(), WHEN)
    table = run.tables[0]
    assert [row[table.index("name")] for row in table.rows] == ["村民2", "村民1", "村民3"]


def test_without_the_last_pages_nothing_is_compared() -> None:
    run = made().run(rosters(member(1, spells=TWENTY)), policies(), WHEN)
    assert len(run.tables) == 8
    assert not {one.name for one in run.tables} & set(OF_TWO_PERIODS)


def test_it_explains_each_row_and_owes_to_the_ledger_month_by_month() -> None:
    who, waits = member(1, spells=TWENTY), spoilt(member(2, spells=TWENTY), "任职经历")
    given = rosters(who, waits)
    told = made().explain(given, policies(), WHEN)
    assert [one.outcome for one in told.subjects] == ["发放 1575.00 元", "待核实，不发放"]
    assert [table.title for table in told.subjects[0].pages()] == [f"村民1：{CADRE}（2026-04至2026-06）"]
    (claimant,) = made().entitled(given, policies(), WHEN, {}).claimants
    assert [(due.benefit, str(due.month), due.fen) for due in claimant.due] == [
        (CADRE, f"2026-0{month}", 525_00) for month in (4, 5, 6)
    ]


def test_what_documents_are_compared_by_is_the_sum_of_each_month_and_the_tier() -> None:
    (one,) = made().judge(rosters(member(1, spells=TWENTY)), policies(), WHEN).of()
    assert {benefit: fen for (benefit, _), fen in made().compared.sums(one).items()} == {CADRE: 525_00}
    assert made().compared.tier(one) == f"{CADRE} 书记 满20年以上"


def test_a_document_is_asked_what_every_document_of_its_kind_is_asked() -> None:
    assert made().policy is Subsidies
    assert {block.__name__ for block in made().lints.tried} >= {"Tier", "Amount", "Service", "Age", "Payable"}
