"""Vouchers and payments that wait, in 经费预算: whose sums rest on them is marked everywhere, and nothing of it is final."""

from typing import Any

import pytest

from sanchuang_cli.outcome import Outcome
from tests.programmes.bodies import body, by, column, outcome, payment, told, voucher
from tests.programmes.budget.test_cases import PAID, STANDARD
from tests.programmes.budget.test_vouchers import SPENDING

SOUND = voucher("1", "2026-11-01", 100_000)
WRONG = voucher("2", "2026-11-02", 200_000, use="招待费")
TWICE = [voucher("2", "2026-11-02", 100), voucher("2", "2026-11-03", 200)]


def waiting(run: Outcome, page: str, what: str = "vouchers_wait") -> dict[Any, Any]:
    return dict(zip(column(run, page, "name"), column(run, page, what), strict=True))


@pytest.mark.parametrize(("wrong", "many"), [([WRONG], 1), (TWICE, 2)])
def test_a_village_of_which_vouchers_wait_is_judged_without_them_and_marked(
    wrong: list[Any], many: int
) -> None:
    run = outcome(body(), body("草原村"), vouchers=[SOUND, *wrong])
    assert waiting(run, "拨付进度", "used") == {"向阳村": 100_000, "草原村": 0}
    for page in ("拨付进度", "公开表"):
        assert waiting(run, page) == {"向阳村": many, "草原村": 0}, page
    assert column(run, "分乡镇汇总表", "open") == [1]
    assert [table.name for table in run.on_terminal] == ["分乡镇汇总表"]
    (finding,) = (one for one in run.findings if one.code == "budget.sums-open")
    assert f"向阳村”：另有 {many} 张凭证待核实，没有计入，结余还没有算定" in finding.message
    assert column(run, "使用明细", "total")[0].endswith(f"（另有 {many} 张待核实，没有算）")


def test_a_notice_does_not_publish_as_final_what_rests_on_rows_that_wait() -> None:
    names = ("向阳村", "草原村", "河东村")
    (notice,) = outcome(
        *map(body, names), vouchers=[SOUND, WRONG], payments=[payment("2026-12-20", 100, "河东村")]
    ).notices()
    assert [row[2] for row in notice.table.rows] == ["草原村"]
    assert outcome(body(), vouchers=[SOUND, WRONG]).notices() == ()


def test_a_reversal_that_waits_marks_the_village_whose_money_it_takes_back() -> None:
    vouchers = [voucher("1", "2026-03-01", 3_000_000), voucher("2", "2026-04-01", -3_000_000)]
    run = outcome(body(), vouchers=[*vouchers, voucher("3", "2026-05-01", 3_900_000)])
    assert waiting(run, "公开表") == {"向阳村": 1}
    assert run.notices() == ()


def test_a_name_means_the_village_however_it_is_spaced_and_without_a_township_every_one_of_that_name() -> (
    None
):
    bodies = body(), body(township="红旗镇"), body("草原村")
    spaced = outcome(*bodies, vouchers=[SOUND, voucher("9", "2026-05-01", 1, name="草 原村")])
    assert waiting(spaced, "公开表") == {"向阳村": 0, "草原村": 1}
    run = outcome(*bodies, vouchers=[SOUND, voucher("9", "2026-05-01", 1, township="")])
    marked = zip(column(run, "公开表", "name"), column(run, "公开表", "vouchers_wait"), strict=True)
    assert sorted(marked) == [("向阳村", 1), ("向阳村", 1), ("草原村", 0)]


@pytest.mark.parametrize(
    ("township", "marked"), [("青禾镇", ["草原村", "河东村"]), ("", ["草原村", "河东村", "向阳村"])]
)
def test_a_row_that_names_no_village_may_be_any_ones_of_its_township(
    township: str, marked: list[str]
) -> None:
    """Nothing of them is final, and none of them is paid again."""
    bodies = body(township="红旗镇"), body("草原村"), body("河东村")
    lost = voucher("9", "2026-05-01", 1, name="", township=township)
    run = outcome(*bodies, vouchers=[SOUND, lost])
    assert sorted(who for who, many in waiting(run, "公开表").items() if many) == sorted(marked)
    assert [row[2] for notice in run.notices() for row in notice.table.rows] == ["向阳村"][len(marked) - 2 :]
    paid = outcome(
        *bodies,
        payments=[payment("2026-05-01", 100, "", township)],
        by=by(PAID.format(method="cumulative")),
    )
    (table,) = paid.payments() or [None]
    left = [row[table.index("name")] for row in table.rows] if table else []
    assert left == ["向阳村"][len(marked) - 2 :]


def test_rows_that_wait_and_name_no_village_of_the_page_are_counted_below_it_and_below_the_notice() -> None:
    strangers = [voucher(number, "2026-05-01", 1, name="望何村") for number in "98"]
    run = outcome(body(), vouchers=[SOUND, *strangers], payments=[payment("2026-05-01", 1, "望何村")])
    notes = {table.name: table.notes for table in run.tables}
    for page in ("拨付进度", "公开表"):
        assert notes[page][-1] == "另有 2 张凭证、1 笔拨付待核实，对不上本表的村，没有计入。", page
    (notice,) = run.notices()
    assert notice.table.notes == notes["公开表"][-1:]
    assert waiting(run, "公开表") == {"向阳村": 0}


def test_as_long_as_a_payment_waits_the_bank_pays_nothing_again() -> None:
    policy = by(PAID.format(method="cumulative"))
    later = payment("2026-12-20", 600)
    run = outcome(body(), body("草原村"), payments=[later], by=policy)
    assert waiting(run, "拨付进度", "payments_wait") == {"向阳村": 1, "草原村": 0}
    (table,) = run.payments()
    assert [row[table.index("name")] for row in table.rows] == ["草原村"]
    (finding,) = (one for one in run.findings if one.code == "budget.sums-open")
    assert "1 笔拨付待核实" in finding.message and "不进代发文件" in finding.message


@pytest.mark.parametrize("day", ["2025-12-31", "2025"])
def test_a_payment_of_another_year_does_not_wait(day: str) -> None:
    run = outcome(body(), payments=[payment(day, 100)])
    assert waiting(run, "公开表", "payments_wait") == {"向阳村": 0}


def test_a_village_of_which_a_voucher_waits_is_not_said_to_have_handed_in_none() -> None:
    run = outcome(body(), body("草原村"), vouchers=[voucher("1", "2026-11-01", 1, name="草原村"), WRONG])
    assert "idle" not in told(run)


@pytest.mark.parametrize("column_of_it", ["vouchers_wait", "payments_wait"])
def test_what_was_left_last_year_is_not_carried_over_as_long_as_rows_of_it_waited(column_of_it: str) -> None:
    text = STANDARD + SPENDING.format(more="carries = true")
    last = [{"township": "青禾镇", "name": "向阳村", "left": 5_000, column_of_it: 1}]
    run = outcome(body(), by=by(text), last=last)
    assert (column(run, "拨付进度", "left"), told(run)) == ([10_000], ["not-carried"])
