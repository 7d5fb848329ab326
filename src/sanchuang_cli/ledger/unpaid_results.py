"""Proposes and approves results that pay nothing, by two people as a batch is. Writes records of the chain only.

There is no table of results. A result is known by the digest on its page 来源, and the chain says who approved it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import chain, databases
from sanchuang_cli.ledger.approval_paper import Lines, Signed, words
from sanchuang_cli.ledger.approving import paper_about, refuse_other
from sanchuang_cli.ledger.authority import Act
from sanchuang_cli.ledger.batches import state_of
from sanchuang_cli.ledger.chain import STATED, VOUCHED, Deed, Done, Link
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import CANCELLED, LedgerHistory
from sanchuang_cli.ledger.listing import open_batches
from sanchuang_cli.ledger.tables import batch
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.roster.results import Result
from sanchuang_cli.table import Column, Table

UNPROPOSED = "未提请"
_SHORT = 16
"""How many characters of a digest are shown."""


class Stated(NamedTuple):
    """What the chain records of a result, as its page 来源 says it. what: its matter, as 星级评定（rate）."""

    digest: str
    book: str
    programme: str
    what: str
    period: str
    policy: str
    policy_sha256: str
    part: str

    @classmethod
    def of(cls, result: Result) -> "Stated":
        """The facts of a result. Raises UserError when it has no digest."""
        name = result.book.name
        if result.digest is None:
            raise UserError(f"{name}：由早先的版本写出，没有结果摘要，不能审批。请用当时的名册重新做一份。")

        def fact(item: str) -> str:
            return words("；".join(result.facts.get(item, ())))

        of_policy = fact("政策文件"), fact("政策文件 SHA-256")
        what, period = fact("事项"), str(result.period)
        return cls(result.digest.sha256, name, result.programme, what, period, *of_policy, fact(PART))


def propose(ledger: Ledger, stated: Stated, deed: Deed) -> None:
    """Propose a result to a second person. Raises UserError when that was already done."""
    with ledger.writing() as connection:
        history = sound(LedgerHistory.of(connection))
        _refuse_approved(history, stated)
        if known := history.proposals.get(stated.digest):
            raise UserError(
                f"结果 {stated.book} 已由 {known.link.who} 提请（{known.link.at}），没有再记。"
                f"审批：sanchuang ledger approve {stated.book} --by 审批人姓名。"
            )
        chain.add(connection, Done(STATED, more={"name": stated.book, "result": stated._asdict()}), deed)


def paper(ledger: Ledger, stated: Stated) -> Lines:
    """The paper that is signed to approve a result. Raises UserError."""
    with ledger.reading() as connection:
        return _paper(_waiting(LedgerHistory.of(connection), stated), stated)


def approve(ledger: Ledger, stated: Stated, deed: Deed, signed: Signed | None = None) -> None:
    """Approve a result as a second person, with a signature where the ledger asks for one. Raises UserError."""
    with ledger.writing() as connection:
        history = _waiting(LedgerHistory.of(connection), stated)
        if signed:
            refuse_other(signed, _paper(history, stated))
        if why := history.why_not(
            stated.digest, Act(deed.who, databases.login(connection, deed.login), signed)
        ):
            raise UserError(why)
        more = {
            "name": stated.book,
            "digest": stated.digest,
            **({"signed": signed.as_json()} if signed else {}),
        }
        chain.add(connection, Done(VOUCHED, more=more), deed)


def approved_by(ledger: Ledger, stated: Stated) -> str:
    """Who approved a result by itself, and when; "" where nobody did."""
    with ledger.reading() as connection:
        link = LedgerHistory.of(connection).vouched.get(stated.digest)
    return f" {link.who} 于 {link.at} " if link else ""


def proposed_by(ledger: Ledger, stated: Stated) -> str:
    """Who proposed a result, and when, whether or not it is approved since; "" where nobody did."""
    with ledger.reading() as connection:
        known = LedgerHistory.of(connection).proposals.get(stated.digest)
    return f" {known.link.who} 于 {known.link.at} " if known else ""


def _paper(history: LedgerHistory, stated: Stated) -> Lines:
    proposed = _stated(history.proposals[stated.digest].link)
    about = (
        ("名称", proposed.what),
        ("期间", proposed.period),
        *((("分册", proposed.part),) if proposed.part else ()),
    )
    policy = (("政策文件", proposed.policy), ("政策文件 SHA-256", proposed.policy_sha256))
    return paper_about(history, history.proposals[stated.digest], about, (*policy, ("工作簿", proposed.book)))


def _stated(link: Link) -> Stated:
    fields = link.more["result"]
    return Stated(*(str(fields.get(name, "")) for name in Stated._fields))


def _waiting(history: LedgerHistory, stated: Stated) -> LedgerHistory:
    """The same chain. Raises UserError unless the result is proposed in it and not approved yet."""
    _refuse_approved(sound(history), stated)
    if stated.digest not in history.proposals:
        raise UserError(
            f"结果 {stated.book} 还没有提请，没有审批。请先由经办人提请：sanchuang ledger propose {stated.book} --by 经办人姓名，"
            "再由另一个人审批。"
        )
    return history


def _refuse_approved(history: LedgerHistory, stated: Stated) -> None:
    if link := history.vouched.get(stated.digest):
        raise UserError(f"结果 {stated.book} 早已由 {link.who} 审批（{link.at}），没有再记。")


def sound(history: LedgerHistory) -> LedgerHistory:
    """The same chain. Raises UserError when a record in it breaks a rule."""
    for flaws in history.flaws.values():
        if flaws:
            raise UserError(f"{flaws[0]}，不能继续。请运行 sanchuang ledger verify。")
    return history


class ResultStanding(NamedTuple):
    """approved: by a second person, by itself or with a batch that pays it. newer: a result of the same programme, period
    and part that was approved after it; None when it is the newest."""

    approved: bool
    newer: Stated | None = None


def standing(ledger: Ledger, asked: Sequence[Stated]) -> list[ResultStanding]:
    """How each of these results stands. Raises UserError when a record of the chain breaks a rule."""
    with ledger.reading() as connection:
        history = sound(LedgerHistory.of(connection))
    return [ResultStanding(history.is_approved(stated.digest), _newer(history, stated)) for stated in asked]


def stage(ledger: Ledger, stated: Stated) -> tuple[str, str]:
    """How far a result has come, in Chinese, and why nothing may be announced from it any more, "" where it may.

    A batch that was proposed with the result has its digest, so what is announced from the one is what the other pays.
    """
    with ledger.reading() as connection:
        history = sound(LedgerHistory.of(connection))
        columns = (batch.c.id, batch.c.purpose, batch.c.state, batch.c.programme, batch.c.period)
        known = connection.execute(select(*columns)).all()
    own = history.paying.get(stated.digest, [])
    states = [f"批次 {row.id} {state_of(row.purpose, row.state)}" for row in known if row.id in own]
    if own and all(row.state == CANCELLED for row in known if row.id in own):
        return "，".join(states), f"{'，'.join(states)}，这份结果不再作数"
    if newer := _newer(history, stated):
        return "已审批", f"同一期后来又审批了一份：{newer.book}"
    if stated.digest in history.vouched:
        return "已审批", ""
    if states or stated.digest in history.proposals:
        return "，".join(states) or "已提请", ""
    live = [
        f"批次 {row.id} {state_of(row.purpose, row.state)}"
        for row in known
        if (row.programme, row.period) == (stated.programme, stated.period) and row.state != CANCELLED
    ]
    return UNPROPOSED + (f"（同一期提请的是另一份：{'，'.join(live)}）" if live else ""), ""


def paid_by(ledger: Ledger, stated: Stated) -> str:
    """The batches that were proposed with a result and how far they are, in Chinese; "" where there is none that still counts."""
    said, stale = stage(ledger, stated)
    with ledger.reading() as connection:
        paying = LedgerHistory.of(connection).paying.get(stated.digest)
    return said if paying and not stale else ""


def _newer(history: LedgerHistory, stated: Stated) -> Stated | None:
    approval = history.vouched.get(stated.digest)
    after = (
        other
        for other, _ in _proposed_results(history)
        if (link := history.vouched.get(other.digest)) and approval and link.id > approval.id
        if (other.programme, other.period, other.part) == (stated.programme, stated.period, stated.part)
    )
    return next(after, None)


class WaitingResult(NamedTuple):
    """A result that nobody has approved yet."""

    book: str
    what: str
    period: str
    who: str
    at: str
    digest: str


def waiting(ledger: Ledger) -> list[WaitingResult]:
    """Results that wait for a second person, the oldest first."""
    with ledger.reading() as connection:
        history = LedgerHistory.of(connection)
    return [
        WaitingResult(stated.book, stated.what, stated.period, link.who, link.at, stated.digest)
        for stated, link in _proposed_results(history)
        if stated.digest not in history.vouched
    ]


def needed(ledger: Ledger) -> set[str]:
    """The digests of the results that something still rests on: a batch that is not closed, or an approval that is waited for."""
    with ledger.reading() as connection:
        paying = LedgerHistory.of(connection).paying
    numbers = {batch.number for batch in open_batches(ledger)}
    return {digest for digest, own in paying.items() if numbers & set(own)} | {
        result.digest for result in waiting(ledger)
    }


def open_periods(ledger: Ledger) -> set[tuple[str, str]]:
    """Programme and period of each batch that is not closed."""
    numbers = {batch.number for batch in open_batches(ledger)}
    with ledger.reading() as connection:
        rows = connection.execute(select(batch.c.id, batch.c.programme, batch.c.period)).all()
    return {(row.programme, row.period) for row in rows if row.id in numbers}


def _proposed_results(history: LedgerHistory) -> list[tuple[Stated, Link]]:
    results = [(what, proposal.link) for what, proposal in history.proposals.items() if isinstance(what, str)]
    return [(_stated(link), link) for _, link in results]


def results_page(ledger: Ledger) -> Table:
    """All results that were proposed, the oldest first, and who approved them."""
    columns = (
        Column("book", "结果", wide=True),
        Column("what", "事项"),
        Column("period", "期间"),
        Column("part", "分册"),
        Column("state", "状态"),
        Column("who", "提请人"),
        Column("at", "提请时间"),
        Column("approver", "审批人"),
        Column("approved", "审批时间"),
        Column("digest", "结果摘要"),
    )
    with ledger.reading() as connection:
        history = LedgerHistory.of(connection)
    rows = []
    for stated, link in _proposed_results(history):
        act = history.vouched.get(stated.digest)
        done = (
            ("已审批", link.who, link.at, act.who, act.at) if act else ("已提请", link.who, link.at, "", "")
        )
        rows.append((stated.book, stated.what, stated.period, stated.part, *done, stated.digest[:_SHORT]))
    return Table("结果", "提请的结果", columns, rows)
