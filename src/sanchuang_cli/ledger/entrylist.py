"""Shows entries as a page, all of them or those of one person, and the runs that they came from. Reads only.

Identity numbers stand in these tables unmasked; whatever shows a table masks them by the kind of their column.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from sanchuang_cli.domain.payees import is_organisation
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.entries import TITLES, parted
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.pages import called, with_codes
from sanchuang_cli.ledger.payee_ids import key_of
from sanchuang_cli.ledger.tables import entry, identity, person, run
from sanchuang_cli.table import Column, Table

_COLUMNS = (
    Column("id", "分录", Kind.COUNT),
    Column("person", "人员编号"),
    Column("name", "姓名", Kind.NAME),
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("benefit", "补贴项目"),
    Column("month", "月份"),
    Column("kind", "种类"),
    Column("amount", "金额", Kind.MONEY, total=True),
    Column("batch", "批次", Kind.COUNT),
    Column("document", "文号", wide=True),
    Column("edition", "政策版本"),
    Column("place", "名册位置", wide=True),
    Column("run", "运行"),
)
_SHORT = 12
"""How many characters of a run's id are shown."""
_LAST = 4
"""A person may be found by this many last digits of an identity number."""


class _People(NamedTuple):
    """Facts by id. same_as: the id that this one was joined with. numbers: of each person, those of joined ids together."""

    same_as: dict[str, str]
    name: dict[str, str]
    township: dict[str, str]
    numbers: dict[str, list[str]]


def entries_page(ledger: Ledger, who: str = "") -> Table:
    """Every entry, or those of one payee. who: an identity number, its last four digits, a name, or a code.

    Raises UserError when nobody or more than one payee fits.
    """
    with ledger.reading() as connection:
        people = _people(connection)
        documents = {row.id: json.loads(row.documents) for row in connection.execute(select(run))}
        rows_of = select(entry).order_by(entry.c.id)
        if who:
            payee = _only_payee(people, who)
            rows_of = rows_of.where(
                entry.c.person.in_([i for i, first in people.same_as.items() if first == payee])
            )
        rows = [_row(row, people, documents[row.run]) for row in connection.execute(rows_of)]
    return with_codes(Table("分录", "台账分录", _COLUMNS, rows, grand_total=True, unit="元"))


def _row(row: Row[Any], people: _People, documents: Mapping[str, str]) -> tuple[Any, ...]:
    """The cells of an entry. documents: of its run, by edition."""
    who = people.same_as[row.person]
    number = (people.numbers[who] or [""])[-1]
    paid = (called(row.benefit, row.component), row.month, TITLES[parted(row.kind)[0]], row.fen, row.batch)
    document = documents.get(row.edition, "")
    return row.id, who, people.name[who], number, *paid, document, row.edition, row.place, row.run[:_SHORT]


def runs_page(ledger: Ledger) -> Table:
    """The runs that the entries came from: policy and inputs of each, with their hashes."""
    columns = (
        Column("run", "运行"),
        Column("programme", "程序"),
        Column("period", "期间"),
        Column("policy", "政策文件"),
        Column("policy_sha256", "政策文件 SHA-256", wide=True),
        Column("file", "名册", wide=True),
        Column("sha256", "名册 SHA-256", wide=True),
    )
    with ledger.reading() as connection:
        rows = [
            (row.id[:_SHORT], row.programme, row.period, row.policy, row.policy_sha256, file, sha256)
            for row in connection.execute(select(run).order_by(run.c.period, run.c.id))
            for file, sha256 in json.loads(row.inputs)
        ]
    return Table("运行", "台账运行", columns, rows)


def _people(connection: Connection) -> _People:
    people = _People({}, {}, {}, defaultdict(list))
    for row in connection.execute(select(person)):
        people.same_as[row.id], people.name[row.id] = row.same_as, row.name
        people.township[row.id] = f"{row.township}{row.village}"
    for number, who in connection.execute(
        select(identity.c.number, identity.c.person).order_by(identity.c.number)
    ):
        people.numbers[people.same_as[who]].append(number)
    return people


def _only_payee(people: _People, who: str) -> str:
    """The id of the payee that the words fit. Raises UserError when none or several do."""
    words = who.split()
    if is_organisation(who) or (len(words) == 1 and len(who) > _LAST and who[:-1].isdecimal()):
        number = key_of(who)
        fits = {payee for payee, numbers in people.numbers.items() if number in numbers}
    else:
        fits = {payee for payee in people.numbers if all(_is_called(people, payee, word) for word in words)}
    if not fits:
        raise UserError(f"台账上没有“{mask(Kind.IDENTITY, who) if who[:-1].isdecimal() else who}”，请核对。")
    if len(fits) > 1:
        candidates = sorted(
            f"{people.township[payee]} {people.name[payee]} {mask(Kind.IDENTITY, people.numbers[payee][-1])}"
            for payee in fits
        )
        raise UserError(
            "\n  ".join([f"有 {len(fits)} 个人，请写身份证号，或在姓名后加上它的末四位：", *candidates])
        )
    return fits.pop()


def _is_called(people: _People, payee: str, word: str) -> bool:
    return people.name[payee] == word or any(
        number.endswith(word.upper()) for number in people.numbers[payee] if len(word) == _LAST
    )
