"""Rosters of people for the tests: a record of their own, and books with just the cells that a test is about."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from openpyxl import Workbook

from sanchuang_cli.domain import identity
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.checks.audit import Audit, audit

Day = VagueDate | None


class Person(Record, frozen=True, kw_only=True):
    """Every field that a check looks at."""

    township: Annotated[str, Field("乡镇", Kind.NAME)] = ""
    branch: Annotated[str, Field("所在党支部", Kind.NAME)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    sex: Annotated[str, Field("性别", Kind.CHOICE, choices={"男": (), "女": ()})] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    born: Annotated[Day, Field("出生日期", Kind.DATE)] = None
    joined: Annotated[Day, Field("入党日期", Kind.DATE)] = None
    regular: Annotated[Day, Field("转正日期", Kind.DATE)] = None
    health: Annotated[str, Field("健在情况")] = ""
    died: Annotated[Day, Field("死亡日期", Kind.DATE)] = None
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""
    amount: Annotated[int | None, Field("发放金额", Kind.MONEY)] = None
    months: Annotated[int | None, Field("月数", Kind.COUNT)] = None
    remarks: Annotated[str, Field("备注")] = ""


class Branch(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("党组织名称", required=True)]
    secretary: Annotated[str, Field("书记", Kind.NAME, required=True)]


PERSONS = Wanted(Person, "人员名册")
BRANCHES = Wanted(Branch, "党组织名册")


def number(birth: str = "19530815", sequence: int = 101, county: str = "230227") -> str:
    """A valid identity number; an odd `sequence` is a man's."""
    body = f"{county}{birth}{sequence:03d}"
    return body + identity.check_digit(body)


def card(at: int = 1) -> str:
    """A valid bank card number."""
    body = f"62305912345678{at:04d}"
    return body + identity.luhn_digit(body)


def people(*rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows without a doubt among them, each changed as `rows` say: 王甲, 王乙 … with numbers of their own."""
    return [
        {"姓名": "王" + "甲乙丙丁戊己庚辛"[at % 8], "身份证号": number(sequence=101 + 2 * at)} | dict(row)
        for at, row in enumerate(rows)
    ]


def sheet_rows(rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return [headings, *([row.get(heading) for heading in headings] for row in rows)]


def book(path: Path, *rows: Mapping[str, Any], below: Sequence[Sequence[Any]] = ()) -> Path:
    """A workbook of people; `below` follows as it is."""
    return table(path, people(*rows), below)


def table(path: Path, rows: Sequence[Mapping[str, Any]], below: Sequence[Sequence[Any]] = ()) -> Path:
    """A workbook with a title, the rows' headings and the rows."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "名册"
    sheet.append(["青禾镇党员名册"])
    for line in (*sheet_rows(rows), *below):
        sheet.append(list(line))
    sheet.merge_cells("A1:C1")
    workbook.save(path)
    return path


def audited(*paths: Path, **wanted: Wanted[Any]) -> Audit:
    return audit(paths, wanted or {"persons": PERSONS})


def codes(result: Audit) -> list[str]:
    """severity, code and row of every finding."""
    return [f"{f.severity.value} {f.code} {f.place.row}" for f in result.findings]
