"""Doubtful rows, the last period, and policies that must be refused."""

from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.finding import Severity
from tests.programmes.people import (
    CADRE,
    TWENTY,
    cadre,
    codes,
    day,
    member,
    only,
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


@pytest.mark.parametrize("months", [{"months": "both_ends"}, {"months": "days", "days_in_month": 30}])
@pytest.mark.parametrize("start", ["1985-01", "1985-08", "1985-12", "1985"])
def test_nobody_leaves_before_they_began_because_only_the_year_of_it_is_known(
    start: str, months: dict[str, Any]
) -> None:
    """Whoever began in August and left "in 1985" has served; no month of that year lies apart from the others."""
    policy = cadre(
        service={"ways": [], **months}, amount={"tier": [{"at_least": 0, "rate": 60}]}
    )  # all who served at all
    whole = run(member(spells=f"{start}…1985 书记"), period="2026-04", policy=policy)
    assert yuan_of(whole) == 60 and not whole.set_aside


@pytest.mark.parametrize(("left", "agrees"), [("1985-03", False), ("1985-08", True), ("1985", True)])
def test_a_day_of_leaving_before_a_spell_began_contradicts_it(left: str, agrees: bool) -> None:
    whole = run(member(spells="1985-08…1985 书记", left=left), period="2026-04")
    assert ("subsidies.left-differs" in codes(whole)) is not agrees


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
