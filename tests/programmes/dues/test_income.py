"""What a result of 党费 says came in, went up and came back, as the ledger reads its pages back, each with its place."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.dues.income import READS, IncomeLine, lines
from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.record import Roster, Row, Source
from tests.programmes.payers import ON, outcome, payer, receipt, with_keys

UPWARD = {"clause": "省委", "to": "市委", "percent": 30}


def read_back(run: Outcome) -> dict[str, Roster[Any]]:
    """The pages as records, by the headings of their columns."""
    pages = {}
    for name, wanted in READS.items():
        records = []
        own = {field.heading: field.name for field in wanted.fields}
        declared = {field.name for field in wanted.record.declared()}
        for table in (one for one in run.tables if one.name == wanted.sheet):
            columns = {
                own[one.title]: (at, one.title) for at, one in enumerate(table.columns, 1) if one.title in own
            }
            assert {field.name for field in wanted.fields if field.required} <= set(columns)
            for number, cells in enumerate(table.rows, 4):
                values = {
                    name: cells[at - 1] for name, (at, _) in columns.items() if cells[at - 1] is not None
                }
                more = {name: values.pop(name) for name in [*values] if name not in declared}
                row = Row(Source("党费.xlsx", wanted.sheet, columns), number, tuple(cells))
                records.append(wanted.record(row=row, more=more, **values))
        pages[name] = Roster(tuple(records))
    return pages


def booked(*payers: Payer, on: date = ON, **how: Any) -> list[IncomeLine]:
    run = outcome(*payers, on=on, by=with_keys(upward=UPWARD), **how)
    return list(lines(read_back(run), on.year, on))


def told(some: list[IncomeLine]) -> list[tuple[object, ...]]:
    """Kind, whose, month, ticket and fen."""
    return [(one.kind, one.called, one.month, one.ticket, one.fen) for one in some]


def test_what_each_member_paid_by_month_with_the_cell_that_says_so() -> None:
    found = booked(payer(1, base=300_000, paid=[1500, 0, 1600]), on=date(2026, 3, 31))
    assert told(found) == [
        ("received", "青禾镇 机关党支部 甲1", "2026", "", 0),
        ("received", "青禾镇 机关党支部 甲1", "2026-01", "", 1500),
        ("received", "青禾镇 机关党支部 甲1", "2026-03", "", 1600),
        ("handed-up", "青禾镇 市委", "2026Q1", "", 930),
    ]
    assert [(one.place.sheet, one.place.heading) for one in found] == [
        ("党费收缴表", "姓名"),
        ("党费收缴表", "实交/1月"),
        ("党费收缴表", "实交/3月"),
        ("季度上缴单", "上缴"),
    ]
    assert [one.identity for one in found] == [payer(1).identity] * 3 + [""]


@pytest.mark.parametrize("numbered", [True, False], ids=["by number", "by name"])
def test_whoever_has_receipts_is_booked_by_them_and_not_by_months_too(numbered: bool) -> None:
    """Of three members one has a receipt; the others, one of the same name in another branch, have columns of months."""
    number: dict[str, Any] = {} if numbered else {"identity": ""}
    found = booked(
        payer(1, base=300_000, **number),
        payer(2, base=300_000, paid=[1500], **number),
        payer(3, base=300_000, paid=[1400], name="甲1", branch="退休党支部", **number),
        receipts=[receipt("R1", "2026-02-10", 3000, branch="机关党支部", **number)],
        on=date(2026, 2, 28),
    )
    assert told(found) == [
        ("received", "青禾镇 机关党支部 甲1", "2026-01", "R1", 1500),
        ("received", "青禾镇 机关党支部 甲1", "2026-02", "R1", 1500),
        ("received", "青禾镇 机关党支部 甲1", "2026", "", 0),
        ("received", "青禾镇 机关党支部 甲2", "2026", "", 0),
        ("received", "青禾镇 机关党支部 甲2", "2026-01", "", 1500),
        ("received", "青禾镇 退休党支部 甲1", "2026", "", 0),
        ("received", "青禾镇 退休党支部 甲1", "2026-01", "", 1400),
    ]
    assert {(one.place.sheet, one.place.heading) for one in found if one.ticket} == {("收据登记", "金额")}


def test_of_two_of_one_name_in_a_branch_each_is_booked_by_what_is_his_own() -> None:
    twins = payer(1, base=300_000, name="张建国"), payer(2, base=300_000, paid=[1400], name="张建国")
    given = [receipt("R1", "2026-01-10", 1500, name="张建国")]
    found = booked(*twins, receipts=given, on=date(2026, 1, 31))
    fen = {(one.identity, one.ticket): one.fen for one in found if one.month == "2026-01"}
    assert fen == {(twins[0].identity, "R1"): 1500, (twins[1].identity, ""): 1400}


@pytest.mark.parametrize(
    ("on", "quarters"),
    [
        ("2026-03-30", []),
        ("2026-03-31", ["2026Q1"]),
        ("2026-12-30", ["2026Q1", "2026Q2", "2026Q3"]),
        ("2026-12-31", ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]),
    ],
)
def test_what_is_handed_up_for_a_quarter_counts_when_the_quarter_is_over(
    on: str, quarters: list[str]
) -> None:
    day = date.fromisoformat(on)
    found = booked(payer(1, base=300_000, paid=[1500] * day.month), on=day)
    assert [(one.month, one.fen) for one in found if one.kind == "handed-up"] == [
        (quarter, 1350) for quarter in quarters
    ]


def test_a_quarter_of_nothing_is_no_line() -> None:
    found = booked(payer(1, base=300_000, paid=[0, 0, 0, 1500]))
    assert [(one.month, one.fen) for one in found if one.kind == "handed-up"] == [("2026Q2", 450)]


def test_what_came_back_and_what_was_given_beside_are_of_the_year() -> None:
    company = payer(1, base=300_000, paid=[1500], branch="甲公司", kind="非公企业", gift=100_001)
    found = booked(company, on=date(2026, 2, 28))
    assert told(found)[2:] == [
        ("returned", "青禾镇 甲公司", "2026", "", 1500),
        ("gift", "青禾镇 甲公司 甲1", "2026", "", 100_001),
    ]
    assert [(one.place.sheet, one.place.heading) for one in found[2:]] == [
        ("返还台账", "返还"),
        ("大额党费", "金额"),
    ]
