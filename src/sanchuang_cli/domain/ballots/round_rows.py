"""The rows of elections as rosters have them: one for each round, one for each candidate's votes, one for each revocation."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, NamedTuple

from sanchuang_cli.domain.ballots.counts import VOID, Ballots
from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Wanted


class RoundKey(NamedTuple):
    """What tells rounds apart. meeting: "" where a row of votes leaves it out."""

    township: str
    village: str
    round: int
    meeting: str


class _OfRound(Entry, frozen=True, kw_only=True):
    """What the rows of all three rosters have: which round they are about."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇")]
    village: Annotated[str, Field("村", required=True, example="示例村")]
    meeting: Annotated[str, Field("会议", note="一个村这一轮只有一次选举的可不填")] = ""
    round: Annotated[int, Field("轮次", Kind.COUNT, note="空白是第 1 轮")] = 1

    @property
    def hears(self) -> Collection[Matter]:
        """Only that the row is void."""
        return (Matter.VOID,)

    @property
    def called(self) -> str:
        """As messages name it."""
        return f"{self.township}{self.village}{self.meeting}第 {self.round} 轮"

    @property
    def key(self) -> RoundKey:
        return RoundKey(self.township, self.village, self.round, self.meeting)


class ElectionRow(_OfRound, frozen=True, kw_only=True):
    """One round of one election."""

    meeting: Annotated[str, Field("会议", required=True, example="党员大会")]
    day: Annotated[VagueDate | None, Field("选举日期", Kind.DATE, aliases=("会议日期",))] = None
    entitled: Annotated[int, Field("应到", Kind.COUNT, required=True)]
    present: Annotated[int, Field("实到", Kind.COUNT, required=True)]
    given: Annotated[int, Field("发出", Kind.COUNT, True, ("发出票", "发出选票"))]
    returned: Annotated[int, Field("收回", Kind.COUNT, True, ("收回票", "收回选票"))]
    seats: Annotated[int, Field("应选", Kind.COUNT, True, ("应选人数", "应选名额"))]
    valid: Annotated[int | None, Field("有效", Kind.COUNT, aliases=("有效票",))] = None
    void: Annotated[
        int | None, Field(VOID, Kind.COUNT, aliases=("无效票", "废票"), note="多选的、作了记号的")
    ] = None
    members: Annotated[int | None, Field("党员数", Kind.COUNT, note="开代表大会的填")] = None
    consent: Annotated[bool | None, Field("同意空额", Kind.FLAG, note="没有选满，多数同意空着的填“是”")] = (
        None
    )

    fills: Annotated[bool | None, Field("补选", Kind.FLAG, aliases=("是否补选",), note="届中出缺，另选补上的填“是”")] = None  # fmt: skip

    @property
    def ballots(self) -> Ballots:
        """Its figures."""
        return Ballots(
            entitled=self.entitled,
            present=self.present,
            given_out=self.given,
            returned=self.returned,
            valid=self.valid,
            void=self.void,
        )


class VoteRow(_OfRound, frozen=True, kw_only=True):
    """The votes of one candidate in one round."""

    candidate: Annotated[str, Field("候选人", Kind.NAME, True, ("候选人姓名",))]
    votes: Annotated[int, Field("票", Kind.COUNT, True, ("得票", "得票数"))]


class Revocation(_OfRound, frozen=True, kw_only=True):
    """That the result of one round holds no longer, and by which document."""

    document: Annotated[str, Field("撤销文件", required=True, aliases=("撤销文号",))]
    day: Annotated[VagueDate, Field("撤销日期", Kind.DATE, required=True)]
    why: Annotated[str, Field("撤销原因")] = ""

    @property
    def hears(self) -> Collection[Matter]:
        """Nothing: what is void is the election."""
        return ()

    def __str__(self) -> str:
        return "，".join(filter(None, (f"{self.document} {self.day}撤销", self.why)))


_ROUND = ("township", "village", "meeting", "round")
ROSTERS: Mapping[str, Wanted[Any]] = {
    "elections": Wanted(ElectionRow, "选举", optional=True, once=_ROUND),
    "votes": Wanted(VoteRow, "得票", optional=True, once=(*_ROUND, "candidate")),
    "revocations": Wanted(Revocation, "选举撤销", optional=True, once=_ROUND),
}
"""The rosters of elections; they serve."""
