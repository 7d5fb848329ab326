"""Decides what takes all contracts of one person: their order and terms, overlaps, gaps. If one of them waits, all of them
wait.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import chain, pairwise, permutations
from operator import attrgetter

from sanchuang_cli.domain.contracts.judging import DOUBTS, Contract, judged_as
from sanchuang_cli.domain.contracts.reckoning import ContractStanding
from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.judging import Company, Joint, Odd, Told, in_error
from sanchuang_cli.money import yuan


def together(company: Company) -> Joint:
    """The rule over all contracts; see the module."""
    merged = {id(row) for row in company.merged}
    people: dict[str, list[Graduate]] = {}
    for judged in company.judged["contracts"]:
        if id(judged.record.row) not in merged:
            people.setdefault(judged.record.identity, []).append(judged.record)
    several = [sorted(own, key=attrgetter("started", "ended")) for own in people.values() if len(own) > 1]
    told = [finding for own in several for finding in _contradictions(own)]
    aside = in_error((*company.found, *told))
    clear = [own for own in several if aside.isdisjoint(id(who.row) for who in own)]
    again: dict[int, Contract] = {}
    for who, standing in chain.from_iterable(zip(own, _standings(own), strict=True) for own in clear):
        odd = Odd(company.at.doubts, who.row)
        if verdict := judged_as(who, standing, company.at, odd):
            again[id(who.row)] = verdict
        told += [Told(finding, who.row) for finding in odd.found]
    told += _beside_one_that_waits(company, people, told)
    final = [again.get(id(one.record.row), one) for one in company.standing("contracts", told)]
    worth_a_look = (*chain.from_iterable(map(_of_several, clear)), *chain.from_iterable(map(_of_one, final)))
    return Joint({"contracts": final}, [*told, *worth_a_look])


def _told(code: str, who: Graduate, field: str, said: str) -> Told:
    return Told(DOUBTS.at(code, who.row.place(field), f"{who.name}：{said}"), who.row)


def _contradictions(own: list[Graduate]) -> Iterator[Told]:
    for who, beside in permutations(own, 2):
        place = beside.row.place("started")
        first, next_one = sorted((who, beside), key=own.index)
        if next_one.started.latest <= first.until.earliest:
            said = f"合同与另一份（{beside.started}至{beside.until}）重叠，见 {place}"
            yield _told("overlap", who, "started", said)


def _of_several(own: list[Graduate]) -> Iterator[Told]:
    """What is worth a look in the contracts of one person."""
    for before, after in pairwise(own):
        if not _follows(before, after):
            said = f"上一份合同到 {before.until}，这一份从 {after.started} 起，中间有空档"
            yield _told("gap", after, "started", said)


def _follows(before: Graduate, after: Graduate) -> bool:
    """Whether a contract may begin on the day after the one before, or earlier."""
    return after.started.earliest <= before.until.latest + timedelta(days=1)


def _standings(own: list[Graduate]) -> Iterator[ContractStanding]:
    """Of the contracts of one person in their order."""
    term, since = 0, None
    for before, who, after in zip((None, *own), own, (*own[1:], None), strict=False):
        term = max(term + 1, who.term or 1)
        follows = before is not None and _follows(before, who)
        since = who.started if term == 1 else since if follows else None
        renewed = after is not None and _follows(who, after)
        yield ContractStanding(term, since, before.until if before else None, renewed)


def _beside_one_that_waits(
    company: Company, people: Mapping[str, list[Graduate]], told: list[Told]
) -> Iterator[Told]:
    """The other contracts of somebody of whom one waits: nobody knows which is the first."""
    aside = in_error((*company.found, *told))
    unread = {as_written(row.written("identity")): row for row in company.unread}
    for identity, own in people.items():
        waiting = [who.row for who in own if id(who.row) in aside]
        waiting += [unread[identity]] if identity in unread else []
        for who in own if waiting else ():
            if id(who.row) not in aside:
                yield _told(
                    "other-row", who, "identity", f"本人另一行待核实，见 {waiting[0].place()}，都不发放"
                )


def _of_one(one: Contract) -> Iterator[Told]:
    if one.window and not one.record.grade:
        yield _told("grade-missing", one.record, "grade", f"合同 {one.record.ended} 期满，没有填考核等次")
    if one.unlisted:
        said = f"{one.record.left} 离岗，在本期以前，应退安家费 {yuan(one.unlisted)} 元没有列进本期"
        yield _told("left-before", one.record, "left", said)
    if one.back and not one.record.reason:
        yield _told("reason-missing", one.record, "reason", f"没有写解除原因，按应退 {yuan(one.back)} 元列出")
