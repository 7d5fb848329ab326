"""Works out elections as rosters have them: a row for each round, one for each candidate's votes, and one for each
revocation.

A result is worked out from its rows alone. Once recorded it changes only by a revocation that names it and its document.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic import Field as Setting

from sanchuang_cli.domain.ballots.bars import BASES
from sanchuang_cli.domain.ballots.counts import VOID
from sanchuang_cli.domain.ballots.election import FATES, Elected, Election, elected
from sanchuang_cli.domain.ballots.round_rows import ElectionRow, Revocation, RoundKey, VoteRow
from sanchuang_cli.domain.doubtful import Doubtful, Objection, doubtful
from sanchuang_cli.domain.verdict import Sentence, never
from sanchuang_cli.finding import Doubt, Doubts, Finding, Place, Severity
from sanchuang_cli.judging import At
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Row

INVALID, REVOKED, WAITS = "选举无效", "已撤销", "待核实"
ELECTED, AGAIN, BELOW = FATES["elected"], FATES["again"], FATES["below"]
_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请对照选举结果报告单核对改正；改正以前这一轮的结果待核实。"
ROUND_DOUBTS = Doubts(
    {
        "election-wrong": Doubt(_E, "票数不能自相矛盾，也不能缺", _AGAIN, "选举的票数不能据以计算"),
        "no-votes": Doubt(_E, "每一轮选举都有得票", "请在得票表里补上这一轮各人的得票。", "选举没有得票"),
        "no-election": Doubt(
            _E, "得票、撤销要说得清是哪一次选举", "请核对村、会议和轮次，或在选举表里补上那一行。", "对不上是哪一次选举"
        ),
        "round-spoiled": Doubt(_E, "一轮里有一行不能用，结果就不能定", _AGAIN, "同一轮有不能用的行"),
        "rounds-differ": Doubt(
            _E, "一轮接一轮，各轮当选的合起来不多于应选",
            "请核对轮次、选举日期和应选；前一轮撤销了的，在选举撤销表里写明；届中出缺补选的，在“补选”栏填“是”。改正以前这几轮的结果待核实。", "各轮选举互相矛盾"
        ),
        "result-changed": Doubt(
            _E, "记过的结果只能由撤销改变", "请照上期恢复；确要改变的，在选举撤销表里写明是哪一次选举和撤销文件，另记一轮。", "记过的选举结果变了"
        ),
        "village-unlisted": Doubt(_W, mend="请核对乡镇和村名；名册漏了这个村的，请补上。"),
    }
)  # fmt: skip


class Elections(Election, title="选举会议"):
    """An election, and at which meetings it may be held."""

    meetings: tuple[str, ...] = Setting(min_length=1, description="在哪些会议上选举，名册“会议”栏的写法")
    delegates: tuple[str, ...] = Setting(
        default=(), description="其中哪些是代表的会议：党员不到 delegates_from 人的，选举无效"
    )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The column of the meeting, with its words."""
        words = dict.fromkeys((*self.meetings, *self.delegates), ())
        return (Field("会议", Kind.CHOICE, True, choices=words, name="meeting"),)

    def result(self, row: "ElectionRow", votes: Mapping[str, int]) -> Elected | Doubtful:
        """The result of one round. An election that delegates may not hold is void."""
        if row.meeting in self.delegates:
            if row.members is None:
                return doubtful("missing", ("党员数",), "没有党员数，不知可不可以由代表选举")
            if not self.delegates_may(row.members):
                said = Sentence(
                    "党员 {} 名，满 {} 名的才可以开{}", (row.members, self.delegates_from, row.meeting)
                )
                return Elected(True, (never("代表会议", self.clause, ("党员数",), said),), {})
        return elected(row.ballots, votes, row.seats, self)


class RoundResult(NamedTuple):
    """What came of one round. row: None where its own row cannot be used; then `outcome` says so."""

    key: RoundKey
    row: ElectionRow | None
    votes: Sequence[VoteRow]
    outcome: Elected | Doubtful
    rule: Elections
    revoked: Revocation | None = None

    @property
    def village(self) -> tuple[str, str]:
        """Township and village."""
        return self.key[:2]

    @property
    def elects(self) -> int:
        """How many it elects."""
        fates = {} if isinstance(self.outcome, Doubtful) else self.outcome.fates
        return sum(fate == "elected" for fate in fates.values())

    def fate(self, candidate: str) -> str:
        """The result of a candidate, in a word."""
        if self.revoked:
            return REVOKED
        if isinstance(self.outcome, Doubtful):
            return WAITS
        return INVALID if self.outcome.void else FATES[self.outcome.fates[candidate]]

    @property
    def lines(self) -> list["RoundLine"]:
        """A line for each candidate, the most votes first; one line where nobody has any."""
        ranked = sorted(self.votes, key=lambda vote: (-vote.votes, vote.candidate))
        if not ranked:
            return [RoundLine(self, "", None, self.fate(""))]
        return [RoundLine(self, one.candidate, one.votes, self.fate(one.candidate)) for one in ranked]

    @property
    def seats(self) -> str:
        """What becomes of the seats that are not filled."""
        if self.revoked or isinstance(self.outcome, Doubtful) or self.outcome.void or not self.row:
            return ""
        said = [f"{self.outcome.contested} 个名额并列，再选"] if self.outcome.contested else []
        if self.outcome.open_seats:
            left = "经多数同意空着" if self.row.consent else "另行选举，或经多数同意空着"
            said.append(f"{self.outcome.open_seats} 个名额没有选出：{left}")
        return "；".join(said)

    @property
    def recorded(self) -> str:
        """The round and its result in words that stay the same as long as nothing changes."""
        _, _, number, meeting = self.key
        each = (f"{line.candidate} {line.votes} 票 {line.fate}" for line in self.lines if line.candidate)
        return f"{meeting}第 {number} 轮：{'、'.join(each) or self.fate('')}"


class RoundLine(NamedTuple):
    """One line of 选举结果报告单."""

    result: RoundResult
    candidate: str
    votes: int | None
    fate: str

    @property
    def why(self) -> str:
        """What decided, in words."""
        result, outcome = self.result, self.result.outcome
        if result.revoked:
            return str(result.revoked)
        if isinstance(outcome, Doubtful):
            return str(outcome)
        failed = [clause for clause in outcome.clauses if clause.first > clause.last]
        if failed or not result.row:
            return "；".join(clause.sentence for clause in failed)
        majority, base = result.rule.majority, result.rule.majority.base
        of = {"entitled": result.row.entitled, "present": result.row.present, "given_out": result.row.given,
              "returned": result.row.returned, "valid": result.row.valid}[base]  # fmt: skip
        return f"得票应{majority}：{BASES[base]} {of}，至少 {majority.least(of or 0)} 票"

    @property
    def seats(self) -> str:
        """What becomes of seats that are not filled, once for each round."""
        return self.result.seats if self == self.result.lines[0] else ""


class Rounds(NamedTuple):
    """All rounds, in the order of their rows, and by village; and what is wrong with them."""

    results: tuple[RoundResult, ...] = ()
    told: tuple[Finding, ...] = ()
    by_village: Mapping[tuple[str, str], Sequence[RoundResult]] = {}

    def of(self, village: tuple[str, str]) -> Sequence[RoundResult]:
        """The rounds of a village."""
        return self.by_village.get(village, ())


def rounds(at: At[Any], villages: Iterable[tuple[str, str]]) -> Rounds:
    """What came of every round, each by the document of its own day. villages: those that are on the roster.

    A policy has its rule as `elections`; one that has none judges no election.
    """
    if at.policy.elections is None:
        return Rounds()
    counted = _Counted(at)
    results = [result for row in _given(at, "elections") if (result := counted.result(row))]
    known = {result.key for result in results}
    for row in _dropped(at, "elections"):
        key = _key(row)
        if key not in known:
            known.add(key)
            outcome = doubtful("unknown", ("应到",), "选举表的这一行待核实（{}）", row.place())
            results.append(RoundResult(key, None, counted.votes.get(key, ()), outcome, at.policy.elections))
    results = counted.beside_each_other(sorted(results, key=attrgetter("key")))
    listed, told = set(villages), list(counted.told)
    for result in results:
        if result.row and result.village not in listed:
            message = f"{result.row.called}选举：名册里没有{''.join(result.village)}"
            told.append(at.doubts.at("village-unlisted", result.row.row.place("village"), message))
    told += counted.unmatched(known)
    by_village: dict[tuple[str, str], list[RoundResult]] = {}
    for result in results:
        by_village.setdefault(result.village, []).append(result)
    return Rounds(tuple(results), tuple(told), by_village)


def _given(at: At[Any], name: str) -> Sequence[Any]:
    """The rows of a roster that may not be given at all."""
    return at.rosters[name].records if name in at.rosters else ()


def _dropped(at: At[Any], name: str) -> list[Row]:
    """The rows of a roster that nobody may use, in the order of their places."""
    return sorted(at.dropped.get(name, ()), key=attrgetter("line"))


class _Counted:
    """The votes and revocations by the round that they are about."""

    def __init__(self, at: At[Any]) -> None:
        self.at, self.told = at, list[Finding]()
        elections = _given(at, "elections")
        self._meetings: dict[tuple[str, str, int], list[str]] = {}
        for key in (*(row.key for row in elections), *map(_key, _dropped(at, "elections"))):
            self._meetings.setdefault(key[:3], []).append(key[3])
        self.votes = self._by_round(_given(at, "votes"))
        self.revoked = {key: rows[-1] for key, rows in self._by_round(_given(at, "revocations")).items()}
        dropped = [(row, _key(row)) for name in ("votes", "revocations") for row in _dropped(at, name)]
        self._spoiled = {self._full(key) or key: row for row, key in dropped}

    def _full(self, key: RoundKey) -> RoundKey | None:
        """The key with its meeting, where a row leaves that out and there is only one; None without such a round."""
        meetings = self._meetings.get(key[:3], [])
        if key[3]:
            return key if key[3] in meetings else None
        return key._replace(meeting=meetings[0]) if len(set(meetings)) == 1 else None

    def _by_round(self, rows: Iterable[Any]) -> dict[RoundKey, list[Any]]:
        by_round: dict[RoundKey, list[Any]] = {}
        for row in rows:
            by_round.setdefault(self._full(row.key) or row.key, []).append(row)
        return by_round

    def unmatched(self, known: set[RoundKey]) -> Iterator[Finding]:
        """Votes and revocations of a round that is on no roster, or of one of several."""
        lost = chain.from_iterable(rows for key, rows in self.votes.items() if key not in known)
        for row in (*lost, *(row for key, row in self.revoked.items() if key not in known)):
            what = f"{row.candidate}的得票" if isinstance(row, VoteRow) else "撤销"
            message = f"{row.called}：{what}对不上是哪一次选举"
            yield self.at.doubts.at("no-election", row.row.place("village"), message)

    def result(self, row: ElectionRow) -> RoundResult | None:
        """What came of a round, with what is wrong told at its cell."""
        day = row.day.latest if row.day else self.at.occasion.on
        rule = self.at.editions.on(max(day, self.at.editions.editions[0].effective)).elections
        if rule is None:
            return None
        votes: list[VoteRow] = self.votes.get(row.key, [])
        outcome = self._outcome(row, rule, votes)
        return RoundResult(row.key, row, votes, outcome, rule, self.revoked.get(row.key))

    def beside_each_other(self, results: Sequence[RoundResult]) -> list[RoundResult]:
        """The rounds of one meeting must come one after another, and all together elect no more than there are seats. Of those
        that do not, nobody knows which one is right, so none has a result."""
        meetings: dict[tuple[str, str, str], list[RoundResult]] = {}
        for result in results:
            meetings.setdefault((*result.village, result.key.meeting), []).append(result)
        wrong = {key: said for held in meetings.values() for key, said in _contradicting(held)}
        waiting = {}
        for one in results:
            if one.row and (said := wrong.get(one.key)):
                place = one.row.row.place("day" if one.row.day else "round")
                self._tell("rounds-differ", one.row, place, said, one.rule)
                waiting[one.key] = one._replace(outcome=doubtful("unknown", ("轮次",), "{}", said))
        return [waiting.get(one.key, one) for one in results]

    def _outcome(self, row: ElectionRow, rule: Elections, votes: Sequence[VoteRow]) -> Elected | Doubtful:
        if spoiled := self._spoiled.get(row.key):
            self._tell("round-spoiled", row, row.row.place("village"), f"{spoiled.place()} 待核实", rule)
            return doubtful("unknown", ("票",), "{} 待核实，这一轮的结果不能定", spoiled.place())
        outcome = rule.result(row, {vote.candidate: vote.votes for vote in votes})
        if isinstance(outcome, Elected) and not outcome.void and not votes:
            self._tell("no-votes", row, row.row.place("seats"), "没有得票", rule)
            return doubtful("missing", ("票",), "没有得票")
        for doubt in outcome.doubts if isinstance(outcome, Doubtful) else ():
            self._tell("election-wrong", row, _where(doubt, row, votes), str(doubt.said), rule)
        return outcome

    def _tell(self, code: str, row: ElectionRow, place: Place, said: str, rule: Elections) -> None:
        self.told.append(self.at.doubts.at(code, place, f"{row.called}：{said}", rule.clause))


def _contradicting(held: Sequence[RoundResult]) -> Iterator[tuple[RoundKey, str]]:
    """The rounds of one meeting, in order, that cannot stand beside each other, with what is wrong."""
    dated = [(one.key, one.row.day) for one in held if one.row and one.row.day]
    for (before, first), (after, second) in pairwise(dated):
        if second.latest < first.earliest:
            said = f"第 {after.round} 轮 {second} 早于第 {before.round} 轮 {first}"
            yield from ((before, said), (after, said))
    for series in _series(held):
        electing = [one for one in series if one.elects and not one.revoked]
        seats = max((one.row.seats for one in series if one.row), default=0)
        if electing[1:] and sum(one.elects for one in electing) > seats:
            each = "、".join(f"第 {one.key.round} 轮当选 {one.elects} 人" for one in electing)
            said = f"{each}，应选 {seats} 人，没有一轮撤销，也不是补选"
            yield from ((one.key, said) for one in electing)


def _series(held: Sequence[RoundResult]) -> list[list[RoundResult]]:
    """The rounds of one meeting, in order, by the seats that they fill: a by-election begins anew, for its seats had been filled
    and fell vacant."""
    series: list[list[RoundResult]] = [[]]
    for one in held:
        series += [[]] if one.row and one.row.fills else []
        series[-1].append(one)
    return series


_FIELDS = {
    "应到": "entitled", "实到": "present", "发出": "given", "收回": "returned", "有效": "valid", VOID: "void", "党员数": "members",
}  # fmt: skip


def _where(doubt: Objection, row: ElectionRow, votes: Sequence[VoteRow]) -> Place:
    """The cell at which a doubt is told: the votes of the candidate whom it names, else the election's."""
    if doubt.columns[0] != "票":
        return row.row.place(_FIELDS[doubt.columns[0].split("+")[0]])
    named = [vote for vote in votes if vote.candidate == doubt.said.values[0]]
    return named[0].row.place("votes") if named else row.row.place("seats")


def _key(row: Row) -> RoundKey:
    """The round that a row is about which could not be read, as it is written."""
    number = row.written("round")
    township = row.written("township") or row.source.sender
    return RoundKey(
        township, row.written("village"), int(number) if number.isdecimal() else 1, row.written("meeting")
    )


def altered(before: str, now: Sequence[RoundResult]) -> list[str]:
    """The rounds recorded in the words of the last period of which another result is told now, or none, and no revocation."""
    said = {result.recorded.partition("：")[0]: result for result in now}
    changed = []
    for words in filter(None, before.split("；")):
        result = said.get(words.partition("：")[0])
        if words.endswith(WAITS) or (result and (result.revoked or result.recorded == words)):
            continue
        changed.append(words)
    return changed


def lines(rounds: Rounds, rank: Callable[[str], Any]) -> list[RoundLine]:
    """All lines, by township as pages have them, village, meeting and round."""
    ordered = sorted(rounds.results, key=lambda one: (rank(one.key[0]), one.key[1], one.key[3], one.key[2]))
    return [line for result in ordered for line in result.lines]


def recorded(results: Sequence[RoundResult]) -> str:
    """The results of a village in words, as the next period reads them back."""
    return "；".join(result.recorded for result in results)
