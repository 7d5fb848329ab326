"""An independent opinion of 党务公开, written from its words: days and months walked on the calendar, one place after another.

A row is a mapping with item, township, which, occurred, place, since, until, down; an item one with name, every, within, up,
places, each (one line for each township). Days are dates, or text where nobody can tell the day.
"""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
Item = Mapping[str, Any]
Said = tuple[str, str, str, str, date | None, tuple[str, ...]]
"""Item, township, event, state, due day, places that lack it."""


def days_later(day: date, many: int) -> date:
    for _ in range(many):
        day += timedelta(days=1)
    return day


def months_later(day: date, many: int) -> date:
    year, month = day.year, day.month
    for _ in range(many):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def sound(row: Row, items: Sequence[Item], on: date) -> bool:
    """Whether a row is wholly understood."""
    item = next((one for one in items if one["name"] == row["item"]), None)
    days = [row[name] for name in ("occurred", "since", "until", "down") if row[name] is not None]
    if item is None or any(isinstance(day, str) for day in days):
        return False
    if item["each"] and not row["township"]:
        return False
    if any(row[name] and row[name] > on for name in ("occurred", "since", "down")):
        return False
    if row["since"] is None:
        return bool(row["occurred"] and item["within"] and not row["until"] and not row["down"])
    if not any(place in row["place"] for place in item["places"]):
        return False
    earlier = [row["occurred"]] if row["occurred"] else []
    later = [row[name] for name in ("until", "down") if row[name]]
    return all(day <= row["since"] for day in earlier) and all(day >= row["since"] for day in later)


def short(row: Row, item: Item) -> bool:
    """Whether it was taken down before it had hung its days."""
    return bool(item["up"] and row["down"] and row["down"] <= days_later(row["since"], item["up"]))


def differing(row: Row, rows: Sequence[Row], item: Item) -> bool:
    """Whether another row of the same event gives it another day."""
    same = [
        one["occurred"]
        for one in rows
        if one["item"] == row["item"] and one["which"] == row["which"] and one["occurred"]
        and (not item["each"] or one["township"] == row["township"])
    ]  # fmt: skip
    return bool(item["within"] and row["which"] and row["occurred"] and len(set(same)) > 1)


def opinion(
    items: Sequence[Item], rows: Sequence[Row], towns: Sequence[str], start: date, on: date
) -> set[Said]:
    """What the catalogue says on a day."""
    by_name = {item["name"]: item for item in items}
    good = [row for row in rows if sound(row, items, on)]
    good = [row for row in good if not differing(row, good, by_name[row["item"]])]
    found: set[Said] = set()
    for item in items:
        for town in towns if item["each"] else [""]:
            named = [row for row in rows if row["item"] == item["name"]]
            own = [row for row in good if row["item"] == item["name"]]
            if item["each"]:
                named, own = ([row for row in some if row["township"] == town] for some in (named, own))
            waits = len(named) > len(own)
            found |= (
                event(item, town, own, on, waits) if item["within"] else {regular(item, town, own, start, on)}
            )
    return found


def hanging(item: Item, rows: Sequence[Row], place: str) -> list[Row]:
    """The rows by which it was public in a place."""
    return [row for row in rows if row["since"] and place in row["place"] and not short(row, item)]


def map_of(item: Item, rows: Sequence[Row]) -> dict[str, list[Row]]:
    return {place: hanging(item, rows, place) for place in item["places"]}


def regular(item: Item, town: str, rows: Sequence[Row], start: date, on: date) -> Said:
    dues: dict[str, date] = {}
    lacking = []
    for place in item["places"]:
        there = hanging(item, rows, place)
        if item["every"]:
            dues[place] = months_later(max([row["since"] for row in there] or [start]), item["every"])
            if dues[place] < on or not there:
                lacking.append(place)
        elif all(row["down"] for row in there):
            gone = [row["down"] for row in rows if row["down"] and place in row["place"]]
            dues[place] = max(gone or [start])
            if dues[place] < on or not there:
                lacking.append(place)
    due = min(dues.values(), default=None)
    if due is not None and due < on:
        return item["name"], town, "", "逾期未公开", due, tuple(lacking)
    return item["name"], town, "", "尚未公开" if lacking else "已公开", due, tuple(lacking)


def event(item: Item, town: str, rows: Sequence[Row], on: date, waits: bool) -> set[Said]:
    events: dict[str, list[Row]] = {}
    for row in rows:
        events.setdefault(
            row["which"] or (row["occurred"].isoformat() if row["occurred"] else ""), []
        ).append(row)
    still: set[Said] = set()
    done: list[tuple[date, date, str]] = []
    for which, own in events.items():
        firsts = {place: [row["since"] for row in hanging(item, own, place)] for place in item["places"]}
        lacking = tuple(place for place, days in firsts.items() if not days)
        posted = [row["township"] for row in own if any(row in there for there in map_of(item, own).values())]
        for row in own:
            town_of = row["township"]
            if row["since"] is None and town_of and town_of not in posted and town_of not in lacking:
                lacking = (*lacking, town_of)
        happened = [row["occurred"] for row in own if row["occurred"]]
        due = days_later(happened[0], item["within"]) if happened else None
        if lacking:
            still.add(
                (item["name"], town, which, "逾期未公开" if due and due < on else "待公开", due, lacking)
            )
        else:
            public = max(min(days) for days in firsts.values())
            done.append((public, happened[0] if happened else date.min, which))
    if still:
        return still
    if done:
        *_, which = max(done)
        return {(item["name"], town, which, "已公开", None, ())}
    return {(item["name"], town, "", "台账待核实" if waits else "台账没有记", None, ())}
