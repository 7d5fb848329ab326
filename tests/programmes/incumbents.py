"""Secretaries, candidates and elections for the tests of `secretaries`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from sanchuang_cli import policy
from sanchuang_cli.domain.ballots.round_rows import ElectionRow, Revocation, VoteRow
from sanchuang_cli.domain.ballots.rounds import RoundLine
from sanchuang_cli.domain.leaders.nominations import Nomination
from sanchuang_cli.domain.leaders.policy import LeaderPolicy, policy_columns
from sanchuang_cli.domain.leaders.records import CALLED, Nominee, Secretary
from sanchuang_cli.domain.leaders.tenures import Tenure
from sanchuang_cli.finding import Finding
from sanchuang_cli.join import Partner
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.secretaries import PROGRAMME
from sanchuang_cli.record import Field, Origin, Record, Roster, Row, Source
from sanchuang_cli.table import Table
from tests.programmes.people import identity

ON = date(2026, 11, 28)
_LAST_YEAR = Origin("上期.xlsx", Period.year(2025), "", {})
_DIGITS = "一二三四五六七八九十"
R = TypeVar("R", bound=Record)
GOOD: dict[str, Any] = {
    "来源类别": "选派", "人员类别": "正式党员", "学历": "大学", "处分情况": "无", "单位推荐": True, "公示起": "2026-11-02",
} | {f"{body}意见{what}": said for body in ("纪检", "公安", "信访") for what, said in (("", "无异议"), ("日期", "2026-10-20"))}  # fmt: skip
"""The cells of a candidate of whom nothing lacks."""


def day(text: str) -> VagueDate:
    """2026, 2026-05 or 2026-05-12, as exact as it is written."""
    parts = [int(part) for part in text.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


@cache
def default() -> PolicyFile[LeaderPolicy]:
    return policy.load(LeaderPolicy, *policy.source("secretaries", None))


def changed(*changes: tuple[str, str]) -> PolicyFile[LeaderPolicy]:
    """The default policy with other words in its file; each must stand there. Raises UserError where it is refused."""
    text = policy.source("secretaries", None)[1].decode("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return policy.load(LeaderPolicy, "本县.toml", text.encode())


def pack(name: str) -> PolicyFile[LeaderPolicy]:
    return policy.load(LeaderPolicy, *policy.source("secretaries", name))


def _made(
    kind: type[R],
    number: int,
    cells: Mapping[str, Any],
    roster: str,
    by: PolicyFile[LeaderPolicy] | None,
    sheet: str,
) -> R:
    """A record by the headings of its roster. A heading that is not named is absent; None is a blank cell."""
    known, fields = _columns(kind, roster, by or default())
    values = {
        known[head].name: _read(known[head].kind, cell) for head, cell in cells.items() if cell is not None
    }
    columns = {known[head].name: (at, head) for at, head in enumerate(cells, 1)}
    written = tuple(
        "" if cell is None else cell if isinstance(cell, int) else str(cell) for cell in cells.values()
    )
    row = Row(Source("名册.xlsx", sheet, columns), number + 3, written)
    stated = {name: value for name, value in values.items() if name in fields}
    return kind(row=row, more={name: value for name, value in values.items() if name not in fields}, **stated)


def _columns(
    kind: type[Record], roster: str, by: PolicyFile[LeaderPolicy]
) -> tuple[dict[str, Field], set[str]]:
    """The columns of a roster by their headings, and the names of those that are the record's own."""
    if (kind, by.sha256) not in _KNOWN:
        own = {field.heading: field for field in kind.declared()}
        own |= {CALLED[field.name]: field for field in kind.declared() if field.name in CALLED}
        more = {field.heading: field for field in policy_columns(by.editions[-1]).get(roster, ())}
        _KNOWN[kind, by.sha256] = more | own, {field.name for field in own.values()}
    return _KNOWN[kind, by.sha256]


_KNOWN: dict[tuple[type[Record], str], tuple[dict[str, Field], set[str]]] = {}


def _read(kind: Kind, cell: Any) -> Any:
    """A cell as the reader would give it."""
    if kind is Kind.DATE and isinstance(cell, str):
        return day(cell)
    return Fraction(str(cell)) if kind is Kind.SCORE else cell


def secretary(number: int = 1, by: PolicyFile[LeaderPolicy] | None = None, **cells: Any) -> Secretary:
    """Somebody in office since 2021, in a village of his own."""
    who = {
        "姓名": f"张建{_DIGITS[number % 10]}",
        "身份证号": identity("1975-03-08", number=number),
    }
    plain = {
        "乡镇": "青禾镇",
        "村": f"河西{number}村",
        **who,
        "任现职时间": "2021-03-15",
        "本届起": "2021-03-15",
    }
    return _made(Secretary, number, plain | cells, "secretaries", by, "名册")


def vacancy(
    number: int = 1, since: str = "2026-08-20", by: PolicyFile[LeaderPolicy] | None = None, **cells: Any
) -> Secretary:
    """A village without a secretary."""
    nobody = {"姓名": None, "身份证号": None, "任现职时间": None, "出缺日期": since}
    return secretary(number, by, **nobody | cells)


def nominee(number: int = 1, by: PolicyFile[LeaderPolicy] | None = None, **cells: Any) -> Nominee:
    """Somebody of whom nothing lacks, for the village of the same number."""
    who = {"姓名": f"李秀{_DIGITS[number % 10]}", "身份证号": identity("1985-06-09", "女", number)}
    known, _ = _columns(Nominee, "candidates", by or default())
    good = {head: cell for head, cell in GOOD.items() if head in known}
    plain = {"乡镇": "青禾镇", "村": f"河西{number}村", **who, **good}
    return _made(Nominee, number, plain | cells, "candidates", by, "人选")


def election(number: int = 1, **cells: Any) -> ElectionRow:
    """32 of 40 came, and three are to be elected."""
    plain = {
        "乡镇": "青禾镇",
        "村": f"河西{number}村",
        "会议": "党员大会",
        "轮次": 1,
        "应到": 40,
        "实到": 32,
        "发出": 32,
        "收回": 32,
        "应选": 3,
    }
    return _made(ElectionRow, number, plain | cells, "elections", None, "选举")


def votes(
    number: int = 1, row: int = 0, meeting: str | None = None, turn: int = 1, **cells: Any
) -> list[VoteRow]:
    """The votes by the names of candidates."""
    where = {"乡镇": "青禾镇", "村": f"河西{number}村", "会议": meeting, "轮次": turn}
    named = [{**where, "候选人": name, "票": count} for name, count in cells.items()]
    return [
        _made(VoteRow, number * 20 + at + row, one, "votes", None, "得票") for at, one in enumerate(named)
    ]


def revocation(number: int = 1, **cells: Any) -> Revocation:
    plain = {
        "乡镇": "青禾镇",
        "村": f"河西{number}村",
        "轮次": 1,
        "撤销文件": "青党发〔2026〕9号",
        "撤销日期": "2026-11-20",
    }
    return _made(Revocation, number, plain | cells, "revocations", None, "撤销")


def last(whole: Whole) -> list[LastLine]:
    """任期一览 of a run, as the next period reads it back."""
    table = next(
        one
        for one in PROGRAMME.run(dict(whole.at.rosters), whole.at.editions, whole.at.occasion).tables
        if one.name == "任期一览"
    )
    row = Row(Source("上期.xlsx", "任期一览", {}), 1, ())
    names = [column.name for column in table.columns]
    return [LastLine(row=row, more=dict(zip(names, line, strict=True))) for line in table.rows]


def rated(*graded: tuple[str, str], weak: Sequence[str] = ()) -> Rosters:
    """The result of rate: branches with their grades, and those on the list of the weak."""

    def partner(at: int, branch: str, heading: str, value: Any) -> Partner:
        row = Row(Source("评定.xlsx", "表", {heading: (7, heading)}), at + 4, ("",) * 6 + (str(value),))
        return Partner(row=row, township="青禾镇", more={"党组织名称": branch, heading: value})

    grades = tuple(partner(at, branch, "本年等次", grade) for at, (branch, grade) in enumerate(graded))
    stars = tuple(partner(at, branch, "星级", 3) for at, (branch, _) in enumerate(graded))
    listed = tuple(partner(at, branch, "列入情形", "信访集中") for at, branch in enumerate(weak))
    origin = Origin("评定.xlsx", Period.year(2026), "", {})
    named = (("grade", grades), ("stars", stars), ("weak", listed))
    return {name: Roster(rows, origin=origin) for name, rows in named}


def rosters(*records: Record, before: Sequence[LastLine] | None = None) -> Rosters:
    kinds = {
        "secretaries": Secretary,
        "candidates": Nominee,
        "elections": ElectionRow,
        "votes": VoteRow,
        "revocations": Revocation,
    }
    made: Rosters = {
        name: Roster(tuple(one for one in records if isinstance(one, kind))) for name, kind in kinds.items()
    }
    return made if before is None else {**made, "previous": Roster(tuple(before), origin=_LAST_YEAR)}


def judged(
    *records: Record,
    by: PolicyFile[LeaderPolicy] | None = None,
    on: date = ON,
    before: Sequence[LastLine] | None = None,
    result: Rosters | None = None,
) -> Whole:
    given = {**rosters(*records, before=before), **(result or {})}
    return PROGRAMME.judge(given, by or default(), Occasion(Period.year(on.year), on))


def outcome(*records: Record, by: PolicyFile[LeaderPolicy] | None = None, on: date = ON) -> Outcome:
    return PROGRAMME.run(rosters(*records), by or default(), Occasion(Period.year(on.year), on))


def tenure(*records: Record, by: PolicyFile[LeaderPolicy] | None = None, on: date = ON) -> Tenure:
    """What came of the one secretary."""
    (verdict,) = judged(*records, by=by, on=on).of()
    assert isinstance(verdict, Tenure)
    return verdict


def hits(*records: Record, by: PolicyFile[LeaderPolicy] | None = None, on: date = ON) -> list[str]:
    """The situations for which the change of the one secretary is proposed."""
    return [hit.what for hit in tenure(*records, by=by, on=on).hits]


def nomination(*records: Record, by: PolicyFile[LeaderPolicy] | None = None, on: date = ON) -> Nomination:
    """What came of the one candidate."""
    (verdict,) = judged(*records, by=by, on=on).of((), "candidates")
    assert isinstance(verdict, Nomination)
    return verdict


def fates(*records: Record, by: PolicyFile[LeaderPolicy] | None = None) -> dict[str, str]:
    """What came of each candidate in the one round."""
    return {line.candidate: line.fate for line in round_lines(*records, by=by)}


def round_lines(*records: Record, by: PolicyFile[LeaderPolicy] | None = None) -> list[RoundLine]:
    whole = judged(secretary(), *records, by=by)
    return [line for result in whole.more.rounds.results for line in result.lines]


def told(found: Outcome | Whole) -> list[str]:
    """The codes of all findings, without the programme's name."""
    return [one.code.partition(".")[2] for one in found.findings]


def finding(found: Outcome | Whole, code: str) -> Finding:
    (one,) = [one for one in found.findings if one.code == f"secretaries.{code}"]
    return one


def page(found: Outcome, name: str) -> Table:
    return next(one for one in found.tables if one.name == name)


def lines(found: Outcome, name: str) -> list[dict[str, Any]]:
    """A page's lines by the headings of its columns."""
    table = page(found, name)
    heads = [column.title for column in table.columns]
    return [dict(zip(heads, row, strict=True)) for row in table.rows]
