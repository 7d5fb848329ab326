"""Which roster a found table is; a table that is none is told with the nearest one and what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.columns.matching import Matching, known_headings, match
from sanchuang_cli.roster.grid import Area

_ALIASES_TOLD = 4


@dataclass(frozen=True)
class Choice:
    """The roster a table belongs to, by its name in `wanted`."""

    name: str
    matching: Matching


@dataclass(frozen=True)
class Stranger:
    """A table that is none of the rosters, with the one it is nearest to."""

    place: Place
    columns: tuple[str, ...]
    title: str
    matching: Matching

    def __str__(self) -> str:
        looked = "；".join(
            f"“{first}”" + (f"（也认 {'、'.join(others[:_ALIASES_TOLD])}）" if others else "")
            for first, *others in map(known_headings, self.matching.missing)
        )
        seen = "、".join(filter(None, self.columns)) or "（没有列标题）"
        lacking = f"找不到必需的列{looked}" if looked else "没有一列对得上"
        return f"{self.place}：最接近“{self.title}”，但{lacking}；表里的列是：{seen}"

    def note(self) -> Finding:
        return Finding(
            "roster.unrecognised",
            Severity.NOTE,
            f"这张表没有读：最接近“{self.title}”，缺 {'、'.join(f.heading for f in self.matching.missing) or '对应的列'}",
            self.place,
            mend="不是要报的表可不理会；是的话请改列标题，或用 --columns 指定。",
        )


def chosen(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> "Choice | Stranger":
    """The roster whose fields the table fits best, all required columns present. Raises UserError for a tie in it."""
    place = Place(book, area.sheet.name, area.header_rows[1])
    matchings = {
        name: match(area.headings, one.fields, place, area.left, pinned) for name, one in wanted.items()
    }
    complete = [name for name, m in matchings.items() if not m.missing and (m.matches or m.ties)]
    if complete:
        best = max(complete, key=lambda name: len(matchings[name].matches))
        if ties := matchings[best].ties:
            raise UserError("\n".join(f"{tie.place}：{tie.message}。{tie.mend}" for tie in ties))
        return Choice(best, matchings[best])
    near = max(matchings, key=lambda name: len(matchings[name].matches) - len(matchings[name].missing))
    return Stranger(place, area.columns, wanted[near].title, matchings[near])
