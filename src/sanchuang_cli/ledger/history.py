"""Reads the chain from its beginning and keeps what follows from it. Reads only.

From the records follow the rows that the tables must have, the states of batches, who may approve, and what breaks a
rule (`flaws`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.authority import Act, Authority, Proposal
from sanchuang_cli.ledger.chain import BOOKED, MEMORY, OPENED, STATED, UPGRADED, VOUCHED, Link, links
from sanchuang_cli.ledger.sealed import NONE_YET, LastRow
from sanchuang_cli.ledger.tables import metadata

PROPOSED, APPROVED, SENT, SETTLED, BACK, CANCELLED = (
    "proposed",
    "approved",
    "sent",
    "paid",
    "returned",
    "cancelled",
)
_AFTER: dict[str, dict[str, tuple[str, ...]]] = {
    "payment": {"": (PROPOSED,), PROPOSED: (APPROVED, CANCELLED), APPROVED: (SENT, CANCELLED),
                SENT: (BACK, SETTLED), BACK: (BACK, SETTLED), SETTLED: (BACK,)},
    "recovery": {"": (PROPOSED,), PROPOSED: (APPROVED, CANCELLED), APPROVED: (SETTLED, CANCELLED)},
    "opening": {"": (PROPOSED,), PROPOSED: (SETTLED,)},
}  # fmt: skip
"""Which states may follow a state, by the purpose of the batch."""
# A 退票重发 batch goes the way of a payment.
_AFTER["reissue"] = _AFTER["payment"]
STATES = frozenset((PROPOSED, APPROVED, SENT, SETTLED, BACK, CANCELLED))
_STANDING = (APPROVED, SENT, SETTLED, BACK)
"""States of a batch that somebody approved and nobody cancelled."""

_GARBLED = (KeyError, TypeError, ValueError, AttributeError)
"""What is raised by reading a record that this program did not write."""

Key = tuple[Any, ...]


@dataclass
class LedgerHistory:
    """What follows from the records read so far.

    tables: the rows that each table must have, by key.
    states: the state of each batch.
    proposals: by the number of a batch, or by the digest of a result.
    vouched: the approval of each result, by its digest.
    paying: the batches in which a result that pays was proposed, by its digest.
    flaws: what breaks a rule, in Chinese, by batch; 0 for what concerns the ledger.
    memory: the digest of the table `settled`, by programme.
    entries, income: the last row of these tables that the chain knows.
    number: of the ledger itself.
    hashes: the position of every record, by its hash.
    taken_over: how many records an upgrade took over. upgrading: whether such records may follow.
    """

    tables: dict[str, dict[Key, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    states: dict[int, str] = field(default_factory=dict)
    proposals: dict[int | str, Proposal] = field(default_factory=dict)
    vouched: dict[str, Link] = field(default_factory=dict)
    paying: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    authority: Authority = field(default_factory=Authority)
    approvals: int = 0
    signatures: int = 0
    flaws: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, str] = field(default_factory=dict)
    entries: LastRow = NONE_YET
    income: LastRow = NONE_YET
    number: str = ""
    hashes: dict[str, int] = field(default_factory=dict)
    head: str = ""
    taken_over: int = 0
    upgrading: bool = False

    @classmethod
    def of(cls, connection: Connection) -> "LedgerHistory":
        """Read the whole chain. Raises chain.Broken."""
        history = cls()
        for link in links(connection):
            history.take(link)
        return history

    def take(self, link: Link) -> None:
        """Read one more record."""
        try:
            flaws = list(self._read(link))
        except _GARBLED as trouble:
            flaws = [f"记录读不懂（{type(trouble).__name__}）"]
        self.flaws[link.batch or 0] += [f"台账链第 {link.id} 条：{why}" for why in flaws]
        self.hashes[link.hash], self.head = link.id, link.hash

    def _read(self, link: Link) -> Iterator[str]:
        written = link.said
        more = written.get("more", {})
        yield from self._rows(written)
        yield from self._origin(link, more)
        if link.what in STATES and link.batch is not None:
            yield from self._state(link, link.batch, more)
        elif link.what == MEMORY:
            self.memory[more["programme"]] = more["digest"]
        elif link.what == STATED:
            yield from self._stated(link, more["name"], more["result"]["digest"])
        elif link.what == VOUCHED:
            yield from self._vouched(link, more["digest"])
        elif link.what == BOOKED:
            yield from self._booked(more)
        else:
            self.authority.take(link, more)
        if "entries" in more:
            self.entries = LastRow(more["entries"], more["seal"])

    def _rows(self, written: Mapping[str, Any]) -> Iterator[str]:
        for name, rows in written.get("new", {}).items():
            for row in rows:
                if _key(name, row) in self.tables[name]:
                    yield f"表 {name} 的一行写了两次"
                self.tables[name][_key(name, row)] = dict(row)
        for name, rows in written.get("changed", {}).items():
            for row in rows:
                self.tables[name].setdefault(_key(name, row), {}).update(row)

    def _origin(self, link: Link, more: Mapping[str, Any]) -> Iterator[str]:
        """Check how the ledger began: the first record opens it, and records are taken over only right after an upgrade."""
        begins = link.what in (OPENED, UPGRADED)
        if (link.id == 1) != ("ledger" in more) or (link.what == OPENED and link.id != 1):
            yield "台账只能启用一次"
        if link.id == 1:
            self.number = more.get("ledger", "")
        taken = "taken_over" in more
        self.taken_over += taken
        self.upgrading = (link.what == UPGRADED and link.id == 1) or (self.upgrading and taken)
        if (taken and not self.upgrading) or (link.id == 1 and not begins):
            yield "不是升级时接收的，却写作接收" if taken else "台账不是这样启用的"

    def _state(self, link: Link, number: int, more: Mapping[str, Any]) -> Iterator[str]:
        before = self.states.get(number, "")
        purpose = self.tables["batch"].get((number,), {}).get("purpose", "")
        if link.what not in _AFTER.get(purpose, {}).get(before, ()):
            yield f"批次 {number} 从“{before}”到“{link.what}”不合规定"
        if link.what == PROPOSED:
            self.proposals[number] = Proposal.of_batch(link)
            for digest in more.get("results", ()):
                self.paying[digest].append(number)
        if link.what == APPROVED:
            yield from self._approved(link, number)
        self.states[number] = link.what

    def _approved(self, link: Link, what: int | str) -> Iterator[str]:
        act = Act.of(link)
        self.approvals += 1
        self.signatures += act.signed is not None
        if why := self.why_not(what, act):
            yield why

    def _stated(self, link: Link, book: str, digest: str) -> Iterator[str]:
        if digest in self.proposals:
            yield f"结果 {book} 提请了两次"
        self.proposals[digest] = Proposal.of_result(link, book, digest)

    def _vouched(self, link: Link, digest: str) -> Iterator[str]:
        if digest in self.vouched:
            yield f"{self.proposals[digest].called} 审批了两次"
        yield from self._approved(link, digest)
        self.vouched[digest] = link

    def _booked(self, more: Mapping[str, Any]) -> Iterator[str]:
        if not self.is_approved(more["digest"]):
            yield f"结果 {more['name']} 没有审批，就登记了收入"
        self.income = LastRow(more["income"], more["seal"])

    def is_approved(self, digest: str) -> bool:
        """Whether a second person has approved a result, by itself or with a batch that pays it."""
        batches = self.paying.get(digest, ())
        return digest in self.vouched or any(self.states[number] in _STANDING for number in batches)

    def why_not(self, what: int | str, act: Act) -> str:
        """Why this approval does not count, in Chinese; "" when it does. what: a batch's number, or a result's digest."""
        proposal = self.proposals.get(what)
        if proposal is None:
            return f"台账链里没有{f'批次 {what}' if isinstance(what, int) else f'结果 {what[:16]}'} 的提请"
        return self.authority.why_not(proposal, act, self.number, self.hashes)

    def agrees(self, name: str, rows: Iterable[Row[Any]]) -> int:
        """How many rows of a table are not as the chain says; missing and additional rows count, too."""
        expected = dict(self.tables[name])
        wrong = 0
        for row in rows:
            values = dict(row._mapping)
            wrong += expected.pop(_key(name, values), None) != values
        return wrong + len(expected)

    def checked(self, batch_row: Row[Any]) -> None:
        """Raises UserError when the batch's row is not what the chain says, or what was done with it breaks a rule."""
        wrong = self.flaws.get(batch_row.id) or self.flaws.get(0)
        if self.tables["batch"].get((batch_row.id,)) != dict(batch_row._mapping) or wrong:
            flaw = wrong[0] if wrong else f"批次 {batch_row.id} 与台账链所记的不同，被人改过"
            raise UserError(f"{flaw}，不能继续。请运行 sanchuang ledger verify。")


_KEYS = {name: tuple(column.name for column in table.primary_key) for name, table in metadata.tables.items()}


def _key(name: str, row: Mapping[str, Any]) -> Key:
    return tuple([row[column] for column in _KEYS[name]])
