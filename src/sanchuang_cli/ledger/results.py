"""Results that pay nothing, proposed and approved: a digest in the chain, under the same two people as a batch.

No table has them: a result is what its own 来源 says while its values stay, and the chain says who approved that.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import chain
from sanchuang_cli.ledger.approving import paper_about, refuse_other
from sanchuang_cli.ledger.authority import Act
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.chain import STATED, VOUCHED, Done, Link, Said
from sanchuang_cli.ledger.history import History
from sanchuang_cli.ledger.paper import Lines, Signed, words
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.roster.results import Result
from sanchuang_cli.table import Column, Table

_SHORT = 16
"""Characters of a digest that tell it from others."""


class Stated(NamedTuple):
    """What the chain records of a result: what its 来源 says. what: 星级评定（rate）."""

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
        """Raises UserError for one that has no digest."""
        name = result.book.name
        if result.digest is None:
            raise UserError(f"{name}：由早先的版本写出，没有结果摘要，不能审批。请用当时的名册重新做一份。")

        def fact(item: str) -> str:
            return words("；".join(result.facts.get(item, ())))

        of_policy = fact("政策文件"), fact("政策文件 SHA-256")
        what, period = fact("事项"), str(result.period)
        return cls(result.digest.sha256, name, result.programme, what, period, *of_policy, fact(PART))


def propose(ledger: Ledger, one: Stated, said: Said) -> None:
    """Put a result before a second person. Raises UserError."""
    with ledger.writing() as connection:
        history = _sound(History.of(connection))
        _refuse_approved(history, one)
        if known := history.proposals.get(one.digest):
            raise UserError(
                f"结果 {one.book} 已由 {known.link.who} 提请（{known.link.at}），没有再记。"
                f"审批：sanchuang ledger approve {one.book} --by 审批人姓名。"
            )
        chain.add(connection, Done(STATED, more={"name": one.book, "result": one._asdict()}), said)


def paper(ledger: Ledger, one: Stated) -> Lines:
    """What is signed to approve a result. Raises UserError."""
    with ledger.reading() as connection:
        return _paper(_waiting(History.of(connection), one), one)


def approve(ledger: Ledger, one: Stated, said: Said, signed: Signed | None = None) -> None:
    """A second person's approval, with a signature where the ledger asks for one. Raises UserError."""
    with ledger.writing() as connection:
        history = _waiting(History.of(connection), one)
        if signed:
            refuse_other(signed, _paper(history, one))
        if why := history.why_not(one.digest, Act(said.who, said.login, signed)):
            raise UserError(why)
        more = {"name": one.book, "digest": one.digest, **({"signed": signed.as_json()} if signed else {})}
        chain.add(connection, Done(VOUCHED, more=more), said)


def _paper(history: History, one: Stated) -> Lines:
    stated = _stated(history.proposals[one.digest].link)
    about = (
        ("名称", stated.what),
        ("期间", stated.period),
        *((("分册", stated.part),) if stated.part else ()),
    )
    policy = (("政策文件", stated.policy), ("政策文件 SHA-256", stated.policy_sha256))
    return paper_about(history, history.proposals[one.digest], about, (*policy, ("工作簿", stated.book)))


def _stated(link: Link) -> Stated:
    said = link.more["result"]
    return Stated(*(str(said.get(name, "")) for name in Stated._fields))


def _waiting(history: History, one: Stated) -> History:
    """The chain, when the result is proposed in it and nobody has approved it. Raises UserError."""
    _refuse_approved(_sound(history), one)
    if one.digest not in history.proposals:
        raise UserError(
            f"结果 {one.book} 还没有提请，没有审批。请先由经办人提请：sanchuang ledger propose {one.book} --by 经办人姓名，"
            "再由另一个人审批。"
        )
    return history


def _refuse_approved(history: History, one: Stated) -> None:
    if link := history.vouched.get(one.digest):
        raise UserError(f"结果 {one.book} 早已由 {link.who} 审批（{link.at}），没有再记。")


def _sound(history: History) -> History:
    """The chain, when every record in it keeps the rules. Raises UserError."""
    for told in history.flaws.values():
        if told:
            raise UserError(f"{told[0]}，不能继续。请运行 sanchuang ledger verify。")
    return history


class Standing(NamedTuple):
    """Whether a second person has approved a result, itself or with a batch that pays it; and what of the same programme,
    period and part was approved after it, None where it is the newest."""

    approved: bool
    newer: Stated | None = None


def standing(ledger: Ledger, asked: Sequence[Stated]) -> list[Standing]:
    """How each of these results stands. Raises UserError where the chain does not keep the rules."""
    with ledger.reading() as connection:
        history = _sound(History.of(connection))
    return [Standing(history.is_approved(one.digest), _newer(history, one)) for one in asked]


def _newer(history: History, one: Stated) -> Stated | None:
    own = history.vouched.get(one.digest)
    after = (
        other
        for other, _ in _all(history)
        if (link := history.vouched.get(other.digest)) and own and link.id > own.id
        if (other.programme, other.period, other.part) == (one.programme, one.period, one.part)
    )
    return next(after, None)


class Waiting(NamedTuple):
    """A result that nobody has approved yet."""

    book: str
    what: str
    period: str
    who: str
    at: str


def waiting(ledger: Ledger) -> list[Waiting]:
    """Results that wait for a second person, the oldest first."""
    with ledger.reading() as connection:
        history = History.of(connection)
    return [
        Waiting(one.book, one.what, one.period, link.who, link.at)
        for one, link in _all(history)
        if one.digest not in history.vouched
    ]


def _all(history: History) -> list[tuple[Stated, Link]]:
    whole = [(what, proposal.link) for what, proposal in history.proposals.items() if isinstance(what, str)]
    return [(_stated(link), link) for _, link in whole]


def results_page(ledger: Ledger) -> Table:
    """All results that were put before somebody, the oldest first, and who approved them."""
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
        history = History.of(connection)
    rows = []
    for one, link in _all(history):
        act = history.vouched.get(one.digest)
        done = (
            ("已审批", link.who, link.at, act.who, act.at) if act else ("已提请", link.who, link.at, "", "")
        )
        rows.append((one.book, one.what, one.period, one.part, *done, one.digest[:_SHORT]))
    return Table("结果", "提请的结果", columns, rows)
