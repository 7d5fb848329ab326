"""Decides what takes all rows together: who holds the post of a village, quotas and structure, elections, and what is filed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.ballots.places import places
from sanchuang_cli.domain.ballots.rounds import Rounds, altered, recorded, rounds
from sanchuang_cli.domain.leaders.gates import GateLine, passed
from sanchuang_cli.domain.leaders.nominations import READY, Nomination
from sanchuang_cli.domain.leaders.policy import LISTED, NO_COLUMNS, LeaderPolicy
from sanchuang_cli.domain.leaders.requirements import named, stated
from sanchuang_cli.domain.leaders.tenures import GRADE, OUT, Tenure, cells
from sanchuang_cli.domain.process.in_roster import lacking
from sanchuang_cli.domain.process.telling import told
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.finding import ALL, Place
from sanchuang_cli.judging import At, Company, Joint, Reason, Told, grouped, in_error
from sanchuang_cli.policy import shipped
from sanchuang_cli.record import Field, Record

SECRETARIES, CANDIDATES = "secretaries", "candidates"
Village = tuple[str, str]


class ReadyTables(NamedTuple):
    """The timetables of terms and of candidacies."""

    terms: Timetable
    candidacies: Timetable


class VillagesReviewed(NamedTuple):
    """What pages show besides the verdicts: the elections, the gates, and who held the post of each village last."""

    rounds: Rounds
    gates: Sequence[GateLine]
    before: Mapping[Village, Tenure]


def ready(at: At[LeaderPolicy]) -> ReadyTables:
    """A term that began before the county's first document is as long as the national one of its day says."""
    editions = at.editions.editions
    early = [one for one in shipped(LeaderPolicy, SECRETARIES) if one.effective < editions[0].effective]
    every = [*early, *editions]
    return ReadyTables(
        Timetable([(one.effective, one.process) for one in every]),
        Timetable([(one.effective, one.candidates.process) for one in every]),
    )


def together(company: Company) -> Joint:
    """Two in one office are both set aside; what else is wrong is told, and sets nobody aside."""
    at = company.at
    tenures, clashes = _settled(company, company.standing(SECRETARIES))
    candidates = _placed(company.standing(CANDIDATES), at.policy.candidates.order)
    villages = {judged.record.key for judged in company.judged[SECRETARIES]}
    villages |= {
        (row.written("township"), row.written("village")) for row in at.rosters[SECRETARIES].set_aside
    }
    held = rounds(at, villages)
    tenures = [replace(one, elected=recorded(held.of(one.record.key))) for one in tenures]
    ready_now = [one.record for one in candidates if one.part == READY]
    gates = list(passed(at.policy.candidates.gates, ready_now, at.occasion.on))
    said = [
        *clashes,
        *map(Told, held.told),
        *_changed(company, tenures, held),
        *_steps(company, tenures, candidates),
        *_not_asked(company),
        *_elsewhere(company, tenures, candidates, villages),
        *(_missed(company, line) for line in gates if line.wrong),
    ]
    out = in_error(clashes)
    before = {one.record.key: one for one in sorted(tenures, key=_lasting) if id(one.record.row) not in out}
    return Joint(
        {SECRETARIES: tenures, CANDIDATES: candidates}, said, more=VillagesReviewed(held, gates, before)
    )


def _missed(company: Company, line: GateLine) -> Told:
    message = f"{line.gate.name}（{line.group}）：{line.many} 名，{line.asked}，{line.wrong}"
    return Told(company.at.doubts.at("gate", ALL, message, line.gate.clause))


def _lasting(tenure: Tenure) -> tuple[bool, str]:
    """Orders the rows of a village: whoever is still there, or left last, comes last."""
    return tenure.part != OUT, str(tenure.record.vacated or "")


def _settled(company: Company, tenures: Sequence[Tenure]) -> tuple[list[Tenure], list[Told]]:
    """A vacancy that somebody has filled since is over. Two who hold a post at once are told, both."""
    over: dict[int, Reason] = {}
    clashes: list[Told] = []
    for group in grouped((one for one in tenures if one.part != OUT), "township", "village").values():
        holders = [one for one in group if not one.gone]
        gone = sorted((one for one in group if one.gone), key=_lasting)
        if holders[1:] or (holders and any(_overlap(holders[0], one) for one in gone)):
            clashes += _clash(company, holders if holders[1:] else group)
        for one in gone if holders else gone[:-1]:
            after = f"{holders[0].record.called}已接任" if holders else f"{gone[-1].record.vacated} 又出缺"
            said, where = f"{one.record.vacated} 离任，{after}", (one.record.vacated_in,)
            over[id(one)] = Reason("任职", said, one.reasons[0].basis, False, where)
    settled = [
        replace(one, part=OUT, reasons=(over[id(one)],), steps={}, troubles=(), hits=())
        if id(one) in over
        else one
        for one in tenures
    ]
    return settled, clashes


def _overlap(holder: Tenure, gone: Tenure) -> bool:
    """Whether somebody took office before the other left. The same day is a handover."""
    started, left = holder.record.started, gone.record.vacated
    return started is not None and left is not None and started.latest < left.earliest


def _clash(company: Company, group: Sequence[Tenure]) -> Iterator[Told]:
    names = "、".join(f"{one.record.called}（{one.record.row.place('name').origin.spot}）" for one in group)
    for one in group:
        message = f"{one.record.township}{one.record.village}同时有 {len(group)} 名书记：{names}"
        yield Told(
            company.at.doubts.at("two-in-office", one.record.row.place("name"), message), one.record.row
        )


def _placed(candidates: Sequence[Nomination], order: Sequence[str]) -> list[Nomination]:
    """The places of those who are ready, village by village, by the scores that the policy names; without any, nobody's."""
    scores = {
        id(one): tuple(stated(one.record, column) for column in order)
        for one in candidates
        if one.part == READY
    }
    found: dict[int, int] = {}
    for group in grouped(candidates, "township", "village").values():
        scored = [one for one in group if order and None not in scores.get(id(one), (None,))]
        for one, place in zip(scored, places([scores[id(one)] for one in scored]), strict=True):
            found[id(one)] = int(place)
    return [replace(one, place=found.get(id(one))) for one in candidates]


def _changed(company: Company, tenures: Sequence[Tenure], held: Rounds) -> Iterator[Told]:
    """Results that were recorded in the last period and are told otherwise now, without a revocation."""
    for one in tenures if company.at.before else ():
        if one.part == OUT:
            continue
        for words in altered(
            str(company.at.of_last(one.record).get("elected") or ""), held.of(one.record.key)
        ):
            message = f"{''.join(one.record.key)}：上期记的是“{words}”，本期不同"
            yield company.told("result-changed", one.record.row, "village", message)


def _steps(company: Company, tenures: Iterable[Tenure], candidates: Iterable[Nomination]) -> Iterator[Told]:
    """What is wrong with steps, at their cells; and the steps that a sheet has no column for."""
    at, doubts = company.at, company.at.doubts
    for tenure in tenures:
        yield from told(doubts, tenure.record, tenure.troubles, cells(tenure.record))
    for one in candidates:
        yield from told(doubts, one.record, one.troubles, {})
    for roster, process in ((SECRETARIES, at.policy.process), (CANDIDATES, at.policy.candidates.process)):
        records = (judged.record for judged in company.judged[roster])
        yield from lacking(doubts, records, process, NO_COLUMNS)


def _not_asked(company: Company) -> Iterator[Told]:
    """For each sheet, the columns of situations and conditions that it lacks, so that nobody is judged by them."""
    rule = company.at.policy
    known = {LISTED} if GRADE in company.at.rosters else set()
    asked = {
        SECRETARIES: [field for one in rule.triggers for field in one.columns() if field.name not in known],
        CANDIDATES: [one.field for one in rule.candidates.requirements],
    }
    for roster, fields in asked.items():
        lacks = {
            (*one.record.row.line[:2], "、".join(dict.fromkeys(_lacking(one.record, fields))))
            for one in company.judged[roster]
        }
        for book, sheet, headings in sorted(lacks):
            if headings:
                message = f"名册没有这些栏，没有判断：{headings}"
                yield Told(company.at.doubts.at("not-asked", Place(book, sheet), message))


def _lacking(record: Record, fields: Iterable[Field]) -> Iterator[str]:
    """The headings of the columns that the sheet of a record does not have."""
    there = record.row.source.columns
    return (field.heading for field in fields if named(type(record), field.heading) not in there)


def _elsewhere(
    company: Company, tenures: Sequence[Tenure], candidates: Sequence[Nomination], villages: set[Village]
) -> Iterator[Told]:
    """Candidates for a village that is not on the list; and whoever holds, or is to hold, the post of several."""
    for one in candidates:
        if one.record.key not in villages:
            message = f"{one.record.name}：名册里没有{one.record.township}{one.record.village}"
            yield company.told("village-unlisted", one.record.row, "village", message)
    holders = [one for one in tenures if one.part != OUT and not one.gone]
    villages_of = grouped((one for one in holders if one.record.identity), "identity")
    for one in candidates:
        posts = [there.record.village for there in villages_of.get((one.record.identity,), ())]
        if others := [village for village in posts if village != one.record.village]:
            message = f"{one.record.name}：在任{'、'.join(others)}的书记，又拟任{one.record.village}"
            yield company.told("several-villages", one.record.row, "village", message)
    named: list[tuple[Sequence[Tenure | Nomination], str]] = [(candidates, "拟任"), (holders, "在任")]
    for who, what in named:
        for group in grouped(who, "identity").values():
            for one in group if group[1:] else ():
                message = f"{one.record.name}：同时{what} {len(group)} 个村"
                yield company.told("several-villages", one.record.row, "village", message)
