"""People who stand twice, accounts, screening lists, the last period, and policies that must be refused."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli import policy
from sanchuang_cli.domain.payroll import transfer
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import load
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from tests.programmes.people import (
    CADRE,
    TWENTY,
    codes,
    identity,
    listed,
    member,
    paid_line,
    policies,
    result_of,
    run,
    spell_row,
    yuan_of,
)


def test_the_sheet_of_spells_is_believed_and_the_cell_only_told() -> None:
    person = member(spells="1980-01…1999-11 书记")
    sheet = spell_row(person, "1980-01…1999-12 书记")
    changes = run(person, spells=sheet)
    assert (changes.set_aside, "subsidies.spells-differ" in codes(changes)) == (1, True)
    same = run(member(spells="1980-01…1999-12 书记"), spells=sheet)
    assert yuan_of(same) == 3 * 525
    assert "subsidies.spells-differ" not in codes(same)
    assert yuan_of(run(member(), spells=sheet)) == 3 * 525


def test_doubles_that_agree_are_paid_once_and_others_not_at_all() -> None:
    one, two = member(spells=TWENTY), member(spells=TWENTY, book="另一本.xlsx")
    agree = run(one, two)
    assert yuan_of(agree) == 3 * 525
    assert (agree.doubles, str(agree.tally)) == (1, "读取 2 = 发放 1 + 不予发放 0 + 重复合并 1 + 待核实 0")
    assert sum(f.code == "subsidies.duplicate" for f in agree.findings) == 2
    differ = run(one, member(spells="1980-01…1990-12 书记", book="另一本.xlsx"))
    assert (differ.fen, differ.set_aside) == (0, 2)


def test_doubles_that_are_paid_once_are_told_with_what_they_differ_in() -> None:
    """Whoever is to strike one of the rows would strike the one that says more."""
    old, new = member(spells=TWENTY), member(spells=TWENTY, branch="东村党支部", book="另一本.xlsx")
    result = run(old, new)
    assert yuan_of(result) == 3 * 525
    told = [f.message for f in result.findings if f.code == "subsidies.duplicate"]
    assert len(told) == 2 and all("除“所在党支部”外各处一致，只发一份" in message for message in told)
    alike = run(old, member(spells=TWENTY, book="另一本.xlsx"))
    assert all("：各处一致，只发一份" in f.message for f in alike.findings if f.code == "subsidies.duplicate")


def test_doubles_that_served_in_different_years_are_not_one_of_them_though_each_would_be_paid_alike() -> None:
    """Two villages report a part each: together it is twenty years, and neither row says so."""
    east, west = (
        member(spells="1980-01…1989-12 书记"),
        member(spells="1990-01…1999-12 书记", book="西村.xlsx"),
    )
    result = run(east, west)
    assert (result.fen, result.set_aside) == (0, 2)
    assert all("（任职经历）" in f.message for f in result.findings if f.code == "subsidies.duplicate")


def test_one_account_under_two_names_sets_both_aside() -> None:
    account = "10203040506070"
    result = run(member(1, spells=TWENTY, account=account), member(2, spells=TWENTY, account=account))
    assert (result.fen, result.set_aside, codes(result)) == (0, 2, ["subsidies.shared-account"])
    assert account not in str(result.findings)


def test_screening_by_identity_sets_aside_and_by_name_warns() -> None:
    person = member(spells=TWENTY)
    hit = run(person, screen=[listed("别名", person.identity)])
    assert (hit.set_aside, codes(hit)) == (1, ["subsidies.screened"])
    warned = run(person, screen=[listed(person.name)])
    assert yuan_of(warned) == 3 * 525
    assert [f.severity for f in warned.findings if f.code == "subsidies.screened"] == [Severity.WARNING]


def test_one_account_and_name_under_two_numbers_is_not_paid_twice() -> None:
    """Two books of one township, one written before the number was corrected, one after."""
    account, number = "10203040506070", identity("1949-03-15", number=3)
    old = member(1, spells=TWENTY, account=account)
    result = run(old, member(1, spells=TWENTY, account=account, identity=number, book="另一本.xlsx"))
    assert (result.fen, result.set_aside, codes(result)) == (0, 2, ["subsidies.shared-account"])
    assert all("还写在另一个身份证号名下" in finding.message for finding in result.findings)


@pytest.mark.parametrize(("account", "sent"), [("", 0), ("6228480000000000001", 0), ("10203040506070", 1)])
def test_people_without_a_valid_account_stay_on_the_roster_but_not_on_the_banks_list(
    account: str, sent: int
) -> None:
    result = run(member(spells=TWENTY, account=account))
    assert len(result.paid) == 1
    assert sum(len(table.rows) for table in transfer.payments(result.whole)) == sent


def test_what_the_last_period_did_not_pay_is_made_good() -> None:
    one, two, new = (
        member(1, spells=TWENTY),
        member(2, spells=TWENTY),
        member(3, spells=TWENTY, approved_on="2026-04-02"),
    )
    before = [paid_line(one, CADRE, "2026-01至2026-03", 157_500), paid_line(two, CADRE, "2026-01", 52_500)]
    result = run(one, two, new, previous=before)
    paid = {
        d.record.name: [p.month % 12 + 1 for p in sorted(d.payments, key=lambda p: p.month)]
        for d in result.paid
    }
    assert paid == {"村民1": [4, 5, 6], "村民2": [2, 3, 4, 5, 6], "村民3": [4, 5, 6]}


def test_changes_against_the_last_period() -> None:
    stays, dead, new = (
        member(1, spells=TWENTY),
        member(2, spells=TWENTY, died_on="2026-01-15"),
        member(3, born="1966-04-15", spells=TWENTY),
    )
    before = [paid_line(who, CADRE, "2026-01至2026-03", 157_500) for who in (stays, dead)]
    period = Period.parse("2026Q2")
    rosters: dict[str, Roster[Any]] = {
        "members": Roster((stays, dead, new)),
        "previous": result_of(before, period.before(), policies()),
    }
    outcome = subsidies.PROGRAMME.run(rosters, policies(), Occasion(period, period.last))
    table = next(t for t in outcome.tables if t.name == "动态变更表")
    found = {row[table.index("name")]: row for row in table.rows}
    assert {name: row[table.index("change")] for name, row in found.items()} == {
        "村民2": "死亡",
        "村民3": "新增",
    }
    assert found["村民2"][table.index("months")] == "2026-02至2026-03（2个月）"
    assert found["村民2"][table.index("owed_back")] == 2 * 52_500


@pytest.mark.parametrize("period", ["2013Q1", "2019", "2022Q2"])
def test_a_period_without_a_standard_is_refused_before_anything_is_paid(period: str) -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        run(member(spells=TWENTY), period=period)


def _broken(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("accumulate = ", "acumulate = ", "accumulate"),
        ('accumulate = "union"', 'accumulate = "unions"', "是不是“union”"),
        ("below = 15, rate", "below = 14, rate", "两档不相接"),
        ("at_least = 15, below = 20", "at_least = 14, below = 20", "两档不相接"),
        (
            'at_least = 20, rate = { "书记" = 525, "主任" = 505, "会计" = 485 }',
            'at_least = 20, rate = { "书记" = 525, "主任" = 505 }',
            "职务“会计”",
        ),
        ('"会计" = 445', '"会纪" = 445', "是不是“会计”"),
        ('column = "离任原因"', 'column = "离职原故"', "名册没有“离职原故”"),
        ('column = "刑罚情况"', 'column = "死亡日期"', "列是 date"),
        ("at_least = 20, rate", "at_least = 20, below = 40, rate", "最高一档"),
        (
            'benefits = ["离任村干部生活补贴", ',
            'benefits = ["离任干部生活补贴", ',
            "是不是“离任村干部生活补贴”",
        ),
        ('rounding = "full_years"', 'rounding = "half_up"', "half_up_from"),
        ('start = "approval"', 'start = "fulfilled"', "retroactive_limit"),
        ("below = 1949-10-01", 'below = "1949-10-01"', "日期不加引号，写成 1949-10-01"),
        ('since = "处分日期"', "", "写了 stop，还要写 since"),
        ('column = "离任原因"', 'column = "性别"', "以身份证号为准，不能按“性别”列判断"),
        ('column = "死亡日期"', 'column = "出生日期"', "以身份证号为准，不能按“出生日期”列判断"),
    ],
)
def test_a_mistake_in_the_policy_is_told_and_nothing_is_paid(old: str, new: str, complaint: str) -> None:
    name, content = policy.source("subsidies", None)
    with pytest.raises(UserError, match=complaint):
        load(Subsidies, name, _broken(content.decode(), old, new).encode())


@pytest.mark.parametrize(
    ("field", "written"),
    [("died_on", "2026.6.31"), ("employed", "待核"), ("penalty_on", "二月份"), ("ledger_on", "2014.13")],
)
def test_a_cell_that_nobody_can_read_is_never_taken_for_blank(field: str, written: str) -> None:
    blank: dict[str, Any] = {field: None}
    one = member(born="1950-01-01", spells="1990-01…2001-12 书记", hardship=True, rural="农业", **blank)
    assert run(one).paid, "a blank cell is no obstacle"
    cells = list(one.row.cells)
    cells[one.row.source.columns[field][0] - 1] = written
    row = structs.replace(one.row, cells=tuple(cells), unread=(field,))
    result = run(structs.replace(one, row=row))
    assert [f.code for f in result.findings if f.severity == "error"] == ["subsidies.unread"]
    assert not result.paid


@pytest.mark.parametrize("written", ["留党察看{一年}", "{!m}", "{0}", "开除{党籍"])
def test_braces_in_a_cell_are_text_and_no_template(written: str) -> None:
    result = run(member(spells=TWENTY, penalty=written))
    clauses = [clause for decision in result.decisions for v in decision.verdicts for clause in v.clauses]
    assert result.set_aside == 1
    assert any(written in str(clause.said) for clause in clauses)


def test_two_people_on_one_line_are_set_aside_each_for_himself() -> None:
    """Two tables stand side by side: what is wrong with one row says nothing of the row beside it."""
    wrong, good = member(1, spells=TWENTY, died_on="2026"), member(2, spells=TWENTY)
    beside = structs.replace(good, row=structs.replace(wrong.row, source=replace(good.row.source)))
    assert wrong.row.line == beside.row.line
    result = run(wrong, beside, period="2026Q2")
    assert [decision.record.name for decision in result.paid] == ["村民2"]
    assert result.set_aside == 1
