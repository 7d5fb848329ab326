"""A second opinion on members' dues: month by month from the words of the two documents, in whole fen.

A member is a dict of plain values: category, base (fen), first and last month (year, month), relief (fen, first, last), paid
(fen by month). What cannot be concluded is None.
"""

from collections.abc import Mapping
from typing import Any

Month = tuple[int, int]
_1998 = ((40_000, 5), (60_000, 10), (80_000, 15), (150_000, 20), (None, 30))
_2008 = ((300_000, 5), (500_000, 10), (1_000_000, 15), (None, 20))
_RETIRED = ((500_000, 5), (None, 10))
"""Up to so many fen, so many per mille."""


def owed(category: str, base: int | None, month: Month, quarter: int | None = None) -> int | None:
    """Fen for one month; None where there is no such category, no base, or one of nothing."""
    new = month >= (2008, 4)
    if category == "农民":
        return 50 if new else 20
    if category in ("学生", "下岗失业", "低保"):
        return 20
    if category == "个体" and new:
        if not quarter:
            return None
        times = next(mille for top, mille in _2008 if top is None or quarter <= 3 * top)
        return (2 * quarter * times + 3000) // 6000
    table = _2008 if category == "在职" else _RETIRED if category == "离退休" else None
    if table is None or not base:
        return None
    mille = next(mille for top, mille in (table if new else _1998) if top is None or base <= top)
    return (2 * base * mille + 1000) // 2000


def year(who: Mapping[str, Any], months: list[Month]) -> dict[Month, int] | None:
    """What is owed of these months, that of the branch meeting and that of leaving among them."""
    mine = [
        month for month in months if who["first"] <= month and (who["last"] is None or month <= who["last"])
    ]
    owing: dict[Month, int] = {}
    for month in mine:
        quarter = who["quarters"][(month[1] - 1) // 3]
        full = owed(who["category"], who["base"], month, quarter)
        relief = who["relief"]
        let_off = relief[0] if relief and relief[1] <= month <= relief[2] else None
        if full is None and let_off == 0 and _is_known(who["category"], month):
            full = 0
        if full is None:
            return None
        owing[month] = full if let_off is None else min(full, let_off)
    return owing


def _is_known(category: str, month: Month) -> bool:
    words = ("在职", "离退休", "农民", "学生", "下岗失业", "低保", *(("个体",) if month >= (2008, 4) else ()))
    return category in words


def standing(
    owing: Mapping[Month, int], paid: Mapping[Month, int], last: Month | None, through: Month
) -> str:
    """Which list a member stands on. last: the month of leaving; through: the last month that is over."""
    if not owing and (last is None or last >= (through[0], 1)):
        return "未到期"
    if not owing and any(fen for month, fen in paid.items() if month <= through):
        return "多交"  # nobody let anything off: it was paid after leaving
    if not sum(owing.values()):
        return "免交"
    if any(paid.get(month, 0) < fen for month, fen in owing.items()):
        return "欠交"
    over = [month for month, fen in paid.items() if month <= through and fen > owing.get(month, 0)]
    return "多交" if over else "交清"


def silent(owing: Mapping[Month, int], paid: Mapping[Month, int]) -> bool:
    """Whether nothing was paid for the last six months, for all of which something was owed."""
    last = sorted(owing)[-6:]
    return len(last) == 6 and all(owing[month] and not paid.get(month) for month in last)


def allotted(
    owing: Mapping[Month, int], receipts: list[tuple[str, str, int, Month | None]], through: Month
) -> dict[Month, int]:
    """Receipts (day, number, fen, month) laid to months, a fen at a time by thought: each to its own month, or to the oldest
    that is open; the rest to the month of payment, or the last settled where that is earlier, unless the month of payment is
    not over. Numbers are such as 7-12; of one day the lower comes first, as one counts."""
    paid: dict[Month, int] = {}
    for day, _, fen, month in sorted(receipts, key=lambda each: (each[0], [*map(int, each[1].split("-"))])):
        now = (int(day[:4]), int(day[5:7]))
        if month:
            paid[month] = paid.get(month, 0) + fen
            continue
        for open_month in sorted(owing):
            part = min(fen, max(0, owing[open_month] - paid.get(open_month, 0)))
            if part:
                paid[open_month] = paid.get(open_month, 0) + part
                fen -= part
        if fen:
            rest = min(max(owing), now) if owing and now <= through else now
            paid[rest] = paid.get(rest, 0) + fen
    return paid


def of_day(editions: list[dict[str, Any]], day: tuple[int, int, int]) -> dict[str, Any]:
    """The document in force on a day. Each has since (year, month, day), up (whole per cent by level), back (per cent by kind of
    branch), gift (fen above which one goes to the centre, or None) and arrears (months)."""
    return [one for one in editions if one["since"] <= day][-1]


def handed_up(
    paid: Mapping[str, Mapping[Month, int]], editions: list[dict[str, Any]], to: str
) -> dict[tuple[str, int], int]:
    """What each committee hands up to a level for each quarter. The county's sum is rounded, half up, from January to the end of
    each quarter; a quarter has what was added to it, and committees their part of that, odd fen to the largest remainders."""
    found: dict[tuple[str, int], int] = {}
    before = 0
    for quarter in (1, 2, 3, 4):
        own = {}
        for who, by_month in paid.items():
            months = [(year, month) for year, month in by_month if (month + 2) // 3 == quarter]
            own[who] = sum(by_month[m] * of_day(editions, (*m, 1))["up"].get(to, 0) for m in months)
        total = sum(own.values())
        here = (before + total + 50) // 100 - (before + 50) // 100
        before += total
        parts = {who: here * weight // total if total else 0 for who, weight in own.items()}
        odd = here - sum(parts.values())
        for who in sorted(own, key=lambda who: -(here * own[who] % total) if total else 0)[:odd]:
            parts[who] += 1
        found |= {(who, quarter): fen for who, fen in parts.items()}
    return found


def returned(paid: list[tuple[str, Mapping[Month, int]]], editions: list[dict[str, Any]]) -> int:
    """What comes back to a branch, for each of whose members there is the kind of branch and what he paid."""
    hundredths: int = sum(
        fen * of_day(editions, (*month, 1))["back"].get(kind, 0)
        for kind, by_month in paid
        for month, fen in by_month.items()
    )
    return (hundredths + 50) // 100


def late(
    owing: Mapping[Month, int], receipts: list[tuple[str, str, int, Month | None]], editions: list[dict[str, Any]], through: Month
) -> int:  # fmt: skip
    """How many of the receipts were paid when more months before were open than their own day's document passes."""
    count, given = 0, sorted(receipts, key=lambda each: (each[0], [*map(int, each[1].split("-"))]))
    for place, (day, *_) in enumerate(given):
        year, month, of_month = map(int, day.split("-"))
        paid = allotted(owing, given[:place], through)
        waiting = [m for m, fen in owing.items() if m < (year, month) and paid.get(m, 0) < fen]
        count += len(waiting) > of_day(editions, (year, month, of_month))["arrears"]
    return count
