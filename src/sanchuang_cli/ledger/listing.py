"""Answers questions about the ledger as pages: batches, sums, what was done, what waits for whom. Reads only.

Identity numbers stand in these tables unmasked; whatever shows a table masks them by the kind of their column.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from sanchuang_cli.domain.dues.income import TITLES as INCOME
from sanchuang_cli.finding import chosen
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.approving import RULES, approvers
from sanchuang_cli.ledger.batches import batch_numbered, checked_lines, events, lines_of, state_of
from sanchuang_cli.ledger.chain import MEMORY, Link, head, links
from sanchuang_cli.ledger.entries import IS_OF_RETURNS, NEVER_BACK, turns_of
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import APPROVED, BACK, CANCELLED, PROPOSED, SENT, SETTLED, LedgerHistory
from sanchuang_cli.ledger.pages import RECOVERY, REISSUE, by_person, list_page
from sanchuang_cli.ledger.proof import Proof
from sanchuang_cli.ledger.signing import fingerprint
from sanchuang_cli.ledger.tables import batch, chain, entry, line, person
from sanchuang_cli.ledger.unpaid_returns import unpaid_returns
from sanchuang_cli.money import yuan
from sanchuang_cli.table import Column, Table

BY = {
    "township": ("乡镇", person.c.township),
    "benefit": ("补贴项目", entry.c.benefit),
    "component": ("组成", entry.c.component),
    "month": ("月份", entry.c.month),
}


_BATCHES = (
    Column("number", "批次", Kind.COUNT),
    Column("title", "名称"),
    Column("state", "状态"),
    Column("persons", "人数", Kind.COUNT),
    Column("amount", "金额", Kind.MONEY),
    Column("returned", "退票金额", Kind.MONEY),
    Column("again", "重发"),
    Column("origin", "原批次", Kind.COUNT),
)


def batches_page(ledger: Ledger) -> Table:
    """All batches, the newest first, with the returned sum and the batches that send it again."""
    sums = select(line.c.batch, func.count(line.c.person.distinct()), func.sum(line.c.fen)).group_by(
        line.c.batch
    )
    returned = select(entry.c.batch, func.sum(entry.c.fen)).where(IS_OF_RETURNS).group_by(entry.c.batch)
    with ledger.reading() as connection:
        totals = {number: (persons, fen) for number, persons, fen in connection.execute(sums)}
        back = {number: -fen for number, fen in connection.execute(returned)}
        batches = connection.execute(select(batch).order_by(batch.c.id.desc())).all()
        again: dict[int, list[str]] = defaultdict(list)
        for b in reversed(batches):
            if b.purpose == REISSUE and b.state != CANCELLED:
                again[b.origin].append(str(b.id))
        rows = [
            (
                b.id,
                b.title,
                _state_with(b.purpose, b.state, totals.get(b.id, (0, 0))[1], back.get(b.id)),
                *totals.get(b.id, (0, 0)),
                back.get(b.id) or None,
                "、".join(again.get(b.id, ())),
                b.origin,
            )
            for b in batches
        ]
    return Table("批次", "台账批次", _BATCHES, rows, unit="元")


def _state_with(purpose: str, state: str, fen: int, back: int | None) -> str:
    """A state in Chinese, as far as it is true of what came back: nothing of a batch is paid when all of it came back."""
    if state == SETTLED and back and back == fen:
        return "已了结，全部退回"
    return "已送银行（退票已撤销）" if state == BACK and back == 0 else state_of(purpose, state)


def closed_line(ledger: Ledger, number: int) -> str:
    """What became of a batch that is closed now: people and sums that were paid and that came back."""
    with ledger.reading() as connection:
        turns = turns_of(connection, number)
        unpaid = [(key.person, fen) for key, (of, fen) in unpaid_returns(connection).items() if of == number]
        kept, back = [0, 0], [0, 0]
        for of_person in by_person(lines_of(connection, number)):
            to = back if turns.get(of_person[0].person, NEVER_BACK).is_back else kept
            to[0], to[1] = to[0] + 1, to[1] + sum(one.fen for one in of_person)
    came_back = f"退回 {back[0]} 人，{yuan(back[1]):,.2f} 元" if back[0] else ""
    paid = f"已发放 {kept[0]} 人，{yuan(kept[1]):,.2f} 元"
    left = f"其中 {len(dict(unpaid))} 人 {yuan(sum(fen for _, fen in unpaid)):,.2f} 元没有再发，也不在未了结的批次里。"
    left = left if unpaid else ""
    if not kept[0]:
        return f"批次 {number}：已了结，全部{came_back}，没有发放。{left}"
    return f"批次 {number}：{'；'.join(filter(None, (paid, came_back)))}。{left}"


def batch_pages(ledger: Ledger, number: int) -> tuple[Table, Table]:
    """The list of a batch, and what was done with it."""
    with ledger.reading() as connection:
        batch_row = batch_numbered(connection, number)
        lines = checked_lines(ledger, connection, batch_row)
        rows = [
            (e.at, _ACTS.get(e.what) or state_of(batch_row.purpose, e.what), e.who, e.login, e.note)
            for e in events(connection, number)
        ]
    columns = (
        Column("at", "时间"),
        Column("state", "状态"),
        Column("who", "经办人"),
        Column("login", "登录名"),
        Column("note", "说明", wide=True),
    )
    title = f"{batch_row.title}（批次 {number}，{state_of(batch_row.purpose, batch_row.state)}）"
    return list_page(batch_row.purpose, title, lines), Table("经过", f"批次 {number} 的经过", columns, rows)


_ACTS = {
    "opened": "启用台账",
    "upgraded": "升级台账",
    "same": "合并为同一个人",
    "different": "登记为另一个人",
    "rule": "审批规定",
    "approver-added": "登记审批人",
    "approver-revoked": "注销审批人",
    "approver-replaced": "审批人换公钥",
    "unmasked": "不遮盖号码",
    "result-proposed": "提请结果",
    "result-approved": "审批结果",
    "income-booked": "登记收入",
    "return-undone": "撤销退票",
}
"""Records that are shown, but for the states of batches. Those about `settled` are not: nobody decided them."""


def acts_page(ledger: Ledger) -> Table:
    """Everything that was done, oldest first: states of batches, approvals with who signed, rules, approvers."""
    columns = (
        Column("id", "链", Kind.COUNT),
        Column("at", "时间"),
        Column("batch", "批次", Kind.COUNT),
        Column("what", "事项"),
        Column("who", "经办人"),
        Column("login", "登录名"),
        Column("note", "说明", wide=True),
        Column("signed", "签名公钥指纹"),
        Column("hash", "台账校验码", wide=True),
    )
    with ledger.reading() as connection:
        purposes = {row.id: row.purpose for row in connection.execute(select(batch))}
        rows = [_act(link, purposes) for link in links(connection) if link.what != MEMORY]
    return Table("审批和经过", "台账审批和经过", columns, rows)


def _act(link: Link, purposes: dict[int, str]) -> tuple[Any, ...]:
    more = link.more
    what = _ACTS.get(link.what) or state_of(purposes[link.batch or 0], link.what)
    what += "（撤销合并）" if more.get("parted") else ""
    what += "（升级时接收）" if more.get("taken_over") else ""
    note = "；".join(filter(None, (RULES.get(more.get("rule", "")), more.get("name"), link.note)))
    key = more["signed"]["key"] if "signed" in more else more.get("key")
    return (
        link.id,
        link.at,
        link.batch,
        what,
        link.who,
        link.login,
        note,
        key and fingerprint(key),
        link.hash,
    )


def approvers_page(ledger: Ledger) -> Table:
    """Who may sign now."""
    columns = (Column("name", "审批人"), Column("key", "公钥指纹"), Column("login", "登记人登录名"))
    rows = [(approver.name, fingerprint(approver.key), approver.login) for approver in approvers(ledger)]
    return Table("审批人", "登记的审批人", columns, rows)


def checked(proof: Proof) -> list[str]:
    """What a proof has checked, in lines for the terminal."""
    history = proof.history
    signers = "、".join(
        f"{approver.name}（{fingerprint(approver.key)}）" for approver in history.authority.approvers.values()
    )
    lines = [
        f"台账链 {len(history.hashes)} 条，分录 {proof.entries} 条，合计 {yuan(proof.fen):,} 元，批次 {proof.batches} 个",
        *_income(proof),
        *_results(history),
        f"审批 {history.approvals} 次，其中有签名的 {history.signatures} 次；在用的审批人：{signers or '没有登记'}",
    ]
    if history.taken_over:
        lines.append(f"其中 {history.taken_over} 条是升级时接收的，升级以前没有台账链保护")
    if proof.reached:
        lines.append(f"所给的校验码是第 {proof.reached} 条，那以前的记录都没有变，也没有删去")
    return [*lines, f"台账校验码：{history.head}"]


def _income(proof: Proof) -> list[str]:
    sums = "，".join(f"{title} {yuan(proof.income.get(kind, 0)):,} 元" for kind, title in INCOME.items())
    return [f"收入 {proof.history.income.number} 条：{sums}"] if proof.history.income.number else []


def _results(history: LedgerHistory) -> list[str]:
    results = [what for what in history.proposals if isinstance(what, str)]
    return [f"提请的结果 {len(results)} 个，其中已审批 {len(history.vouched)} 个"] if results else []


def balance_page(ledger: Ledger, by: list[str]) -> Table:
    """What was paid, added up by the words of `by`. Raises UserError for a word that is not in BY."""
    known = {word: (title,) for word, (title, _) in BY.items()}
    by = [chosen(word, known, f"--by 不认识“{word}”") for word in by]
    parts: list[Any] = [BY[word][1] for word in by]
    same = person.alias("same")
    parts = [same.c.township if part is person.c.township else part for part in parts]
    titles = [part.label(word) for word, part in zip(by, parts, strict=True)]
    of_people = (
        select(*titles, func.sum(entry.c.fen).label("fen"))
        .select_from(
            entry.join(person, person.c.id == entry.c.person).join(same, same.c.id == person.c.same_as)
        )
        .group_by(*parts, same.c.id)
        .subquery()
    )
    parts = [of_people.c[word] for word in by]
    # Whoever has nothing of it any more, because it came back, is none of those who were paid.
    heads = func.sum(case((of_people.c.fen != 0, 1), else_=0))
    sums: Any = select(*parts, heads, func.sum(of_people.c.fen)).group_by(*parts).order_by(*parts)
    with ledger.reading() as connection:
        rows = [tuple(row) for row in connection.execute(sums) if row[-1] is not None]
    columns = (
        *(Column(word, BY[word][0]) for word in by),
        Column("persons", "人数", Kind.COUNT),
        Column("amount", "已发金额", Kind.MONEY, total=True),
    )
    return Table("结余", "台账已发合计", columns, rows, grand_total=True, unit="元")


def stand(ledger: Ledger) -> str:
    """The head of the chain. It changes whenever anything in the ledger changes."""
    with ledger.reading() as connection:
        return head(connection)


class Open(NamedTuple):
    """A batch that waits for somebody. since: when it came into its state. next: the subcommand of `batch` to run next."""

    number: int
    title: str
    state: str
    since: datetime
    persons: int
    fen: int
    next: str


def open_batches(ledger: Ledger) -> list[Open]:
    """Batches that are not closed, the oldest first."""
    came = (
        select(batch.c.id, batch.c.title, batch.c.state, batch.c.purpose, func.max(chain.c.at))
        .join(chain, chain.c.batch == batch.c.id)
        .where(batch.c.state.in_(_NEXT))
        .group_by(batch.c.id, batch.c.title, batch.c.state, batch.c.purpose)
        .order_by(batch.c.id)
    )
    sums = (
        select(line.c.batch, func.count(line.c.person.distinct()), func.sum(line.c.fen))
        .join(batch, batch.c.id == line.c.batch)
        .where(batch.c.state.in_(_NEXT))
        .group_by(line.c.batch)
    )
    with ledger.reading() as connection:
        totals = {number: (persons, fen) for number, persons, fen in connection.execute(sums)}
        return [
            Open(number, title, state, datetime.fromisoformat(at), *totals[number], _next(state, purpose))
            for number, title, state, purpose, at in connection.execute(came)
        ]


_NEXT = {PROPOSED: "approve", APPROVED: "send", SENT: "paid", BACK: "paid"}


def _next(state: str, purpose: str) -> str:
    return "recovered" if (state, purpose) == (APPROVED, RECOVERY) else _NEXT[state]
