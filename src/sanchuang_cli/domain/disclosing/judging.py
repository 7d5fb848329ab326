"""Judges one row of 公开台账: what of the catalogue it makes public, where and from when. What is not understood counts for
nothing.
"""

from datetime import date

from sanchuang_cli.domain.disclosing.policy import CataloguePolicy, Item
from sanchuang_cli.domain.disclosing.posted import understood
from sanchuang_cli.domain.disclosing.records import Publication
from sanchuang_cli.judging import At, Odd, Reason, Verdict

UP, DOWN, EARLY, AWAITED = PARTS = ("公开中", "已取下", "提前取下", "待公开")


class Published(Verdict[Publication], frozen=True, kw_only=True, eq=False):
    """What a row of the register comes to. places: of the catalogue's, those where it was made public."""

    item: Item
    places: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day from which it counts as public, None where it does not."""
        since = self.record.since
        return since.earliest if since and self.part in (UP, DOWN) else None


def place_names(at: At[CataloguePolicy]) -> frozenset[str]:
    """The names that a place may have: of the townships, and those of the catalogue."""
    places = (place for item in at.policy.item for place in item.places)
    return frozenset(("", *at.occasion.townships, *places))  # some rows are of no township


def judge(row: Publication, at: At[CataloguePolicy], odd: Odd) -> Published | None:
    """A row counts where its item, its place and its days are all understood."""
    item = at.policy.named(row.name)
    if item is None:
        odd.add("item-unknown", "name", f"“{row.name}”不在公开目录里")
        return None
    if item.by == "township" and not row.township:
        odd.add("no-township", "township", f"{item.name}没有写是哪个乡镇", item.clause)
    _check_days(row, item, odd)
    places = tuple(place for place in item.places if place in row.place)
    known: frozenset[str] = at.ready if row.township in at.ready else at.ready | {row.township}
    if places and not understood(row.place, known):
        said = f"公开地点写的是“{row.place}”，看不出是不是已经在 {'、'.join(places)} 公开"
        odd.add("place-unclear", "place", said, item.clause)
    elif row.since and not places:
        said = f"“{row.place}”不是{item.name}要求的 {'、'.join(item.places)}" if row.place else "没有公开地点"
        odd.add("place-unlisted" if row.place else "no-place", "place", said, item.clause)
    if odd.grave:
        return None
    part = _part(row, item, odd)
    said = f"{row.place} {row.since or '没有公开'}，取下 {row.down or '没有'}"
    reads = ("name", "place", "since", "down")
    return Published(
        record=row,
        part=part,
        item=item,
        places=places,
        reasons=(Reason(item.name, said, item.clause, reads=reads),),
    )


def _check_days(row: Publication, item: Item, odd: Odd) -> None:
    """Every day is a day, and they come in their order."""
    days = [(name, day) for name in ("occurred", "since", "until", "down") if (day := getattr(row, name))]
    for name, day in days:
        if not day.exact:
            odd.add("vague", name, f"{item.name}的日期“{day}”没有写到日")
    if row.since is None and (row.until or row.down or not (row.occurred and item.within_days)):
        odd.add("no-day", "since", f"{item.name}没有公开日期")
    elif not odd.grave:
        pairs = [("occurred", "since"), ("since", "until"), ("since", "down")]
        told = dict(days)
        for first, last in pairs:
            if first in told and last in told and told[last].earliest < told[first].earliest:
                odd.add("out-of-order", last, f"{item.name}：{told[last]} 早于 {told[first]}")


def _part(row: Publication, item: Item, odd: Odd) -> str:
    if row.since is None:
        return AWAITED
    if row.down is None:
        return UP
    if item.up_days and row.down.earliest <= (last := item.term(item.up_days).end(row.since.earliest)):
        odd.add("taken-early", "down", f"{item.name} {row.down} 取下，应公开到 {last}", item.clause)
        return EARLY
    return DOWN
