"""Reads results as the books of a command over results, such as `due`; of every workbook in the given folders it says
whether it is used, is not needed, or is no result. It writes nothing.

Of each programme the newest result counts. Two of one programme and period are refused with both names, since nobody can
tell which of them is right; so is a result whose values were changed, with the cell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.programmes import OVER_RESULTS
from sanchuang_cli.record import Roster, Wanted
from sanchuang_cli.report import files
from sanchuang_cli.report.appendix import PART
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.read import read_books
from sanchuang_cli.roster.results import NotAResult, Result, opened, refuse_missing_parts
from sanchuang_cli.tally import Books, Input, Sort

NO_RESULT = "不是本程序写出的结果"


class Gathered(NamedTuple):
    """What the results of some folders say. paths: all workbooks that were given; sorts: what each of them is."""

    paths: tuple[Path, ...]
    books: tuple[Input, ...]
    rosters: dict[str, Roster[Any]]
    findings: tuple[Finding, ...]
    sorts: Books


@dataclass
class Opened:
    """The given workbooks while they are sorted. strangers: those that are no results, by name. copies: the names of those
    that are the same as another, and of which."""

    results: list[Result]
    strangers: dict[str, Path]
    copies: list[tuple[str, str]]

    @property
    def unused(self) -> list[tuple[str, str]]:
        """The name of each workbook that is not looked into, and why."""
        return [*((name, NO_RESULT) for name in self.strangers), *self.copies]


def gathered(
    words: Sequence[str],
    wanted: Mapping[str, Wanted[Any]],
    passwords: Sequence[str],
    but: Collection[Path] = (),
) -> Gathered:
    """The rosters `wanted` from the results that the words name: files, or folders with all that lies below them, `but` excepted.

    Each record is told the title of its programme (`matter`) and the day of its result (`judged`). Raises UserError.
    """
    given = result_files(words, but)
    opened_books = open_results([*zip(given, paths.labels(given), strict=True)], passwords)
    used, unused = _newest(opened_books.results, wanted)
    readings = [read_books([result.book], _optional(wanted)) for result in used]
    sorts = [(result.book.name, Sort.USED, "") for result in used]
    sorts += [(name, Sort.OTHER, what) for name, what in (*unused, *opened_books.unused)]
    return Gathered(
        tuple(given),
        tuple(book for reading in readings for book in reading.books),
        {
            name: _together(
                (_of(result, reading.rosters[name]) for result, reading in zip(used, readings, strict=True))
            )
            for name in wanted
        },
        tuple(finding for reading in readings for finding in reading.findings),
        Books(len(given), tuple(sorts)),
    )


def result_files(words: Sequence[str], but: Collection[Path] = ()) -> list[Path]:
    """Every .xlsx that a word names or that lies below a folder, but for those of `but`. Raises UserError where there is none."""
    return files_below(
        words, frozenset({".xlsx"}), "结果工作簿（.xlsx）。请给出放结果的文件夹，如 结果。", but
    )


def files_below(words: Sequence[str], kinds: Set[str], wanted: str, but: Collection[Path] = ()) -> list[Path]:
    """Every file of these kinds that a word names or that lies below a folder, but for lock files and what a killed run left.

    wanted: what the message asks for. but: files that are passed over below a folder. Raises UserError where there is none.
    """
    passed_over = {path.resolve() for path in but}
    found: dict[Path, Path] = {}
    for word in words:
        path = Path(word)
        below = sorted(path.rglob("*")) if path.is_dir() else []
        below = [file for file in below if file.suffix.lower() in kinds and file.is_file()]
        own = [file for file in below if file.resolve() not in passed_over]
        for file in own if path.is_dir() else paths.books([word]):
            if not file.name.startswith(paths.LOCKS) and files.UNFINISHED not in file.name:
                found.setdefault(file.resolve(), file)
    if not found:
        raise UserError(f"{'、'.join(words)} 里没有{wanted}")
    return list(found.values())


def open_results(books: Sequence[tuple[Path, str]], passwords: Sequence[str]) -> Opened:
    """The results among the files, each once. books: each with the name by which messages call it. Raises UserError for one that
    was changed, and where there is none."""
    sorted_out, seen = Opened([], {}, []), dict[str, str]()
    for path, name in books:
        try:
            result = opened(path, name, passwords)
        except NotAResult:
            sorted_out.strangers[name] = path
            continue
        if result.digest and result.digest.sha256 in seen:
            sorted_out.copies.append((name, f"和 {seen[result.digest.sha256]} 是同一份"))
            continue
        seen[result.digest.sha256 if result.digest else name] = name
        sorted_out.results.append(result)
    if not sorted_out.results:
        raise UserError(
            f"给出的 {len(books)} 个文件里没有一份是本程序写出的结果。请给出放结果的文件夹，如 结果。"
        )
    return sorted_out


def by_period(results: Iterable[Result]) -> list[list[Result]]:
    """The results of one programme by period, the newest first; its parts by township stand together."""
    periods: dict[Any, list[Result]] = defaultdict(list)
    for result in results:
        periods[result.period.last, result.period.first].append(result)
    return [periods[end] for end in sorted(periods, reverse=True)]


def _newest(
    results: Sequence[Result], wanted: Mapping[str, Wanted[Any]]
) -> tuple[list[Result], list[tuple[str, str]]]:
    """The results that count, and the name of each other one with what it is. Raises UserError."""
    chief = next(iter(wanted.values())).sheet
    over_results = {one.name for one in OVER_RESULTS}
    of_programme: dict[str, list[Result]] = defaultdict(list)
    unused = []
    for result in results:
        if any(sheet.name.partition("(")[0].endswith(chief) for sheet in result.book.sheets):
            of_programme[result.programme].append(result)
        elif result.programme in over_results:
            why = f"{result.title}是从别的结果合成的，它的内容在那些结果里"
            unused.append((result.book.name, why))
        else:
            unused.append((result.book.name, f"{result.facts['事项'][0]}的结果，没有“{chief}”页"))
    used = []
    for own in of_programme.values():
        newest, *older = by_period(own)
        unused += [
            (result.book.name, f"{result.title}{result.period.title}的结果，已有更新的")
            for period in older
            for result in period
        ]
        refuse_twice(newest)
        used += newest
    return used, unused


def refuse_twice(results: Sequence[Result]) -> None:
    """Raises UserError where two results say the same thing, or parts by township are missing."""
    by_part: dict[str, list[str]] = defaultdict(list)
    for result in results:
        by_part[result.facts.get(PART, [""])[0]].append(result.book.name)
    names = [result.book.name for result in results]
    if len(names) > 1 and ("" in by_part or any(len(same) > 1 for same in by_part.values())):
        first = results[0]
        raise UserError(
            f"{first.title}{first.period.title}的结果有 {len(names)} 份：{'、'.join(names)}，不知道以哪一份为准。请只留一份。"
        )
    refuse_missing_parts(results, "文件夹里")


def _optional(wanted: Mapping[str, Wanted[Any]]) -> dict[str, Wanted[Any]]:
    return {name: replace(roster, optional=True) for name, roster in wanted.items()}


def _of(result: Result, roster: Roster[Any]) -> Roster[Any]:
    """The roster of a result with the title of its programme and its day in every record."""
    told = {"matter": result.title, "judged": result.judged}
    return replace(roster, records=tuple(structs.replace(record, **told) for record in roster.records))


def _together(rosters: Iterable[Roster[Any]]) -> Roster[Any]:
    """Rosters of several results as one."""
    given = list(rosters)
    return Roster(
        tuple(record for roster in given for record in roster.records),
        tuple(row for roster in given for row in roster.set_aside),
    )
