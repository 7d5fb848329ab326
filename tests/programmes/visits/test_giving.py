"""Cases of 慰问 that the domain list prints, by their numbers, and the rules of what is given, money and goods."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.lint_printed import contradictions
from sanchuang_cli.cli.made import begun
from sanchuang_cli.domain.visiting.policy import VisitPolicy
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes import listed
from sanchuang_cli.programmes.visits import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.pairs import name as who_is
from tests.programmes.visited import asked, changed, column, entitled, outcome, recipient, supply, told, visit

GIFTS = "慰问发放表"


def faults(pack: str, old: str = "", new: str = "") -> list[str]:
    """What `policy check` refutes of the figures that a document prints."""
    start = begun(listed("visits"), Asked(policy=pack, period="2026"))
    (edition,) = changed(old, new, pack=pack).editions
    return list(contradictions(start, edition))


def test_n97v_what_the_document_prints_is_possible_and_comes_to_3517_people_and_4657000_yuan() -> None:
    assert faults("panshan-2019") == []
    (edition,) = load(VisitPolicy, *source("visits", "panshan-2019")).editions
    sums = {printed.name: (printed.people, int(printed.year or 0)) for printed in edition.printed}
    assert sums == {"各类对象": (3517, 3_517_000), "现金合计": (None, 4_657_000), "物资": (50, 25_000)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("people = 3517\n", "people = 3518\n"),
        ("people = 442,", "people = 443,"),
        ("year = 4657000", "year = 4656000"),
        ('"465.7万"', '"456.7万"'),
        ("each_year = 500", "each_year = 501"),
        ("year = 3517000\nparts", "year = 3571000\nparts"),
    ],
)
def test_n97v_with_any_figure_altered_it_is_refuted(old: str, new: str) -> None:
    assert faults("panshan-2019", old, new)


def test_n99v_140_people_and_gifts_of_42000_are_300_each() -> None:
    assert faults("goods-2021") == []
    for old, new in (
        ("people = 140", "people = 141"),
        ("year = 42000", "year = 43000"),
        ("people = 19", "people = 18"),
    ):
        assert faults("goods-2021", old, new)
    by = load(VisitPolicy, *source("visits", "goods-2021"))
    rows = [recipient(n, on="2021-02-01") for n in range(1, 141)]
    run = outcome(recipients=rows, period="2021", on="2021-03-01", by=by)
    assert sum(column(run, GIFTS, "fen")) == 4_200_000


def test_h13_of_a_county_150_people_at_300_are_45000() -> None:
    by = changed('"老党员", amounts = { "元旦春节" = 500 }', '"老党员", amounts = { "元旦春节" = 300 }')
    run = outcome(recipients=[recipient(n) for n in range(1, 151)], by=by)
    assert sum(column(run, GIFTS, "fen")) == 4_500_000


@pytest.mark.parametrize(
    ("category", "yuan"),
    [
        ("建国前老党员", 1000), ("因公殉职家属", 1000), ("荣誉获得者", 1000), ("生活困难", 500), ("老党员", 500), ("离任书记", 500),
        ("老党员、荣誉获得者", 1000), ("生活困难党员,老党员", 500), ("其他、老党员", 500),
    ],
)  # fmt: skip
def test_the_standard_of_a_class_and_of_several_the_highest_once(category: str, yuan: int) -> None:
    run = outcome(recipients=[recipient(category=category)])
    assert (column(run, GIFTS, "fen"), told(run)) == ([yuan * 100], [])


def test_whoever_is_of_no_class_that_is_visited_is_no_recipient() -> None:
    run = outcome(recipients=[recipient(category="其他")])
    assert "不属对象 1" in str(run.tally)
    assert column(run, "未列入名单（慰问对象）", "part") == ["不属对象"]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("class-unknown", {"category": "老模范"}),
        ("class-unknown", {"category": "老党员、老模范"}),
        ("holiday-unknown", {"holiday": "中秋"}),
        ("source-unknown", {"source": "某企业"}),
        ("not-yet", {"on": "2027-01-01"}),
        ("amount", {"amount": -1}),
    ],
)
def test_what_is_not_understood_waits_and_is_given_nothing(code: str, fields: dict[str, str]) -> None:
    run = outcome(recipients=[recipient(**fields), recipient(2)])  # type: ignore[arg-type]
    assert (told(run), run.tally.set_aside, column(run, GIFTS, "fen")) == ([code], 1, [50_000])


@pytest.mark.parametrize(("day", "odd"), [("2026-02-16", []), ("2026-02-17", ["after-holiday"])])
def test_before_spring_festival_and_not_on_it(day: str, odd: list[str]) -> None:
    run = outcome(recipients=[recipient(on=day)])
    assert (told(run), column(run, GIFTS, "part"), column(run, GIFTS, "fen")) == (odd, ["已慰问"], [50_000])


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2012, (1, 23)),
        (2020, (1, 25)),
        (2023, (1, 22)),
        (2026, (2, 17)),
        (2027, (2, 6)),
        (2030, (2, 3)),
        (2033, (1, 31)),
    ],
)
def test_spring_festival_comes_from_the_lunar_calendar(year: int, day: tuple[int, int]) -> None:
    holiday = changed("", "").editions[0].giving.holidays[0]
    assert holiday.day(year) == date(year, *day)


def test_a_holiday_by_the_sun_has_its_own_standards() -> None:
    by = changed(
        'holidays = [{ name = "元旦春节"', 'holidays = [{ name = "七一", clause = "七一前", solar = "07-01" }, { name = "元旦春节"',
        ('"老党员", amounts = { "元旦春节" = 500 }', '"老党员", amounts = { "元旦春节" = 500, "七一" = 200 }'),
    )  # fmt: skip
    rows = [
        recipient(1, on="2026-06-30"),
        recipient(1, holiday="春节"),
        recipient(2, "离任书记", on="2026-06-30"),
    ]
    run = outcome(recipients=rows, by=by)
    assert (sorted(column(run, GIFTS, "fen")), told(run)) == ([20_000, 50_000], [])


def test_another_sum_than_the_standard_is_told_and_listed_as_it_was_given() -> None:
    run = outcome(recipients=[recipient(amount=800)])
    assert (told(run), column(run, GIFTS, "fen")) == (["not-standard"], [80_000])
    waiting = outcome(recipients=[recipient(amount=800, on=None)])
    assert column(waiting, GIFTS, "fen") == [50_000]


def test_whoever_must_be_visited_and_was_not_is_told_once_the_holiday_is_there() -> None:
    rows = [recipient(1, "建国前老党员", on=None), recipient(2, on=None)]
    assert told(outcome(recipients=rows, on="2026-02-16")) == []
    run = outcome(recipients=rows, on="2026-02-17")
    assert (told(run), sorted(filter(None, column(run, "未慰问名单", "must")))) == (["must-visit"], ["是"])


def test_what_came_is_what_was_handed_out_and_what_is_left() -> None:
    rows = [recipient(n) for n in (1, 2, 3)]
    run = outcome(recipients=rows, supplies=[supply(yuan=2000, left=500)])
    assert (told(run), column(run, "资金来源表", "left")) == ([], [50_000])
    wrong = outcome(recipients=rows, supplies=[supply(yuan=2000, left=400)])
    (error,) = wrong.findings
    assert error.message == "县财政：到位 2000.00 元，发放 1500.00 元，应结余 500.00 元，表上结余 400.00 元"
    assert error.place.cell and error.mend
    over = outcome(recipients=rows, supplies=[supply(yuan=1000)])
    assert told(over) == ["over-source"]
    two = outcome(recipients=rows, supplies=[supply(yuan=1000), supply(yuan=1000, line=2, left=500)])
    assert told(two) == []


def test_what_is_left_is_not_compared_while_somebody_waits() -> None:
    rows = [recipient(1), recipient(2, "老模范")]
    assert told(outcome(recipients=rows, supplies=[supply(yuan=2000, left=1000)])) == ["class-unknown"]


def test_goods_that_exceed_what_was_bought_are_told_by_the_item() -> None:
    rows = [recipient(1, item="米面油", quantity=2), recipient(2, item="米 面 油"), recipient(3, item="棉被")]
    bought = [
        supply(yuan=3000, line=1),
        supply(yuan=300, line=2, item="米面油", quantity=2),
        supply(line=3, item="棉被", quantity=1),
    ]
    run = outcome(recipients=rows, supplies=bought)
    (error,) = run.findings
    assert (error.code, error.message) == ("visits.item-over", "米面油：发出 3，购置 2，多发 1")
    assert column(run, "物资收发表", "left") == [-1, 0]
    assert column(run, "资金来源表", "goods") == [30_000]
    never = outcome(recipients=[recipient(1, item="电饭锅")], supplies=bought)
    assert told(never) == ["item-over"]


def test_unread_lines_of_money_are_not_taken_for_nothing() -> None:
    good = supply(yuan=1000)
    row = replace(good.row, cells=("县财政", "一万多"), unread=("amount",))
    run = outcome(recipients=[recipient(1)], supplies=[replace(good, row=row, amount=None)])
    assert told(run) == ["unread", "supplies-unread"]


def test_a_gift_without_a_source_is_told_and_counts_for_none() -> None:
    run = outcome(recipients=[recipient(1, source="")], supplies=[supply(yuan=1000)])
    assert (told(run), column(run, "资金来源表", "handed")) == (["source-blank"], [0, 50_000])


def test_only_what_goes_to_an_account_is_owed_in_the_month_of_the_holiday() -> None:
    rows = [
        recipient(1, account="6222021234567890128"),
        recipient(2),
        recipient(3, "其他", account="10203040506070"),
    ]
    for period, sums in (("2026", [50_000, 0]), ("2026-02", [50_000, 0]), ("2026-03", [0, 0])):
        found = {
            one.payee.name: sum(due.fen for due in one.due)
            for one in entitled(*rows[:2], period=period).claimants
        }
        assert sorted(found.values())[::-1] == sums, period
    run = outcome(recipients=rows)
    (bank,) = run.payments()
    assert [row[bank.index("amount")] for row in bank.rows] == [50_000]


def test_a_notice_has_the_name_the_village_and_the_sum() -> None:
    run = outcome(recipients=[recipient(1, cause="因病"), recipient(2, on=None)])
    (notice,) = run.notices()
    assert [column.title for column in notice.table.columns] == [
        "序号",
        "乡镇",
        "村",
        "姓名",
        "节日",
        "慰问金",
    ]
    assert len(notice.table.rows) == 1


def test_a_notice_says_the_goods_and_leaves_out_whoever_got_nothing() -> None:
    rows = [recipient(1, item="大米", amount=0), recipient(2), recipient(3, amount=0)]
    (notice,) = outcome(recipients=rows).notices()
    assert [column.title for column in notice.table.columns][-3:] == ["慰问金", "慰问品", "数量"]
    assert sorted(row[3] for row in notice.table.rows) == sorted(row.name for row in rows[:2])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing_and_money_is_conserved(seed: int) -> None:
    dice = Random(seed)
    rows = [
        recipient(n, dice.choice(("老党员", "荣誉获得者", "其他")), dice.choice(("2026-02-01", None)), source=dice.choice(("县财政", "捐赠", "")))
        for n in range(1, 15)
    ]  # fmt: skip
    money = [supply("县财政", 9000, 1), supply("捐赠", 9000, 2)]
    straight = outcome(recipients=rows, supplies=money)
    dice.shuffle(rows)
    turned = outcome(recipients=rows, supplies=money)
    assert [table.rows for table in straight.tables] == [table.rows for table in turned.tables]
    parts = zip(column(straight, GIFTS, "fen"), column(straight, GIFTS, "part"), strict=True)
    assert sum(column(straight, "资金来源表", "handed")) == sum(
        fen for fen, part in parts if part == "已慰问"
    )


def test_what_is_owed_names_the_benefit_and_the_edition_of_the_month_of_the_holiday() -> None:
    (claimant,) = entitled(recipient(1, account="6222021234567890128")).claimants
    assert claimant.due == (Due("慰问金", "", Month(2026, 2), 50_000, "2012-01-01"),)


def test_each_source_has_a_line_in_the_order_of_the_money_and_what_names_none_is_the_last() -> None:
    rows = [
        recipient(1, source=""),
        recipient(2, source="捐赠"),
        recipient(3, amount=100),
        recipient(4, source="市财政", on=None),
        recipient(5, source="中央党费"),
    ]
    money = [
        supply("县财政", 900, 1),
        supply("捐赠", 70, 2, item="棉被", quantity=3),
        supply("县 财政", 100, 3),
        supply("镇财政", None, 4),
    ]
    run = outcome(recipients=rows, supplies=money)
    lines = zip(
        *(column(run, "资金来源表", name) for name in ("source", "got", "people", "handed", "left", "goods")),
        strict=True,
    )
    assert list(lines) == [
        ("县财政", 1000_00, 1, 100_00, 900_00, 0),
        ("捐赠", 0, 1, 500_00, -500_00, 70_00),
        ("镇财政", 0, 0, 0, 0, 0),
        ("中央党费", 0, 1, 500_00, -500_00, 0),
        ("没有写来源", 0, 1, 500_00, -500_00, 0),
    ]


def test_goods_are_counted_by_pieces_and_a_blank_is_one() -> None:
    rows = [
        recipient(1, item="棉被"),
        recipient(2, item="棉被", quantity=4),
        recipient(3, item="棉被", quantity=0),
        recipient(4, item="棉被", quantity=9, on=None),
        recipient(5, item="大米"),
    ]
    bought = [supply("捐赠", line=n, item="棉被", quantity=many) for n, many in ((1, 3), (2, 4))] + [
        supply("捐赠", line=3, item="大米")
    ]
    run = outcome(recipients=rows, supplies=bought)
    lines = zip(
        *(column(run, "物资收发表", name) for name in ("item", "bought", "people", "handed", "left")),
        strict=True,
    )
    assert list(lines) == [("棉被", 7, 2, 5, 2), ("大米", 0, 1, 1, -1)]
    assert [finding.message for finding in run.findings] == ["大米：发出 1，购置 0，多发 1"]
    pieces = zip(column(run, GIFTS, "name"), column(run, GIFTS, "quantity"), strict=True)
    assert dict(pieces) == {who_is(n): many for n, many in enumerate((1, 4, None, 9, 1), 1)}


def test_whoever_is_of_several_classes_has_the_highest_sum_and_must_be_visited_where_one_says_so() -> None:
    run = outcome(recipients=[recipient(1, "老党员；建国前老党员,其他", on=None)])
    page = [column(run, "未慰问名单", name) for name in ("category", "must", "standard")]
    assert page == [["老党员、建国前老党员"], ["是"], [1000_00]]


@pytest.mark.parametrize(
    ("on", "codes"), [("2026-02-16", []), ("2026-02-17", ["must-visit"]), ("2026-02-18", ["must-visit"])]
)
def test_a_visit_that_must_be_is_missed_from_the_day_of_the_holiday_on(on: str, codes: list[str]) -> None:
    assert told(outcome(recipients=[recipient(1, "建国前老党员", on=None)], on=on)) == codes


def test_a_run_over_the_log_alone_says_nothing_of_what_is_given() -> None:
    by = changed(
        "[edition.notice]",
        '[[edition.allocations]]\nclause = "分"\nmethod = "largest_remainder"\nholiday = "元旦春节"\namount = 9\n[edition.notice]',
    )
    run = outcome(visit("2026-03-01"), by=by)
    assert told(run) == ["no-result"]
    assert not {"资金分配表", "资金来源表", "物资收发表", "未慰问名单"} & {table.name for table in run.tables}


def test_what_is_left_is_compared_where_a_row_stands_twice_and_not_while_one_could_not_be_read() -> None:
    once = recipient(1)
    rows, money = [once, replace(once, row=replace(once.row, number=9))], [supply(yuan=900, left=1)]
    assert told(outcome(recipients=rows, supplies=money)) == [*["listed-alike"] * 2, "not-balanced"]
    rosters, policy, when = asked(recipients=[once], supplies=money)
    unread = {**rosters, "recipients": Roster((once,), (recipient(2).row,))}
    assert told(PROGRAMME.run(unread, policy, when)) == []
