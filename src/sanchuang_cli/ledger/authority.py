"""Judges whether an approval counts: another name, another login, and a signature where approvers are registered.

The judgement is made in this one place. `approve` asks it before it writes, `send` and `verify` ask it again of the
records in the chain. Rules and approvers count from the record that states them, so an approval is always judged as of
a point in the chain. Nothing is read from the database or written here.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sanchuang_cli.ledger import approval_paper
from sanchuang_cli.ledger.address import ROLE
from sanchuang_cli.ledger.approval_paper import Lines, Signed
from sanchuang_cli.ledger.chain import ADDED, REPLACED, REVOKED, RULE, Link
from sanchuang_cli.ledger.signing import is_signed

ONE_LOGIN, TWO_LOGINS = "one-login", "two-logins"


class Approver(NamedTuple):
    """A registered approver. key: the public key in base64. login: the login at which the key was registered."""

    name: str
    key: str
    login: str


class Act(NamedTuple):
    """An approval that was made or is about to be. taken_over: it is older than the chain, so no login was recorded."""

    who: str
    login: str
    signed: Signed | None
    taken_over: bool = False

    @classmethod
    def of(cls, link: Link) -> "Act":
        """Read an approval from its record."""
        more = link.more
        signed = Signed.of_json(more["signed"]) if "signed" in more else None
        return cls(link.who, link.login, signed, bool(more.get("taken_over")))


class Proposal(NamedTuple):
    """What waits for a second person: a batch, or a result that pays nothing.

    link: the record that proposed it. called: its name in messages. approve: the command that approves it. names: the
    lines by which a paper names this proposal and no other.
    """

    link: Link
    called: str
    approve: str
    names: Lines

    @classmethod
    def of_batch(cls, link: Link) -> "Proposal":
        """The proposal of a batch, from its record."""
        command = f"sanchuang batch approve {link.batch}"
        return cls(link, f"批次 {link.batch}", command, ((approval_paper.NUMBER, str(link.batch)),))

    @classmethod
    def of_result(cls, link: Link, book: str, digest: str) -> "Proposal":
        """The proposal of a result, from its record."""
        return cls(
            link, f"结果 {book}", f"sanchuang ledger approve {book}", ((approval_paper.RESULT, digest),)
        )


@dataclass
class Authority:
    """The rules and approvers as of a point in the chain.

    approvers: by plain name. keys: all public keys that were ever registered. one_login: the record that says that the
    office has one login; None where two logins are required.
    """

    approvers: dict[str, Approver] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    one_login: Link | None = None

    @property
    def signed_only(self) -> bool:
        """Whether approvals need a signature: from the first registered approver on, also after they are revoked."""
        return bool(self.keys)

    def take(self, link: Link, more: Mapping[str, Any]) -> None:
        """Read one more record of the chain. more: what the record says."""
        if link.what == RULE:
            self.one_login = link if more["rule"] == ONE_LOGIN else None
        elif link.what in (ADDED, REPLACED):
            self.keys.add(more["key"])
            self.approvers[plain_name(more["name"])] = Approver(more["name"], more["key"], link.login)
        elif link.what == REVOKED:
            self.approvers.pop(plain_name(more["name"]), None)

    def why_not(self, proposal: Proposal, act: Act, ledger: str, known: Mapping[str, int]) -> str:
        """Why this approval does not count, in Chinese; "" when it does.

        ledger: the number of the ledger. known: the position of every hash of the chain until now.
        """
        if act.taken_over:
            return ""  # nothing was recorded then that could be checked
        link = proposal.link
        if plain_name(act.who) == plain_name(link.who):
            return f"{proposal.called} 是 {link.who} 提请的，审批须由另一个人。"
        if self.signed_only and (why := self._not_signed(proposal, act, ledger, known)):
            return why
        if not self.one_login and _is_same(link.login, self._login_behind(act)):
            return (
                f"{proposal.called} 是登录名 {link.login} 提请的，审批须用另一个登录名。单位确实只有一个登录名的，"
                "先登记批准这样做的文件：sanchuang ledger rule one-login --by 姓名 --note 文号。"
            )
        return ""

    def _not_signed(self, proposal: Proposal, act: Act, ledger: str, known: Mapping[str, int]) -> str:
        signed = act.signed
        if signed is None:
            return (
                f"这本台账登记了审批人，{proposal.called} 的审批要签名：{proposal.approve} --key 私钥文件，"
                "或在别的机器上 sanchuang batch sign 签名后，用 --signature 交来。"
            )
        approver = self.approvers.get(plain_name(act.who))
        if approver is None or approver.key != signed.key:
            return f"签名所用的公钥，不是审批人 {act.who} 登记在用的。请核对 sanchuang ledger approver list。"
        if not is_signed(signed.key, approval_paper.plain(signed.lines), signed.signature):
            return "签名与审批单不符：审批单在签名以后改过，或签名损坏。"
        stands = (
            (approval_paper.LEDGER, ledger),
            *proposal.names,
            (approval_paper.PROPOSED, proposal.link.hash),
        )
        if any(approval_paper.value(signed.lines, label) != words for label, words in stands):
            return f"签的不是这本台账{proposal.called} 的审批单，或提请记录在签名以后改过。"
        if known.get(approval_paper.value(signed.lines, approval_paper.HEAD), 0) < proposal.link.id:
            return "审批单上的台账校验码，这本台账里没有：签名以前的记录改过，或台账换回了旧文件。"
        return ""

    def _login_behind(self, act: Act) -> str:
        """The login that stands behind an approval.

        The proposer may hand in a signature that was made elsewhere. Then the approval is the doing of the login that
        registered the key, not of the login that handed it in.
        """
        approver = self.approvers.get(plain_name(act.who))
        return approver.login if act.signed and approver else act.login


def plain_name(name: str) -> str:
    """A name as it is compared with another: only its letters and digits, in one width and case."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum()).casefold()


def _is_same(login: str, other: str) -> bool:
    """Whether two logins are the same. They are compared by number, because a login can get another name.

    An unknown login is like no other. Where one of them was used before the ledger moved to a server, which knows them by
    roles, both are compared by the number at the operating system.
    """
    first, second = login.split(), other.split()
    if login.startswith(ROLE) != other.startswith(ROLE):
        first, second = (words[words[0].startswith(ROLE) :] if words else words for words in (first, second))
    return bool(first) and first[:1] == second[:1]
