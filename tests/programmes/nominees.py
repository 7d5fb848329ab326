"""Those recommended for the tests of `honors`, built as the reader would build them, and runs over them."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.awards.judging import Honor
from sanchuang_cli.domain.awards.policy import HonorPolicy, Recommended, TownshipBase
from sanchuang_cli.join import Partner
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.honors import GRADE, PROGRAMME, STARS
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from sanchuang_cli.table import Table
from tests.programmes.people import identity

MEMBER, WORKER, BRANCH = "优秀党员", "党务工作者", "先进组织"
OPINIONS = ("纪检意见", "信访意见", "计生意见")
TOWNS = ("青禾镇", "望河乡", "白桦镇", "石桥镇", "云岭乡", "柳泉乡")
YEAR, ON = Period.year(2025), date(2025, 12, 31)
_SURNAMES, _GIVEN = (
    "张王李赵刘陈杨黄周吴",
    ("建国", "志强", "凤英", "玉兰", "海涛", "秀英", "立新", "永胜", "桂芝", "文斌"),
)


def name(number: int) -> str:
    """The names of the first hundred are different ones."""
    return _SURNAMES[number % 10] + _GIVEN[number // 10 % 10]


def row(record: type[Record], number: int, values: Mapping[str, Any], unread: Sequence[str] = ()) -> Row:
    """A line of a sheet that is called after the record; row n of it stands in line n + 3."""
    headings = {field.name: field.heading for field in record.declared()}
    columns = {key: (at, headings.get(key, key)) for at, key in enumerate(values, 1)}
    cells = tuple("" if value is None else str(value) for value in values.values())
    return Row(Source("推荐.xlsx", record.__name__, columns), number + 3, cells, tuple(unread))


def person(number: int = 1, category: str = WORKER, unread: Sequence[str] = (), **fields: Any) -> Recommended:
    """Somebody of the front line of whom nobody has anything bad to say. Opinions are given by their headings."""
    opinions = dict.fromkeys(OPINIONS, "无异议") | {
        key: fields.pop(key) for key in list(fields) if not key.isascii()
    }
    values: dict[str, Any] = {
        "category": category,
        "township": "青禾镇",
        "name": name(number),
        "identity": identity("1975-03-04", number=number),
        "unit": "河西村党支部书记",
        "front": True,
        "leader": False,
        "order": number,
        "merits": "带领群众修路",
        **fields,
    }
    more = {key: said for key, said in opinions.items() if said}
    return Recommended(row=row(Recommended, number, values | opinions, unread), more=more, **values)


def branch(number: int = 1, called: str = "河西村党支部", **fields: Any) -> Recommended:
    """An organisation: it has no number, and nobody asks whether it is a leader."""
    own = {"category": BRANCH, "name": called, "identity": "", "front": None, "leader": None}
    return person(number, **(own | fields))


def base(number: int, township: str, members: int = 0, branches: int = 0) -> TownshipBase:
    values: dict[str, Any] = {"township": township, "members": members, "branches": branches}
    return TownshipBase(row=row(TownshipBase, number, values), **values)


@cache
def policies(pack: str | None = None) -> PolicyFile[HonorPolicy]:
    return policy.load(HonorPolicy, *policy.source("honors", pack))


def changed(change: Callable[[dict[str, Any]], object], pack: str | None = None) -> PolicyFile[HonorPolicy]:
    """A shipped policy after `change` has had its way with it."""
    data = tomllib.loads(policy.source("honors", pack)[1].decode(), parse_float=Decimal)["edition"][0]
    change(data)
    return PolicyFile("试.toml", "0" * 64, (HonorPolicy.model_validate(data),))


def numbered(numbers: Mapping[str, int], **blocks: Any) -> PolicyFile[HonorPolicy]:
    """The default policy with so many places for some honours instead of shares, and other blocks."""

    def change(edition: dict[str, Any]) -> None:
        edition |= blocks
        for one in edition["categories"]:
            if one["name"] in numbers:
                del one["share"]
                one["number"] = numbers[one["name"]]

    return changed(change)


def result(page: str, heads: Sequence[str], lines: Sequence[Sequence[Any]]) -> Roster[Partner]:
    """A page of another programme's result."""
    columns = {"township" if head == "乡镇" else head: (at, head) for at, head in enumerate(heads, 1)}
    source = Source(f"{page}.xlsx", page, columns)
    partners = []
    for number, line in enumerate(lines, 5):
        more = dict(zip(heads, line, strict=True))
        town = more.pop("乡镇", "")
        partners.append(Partner(row=Row(source, number, tuple(line)), township=town, more=more))
    return Roster(tuple(partners), origin=Origin(f"{page}.xlsx", YEAR, "", {}))


def reviewed(grades: Mapping[str, str]) -> dict[str, Roster[Partner]]:
    """The result of the last review: grades by identity number."""
    return {GRADE.name: result(GRADE.page, ("身份证号", "等次"), list(grades.items()))}


def rated(stars: Mapping[tuple[str, str], int | None]) -> dict[str, Roster[Partner]]:
    """The result of a rating: stars by township and name."""
    lines = [(*key, number) for key, number in stars.items()]
    return {STARS.name: result(STARS.page, ("乡镇", "党组织名称", "星级"), lines)}


def rosters(
    people: Sequence[Recommended], bases: Sequence[TownshipBase], results: Mapping[str, Roster[Any]] = {}
) -> dict[str, Roster[Any]]:
    return {"recommended": Roster(tuple(people)), "bases": Roster(tuple(bases)), **results}


def asked(
    people: Sequence[Recommended],
    bases: Sequence[TownshipBase],
    results: Mapping[str, Roster[Any]] = {},
    by: PolicyFile[HonorPolicy] | None = None,
) -> tuple[Rosters, PolicyFile[HonorPolicy], Occasion]:
    """What is run."""
    return rosters(people, bases, results), by or policies(), Occasion(YEAR, ON, TOWNS)


def judged(
    people: Sequence[Recommended],
    bases: Sequence[TownshipBase],
    results: Mapping[str, Roster[Any]] = {},
    by: PolicyFile[HonorPolicy] | None = None,
) -> Whole:
    return PROGRAMME.judge(*asked(people, bases, results, by))


def outcome(
    people: Sequence[Recommended],
    bases: Sequence[TownshipBase],
    results: Mapping[str, Roster[Any]] = {},
    by: PolicyFile[HonorPolicy] | None = None,
) -> Outcome:
    return PROGRAMME.run(*asked(people, bases, results, by))


def parts(whole: Whole) -> dict[str, str]:
    """By name, where everybody went who is not set aside."""
    return {one.record.name: one.part for one in whole.of()}


def honors(whole: Whole) -> dict[str, Honor]:
    return {one.record.name: one for one in whole.of()}


def table(found: Outcome, page: str) -> Table:
    return next(one for one in found.tables if one.name == page)


def column(found: Outcome, page: str, heading: str) -> list[Any]:
    """One column of a page, from the top, by the name of the column."""
    drawn = table(found, page)
    return [line[drawn.index(heading)] for line in drawn.rows]


def codes(whole: Whole | Outcome) -> list[str]:
    """Of all findings, without the programme's name."""
    return sorted(one.code.rpartition(".")[2] for one in whole.findings)
