"""Thousands of dirty cells and whole dirty rosters against their ground truth."""

from collections import defaultdict
from fractions import Fraction
from random import Random
from typing import Annotated, Any

import pytest

from sanchuang_cli.finding import Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.cells.troubles import FAULTS
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.read import read_books
from tests.counts import FULL
from tests.roster.dirt import DirtyColumn, DirtyRoster, dirty_roster
from tests.roster.dirty_cells import SHAPES
from tests.roster.parsing import read_cell


class Cadre(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    joined: Annotated[VagueDate | None, Field("入党日期", Kind.DATE)] = None
    left: Annotated[VagueDate | None, Field("任职终止", Kind.DATE)] = None
    amount: Annotated[int | None, Field("发放金额", Kind.MONEY)] = None
    card: Annotated[str | None, Field("银行卡号", Kind.ACCOUNT)] = None
    phone: Annotated[str | None, Field("联系电话", Kind.PHONE)] = None
    spells: Annotated[tuple[Spell, ...] | None, Field("任职经历", Kind.SPELLS)] = None
    poor: Annotated[bool | None, Field("是否困难", Kind.FLAG)] = None
    stars: Annotated[int | None, Field("上年星级", Kind.STARS)] = None
    months: Annotated[int | None, Field("月数", Kind.COUNT)] = None
    score: Annotated[Fraction | None, Field("考核得分", Kind.SCORE, maximum=100)] = None


HEADINGS = {
    "name": ("姓名", "党员姓名", "户名"),
    "identity": ("身份证号", "公民身份号码", "身份证号码", "身份證號"),
    "joined": ("入党日期", "入党时间", "加入党组织时间", "入黨時間"),
    "left": ("任职终止", "离任时间", "卸任时间"),
    "amount": ("发放金额", "金额（元）", "补助金额(元)", "应发金额"),
    "card": ("银行卡号", "一卡通账号", "卡号"),
    "phone": ("联系电话", "手机号码", "电话"),
    "spells": ("任职经历", "任职起止", "任职情况"),
    "poor": ("是否困难",),
    "stars": ("上年星级", "去年星级"),
    "months": ("月数", "发放月数"),
    "score": ("考核得分",),
}
COLUMNS = [DirtyColumn(f.name, f.kind, HEADINGS[f.name]) for f in Cadre.declared()]
FIELDS = {f.name: f for f in Cadre.declared()}
ROSTERS = 3000 if FULL else 100


@pytest.mark.parametrize("kind", list(SHAPES))
def test_every_dirty_cell_is_read_as_its_truth(kind: Kind) -> None:
    random = Random(f"cells {kind}")
    field = next(f for f in FIELDS.values() if f.kind is kind)
    for shape in SHAPES[kind]:
        for _ in range(60):
            dirty = shape(random)
            read = read_cell(field, dirty.cell, number_format="")
            codes = set(read.codes) - {"identity.tidied", "date.two-digit-year"}
            assert (read.value, codes) == (dirty.value, set(dirty.codes) - {"identity.tidied"}), dirty


def _expected_severity(name: str, code: str) -> Severity:
    return FAULTS[code].severity or (Severity.ERROR if FIELDS[name].required else Severity.WARNING)


def _check(roster: DirtyRoster) -> int:
    book = Book("册.xlsx", "", (roster.sheet,))
    reading = read_books([book], {"cadres": Wanted(Cadre, "名册")})
    read = reading.rosters["cadres"]
    codes: dict[tuple[int, int], set[str]] = defaultdict(set)
    for finding in reading.findings:
        codes[finding.place.row, finding.place.column].add(finding.code)
    records = {record.row.number: record for record in read.records}
    aside = {row.number for row in read.set_aside}
    assert records.keys() | aside == {truth.row for truth in roster.truths}
    source: dict[str, Any] = dict(next(iter([*read.records])).row.source.columns) if read.records else {}
    for truth in roster.truths:
        bad = any(
            _expected_severity(name, code) is Severity.ERROR
            for name, all_ in truth.codes.items()
            for code in all_
        )
        assert (truth.row in aside) == bad, truth
        if not bad:
            record = records[truth.row]
            assert {name: getattr(record, name) for name in FIELDS} == truth.values
        for name, expected in truth.codes.items() if source else ():
            reported = codes[truth.row, source[name][0]] - {"identity.tidied", "date.two-digit-year"}
            assert reported == set(expected) - {"identity.tidied"}, (name, truth)
    return len(roster.truths)


def test_dirty_rosters_give_their_true_records_and_findings() -> None:
    random = Random("rosters")
    rows = sum(_check(dirty_roster(COLUMNS, random.randint(3, 60), random)) for _ in range(ROSTERS))
    assert rows > 20 * ROSTERS
