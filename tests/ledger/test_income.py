"""Income in the ledger: booked once, by an approved result, never altered by another one, and never a part of payments."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sanchuang_cli.domain.dues.income import GIFT, HANDED_UP, RECEIVED, RETURNED, IncomeLine
from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.ledger import file, income_pages, listing, unpaid_results
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.income import BookedIncome, book, booked
from sanchuang_cli.ledger.listing import acts_page, balance_page
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.proof import proved, troubles
from sanchuang_cli.ledger.tables import income
from sanchuang_cli.ledger.unpaid_results import Stated
from tests.counts import FULL
from tests.ledger import county, plain
from tests.ledger.county import CHECKER, MAKER, claimant, entitled, propose
from tests.ledger.test_crashes import every_write, killed_at

DUES = Stated("d" * 64, "党费.xlsx", "dues", "党费（dues）", "2026", "dues", "0" * 64, "")
NAMES = {1: "张建国", 2: "李秀英", 3: "王志强"}


def line(
    fen: int, month: str = "2026-03", ticket: str = "", who: int = 1, kind: str = RECEIVED
) -> IncomeLine:
    name, number = NAMES[who], county.number(who)
    return IncomeLine(
        kind, "青禾镇", "机关党支部", name, number, month, ticket, fen, Place("党费.xlsx", "党费收缴表", 4)
    )


def body(fen: int, month: str, kind: str = HANDED_UP, branch: str = "") -> IncomeLine:
    return IncomeLine(kind, "青禾镇", branch, "", "", month, "", fen, Place("党费.xlsx", "季度上缴单", 4))


def about(*who: int) -> list[IncomeLine]:
    """The lines that say whom a result is about."""
    return [line(0, "2026", who=each) for each in who]


def approved(ledger: Ledger, number: int = 0) -> Stated:
    """A result of its own digest that a second person approved."""
    stated = DUES._replace(digest=f"{number:064d}", book=f"党费{number}.xlsx")
    unpaid_results.propose(ledger, stated, MAKER)
    unpaid_results.approve(ledger, stated, CHECKER)
    return stated


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return county.new(tmp_path)


def receive(ledger: Ledger, *lines: IncomeLine, number: int = 0, **how: Any) -> BookedIncome:
    return book(ledger, approved(ledger, number), [*about(1, 2, 3), *lines], how.pop("deed", MAKER), **how)


def rows(ledger: Ledger) -> list[Any]:
    with ledger.reading() as connection:
        return list(connection.execute(select(income).order_by(income.c.id)))


def standing(ledger: Ledger) -> dict[tuple[str, str, str, str], int]:
    with ledger.reading() as connection:
        return {
            (each.kind, each.name, each.month, each.ticket): each.fen for each in booked(connection, "dues")
        }


def test_a_result_that_nobody_approved_books_nothing_and_says_how(ledger: Ledger) -> None:
    unpaid_results.propose(ledger, DUES, MAKER)
    with pytest.raises(UserError, match=r"ledger approve 党费\.xlsx"):
        book(ledger, DUES, [line(1500)], MAKER)
    assert rows(ledger) == []


def test_what_was_receipted_is_booked_once_with_its_month_and_receipt(ledger: Ledger) -> None:
    lines = line(1500, "2026-01", "001"), line(1500, "2026-02", "001"), line(50, "2026-01", who=2)
    receive(ledger, *lines)
    assert len(receive(ledger, *lines, number=1).added) == 0
    assert standing(ledger) == {
        (RECEIVED, "张建国", "2026-01", "001"): 1500,
        (RECEIVED, "张建国", "2026-02", "001"): 1500,
        (RECEIVED, "李秀英", "2026-01", ""): 50,
    }
    assert troubles(ledger) == []
    assert [row[3] for row in acts_page(ledger).rows].count("登记收入") == 1, "nothing new is no record"


def test_a_recalculation_that_counts_a_receipt_for_other_months_changes_nothing(ledger: Ledger) -> None:
    """The base was put right: 30 yuan settle three months of ten, where they settled two of fifteen."""
    receive(ledger, line(1500, "2026-01", "001"), line(1500, "2026-02", "001"))
    before = rows(ledger)
    made = receive(ledger, *(line(1000, f"2026-0{month}", "001") for month in (1, 2, 3)), number=1)
    assert (made.moved, list(made.added), rows(ledger)) == (1, [], before)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            [line(2000, ticket="001"), line(300, "2026-04")],
            "台账登记了 15.00 元，党费.xlsx 党费收缴表 第4行 是 20.00 元",
        ),
        ([line(1500, ticket="001", who=2), line(300, "2026-04")], "写的是 青禾镇 机关党支部 李秀英"),
        ([line(300, "2026-04")], "票号 001（青禾镇 机关党支部 张建国）：台账登记了 15.00 元，这里没有"),
        ([line(1500, ticket="001"), line(299, "2026-04")], "2026-04 收讫：台账登记了 3.00 元"),
        (
            [line(1500, ticket="001"), line(300, "2026-04", "002")],
            "2026-04 收讫：台账登记了 3.00 元，这里没有",
        ),
    ],
    ids=["sum", "payer", "gone", "less", "a receipt for what had none"],
)
def test_what_a_result_says_otherwise_is_refused_unless_somebody_reverses_it(
    ledger: Ledger, now: list[IncomeLine], said: str
) -> None:
    receive(ledger, line(1500, ticket="001"), line(300, "2026-04"))
    before = rows(ledger)
    with pytest.raises(UserError, match="已登记的不因重算而变") as refused:
        receive(ledger, *now, number=1)
    assert said in str(refused.value) and rows(ledger) == before
    stated = DUES._replace(digest=f"{1:064d}", book="党费1.xlsx")
    with pytest.raises(UserError, match="--note"):
        book(ledger, stated, [*about(1, 2), *now], MAKER, reverse=True)
    made = book(ledger, stated, [*about(1, 2), *now], replace(MAKER, note="组发1号"), reverse=True)
    assert made.reversed and rows(ledger)[: len(before)] == before, "the old lines stand as they were"
    expected = {(each.kind, each.name, each.month, each.ticket): each.fen for each in now}
    assert standing(ledger) == expected and troubles(ledger) == []


def test_more_in_a_column_of_months_is_a_later_payment(ledger: Ledger) -> None:
    receive(ledger, line(1000))
    made = receive(ledger, line(1500), number=1)
    assert [each.fen for each in made.added] == [500]
    assert standing(ledger) == {(RECEIVED, "张建国", "2026-03", ""): 1500}


def test_whoever_a_result_is_not_about_is_left_alone_and_so_is_another_year(ledger: Ledger) -> None:
    """A township's own result, somebody who is set aside, and what was booked for last year."""
    receive(ledger, line(1500, ticket="001"), line(700, "2026-05", who=2))
    book(ledger, approved(ledger, 7), [*about(2), line(700, "2026-05", who=2)], MAKER)
    last = approved(ledger, 8)._replace(period="2027")
    book(ledger, last, [line(0, "2027"), line(900, "2027-01")], MAKER)
    assert sum(standing(ledger).values()) == 1500 + 700 + 900


def test_handed_up_grows_by_the_difference_and_too_much_is_told_and_stays(ledger: Ledger) -> None:
    receive(
        ledger,
        body(1001, "2026Q1"),
        body(500, "2026", RETURNED, "甲公司党支部"),
        line(2000, "2026", kind=GIFT),
    )
    made = receive(ledger, body(1000, "2026Q1"), body(400, "2026Q2"), body(499, "2026", RETURNED, "甲公司党支部"),
                   line(2000, "2026", kind=GIFT), number=1)  # fmt: skip
    assert [(each.month, each.fen) for each in made.added] == [("2026Q2", 399)], (
        "the fen too much is made up for"
    )
    assert made.beyond == ["青禾镇 甲公司党支部：返还已登记 5.00 元，按这份结果是 4.99 元，多返还 0.01 元"]
    (row,) = income_pages.sums_page(ledger, ["township"]).rows
    assert row == ("青禾镇", 0, 2000, 1400, 500)


def test_two_numbers_of_one_person_are_one_payer(ledger: Ledger) -> None:
    propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 100_00})))
    receive(ledger, line(1500, ticket="001"))
    with ledger.writing() as connection:
        Register(connection).join(county.number(1), county.number(9), MAKER, sure=True)
    other = line(1500, ticket="001")._replace(identity=county.number(9))
    assert list(book(ledger, approved(ledger, 2), [other], MAKER).added) == []


def test_income_is_no_part_of_any_sum_of_payments(ledger: Ledger, tmp_path: Path) -> None:
    number = propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 100_00}))).batches["payment"]
    county.send(ledger, number, tmp_path / "out")
    before = balance_page(ledger, ["township"]).rows, proved(ledger).fen
    receive(ledger, line(1500, "2026-07", "001"), line(100_00, "2026-08", "002"))
    assert (balance_page(ledger, ["township"]).rows, proved(ledger).fen) == before
    again = propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 100_00})))
    assert not again.batches, "nothing is owed because of it, and nothing taken"
    assert "收入 2 条：收讫 115.00 元" in "\n".join(listing.checked(proved(ledger)))


def test_lines_are_found_by_name_branch_receipt_and_the_end_of_a_number(ledger: Ledger) -> None:
    receive(ledger, line(1500, ticket="001"), line(50, who=2))
    for who, count in ((NAMES[1], 1), ("机关党支部", 2), ("001", 1), (county.number(2)[-4:], 1), ("", 2)):
        assert len(income_pages.lines_page(ledger, who).rows) == count, who
    with pytest.raises(UserError, match="没有这个人"):
        income_pages.lines_page(ledger, "赵六")
    with pytest.raises(UserError, match="--by"):
        income_pages.sums_page(ledger, ["name"])


YEARS = st.dictionaries(
    st.tuples(
        st.sampled_from([1, 2, 3]), st.sampled_from(["2026-01", "2026-02"]), st.sampled_from(["", "A", "B"])
    ),
    st.integers(1, 3),
    max_size=5,
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with four approved results, to be copied: making one takes longer than what is tried here."""
    folder = tmp_path_factory.mktemp("begun")
    with plain.workbooks():
        ledger = county.new(folder)
        for number in range(4):
            approved(ledger, number)
    return folder


def copied(begun: Path, folder: Path) -> Ledger:
    shutil.copytree(begun, folder)
    return file.opened(folder / "county.db")


def sums(lines: Iterable[IncomeLine]) -> Counter[tuple[str, str, str]]:
    """Fen by whose they are, and by the receipt or else the month."""
    added = Counter[tuple[str, str, str]]()
    for each in lines:
        added[each.name, "" if each.ticket else each.month, each.ticket] += each.fen
    return added


@settings(max_examples=200 if FULL else 12, deadline=None)
@given(results=st.lists(YEARS, min_size=1, max_size=4))
def test_after_any_results_the_ledger_has_what_the_last_booked_one_says(
    results: list[dict[tuple[int, str, str], int]], begun: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ledger = copied(begun, tmp_path_factory.mktemp("any") / "office")
    for number, result in enumerate(results):
        now = [
            line(fen, month, f"{ticket}{who}" if ticket else "", who)
            for (who, month, ticket), fen in result.items()
        ]
        with ledger.reading() as connection:
            was = sums(booked(connection, "dues"))
        before, says = rows(ledger), sums(now)
        less = any(says[key] < fen or (key[2] and says[key] != fen) for key, fen in was.items())
        stated = DUES._replace(digest=f"{number:064d}")
        if less:
            with pytest.raises(UserError):
                book(ledger, stated, [*about(1, 2, 3), *now], MAKER)
            assert rows(ledger) == before
        else:
            book(ledger, stated, [*about(1, 2, 3), *now], MAKER)
            with ledger.reading() as connection:
                assert sums(booked(connection, "dues")) == says
            assert rows(ledger)[: len(before)] == before
    assert troubles(ledger) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is tried with fork, which this system lacks")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_booking_killed_at_any_write_is_all_or_nothing(begun: Path, tmp_path: Path) -> None:
    lines = [line(1500, f"2026-{month:02d}", f"{month:03d}") for month in range(1, 13)]
    stated = DUES._replace(digest="0" * 64)
    for write in every_write(2):
        ledger = copied(begun, tmp_path / str(write))
        killed = killed_at(write, partial(book, ledger, stated, lines, MAKER))
        assert len(rows(ledger)) in (0, 12) and troubles(ledger) == []
        book(ledger, stated, lines, MAKER)
        assert len(rows(ledger)) == 12 and troubles(ledger) == []
        if not killed:
            assert write > 5, "the step was over before it wrote anything"
            return
    raise AssertionError("never finished")
