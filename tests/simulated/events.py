"""What happens in a month of the county, as far as its clerks hear of it: each event changes one person or organisation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tests.oracle import pay
from tests.oracle.persons import YM, Stay
from tests.simulated import giving, lending
from tests.simulated.world import ELECTIONS, START, Cadre, Elder, World

Change = Callable[[World, Elder], Elder]


def live_through(world: World, year: int, month: int) -> None:
    """What happens in the month, and what is only now told of months before."""
    world.year, world.month, world.corrected = year, month, {}
    for n, (since, elder) in list(world.unclear.items()):
        if world.count - since > 1:
            world.elders[n] = replace(world.elders[n], says=elder.says, remark=elder.remark)
            del world.unclear[n]
    for what, (share, change) in ELDERS.items():
        _happens(world, what, share, change)
    _join(world)
    _leave_the_roster(world)
    if month == 12 and year in ELECTIONS:
        _elect(world)
    _cadres_change(world)
    lending.live_through(world)
    if month == 1:
        giving.begins(world)
    if month == 12:
        _graduates_change(world)
        giving.ends(world)


def _happens(world: World, what: str, share: float, change: Change) -> None:
    free = [n for n in world.elders if n not in world.corrected and n not in world.unclear]
    for n in free:
        if world.dice.random() < share:
            before = world.elders[n]
            after = change(world, before)
            if after is before:
                continue
            world.counts[what] += 1
            if after.who.identity != before.who.identity:
                world.corrected[n] = before.who.identity, after.who.identity
            if change in (known_to_the_year, died_by_the_remark):
                world.unclear[n] = world.count, _told_later(world, change, before)
            world.elders[n] = after


def _told_later(world: World, change: Change, before: Elder) -> Elder:
    """What the row will say when somebody has looked: a death has a day then."""
    return died(world, before) if change is died_by_the_remark else before


def back(world: World, most: int) -> YM:
    """A month up to so many before this one, not before the county began."""
    count = max(START * 12, world.year * 12 + world.month - 1 - world.dice.randrange(most + 1))
    return count // 12, count % 12 + 1


def died(world: World, elder: Elder) -> Elder:
    if elder.says.died_on:
        return elder
    return replace(elder, says=replace(elder.says, died_on=back(world, 4)))


def died_by_the_remark(world: World, elder: Elder) -> Elder:
    return (
        elder
        if elder.says.died_on
        else replace(elder, remark=world.dice.choice(("已去世", "病故", "老人已于上月去世")))
    )


def was_not_dead(world: World, elder: Elder) -> Elder:
    return replace(elder, says=replace(elder.says, died_on=None)) if elder.says.died_on else elder


def tenure_corrected(world: World, elder: Elder) -> Elder:
    if not elder.says.stays:
        return elder
    *before, last = elder.says.stays
    if last.end is None:
        return elder
    end = _plus(last.end, world.dice.choice((-36, -24, -12, 12, 24, 60)))
    if not last.start < end < (START - 1, 12) or end < elder.says.stays[0].start:
        return elder
    stays = (*before, last._replace(end=end))
    return replace(elder, says=replace(elder.says, stays=stays, left=end))


def known_to_the_year(world: World, elder: Elder) -> Elder:
    """Only the years of the one spell are known: months of 0."""
    if len(elder.says.stays) != 1 or elder.says.died_on:
        return elder
    (stay,) = elder.says.stays
    if stay.end is None or stay.end[0] == stay.start[0]:
        return elder
    vague = Stay((stay.start[0], 0), (stay.end[0], 0), stay.post)
    return replace(elder, says=replace(elder.says, stays=(vague,), left=None))


def number_corrected(world: World, elder: Elder) -> Elder:
    off = world.dice.choice((0, 0, 10, -300))
    born = elder.who.born + timedelta(days=off)
    number = world.registry.number(born, elder.who.sex)
    return replace(
        elder, who=replace(elder.who, born=born, identity=number), says=replace(elder.says, born=born)
    )


def account_changed(world: World, elder: Elder) -> Elder:
    who = world.registry.holders[elder.who.account]
    return replace(elder, who=replace(elder.who, account=world.registry.account(who)))


def moved_away(world: World, elder: Elder) -> Elder:
    says = elder.says
    return (
        elder
        if says.moved_on
        else replace(elder, says=replace(says, household="迁出", moved_on=back(world, 2)))
    )


def moved_within(world: World, elder: Elder) -> Elder:
    """To another village, mostly of another township, whose clerk writes the row from now on."""
    place = world.dice.choice(world.organisations)
    who = replace(elder.who, township=place["township"], village=place["village"])
    return elder if who == elder.who else replace(elder, who=who)


def suspended(world: World, elder: Elder) -> Elder:
    if elder.says.suspended_from:
        return elder
    return replace(elder, says=replace(elder.says, suspended_from=world.now, suspended_to=None))


def taken_up_again(world: World, elder: Elder) -> Elder:
    says = elder.says
    if says.suspended_from is None or says.suspended_to or says.suspended_from >= world.now:
        return elder
    return replace(elder, says=replace(says, suspended_to=_plus(world.now, -1)))


def punished(world: World, elder: Elder) -> Elder:
    penalty = world.dice.choice(("警告", "留党察看", "开除党籍"))
    return replace(elder, says=replace(elder.says, penalty=penalty, penalty_on=back(world, 3)))


def no_longer_in_hardship(world: World, elder: Elder) -> Elder:
    return replace(elder, says=replace(elder.says, hardship=False)) if elder.says.hardship else elder


ELDERS: dict[str, tuple[float, Change]] = {
    "died": (0.004, died),
    "died, only a remark says": (0.0015, died_by_the_remark),
    "was not dead": (0.0002, was_not_dead),
    "tenure corrected": (0.005, tenure_corrected),
    "known to the year": (0.004, known_to_the_year),
    "number corrected": (0.002, number_corrected),
    "account changed": (0.003, account_changed),
    "moved away": (0.001, moved_away),
    "moved within the county": (0.001, moved_within),
    "suspended": (0.001, suspended),
    "taken up again": (0.01, taken_up_again),
    "punished": (0.0007, punished),
    "no longer in hardship": (0.001, no_longer_in_hardship),
}
"""How often a month has each for one person."""


def _join(world: World) -> None:
    """Those who waited are approved, now and then for months that are over; and new ones come to wait."""
    for n, elder in list(world.waiting.items()):
        if world.dice.random() < 0.15:
            world.counts["approved"] += 1
            world.elders[n] = replace(elder, says=replace(elder.says, approved_on=back(world, 5)))
            del world.waiting[n]
    while len(world.elders) + len(world.waiting) + len(world.cadres) < world.size:
        n, elder = world.born_elder()
        world.waiting[n] = elder


def _leave_the_roster(world: World) -> None:
    """The dead are taken off the roster when they have been dead for a year, a few of them earlier."""
    for n, elder in list(world.elders.items()):
        day = elder.says.died_on
        if day and n not in world.unclear and (world.year - day[0]) * 12 + world.month - day[1] > 12:
            del world.elders[n]
            world.counts["taken off"] += 1


def _plus(month: YM, months: int) -> YM:
    year, rest = divmod(month[0] * 12 + month[1] - 1 + months, 12)
    return year, rest + 1


# ---------------------------------------------------------------- cadres in office


def _serving(cadre: Cadre) -> bool:
    return cadre.rows[-1].end is None


def leaves(world: World, n: int, last: date) -> None:
    """A cadre leaves office; whoever is old enough comes to wait for the subsidy of former cadres."""
    cadre = world.cadres[n]
    world.cadres[n] = replace(cadre, rows=(*cadre.rows[:-1], replace(cadre.rows[-1], end=last)))


def _elect(world: World) -> None:
    """In December: whoever is elected begins on 1 January, the others leave on 31 December."""
    world.counts["elections"] += 1
    for place in world.organisations:
        here = [
            (n, cadre) for n, cadre in world.cadres.items()
            if (cadre.who.township, cadre.who.village) == (place["township"], place["village"]) and _serving(cadre)
        ]  # fmt: skip
        for n, cadre in here:
            if world.dice.random() < 0.35:
                leaves(world, n, date(world.year, 12, 31))
                world.takes_office(place, cadre.rows[-1].posts[0], date(world.year + 1, 1, 1))


def _cadres_change(world: World) -> None:
    for n, cadre in list(world.cadres.items()):
        if not _serving(cadre):
            end = cadre.rows[-1].end
            if end and (world.year - end.year) * 12 + world.month - end.month > 14:
                _becomes_an_elder(world, n)
            continue
        roll = world.dice.random()
        if roll < 0.002:
            _is_followed(world, n)
        elif roll < 0.004:
            _is_suspended(world, n)
        elif roll < 0.006:
            _has_another_number(world, n)
        elif roll < 0.009:
            world.cadres[n] = replace(cadre, who=replace(cadre.who, account=world.registry.account(n)))
        elif roll < 0.011 and len(cadre.rows) < 3:
            _changes_post(world, n)


def _some_day(world: World, most: int) -> date:
    year, month = back(world, most)
    return date(year, month, world.dice.randrange(1, 29))


def _is_followed(world: World, n: int) -> None:
    """Leaves within a month, told of up to two months later; somebody follows on the day after."""
    cadre, last = world.cadres[n], _some_day(world, 2)
    if last <= cadre.rows[-1].start:
        return
    world.counts["left office"] += 1
    leaves(world, n, last)
    place = next(one for one in world.organisations if one["village"] == cadre.who.village)
    world.takes_office(place, cadre.rows[-1].posts[0], last + timedelta(days=1))


def _is_suspended(world: World, n: int) -> None:
    cadre, first = world.cadres[n], _some_day(world, 1)
    *before, row = cadre.rows
    if row.suspended or first <= row.start:
        return
    world.counts["suspended in office"] += 1
    over = first + timedelta(days=world.dice.randrange(20, 150))
    world.cadres[n] = replace(cadre, rows=(*before, replace(row, suspended=(first, over))))


def _changes_post(world: World, n: int) -> None:
    """Never to a post that only one of a village may hold: two in it at once are both set aside."""
    cadre, last = world.cadres[n], _some_day(world, 3)
    row = cadre.rows[-1]
    if last <= row.start or row.suspended:
        return
    world.counts["changed post"] += 1
    post = world.dice.choice([one for one in ("副书记", "委员", "会计", "文书") if one != row.posts[0]])
    new = pay.Row((post,), last + timedelta(days=1))
    world.cadres[n] = replace(cadre, rows=(*cadre.rows[:-1], replace(row, end=last), new))


def _has_another_number(world: World, n: int) -> None:
    cadre = world.cadres[n]
    number = world.registry.number(cadre.who.born, cadre.who.sex)
    world.counts["number of a cadre corrected"] += 1
    world.corrected[n] = cadre.who.identity, number
    world.cadres[n] = replace(cadre, who=replace(cadre.who, identity=number))


def _becomes_an_elder(world: World, n: int) -> None:
    """Off the roster of those in office; with the years served, among those who wait for the subsidy."""
    cadre = world.cadres.pop(n)
    known = {"书记", "主任", "会计"}
    stays = tuple(
        Stay((row.start.year, row.start.month), (row.end.year, row.end.month), row.posts[0])
        for row in cadre.rows if row.end and row.posts[0] in known
    )  # fmt: skip
    world.counts["became an elder"] += 1
    if stays:
        _, elder = world.born_elder()
        says = replace(
            elder.says, born=cadre.who.born, sex=cadre.who.sex, joined=None, hardship=None, ledger_on=None
        )
        says = replace(says, stays=stays, post=stays[-1].post, reason="换届落选", left=stays[-1].end)
        world.waiting[n] = Elder(cadre.who, replace(says, rural="", veteran=None, retired=None))


def _graduates_change(world: World) -> None:
    """In December: of those whose contract ends in the year to come some go on; some left in the year that ends."""
    year, dice = world.year, world.dice
    for n, one in list(world.graduates.items()):
        *before, last = one.contracts
        if last["left"] or last["end"] < date(year, 1, 1):
            if (last["left"] or last["end"]) < date(year - 1, 1, 1):
                del world.graduates[n]
                world.hires_a_graduate(date(year + 1, 1, 1))
        elif last["start"] < date(year, 6, 1) and dice.random() < 0.15:
            left = min(last["end"], date(year, dice.randint(6, 11), dice.randint(1, 28)))
            reason = dice.choice(("辞职", "考录", "解聘"))
            world.graduates[n] = replace(one, contracts=(*before, last | {"left": left, "reason": reason}))
        elif last["end"].year == year + 1 and dice.random() < 0.6:
            start = last["end"] + timedelta(days=1)
            more = {"start": start, "end": start + timedelta(days=3 * 365), "left": None, "reason": ""}
            world.graduates[n] = replace(one, contracts=(*one.contracts, more))
