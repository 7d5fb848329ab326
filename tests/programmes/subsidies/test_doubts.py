"""Doubtful rows, the last period, and policies that must be refused."""

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
    cadre,
    codes,
    day,
    listed,
    member,
    only,
    paid_line,
    policies,
    result_of,
    run,
    spell_row,
    yuan_of,
)


def test_who_is_paid_without_a_township_is_told() -> None:
    person = structs.replace(member(spells=TWENTY), township="")
    assert "subsidies.no-township" in codes(run(person))
    assert "subsidies.no-township" not in codes(run(structs.replace(person, died_on=day("2026-01"))))


def test_a_year_without_month_matters_only_where_it_changes_the_money() -> None:
    assert yuan_of(run(member(spells="1985…1996 书记"), period="2026-04")) == 485
    result = run(member(spells="1985…1995 书记"), period="2026-04")
    assert (result.set_aside, codes(result)) == (1, ["subsidies.vague-date"])
    assert "0.00 元到 485.00 元" in result.findings[0].message


def test_a_year_without_month_counts_where_only_a_month_between_its_ends_changes_the_money() -> None:
    """In January he has not served for ten years, in December he has not left in time: in September both hold."""
    late = run(member(spells="2016-10…2026 书记"), period="2026Q4")
    assert (late.set_aside, codes(late)) == (1, ["subsidies.vague-date"])
    assert run(member(spells="2016-10…2024 书记"), period="2026Q4").set_aside == 0


def test_a_vague_approval_may_lie_in_the_period_that_makes_good() -> None:
    policy = cadre(payable={"start": "fulfilled", "retroactive_limit": 6})
    died = member(spells=TWENTY, died_on="2026-03", approved_on="2026")
    assert run(died, period="2026Q2", policy=policy).set_aside == 1


def test_each_post_by_itself_may_lack_its_years_only_between_the_ends_of_a_vague_year() -> None:
    tier = [{"at_least": 9, "rate": {"书记": 200, "主任": 200, "会计": 200}}]
    policy = cadre(service={"rate_post": "each_post", "ways": []}, amount={"tier": tier})
    spells = "1981-04…1990-12 会计; {}…1998-12 书记"
    sums = [
        yuan_of(run(member(spells=spells.format(start)), period="2026-04", policy=policy))
        for start in ("1990-01", "1990-02", "1990-12")
    ]
    assert sums == [200, 0, 200]
    assert run(member(spells=spells.format("1990")), period="2026-04", policy=policy).set_aside == 1


def test_the_post_on_leaving_may_change_between_the_ends_of_a_vague_year() -> None:
    tier = [
        {"at_least": 9, "below": 10, "rate": {"书记": 100, "主任": 90, "会计": 80}},
        {"at_least": 10, "rate": {"书记": 120, "主任": 110, "会计": 100}},
    ]
    policy = cadre(service={"rate_post": "on_leaving", "ways": []}, amount={"tier": tier})
    spells = "1989-11…1999-06 书记; 1998-01…{} 会计"
    sums = [
        yuan_of(run(member(spells=spells.format(end)), period="2026-04", policy=policy))
        for end in ("1999-01", "1999-08", "1999-12")
    ]
    assert sums == [100, 80, 100]
    assert run(member(spells=spells.format("1999")), period="2026-04", policy=policy).set_aside == 1


@pytest.mark.parametrize(("died", "set_aside"), [("2026", 1), ("2027", 0), ("2025", 0), ("2026-05", 0)])
def test_a_vague_death_matters_only_near_the_period(died: str, set_aside: int) -> None:
    assert run(member(spells=TWENTY, died_on=died)).set_aside == set_aside


ERROR, WARNING = Severity.ERROR, Severity.WARNING
EARLIER = "1958-01…1959-12 书记; 1970-01…1999-12 书记"


@pytest.mark.parametrize(
    ("lacking", "fields", "set_aside"),
    [
        ("健在", {"health": "已去世"}, 1),
        ("健在", {"health": "健在"}, 0),
        ("健在", {"health": "已去世", "died_on": "2026-02"}, 0),
        ("健在（死亡日期）", {"died_on": "2026-02"}, 1),
        ("健在（死亡日期）", {"died_on": "2026-07"}, 0),
    ],
)
def test_the_dead_are_not_paid_because_no_condition_looks_at_where_it_says_so(
    lacking: str, fields: dict[str, Any], set_aside: int
) -> None:
    def without(benefit: dict[str, Any]) -> None:
        benefit["condition"] = [test for test in benefit["condition"] if test["name"] != lacking]

    whole = only(CADRE)
    assert lacking in {test.name for test in whole.editions[0].benefit[0].condition}
    assert run(member(spells=TWENTY, **fields), policy=only(CADRE, without)).set_aside == set_aside


@pytest.mark.parametrize(
    ("spells", "set_aside"),
    [
        ("1958-01…1961-12 书记; 1970-01…1999-12 会计", 1),  # the highest post was held as a child only
        ("1958-01…1961-12 会计; 1970-01…1999-12 书记", 0),
        ("1958-01…1962-01 书记; 1970-01…1999-12 会计", 0),  # a month of it counts in every reading
        ("1950-01…1961-12 书记", 1),
    ],
)
def test_a_spell_wholly_in_childhood_may_never_have_been(spells: str, set_aside: int) -> None:
    policy = cadre(service={"rate_post": "highest"})
    assert run(member(spells=spells), policy=policy).set_aside == set_aside


@pytest.mark.parametrize(
    ("fields", "told", "severity"),
    [
        ({"spells": "1961-12…1999-12 书记"}, "任职起点 1961-12 时不满 12 岁", ERROR),
        ({"spells": EARLIER}, "任职起点 1958-01 时不满 12 岁", WARNING),
        ({"spells": "1962-01…1999-12 书记"}, None, None),
        ({"spells": "1985-01…1999-12 书记; 2027-01…2027-06 书记"}, "任职起点 2027-01 在本期之后", ERROR),
        ({"spells": "1985-01…2099-12 书记"}, "任职止点 2099-12 还没有到", ERROR),
        ({"died_on": "1949-01"}, "死亡日期 1949-01 早于出生", ERROR),
        ({"died_on": "2999-01"}, "死亡日期 2999-01 还没有到", ERROR),
        ({"died_on": "2036-01"}, "死亡日期 2036-01 还没有到", WARNING),
        ({"died_on": "1990-01"}, "死亡日期 1990-01，任职却到 1999-12", ERROR),
        ({"died_on": "2026-05", "health": "健在"}, "健在情况写的是“健在”，却填了死亡日期 2026-05", ERROR),
        ({"died_on": "2026-10", "health": "健在"}, "健在情况写的是“健在”，却填了死亡日期 2026-10", WARNING),
        ({"died_on": "2026-05", "health": "去世"}, None, None),
        ({"moved_on": "2020-05", "household": "在册"}, "户籍状况写的是“在册”，却填了户籍迁出日期 2020-05", ERROR),
        ({"employed_on": "2020-05", "employed": False}, "财政供养写的是“否”，却填了录用日期 2020-05", ERROR),
        ({"employed_on": "2020-05", "employed": None}, None, None),
        ({"penalty_on": "2020-05", "penalty": "无"}, "处分情况写的是“无”，却填了处分日期 2020-05", ERROR),
        ({"penalty_on": "2020-05", "penalty": "警告"}, None, None),
        ({"employed_on": "1940-05", "employed": True}, "录用日期 1940-05 早于出生", ERROR),
        ({"approved_on": "2062-05"}, "审批日期 2062-05 还没有到", ERROR),
        ({"joined": "1940-01-01"}, "入党日期 1940-01-01 早于出生", ERROR),
        ({"joined": "1960-01-01"}, "入党日期 1960-01-01 时不满 18 周岁", WARNING),
        ({"suspended_from": "2026-04", "suspended_to": "2025-04"}, "暂停到 2025-04 止，早于起期 2026-04", ERROR),
        ({"suspended_from": "2025-04", "suspended_to": "2024-04"}, "暂停到 2024-04 止，早于起期 2025-04", ERROR),
        ({"suspended_to": "2026-04"}, "填了暂停的止期 2026-04，没有填起期", ERROR),
        ({"suspended_to": "2025-04"}, "填了暂停的止期 2025-04，没有填起期", WARNING),
    ],
)  # fmt: skip
def test_what_cannot_be_sets_aside_where_it_bears_on_the_money_and_is_a_warning_elsewhere(
    fields: dict[str, Any], told: str | None, severity: Severity | None
) -> None:
    result = run(member(born="1950-06-01", **{"spells": TWENTY, **fields}))
    found = [f for f in result.findings if f.code == "subsidies.contradiction"]
    assert {f.severity for f in found} == ({severity} if severity else set())
    assert [f for f in found if told and told in f.message] == found[: 1 if told else 0]
    assert result.set_aside == (severity is ERROR)


@pytest.mark.parametrize(
    ("fields", "code", "severity"),
    [
        ({"post": "书记"}, None, None),
        ({"post": "村支书"}, None, None),
        ({"post": "书记兼主任"}, None, None),
        ({"post": "村干部"}, None, None),
        ({"post": "会计"}, "post", ERROR),
        ({"post": "妇女主任"}, "post", ERROR),
        ({"post": "会计", "reason": "免职"}, "post", WARNING),
        ({"spells": "1980-01…1989-12 会计; 1990-01…1999-12 书记", "post": "会计"}, "post", ERROR),
        ({"spells": "1980-01…1989-12 会计; 1990-01…1999-12 书记", "post": "村书记"}, None, None),
        ({"spells": "1980-01…1999-12 书记; 2000-01…2002-12 民兵连长", "post": "书记"}, None, None),
        ({"spells": "1980-01…1999-12 书记; 2000-01…2002-12 民兵连长", "post": "民兵连长"}, None, None),
        ({"spells": "1980-01…1999-12", "post": "书记"}, None, None),
        ({"years": "20年"}, None, None),
        ({"years": "20年零3个月"}, None, None),
        ({"years": "约二十年"}, "years", WARNING),
        ({"years": "25"}, "years", WARNING),
        ({"years": "12年"}, "years", ERROR),
        ({"spells": "1980-01…1991-12 书记", "years": "1985"}, "years", ERROR),
        ({"spells": "1980-01…1987-12 书记; 1990-01…1999-12 民兵连长", "years": "18年"}, None, None),
        ({"spells": "1979…2003 书记", "years": "24年"}, None, None),
        ({"left": "1999-12-31"}, None, None),
        ({"left": "2009-12"}, "left", WARNING),
        ({"left": "1985-12"}, "left", ERROR),
        ({"spells": "1980-01… 书记", "left": "1999-12"}, "left", ERROR),
    ],
)
def test_what_contradicts_the_spells_sets_aside_where_the_money_goes_by_it(
    fields: dict[str, Any], code: str | None, severity: Severity | None
) -> None:
    result = run(member(**{"spells": TWENTY, **fields}))
    named = {
        "post": "subsidies.post-differs",
        "years": "subsidies.years-differ",
        "left": "subsidies.left-differs",
    }
    found = [(f.code, f.severity) for f in result.findings if f.code in named.values()]
    assert found == ([(named[code], severity)] if code and severity else [])
    assert result.set_aside == (severity is ERROR)


def test_the_post_on_leaving_is_a_warning_where_no_rate_goes_by_it() -> None:
    tier = [{"at_least": 10, "rate": 500}]
    result = run(member(spells=TWENTY, post="会计"), policy=cadre(amount={"tier": tier}))
    assert [f.severity for f in result.findings if f.code == "subsidies.post-differs"] == [WARNING]
    assert result.fen


def test_a_line_of_the_sheet_that_ends_before_it_begins_is_no_spell_of_no_length() -> None:
    person = member()
    sheet = [
        structs.replace(one, start=one.end, end=one.start)
        for one in spell_row(person, "1980-01…1999-12 书记")
    ]
    result = run(person, spells=sheet)
    assert (result.set_aside, codes(result)) == (1, ["subsidies.contradiction"])
    assert "任职起点 1999-12 晚于止点 1980-01，会改变本期金额" in result.findings[0].message


@pytest.mark.parametrize(
    ("born", "severity"),
    [("1950-03", None), ("1951-03-15", Severity.WARNING), ("1970-03-15", Severity.ERROR)],
)
def test_a_birth_date_that_differs_from_the_identity_number(born: str, severity: Severity | None) -> None:
    written = member(spells=TWENTY, account="622848000000000000")
    result = run(structs.replace(written, born=None))
    assert result.fen
    found = [
        f
        for f in run(structs.replace(written, born=day(born))).findings
        if f.code == "subsidies.birth-differs"
    ]
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_sex_counts_from_the_identity_number_and_is_an_error_where_it_decides() -> None:
    woman = member(born="1968-01-01", sex="女", spells=TWENTY)
    assert run(woman).fen
    assert run(structs.replace(woman, sex="男")).set_aside == 1
    older = structs.replace(member(born="1950-01-01", sex="女", spells=TWENTY), sex="男")
    assert run(older).fen
    assert "subsidies.sex-differs" in codes(run(older))


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
