"""The rules of 养老保险补贴 one by one: months, honours, discipline, leaving, and what is not understood."""

from datetime import date
from random import Random
from typing import Any

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.record import Row
from tests.programmes.insured import (
    borne,
    changed,
    column,
    default,
    honour,
    insured,
    outcome,
    parts,
    screened,
    told,
    village,
)
from tests.programmes.people import identity

ROLL = "参保补贴人员名册"


def months(**fields: Any) -> tuple[int, int]:
    """How many months of 2025 are helped, and how many are paid alone."""
    run = outcome(insured(**fields))
    assert not told(run), told(run)
    return sum(column(run, ROLL, "helped")), sum(column(run, ROLL, "alone"))


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({}, (12, 0)),
        ({"started": "2025-03-31"}, (10, 0)),
        ({"started": "2025-03"}, (10, 0)),
        ({"ended": "2025-03-01"}, (3, 0)),
        ({"ended": "2025-03-01", "continued": True}, (3, 9)),
        ({"ended": "2024-12-31", "continued": True}, (0, 12)),
        ({"ended": "2025-03-01", "continued": False}, (3, 0)),
        ({"disciplined": "2025-05-31"}, (5, 7)),
        ({"disciplined": "2019-01-01"}, (0, 12)),
        ({"disciplined": "2024-12-31"}, (0, 12)),
        ({"sentenced": "2025-05-01"}, (5, 0)),
        ({"sentenced": "2024-12-01"}, (0, 0)),
        ({"disciplined": "2025-02-01", "sentenced": "2025-05-01"}, (2, 3)),
        ({"ended": "2025-03-01", "continued": True, "sentenced": "2025-05-01"}, (3, 2)),
        ({"died": "2025-04-30"}, (4, 0)),
        ({"died": "2025-06-02", "ended": "2025-04-30", "continued": True}, (4, 2)),
        ({"born": "1965-05-31"}, (5, 0)),
        ({"born": "1965-05-31", "sex": "女"}, (5, 0)),
        ({"born": "1964-12-31"}, (0, 0)),
        ({"born": "1964-02-29"}, (0, 0)),
        ({"born": "1965-05-31", "ended": "2025-02-01", "continued": True}, (2, 3)),
        ({"insured_since": "2025-08"}, (5, 0)),
        ({"started": "2026-01-01"}, (0, 0)),
        ({"insurance": "职工养老"}, (0, 0)),
        ({"insurance": "灵活就业"}, (12, 0)),
        ({"post": "网格员"}, (0, 0)),
        ({"post": "向阳村党支部书记兼村委会主任"}, (12, 0)),
    ],
)
def test_the_months_that_count(fields: dict[str, Any], counted: tuple[int, int]) -> None:
    assert months(**fields) == counted


def test_the_month_of_sixty_is_the_last_also_for_whoever_was_born_on_29_february() -> None:
    run = outcome(insured(born="1964-02-29"), period="2024")
    assert column(run, ROLL, "helped") == [2]


def test_whoever_pays_alone_pays_the_whole_and_nobody_else_anything() -> None:
    run = outcome(insured(disciplined="2024-05-01"))
    assert (borne(run), parts(run)) == ([[240_000, 0, 0, 0]], ["自费"])


def test_each_is_in_one_part_and_any_helped_month_makes_it_a_subsidy() -> None:
    people = (
        insured(1, disciplined="2025-11-30"),
        insured(2, disciplined="2024-11-30"),
        insured(3, insurance="职工养老"),
        insured(4, ended="2024-05-01"),
    )
    run = outcome(*people)
    assert parts(run) == ["补贴", "自费", "不补", "不补"]
    assert column(run, "未列入名单", "why") == ["参保类型“职工养老”不在补贴之列", "2021-03-10至2024-05-01"]
    assert [column(run, "分乡镇汇总表", f"part{i}") for i in range(4)] == [[1], [1], [0], [2]]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"born": "1960-01-01"}, "男，到龄的月份 2020-01"),
        ({"sentenced": "2024-06-01"}, "2024-06-01，2024-07 起不补贴"),
        ({"died": "2024-06-01"}, "2024-06-01，2024-07 起不补贴"),
        ({"started": "2026-02-01"}, "2026-02-01至今，2025-12-31 还没有到任"),
    ],
)
def test_whoever_gets_nothing_is_told_which_condition_was_not_met(fields: dict[str, Any], why: str) -> None:
    assert column(outcome(insured(**fields)), "未列入名单", "why") == [why]


@pytest.mark.parametrize(
    ("fields", "counted"),
    [({"started": "2020"}, (12, 0)), ({"disciplined": "2023"}, (0, 12)), ({"died": "2025-06"}, (6, 0))],
)
def test_a_vague_day_that_changes_no_month_is_taken(fields: dict[str, Any], counted: tuple[int, int]) -> None:
    assert months(**fields) == counted


@pytest.mark.parametrize("field", ["started", "ended", "disciplined", "sentenced", "died", "insured_since"])
def test_a_vague_day_that_changes_a_month_sets_the_row_aside(field: str) -> None:
    vague: dict[str, Any] = {field: "2025"}
    run = outcome(insured(1, **vague), insured(2))
    assert (told(run), run.tally.set_aside, column(run, ROLL, "name")) == (["date-vague"], 1, ["甲02"])


OWN_HONOURS = {"市": 6, "省": 12, "国家": 36}


@pytest.mark.parametrize(("level", "length"), OWN_HONOURS.items())
def test_an_honour_of_ones_own_frees_of_ones_own_part_from_january_after(level: str, length: int) -> None:
    who = insured()
    given = [honour(who, level, "2022-05-04")]
    free = {
        f"{year}-{month:02d}": borne(
            outcome(who, period=f"{year}-{month:02d}", by=EVERY_YEAR, honours=given)
        )[0][0]
        == 0
        for year in range(2022, 2027)
        for month in range(1, 13)
    }
    assert [month for month, none in free.items() if none] == list(free)[12 : 12 + length]


EVERY_YEAR = changed(
    "bases = { 2024 = 5600, ", "bases = { 2021 = 6000, 2022 = 6000, 2023 = 6000, 2024 = 5600, "
)


def test_a_village_is_relieved_for_three_years_and_by_a_third() -> None:
    given = [honour("青禾镇向阳村", "县级先进党组织", "2022-12-31")]
    third = [
        borne(outcome(insured(), period=str(year), by=EVERY_YEAR, honours=given))[0][0] == 64_000
        for year in (2022, 2023, 2025)
    ]
    assert third == [False, True, True]
    assert borne(outcome(insured(), period="2026", honours=given)) == [[102_400, 25_600, 89_600, 38_400]]


def test_ones_own_honour_is_before_the_villages_month_by_month() -> None:
    who = insured()
    given = [honour(who, "市", "2024-05-04"), honour("青禾镇向阳村", "县级先进党组织", "2024-07-01")]
    run = outcome(who, honours=given)
    assert borne(run) == [[32_000, 24_000, 84_000 + 48_000 + 16_000, 36_000]]


def test_honours_of_one_kind_are_united_and_not_added() -> None:
    who = insured()
    two = [honour(who, "市", "2024-05-04", line=1), honour(who, "市", "2024-11-04", line=2)]
    assert borne(outcome(who, honours=two))[0][0] == 48_000
    longer = [honour(who, "市", "2024-05-04", line=1), honour(who, "省", "2024-11-04", line=2)]
    assert borne(outcome(who, honours=longer))[0][0] == 0
    village_twice = [honour("青禾镇向阳村", "县", f"202{n}-05-04", line=n) for n in (3, 4)]
    assert borne(outcome(who, honours=village_twice))[0][0] == 64_000


def test_no_honour_lightens_what_somebody_bears_alone() -> None:
    who = insured(disciplined="2025-06-10")
    run = outcome(who, honours=[honour(who, "国家", "2024-05-04")])
    assert borne(run)[0][0] == 120_000


def test_an_honoured_village_without_an_income_leaves_its_part_to_the_county_too() -> None:
    given = [honour("青禾镇向阳村", "县级先进党组织", "2024-07-01")]
    run = outcome(insured(), villages=[village(income=False)], honours=given)
    assert borne(run) == [[64_000, 0, 140_000, 36_000]]


def test_an_honour_of_nobody_on_the_roster_is_told() -> None:
    given = [
        honour("青禾镇外村", "县", "2024-07-01"),
        honour(identity("1970-01-01", number=77), "市", "2024-07-01"),
    ]
    assert told(outcome(insured(), honours=given)) == ["honour-unknown"] * 2


ABOUT = VagueDate(date(2023, 1, 1), date(2025, 12, 31))  # how 约2024 is read


@pytest.mark.parametrize(
    ("level", "on", "code"),
    [
        ("乡级", "2024-07-01", "honour-level"),
        ("县级先进党组织", "2024-07-01", ""),
        ("市", ABOUT, "honour-vague"),
    ],
)
def test_an_honour_that_nobody_can_go_by_lets_those_wait_whom_it_names(
    level: str, on: str | VagueDate, code: str
) -> None:
    who = insured(1)
    run = outcome(who, insured(2), honours=[honour(who, level, on)])
    # a village's word is no word of a person's honour
    assert told(run) == ["honour-dubious", code or "honour-level"]
    assert (run.tally.set_aside, column(run, ROLL, "name")) == (1, ["甲02"])


def test_a_village_honour_that_nobody_can_go_by_lets_the_village_wait() -> None:
    given = [honour("青禾镇向阳村", "乡级", "2024-07-01")]
    run = outcome(
        insured(1), insured(2, village="前进村"), villages=[village(), village("前进村")], honours=given
    )
    assert (sorted(told(run)), column(run, ROLL, "name")) == (["honour-dubious", "honour-level"], ["甲02"])


def test_a_document_without_honours_looks_at_none() -> None:
    text = default().editions[0].model_copy(update={"honours": ()})
    by = PolicyFile("试.toml", "0" * 64, (text,))
    run = outcome(insured(), by=by, honours=[honour("青禾镇向阳村", "乡级", "2024-07-01")])
    assert (told(run), borne(run)[0][0]) == ([], 96_000)


@pytest.mark.parametrize(
    ("code", "fields", "others"),
    [
        ("post-unknown", {"post": "护林员"}, {}),
        ("post-unknown", {"post": "、"}, {}),
        ("ends-before-start", {"ended": "2020-01-01"}, {}),
        ("village-missing", {"village": "外村"}, {}),
        ("base-missing", {}, {"period": "2023"}),
        ("not-yet", {"disciplined": "2026-05-01"}, {}),
    ],
)
def test_what_is_wrong_or_not_known_is_set_aside_and_nothing_is_borne_for_it(
    code: str, fields: dict[str, Any], others: dict[str, Any]
) -> None:
    run = outcome(insured(**fields), **others)
    assert (told(run), run.tally.set_aside, borne(run)) == ([code], 1, [])


def test_a_missing_base_is_named_with_its_key_and_its_year() -> None:
    run = outcome(insured(), period="2023")
    (finding,) = run.findings
    assert "2023 年的缴费基数（sharing 的 bases）" in finding.message and "bases" in finding.mend
    assert outcome(insured(ended="2022-01-01"), period="2023").tally.set_aside == 0, "nobody needs it here"


def test_two_kinds_of_insurance_of_one_person_set_both_rows_aside() -> None:
    run = outcome(insured(1, line=1), insured(1, line=2, insurance="灵活就业"))
    assert (told(run), run.tally.set_aside) == (["listed-twice"] * 2, 2)
    assert "参保类型" in run.findings[0].message
    alike = outcome(insured(1, line=1), insured(1, line=2))
    assert (told(alike), sum(column(alike, ROLL, "whole"))) == (["listed-alike"] * 2, 240_000)


def test_somebody_of_whom_a_row_was_not_read_waits() -> None:
    unread: Row = insured(1, line=9).row
    assert outcome(insured(1), unread=[unread]).tally.set_aside == 2


def test_whoever_stands_on_a_list_of_the_employed_or_the_dead_is_set_aside() -> None:
    who = insured(1)
    run = outcome(who, insured(2), screen=[screened("甲01", who.identity), screened("甲02")])
    assert (sorted(told(run)), run.tally.set_aside) == (["like-list", "on-list"], 1)


def test_last_years_result_tells_what_changed() -> None:
    who = insured(disciplined="2025-11-30")
    before = {"identity": who.identity, "name": who.name, "part": "补贴", "subsidy": 144_000}
    run = outcome(who, last=[before])
    assert column(run, "与上期对比", "subsidy_now") == [132_000]


def test_each_month_goes_by_the_edition_of_its_first_day() -> None:
    later = (
        changed("2025 = 6000", "2025 = 12000").editions[0].model_copy(update={"effective": date(2025, 7, 2)})
    )
    by = PolicyFile("试.toml", "0" * 64, (default().editions[0], later))
    assert borne(outcome(insured(), by=by)) == [
        [56_000 + 80_000, 14_000 + 20_000, 49_000 + 70_000, 21_000 + 30_000]
    ]


def test_payers_of_all_editions_of_the_period_have_a_column() -> None:
    later = (
        changed('name = "自治区"', 'name = "省"')
        .editions[0]
        .model_copy(update={"effective": date(2025, 7, 1)})
    )
    run = outcome(insured(), by=PolicyFile("试.toml", "0" * 64, (default().editions[0], later)))
    heads = [one.title for table in run.tables if table.name == ROLL for one in table.columns]
    assert [head for head in heads if head.startswith("分担/")] == [
        "分担/村",
        "分担/县",
        "分担/自治区",
        "分担/省",
    ]
    assert borne(run, "released2", "released3") == [[18_000, 18_000]]


def test_the_document_may_start_and_stop_otherwise() -> None:
    by = changed(
        'clause = "在任期间补贴，',
        'starts = "month_after"\nstops = "month_of"\ncontinues = false\nclause = "在任期间补贴，',
        ('clause = "受处分的，', 'from_month = "month_of"\nclause = "受处分的，'),
        ("female = 60", "female = 55"),
    )
    people = (
        insured(1, started="2025-03-10"),
        insured(2, ended="2025-03-10", continued=True),
        insured(3, disciplined="2025-03-10"),
        insured(4, born="1970-03-10", sex="女"),
    )
    run = outcome(*people, by=by)
    assert (column(run, ROLL, "helped"), column(run, ROLL, "alone")) == ([9, 2, 2, 3], [0, 0, 10, 0])


def test_a_period_before_every_edition_is_refused() -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        outcome(insured(), period="2008")


@pytest.mark.parametrize("length", [1, 3, 6])
def test_periods_cut_anyhow_sum_to_the_year(length: int) -> None:
    dice = Random(length)
    cut = [
        Period.parse(f"2025-{m:02d}")
        if length == 1
        else Period.parse(f"2025{'QH'[length == 6]}{m // length + 1}")
        for m in range(1, 13, length)
    ]
    for _ in range(5):
        who = insured(
            started=f"2025-{dice.randrange(1, 7):02d}-05", disciplined=f"2025-{dice.randrange(7, 13):02d}-05"
        )
        given: dict[str, Any] = {
            "honours": [honour(who, "市", "2024-05-04")],
            "by": changed("2025 = 6000", "2025 = 6543.21"),
            "on": date(2025, 12, 31),
        }
        parts_of_year = [borne(outcome(who, period=str(period), **given)) for period in cut]
        sums = [
            sum(column) for column in zip(*(line for lines in parts_of_year for line in lines), strict=True)
        ]
        assert sums == borne(outcome(who, **given))[0]
