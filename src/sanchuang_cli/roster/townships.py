"""The townships of a county by their own names: one spelling each, in the county's order, and no stranger unseen.

With the county's profile a township is one of its list, by name or alias; without it spellings that differ in spaces,
width or traditional characters are one, and nothing more is taken for granted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from msgspec import structs

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.record import Record, Roster
from sanchuang_cli.roster.columns.headings import simplified


class Township(NamedTuple):
    """A township as the county's profile lists it."""

    name: str
    aliases: tuple[str, ...] = ()


class Settled(NamedTuple):
    """Rosters whose townships go by one spelling each; what was odd; and the order in which to print them."""

    rosters: dict[str, Roster[Any]]
    findings: tuple[Finding, ...]
    order: tuple[str, ...]


def settled(rosters: Mapping[str, Roster[Any]], listed: Sequence[Township], mains: Sequence[str]) -> Settled:
    """`rosters` with each record's township by its own name. mains: the rosters by whose rows townships are ordered
    where the county lists none."""
    own = own_names(listed)
    findings: list[Finding] = []
    named: dict[str, Roster[Any]] = {}
    for title, roster in rosters.items():
        if not any("township" in one.__struct_fields__ for one in roster.records[:1]):
            named[title] = roster
            continue
        spelt = {one.township for one in roster.records if one.township}
        called = {written: own_name(written, own) for written in spelt}
        if any(name != written for written, name in called.items()):
            roster = replace(roster, records=tuple(_called(one, called) for one in roster.records))
        named[title] = roster
        if listed:
            findings += _strangers(roster.records, {name for name in spelt if plain(name) not in own})
    people = (one for main in mains for one in named[main].records)
    seen = dict.fromkeys(one.township for one in people if getattr(one, "township", ""))
    return Settled(named, tuple(findings), tuple(dict.fromkeys([*(one.name for one in listed), *seen])))


def own_names(listed: Sequence[Township]) -> dict[str, str]:
    """The name of each township by all that it is called."""
    return {plain(name): one.name for one in listed for name in (one.name, *one.aliases)}


def own_name(written: str, own: Mapping[str, str]) -> str:
    """A township by its own name, where the county has one for it."""
    return own.get(plain(written), plain(written))


def plain(name: str) -> str:
    """A name in one width, in simplified characters, without spaces."""
    return simplified(narrow(name))


def _called(record: Record, called: Mapping[str, str]) -> Record:
    written: str = record.township  # type: ignore[attr-defined]
    name = called.get(written, written)
    return record if name == written else structs.replace(record, township=name)


def _strangers(records: Iterable[Any], names: set[str]) -> list[Finding]:
    """A warning for each township that the county's profile does not list, at its first row of each sheet."""
    rows: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for one in records:
        if one.township in names:
            rows[one.township, one.row.source.book, one.row.source.sheet].append(one.row)
    return [
        Finding(
            "roster.township-not-listed",
            Severity.WARNING,
            f"乡镇“{name}”（本表 {len(found)} 行）不在县的乡镇名单里",
            found[0].place("township"),
            "县的设置（county.toml）列出全县的乡镇",
            "写错的请改正；确是本县的，在 county.toml 里补上，或记作某乡镇的别名（aliases）。",
        )
        for (name, _, _), found in rows.items()
    ]
