"""Matches what was booked with what the bank moved (对账), in memory: each fen of both sides ends in exactly one group.

Promise: the order of the items changes nothing. Of equal candidates that no day tells apart, all are concluded or none.
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
        """Whether nobody has to look into it."""
        return self in (Agreement.MATCHED, Agreement.NOT_DEBITED)


class BookedTransfer(NamedTuple):
    """A transfer of the ledger, or one that came back.

    day: when it was booked. first, last: between these days the bank may show it. sheet: the list that it stood on, which
    the bank may move in one sum. undoes: the transfer that came back; None for a payment.
    """

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
    """A movement on the bank's statement.

    account: the payee's, "" where it is no payee's. shared: whether it may stand for a whole list. batch: the batch that
    it names, 0 for none.
    """

    id: int
    way: str
    account: str
    fen: int
    day: date
    shared: bool = False
    batch: int = 0


class Reconciled(NamedTuple):
    """Transfers and movements that belong together, or that cannot be told apart."""

    outcome: Agreement
    booked: tuple[BookedTransfer, ...]
    moved: tuple[BankMovement, ...]

    @property
    def items(self) -> list[BookedTransfer | BankMovement]:
        """Both sides."""
        return [*self.booked, *self.moved]


class Bundle(NamedTuple):
    """Transfers that the bank may move in one sum. fen: that sum. The other facts are those of the earliest transfer."""

    items: tuple[BookedTransfer, ...]
    way: str
    account: str
    batch: int
    fen: int
    day: date
    first: date
    last: date

    def may_be(self, move: BankMovement) -> bool:
        """Whether direction and day of a movement fit."""
        return self.way == move.way and self.first <= move.day <= self.last


Rivals = tuple[Sequence[Bundle], Sequence[BankMovement]]
_ACCOUNT, _BATCH, _SUM = ("way", "account", "fen"), ("way", "batch", "fen"), ("way", "fen")


def reconciled(booked: Iterable[BookedTransfer], moved: Iterable[BankMovement]) -> list[Reconciled]:
    """Put every item of both sides into exactly one group."""
    remaining = _Remaining(booked, moved)
    while remaining.settle() or remaining.in_instalments():
        pass  # what has been settled may make clear what was not clear before
    # From here on each step takes what the steps before could not explain, so their order matters.
    remaining.never_debited()
    remaining.contested()
    remaining.moved_again()
    remaining.differing()
    remaining.left_over()
    return remaining.groups


class _Remaining:
    """The items that are in no group yet, and the groups."""

    def __init__(self, booked: Iterable[BookedTransfer], moved: Iterable[BankMovement]) -> None:
        self.booked = {transfer.id: transfer for transfer in booked}
        self.moved = {move.id: move for move in moved}
        self.sizes = Counter(transfer.sheet for transfer in self.booked.values())
        self.groups: list[Reconciled] = []

    def settle(self) -> bool:
        """Close what belongs together by the first key that finds anything. Gives whether one did.

        The keys in turn: account and amount of each transfer; then one movement for what is left of a list, of a batch,
        or of a batch without what came back and was never debited. One that names the batch goes before the sum alone.
        """
        for bundles, moves, key in self._rounds("sheet", "batch", "net"):
            settled = [rivals for part in _parts(bundles, moves, key) for rivals in _settled(part)]
            for group_bundles, group_moves in settled:
                self._close(Agreement.MATCHED, group_bundles, group_moves)
            if settled:
                return True
        return False

    def in_instalments(self) -> bool:
        """Close a batch that several movements name and pay together. Gives whether there was one."""
        for bundle in (*self._bundles("batch"), *self._bundles("net")):
            parts = [m for m in self._moves(_BATCH) if bundle.may_be(m) and bundle.batch == m.batch]
            if len(parts) > 1 and sum(move.fen for move in parts) == bundle.fen:
                self._close(Agreement.MATCHED, [bundle], parts)
                return True
        return False

    def never_debited(self) -> None:
        """Close returns of a batch that the bank did pay, where it shows neither the payment nor the return."""
        begun = {transfer.batch for group in self.groups for transfer in group.booked}
        shown = defaultdict(list)
        for move in self._moves(_ACCOUNT):
            shown[move.account].append(move)
        returns = [
            back for back in self.booked.values() if back.undoes in self.booked and back.batch in begun
        ]
        for back in returns:
            pair = _bundle((self.booked[back.undoes or 0], back))
            if not any(pair.may_be(move) for move in shown[pair.account]):
                self._close(Agreement.NOT_DEBITED, [pair], ())

    def contested(self) -> None:
        """Close what has one amount on both sides, but not as often, or on days that do not go together."""
        for rounds in self._rounds("sheet"):
            for bundles, moves in list(_parts(*rounds)):
                twice = len(moves) > len(bundles) and bundles[0].way == OUT
                self._close(Agreement.TWICE if twice else Agreement.UNCLEAR, bundles, moves)

    def moved_again(self) -> None:
        """Close movements like one that has been matched: the same account or list, the same sum, and near in time."""
        known: dict[Any, list[Bundle]] = defaultdict(list)
        for group in self.groups:
            if group.outcome is Agreement.MATCHED:
                for transfer in group.booked:
                    known[transfer.account, transfer.fen].append(_bundle((transfer,)))
                if group.moved[0].shared:
                    known["", sum(move.fen for move in group.moved)].append(_bundle(group.booked))
        for move in [m for m in self.moved.values() if m.way == OUT and (m.account or m.shared)]:
            if any(bundle.may_be(move) for bundle in known[move.account, move.fen]):
                self._close(Agreement.TWICE, (), (move,))

    def differing(self) -> None:
        """Close pairs with different amounts, where exactly one of each is left of an account or a batch."""
        for by, key in (("id", _ACCOUNT), ("sheet", _BATCH)):
            for bundles, moves in list(_parts(self._bundles(by), self._moves(key), key[:-1])):
                if len(bundles) == len(moves) == 1:
                    self._close(Agreement.AMOUNT, bundles, moves)

    def left_over(self) -> None:
        """Close what only one side has. A list of which the bank shows nothing stays together."""
        begun = {transfer.sheet for group in self.groups for transfer in group.booked}
        for bundle in self._bundles("sheet"):
            outcome = Agreement.NOT_AT_BANK if bundle.way == OUT else Agreement.RETURN_NOT_AT_BANK
            untouched = bundle.items[0].sheet not in begun
            for part in [bundle] if untouched else [_bundle((transfer,)) for transfer in bundle.items]:
                self._close(outcome, [part], ())
        for move in list(self.moved.values()):
            outcome = Agreement.NOT_BOOKED if move.way == OUT else Agreement.RETURN_NOT_BOOKED
            self._close(outcome, (), (move,))

    def _close(self, outcome: Agreement, bundles: Iterable[Bundle], moves: Iterable[BankMovement]) -> None:
        transfers = sorted(transfer for bundle in bundles for transfer in bundle.items)
        self.groups.append(Reconciled(outcome, tuple(transfers), tuple(sorted(moves))))
        for transfer in transfers:
            del self.booked[transfer.id]
        for move in moves:
            del self.moved[move.id]

    def _rounds(self, *lists: str) -> Iterator[tuple[list[Bundle], list[BankMovement], tuple[str, ...]]]:
        """What may belong together, and by what key. Each round is made when it is asked for."""
        yield self._bundles("id"), self._moves(_ACCOUNT), _ACCOUNT
        for by in lists:
            yield self._bundles(by), self._moves(_BATCH), _BATCH
        for by in lists:
            bundles = [bundle for bundle in self._bundles(by) if self._is_known_by_sum(bundle)]
            yield bundles, self._moves(_SUM), _SUM

    def _is_known_by_sum(self, bundle: Bundle) -> bool:
        """One transfer that is left of a longer list is not known by its sum alone: it may be anybody's."""
        return len(bundle.items) > 1 or self.sizes[bundle.items[0].sheet] == 1

    def _moves(self, key: tuple[str, ...]) -> list[BankMovement]:
        """The movements that a key is for: a payee's own; those that name a batch; those that name nobody."""
        if key == _ACCOUNT:
            return [move for move in self.moved.values() if move.account]
        return [m for m in self.moved.values() if m.shared and bool(m.batch) == (key == _BATCH)]

    def _bundles(self, by: str) -> list[Bundle]:
        """The remaining transfers, put together by id, sheet or batch. "net": batches less what came back of them."""
        lists: dict[Any, list[BookedTransfer]] = defaultdict(list)
        for transfer in sorted(self.booked.values()):
            lists[transfer.way, getattr(transfer, "batch" if by == "net" else by)].append(transfer)
        bundles = [_bundle(transfers) for transfers in lists.values()]
        return [net for bundle in bundles if (net := self._net(bundle))] if by == "net" else bundles

    def _net(self, bundle: Bundle) -> Bundle | None:
        """The bundle with its returns, which take their sums away. None where nothing came back."""
        paid = {transfer.id for transfer in bundle.items}
        back = [transfer for transfer in self.booked.values() if transfer.undoes in paid]
        fen = bundle.fen - sum(transfer.fen for transfer in back)
        return bundle._replace(items=(*bundle.items, *back), fen=fen) if back and fen else None


def _bundle(transfers: Sequence[BookedTransfer]) -> Bundle:
    """One bundle. Returns that stand beside payments add nothing to its sum."""
    head = min(transfers, key=lambda transfer: (transfer.day, transfer.id))
    fen = sum(transfer.fen for transfer in transfers if transfer.way == head.way)
    days = head.day, head.first, head.last
    return Bundle(tuple(transfers), head.way, head.account, head.batch, fen, *days)


def _parts(bundles: Iterable[Bundle], moves: Iterable[BankMovement], key: Sequence[str]) -> Iterator[Rivals]:
    """Bundles and movements with one key that hang together by their days, where there are both."""
    key_of = attrgetter(*key)
    keyed: dict[Any, tuple[list[Bundle], list[BankMovement]]] = defaultdict(lambda: ([], []))
    for bundle in bundles:
        keyed[key_of(bundle)][0].append(bundle)
    for move in moves:
        keyed[key_of(move)][1].append(move)
    for with_key in keyed.values():
        yield from _hanging_together(*with_key)


def _hanging_together(bundles: Sequence[Bundle], moves: Sequence[BankMovement]) -> Iterator[Rivals]:
    """Each bundle with all movements that it may be, the bundles that these may be, and so on."""
    far_bundles, far_moves = list(bundles), list(moves)
    while far_bundles:
        part, part_moves = [far_bundles.pop()], list[BankMovement]()
        while new := [move for move in far_moves if any(bundle.may_be(move) for bundle in part)]:
            part_moves += new
            far_moves = [move for move in far_moves if move not in new]
            near = [bundle for bundle in far_bundles if any(bundle.may_be(move) for move in new)]
            part, far_bundles = part + near, [bundle for bundle in far_bundles if bundle not in near]
        if part_moves:
            yield part, part_moves


def _settled(part: Rivals) -> Iterator[Rivals]:
    """What is clear of a part: all of it, when there are as many of each and the days can be paired.

    Else what both sides have as often on one day. The rest may become clear when it is looked at again.
    """
    bundles, moves = part
    if len(bundles) == len(moves) and _can_be_paired(bundles, moves):
        yield part
        return
    for day in sorted({bundle.day for bundle in bundles}):
        on_day = [b for b in bundles if b.day == day], [m for m in moves if m.day == day]
        if len(on_day[0]) == len(on_day[1]):
            yield on_day


def _can_be_paired(bundles: Iterable[Bundle], moves: Iterable[BankMovement]) -> bool:
    """Whether each movement can have a bundle of its own. The bundle that can wait least goes first."""
    waiting = sorted(bundles, key=attrgetter("last"))
    for move in sorted(moves, key=attrgetter("day")):
        fitting = next((bundle for bundle in waiting if bundle.may_be(move)), None)
        if fitting is None:
            return False
        waiting.remove(fitting)
    return True
