"""What the chain comes to when it is read from its beginning: rows, the states of batches, who may approve, and flaws.

One judgement of an approval: `approve` asks it before, `send` and `verify` ask it again of what stands in the chain.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import paper
from sanchuang_cli.ledger.chain import ADDED, MEMORY, OPENED, REPLACED, REVOKED, RULE, UPGRADED, Link, links
from sanchuang_cli.ledger.paper import Signed
from sanchuang_cli.ledger.signing import is_signed
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
                SENT: (BACK, SETTLED), BACK: (BACK, SETTLED)},
    "recovery": {"": (PROPOSED,), PROPOSED: (APPROVED, CANCELLED), APPROVED: (SETTLED, CANCELLED)},
    "opening": {"": (PROPOSED,), PROPOSED: (SETTLED,)},
}  # fmt: skip
"""Which state may follow which, by purpose; a 退票重发 batch goes the way of a payment."""
_AFTER["reissue"] = _AFTER["payment"]
STATES = frozenset((PROPOSED, APPROVED, SENT, SETTLED, BACK, CANCELLED))
ONE_LOGIN, TWO_LOGINS = "one-login", "two-logins"

Key = tuple[Any, ...]


class Approver(NamedTuple):
    """name: as registered. key: public, base64. login: of whoever registered the key."""

    name: str
    key: str
    login: str


class Act(NamedTuple):
    """An approval, made or about to be. taken_over: from before there was a chain, when no login was recorded."""

    who: str
    login: str
    signed: Signed | None
    taken_over: bool = False

    @classmethod
    def of(cls, link: Link) -> "Act":
        more = link.more
        signed = Signed.of_json(more["signed"]) if "signed" in more else None
        return cls(link.who, link.login, signed, bool(more.get("taken_over")))


@dataclass
class History:
    """tables: rows by table and key. states, proposals: by batch. approvers: by plain name. keys: all that
    ever were registered. flaws: by batch, 0 for what
    concerns the ledger. memory: the digest of `settled` by programme. entries, seal: the last entry that the chain knows.
    """

    tables: dict[str, dict[Key, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    states: dict[int, str] = field(default_factory=dict)
    proposals: dict[int, Link] = field(default_factory=dict)
    signatures: int = 0
    approvals: int = 0
    approvers: dict[str, Approver] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    one_login: Link | None = None
    flaws: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, str] = field(default_factory=dict)
    entries: int = 0
    seal: str = ""
    number: str = ""
    hashes: dict[str, int] = field(default_factory=dict)
    head: str = ""
    upgraded: bool = False
    taken_over: int = 0

    @property
    def signed_only(self) -> bool:
        """Whether there ever was an approver: from then on there is no way back to approvals without signature."""
        return bool(self.keys)

    @classmethod
    def of(cls, connection: Connection) -> "History":
        """The whole chain. Raises chain.Broken."""
        history = cls()
        for link in links(connection):
            history.take(link)
        return history

    def take(self, link: Link) -> None:
        """Read on by one record."""
        said = link.said
        more = said.get("more", {})
        for why in (*self._rows(said), *self._act(link, more)):
            self.flaws[link.batch or 0].append(f"台账链第 {link.id} 条：{why}")
        if "entries" in more:
            self.entries, self.seal = more["entries"], more["seal"]
        self.hashes[link.hash], self.head = link.id, link.hash

    def _rows(self, said: Mapping[str, Any]) -> Iterator[str]:
        for name, rows in said.get("new", {}).items():
            for row in rows:
                if _key(name, row) in self.tables[name]:
                    yield f"表 {name} 的一行写了两次"
                self.tables[name][_key(name, row)] = dict(row)
        for name, rows in said.get("changed", {}).items():
            for row in rows:
                self.tables[name].setdefault(_key(name, row), {}).update(row)

    def _act(self, link: Link, more: Mapping[str, Any]) -> Iterator[str]:
        if link.what in STATES and link.batch is not None:
            yield from self._state(link, link.batch)
        elif link.what in (OPENED, UPGRADED):
            if (link.id == 1) != ("ledger" in more):
                yield "台账只能启用一次"
            self.number, self.upgraded = more.get("ledger", self.number), link.what == UPGRADED
        elif link.what == MEMORY:
            self.memory[more["programme"]] = more["digest"]
        elif link.what == RULE:
            self.one_login = link if more["rule"] == ONE_LOGIN else None
        elif link.what in (ADDED, REPLACED):
            self.keys.add(more["key"])
            self.approvers[plain_name(more["name"])] = Approver(more["name"], more["key"], link.login)
        elif link.what == REVOKED:
            self.approvers.pop(plain_name(more["name"]), None)
        self.taken_over += "taken_over" in more
        if more.get("taken_over") and not self.upgraded:
            yield "不是升级时接收的，却写作接收"
        if not more.get("taken_over") and link.what != UPGRADED:
            self.upgraded = False

    def _state(self, link: Link, number: int) -> Iterator[str]:
        before = self.states.get(number, "")
        purpose = self.tables["batch"].get((number,), {}).get("purpose", "")
        if link.what not in _AFTER.get(purpose, {}).get(before, ()):
            yield f"批次 {number} 从“{before}”到“{link.what}”不合规定"
        if link.what == PROPOSED:
            self.proposals[number] = link
        if link.what == APPROVED:
            act = Act.of(link)
            self.approvals += 1
            self.signatures += act.signed is not None
            if why := self.why_not(number, act):
                yield why
        self.states[number] = link.what

    # ---------------------------------------------------------------- who may approve

    def why_not(self, number: int, act: Act) -> str:
        """Why this approval cannot be, in Chinese; "" when it can."""
        proposal = self.proposals.get(number)
        if proposal is None:
            return f"台账链里没有批次 {number} 的提请"
        if act.taken_over:
            return ""
        if plain_name(act.who) == plain_name(proposal.who):
            return f"批次 {number} 是 {proposal.who} 提请的，审批须由另一个人。"
        if self.signed_only and (why := self._not_signed(proposal, act)):
            return why
        if not self.one_login and _is_same(proposal.login, self._login_behind(act)):
            return (
                f"批次 {number} 是登录名 {proposal.login} 提请的，审批须用另一个登录名。单位确实只有一个登录名的，"
                "先登记批准这样做的文件：sanchuang ledger rule one-login --by 姓名 --note 文号。"
            )
        return ""

    def _not_signed(self, proposal: Link, act: Act) -> str:
        number, signed = proposal.batch, act.signed
        if signed is None:
            return (
                f"这本台账登记了审批人，批次 {number} 的审批要签名：sanchuang batch approve {number} --key 私钥文件，"
                f"或在别的机器上 sanchuang batch sign 签名后，用 --signature 交来。"
            )
        approver = self.approvers.get(plain_name(act.who))
        if approver is None or approver.key != signed.key:
            return f"签名所用的公钥，不是审批人 {act.who} 登记在用的。请核对 sanchuang ledger approver list。"
        if not is_signed(signed.key, paper.plain(signed.lines), signed.signature):
            return "签名与审批单不符：审批单在签名以后改过，或签名损坏。"
        stands = {paper.LEDGER: self.number, paper.NUMBER: str(number), paper.PROPOSED: proposal.hash}
        if any(paper.value(signed.lines, label) != words for label, words in stands.items()):
            return f"签的不是这本台账批次 {number} 的审批单，或提请记录在签名以后改过。"
        if self.hashes.get(paper.value(signed.lines, paper.HEAD), 0) < proposal.id:
            return "审批单上的台账校验码，这本台账里没有：签名以前的记录改过，或台账换回了旧文件。"
        return ""

    def _login_behind(self, act: Act) -> str:
        """Whose doing the approval is: a signature that the proposer only hands in is the doing of whoever registered
        the key."""
        approver = self.approvers.get(plain_name(act.who))
        return approver.login if act.signed and approver else act.login

    def agrees(self, name: str, rows: Iterable[Row[Any]]) -> int:
        """How many rows of a table are not as the chain says, rows too many and too few among them."""
        expected = dict(self.tables[name])
        wrong = 0
        for row in rows:
            values = dict(row._mapping)
            wrong += expected.pop(_key(name, values), None) != values
        return wrong + len(expected)

    def checked(self, one: Row[Any]) -> None:
        """Raises UserError where a batch is not what the chain says of it, in its row or in what was done with it."""
        wrong = self.flaws[one.id] or self.flaws[0]
        if self.tables["batch"].get((one.id,)) != dict(one._mapping) or wrong:
            told = wrong[0] if wrong else f"批次 {one.id} 与台账链所记的不同，被人改过"
            raise UserError(f"{told}，不能继续。请运行 sanchuang ledger verify。")


def _key(name: str, row: Mapping[str, Any]) -> Key:
    return tuple(row[column.name] for column in metadata.tables[name].primary_key)


def plain_name(name: str) -> str:
    """A name as it counts when two are compared: letters and figures, whatever stands between them."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum()).casefold()


def _is_same(login: str, other: str) -> bool:
    """Whether two logins are one: by number, for names can be changed. An unknown one is like no other."""
    first, second = (one.partition(" ")[0] for one in (login, other))
    return bool(first) and first == second
