"""Writes to the ledger who may approve, and composes the paper that they sign.

Registers approvers, their keys and the rule of one login as records of the chain. Whether an approval counts is judged
in `authority`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import approval_paper, chain
from sanchuang_cli.ledger.approval_paper import Lines, Signed, words
from sanchuang_cli.ledger.authority import ONE_LOGIN, TWO_LOGINS, Approver, Proposal, plain_name
from sanchuang_cli.ledger.chain import ADDED, REPLACED, REVOKED, RULE, Deed, Done
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import LedgerHistory
from sanchuang_cli.ledger.pages import PURPOSES, RECOVERY, LedgerLine
from sanchuang_cli.ledger.signing import fingerprint
from sanchuang_cli.money import yuan

RULES = {ONE_LOGIN: "单位只有一个登录名：提请和审批可以用同一个", TWO_LOGINS: "提请和审批用两个登录名"}


def sources(history: LedgerHistory) -> list[tuple[str, str]]:
    """The lines of every paper about the ledger: the rules of approval, and the head of the chain."""
    return [*_rules(history), (approval_paper.HEAD, history.head)]


def _rules(history: LedgerHistory) -> list[tuple[str, str]]:
    rule = history.authority.one_login
    how = f"{RULES[ONE_LOGIN]}（依据：{rule.note}；{rule.who} {rule.at} 登记）" if rule else RULES[TWO_LOGINS]
    names = [
        f"{approver.name}（公钥 {fingerprint(approver.key)}）"
        for approver in history.authority.approvers.values()
    ]
    signers = "、".join(names) or (
        "审批人都已注销" if history.authority.signed_only else "没有登记，审批不签名"
    )
    return [("审批规定", words(how)), ("登记的审批人", words(signers))]


def paper_of(history: LedgerHistory, batch_row: Row[Any], lines: Sequence[LedgerLine]) -> Lines:
    """The paper of a proposed batch. It has no personal data, so it may travel on a memory stick."""
    fen = sum(line.fen for line in lines) * (-1 if batch_row.purpose == RECOVERY else 1)
    about = (
        ("名称", words(batch_row.title)),
        ("用途", PURPOSES[batch_row.purpose]),
        ("人数", str(len({line.person for line in lines}))),
        ("金额", f"{yuan(fen):,} 元"),
    )
    copy = (("工作簿", batch_row.copy), (approval_paper.COPY, batch_row.copy_sha256))
    return paper_about(history, history.proposals[batch_row.id], about, copy)


def paper_about(history: LedgerHistory, proposal: Proposal, about: Lines, copy: Lines) -> Lines:
    """The paper of any proposal. about: what is proposed; copy: its workbook. Who proposed it and the ledger are added."""
    link = proposal.link
    login = f"（登录名 {link.login}）" if link.login else ""
    return (
        (approval_paper.LEDGER, history.number),
        *proposal.names,
        *about,
        ("提请人", words(f"{link.who}{login}")),
        ("提请时间", words(link.at)),
        (approval_paper.PROPOSED, link.hash),
        *copy,
        *sources(history),
    )


def refuse_other(signed: Signed, now: Lines) -> None:
    """Raises UserError when the signed paper says something else than the paper would say now.

    Only the head may differ: the ledger may have gone on since the paper was written.
    """
    head = approval_paper.value(signed.lines, approval_paper.HEAD)
    expected = tuple((label, head if label == approval_paper.HEAD else content) for label, content in now)
    if signed.lines != expected:
        wrong = [label for label, content in expected if approval_paper.value(signed.lines, label) != content]
        command = (
            "sanchuang ledger paper"
            if approval_paper.value(now, approval_paper.RESULT)
            else "sanchuang batch paper"
        )
        raise UserError(
            f"签名的审批单与现在的不同（{'、'.join(wrong) or '多了或少了几行'}）。请用 {command} 重新写出，再签名。"
        )


def state_rule(ledger: Ledger, rule: str, deed: Deed) -> None:
    """Record a rule of the office. Raises UserError for an unknown rule, or without a document."""
    if rule not in RULES:
        raise UserError(f"没有“{rule}”这条规定。可用的有：{'、'.join(RULES)}。")
    _with_document(deed)
    with ledger.writing() as connection:
        chain.add(connection, Done(RULE, more={"rule": rule}), deed)


def _with_document(deed: Deed) -> None:
    if not deed.note.strip():
        raise UserError("请用 --note 写明依据，如文号。")


def add(ledger: Ledger, name: str, key: str, deed: Deed) -> None:
    """Register an approver with a public key. From then on nothing is approved without a signature. Raises UserError."""
    _registered(ledger, ADDED, name, key, deed)


def replace(ledger: Ledger, name: str, key: str, deed: Deed) -> None:
    """Give a registered approver another key. Raises UserError."""
    _registered(ledger, REPLACED, name, key, deed)


def _registered(ledger: Ledger, what: str, name: str, key: str, deed: Deed) -> None:
    if not plain_name(name):
        raise UserError("请写明审批人的姓名。")
    _with_document(deed)
    with ledger.writing() as connection:
        history = LedgerHistory.of(connection)
        known = history.authority.approvers.get(plain_name(name))
        if what == ADDED and known:
            raise UserError(f"审批人 {known.name} 已经登记。换公钥用 sanchuang ledger approver replace。")
        if what == REPLACED and not known:
            raise UserError(f"没有登记审批人 {name}。登记用 sanchuang ledger approver add。")
        # A key that was revoked or replaced must not come back: papers signed with it may still lie around.
        if key in history.authority.keys:
            raise UserError("这把公钥在本台账登记过，不能再用。请另做一把。")
        chain.add(connection, Done(what, more={"name": name.strip(), "key": key}), deed)


def revoke(ledger: Ledger, name: str, deed: Deed) -> None:
    """End an approver's key. Approvals still need signatures, by other approvers. Raises UserError."""
    _with_document(deed)
    with ledger.writing() as connection:
        known = LedgerHistory.of(connection).authority.approvers.get(plain_name(name))
        if not known:
            raise UserError(f"没有登记审批人 {name}。请核对 sanchuang ledger approver list。")
        chain.add(connection, Done(REVOKED, more={"name": known.name}), deed)


def name_of(ledger: Ledger, key: str) -> str:
    """The approver with this public key. Raises UserError when no approver has it."""
    for approver in approvers(ledger):
        if approver.key == key:
            return approver.name
    raise UserError(
        f"签名的公钥（{fingerprint(key)}）不是登记在用的审批人的。请核对 sanchuang ledger approver list。"
    )


def signed_only(ledger: Ledger) -> bool:
    """Whether an approval without a signature is refused."""
    with ledger.reading() as connection:
        return LedgerHistory.of(connection).authority.signed_only


def approvers(ledger: Ledger) -> list[Approver]:
    """Who may sign now."""
    with ledger.reading() as connection:
        return list(LedgerHistory.of(connection).authority.approvers.values())
