"""What `ledger receive` does: reads an approved result of `dues` and books what it says came in."""

from collections import Counter
from pathlib import Path

import typer

from sanchuang_cli.cli.given_result import SAVE_PLAIN, result_at
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.domain.dues.income import READS, TITLES, lines
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.income import BookedIncome, book
from sanchuang_cli.ledger.unpaid_results import Stated
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import listed
from sanchuang_cli.roster.results import read_pages

_OF = "dues"


def perform_receive(ledger: LedgerPlace, path: Path, by: str | None, note: str, *, reverse: bool) -> None:
    """Book the result and say what was added. Raises UserError where it cannot be booked."""
    result = result_at(path, "本程序写出的党费结果", SAVE_PLAIN)
    if result.programme != _OF:
        what = listed(result.programme).title
        raise UserError(
            f"{path.name} 是{what}的结果，没有要登记的收入。请给出 sanchuang {_OF} 写出的工作簿。"
        )
    year = result.period.start.year
    if result.period != Period.year(year):
        raise UserError(
            f"{path.name} 是{result.period.title}的结果。收入按全年的结果登记，请用 --period {year} 重做。"
        )
    found = list(lines(read_pages(result, READS), year, result.judged))
    made = book(opened(ledger), Stated.of(result), found, said(by, note), reverse=reverse)
    typer.echo("\n".join(_told(made)), err=True)


def _told(made: BookedIncome) -> list[str]:
    sums, count = Counter[str](), Counter(line.kind for line in made.added)
    for line in made.added:
        sums[line.kind] += line.fen
    added = "，".join(
        f"{title} {count[kind]} 条 {yuan(sums[kind]):,} 元" for kind, title in TITLES.items() if count[kind]
    )
    told = [f"已登记：{added}。" if added else "没有新的收入，台账没有改动。"]
    told += [f"冲销原记录 {made.reversed} 条。"] if made.reversed else []
    told += [f"{made.moved} 张收据这次算到别的月份，台账仍按登记时的月份。"] if made.moved else []
    return [*told, *(f"注意：{beyond}；请在下一次上缴、返还时抵。" for beyond in made.beyond)]
