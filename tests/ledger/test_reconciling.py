"""Matching of the ledger's transfers with the bank's movements: rules, and a second opinion by trying everything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.ledger.reconciling import (
    IN,
    OUT,
    Agreement,
    BankMovement,
    BookedTransfer,
    Reconciled,
    reconciled,
)

START = date(2026, 7, 1)
FEN = 50500


def day(number: int) -> date:
    return START + timedelta(number)


def sent(
    id: int, on: int, *, account: str = "甲", fen: int = FEN, batch: int = 1, within: int = 10
) -> BookedTransfer:
    return BookedTransfer(id, OUT, account, fen, day(on), day(on - 1), day(on + within), batch, batch * 10)


def back(of: BookedTransfer, id: int, on: int, sheet: int = 1) -> BookedTransfer:
    days = day(on), of.first, day(on + 10)
    return BookedTransfer(id, IN, of.account, of.fen, *days, of.batch, of.batch * 10 + sheet, of.id)


def paid(id: int, on: int, *, account: str = "甲", fen: int = FEN, way: str = OUT) -> BankMovement:
    return BankMovement(id, way, account, fen, day(on))


def whole(id: int, on: int, fen: int, *, batch: int = 0, way: str = OUT) -> BankMovement:
    return BankMovement(id, way, "", fen, day(on), True, batch)


Told = set[tuple[Agreement, frozenset[int], frozenset[int]]]


def told(groups: Iterable[Reconciled]) -> Told:
    """Groups without their order: what came of which transfers and movements, by their numbers."""
    return {
        (group.outcome, frozenset(b.id for b in group.booked), frozenset(m.id for m in group.moved))
        for group in groups
    }


def of(
    booked: Sequence[BookedTransfer], moved: Sequence[BankMovement]
) -> list[tuple[str, list[int], list[int]]]:
    """Outcome and numbers, sorted, for a case to be read."""
    groups = told(reconciled(booked, moved))
    return sorted((outcome.name, sorted(b), sorted(m)) for outcome, b, m in groups)


def test_a_transfer_is_matched_by_account_and_amount_within_its_days() -> None:
    assert of([sent(1, 0)], [paid(1, 10)]) == [("MATCHED", [1], [1])]
    late = [("NOT_AT_BANK", [1], []), ("NOT_BOOKED", [], [1])]
    assert of([sent(1, 0)], [paid(1, 11)]) == late
    assert of([sent(1, 5)], [paid(1, 3)]) == late
    assert of([sent(1, 0)], [paid(1, 0, account="乙")]) == late


def test_equal_candidates_are_matched_together_when_there_are_as_many_of_each() -> None:
    assert of([sent(1, 0), sent(2, 0, batch=2)], [paid(1, 3), paid(2, 4)]) == [("MATCHED", [1, 2], [1, 2])]


def test_equal_candidates_that_no_day_tells_apart_are_told_when_there_are_not_as_many() -> None:
    assert of([sent(1, 0), sent(2, 0, batch=2)], [paid(1, 3)]) == [("UNCLEAR", [1, 2], [1])]
    assert of([sent(1, 0)], [paid(1, 3), paid(2, 4)]) == [("TWICE", [1], [1, 2])]


def test_the_day_of_sending_tells_equal_candidates_apart() -> None:
    two = [sent(1, 0), sent(2, 2, batch=2)]
    assert of(two, [paid(1, 2)]) == [("MATCHED", [2], [1]), ("NOT_AT_BANK", [1], [])]
    assert of([sent(1, 0)], [paid(1, 0), paid(2, 4)]) == [("MATCHED", [1], [1]), ("TWICE", [], [2])]


def test_as_many_of_each_whose_days_do_not_go_together_are_not_matched() -> None:
    """Two were sent, and two movements are near the second alone."""
    two = [sent(1, 0, within=5), sent(2, 5, batch=2, within=5)]
    assert of(two, [paid(1, 4), paid(2, 9), paid(3, 10)])[0][0] == "TWICE"
    assert of([*two, sent(3, 0, batch=3, within=5)], [paid(1, 4), paid(2, 9), paid(3, 10)]) == [
        ("UNCLEAR", [1, 2, 3], [1, 2, 3])
    ]


def test_the_one_that_can_wait_least_is_paired_first() -> None:
    long, short = sent(1, 0, within=10), sent(2, 3, batch=2, within=1)
    assert of([long, short], [paid(1, 4), paid(2, 9)]) == [("MATCHED", [1, 2], [1, 2])]


def test_what_a_day_has_made_clear_makes_the_rest_clear() -> None:
    three = [sent(1, 0, within=4), sent(2, 3, batch=2, within=4), sent(3, 6, batch=3, within=4)]
    assert of(three, [paid(1, 3), paid(2, 9)]) == [
        ("MATCHED", [2], [1]),
        ("MATCHED", [3], [2]),
        ("NOT_AT_BANK", [1], []),
    ]


def test_another_amount_to_the_same_account_is_told_as_such_where_there_is_one_of_each() -> None:
    assert of([sent(1, 0)], [paid(1, 1, fen=50000)]) == [("AMOUNT", [1], [1])]
    assert of([sent(1, 0)], [paid(1, 1, fen=1), paid(2, 1, fen=2)]) == [
        ("NOT_AT_BANK", [1], []),
        ("NOT_BOOKED", [], [1]),
        ("NOT_BOOKED", [], [2]),
    ]


def test_one_movement_pays_a_whole_batch() -> None:
    batch = [sent(1, 0), sent(2, 0, account="乙", fen=100)]
    assert of(batch, [whole(1, 1, FEN + 100)]) == [("MATCHED", [1, 2], [1])]
    assert of(batch, [whole(1, 1, FEN + 100), whole(2, 2, FEN + 100)])[0][0] == "TWICE"
    assert of(batch, [whole(1, 1, FEN + 99, batch=1)]) == [("AMOUNT", [1, 2], [1])]
    assert of(batch, [whole(1, 1, FEN + 99)]) == [("NOT_AT_BANK", [1, 2], []), ("NOT_BOOKED", [], [1])]
    nobodys = BankMovement(1, OUT, "", FEN + 100, day(1))  # it names somebody else
    assert of(batch, [nobodys]) == [("NOT_AT_BANK", [1, 2], []), ("NOT_BOOKED", [], [1])]


def test_a_movement_that_names_a_batch_is_no_others() -> None:
    two = [sent(1, 0), sent(2, 0, account="乙", batch=2)]
    assert of(two, [whole(1, 1, FEN, batch=2), whole(2, 1, FEN, batch=1)]) == [
        ("MATCHED", [1], [2]),
        ("MATCHED", [2], [1]),
    ]
    assert of(two, [whole(1, 1, FEN, batch=2)]) == [("MATCHED", [2], [1]), ("NOT_AT_BANK", [1], [])]
    assert of(two, [whole(1, 1, FEN)]) == [("UNCLEAR", [1, 2], [1])]


def test_a_batch_is_paid_one_by_one_but_for_what_is_moved_together() -> None:
    batch = [sent(1, 0), sent(2, 0, account="乙"), sent(3, 0, account="丙")]
    assert of(batch, [paid(1, 1), whole(2, 2, 2 * FEN)]) == [
        ("MATCHED", [1], [1]),
        ("MATCHED", [2, 3], [2]),
    ]


def test_one_transfer_that_is_left_of_a_batch_is_not_known_by_its_sum_alone() -> None:
    batch = [sent(1, 0), sent(2, 0, account="乙")]
    rest = [("NOT_AT_BANK", [2], []), ("NOT_BOOKED", [], [2])]
    assert of(batch, [paid(1, 1), whole(2, 2, FEN)]) == [("MATCHED", [1], [1]), *rest]
    assert of(batch, [paid(1, 1), whole(2, 2, FEN, batch=1)])[1] == ("MATCHED", [2], [2])
    assert of(batch[1:], [whole(2, 2, FEN)]) == [("MATCHED", [2], [2])]  # it is all of the batch


def test_movements_that_name_a_batch_pay_it_together() -> None:
    batch = [sent(1, 0), sent(2, 0, account="乙")]
    assert of(batch, [whole(1, 1, 60000, batch=1), whole(2, 1, 41000, batch=1)]) == [
        ("MATCHED", [1, 2], [1, 2])
    ]


def test_what_comes_back_is_matched_with_what_was_registered() -> None:
    one, two = sent(1, 0), sent(2, 0, account="乙")
    there = [one, two, back(one, 3, 5), back(two, 4, 5)]
    debit = whole(1, 0, 2 * FEN)
    assert of(there, [debit, whole(2, 3, 2 * FEN, way=IN)])[1] == ("MATCHED", [3, 4], [2])
    each = [paid(2, 3, way=IN), paid(3, 4, account="乙", way=IN)]
    assert of(there, [debit, *each]) == [
        ("MATCHED", [1, 2], [1]),
        ("MATCHED", [3], [2]),
        ("MATCHED", [4], [3]),
    ]
    assert of(there, [debit])[1] == ("RETURN_NOT_AT_BANK", [3, 4], [])
    assert of([one, two], [debit, paid(2, 3, way=IN)])[1] == ("RETURN_NOT_BOOKED", [], [2])


def test_what_was_never_debited_needs_no_credit() -> None:
    one, two = sent(1, 0), sent(2, 0, account="乙")
    returned = back(one, 3, 5)
    assert of([one, two, returned], [whole(1, 0, FEN)]) == [("MATCHED", [1, 2, 3], [1])]
    by_one = [("MATCHED", [2], [1]), ("NOT_DEBITED", [1, 3], [])]
    assert of([one, two, returned], [paid(1, 0, account="乙")]) == by_one
    less = [paid(1, 0, account="乙"), paid(2, 0, fen=FEN - 1)]
    assert ("AMOUNT", [1], [2]) in of([one, two, returned], less)
    assert of([one, returned], []) == [("NOT_AT_BANK", [1], []), ("RETURN_NOT_AT_BANK", [3], [])]


def test_what_was_sent_again_is_a_transfer_of_its_own() -> None:
    one = sent(1, 0)
    again = sent(3, 8, account="甲新", batch=2)
    moves = [paid(1, 1), paid(2, 4, way=IN), paid(3, 9, account="甲新")]
    assert {outcome for outcome, *_ in of([one, back(one, 2, 6), again], moves)} == {"MATCHED"}


# Any case at all


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[BookedTransfer], list[BankMovement]]:
    """A few batches of a few accounts, amounts and days, some of it back; and movements that have nothing to do with them
    but what chance makes equal."""
    booked: list[BookedTransfer] = []
    for batch in range(1, draw(st.integers(0, 3)) + 1):
        on = draw(st.integers(0, 12))
        accounts = draw(st.lists(st.sampled_from("甲乙丙"), unique=True, max_size=3))
        of_batch = [
            sent(len(booked) + i, on, account=a, fen=draw(st.integers(1, 3)), batch=batch, within=4)
            for i, a in enumerate(accounts)
        ]
        booked += of_batch
        if of_batch:
            returned = draw(st.lists(st.sampled_from(of_batch), unique=True, max_size=2))
            booked += [back(one, len(booked) + i, on + 3) for i, one in enumerate(returned)]
    moved = [
        BankMovement(
            number,
            draw(st.sampled_from([OUT, OUT, IN])),
            account,
            draw(st.integers(1, 5)),
            day(draw(st.integers(0, 16))),
            not account and draw(st.booleans()),
            0 if account else draw(st.sampled_from([0, 0, 1, 2])),
        )
        for number, account in enumerate(draw(st.lists(st.sampled_from(["", "甲", "乙"]), max_size=6)))
    ]
    return booked, moved


def net(items: Iterable[BookedTransfer | BankMovement]) -> int:
    return sum(item.fen if item.way == OUT else -item.fen for item in items)


@given(cases())
def test_every_fen_of_both_sides_is_in_one_group_and_what_agrees_is_equal(
    case: tuple[list[BookedTransfer], list[BankMovement]],
) -> None:
    booked, moved = case
    groups = reconciled(booked, moved)
    assert Counter(item for group in groups for item in group.booked) == Counter(booked)
    assert Counter(item for group in groups for item in group.moved) == Counter(moved)
    assert [group for group in groups if group.outcome.agrees and net(group.booked) != net(group.moved)] == []
    agreeing = [group for group in groups if group.outcome.agrees]
    apart = [
        move
        for group in agreeing
        for move in group.moved
        if not any(item.first <= move.day <= item.last for item in group.booked)
    ]
    assert apart == []


@given(cases(), st.randoms())
def test_the_order_of_rows_and_their_numbers_change_nothing(
    case: tuple[list[BookedTransfer], list[BankMovement]], random: Random
) -> None:
    booked, moved = case
    numbers = list(range(len(moved)))
    random.shuffle(numbers)
    other = [item._replace(id=numbers[item.id]) for item in moved]
    shuffled = list(booked)
    random.shuffle(shuffled)
    random.shuffle(other)
    original = {new: old for old, new in enumerate(numbers)}
    again = {(o, b, frozenset(original[i] for i in m)) for o, b, m in told(reconciled(shuffled, other))}
    assert again == told(reconciled(booked, moved))


# A second opinion: one transfer, one movement, everything tried


def by_trying(booked: Sequence[BookedTransfer], moved: Sequence[BankMovement]) -> Iterator[Told]:
    """What is matched, of transfers that are only ever moved one by one: as sets of numbers."""
    for wanted in {key(transfer) for transfer in booked}:
        yield from tried([b for b in booked if key(b) == wanted], [m for m in moved if key(m) == wanted])


def key(item: BookedTransfer | BankMovement) -> tuple[str, str, int]:
    return item.way, item.account, item.fen


def tried(booked: list[BookedTransfer], moved: list[BankMovement]) -> Iterator[Told]:
    for part, part_moves in hanging_together(booked, moved):
        if len(part) == len(part_moves) and any(
            all(b.first <= m.day <= b.last for b, m in zip(part, order, strict=True))
            for order in permutations(part_moves)
        ):
            yield {(Agreement.MATCHED, frozenset(b.id for b in part), frozenset(m.id for m in part_moves))}
            continue
        left, rest = list(part), list(part_moves)
        for on, on_day in groupby(sorted(part, key=lambda b: b.day), key=lambda b: b.day):
            here, there = list(on_day), [m for m in part_moves if m.day == on]
            if len(here) == len(there):
                yield {(Agreement.MATCHED, frozenset(b.id for b in here), frozenset(m.id for m in there))}
                left, rest = [b for b in left if b not in here], [m for m in rest if m not in there]
        if len(left) < len(part):
            yield from tried(left, rest)


def hanging_together(
    booked: list[BookedTransfer], moved: list[BankMovement]
) -> Iterator[tuple[list[BookedTransfer], list[BankMovement]]]:
    """Joined by colours: every transfer has its own at first, a movement gives all that it may be the same."""
    colour = {transfer.id: transfer.id for transfer in booked}
    may = {m.id: [b.id for b in booked if b.first <= m.day <= b.last] for m in moved}
    for near in may.values():
        same = {colour[id] for id in near}
        colour = {id: min(same) if own_colour in same else own_colour for id, own_colour in colour.items()}
    for own_colour in set(colour.values()):
        part_moves = [m for m in moved if may[m.id] and colour[may[m.id][0]] == own_colour]
        if part_moves:
            yield [b for b in booked if colour[b.id] == own_colour], part_moves


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from("甲乙"), st.integers(1, 5)), max_size=6),
    st.lists(st.tuples(st.integers(0, 14), st.sampled_from("甲乙")), max_size=6),
)
def test_transfers_are_matched_as_by_trying_everything(
    transfers: list[tuple[int, str, int]], movements: list[tuple[int, str]]
) -> None:
    booked = [
        sent(i, on, account=account, batch=i + 1, within=within)
        for i, (on, account, within) in enumerate(transfers)
    ]
    moved = [paid(i, on, account=account) for i, (on, account) in enumerate(movements)]
    matched = {one for one in told(reconciled(booked, moved)) if one[0] is Agreement.MATCHED}
    expected = {one for found in by_trying(booked, moved) for one in found}
    assert matched == expected
