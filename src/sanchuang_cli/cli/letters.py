"""Writes the letters of `check --return`: one .docx to each township whose rows wait, beside the marked copies."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sanchuang_cli.cli.profile import Profile
from sanchuang_cli.report import files, letter, official, whom
from sanchuang_cli.report.printing import UNSAID
from sanchuang_cli.report.whom import NAME, Named, Towns, Waiting
from sanchuang_cli.roster.checks.audit import Audit
from sanchuang_cli.roster.returns.returning import ReturnedCopy
from sanchuang_cli.roster.townships import Township, own_name, own_names

ENDING = "退回修改函"
_BLANK = "乡镇未填"


class WrittenLetter(NamedTuple):
    """A letter that was written. rows: how many rows it lists."""

    saved: files.Saved
    rows: int


def standing(examination: Audit, listed: Sequence[Township], heading: str = NAME) -> Named:
    """Whom the findings are about, and which rows wait. listed: the townships of county.toml. heading: of the name column."""
    towns = _towns(examination, listed)
    return whom.named([*examination.rosters.values()], (), (), examination.findings, towns, heading)


def _towns(examination: Audit, listed: Sequence[Township]) -> Towns:
    """The townships in the order of county.toml; those that it does not list follow in the order of the rosters."""
    name_of = partial(own_name, own=own_names(listed))
    seen = (name_of(town) for _, town in _named_in(examination))
    order = list(dict.fromkeys([*(township.name for township in listed), *seen]))
    return Towns(name_of, lambda town: (order.index(town) if town in order else len(order), town))


def _named_in(examination: Audit) -> Iterator[tuple[str, str]]:
    """The workbook and the township of every row, also of rows that are set aside."""
    for roster in examination.rosters.values():
        for record in roster.records:
            yield record.row.source.book, getattr(record, "township", "") or ""
        for row in roster.set_aside:
            yield row.source.book, row.written("township") or row.source.sender


def written(
    examination: Audit,
    named: Named,
    copies: Sequence[ReturnedCopy],
    folder: Path | None,
    what: str,
    county: Profile | None,
) -> list[WrittenLetter]:
    """Write a letter to each township whose rows wait; none without a folder.

    what: the purpose of the check, "" for none. Raises UserError where a letter cannot be written.
    """
    if folder is None:
        return []
    by_town: dict[str, list[Waiting]] = defaultdict(list)
    for waiting in named.waiting:
        by_town[waiting.whom.township].append(waiting)
    office = county.office if county else UNSAID
    whose, made = _whose(examination, county.townships if county else ()), []
    for town, rows in by_town.items():
        # A marked copy shows every row of the workbook, so it goes to a township only if no other has rows in it.
        books = {each.row.source.book for each in rows if whose[each.row.source.book] == {town}}
        names = [copy.saved.path.name for copy in copies if copy.name in books]
        posted = letter.letter(town, rows, named, what, names, office)
        target = folder / f"{files.named(town) or _BLANK}-{ENDING}.docx"
        saved = files.save(
            target, partial(official.write, posted=posted), [file.path for file in examination.files]
        )
        made.append(WrittenLetter(saved, len(rows)))
    return made


def _whose(examination: Audit, listed: Sequence[Township]) -> Mapping[str, set[str]]:
    """The townships that have rows in each workbook."""
    names, whose = own_names(listed), defaultdict(set)
    for book, town in _named_in(examination):
        whose[book].add(own_name(town, names) if town else "")
    return whose
