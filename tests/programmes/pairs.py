"""Members in need and helpers for the tests of `pairing`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.pairs.policy import PairingPolicy
from sanchuang_cli.domain.pairs.records import Helper, MemberInNeed
from sanchuang_cli.outcome import Occasion, Outcome, Rosters, Subject
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.pairing import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.people import identity

ON = date(2026, 3, 31)


_GIVEN = [
    "建国",
    "长林",
    "宝山",
    "占军",
    "喜林",
    "永胜",
    "国栋",
    "文斌",
    "振东",
    "树森",
    "庆丰",
    "连生",
    "万才",
    "玉山",
    "景春",
    "殿臣",
    "广财",
    "凤山",
    "守义",
    "明远",
    "志强",
    "洪亮",
    "海涛",
    "立新",
    "春生",
]
_MEMBERS, _HELPERS = "王李张刘陈杨赵黄周吴", "郑梁谢宋唐许韩冯邓曹"


def name(at: int) -> str:
    """A name for each number: helpers begin at 500, and no two are alike."""
    surname, given = divmod(at % 500, len(_GIVEN))
    return (_HELPERS if at >= 500 else _MEMBERS)[surname % 10] + _GIVEN[given]


def number(at: int) -> str:
    """The identity number of a member in need; helpers begin at 500."""
    return identity(f"{1940 + at % 60}-05-0{at % 9 + 1}", number=at)


def member(at: int = 1, hardship: str = "困难", had: int = 0, **fields: Any) -> MemberInNeed:
    """Somebody of 青禾镇 向阳村 without relatives. had: which helper helped him last year, 0 for nobody."""
    values: dict[str, Any] = {"township": "青禾镇", "village": "向阳村", "name": name(at)}
    values |= {"identity": number(at), "hardship": hardship, "last": number(500 + had) if had else ""}
    values |= fields
    return MemberInNeed(row=_row(MemberInNeed, at, values), **values)


def helper(at: int = 1, leads: bool = False, quota: int | None = None, **fields: Any) -> Helper:
    """A helper of 青禾镇 who is linked with no village."""
    values: dict[str, Any] = {"township": "青禾镇", "village": "", "name": name(500 + at)}
    values |= {"identity": number(500 + at), "unit": f"县第{at:03d}局", "leads": leads, "quota": quota}
    values |= fields
    return Helper(row=_row(Helper, at, values), **values)


def _row(record: type[Record], line: int, values: Mapping[str, Any]) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    return Row(Source("名册.xlsx", record.__name__, columns), line + 3, tuple(map(str, values.values())))


@cache
def default() -> PolicyFile[PairingPolicy]:
    return policy.load(PairingPolicy, *policy.source("pairing", None))


def changed(old: str, new: str, *more: tuple[str, str]) -> PolicyFile[PairingPolicy]:
    """The default policy with other words."""
    text = policy.source("pairing", None)[1].decode()
    for before, after in ((old, new), *more):
        assert before in text
        text = text.replace(before, after)
    return policy.load(PairingPolicy, "试.toml", text.encode())


def asked(
    members: Sequence[MemberInNeed],
    helpers: Sequence[Helper],
    *,
    by: PolicyFile[PairingPolicy] | None = None,
    without: tuple[str, ...] = (),
    last: Sequence[Mapping[str, Any]] | None = None,
    towns: tuple[str, ...] = (),
) -> tuple[Rosters, PolicyFile[PairingPolicy], Occasion]:
    """What is run. last: the lines of last year's result, if given. towns: the order that the county gives them, if it does."""
    rosters: dict[str, Roster[Any]] = {
        "in_need": Roster(tuple(members)),
        "helpers": Roster(tuple(helpers)),
    }
    when = Occasion(Period.year(2026), ON, towns, bool(towns), without)
    if last is not None:
        lines = tuple(LastLine(row=_row(LastLine, n, line), more=dict(line)) for n, line in enumerate(last))
        rosters["previous"] = Roster(lines, origin=Origin("上期.xlsx", when.period.before(), "", {}))
    return rosters, by or default(), when


def outcome(members: Sequence[MemberInNeed], helpers: Sequence[Helper], **how: Any) -> Outcome:
    return PROGRAMME.run(*asked(members, helpers, **how))


def explained(members: Sequence[MemberInNeed], helpers: Sequence[Helper]) -> tuple[Subject, ...]:
    """What `explain` has of everybody."""
    rosters: dict[str, Roster[Any]] = {"in_need": Roster(tuple(members)), "helpers": Roster(tuple(helpers))}
    return tuple(PROGRAMME.explain(rosters, default(), Occasion(Period.year(2026), ON)).subjects)


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line."""
    (table,) = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for row in table.rows]


def pairs(run: Outcome) -> dict[int, int]:
    """By member, who helps; both by their numbers here."""
    page = "结对帮扶一览表"
    return {
        at(member): at(helper) - 500
        for member, helper in zip(
            column(run, page, "identity"), column(run, page, "helper_identity"), strict=True
        )
    }


def at(identity_number: str) -> int:
    """The number here of somebody with an identity number."""
    return next(at for at in range(1000) if number(at) == identity_number)


def moved(run: Outcome) -> dict[int, str]:
    """By member, why the helper of last year was not kept."""
    names = {name(at): at for at in range(250)}
    lines = zip(column(run, "变动表", "name"), column(run, "变动表", "moved"), strict=True)
    return {names[who]: why for who, why in lines if why}


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("pairing.") for finding in run.findings]
