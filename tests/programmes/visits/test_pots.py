"""A sum that is shared out to townships: by whom, for whom, and not while somebody waits."""

from sanchuang_cli.programmes.visits import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.visited import asked, changed, column, outcome, recipient, told


def test_a_sum_is_shared_out_to_townships_by_heads_and_comes_to_the_whole() -> None:
    by = changed(
        "[edition.notice]",
        '[[edition.allocations]]\nclause = "按人数分"\nmethod = "largest_remainder"\nholiday = "元旦春节"\namount = 10000\n[edition.notice]',
    )
    rows = [recipient(n, township="望河乡" if n < 5 else "青禾镇", on=None) for n in range(1, 8)]
    run = outcome(recipients=[*rows, recipient(9, "其他")], by=by)
    assert column(run, "资金分配表", "heads") == [4, 3]
    assert column(run, "资金分配表", "fen") == [571_429, 428_571]
    assert column(run, "资金分配表", "by_standard") == [200_000, 150_000]
    none = outcome(recipients=[recipient(9, "其他")], by=by)
    assert told(none) == ["not-shared"]


def test_a_sum_is_not_shared_out_while_somebody_waits_who_may_have_a_part_of_it() -> None:
    by = changed(
        "[edition.notice]",
        '[[edition.allocations]]\nclause = "分"\nmethod = "largest_remainder"\nholiday = "元旦春节"\namount = 9\n[edition.notice]',
        ('holidays = [{', 'holidays = [{ name = "七一", clause = "七一前", solar = "07-01" }, {'),
    )  # fmt: skip
    sure, wrong = recipient(1, holiday="春节"), "困难群众"
    for waiting, open_still in (
        (recipient(2, wrong, holiday="春节", township="望河乡"), True),
        (recipient(2, holiday="中秋", township="望河乡"), True),
        (recipient(2, wrong, holiday="七一", township="望河乡"), False),
    ):
        run = outcome(recipients=[sure, waiting], by=by)
        assert ("pot-waits" in told(run), "资金分配表" in {table.name for table in run.tables}) == (
            open_still,
            not open_still,
        )
    rosters, policy, when = asked(recipients=[sure], by=by)
    unread = {**rosters, "recipients": Roster((sure,), (recipient(2, holiday="春节").row,))}
    assert told(PROGRAMME.run(unread, policy, when)) == ["pot-waits"]


def test_only_townships_with_somebody_to_visit_have_a_part_of_the_sum_for_that_holiday() -> None:
    by = changed(
        "[edition.notice]",
        '[[edition.allocations]]\nclause = "分"\nmethod = "largest_remainder"\nholiday = "元旦春节"\namount = 9\n[edition.notice]',
        ('holidays = [{', 'holidays = [{ name = "七一", clause = "七一前", solar = "07-01" }, {'),
        ('"老党员", amounts = { "元旦春节" = 500 }', '"老党员", amounts = { "元旦春节" = 500, "七一" = 200 }'),
    )  # fmt: skip
    rows = [
        recipient(1, holiday="春节"),
        recipient(2, holiday="春节", township="望河乡", on=None),
        recipient(3, holiday="七一", township="白桦镇"),
        recipient(4, "其他", holiday="春节", township="石桥镇"),
    ]
    run = outcome(recipients=rows, by=by)
    lines = zip(
        *(column(run, "资金分配表", name) for name in ("holiday", "township", "heads", "by_standard", "fen")),
        strict=True,
    )
    assert list(lines) == [("元旦春节", "望河乡", 1, 500_00, 4_50), ("元旦春节", "青禾镇", 1, 500_00, 4_50)]
