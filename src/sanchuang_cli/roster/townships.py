"""Gives every township, village and branch in the records one spelling, and puts the townships into the county's order.

If the county's profile lists them, a name or alias of the list becomes the listed name, and other names get a warning.
Without a list, spellings that differ only in spaces, width or traditional characters become one; so do those of villages and
branches, of which the most frequent one is kept. Only records are changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from msgspec import structs

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.record import Roster
from sanchuang_cli.roster.columns.headings import simplified

_WITHIN = ("village", "branch")
"""The fields that name a place within a township."""


class Township(NamedTuple):
    """A township in the list of the county's profile."""

    name: str
    aliases: tuple[str, ...] = ()


class SettledTownships(NamedTuple):
    """Rosters with one spelling for each township, the findings, and the order in which townships are printed."""

    rosters: dict[str, Roster[Any]]
    findings: tuple[Finding, ...]
    order: tuple[str, ...]


def settled(
    rosters: Mapping[str, Roster[Any]], listed: Sequence[Township], mains: Sequence[str]
) -> SettledTownships:
    """The rosters with the township of each record by its proper name.

    mains: the rosters whose rows give the order of the townships that the county does not list.
    """
    county_names = own_names(listed)
    findings: list[Finding] = []
    named: dict[str, Roster[Any]] = {}
    for title, roster in rosters.items():
        if not any("township" in record.__struct_fields__ for record in roster.records[:1]):
            named[title] = roster
            continue
        spelt = {record.township for record in roster.records if record.township}
        called = {written: own_name(written, county_names) for written in spelt}
        named[title] = roster = _renamed(roster, "township", called)
        if listed:
            findings += _strangers(
                roster.records, {name for name in spelt if plain(name) not in county_names}
            )
    for field in _WITHIN:
        named = _one_spelling(named, field)
    people = (record for main in mains for record in named[main].records)
    seen = dict.fromkeys(record.township for record in people if getattr(record, "township", ""))
    return SettledTownships(
        named, tuple(findings), tuple(dict.fromkeys([*(township.name for township in listed), *seen]))
    )


def own_names(listed: Sequence[Township]) -> dict[str, str]:
    """The proper name of each listed township, by its name and by each of its aliases."""
    return {plain(name): township.name for township in listed for name in (township.name, *township.aliases)}


def own_name(written: str, own: Mapping[str, str]) -> str:
    """The proper name of a township; for one that the county does not list, the plain form of what was written."""
    return own.get(plain(written), plain(written))


def plain(name: str) -> str:
    """A name without spaces, in one width and in simplified characters."""
    return simplified(narrow(name))


def _one_spelling(rosters: Mapping[str, Roster[Any]], field: str) -> dict[str, Roster[Any]]:
    """The rosters with one spelling for each place that a field names: of several, the most frequent in all of them."""
    counts = Counter(
        written
        for roster in rosters.values()
        for record in roster.records
        if (written := getattr(record, field, ""))
    )
    places: dict[str, list[str]] = defaultdict(list)
    for written in counts:
        places[plain(written)].append(written)
    called = {
        written: max(spellings, key=counts.__getitem__)
        for spellings in places.values()
        if len(spellings) > 1
        for written in spellings
    }
    return {title: _renamed(roster, field, called) if called else roster for title, roster in rosters.items()}


def _renamed(roster: Roster[Any], field: str, called: Mapping[str, str]) -> Roster[Any]:
    """The roster with the names in a field as `called` has them."""

    def renamed(record: Any) -> Any:
        written = getattr(record, field, "")
        name = called.get(written, written)
        return record if name == written else structs.replace(record, **{field: name})

    if all(name == written for written, name in called.items()):
        return roster
    return replace(roster, records=tuple(map(renamed, roster.records)))


def _strangers(records: Iterable[Any], names: set[str]) -> list[Finding]:
    """A warning for each township that the county's profile does not list, placed at its first row in each sheet."""
    rows: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for record in records:
        if record.township in names:
            rows[record.township, record.row.source.book, record.row.source.sheet].append(record.row)
    return [
        Finding(
            "roster.township-not-listed",
            Severity.WARNING,
            f"乡镇“{name}”（本表 {len(town_rows)} 行）不在县的乡镇名单里",
            town_rows[0].place("township"),
            "县的设置（county.toml）列出全县的乡镇",
            "写错的请改正；确是本县的，在 county.toml 里补上，或记作某乡镇的别名（aliases）。",
        )
        for (name, _, _), town_rows in rows.items()
    ]
