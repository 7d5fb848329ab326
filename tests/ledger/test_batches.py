"""A batch from proposal to the bank, step by step: what may follow what, and what each step leaves."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, copying, file, sending
from sanchuang_cli.ledger.chain import Deed
from tests.ledger import county
from tests.ledger.county import (
    CHECKER,
    MAKER,
    account,
    claimant,
    entitled,
    number,
    paid,
    propose,
    returned,
    send,
    sound,
)

pytestmark = pytest.mark.usefixtures("database")

JULY = {"2026-07": 100_00}


def bank_total(files: list[Path]) -> int:
    """Fen in the bank's files, as the bank reads them; the 核对单 is none of them."""
    total = 0
    for path in files:
        if "核对单" not in path.name:
            rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
            at = rows[0].index("金额")
            total += sum(round(float(str(row[at])) * 100) for row in rows[1:])
    return total


def test_what_is_owed_is_paid_once_and_an_unchanged_period_is_an_empty_batch(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    both = entitled(claimant(1, JULY), claimant(2, JULY))
    made = propose(ledger, "2026-07", both)
    files = send(ledger, made.batches["payment"], tmp_path / "out")
    assert bank_total(files) == 200_00
    before = county.content(ledger)
    again = propose(ledger, "2026-07", both)
    assert (again.batches, again.comparison.unchanged) == ({}, 2)
    assert county.content(ledger) == before
    assert paid(ledger) == {(number(1), "2026-07"): 100_00, (number(2), "2026-07"): 100_00}
    sound(ledger)


def test_rosters_of_one_year_leave_other_years_as_they_are_and_pay_each_of_its_months_once(
    tmp_path: Path,
) -> None:
    ledger = county.new(tmp_path, "2025-11")
    due: dict[str, int] = {}
    in_all = 0
    for month in ("2025-12", "2026-01", "2026-02", "2026-03"):
        due = {at: fen for at, fen in due.items() if at[:4] == month[:4]} | {month: 100_00}
        of_year = replace(entitled(claimant(1, due)), yearly=True)
        made = propose(ledger, month, of_year)
        in_all += bank_total(send(ledger, made.batches["payment"], tmp_path / month))
    assert in_all == 400_00
    # a month of the year that is no longer due is seen, whatever the period; one of another year is nobody's business
    batches.confirm(ledger, 2, MAKER)
    less = replace(entitled(claimant(1, {"2026-02": 100_00, "2026-03": 100_00})), yearly=True)
    assert [change.month for change in propose(ledger, "2026-03", less).comparison.claim] == ["2026-01"]
    sound(ledger)


def test_an_open_batch_reserves_its_months_and_cancelling_frees_them(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    one_person = entitled(claimant(1, JULY))
    first = propose(ledger, "2026-07", one_person).batches["payment"]
    assert propose(ledger, "2026-07", one_person).batches == {}
    batches.cancel(ledger, first, MAKER)
    assert propose(ledger, "2026-07", one_person).batches == {"payment": 2}
    with ledger.reading() as connection:
        assert batches.batch_numbered(connection, first).state == "cancelled"
        assert len(batches.lines_of(connection, first)) == 1
    sound(ledger)


def test_whoever_proposes_cannot_approve(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    with pytest.raises(UserError, match="须由另一个人"):
        batches.approve(ledger, batch, Deed(" 张 三 ", "", MAKER.at, CHECKER.login))
    with pytest.raises(UserError, match="不能送银行"):
        county.sent(ledger, batch, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_line_changed_behind_our_back_is_not_sent_and_verify_says_so(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    batches.approve(ledger, batch, CHECKER)
    with ledger.writing() as connection:
        connection.exec_driver_sql("update line set fen = fen + 1")
    with pytest.raises(UserError, match="与提请时不同"):
        county.sent(ledger, batch, tmp_path / "out")
    from sanchuang_cli.ledger.proof import troubles

    assert any("明细与提请时不同" in trouble for trouble in troubles(ledger))


def test_sending_again_gives_the_same_files_and_posts_nothing(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    files = send(ledger, batch, tmp_path / "out")
    contents, before = [path.read_bytes() for path in files], county.content(ledger)
    again = county.sent(ledger, batch, tmp_path / "out")
    assert again == files and [path.read_bytes() for path in again] == contents
    assert [p.read_bytes() for p in county.sent(ledger, batch, tmp_path / "other")] == contents
    assert county.content(ledger) == before


def test_a_late_approval_is_made_good_with_its_reason(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    send(ledger, propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"], tmp_path / "a")
    both = {"2026-07": 100_00, "2026-08": 100_00}
    comparison = propose(ledger, "2026-08", entitled(claimant(1, both), claimant(2, both))).comparison
    assert [(c.payee.name, c.month, c.reason) for c in comparison.pay] == [
        ("村民1", "2026-08", "本期"),
        ("村民2", "2026-07", "补发：迟报或迟批"),
        ("村民2", "2026-08", "本期"),
    ]


def test_a_month_of_which_the_ledger_has_paid_nothing_is_not_called_late(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    both = {"2026-07": 100_00, "2026-08": 100_00}
    comparison = propose(ledger, "2026-08", entitled(claimant(1, both))).comparison
    assert [(c.month, c.reason) for c in comparison.pay] == [
        ("2026-07", "补发：台账启用后这个月还没有发过"),
        ("2026-08", "本期"),
    ]
    two_people = entitled(claimant(1, both), claimant(2, both))
    held = propose(ledger, "2026-08", two_people).comparison
    assert [c.reason for c in held.pay] == ["补发：迟报或迟批", "本期"], (
        "an open batch is about to pay that month"
    )


def test_nothing_before_the_opening_is_computed_as_arrears(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-07")
    with pytest.raises(UserError, match="已经结清"):
        propose(ledger, "2026-07", entitled(claimant(1, JULY)))


def test_an_overpaid_month_waits_for_the_bank_and_is_then_asked_back(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    dead = entitled(claimant(1, {}))
    early = propose(ledger, "2026-07", dead)
    assert early.batches == {} and [f.code for f in early.comparison.findings] == ["ledger.unsettled"]
    batches.confirm(ledger, batch, MAKER)
    back = propose(ledger, "2026-07", dead).batches["recovery"]
    batches.approve(ledger, back, CHECKER)
    with pytest.raises(UserError, match="追缴"):
        county.sent(ledger, back, tmp_path / "out")
    sending.recovered(ledger, back, MAKER)
    assert paid(ledger) == {}
    sound(ledger)


def test_a_deduction_never_takes_more_than_is_paid(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 300_00}))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    batches.confirm(ledger, batch, MAKER)
    for month, left in (("2026-08", 200_00), ("2026-09", 100_00), ("2026-10", 0)):
        due = {f"2026-{m:02d}": 100_00 for m in range(8, int(month[5:]) + 1)}
        made = propose(ledger, month, entitled(claimant(1, due), deduct=True))
        files = send(ledger, made.batches["payment"], tmp_path / month)
        assert files == []
        batches.confirm(ledger, made.batches["payment"], MAKER)
        assert paid(ledger).get((number(1), "2026-07"), 0) == left
    sound(ledger)


def test_a_return_reopens_what_came_back_and_the_same_list_twice_changes_nothing(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    two_people = entitled(claimant(1, JULY), claimant(2, JULY))
    batch = propose(ledger, "2026-07", two_people).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    row = ("村民1", account(1), 100_00)
    made = returned(ledger, batch, [row], new_account=account(1, 7))
    assert (made.persons, made.fen) == (1, 100_00)
    assert (number(1), "2026-07") not in paid(ledger)
    before = county.content(ledger)
    assert returned(ledger, batch, [row]).before == 1
    assert county.content(ledger) == before
    files = send(ledger, made.reissue, tmp_path / "again")
    (payment,) = [path for path in files if "核对单" not in path.name]
    assert account(1, 7) in str(list(load_workbook(payment).worksheets[0].values))
    assert paid(ledger) == {(number(n), "2026-07"): 100_00 for n in (1, 2)}
    sound(ledger)


def test_a_row_of_the_return_list_that_fits_nothing_stops_all_of_it(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    before = county.content(ledger)
    with pytest.raises(UserError, match="对不上") as refusal:
        returned(ledger, batch, [("村民1", account(1), 100_00), ("村民2", account(2), 99_00)])
    assert account(2) not in str(refusal.value)
    with pytest.raises(UserError, match="这个账号的户名是村民2"):
        returned(ledger, batch, [("村民1", account(1), 100_00), ("张无此", account(2), 100_00)])
    assert county.content(ledger) == before
    assert returned(ledger, batch, [("村*1", account(1), 100_00), ("", account(2), 100_00)]).persons == 2


def test_of_a_returned_payment_that_fits_nothing_what_differs_is_told(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    for row, said in (
        (("村民1", account(1), 99_00), "金额不同：批次里付到这个账号的是 100.00 元"),
        (("村民1", account(7), 100_00), "账号不同：批次里有这个户名、这个金额，付到别的账号"),
        (("村民2", account(1), 100_00), "这个账号的户名是村民1"),
        (("村民1", account(7), 99_00), "批次里没有这一笔"),
        (("", account(7), 100_00), "批次里没有这一笔"),
    ):
        with pytest.raises(UserError) as refusal:
            returned(ledger, batch, [row])
        assert str(refusal.value).endswith(f"，{said}")


def test_a_person_without_a_valid_account_stays_owed(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    made = propose(ledger, "2026-07", entitled(claimant(1, JULY, account="")))
    assert made.batches == {} and [f.code for f in made.comparison.findings] == ["ledger.account"]
    assert propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches == {"payment": 1}


def test_whoever_is_not_on_the_roster_is_not_asked_for_money_but_named(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    batches.confirm(ledger, batch, MAKER)
    proposed = propose(ledger, "2026-07", entitled(claimant(1, JULY)))
    assert proposed.batches == {}
    assert [f.code for f in proposed.comparison.findings] == ["ledger.absent"]
    assert "村民2" in proposed.comparison.findings[0].message


def test_an_unknown_schema_version_is_refused(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    with ledger.writing() as connection:
        connection.exec_driver_sql("update meta set value = '99' where name = 'schema'")
    with pytest.raises(UserError, match="第 99 版"):
        file.opened(ledger.place)


def test_a_changed_entry_breaks_the_chain(tmp_path: Path) -> None:
    from sanchuang_cli.ledger.proof import troubles

    ledger = county.new(tmp_path)
    send(ledger, propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"], tmp_path / "out")
    with ledger.writing() as connection:
        connection.exec_driver_sql("update entry set place = '别处'")
    assert any("校验值不符" in trouble for trouble in troubles(ledger))


def test_a_backup_opens_and_is_sound(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    send(ledger, propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"], tmp_path / "out")
    copying.backup(ledger, tmp_path / "backup")
    (copied,) = (tmp_path / "backup").glob("*.db")
    copy = file.opened(copied)
    sound(copy)
    assert paid(copy) == paid(ledger)
    with pytest.raises(UserError, match="换一个新的名字"):
        copying.backup(ledger, tmp_path / "backup")


def test_what_comes_back_while_another_batch_pays_the_same_month_stays_owed(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "a")
    more = entitled(claimant(1, {"2026-07": 130_00}))
    second = propose(ledger, "2026-07", more).batches["payment"]
    made = returned(ledger, batch, [("村民1", account(1), 100_00)])
    assert (made.persons, made.waiting, made.reissue) == (1, 1, 0)
    send(ledger, second, tmp_path / "b")
    send(ledger, propose(ledger, "2026-07", more).batches["payment"], tmp_path / "c")
    assert paid(ledger) == {(number(1), "2026-07"): 130_00}
    sound(ledger)


def test_what_the_bank_returns_after_the_batch_was_closed_is_registered_and_paid_again(
    tmp_path: Path,
) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    batches.confirm(ledger, batch, MAKER)
    made = returned(ledger, batch, [("村民1", account(1), 100_00)], new_account=account(1, 7))
    assert (made.persons, paid(ledger)) == (1, {})
    send(ledger, made.reissue, tmp_path / "again")
    batches.confirm(ledger, made.reissue, MAKER)
    batches.confirm(ledger, batch, MAKER)
    assert paid(ledger) == {(number(1), "2026-07"): 100_00}
    sound(ledger)


def test_nothing_is_returned_of_a_batch_that_asked_money_back(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    batches.confirm(ledger, batch, MAKER)
    back = propose(ledger, "2026-07", entitled(claimant(1, {}))).batches["recovery"]
    batches.approve(ledger, back, CHECKER)
    sending.recovered(ledger, back, MAKER)
    with pytest.raises(UserError, match="不会有退票"):
        returned(ledger, back, [("村民1", account(1), 100_00)])


def test_money_that_would_go_again_to_where_it_came_back_from_is_warned_of(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY))).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    made = returned(ledger, batch, [("村民1", account(1), 100_00)])
    batches.cancel(ledger, made.reissue, MAKER)
    again = propose(ledger, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY)))
    (said,) = [one for one in again.comparison.findings if one.code == "ledger.sent-back"]
    assert f"的款在批次 {batch} 退回过" in said.message and account(1) not in said.message
    send(ledger, again.batches["payment"], tmp_path / "again")
    later = propose(ledger, "2026-08", entitled(claimant(1, JULY | {"2026-08": 100_00}), claimant(2, JULY)))
    assert [one.code for one in later.comparison.findings] == []


def test_months_before_the_period_that_somebody_dead_is_still_owed_are_told(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    late = claimant(1, JULY)._replace(died="2026-07-20"), claimant(2, JULY)
    made = propose(ledger, "2026-08", entitled(*late))
    assert [one.code for one in made.comparison.findings] == ["ledger.to-heirs"]
    assert "2026-07-20 身故，补发身故以前的 100.00 元" in made.comparison.findings[0].message
    (tmp_path / "当月").mkdir()
    assert propose(county.new(tmp_path / "当月"), "2026-07", entitled(late[0])).comparison.findings == ()
