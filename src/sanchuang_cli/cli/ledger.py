"""Declares the commands of `sanchuang ledger`, the record of what was paid: they start it, read it, verify it and approve
results in it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanchuang_cli.cli import approver
from sanchuang_cli.cli.asked import (
    APPROVE_RESULT,
    PAPER_OF_RESULT,
    PROPOSE_RESULT,
    ApproverOption,
    Asked,
    asking,
)
from sanchuang_cli.cli.helping import App
from sanchuang_cli.cli.ledger_option import LedgerOption
from sanchuang_cli.ledger.address import LedgerPlace, placed
from sanchuang_cli.programmes import PROGRAMMES

if TYPE_CHECKING:  # imported inside the commands, so that help stays quick
    from sanchuang_cli.table import Table

PAYING = [entry.name for entry in PROGRAMMES if "pays" in entry.can]

_SHOWN = 5
"""How many places a message names."""

app = App(help="发放台账：记下谁、哪个月、发过多少，同一个月不会发两次。")
app.add_typer(approver.app, name="approver")

NoteOption = Annotated[str, typer.Option("--note", help="依据，如身份证换号证明的文号。")]
ByOption = Annotated[str | None, typer.Option("--by", help="经办人姓名；不写用登录名。")]
NumberArgument = Annotated[
    str, typer.Argument(metavar="身份证号", help="那一个人的身份证号，或那个组织的代码。")
]
PersonArgument = Annotated[
    str, typer.Argument(metavar="人", help="姓名、身份证号末四位，或两样用空格隔开并加引号；也可写身份证号。")
]


@app.command("init")
def init(
    ledger: LedgerOption,
    paid_through: Annotated[
        str, typer.Option("--paid-through", help="启用台账以前发到哪个月，写成 2026-06；以前各月视为结清。")
    ],
    reach: Annotated[
        int | None, typer.Option("--reach", min=0, help="每期往前复核几个月；不写则一直复核到启用时。")
    ] = None,
    by: ByOption = None,
) -> None:
    """建一本新台账。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.finding import UserError
    from sanchuang_cli.ledger.file import create
    from sanchuang_cli.period import Period

    month = Period.parse(paid_through)
    if month.months != 1:
        raise UserError(f"--paid-through“{paid_through}”应写到月，如 2026-06。")
    create(ledger, month.start, reach, said(by))
    typer.echo(f"台账：{ledger}（{month.title}及以前视为结清）", err=True)


@app.command("import")
def import_(
    ledger: LedgerOption,
    books: Annotated[list[str], typer.Argument(metavar="名册...", help="已发放的名册。")],
    programme: Annotated[str, typer.Option("--programme", help="哪个程序发的。")] = PAYING[0],
    by: ByOption = None,
    note: NoteOption = "",
    paid_outside: Annotated[
        bool,
        typer.Option("--paid-outside", help="启用以后的月份，确已在台账以外发放了；要用 --note 写明依据。"),
    ] = False,
    columns: Annotated[
        Path | None, typer.Option("--columns", help="列名对照（.toml），名册的列认错时用。")
    ] = None,
) -> None:
    """把启用以前已发放的名册记作期初；没有有效账户的行不记。"""
    import json

    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.finding import Severity, UserError
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.opening import PaidRow, take_over
    from sanchuang_cli.programmes import listed
    from sanchuang_cli.record import Wanted
    from sanchuang_cli.roster import paths
    from sanchuang_cli.roster.columns.matching import pinned_columns
    from sanchuang_cli.roster.read import read

    pinned = pinned_columns(columns) if columns else {}
    wanted = {"paid": Wanted(PaidRow, "已发放名册", sheet="花名册")}
    reading = read(paths.books(books), wanted, pinned=pinned)
    roster = reading.rosters["paid"]
    if roster.set_aside:
        wrong = [f"{f.place}：{f.message}" for f in reading.findings if f.severity is Severity.ERROR]
        raise UserError("\n  ".join([f"有 {len(roster.set_aside)} 行读不出，什么都没有导入：", *wrong]))
    inputs = json.dumps(sorted((book.file, book.sha256) for book in reading.books), ensure_ascii=False)
    deed = said(by, note if paid_outside else note or "期初导入")
    name = listed(programme).name
    made = take_over(opened(ledger), name, roster.records, inputs, deed, paid_outside=paid_outside)
    typer.echo(f"已导入：批次 {made.number}，{made.rows} 行", err=True)
    if made.left:
        places = "、".join(str(row.row.place()) for row in made.left[:_SHOWN])
        more = f" 等 {len(made.left)} 行" if len(made.left) > _SHOWN else ""
        typer.echo(f"{len(made.left)} 行没有有效账户，银行付不了，没有记作已发：{places}{more}", err=True)


@app.command("same")
def same(
    ledger: LedgerOption,
    old: Annotated[str, typer.Argument(metavar="旧号码", help="台账上已有的身份证号或组织代码。")],
    new: Annotated[str, typer.Argument(metavar="新号码", help="现在的身份证号或组织代码。")],
    note: NoteOption,
    by: ByOption = None,
    sure: Annotated[
        bool,
        typer.Option(
            "--sure", help="姓名、性别、出生日期不同，或同一个月都发过，但已查明确是同一个；--note 写明依据。"
        ),
    ] = False,
) -> None:
    """两个号码是同一个人（或同一个组织换了名称、代码）：新的并到旧的名下，已发的一并计算。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.payee_ids import Register, key_of

    with opened(ledger).writing() as connection:
        Register(connection).join(key_of(old), key_of(new), said(by, note), sure=sure)
    typer.echo("已合并为同一个人。合并错了的，用 sanchuang ledger different 新号码 撤销。", err=True)


@app.command("different")
def different(
    ledger: LedgerOption,
    number: NumberArgument,
    note: NoteOption,
    by: ByOption = None,
    account: Annotated[
        str, typer.Option("--account", metavar="账号", help="这个人与台账上另一个收款人同用的账号，已查明。")
    ] = "",
) -> None:
    """姓名、出生日期或账号相同，但确是另一个人（或另一个组织）：以后照常发放；合并错了的，撤销合并。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.kind import narrow
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.payee_ids import Register, key_of

    with opened(ledger).writing() as connection:
        if account:
            Register(connection).share(key_of(number), narrow(account), said(by, note))
            typer.echo("已登记：这个号码可以发到这个账号。", err=True)
            return
        was_joined = Register(connection).part(key_of(number), said(by, note))
    typer.echo("已撤销合并，仍是两个人。" if was_joined else "已登记为另一个人。", err=True)


def propose(asked: Asked) -> int:
    """`ledger propose`. Gives the exit code."""
    from sanchuang_cli.cli.vouching import perform_propose

    perform_propose(asked)
    return 0


def paper(asked: Asked) -> int:
    """`ledger paper`. Gives the exit code."""
    from sanchuang_cli.cli.vouching import perform_paper

    perform_paper(asked)
    return 0


def approve(asked: Asked) -> int:
    """`ledger approve`. Gives the exit code."""
    from sanchuang_cli.cli.vouching import perform_approve

    perform_approve(asked)
    return 0


_OWN = {
    "ledger": LedgerOption,
    "out": Annotated[Path | None, typer.Option("--out", help="写到哪个文件；不写是 审批单-结果名.txt。")],
}
app.command("propose", help="提请一份不发钱的结果（评星、测评等），由另一个人审批。")(
    asking(propose, PROPOSE_RESULT, required=("ledger",), said=_OWN)
)
app.command("paper", help="写出一份结果的审批单，给审批人看和签名；签名用 batch sign。")(
    asking(paper, PAPER_OF_RESULT, required=("ledger",), said=_OWN)
)
app.command(
    "approve",
    help="审批一份结果：须是提请人以外的人，用另一个登录名；登记了审批人的台账，还要审批人的签名。",
)(
    asking(
        approve,
        APPROVE_RESULT,
        required=("ledger",),
        said={**_OWN, "maker": ApproverOption, "password_file": approver.KeyPasswordOption},
    )
)


@app.command("results")
def results(ledger: LedgerOption) -> None:
    """列出提请过的结果，谁提请、谁审批。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.unpaid_results import results_page

    say(results_page(opened(ledger)))


@app.command("verify")
def verify(
    ledger: LedgerOption,
    head: Annotated[
        str, typer.Option("--head", help="签过字的纸、夜间摘要或备份上的台账校验码，至少写 16 位。")
    ] = "",
) -> None:
    """核对整本台账：台账链、分录、合计、批次、审批和签名、旁边的副本；--head 还查有没有删尾、换旧、全部改写。"""
    from sanchuang_cli.finding import UserError
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import checked
    from sanchuang_cli.ledger.proof import proved

    proof = proved(opened(ledger), head)
    if proof.troubles:
        raise UserError("\n  ".join([f"台账有 {len(proof.troubles)} 处不对：", *proof.troubles]))
    typer.echo("\n  ".join(["台账核对无误。", *checked(proof)]), err=True)


@app.command("rule")
def rule(
    name: Annotated[
        str,
        typer.Argument(metavar="规定", help="one-login：单位只有一个登录名；two-logins：恢复两个登录名。"),
    ],
    ledger: LedgerOption,
    by: Annotated[str, typer.Option("--by", help="经办人姓名。")],
    note: Annotated[str, typer.Option("--note", help="批准这样做的文件，印在以后每张审批单上。")],
) -> None:
    """登记本单位审批的规定：只有一个登录名的，提请和审批可以用同一个，仍须是两个人。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger.approving import RULES, state_rule
    from sanchuang_cli.ledger.file import opened

    state_rule(opened(ledger), name, said(by, note))
    typer.echo(f"已登记：{RULES[name]}。", err=True)


@app.command("upgrade")
def upgrade(ledger: LedgerOption, by: ByOption = None, note: NoteOption = "") -> None:
    """把旧版本的台账升级到本版本：先备份，再升级，要么全成，要么不动。"""
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger.upgrade import upgrade as upgraded

    backup, head = upgraded(ledger, said(by, note))
    typer.echo(f"已升级。升级前的备份：{backup}。台账校验码：{head}", err=True)


@app.command("show")
def show(ledger: LedgerOption, person: PersonArgument) -> None:
    """一个人的全部分录。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.entrylist import entries_page
    from sanchuang_cli.ledger.file import opened

    say(entries_page(opened(ledger), person))


@app.command("export")
def export(
    ledger: LedgerOption,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件（.xlsx 或 .csv），身份证号是全的。")],
) -> None:
    """全部分录写成 xlsx（另有各次运行、批次、收入、审批和经过）或 csv。"""
    from datetime import date

    from sanchuang_cli.finding import UserError
    from sanchuang_cli.ledger.entrylist import entries_page, runs_page
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.income_pages import lines_page
    from sanchuang_cli.ledger.listing import acts_page, batches_page
    from sanchuang_cli.report import files, workbook

    book = opened(ledger)
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise UserError(f"--out {out} 应以 .xlsx 或 .csv 结尾。")
    entries = entries_page(book)
    if out.suffix.lower() == ".csv":
        saved = files.save(out, lambda path: _write_csv(path, entries))
    else:
        came_in = lines_page(book)
        income = [came_in] if came_in.rows else []
        pages = [entries, runs_page(book), batches_page(book), *income, acts_page(book)]
        saved = files.save(out, lambda path: workbook.write(path, pages, on=date.today()))
    typer.echo("\n".join(filter(None, (saved.instead, f"台账分录：{saved.path}"))), err=True)


def _write_csv(path: Path, table: "Table") -> None:
    """Write a table as CSV with whole numbers of persons, in the encoding that Excel recognises as UTF-8."""
    import csv

    from sanchuang_cli.report import shown

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in table.columns])
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            writer.writerow([shown.text(column.kind, value) for column, value in cells])


@app.command("balance")
def balance(
    ledger: LedgerOption,
    by: Annotated[
        str, typer.Option("--by", help="按什么合计：township、benefit、component、month，用逗号隔开。")
    ] = "benefit",
) -> None:
    """已发合计，按乡镇、补贴项目、月份。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import balance_page

    say(balance_page(opened(ledger), [word for word in by.split(",") if word]))


@app.command("receive")
def receive(
    ledger: LedgerOption,
    result: Annotated[Path, typer.Argument(metavar="结果", help="审批过的党费结果（.xlsx），全年的。")],
    by: ByOption = None,
    note: Annotated[str, typer.Option("--note", help="说明；冲销的依据。")] = "",
    reverse: Annotated[
        bool, typer.Option("--reverse", help="与已登记的不同的，原记录冲销，另记新数；要写 --note。")
    ] = False,
) -> None:
    """把党费结果里收讫、上缴、返还的登记进台账：已登记的不因重算而变，只登记新的；不与发放相抵。"""
    from sanchuang_cli.cli.receiving import perform_receive

    perform_receive(ledger, result, by, note, reverse=reverse)


@app.command("income")
def income(
    ledger: LedgerOption,
    who: Annotated[
        str, typer.Argument(metavar="人", help="姓名、身份证号或末四位、支部、票号：列出明细；不写则列合计。")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help="按什么合计：township、branch、month，用逗号隔开。")
    ] = "township",
) -> None:
    """登记的收入：收讫、自愿多交、上缴、返还，各是一栏。"""
    from sanchuang_cli.cli.spoken import say
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.income_pages import lines_page, sums_page

    book = opened(ledger)
    say(lines_page(book, who) if who else sums_page(book, [word for word in by.split(",") if word]))


@app.command("reconcile")
def reconcile(
    ledger: LedgerOption,
    books: Annotated[list[str], typer.Argument(metavar="对账单...", help="付款账户的银行对账单或交易明细。")],
    period: Annotated[
        str, typer.Option("--period", help="对哪一年；也可写 2026H2（半年）、2026Q3、2026-07。")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="对账表写到哪个文件（.xlsx），账号遮盖。")] = None,
    days: Annotated[int, typer.Option("--days", min=0, max=90, help="送银行后几天以内扣款的算同一笔。")] = 15,
    columns: Annotated[
        Path | None, typer.Option("--columns", help="列名对照（.toml），对账单的列认错时用。")
    ] = None,
) -> None:
    """年度对账：把台账的发放、退票和银行对账单逐笔对，差在哪里逐笔列出；什么都不改动。"""
    from sanchuang_cli.cli.reconcile_command import perform_reconcile

    raise typer.Exit(0 if perform_reconcile(ledger, books, period, out, days, columns) else 1)


@app.command("backup")
def backup(
    ledger: LedgerOption, target: Annotated[Path, typer.Argument(metavar="备份", help="备份文件夹。")]
) -> None:
    """备份台账和它旁边的批次副本，到一个新的文件夹。"""
    from sanchuang_cli.ledger.copying import backup as backed_up
    from sanchuang_cli.ledger.file import opened

    head = backed_up(opened(ledger), target)
    typer.echo(f"备份：{target}。台账校验码：{head}", err=True)


@app.command("copy")
def copy(
    source: Annotated[
        LedgerPlace, typer.Argument(metavar="从", help="台账文件或数据库地址。", parser=placed)
    ],
    target: Annotated[
        LedgerPlace, typer.Argument(metavar="到", help="还没有台账的文件名或数据库地址。", parser=placed)
    ],
) -> None:
    """把台账整本搬到数据库，或搬回文件：每张表逐行、每个副本、台账链都核对相同才算数，不同就什么都不留。"""
    from sanchuang_cli.ledger.copying import copy as copied
    from sanchuang_cli.ledger.file import opened
    from sanchuang_cli.ledger.listing import checked

    proof = copied(opened(source), target)
    typer.echo("\n  ".join([f"已复制到 {target}，逐行核对相同。", *checked(proof)]), err=True)
    typer.echo(f"现在有两本，只能用一本：以后都用 {target}，请把 {source} 收好，不要再用它提请。", err=True)
