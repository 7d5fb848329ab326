"""A made-up notice and made-up payments. Nobody in them exists."""

from dataclasses import replace
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.posting import Notice, Posting
from sanchuang_cli.table import Column, Table
from tests.report import made_up

PRIVATE = ("born", "remark")
SHOWN = (
    *("number", "township", "village", "name", "sex", "identity", "born"),
    *("rate", "paid_months", "amount", "account", "phone", "remark"),
)


def listed(count: int = 40, **cells: Any) -> Table:
    """People to be posted, with all that must not be; `cells` are put into the first row, by column."""
    at = [next(j for j, c in enumerate(made_up.ROSTER_COLUMNS) if c.name == name) for name in SHOWN]
    columns = tuple(
        replace(made_up.ROSTER_COLUMNS[j], private=made_up.ROSTER_COLUMNS[j].name in PRIVATE) for j in at
    )
    rows = [[row[j] for j in at] for row in made_up.roster_rows(count)]
    for name, value in cells.items():
        rows[0][SHOWN.index(name)] = value
    return Table(
        "公示名单", "生活补贴发放名单", columns, [tuple(row) for row in rows], grand_total=True, unit="元"
    )


def posting(**changes: Any) -> Posting:
    return Posting.model_validate(
        {
            "clause": "办法第九条：公示 7 天",
            "days": 7,
            "counting": "calendar-days",
            "posting_day": "not-counted",
            "issuer": "青山镇人民政府",
            "objections_to": "县委组织部组织科",
            "telephone": "3120000",
        }
        | changes
    )


def notice(table: Table | None = None, **changes: Any) -> Notice:
    return Notice(
        name="离任补贴公示",
        title="关于2026年第二季度离任村干部生活补贴的公示",
        basis=("《某县离任村干部生活补贴办法》（某组发〔2018〕15号）",),
        what="2026年第二季度离任村干部生活补贴发放对象和金额",
        standard="正常离任，累计任职满9年，男满60周岁、女满55周岁。",
        period="2026年第二季度",
        table=table or listed(),
        posting=posting(**changes),
        apart=("village", "born"),
    )


def secrets(table: Table) -> list[str]:
    """Everything in the table that names a person by number."""
    at = [table.index(name) for name in ("identity", "account", "phone")]
    return [row[j] for row in table.rows for j in at]


def payments(*rows: tuple[str, str, int], project: str = "离任村干部生活补贴") -> Table:
    """Name, account, fen."""
    columns = (
        Column("name", "姓名", Kind.NAME),
        Column("account", "一卡通账号", Kind.ACCOUNT),
        Column("amount", "金额", Kind.MONEY, total=True),
    )
    return Table(project, f"{project}代发表", columns, list(rows), grand_total=True, unit="元")


def many_payments(count: int) -> Table:
    return payments(*((f"人员{n}", f"6217{n:015d}", 1 + n * 37 % 99_991) for n in range(count)))
