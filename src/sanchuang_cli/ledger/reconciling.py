"""对账: what was booked against what the bank moved, each fen of both in exactly one group, with what came of it.

Promise: the order of the items changes nothing; of equal candidates that no day tells apart all are concluded, or none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

OUT, IN = "out", "in"


class Agreement(StrEnum):
    """What came of a group, in the order in which a reader wants to know it."""

    TWICE = "重复付款（疑）"
    NOT_BOOKED = "银行付了、台账没有"
    AMOUNT = "金额不符"
    UNCLEAR = "几笔相同、分不清"
    NOT_AT_BANK = "台账发了、银行没有"
    RETURN_NOT_BOOKED = "银行收到、台账没有登记"
    RETURN_NOT_AT_BANK = "台账登记退回、银行没有"
    MATCHED = "对上"
    NOT_DEBITED = "对上（退票，银行没有扣款）"

    @property
    def agrees(self) -> bool:
        return self in (Agreement.MATCHED, Agreement.NOT_DEBITED)


class BookedTransfer(NamedTuple):
    """A transfer of the ledger, or one that came back. day: on which it was booked; first, last: between which the bank
    may show it. sheet: the list that it stood on, of a batch, which the bank may move as a whole. undoes: the transfer that
    came back, None for what brings none back."""

    id: int
    way: str
    account: str
    fen: int
    day: date
    first: date
    last: date
    batch: int
    sheet: int
    undoes: int | None = None


class BankMovement(NamedTuple):
    """A movement on the bank's statement. account: of the payee whose it is, "" where it is no payee's. shared: whether it
    may stand for a whole list. batch: the one that it names, 0 for none."""

    id: int
    way: str
    account: str
    fen: int
    day: date
    shared: bool = False
    batch: int = 0


class Reconciled(NamedTuple):
    """What belongs together, or cannot be told apart."""

    outcome: Agreement
    booked: tuple[BookedTransfer, ...]
    moved: tuple[BankMovement, ...]

    @property
    def items(self) -> list[BookedTransfer | BankMovement]:
        return [*self.booked, *self.moved]


class Bundle(NamedTuple):
    """Transfers that the bank may move as one, with the sum that it moves then; the rest is as of the first of them."""

    items: tuple[BookedTransfer, ...]
    way: str
    account: str
    batch: int
    fen: int
    day: date
    first: date
    last: date

    def may_be(self, move: BankMovement) -> bool:
        return self.way == move.way and self.first <= move.day <= self.last


Rivals = tuple[Sequence[Bundle], Sequence[BankMovement]]
_ACCOUNT, _BATCH, _SUM = ("way", "account", "fen"), ("way", "batch", "fen"), ("way", "fen")


def reconciled(booked: Iterable[BookedTransfer], moved: Iterable[BankMovement]) -> list[Reconciled]:
    """Every item of both sides in one group."""
    book = _Open({one.id: one for one in booked}, {one.id: one for one in moved})
    while book.settle() or book.in_instalments():
        pass
    book.never_debited()
    book.contested()
    book.moved_again()
    book.differing()
    book.left_over()
    return book.groups


class _Open:
    """Items that are in no group yet, and the groups."""

    def __init__(self, booked: dict[int, BookedTransfer], moved: dict[int, BankMovement]) -> None:
        self.booked, self.moved = booked, moved
        self.sizes = Counter(one.sheet for one in booked.values())
        self.groups: list[Reconciled] = []

    def settle(self) -> bool:
        """Close what belongs together, by the first key by which anything does: each transfer by account and amount; then
        one movement for what is left of a list, or of a batch, or of a batch without what came back and was never
        debited; by the batch that it names, before the sum alone. Whether anything does."""
        for bundles, moves, key in self._rounds("sheet", "batch", "net"):
            found = [one for part in _parts(bundles, moves, key) for one in _settled(part)]
            for some, theirs in found:
                self._close(Agreement.MATCHED, some, theirs)
            if found:
                return True
        return False

    def in_instalments(self) -> bool:
        """Several movements that name a batch and make its sum together."""
        for bundle in (*self._bundles("batch"), *self._bundles("net")):
            parts = [one for one in self._moves(_BATCH) if bundle.may_be(one) and bundle.batch == one.batch]
            if len(parts) > 1 and sum(one.fen for one in parts) == bundle.fen:
                self._close(Agreement.MATCHED, [bundle], parts)
                return True
        return False

    def never_debited(self) -> None:
        """What came back of a batch that the bank has moved otherwise, where it shows neither the one nor the other."""
        begun = {one.batch for group in self.groups for one in group.booked}
        shown = defaultdict(list)
        for one in self._moves(_ACCOUNT):
            shown[one.account].append(one)
        for back in [one for one in self.booked.values() if one.undoes in self.booked and one.batch in begun]:
            pair = _bundle((self.booked[back.undoes or 0], back))
            if not any(pair.may_be(one) for one in shown[pair.account]):
                self._close(Agreement.NOT_DEBITED, [pair], ())

    def contested(self) -> None:
        """Where both sides have some of one amount, and not as many, or days that do not go together."""
        for bundles, moves, key in self._rounds("sheet"):
            for some, theirs in list(_parts(bundles, moves, key)):
                twice = len(theirs) > len(some) and some[0].way == OUT
                self._close(Agreement.TWICE if twice else Agreement.UNCLEAR, some, theirs)

    def moved_again(self) -> None:
        """Movements like one that has been matched: the same account or list, the same sum, and near in time."""
        known: dict[Any, list[Bundle]] = defaultdict(list)
        for group in self.groups:
            if group.outcome is Agreement.MATCHED:
                for one in group.booked:
                    known[one.account, one.fen].append(_bundle((one,)))
                if group.moved[0].shared:
                    known["", sum(move.fen for move in group.moved)].append(_bundle(group.booked))
        for move in [one for one in self.moved.values() if one.way == OUT and (one.account or one.shared)]:
            if any(bundle.may_be(move) for bundle in known[move.account, move.fen]):
                self._close(Agreement.TWICE, (), (move,))

    def differing(self) -> None:
        """Another amount, where just one of each is left of an account or a batch."""
        for by, key in (("id", _ACCOUNT), ("sheet", _BATCH)):
            for some, theirs in list(_parts(self._bundles(by), self._moves(key), key[:-1])):
                if len(some) == len(theirs) == 1:
                    self._close(Agreement.AMOUNT, some, theirs)

    def left_over(self) -> None:
        """What only one side has: a list of which nothing was found stays together."""
        begun = {one.sheet for group in self.groups for one in group.booked}
        for bundle in self._bundles("sheet"):
            verdict = Agreement.NOT_AT_BANK if bundle.way == OUT else Agreement.RETURN_NOT_AT_BANK
            whole = bundle.items[0].sheet not in begun
            for part in [bundle] if whole else [_bundle((one,)) for one in bundle.items]:
                self._close(verdict, [part], ())
        for each in list(self.moved.values()):
            self._close(Agreement.NOT_BOOKED if each.way == OUT else Agreement.RETURN_NOT_BOOKED, (), (each,))

    def _close(self, verdict: Agreement, bundles: Iterable[Bundle], moves: Iterable[BankMovement]) -> None:
        items = sorted(item for one in bundles for item in one.items)
        self.groups.append(Reconciled(verdict, tuple(items), tuple(sorted(moves))))
        for item in items:
            del self.booked[item.id]
        for move in moves:
            del self.moved[move.id]

    def _rounds(self, *lists: str) -> Iterator[tuple[list[Bundle], list[BankMovement], tuple[str, ...]]]:
        """What may belong together, by what key; each when it is asked for."""
        yield self._bundles("id"), self._moves(_ACCOUNT), _ACCOUNT
        for by in lists:
            yield self._bundles(by), self._moves(_BATCH), _BATCH
        for by in lists:  # what is left of a list when it is one transfer is not known by its sum alone
            bundles = [
                one for one in self._bundles(by) if len(one.items) > 1 or self.sizes[one.items[0].sheet] == 1
            ]
            yield bundles, self._moves(_SUM), _SUM

    def _moves(self, key: tuple[str, ...]) -> list[BankMovement]:
        """Those that a key is for: a payee's own; those that name a batch; those that name nobody."""
        if key == _ACCOUNT:
            return [one for one in self.moved.values() if one.account]
        return [one for one in self.moved.values() if one.shared and bool(one.batch) == (key == _BATCH)]

    def _bundles(self, by: str) -> list[Bundle]:
        """What is left, each by itself or put together by list or batch; "net": batches without what came back."""
        lists: dict[Any, list[BookedTransfer]] = defaultdict(list)
        for one in sorted(self.booked.values()):
            lists[one.way, getattr(one, "batch" if by == "net" else by)].append(one)
        whole = [_bundle(items) for items in lists.values()]
        return [net for one in whole if (net := self._net(one))] if by == "net" else whole

    def _net(self, whole: Bundle) -> Bundle | None:
        """The transfers of a bundle with those that came back, which count nothing; None where none did."""
        there = {one.id for one in whole.items}
        back = [one for one in self.booked.values() if one.undoes in there]
        fen = whole.fen - sum(one.fen for one in back)
        return whole._replace(items=(*whole.items, *back), fen=fen) if back and fen else None


def _bundle(items: Sequence[BookedTransfer]) -> Bundle:
    one = min(items, key=lambda item: (item.day, item.id))
    fen = sum(item.fen for item in items if item.way == one.way)
    return Bundle(tuple(items), one.way, one.account, one.batch, fen, one.day, one.first, one.last)


def _parts(bundles: Iterable[Bundle], moves: Iterable[BankMovement], key: Sequence[str]) -> Iterator[Rivals]:
    """Bundles and movements of one key that hang together by their days, wherever there are both."""
    of = attrgetter(*key)
    keyed: dict[Any, tuple[list[Bundle], list[BankMovement]]] = defaultdict(lambda: ([], []))
    for one in bundles:
        keyed[of(one)][0].append(one)
    for each in moves:
        keyed[of(each)][1].append(each)
    for some, theirs in keyed.values():
        yield from _hanging_together(some, theirs)


def _hanging_together(bundles: Sequence[Bundle], moves: Sequence[BankMovement]) -> Iterator[Rivals]:
    rest, theirs = list(bundles), list(moves)
    while rest:
        some, those = [rest.pop()], list[BankMovement]()
        while new := [move for move in theirs if any(one.may_be(move) for one in some)]:
            those += new
            theirs = [move for move in theirs if move not in new]
            near = [one for one in rest if any(one.may_be(move) for move in new)]
            some, rest = some + near, [one for one in rest if one not in near]
        if those:
            yield some, those


def _settled(part: Rivals) -> Iterator[Rivals]:
    """Of what hangs together all, where there are as many of each and the days allow it; else what is of one day on both
    sides, as many of each: what is clear of the rest then is found when it is looked at again."""
    bundles, moves = part
    if len(bundles) == len(moves) and _can_be_paired(bundles, moves):
        yield part
        return
    for day in sorted({one.day for one in bundles}):
        same = [one for one in bundles if one.day == day], [one for one in moves if one.day == day]
        if len(same[0]) == len(same[1]):
            yield same


def _can_be_paired(bundles: Iterable[Bundle], moves: Iterable[BankMovement]) -> bool:
    """Whether each movement can have a bundle of its own: the one that can wait least goes first."""
    waiting = sorted(bundles, key=lambda one: one.last)
    for each in sorted(moves, key=lambda one: one.day):
        fits = next((one for one in waiting if one.may_be(each)), None)
        if fits is None:
            return False
        waiting.remove(fits)
    return True
