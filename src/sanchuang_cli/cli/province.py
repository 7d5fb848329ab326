"""Carries out `province`: the jobs of many counties at once, each in its own folder as `run` does, and what they come to together.

It opens no roster itself. Who stands in two counties it finds by digests under a key that only the counties have.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import typer

from sanchuang_cli.cli.cluster import cluster, each_done
from sanchuang_cli.cli.county_task import LISTED, CountyDone, work
from sanchuang_cli.cli.morning import ASIDE, CLEAN, FAILED
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import files, shown, workbook
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.table import Column, Table

_KEY_BYTES = 32
_STATES = {CLEAN: "完成", ASIDE: "完成，有待核实的"}
_ENDED = "运行它的进程中断了"
_CURRENT = "应发是所写期间的，不含补发、抵扣和追缴；提请了多少，见各县的台账（batch list）。"


class Pair(NamedTuple):
    """Somebody who stands in two counties, by where he stands in each."""

    county: str
    place: str
    other: str
    other_place: str


class Ask(NamedTuple):
    """What is asked of every county, as of `run`."""

    only: tuple[str, ...]
    force: bool


def perform(counties: Sequence[Path], scheduler: str, workers: int, ask: Ask, out: Path | None) -> int:
    """Run the jobs of all counties and write what they come to. Gives the highest exit code. Raises UserError."""
    folders = [str(county.absolute()) for county in counties]
    if len({*folders}) < len(folders):
        raise UserError("同一个县的文件夹写了两次，请去掉一个。")
    with cluster(scheduler, workers) as client:
        done = _all_done(client, folders, ask)
    names = dict(zip(folders, labels(list(counties)), strict=True))
    named = {names[folder]: done[folder] for folder in folders}
    pairs, not_compared = compared(named)
    pages = [_failed_page(named), _counties_page(named), _pairs_page(pairs, not_compared)]
    day = date.today()
    saved = files.save(
        out or Path(f"各县汇总-{day}.xlsx"),
        lambda path: workbook.write(path, [page for page in pages if page.rows or page.notes], on=day),
    )
    typer.echo(
        "\n".join(filter(None, (saved.instead, f"{_in_words(named, pairs, not_compared)}；{saved.path}"))),
        err=True,
    )
    return max(county.code for county in named.values())


def new_key(path: Path) -> None:
    """Write a key for the counties to share, which only its owner can read. Raises UserError where the file exists."""
    if path.exists():
        raise UserError(f"{path} 已经有了，没有改动：换了密钥，各县就对不上了。")
    files.save(path, lambda target: _write_key(target))


def _write_key(path: Path) -> None:
    path.write_bytes(secrets.token_bytes(_KEY_BYTES))
    path.chmod(0o600)


def _all_done(client: object, folders: Sequence[str], ask: Ask) -> dict[str, CountyDone]:
    """What became of every county. One whose process ended is tried once more when the others are finished."""
    done: dict[str, CountyDone] = {}
    for attempt in (1, 2):
        left = [folder for folder in folders if folder not in done]
        for folder, result in each_done(client, work, left, *ask):
            if isinstance(result, CountyDone):
                done[folder] = result
            elif attempt > 1:
                done[folder] = CountyDone(FAILED, told=f"{_ENDED}（{type(result).__name__}），又试一次也是。")
            typer.echo(f"（{len(done)}/{len(folders)}）{Path(folder).name}：{_state(result)}", err=True)
    return done


def _state(result: object) -> str:
    if not isinstance(result, CountyDone):
        return _ENDED
    told = [result.told, *(f"{LISTED[job.programme].title}：{job.told}" for job in result.jobs if job.told)]
    return _STATES.get(result.code) or "；".join(["没有完成", *filter(None, told)])


def compared(counties: Mapping[str, CountyDone]) -> tuple[list[Pair], list[str]]:
    """Who stands in two counties, and the counties that could not be compared, because they have no key or another one."""
    checks = [county.people.check for county in counties.values() if county.people]
    usual = max(checks, key=checks.count, default=b"")
    seen: dict[bytes, list[tuple[str, str]]] = {}
    not_compared = []
    for name, county in counties.items():
        if county.people is None or county.people.check != usual:
            not_compared.append(name)
            continue
        for digest, place in county.people.each():
            seen.setdefault(digest, []).append((name, place))
    twice = [places for places in seen.values() if len(places) > 1]
    return [Pair(*one, *other) for places in twice for one, other in combinations(places, 2)], not_compared


def _failed_page(counties: Mapping[str, CountyDone]) -> Table:
    """Whom the sums lack: counties and jobs that could not run, and why."""
    whole = [(name, "", county.told) for name, county in counties.items() if county.told]
    jobs = [
        (name, LISTED[job.programme].title, job.told)
        for name, county in counties.items()
        for job in county.jobs
        if job.told
    ]
    columns = (Column("county", "县"), Column("title", "事项"), Column("told", "为什么", wide=True))
    return Table("没有完成的", "没有完成的县和事项（下面各页不含）", columns, [*whole, *jobs])


def _counties_page(counties: Mapping[str, CountyDone]) -> Table:
    """By programme a line for each county that gave rosters for it."""
    lines = [
        (
            job.programme,
            name,
            str(job.facts["period"]),
            job.facts["read"],
            job.facts["set_aside"],
            *(job.facts.get("paid", {}).get(what) for what in ("lines", "fen")),
        )
        for name, county in counties.items()
        for job in county.jobs
        if job.facts
    ]
    columns = (
        Column("title", "事项"),
        Column("county", "县"),
        Column("period", "期间"),
        Column("read", "读取", Kind.COUNT, total=True),
        Column("set_aside", "待核实", Kind.COUNT, total=True),
        Column("lines", "本期应发笔数", Kind.COUNT, total=True, if_any=True),
        Column("fen", "本期应发金额", Kind.MONEY, total=True, if_any=True),
    )
    rows = [(LISTED[at].title, *line) for at, *line in sorted(lines, key=itemgetter(0))]
    notes = (_CURRENT,) if any(line[-1] is not None for line in lines) else ()
    return Table("各县", "各县各项工作", columns, rows, group="title", unit="元", signed=True, notes=notes)


def _pairs_page(pairs: Sequence[Pair], not_compared: Sequence[str]) -> Table:
    columns = (
        Column("county", "县"),
        Column("place", "在哪一行", wide=True),
        Column("other", "另一个县"),
        Column("other_place", "在哪一行", wide=True),
    )
    notes = (
        (f"没有核对的县（没有共用密钥，或密钥不同）：{'、'.join(not_compared)}。",) if not_compared else ()
    )
    return Table("两县都有的人", "两个县的名册里都有的人", columns, pairs, notes=notes)


def _in_words(counties: Mapping[str, CountyDone], pairs: Sequence[Pair], not_compared: Sequence[str]) -> str:
    """What the run came to, in a line."""
    facts = [job.facts for county in counties.values() for job in county.jobs]
    failed = sum(county.code >= FAILED for county in counties.values())
    paid = sum(fact.get("paid", {}).get("fen", 0) for fact in facts)
    read, aside = (sum(fact.get(what, 0) for fact in facts) for what in ("read", "set_aside"))
    return (
        f"{len(counties)} 个县，没有完成的 {failed} 个；读取 {read} 行，待核实 {aside} 行；"
        f"本期应发 {shown.text(Kind.MONEY, paid)} 元（不含补发）；{of_two_counties(len(counties), len(pairs), not_compared)}"
    )


def of_two_counties(counties: int, pairs: int, not_compared: Sequence[str]) -> str:
    """What was found of those who stand in two counties; that it is nobody only where counties were compared."""
    why = "没有共用密钥，或密钥不同"
    if counties - len(not_compared) < len(("one", "other")):
        return (
            f"两县都有的人没有核对：{'、'.join(not_compared)} {why}"
            if not_compared
            else "只有一个县，没有核对两县都有的人"
        )
    without = f"（没有核对 {'、'.join(not_compared)}：{why}）" if not_compared else ""
    return f"两县都有的 {pairs} 人次{without}"
