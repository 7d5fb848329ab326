"""Checks the names of townships and branches: one township in several spellings, and branches without members.

A name is never corrected. The finding only says that it looks like another one.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from functools import cache

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.record import Field, Record
from sanchuang_cli.roster.cells.troubles import quoted
from sanchuang_cli.roster.checks.by_heading import Listing, doubt, value, written

_COUNTY = re.compile(r"^(?:.{2,4}省)?(?:.{2,5}市)?.{1,6}[县旗](?=.{2})")
_OFFICE = re.compile(r"(?:人民政府|政府|党委|党工委|街道办事处|街道办|办事处|镇办)$")
_RANK = re.compile(r"(?:街道|镇|乡|苏木)$")
_LEAST = 3
"""Two names of branches count as one only if they share so many characters at the end."""


def township_spellings(listing: Listing) -> Iterator[Finding]:
    """A warning for each less likely spelling of a township, at its first row in each sheet.

    The most frequent spelling counts as the likely one.
    """
    if town := listing.field("乡镇"):
        yield from _spelt(listing, town, "township", lambda record, name: township_stem(name))


def branch_spellings(listing: Listing) -> Iterator[Finding]:
    """The same for branches, each within its township, where every row must name one: people are counted by them."""
    town, branch = listing.field("乡镇"), listing.field("支部", "所在党支部")
    if branch and branch.required:
        yield from _spelt(
            listing, branch, "branch", lambda record, name: (value(record, town), _branch_key(name))
        )


def _spelt(
    listing: Listing, field: Field, what: str, same: Callable[[Record, str], Hashable]
) -> Iterator[Finding]:
    """The warnings about one kind of place. same: gives what all spellings of one place have in common."""
    alike: dict[Hashable, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in listing.records:
        if name := value(record, field):
            alike[same(record, name)][name].append(record)
    for names in alike.values():
        likely = max(names, key=lambda name: (len(names[name]), _is_full(name), -len(name), name))
        for name, own in names.items():
            for first, count in _first_of_each_sheet(own) if name != likely else ():
                written, other = quoted(field.kind, name), quoted(field.kind, likely)
                yield doubt(
                    Severity.WARNING,
                    f"organisations.{what}-spelling",
                    first,
                    field,
                    f"{field.heading}“{written}”（本表 {count} 行）像是“{other}”（共 {len(names[likely])} 行）的另一种写法",
                    f"同一{field.heading}只用一种名称，否则会分成两处统计",
                    f"是同一{field.heading}的，统一写成“{other}”。",
                )


@cache
def township_stem(name: str) -> str:
    """The part of a township's name that tells it from others: 富路 for 富裕县富路镇人民政府."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    short = _OFFICE.sub("", _COUNTY.sub("", text))
    stem = _RANK.sub("", short)
    return stem if len(stem) > 1 else short


def _is_full(name: str) -> bool:
    return _RANK.search(name) is not None


def _first_of_each_sheet(records: list[Record]) -> Iterator[tuple[Record, int]]:
    """The first record in each sheet, with the number of records in that sheet."""
    sheets: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        sheets[record.row.source.book, record.row.source.sheet].append(record)
    for of_sheet in sheets.values():
        yield of_sheet[0], len(of_sheet)


def branches_without_members(organisations: Listing, members: Listing) -> Iterator[Finding]:
    """A warning for each branch in the roster of organisations that no member is in.

    Committees have no members of their own, so only names with 支部 and without 总支 are looked at.
    """
    name, branch = organisations.field("党组织名称"), members.field("所在党支部")
    if name is None or branch is None:
        return
    named = {_branch_key(value(record, branch)) for record in members.records if value(record, branch)}
    endings = {key[start:] for key in named for start in range(len(key) - _LEAST + 1)}
    for record in organisations.records if named else ():
        branch_name = value(record, name)
        key = _branch_key(branch_name or "")
        if "支部" not in key or "总支" in key:
            continue
        if key not in endings and not any(key[start:] in named for start in range(len(key) - _LEAST + 1)):
            yield doubt(
                Severity.WARNING,
                "organisations.no-members",
                record,
                name,
                f"党员名册里没有一名党员在“{written(record, name)}”",
                "党章：有正式党员三人以上的，成立党的基层组织",
                "核对党员名册的所在党支部写法，或补报这个支部的党员。",
            )


@cache
def _branch_key(name: str) -> str:
    """The name of a branch in one form: 中共富路镇东村支部委员会 and 富路镇东村党支部 give the same."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    text = re.sub(r"^(?:中国共产党|中共)", "", text)
    return re.sub(r"(?:党支部|支部)(?:委员会)?$", "支部", text)
