"""Carries out `policy check`: reads a policy strictly, proves what it prints, and prints which clauses decide nothing, which
figures are missing and which limits can be read in two ways; with --on it reads rosters too. It writes no file.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.lint_amounts import amounts_apart, usual
from sanchuang_cli.cli.lint_printed import contradictions
from sanchuang_cli.cli.lint_variants import OverRoster, Placed, placed
from sanchuang_cli.cli.lint_wording import Edge, edges, figures_apart
from sanchuang_cli.cli.made import Begun
from sanchuang_cli.cli.policy_diff import occasion_of, read
from sanchuang_cli.contrast import Change
from sanchuang_cli.finding import UserError
from sanchuang_cli.money import yuan
from sanchuang_cli.policy import Policy, PolicyFile, load, packs, source
from sanchuang_cli.policy_errors import meant
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes import listed
from sanchuang_cli.roster import paths

_NAMED = 10
"""How many people a line names."""


def perform(asked: Asked) -> int:
    """Check the policy and say what was found. Gives the exit code: 1 where what is printed is refuted."""
    name, books = _sorted_out(asked.policy, [*(asked.on or ())], asked.books)
    asked = replace(asked, policy=None, on=None, books=books)
    entry = listed(asked.programme)
    programme = entry.load()
    file: PolicyFile[Any] = load(programme.policy, *source(programme.name, name))
    for edition in file.editions:
        typer.echo(f"{edition.effective.isoformat()} 起  {edition.title}")
        for line in edition.spelt_out():
            typer.echo(f"  {line}")
    for note in file.renamed:
        typer.echo(f"说明：{note}。")
    start = Begun(entry, programme, occasion_of(programme, [file], asked), file)
    refuted = [fault for edition in file.editions for fault in contradictions(start, edition)]
    suspect = [*_alone(start, edged=not books), *(_over(start, asked) if books else ())]
    for what, found in (("与印的不符", refuted), ("疑点", suspect)):
        for number, fault in enumerate(dict.fromkeys(found), 1):
            typer.echo(f"{what}{number}：{fault}。")
    proven = sum(len(edition.printed) for edition in file.editions)
    printed = f"，印的 {proven} 处" + (f"有 {len(refuted)} 处不符" if refuted else "都对") if proven else ""
    doubtful = f"，疑点 {len(dict.fromkeys(suspect))} 处" if suspect else "，没有疑点" if books else ""
    typer.echo(f"{file.name}：{len(file.editions)} 版，没有错误{printed}{doubtful}。sha256 {file.sha256}")
    return int(bool(refuted))


def _alone(start: Begun, *, edged: bool) -> Iterator[str]:
    """What the document shows by itself. edged: its edges too, which rosters tell more of."""
    known = usual(_supplied(start.programme))
    for edition in start.policy.editions:
        blocks = _blocks(edition)
        yield from start.programme.lints.faults(edition, ())
        yield from figures_apart(
            [*blocks, *(Placed(("printed", i), one, ()) for i, one in enumerate(edition.printed))]
        )
        yield from amounts_apart(blocks, known)
        yield from (edge.said for edge in edges(edition, blocks) if edged and not edge.faint)
    yield from _renamed(start.policy)


def _supplied(programme: Programme) -> Iterator[Placed]:
    """All blocks of the documents that come with the program."""
    for name in (None, *packs(programme.name)):
        for edition in load(programme.policy, *source(programme.name, name)).editions:
            yield from placed(edition)


def _blocks(edition: Policy) -> list[Placed]:
    return list(placed(edition))


def _renamed(file: PolicyFile[Any]) -> Iterator[str]:
    """Things of an edition that a later one has under another name: what is renamed is taken for something else."""
    for before, after in zip(file.editions, file.editions[1:], strict=False):
        old, new = ([one.name for one in getattr(edition, "benefit", ())] for edition in (before, after))
        for name in (one for one in old if one not in new):
            if like := meant(name, [one for one in new if one not in old]):
                yield f"{before.effective} 的“{name}”在 {after.effective} 一版没有了{like}：改了名就当作另一项，从头补发"


def _over(start: Begun, asked: Asked) -> Iterator[str]:
    """What the rosters show."""
    start, given = read(start, asked)
    over = OverRoster(start, given)
    try:
        edition = over.edition
    except UserError as trouble:
        lacking = str(trouble).splitlines()
        yield f"{start.when.period.title}算不出来：{'；'.join(map(str.strip, lacking))}"
        return
    first = start.policy.editions[0]
    if first.effective > start.when.period.first:
        yield f"{start.when.period.title}里 {first.effective} 以前没有规定：第一版从那天起施行"
    records = given.rosters[start.programme.chief].records
    known = set(start.programme.lints.faults(edition, ()))
    yield from (fault for fault in start.programme.lints.faults(edition, records) if fault not in known)
    yield from over.idle()
    for edge in edges(edition, _blocks(edition)):
        yield from _of_whom(edge, over.changes(edge.other))


def _of_whom(edge: Edge, changes: list[Change] | None) -> Iterator[str]:
    """Both readings, and whose result depends on which."""
    if not changes:
        if not edge.faint:
            yield f"{edge.said}。名册上没有人的结果因此不同" if changes == [] else edge.said
        return
    told = "、".join(map(_told, changes[:_NAMED])) + (
        f" 等 {len(changes)} 个" if len(changes) > _NAMED else ""
    )
    yield f"{edge.said}。另一种读法下 {len(changes)} 个结果不同：{told}"


def _told(change: Change) -> str:
    record = change.record
    results = (_result(standing) for standing in (change.old, change.new))
    return (
        f"{getattr(record, 'township', '')}{record.name}（{record.row.place().spot}，{' → '.join(results)}）"
    )


def _result(standing: Any) -> str:
    if standing.stars is not None:
        return "，".join(filter(None, (f"{standing.stars} 星", standing.grade)))
    return f"{yuan(standing.fen())} 元" if standing.sums else standing.part or "不涉及"


def _sorted_out(policy: str | None, on: list[str], more: list[str]) -> tuple[str | None, list[str]]:
    """The policy and the books: a shell spells out --on *.xlsx as --on a.xlsx b.xlsx. Raises UserError."""
    names = [policy, *more] if policy else more
    documents = [name for name in names if Path(name).suffix.lower() not in paths.BOOKS]
    books = [*on, *(name for name in names if name not in documents)]
    if len(documents) > 1:
        raise UserError(f"只检查一份政策，多写了 {'、'.join(documents[1:])}。名册写在 --on 后面。")
    if len(books) > len(on) and not on:
        raise UserError(f"名册写在 --on 后面，如 --on {books[0]}。")
    return next(iter(documents), None), books
