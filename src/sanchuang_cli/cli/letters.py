"""What goes with the marked copies of `check --return`: a letter for each township whose rows wait."""

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
from sanchuang_cli.roster.returns.returning import Returned
from sanchuang_cli.roster.townships import Township, own_name, own_names

ENDING = "退回修改函"
_BLANK = "乡镇未填"


class Letter(NamedTuple):
    """A letter that was written. rows: how many it lists."""

    saved: files.Saved
    rows: int


def standing(found: Audit, listed: Sequence[Township], heading: str = NAME) -> Named:
    """Who stands where something was found in the books, and who waits. listed: the county's townships."""
    towns = _towns(found, listed)
    return whom.named([*found.rosters.values()], (), (), found.findings, towns, heading)


def _towns(found: Audit, listed: Sequence[Township]) -> Towns:
    """In the county's order, else in the order in which the rosters name them."""
    own = partial(own_name, own=own_names(listed))
    seen = (own(town) for _, town in _named_in(found))
    order = list(dict.fromkeys([*(one.name for one in listed), *seen]))
    return Towns(own, lambda town: (order.index(town) if town in order else len(order), town))


def _named_in(found: Audit) -> Iterator[tuple[str, str]]:
    """Each book with the townships of its rows."""
    for roster in found.rosters.values():
        for record in roster.records:
            yield record.row.source.book, getattr(record, "township", "") or ""
        for row in roster.set_aside:
            yield row.source.book, row.written("township") or row.source.sender


def written(
    found: Audit,
    named: Named,
    copies: Sequence[Returned],
    folder: Path | None,
    what: str,
    county: Profile | None,
) -> list[Letter]:
    """A letter in `folder`, if there is one, to each township whose rows wait. what: what they were checked for, "" for
    nothing more than being a roster. Raises UserError where it cannot be written."""
    if folder is None:
        return []
    by_town: dict[str, list[Waiting]] = defaultdict(list)
    for one in named.waiting:
        by_town[one.whom.township].append(one)
    office = county.office if county else UNSAID
    whose, made = _whose(found, county.townships if county else ()), []
    for town, rows in by_town.items():
        books = {one.row.source.book for one in rows if whose[one.row.source.book] == {town}}
        names = [copy.saved.path.name for copy in copies if copy.name in books]
        posted = letter.letter(town, rows, named, what, names, office)
        target = folder / f"{files.named(town) or _BLANK}-{ENDING}.docx"
        saved = files.save(
            target, partial(official.write, posted=posted), [file.path for file in found.files]
        )
        made.append(Letter(saved, len(rows)))
    return made


def _whose(found: Audit, listed: Sequence[Township]) -> Mapping[str, set[str]]:
    """The townships whose rows stand in each book."""
    own, whose = own_names(listed), defaultdict(set)
    for book, town in _named_in(found):
        whose[book].add(own_name(town, own) if town else "")
    return whose
