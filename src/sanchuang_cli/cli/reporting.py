"""Sorts the files of some folders for `report`: what counts, what waits for a signature, what is of an earlier period.

It reads what the results state and, with a ledger, whether they are approved. It writes nothing. Where the folders are of several
counties, each county is sorted by itself, and one that cannot be read stops none of the others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from sanchuang_cli.cli.gathering import (
    NO_RESULT,
    Gathered,
    by_period,
    open_results,
    refuse_twice,
    result_files,
)
from sanchuang_cli.domain.stated.given import COPY, COUNTED, EARLIER, UNKNOWN, WAITING, GivenFile
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.programmes import OVER_RESULTS
from sanchuang_cli.record import Roster, Row, Source, Wanted
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.read import ReadRosters, read_books
from sanchuang_cli.roster.results import Result
from sanchuang_cli.roster.stated import stated
from sanchuang_cli.tally import Books, Input, Sort

_TARGETS = ("budget", "plan")
COUNTY_LEDGER = "台账.db"
"""What `init` calls a county's ledger."""


class _Read(NamedTuple):
    """What the files of a folder say. targets: budget and plan."""

    records: list[GivenFile]
    inputs: list[Input]
    targets: list[ReadRosters]


def reported(
    words: Sequence[str],
    wanted: Mapping[str, Wanted[Any]],
    passwords: Sequence[str],
    ledger: LedgerPlace | None,
    but: Collection[Path] = (),
) -> Gathered:
    """Every file that the words name as a record of the roster `files`, and budget and plan; of those below a folder `but` is
    passed over. Raises UserError."""
    given = result_files(words, but)
    named = zip(given, paths.labels(given), strict=True)
    return _gathered(given, [_read([*named], wanted, passwords, ledger, {})])


def of_counties(
    words: Sequence[str],
    wanted: Mapping[str, Wanted[Any]],
    passwords: Sequence[str],
    ledger: LedgerPlace | None,
    but: Collection[Path] = (),
) -> Gathered:
    """The same of every folder in the folders that the words name, each of which is a county. One that cannot be read is a record
    that says why. A workbook that another county handed in already is none of a county: it cannot be of two. A county is asked in
    its own ledger, where there is one. Raises UserError where there is no county."""
    counties, loose = _counties(words, but), _loose(words, but)
    given = [*loose, *(file for files in counties.values() for file in files)]
    names = dict(zip(given, paths.labels(given), strict=True))
    read = [_Read([_file(names[file], UNKNOWN, "不在哪一个县的文件夹里") for file in loose], [], [])]
    handed_in: dict[str, str] = {}
    for folder, files in counties.items():
        named = [(file, names[file]) for file in files]
        try:
            if not named:
                raise UserError("文件夹里没有结果工作簿（.xlsx）。")
            made = _read(named, wanted, passwords, ledger or _own_ledger(folder), handed_in)
        except UserError as trouble:
            unread = [name for _, name in named] or [folder.name]
            failed = [structs.replace(_file(name, UNKNOWN, ""), failed=str(trouble)) for name in unread]
            made = _Read(failed, [], [])
        read.append(_Read([_of_county(one, folder.name) for one in made.records], made.inputs, []))
        handed_in |= {own.sha256: own.file for own in made.inputs}
    return _gathered(given, read)


def _own_ledger(folder: Path) -> LedgerPlace | None:
    """The ledger of a county's working folder, if there is one."""
    return LedgerFile(folder / COUNTY_LEDGER) if (folder / COUNTY_LEDGER).is_file() else None


def _of_county(file: GivenFile, county: str) -> GivenFile:
    """A file of a county. Its budget and plan are compared in its own report."""
    if file.part == COUNTED and file.says is None:
        file = structs.replace(file, part=UNKNOWN, why="预算、计划只在本县自己的报告里对照")
    return structs.replace(file, county=county)


def _counties(words: Sequence[str], but: Collection[Path]) -> dict[Path, list[Path]]:
    """The workbooks of each county by its folder. Raises UserError where a word is no folder of folders, or two have one name."""
    folders: dict[str, Path] = {}
    for word in words:
        own = (
            sorted(one for one in Path(word).iterdir() if one.is_dir() and not one.name.startswith("."))
            if Path(word).is_dir()
            else []
        )
        if not own:
            raise UserError(
                f"{word} 里没有各县的文件夹。请给出一个文件夹，下面每个县一个文件夹，以县名命名。"
            )
        for folder in own:
            if folders.setdefault(folder.name, folder) != folder:
                raise UserError(
                    f"{folders[folder.name]} 和 {folder} 都叫“{folder.name}”，分不清是哪个县。请改其中一个的名称。"
                )
    return {folder: _workbooks(folder, but) for folder in folders.values()}


def _loose(words: Sequence[str], but: Collection[Path]) -> list[Path]:
    """The workbooks that lie beside the folders of the counties."""
    return [file for word in words for file in _workbooks(Path(word), but) if file.parent == Path(word)]


def _workbooks(folder: Path, but: Collection[Path]) -> list[Path]:
    try:
        return result_files([str(folder)], but)
    except UserError:
        return []


def _read(
    named: Sequence[tuple[Path, str]],
    wanted: Mapping[str, Wanted[Any]],
    passwords: Sequence[str],
    ledger: LedgerPlace | None,
    handed_in: Mapping[str, str],
) -> _Read:
    """The files, each with its name. handed_in: by its hash, what others handed in already. Raises UserError, also where there is
    none."""
    opened = open_results(named, passwords)
    own = [result for result in opened.results if result.book.sha256 not in handed_in]
    records = list(_of_results(own, ledger))
    records += [_copied(result, of) for result in opened.results if (of := handed_in.get(result.book.sha256))]
    records += [_file(name, COPY, why) for name, why in opened.copies]
    known = []
    for name, path in opened.strangers.items():
        readings = _targets(name, path, wanted, passwords)
        records.append(_file(name, COUNTED, _said(readings)) if readings else _file(name, UNKNOWN, NO_RESULT))
        known += readings
    hashes = {result.book.name: result.book.sha256 for result in opened.results}
    looked_at = [record.name for record in records if _counts(record)]
    return _Read(records, [Input(name, hashes[name], 0, 0) for name in looked_at if name in hashes], known)


def _gathered(given: Sequence[Path], read: Sequence[_Read]) -> Gathered:
    """What was read, of all folders together."""
    records = [record for one in read for record in one.records]
    known = [reading for one in read for reading in one.targets]
    inputs = [one for each in read for one in each.inputs]
    names = set(paths.labels(given))  # a county without a file has a record, too
    sorts = [_sort(record) for record in records if record.name in names]
    return Gathered(
        tuple(given),
        (*inputs, *(book for reading in known for book in reading.books)),
        {"files": Roster(tuple(records)), **{name: _together(known, name) for name in _TARGETS}},
        tuple(finding for reading in known for finding in reading.findings),
        Books(len(given), tuple(sorts)),
    )


def _counts(file: GivenFile) -> bool:
    """Whether something of a file stands in the report: its figures, or what they are compared with."""
    return file.part == COUNTED or (file.part == EARLIER and file.before)


def _sort(file: GivenFile) -> tuple[str, Sort, str]:
    if file.failed:
        return file.name, Sort.NOT_UNDERSTOOD, ""
    return (file.name, Sort.USED, "") if _counts(file) else (file.name, Sort.OTHER, file.why)


def _of_results(results: Sequence[Result], ledger: LedgerPlace | None) -> Iterator[GivenFile]:
    """The records of all results: of each programme the newest period, the one before it and older ones."""
    of_programme: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        of_programme[result.programme].append(result)
    for programme, own in of_programme.items():
        if any(programme == entry.name for entry in OVER_RESULTS):
            yield from (
                _file(each.book.name, UNKNOWN, f"{each.title}是由别的结果做成的", each) for each in own
            )
            continue
        newest, *older = by_period(own)
        refuse_twice(newest)
        for period in (newest, *older):
            before = period is not newest and period[0].period == newest[0].period.before()
            if before:
                refuse_twice(period)
            yield from (_sorted(each, ledger, newest=period is newest, before=before) for each in period)


def _copied(result: Result, of: str) -> GivenFile:
    file = _file(result.book.name, COPY, f"和 {of} 是同一份，没有计入", result)
    return structs.replace(file, says=stated(result), same_as=of)


def _sorted(result: Result, ledger: LedgerPlace | None, *, newest: bool, before: bool) -> GivenFile:
    """A result in its part. One that is not approved is not summed, nor compared with."""
    state, approved = _standing(result, ledger)
    if (newest or before) and not approved:
        file = _file(result.book.name, WAITING, "没有审批，没有计入", result)
    elif newest:
        file = _file(result.book.name, COUNTED, "", result)
    else:
        why = "作上期对照" if before else "不是紧接着的上一期，没有用"
        file = _file(result.book.name, EARLIER, why, result)
    return structs.replace(file, state=state, before=before, says=stated(result))


def _standing(result: Result, ledger: LedgerPlace | None) -> tuple[str, bool]:
    """How far a result has come in the ledger, and whether it may be summed. Without a ledger every one may."""
    if ledger is None:
        return "", True
    from sanchuang_cli.ledger.file import opened  # the ledger takes long to import
    from sanchuang_cli.ledger.unpaid_results import UNPROPOSED, Stated, stage, standing, waiting

    asked, book = Stated.of(result), opened(ledger)
    state, stale = stage(book, asked)
    (known,) = standing(book, [asked])
    proposed = [f"{one.who} 提请，等另一个人审批" for one in waiting(book) if one.digest == asked.digest]
    unproposed = ["等经办人提请"] if state.startswith(UNPROPOSED) else []
    return "，".join(filter(None, (state, stale, *proposed, *unproposed))), known.approved and not stale


def _file(name: str, part: str, why: str, result: Result | None = None) -> GivenFile:
    return GivenFile(
        row=Row(Source(name, "", {}), 0, ()),
        name=name,
        work=result.title if result else "",
        when=result.period.title if result else "",
        judged=result.judged if result else None,
        part=part,
        why=why,
    )


def _targets(
    name: str, path: Path, wanted: Mapping[str, Wanted[Any]], passwords: Sequence[str]
) -> list[ReadRosters]:
    """The budget and the plan of a workbook, as far as it has pages called so."""
    book = open_book(path, passwords).called(name)
    readings = []
    for roster in _TARGETS:
        word = wanted[roster].title
        sheets = tuple(sheet for sheet in book.sheets if word in sheet.name or word in name)
        readings.append(read_books([replace(book, sheets=sheets)], {roster: wanted[roster]}))
    return [reading for reading in readings if any(book.rows for book in reading.books)]


def _said(readings: Sequence[ReadRosters]) -> str:
    return "、".join(
        f"{title} {rows} 行" for reading in readings for book in reading.books for title, rows in book.each
    )


def _together(readings: Sequence[ReadRosters], name: str) -> Roster[Any]:
    own = [reading.rosters[name] for reading in readings if name in reading.rosters]
    return Roster(
        tuple(record for roster in own for record in roster.records),
        tuple(row for roster in own for row in roster.set_aside),
    )
