"""Shows income as pages: added up by kind, or line by line. Reads only; payments stand on other pages."""

from typing import Any

from sqlalchemy import case, func, or_, select

from sanchuang_cli.domain.dues.income import TITLES
from sanchuang_cli.finding import UserError, chosen
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.tables import income
from sanchuang_cli.table import Column, Table

BY = {
    "township": ("上级党组织", income.c.township),
    "branch": ("支部（上缴给）", income.c.branch),
    "month": ("月份", income.c.month),
}


def sums_page(ledger: Ledger, by: list[str]) -> Table:
    """What was received, given, handed up and returned, each in a column of its own, by the words of `by`. Raises UserError for
    a word that is not in BY."""
    known = {word: (title.partition("（")[0],) for word, (title, _) in BY.items()}
    by = [chosen(word, known, f"--by 不认识“{word}”") for word in by]
    parts = [BY[word][1] for word in by]
    kinds = [func.sum(case((income.c.kind == kind, income.c.fen), else_=0)) for kind in TITLES]
    with ledger.reading() as connection:
        rows = [
            tuple(row) for row in connection.execute(select(*parts, *kinds).group_by(*parts).order_by(*parts))
        ]
    columns = (
        *(Column(word, BY[word][0]) for word in by),
        *(Column(kind, title, Kind.MONEY, total=True) for kind, title in TITLES.items()),
    )
    return Table(
        "收入",
        "台账收入合计",
        columns,
        [row for row in rows if row[-1] is not None],
        grand_total=True,
        unit="元",
    )


_LINES = (
    Column("id", "收入", Kind.COUNT),
    Column("kind", "种类"),
    Column("township", "上级党组织"),
    Column("branch", "支部（上缴给）"),
    Column("name", "姓名", Kind.NAME),
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("month", "月份"),
    Column("ticket", "票号"),
    Column("amount", "金额", Kind.MONEY, total=True),
    Column("place", "出处", wide=True),
)


def lines_page(ledger: Ledger, who: str = "") -> Table:
    """Every line, or those of a name, an identity number or its last digits, a branch or a receipt. Raises UserError when none
    fits."""
    names = [column.name if column.name != "amount" else "fen" for column in _LINES]
    lines: Any = select(*(income.c[name] for name in names)).order_by(income.c.id)
    if who:
        fits = [income.c[name] == who for name in ("name", "branch", "ticket")]
        lines = lines.where(or_(*fits, income.c.identity.endswith(who) & (income.c.identity != "")))
    with ledger.reading() as connection:
        rows = [(row[0], TITLES[row[1]], *row[2:]) for row in connection.execute(lines)]
    if who and not rows:
        raise UserError("台账收入里没有这个人、支部或票号，请核对。")
    return Table("收入", "台账收入明细", _LINES, rows, grand_total=True, unit="元")
