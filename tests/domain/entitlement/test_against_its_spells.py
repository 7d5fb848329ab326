"""Where a row contradicts itself about service: what is said of it, and how else the row can be read."""

from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.inconsistent_spells import impossible_spells, leaving, post, years
from sanchuang_cli.domain.entitlement.readings import Against, PeriodBounds, Prepared, Seen
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.entitlement.service import Posts
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Period, Spell
from tests.programmes.people import cadre, member, policies, run
from tests.programmes.subsidies.serving import TERM, UNTIL, posts

TWO = "1980-01…1989-12 会计; 1990-01…1999-12 书记"
IN_1950 = "（身份证号上 1950-03-15 出生）"


def seen(record: Member, rules: Posts | None = None, length: bool = False, period: str = "2026Q2") -> Seen:
    """A row of which the rules look at the posts; with the length that they make of it, or without any."""
    born, verdicts = Born.of(record.identity), []
    assert born
    if length and rules:
        said = rules.history(record.spells, "", "", UNTIL)
        judged = BenefitVerdict(policies().editions[0].benefit[0], record, range(1), (), (), said)
        verdicts = [judged, structs.replace(judged, length=rules.length(said, 0))]
    bounds = PeriodBounds.of(Period.parse(period))
    return Seen(record, born, verdicts, Prepared(rules or posts(), (), ()), {}, bounds)


def told(found: Any) -> list[tuple[str, str]]:
    return [(one.column, one.message) for one in found]


def read_as(against: Against) -> list[str]:
    """The spells of each other reading, in words."""
    return [_in_words(other.record.spells) for other in against.others]


def _in_words(spells: tuple[Spell, ...]) -> str:
    return "; ".join(f"{one.start}…{one.end or ''} {one.post}".strip() for one in spells)


# ------------------------------------------------------------------ spells that cannot be


@pytest.mark.parametrize(
    ("spells", "said", "others"),
    [
        ("1999-12…1980-01 书记", "任职起点 1999-12 晚于止点 1980-01", ["1980-01…1999-12 书记"]),
        ("1990-05-03…1990-05-02 书记", "任职起点 1990-05-03 晚于止点 1990-05-02", ["1990-05-02…1990-05-03 书记"]),
        ("1961-12…1999-12 书记", f"任职起点 1961-12 时不满 12 岁{IN_1950}", ["1962-01-01…1999-12 书记", "1999-12-31…1999-12 书记"]),
        ("1961-12… 书记", f"任职起点 1961-12 时不满 12 岁{IN_1950}", ["1962-01-01… 书记", "2026-06-30… 书记"]),
        ("1958-01…1962-01-01 书记", f"任职起点 1958-01 时不满 12 岁{IN_1950}", ["1962-01-01…1962-01-01 书记"] * 2),
        ("1958-01…1961-12-31 书记", f"任职起点 1958-01 时不满 12 岁{IN_1950}", [""]),
        ("2026-07-01…2026-08 书记", "任职起点 2026-07-01 在本期之后", [""]),
        ("2026-07-01… 书记", "任职起点 2026-07-01 在本期之后", [""]),
        ("1990-01…2047-01-01 书记", "任职止点 2047-01-01 还没有到", ["1990-01…1990-01-01 书记", "1990-01…2024-04-01 书记", "1990-01…2026-06-30 书记"]),
        ("2025-05…2047 书记", "任职止点 2047年 还没有到", ["2025-05…2025-05-01 书记"] * 2 + ["2025-05…2026-06-30 书记"]),
    ],
)  # fmt: skip
def test_a_spell_that_cannot_be_is_read_in_every_way_in_which_it_could_have_been(
    spells: str, said: str, others: list[str]
) -> None:
    (found,) = impossible_spells(seen(member(spells=spells)))
    assert (found.column, found.message, read_as(found)) == ("spells", said, others)


@pytest.mark.parametrize(
    "spells",
    [
        "1990-05-03…1990-05-03 书记", "1990-05…1990-05 书记", "1962-01…1999-12 书记", "2026-06-30… 书记",
        "1990-01…2046-12-31 书记", "1990-01…2046 书记", "",
    ],
)  # fmt: skip
def test_a_spell_that_can_just_be_is_let_be(spells: str) -> None:
    assert impossible_spells(seen(member(spells=spells))) == []


def test_each_impossible_spell_is_told_and_the_others_stay_as_they_are_written() -> None:
    spells = "1980-01…1989-12 会计; 1999-12…1990-01 书记; 2027-01… 主任"
    first, second = impossible_spells(seen(member(spells=spells)))
    assert read_as(first) == ["1980-01…1989-12 会计; 1990-01…1999-12 书记; 2027-01… 主任"]
    assert read_as(second) == ["1980-01…1989-12 会计; 1999-12…1990-01 书记"]


def test_where_no_rule_goes_by_service_nothing_is_held_against_the_spells() -> None:
    row = member(spells="1999-12…1980-01 书记", post="会计", years="3年")
    one = seen(row)
    of_no_posts = Seen(row, one.born, (), Prepared(None, (), ()), {}, one.bounds)
    for find in (impossible_spells, post, years):
        assert find(one)
        assert list(find(of_no_posts)) == []


# ------------------------------------------------------------------ the day of leaving


@pytest.mark.parametrize(
    ("left", "end"),
    [
        ("1999-12-31", "1999-12"), ("1999-12-05", "1999-12-20"), ("1999-12-20", "1999-12-05"), ("1999", "1999-01"),
        ("1999", "1999-12"), ("1999-12", "1999"), ("1999-01", "1999"), ("1999-12-31", "1999"), ("1999-01-01", "1999"),
    ],
)  # fmt: skip
def test_a_day_of_leaving_in_the_month_or_the_year_of_the_last_end_agrees(left: str, end: str) -> None:
    assert leaving(seen(member(spells=f"1990-01…{end} 书记", left=left))) == []


@pytest.mark.parametrize(
    ("left", "end", "ended"),
    [
        ("2000-01", "1999-12", "2000-01-01"), ("1999-11-30", "1999-12", "1999-11-30"), ("2000-01-01", "1999", "2000-01-01"),
        ("1998-12-31", "1999", "1998-12-31"), ("2000", "1999-12", "2000-01-01"), ("1998", "1999-01", "1998-01-01"),
    ],
)  # fmt: skip
def test_a_day_of_leaving_in_another_month_is_told_and_read_as_the_end(
    left: str, end: str, ended: str
) -> None:
    (found,) = leaving(seen(member(spells=f"1990-01…{end} 书记", left=left)))
    assert told([found]) == [("left", f"离任日期写的是 {left}{'年' * (len(left) == 4)}，最后一段任职到 {end}{'年' * (len(end) == 4)} 止")]  # fmt: skip
    assert read_as(found) == [f"1990-01…{ended} 书记"]


@pytest.mark.parametrize(
    ("spells", "left", "read"),
    [
        (TWO, "1995-06", "1980-01…1989-12 会计; 1990-01…1995-06-01 书记"),
        (TWO, "1990-01", "1980-01…1989-12 会计; 1990-01…1990-01-01 书记"),
        (TWO, "1989-12", "1980-01…1989-12 会计"),
        ("1980-01…1999-12 会计; 1990-01…1999-12 书记", "1985-06", "1980-01…1985-06-01 会计"),
        ("1990-01…1999-12 书记; 1985-01…1989-12 会计", "1986-06", "1985-01…1989-12 会计"),
        ("1990-01… 书记; 1985-01…1989-12 会计", "1999-06", "1990-01…1999-06-01 书记; 1985-01…1989-12 会计"),
    ],
)  # fmt: skip
def test_the_spells_that_ended_last_end_by_the_day_of_leaving_or_never_were(
    spells: str, left: str, read: str
) -> None:
    (found,) = leaving(seen(member(spells=spells, left=left)))
    assert read_as(found) == [read]


def test_who_has_left_by_one_cell_and_serves_by_the_other_contradicts_himself_once_the_day_has_come() -> None:
    (found,) = leaving(seen(member(spells="1990-01… 书记", left="2026-06-30")))
    assert told([found]) == [("left", "离任日期写的是 2026-06-30，任职经历里却写至今")]
    assert read_as(found) == ["1990-01…2026-06-30 书记"]
    assert leaving(seen(member(spells="1990-01… 书记", left="2026-07-01"))) == []
    assert leaving(seen(member(spells="1990-01… 书记"))) == leaving(seen(member(left="1999-12"))) == []


# ------------------------------------------------------------------ the post on leaving


@pytest.mark.parametrize(
    ("spells", "on_leaving", "said", "others"),
    [
        (TWO, "会计", "书记", ["1980-01…1989-12 会计; 1990-01…1999-12 会计"]),
        (TWO, "民兵连长", "书记", ["1980-01…1989-12 会计; 1990-01…1999-12 民兵连长"]),
        ("1990-01…1999-12 书记; 1995-01…1999-12 主任; 1996-01…1999-12 书记", "会计", "书记、主任",
            ["1990-01…1999-12 会计; 1995-01…1999-12 会计; 1996-01…1999-12 会计"]),
        ("1990-01… 书记; 1980-01…1999-12 会计", "会计", "书记", ["1990-01… 会计; 1980-01…1999-12 会计"]),
        ("1980-01…1989-12 书记; 1990-01…1999-12 民兵连长", "主任", "民兵连长",
            ["1980-01…1989-12 书记; 1990-01…1999-12 主任", "1980-01…1989-12 主任; 1990-01…1999-12 民兵连长"]),
        ("1980-01…1989-12 民兵连长", "主任", "民兵连长", ["1980-01…1989-12 主任"]),
    ],
)  # fmt: skip
def test_another_post_on_leaving_is_told_and_read_as_that_of_the_last_spell_or_the_last_that_counts(
    spells: str, on_leaving: str, said: str, others: list[str]
) -> None:
    (found,) = post(seen(member(spells=spells, post=on_leaving)))
    assert told([found]) == [("post", f"离任职务写的是“{on_leaving}”，最后一段任职的职务是“{said}”")]
    assert read_as(found) == others


@pytest.mark.parametrize(
    ("spells", "on_leaving"),
    [
        (TWO, "书记"), (TWO, "支书"), (TWO, "河西村书记"), (TWO, "书记兼主任"), (TWO, "两委 干部"), (TWO, ""), ("", "书记"),
        ("1980-01…1999-12", "书记"), ("1980-01…1999-12 组长", "民兵连长"), ("1980-01…1999-12 民兵连长", "民兵连长"),
        ("1980-01…1989-12 书记; 1990-01…1999-12 民兵连长", "书记"), ("1990-01…1999-12 书记; 1995-01…1999-12 主任", "主任"),
    ],
)  # fmt: skip
def test_a_post_on_leaving_that_can_mean_that_of_the_last_spell_agrees(spells: str, on_leaving: str) -> None:
    assert post(seen(member(spells=spells, post=on_leaving))) == []


# ------------------------------------------------------------------ the years that are stated

VAGUE = "1979…2003 书记"
"""Of 278 to 300 months: 23 years and 2 months to 25 years."""


@pytest.mark.parametrize(
    ("spells", "stated", "agree"),
    [
        ("1980-01…1999-12 书记", "20年", True), ("1980-01…1999-12 书记", "20", True),
        ("1980-01…1999-12 书记", "20年1个月", False), ("1980-01…1999-12 书记", "19年11个月", False),
        ("1980-01…2000-11 书记", "20年", True), ("1980-01…2000-11 书记", "21年", False),
        ("1980-01…2000-11 书记", "20年11个月", True), ("1980-01…2000-11 书记", "19年", False),
        (VAGUE, "23年", True), (VAGUE, "22年", False), (VAGUE, "25年", True), (VAGUE, "26年", False),
        (VAGUE, "23年2个月", True), (VAGUE, "23年1个月", False), (VAGUE, "24年11个月", True), (VAGUE, "25年1个月", False),
        ("1980-01… 书记", "100年", True), ("1980-01… 书记", "101年", False), ("1980-01… 书记", "1年", True),
        ("1980-01…1984-12 书记; 1983-01…1989-12 主任", "10年", True), ("1980-01…1984-12 书记; 1983-01…1989-12 主任", "12年", False),
        ("1980-01…1987-12 书记; 1990-01…1999-12 民兵连长", "18年", True), ("1980-01…1987-12 书记; 1990-01…1999-12 民兵连长", "8年", True),
        ("1980-01…1987-12 书记; 1990-01…1999-12 民兵连长", "10年", False),
    ],
)  # fmt: skip
def test_stated_years_agree_with_all_spells_or_those_that_count_in_full_years_or_to_the_month(
    spells: str, stated: str, agree: bool
) -> None:
    assert (years(seen(member(spells=spells, years=stated))) == []) is agree


@pytest.mark.parametrize(
    ("spells", "stated", "others"),
    [
        ("1980-01…1999-12 书记", "25年", ["1975-01-01…1999-12 书记"]),
        ("1980-01…1999-12 书记", "12年", ["1987-02-01…1999-12 书记"]),
        ("1980-01…1999-12 书记", "12年3个月", ["1987-10-01…1999-12 书记"]),
        ("1980-01…1999-12 书记", "60年", ["1950-03-01…1999-12 书记"]),
        ("1979…2003 书记", "26年", ["1978-01-01…2003年 书记"]),
        (TWO, "10年", ["1989-02-01…1989-12 会计; 1990-01…1999-12 书记", "1980-01…1989-12 会计; 1999-02-01…1999-12 书记"]),
        ("1980-01…1980-12 书记; 1990-01…1999-12 书记", "2年", ["1980-01…1980-12 书记; 1998-02-01…1999-12 书记"]),
        ("1980-01…1984-12 书记; 1990-01…1994-12 书记", "5年1个月", ["1984-12-01…1984-12 书记; 1990-01…1994-12 书记", "1980-01…1984-12 书记; 1994-12-01…1994-12 书记"]),
        ("1980-01…1984-12 书记; 1990-01…1994-12 书记", "1年", []),
        ("1980-01…1987-12 书记; 1990-01…1999-12 民兵连长", "9年", ["1979-01-01…1987-12 书记; 1990-01…1999-12 民兵连长"]),
    ],
)  # fmt: skip
def test_stated_years_that_disagree_are_told_and_read_as_another_start_of_one_spell_that_counts(
    spells: str, stated: str, others: list[str]
) -> None:
    (found,) = years(seen(member(spells=spells, years=stated)))
    assert (found.column, found.quiet) == ("years", False)
    assert read_as(found) == others


@pytest.mark.parametrize(
    ("spells", "stated", "months"),
    [
        ("1980-01…1999-12 书记", "25年", 240), ("1980-01…1987-12 书记; 1990-01…1999-12 民兵连长", "9年", 96),
        ("1979…2003 书记", "26年", 278), ("1980-01…1999-12 书记", "约二十年", 240), ("1980-01… 书记", "很久", 0),
    ],
)  # fmt: skip
def test_what_is_told_of_stated_years_names_the_months_of_the_spells_that_count(
    spells: str, stated: str, months: int
) -> None:
    (found,) = years(seen(member(spells=spells, years=stated)))
    assert found.message == f"任职年限写的是“{stated}”，按任职经历算得 {months} 个月"


def test_the_months_that_are_named_are_those_of_the_verdict_where_there_is_one() -> None:
    rules = posts(months="end_excluded")
    (found,) = years(seen(member(spells="1980-01…1999-12 书记", years="25年"), rules, length=True))
    assert found.message.endswith("按任职经历算得 239 个月")


def test_a_statement_that_nobody_can_read_has_no_other_reading_and_is_not_kept_quiet() -> None:
    assert years(seen(member(spells=TWO, years="约二十年"))) == [
        Against("years", "任职年限写的是“约二十年”，按任职经历算得 240 个月", ())
    ]
    assert years(seen(member(years="25年"))) == years(seen(member(spells=TWO))) == []


@pytest.mark.parametrize(
    ("rounding", "stated", "quiet"),
    [
        ({"rounding": "half_up", "half_up_from": 6}, "21年", True),
        ({"rounding": "half_up", "half_up_from": 6}, "22年", False),
        ({"rounding": "full_years"}, "21年", False),
        ({"rounding": "terms", "terms": [TERM | {"since": date(1949, 1, 1)}]}, "6年", False),
    ],
)  # fmt: skip
def test_stated_years_that_are_those_of_the_document_are_told_only_where_the_money_changes(
    rounding: dict[str, Any], stated: str, quiet: bool
) -> None:
    """Of 247 months: 21 years where seven months make a year, and 6 terms of 36 months."""
    row = member(spells="1980-01…2000-07 书记", years=stated)
    (found,) = years(seen(row, posts(**rounding), length=True))
    assert found.quiet is quiet


def test_fewer_stated_years_set_a_row_aside_where_so_few_years_pay_otherwise_however_vague_its_spells() -> (
    None
):
    policy = cadre(service={"ways": []}, amount={"tier": [{"at_least": 20, "rate": 500}]})
    for spells in ("1979-12…2003-01 书记", "1979…2003 书记", "1979…2003-01 书记", "1979-12…2003 书记"):
        assert run(member(spells=spells, years="19年"), policy=policy).set_aside == 1, spells
