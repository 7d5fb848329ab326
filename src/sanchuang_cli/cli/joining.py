"""Reads the results of other programmes that --result names, and checks that they are unchanged and, if needed, approved in
the ledger; it writes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.cli.ledger_option import LEDGER, named_by_the_environment
from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.join import Join
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.read import ReadRosters
from sanchuang_cli.roster.results import Result, opened, read_joined


def ledger_of_approvals(asked: Asked) -> LedgerPlace | None:
    """The ledger that says what is approved: of the option, else of the environment."""
    return asked.approvals or named_by_the_environment()


def joined(programme: Programme, edition: Any, period: Period, asked: Asked) -> list[ReadRosters]:
    """The rows of the other programmes' results, one reading for each join that the edition asks for and whose result is
    given.

    Raises UserError where a result is missing, was changed after it was written, or is not approved though it must be.
    """
    joins = [each for each in programme.joins if each.wanted(edition)]
    if asked.results and not joins:
        how = "；所用的政策没有写要取自结果，要取的请写进政策，或换一份写了的（见 sanchuang policy list）"
        raise UserError(f"{programme.name} 不用 --result，请去掉{how if programme.joins else ''}。")
    given = _given(asked) if asked.results else []
    _refuse_unused(programme, joins, given)
    readings = []
    for join in joins:
        matching = [each for each in given if each.programme == join.programme]
        if not matching and join.optional:
            continue
        if not matching:
            raise UserError(_missing(join))
        reading = read_joined(matching, join, period)
        if programme.must(join, edition) == "approved":
            reading = replace(reading, findings=(*reading.findings, *_approved(join, matching, asked)))
        readings.append(reading)
    return readings


def _refuse_unused(programme: Programme, joins: Sequence[Join], given: Sequence[Result]) -> None:
    """Raises UserError for a result of a programme that none of the joins uses."""
    programmes = {join.programme for join in joins}
    for result in given:
        if result.programme not in programmes:
            what = result.facts["事项"][0]
            raise UserError(
                f"--result 给的 {result.book.name} 是{what}的结果，{programme.name} 不用，请去掉。"
            )


def _given(asked: Asked) -> list[Result]:
    books, passwords = paths.books(asked.results), Passwords(asked.password_file)
    names = zip(books, paths.labels(books), strict=True)
    return [opened(path, name, passwords, "本程序写出的结果工作簿") for path, name in names]


def _missing(join: Join) -> str:
    title = next((entry.title for entry in PROGRAMMES if entry.name == join.programme), join.programme)
    return f"{join.column.heading}要取自{title}的结果：请用 --result 给出 sanchuang {join.programme} 写出的工作簿。"


def _approved(join: Join, results: Sequence[Result], asked: Asked) -> Iterator[Finding]:
    """Warnings where a newer result of the same period was approved later.

    Raises UserError where the ledger has no approval of one of the results.
    """
    path = asked.ledger or ledger_of_approvals(asked)
    if path is None:
        raise UserError(
            f"政策要求{join.column.heading}取自审批过的结果：请用 --ledger 给出审批它的台账（或设 {LEDGER}）。"
        )
    from sanchuang_cli.ledger.file import opened as opened_ledger  # the ledger takes long to import
    from sanchuang_cli.ledger.unpaid_results import Stated, standing

    stated = [Stated.of(result) for result in results]
    known = standing(opened_ledger(path), stated)
    if wrong := [each.book for each, stands in zip(stated, known, strict=True) if not stands.approved]:
        raise UserError(_not_approved(path, join, wrong))
    for statement, stands in zip(stated, known, strict=True):
        if stands.newer:
            yield Finding(
                "join.newer",
                Severity.WARNING,
                f"{statement.book} 审批以后，同一期的结果又审批过一份：{stands.newer.book}",
                Place(statement.book),
                f"{join.column.heading}以最后审批的结果为准",
                "请换成后来审批的那一份；确要用这一份的，请写明理由。",
            )


def _not_approved(ledger: LedgerPlace, join: Join, books: Sequence[str]) -> str:
    """The message that the ledger has no approval of these results, and how to get one."""
    pays = any(entry.name == join.programme and "pays" in entry.can for entry in PROGRAMMES)
    remedy = _BY_BATCH if pays else _BY_ITSELF.format(books[0])
    return f"台账 {ledger} 里没有审批过 {'、'.join(books)}，不能取它的{join.column.heading}。{remedy}"


_BY_ITSELF = "请提请：sanchuang ledger propose {0} --by 经办人姓名，再由另一个人审批：sanchuang ledger approve {0} --by 审批人姓名。"
_BY_BATCH = "它随批次审批：sanchuang batch approve 批次号 --by 审批人姓名。"
