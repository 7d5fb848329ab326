"""What stands at the edge of a rule on 党费: months, relief, parts, silence, pay files and gifts, each from both sides."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.dues import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.payers import column, monthly, outcome, pay, payer, receipt, told, with_keys

THOUSAND: dict[str, Any] = {"base": 100_000}
"""A base of 1,000 yuan, of which 5 yuan a month are owed."""
DECIDED: dict[str, Any] = {"decision": "青发〔2026〕1号"}
PAGE = "党费收缴表"


def months(on: date = date(2026, 12, 31), **fields: Any) -> int:
    """For how many months of the year something is owed."""
    (due,) = column(outcome(payer(**THOUSAND | fields), on=on), PAGE, "due")
    return int(due / 500)


@pytest.mark.parametrize(
    ("fields", "many"),
    [
        ({}, 12), ({"admitted": "2026-01-31"}, 12), ({"admitted": "2025-12-31"}, 12), ({"admitted": "2026-02-01"}, 11),
        ({"admitted": "2026-12-31"}, 1), ({"left": "2026-12-01"}, 12), ({"left": "2026-11-30"}, 11), ({"left": "2026-01-01"}, 1),
        ({"left": "2025-12-31"}, 0), ({"admitted": "2026-05-20", "left": "2026-05-20"}, 1), ({"admitted": "2026-05", "left": "2026-07"}, 3),
    ],
)  # fmt: skip
def test_dues_are_owed_from_the_month_of_the_meeting_to_that_of_leaving(
    fields: dict[str, Any], many: int
) -> None:
    assert months(**fields) == many


@pytest.mark.parametrize(
    ("on", "many"), [(date(2026, 1, 30), 0), (date(2026, 1, 31), 1), (date(2026, 2, 1), 1), (date(2026, 12, 30), 11)]
)  # fmt: skip
def test_a_month_counts_when_it_is_over(on: date, many: int) -> None:
    assert months(on=on) == many


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"admitted": "2025"}, []),
        ({"admitted": "2026"}, ["admitted-unclear"]),
        ({"left": "2026", "admitted": "2026-01-01"}, ["admitted-unclear"]),
        ({"left": "2025", "admitted": "1990"}, []),
        ({"left": "1990-05-03"}, []),
        ({"left": "1990-05-02"}, ["ends-before-start"]),
    ],
)
def test_a_year_alone_is_not_enough_where_a_month_of_it_is_asked_about(
    fields: dict[str, Any], codes: list[str]
) -> None:
    assert told(outcome(payer(**THOUSAND | fields))) == codes


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"reduced": 200}, 12 * 200),
        ({"reduced": 0}, 0),
        ({"reduced": 499}, 12 * 499),
        ({"reduced": 500}, 12 * 500),
        ({"reduced": 900}, 12 * 500),
        ({"reduced": None}, 12 * 500),
        ({"reduced": 200, "reduced_from": "2026-04"}, 3 * 500 + 9 * 200),
        ({"reduced": 200, "reduced_from": "2026-04-30", "reduced_to": "2026-05-01"}, 10 * 500 + 2 * 200),
        ({"reduced": 200, "reduced_to": "2026-03"}, 3 * 200 + 9 * 500),
        ({"reduced": 200, "reduced_to": "2025-12"}, 12 * 500),
    ],
)
def test_relief_holds_for_its_months_and_never_raises_anybody(fields: dict[str, Any], due: int) -> None:
    run = outcome(payer(**THOUSAND, **DECIDED | fields))
    assert (column(run, PAGE, "due"), told(run)) == ([due], [])


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"reduced": 200}, ["no-decision"]),
        ({"reduced": 500}, []),
        ({"reduced": 200, "reduced_to": "2025-12"}, []),
    ],
)
def test_relief_without_a_decision_is_told_once_and_only_where_it_would_count(
    fields: dict[str, Any], codes: list[str]
) -> None:
    run = outcome(payer(**THOUSAND | fields))
    assert (column(run, PAGE, "due"), told(run)) == ([12 * 500], codes)


@pytest.mark.parametrize(
    ("fields", "paid", "part", "lacking", "over"),
    [
        ({}, [500] * 12, "交清", 0, 0),
        ({}, [500] * 11, "欠交", 500, 0),
        ({}, [500] * 11 + [499], "欠交", 1, 0),
        ({}, [500] * 11 + [501], "多交", 0, 1),
        ({}, [501] + [500] * 10 + [499], "欠交", 1, 1),
        ({"left": "2026-11-30"}, [500] * 12, "多交", 0, 500),
        ({"reduced": 0, **DECIDED}, [], "免交", 0, 0),
        ({"reduced": 0, **DECIDED}, [100], "免交", 0, 100),
        ({"left": "2025-12-31"}, [], "免交", 0, 0),
    ],
)
def test_where_a_member_goes_by_what_each_month_lacks_or_has_beyond(
    fields: dict[str, Any], paid: list[int], part: str, lacking: int, over: int
) -> None:
    run = outcome(payer(paid=paid, **THOUSAND, **fields))
    found = [column(run, PAGE, name) for name in ("part", "lacking", "over", "got")]
    assert found == [[part], [lacking], [over], [sum(paid)]]


@pytest.mark.parametrize(
    ("fields", "paid", "silent"),
    [
        ({"left": "2026-06-30"}, [], True),
        ({"left": "2026-05-31"}, [], False),
        ({}, [0] * 11 + [1], False),
        ({}, [500] * 6, True),
        ({}, [0] * 6 + [1], False),
        ({"reduced": 0, "reduced_from": "2026-12", **DECIDED}, [], False),
        ({"reduced": 0, "reduced_from": "2026-06", "reduced_to": "2026-06", **DECIDED}, [], True),
    ],
)
def test_whoever_owes_for_six_months_running_and_paid_nothing_for_them_is_silent(
    fields: dict[str, Any], paid: list[int], silent: bool
) -> None:
    run = outcome(payer(paid=paid, **THOUSAND, **fields))
    assert column(run, "六个月未交", "name") == ["甲1"] * silent


def test_how_many_months_running_is_what_the_document_says() -> None:
    who = payer(paid=[500] * 9, **THOUSAND)
    for many, silent in ((3, True), (4, False)):
        assert bool(column(outcome(who, by=with_keys(arrears_months=many)), "六个月未交", "name")) is silent


@pytest.mark.parametrize("paid", [[], [500], [300, 200], [400], [501]])
def test_receipts_count_before_the_columns_of_months_which_may_only_say_the_same(paid: list[int]) -> None:
    of_february = receipt("1", "2026-03-02", 500, month="2026-02")
    run = outcome(payer(paid=paid, **THOUSAND), receipts=[of_february])
    alike = sum(paid) in (0, 500)
    assert told(run) == ([] if alike else ["paid-twice"])
    assert [column(run, PAGE, name) for name in ("paid2", "got")] == [[500] if alike else []] * 2


ITEMS = {"岗位工资": 300_000, "薪级工资": 0, "津贴补贴": 0, "绩效工资": 0}


@pytest.mark.parametrize(
    ("since", "owed"),
    [("2026-01", 1500), ("", 1500), ("2025-12-31", 1500), ("2026-02", 500), ("2026-12", 500)],
)
def test_pay_counts_from_its_month_on_and_until_then_the_base_of_the_roster(since: str, owed: int) -> None:
    run = outcome(payer(**THOUSAND), pay=[pay(ITEMS, since=since)])
    assert column(run, PAGE, "monthly") == [owed]
    assert ("base-differs" in told(run)) is (owed == 1500)


def test_of_several_rows_of_pay_the_latest_that_has_begun_counts() -> None:
    rows = [pay(ITEMS | {"岗位工资": sum_}, since=since) for sum_, since in ((500_000, "2026-02"), (400_000, "2026-01"), (300_000, "2025-07"))]  # fmt: skip
    assert monthly(payer(), pay=rows) == monthly(payer(base=400_000))
    assert monthly(payer(), pay=rows, by=with_keys(fixed="month")) == monthly(payer(base=500_000))


def gifts(*lines: tuple[int, str, bool]) -> Any:
    said = [
        {"clause": "赠", "above": above, "to": to, "inclusive": inclusive} for above, to, inclusive in lines
    ]
    return with_keys(gift=said).editions[0]


@pytest.mark.parametrize(
    ("fen", "to"),
    [(99_999, ""), (100_000, ""), (100_001, "县"), (499_999, "县"), (500_000, "省"), (2_000_000, "省")],
)
def test_a_gift_goes_by_the_highest_line_that_it_reaches(fen: int, to: str) -> None:
    for lines in (((1000, "县", False), (5000, "省", True)), ((5000, "省", True), (1000, "县", False))):
        assert gifts(*lines).gift_goes_to(fen) == to
    assert with_keys(gift=()).editions[0].gift_goes_to(fen) == ""


def test_what_a_document_on_dues_does_not_say() -> None:
    plain = with_keys().editions[0]
    bare = type(plain).model_validate(
        {key: value for key, value in plain.model_dump().items() if key in ("title", "document", "effective", "categories", "fixed_clause", "arrears_clause")}
    )  # fmt: skip
    assert (bare.rounded, bare.fixed, bare.arrears_months, bare.upward, bare.gift) == (
        "fen",
        "year",
        6,
        (),
        (),
    )
    assert (bare.pay_file, bare.returned, bare.notice, bare.pay_columns()) == (None, None, None, ())


def test_who_had_left_before_the_year_and_paid_paid_too_much() -> None:
    rows = payer(1, [1000] * 12, left="2025-12-31"), payer(2, left="2025-12-31")
    run = outcome(*rows, on=date(2026, 12, 31))
    assert column(run, PAGE, "part") == ["多交", "免交"]


@pytest.mark.parametrize("day", ["2027-01-10", "2027-03-10"])
def test_what_is_paid_after_the_year_beyond_what_was_open_is_of_no_quarter_of_the_next(day: str) -> None:
    """Judged in March of the next year, which is not over."""
    year, by = Period.year(2026), with_keys(upward={"clause": "三", "to": "县委", "percent": 30})
    rosters: Rosters = {
        "payers": Roster((payer(**THOUSAND),)),
        "receipts": Roster((receipt("1", day, 7000),)),
        "pay": Roster(()),
    }
    run = PROGRAMME.run(rosters, by, Occasion(year, date(2027, 3, 15)))
    assert column(run, "季度上缴单", "got") == [1500, 1500, 1500, 2500]
    assert column(run, "补缴明细", "beyond") == ["12月 10.00"]


@pytest.mark.parametrize(
    ("since", "until", "codes"), [("2026-03", "2026-01", ["relief-order"]), ("2026-03", "2026-03", [])]
)
def test_a_relief_that_ends_before_it_begins_is_a_question(since: str, until: str, codes: list[str]) -> None:
    relief = {"reduced": 0, "reduced_from": since, "reduced_to": until}
    assert told(outcome(payer(**THOUSAND | DECIDED | relief), on=date(2026, 12, 31))) == codes


@pytest.mark.parametrize(("fen", "asked"), [(100_500, 0), (100_501, 1), (150_000, 1)])
@pytest.mark.parametrize("by_receipt", [False, True], ids=["by month", "by receipt"])
def test_so_much_too_much_that_a_gift_would_go_up_is_asked_about(
    fen: int, asked: int, by_receipt: bool
) -> None:
    """Five yuan are owed; of a gift, more than a thousand goes up."""
    given = [receipt("1", "2026-01-10", fen)] if by_receipt else []
    run = outcome(payer(paid=[] if by_receipt else [fen], **THOUSAND), receipts=given, on=date(2026, 1, 31))
    assert told(run) == ["maybe-gift"] * asked
    assert [found.place.heading for found in run.findings] == (["姓名"] if by_receipt else ["1月"]) * asked
    assert told(outcome(payer(paid=[fen], **THOUSAND), by=with_keys(gift=()))) == []
