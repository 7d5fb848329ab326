"""Books what came in by an approved result: what was receipted, handed up and returned. Only adds rows to the table `income`.

Promise: what is booked stays as it is, whatever a later result says. The same line is never booked twice; what a result adds is
added; what it says otherwise is refused with its place, unless somebody reverses it and says why. No sum of payments looks at it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from sanchuang_cli.domain.dues.income import HANDED_UP, RETURNED, TITLES, IncomeLine
from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.ledger import chain
from sanchuang_cli.ledger.chain import BOOKED, Deed, Done
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import LedgerHistory
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.sealed import append
from sanchuang_cli.ledger.tables import income
from sanchuang_cli.ledger.unpaid_results import Stated, sound
from sanchuang_cli.money import yuan

Key = tuple[str, ...]
"""What is booked as one: a receipt by its number; else what one payer paid for one month, or a body's sum of a period."""
_FEW = 20
_YEAR = 4
"""How many characters of a month say its year."""
_BODIES = (HANDED_UP, RETURNED)


class BookedIncome(NamedTuple):
    """What a booking did. added: the new lines. reversed: how many booked lines were taken back. moved: receipts that the
    result counts for other months than the ledger, which keeps its own. beyond: in Chinese, who handed up or got back more
    than the result has; that is not taken back either."""

    added: Sequence[IncomeLine]
    reversed: int = 0
    moved: int = 0
    beyond: Sequence[str] = ()


class _Standing(NamedTuple):
    """The lines of one key: as the ledger has them, without what was reversed, and as the result has them."""

    booked: list[IncomeLine]
    stated: list[IncomeLine]

    @property
    def fen(self) -> tuple[int, int]:
        return sum(line.fen for line in self.booked), sum(line.fen for line in self.stated)


def book(
    ledger: Ledger, stated: Stated, lines: Sequence[IncomeLine], deed: Deed, *, reverse: bool = False
) -> BookedIncome:
    """Add what a result of a year says and the ledger has not. Lines of nought say only whom the result is about.

    Raises UserError where the result is not approved, or says something else than what is booked; then nothing is booked.
    With `reverse` what differs is taken back and booked as the result has it.
    """
    if reverse and not deed.note.strip():
        raise UserError("冲销已登记的，请用 --note 写明依据。")
    with ledger.writing() as connection:
        _refuse_unapproved(sound(LedgerHistory.of(connection)), stated)
        who = _Who(connection)
        standing = _standing(connection, stated, lines, who)
        against = {key: why for key, each in standing.items() if (why := _why_not(each, who))}
        if against and not reverse:
            raise UserError(_refused(stated, list(against.values())))
        back = [line for key in against for line in standing[key].booked]
        new = [line for key, each in standing.items() for line in _added(each, anew=key in against)]
        if back or new:
            rows = [_row(line._replace(fen=-line.fen), stated, "冲销") for line in back]
            rows += [_row(line, stated, str(line.place)) for line in new]
            last = append(connection, income, rows)
            more = {"name": stated.book, "digest": stated.digest, "income": last.number, "seal": last.seal}
            chain.add(connection, Done(BOOKED, more=more), deed)
        kept = [each for key, each in standing.items() if key not in against]
        return BookedIncome(new, len(back), sum(map(_moved, kept)), [*filter(None, map(_beyond, kept))])


def _refuse_unapproved(history: LedgerHistory, stated: Stated) -> None:
    if not history.is_approved(stated.digest):
        raise UserError(
            f"台账里没有审批过 {stated.book}，没有登记收入。请先提请：sanchuang ledger propose {stated.book} --by 经办人姓名，"
            f"再由另一个人审批：sanchuang ledger approve {stated.book} --by 审批人姓名。"
        )


class _Who:
    """Whose a line is. Numbers that the ledger knows to be one person's count as one."""

    def __init__(self, connection: Connection) -> None:
        self._same = Register(connection).by_number

    def __call__(self, line: IncomeLine) -> str:
        return self._same.get(line.identity, line.identity) or line.called

    def key(self, line: IncomeLine) -> Key:
        """What the line is booked as a part of: of what was handed up or returned, the sum of the year, because what was too
        much in one quarter is made up for in the next."""
        if line.kind in _BODIES:
            return line.kind, self(line), line.month[:_YEAR]
        return (line.ticket,) if line.ticket else (line.kind, self(line), line.month)


def _standing(
    connection: Connection, stated: Stated, lines: Sequence[IncomeLine], who: _Who
) -> dict[Key, _Standing]:
    """By key, what the ledger and the result have; of what only the ledger has, what is of the result's year and of somebody
    whom the result is about."""
    standing: dict[Key, _Standing] = defaultdict(lambda: _Standing([], []))
    named = {of for line in lines for of in (who(line), line.township, f"{line.township} {line.branch}")}
    for line in lines:
        if line.fen:
            standing[who.key(line)].stated.append(line)
    for line in booked(connection, stated.programme):
        if who.key(line) in standing or (line.month.startswith(stated.period) and who(line) in named):
            standing[who.key(line)].booked.append(line)
    return standing


def booked(connection: Connection, programme: str) -> list[IncomeLine]:
    """What is booked, the sums of lines that say the same of the same; nothing of what was reversed."""
    names = [name for name in IncomeLine._fields if name not in ("fen", "place")]
    columns = [income.c[name] for name in names]
    sums = select(*columns, func.sum(income.c.fen)).where(income.c.programme == programme).group_by(*columns)
    standing = sums.having(func.sum(income.c.fen) != 0).order_by(func.min(income.c.id))
    rows: list[Any] = list(connection.execute(standing))
    return [IncomeLine._make((*row, Place("台账"))) for row in rows]


def _why_not(standing: _Standing, who: _Who) -> str:
    """Why the result cannot be booked, in Chinese: it says less, or something else, than what is booked; "" if it does not."""
    (was, now), (booked_lines, stated_lines) = standing.fen, standing
    if not booked_lines or booked_lines[0].kind in _BODIES:
        return ""
    first = booked_lines[0]
    what = (
        f"票号 {first.ticket}（{first.called}）"
        if first.ticket
        else f"{first.called} {first.month} {TITLES[first.kind]}"
    )
    if not stated_lines:
        return f"{what}：台账登记了 {yuan(was)} 元，这里没有"
    place = stated_lines[0].place
    if first.ticket and {who(line) for line in booked_lines} != {who(line) for line in stated_lines}:
        return f"{what}：{place} 写的是 {stated_lines[0].called}"
    if now < was or (first.ticket and now != was):
        return f"{what}：台账登记了 {yuan(was)} 元，{place} 是 {yuan(now)} 元"
    return ""


def _refused(stated: Stated, against: Sequence[str]) -> str:
    more = [f"……等 {len(against)} 处"] if len(against) > _FEW else []
    head = f"{stated.book} 有 {len(against)} 处与台账已登记的不同，什么都没有登记："
    mend = "已登记的不因重算而变。是这份结果错了的，请改正名册、收据后重做；确是登记错了的，加 --reverse --note 依据：原记录冲销，另记新数。"
    return "\n  ".join([head, *against[:_FEW], *more, mend])


def _added(standing: _Standing, *, anew: bool) -> Iterator[IncomeLine]:
    """The lines that the ledger has not: all of them where what it had is taken back; of a receipt that is booked none; else
    what was paid since."""
    was, now = standing.fen
    if anew or not standing.booked:
        yield from standing.stated
    elif now > was and not standing.stated[0].ticket:
        yield standing.stated[-1]._replace(fen=now - was)


def _beyond(standing: _Standing) -> str:
    """What a committee handed up, or a branch got back, beyond what the result has, in Chinese; "" if nothing."""
    was, now = standing.fen
    first = (*standing.booked, *standing.stated)[0]
    if first.kind not in _BODIES or was <= now:
        return ""
    word = TITLES[first.kind]
    return f"{first.called}：{word}已登记 {yuan(was)} 元，按这份结果是 {yuan(now)} 元，多{word} {yuan(was - now)} 元"


def _moved(standing: _Standing) -> bool:
    """Whether a booked receipt is counted for other months now."""
    months = [{line.month: line.fen for line in lines} for lines in standing]
    return (
        bool(standing.booked and standing.stated[:1] and standing.stated[0].ticket) and months[0] != months[1]
    )


def _row(line: IncomeLine, stated: Stated, place: str) -> dict[str, Any]:
    return {"programme": stated.programme, **line._asdict(), "result": stated.digest, "place": place}
