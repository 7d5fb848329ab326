"""All members in need and all helpers together: the best pairs, what became of last year's, and who has none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sanchuang_cli.domain.pairs.matching import Former, Matching, in_order, whereabouts
from sanchuang_cli.domain.pairs.records import Helper, MemberInNeed
from sanchuang_cli.domain.pairs.results import barred, bars_of, since, task_of, verdict
from sanchuang_cli.domain.pairs.verdict import DOUBTS, Paired, Task
from sanchuang_cli.finding import ALL, UserError
from sanchuang_cli.judging import At, Company, Joint, Told, in_error
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.record import Record

MEMBERS, HELPERS = "in_need", "helpers"
SUPPOSED = "假定离任"


def together(company: Company) -> Joint:
    """The rule over both rosters; with --without, what changes when these helpers leave."""
    told = list(_two_names(company))
    matching = _matching(company, told)
    leaving = _leaving(company.at, matching.tasks)
    if leaving:
        matching = _without(matching, leaving)
    members = [verdict(matching, at) for at in range(len(matching.members))]
    places = {id(member.record.row): at for at, member in enumerate(company.standing(MEMBERS, told))}
    members.sort(key=lambda member: places[id(member.record.row)])
    told += _last_differs(matching) if not leaving else ()
    told += _since_alone(matching)
    told += chain(_bars(matching), _not_kept(members, company.at.policy.aims.clause), _too_few(matching))
    told += (_told("supposed", task.record, "name", "假定离任，对象另行结对") for task in leaving)
    apart = {SUPPOSED: [task.record.row for task in leaving]} if leaving else {}
    return Joint({MEMBERS: members, HELPERS: _tasks(company, matching)}, told, apart)


def _two_names(company: Company) -> Iterator[Told]:
    """A number that stands on both rosters, under another name on each."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for judged in chain(company.judged[MEMBERS], company.judged[HELPERS]):
        rows[judged.record.identity].append(judged.record)
    for same in rows.values():
        for who in same:
            others = [one for one in same if one.name != who.name and type(one) is not type(who)]
            if others:
                said = f"同一个身份证号还写着 {others[0].name}，见 {others[0].row.place('name')}"
                yield _told("two-names", who, "identity", said)


def _matching(company: Company, told: Sequence[Told]) -> Matching:
    at = company.at
    members = sorted(company.standing(MEMBERS, told), key=in_order(at))
    tasks = sorted(company.standing(HELPERS, told), key=lambda task: as_helper(task.record))
    aside = in_error((*company.found, *told))
    records = [judged.record for judged in company.judged[HELPERS]]
    waiting = [helper.row for helper in records if id(helper.row) in aside]
    names = {helper.identity: helper.name for helper in records}
    former = [_former(member.record, at, names) for member in members]
    gone = whereabouts([*waiting, *at.rosters[HELPERS].set_aside])
    return Matching(at, members, tasks, former, gone)


def as_helper(helper: Helper) -> tuple[str, ...]:
    return helper.unit, helper.name, helper.identity


def _former(who: MemberInNeed, at: At[Any], names: dict[str, str]) -> Former:
    """The helper of last year: as the roster has it, otherwise as the last result has it. An earlier result of this year is
    later than last year's helper of the roster."""
    last = at.of_last(who)
    by_result = last.get("helper_identity") or ""
    number = (by_result or who.last) if at.again else (who.last or by_result)
    same, written = number == by_result, who.since and number == who.last
    name = names.get(number) or (last.get("helper") if same else "") or mask(Kind.IDENTITY, number)
    since = str(who.since) if written else (last.get("since") or "") if same else ""
    return Former(number, name, since)


def _leaving(at: At[Any], tasks: Sequence[Task]) -> list[Task]:
    """The helpers of --without. Raises UserError where one is not there, or several are."""
    return [_named(written, tasks) for written in at.occasion.without]


def _named(written: str, tasks: Sequence[Task]) -> Task:
    there = [task for task in tasks if written in (task.record.name, task.record.identity[-4:])]
    if len(there) != 1:
        said = (
            f"有 {len(there)} 个，请改写身份证号末四位"
            if there
            else "帮扶人名册上没有（待核实的不算），请核对"
        )
        raise UserError(f"--without 的“{written}”：{said}。")
    return there[0]


def _without(base: Matching, leaving: Sequence[Task]) -> Matching:
    """The same without some helpers, where what was found with them is what is to be kept."""
    helpers = [base.helper(at) for at in range(len(base.members))]
    former = [
        Former(helper.identity, helper.name, since(base, at)) if helper else Former()
        for at, helper in enumerate(helpers)
    ]
    gone = {task.record.identity: "离任（假定）" for task in leaving}
    staying = [task for task in base.tasks if task not in leaving]
    return Matching(base.at, base.members, staying, former, {**base.gone, **gone})


def _tasks(company: Company, matching: Matching) -> list[Task]:
    """What each helper has to do, in the order of pages."""
    made = {task.record.identity: task_of(matching, at) for at, task in enumerate(matching.tasks)}
    rank = company.at.occasion.rank
    return sorted(made.values(), key=lambda task: (rank(task.record.township), as_helper(task.record)))


def _last_differs(matching: Matching) -> Iterator[Told]:
    """Members of whom the roster and the last result name another helper."""
    for member in matching.members:
        by_result = matching.at.of_last(member.record)
        number = by_result.get("helper_identity")
        if member.record.last and number and number != member.record.last and not matching.at.again:
            said = f"上年帮扶人与上年结果的“{by_result.get('helper')}”不是一个人，按名册的"
            yield _told("last-differs", member.record, "last", said)


def _since_alone(matching: Matching) -> Iterator[Told]:
    """Members whose row says since when they are paired and not with whom: nobody knows of which pair that is the day."""
    for member, former in zip(matching.members, matching.former, strict=True):
        if member.record.since and not former.number:
            said = f"写了结对日期 {member.record.since}，没有写帮扶人，不知道是不是这一对的，没有采用"
            yield _told("since-alone", member.record, "since", said)


def _bars(matching: Matching) -> Iterator[Told]:
    """Whom each may not be helped by, at the cell that says so of the first; by a name alone it is told for somebody to
    look at."""
    basis = matching.at.policy.avoidance.clause
    for at, member in enumerate(matching.members):
        for code, named in (("name-alike", True), ("related", False)):
            if bars := bars_of(matching, at, named=named):
                field, *_ = next(iter(bars.values())).reads
                said = f"须回避 {barred(matching, bars)}，没有与其结对"
                yield _told(code, member.record, field, said, basis)


def _not_kept(members: Sequence[Paired], basis: str) -> Iterator[Told]:
    for member in members:
        if member.moved:
            now = f"改由 {member.helper.name} 帮扶" if member.helper else "没有结上"
            said = f"原帮扶人 {member.before} 没有保留（{member.moved}），{now}"
            yield _told("not-kept", member.record, "last", said, basis)


def _too_few(matching: Matching) -> Iterator[Told]:
    people, places = len(matching.members), sum(matching.places)
    if lacking := matching.chosen.count(None):
        said = f"困难党员 {people} 人，帮扶名额共 {places} 个，{lacking} 人没有结上"
        doubts, basis = matching.at.doubts, matching.at.policy.places.clause
        yield Told(doubts.at("too-few-places", ALL, said, basis))


def _told(code: str, who: Record, field: str, said: str, basis: str = "") -> Told:
    return Told(DOUBTS.at(code, who.row.place(field), f"{who.called}：{said}", basis), who.row)
