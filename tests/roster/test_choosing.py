"""Which roster a table is: by the columns that tell it apart, and by one name wherever it is asked."""

from pathlib import Path
from typing import Annotated, Any

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.checks.audit import audit
from sanchuang_cli.roster.choosing import Choice, Stranger, ranked
from sanchuang_cli.roster.columns.described import matched_columns
from sanchuang_cli.roster.grid import Area, Sheet
from sanchuang_cli.roster.read import read
from sanchuang_cli.roster.rivals import Unsettled
from sanchuang_cli.roster.tables.sheet_layout import layout
from tests.roster.books import number, sheet_rows


class Member(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    post: Annotated[str, Field("离任职务")] = ""


class Listed(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("姓名", Kind.NAME)] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    kind: Annotated[str, Field("名单类别")] = ""


MEMBERS, SCREEN = Wanted(Member, "人员名册"), Wanted(Listed, "核查名单", optional=True)
BOTH: dict[str, Wanted[Any]] = {"members": MEMBERS, "screen": SCREEN}
PAID = ["序号", "姓名", "身份证号", "补贴标准", "月数", "发放金额", "领款人签字"]


def table(*head: str, name: str = "表", title: str = "名册") -> Area:
    cells = {"姓名": "王刚", "身份证号": number(), "离任职务": "书记"}
    rows: list[list[Any]] = [[title], list(head), *[[cells.get(heading, 1.0) for heading in head]] * 3]
    (area,) = layout(Sheet(name, rows), "a.xlsx").areas
    return area


def called(area: Area, wanted: dict[str, Wanted[Any]] = BOTH) -> str:
    choice = ranked(area, "a.xlsx", wanted)
    return choice.name if isinstance(choice, Choice) else ""


@pytest.mark.parametrize("more", [("电话", "住址"), ("部门", "岗位"), ("金额", "备注"), ("班级", "得分")])
def test_a_name_alone_makes_no_roster_whose_columns_others_have_too(more: tuple[str, ...]) -> None:
    assert not called(table("序号", "姓名", *more))


def test_the_column_that_tells_a_list_apart_makes_it_one() -> None:
    assert called(table("姓名", "名单类别", "单位")) == "screen"
    assert called(table("姓名", "身份证号", "离任职务")) == "members"


def test_a_list_that_requires_nothing_is_told_where_it_fits_as_well_as_a_roster() -> None:
    area = table("姓名", "身份证号", "离任职务", "名单类别")
    choice = ranked(area, "a.xlsx", BOTH)
    assert isinstance(choice, Unsettled) and {roster.name for roster in choice.rivals} == {
        "members",
        "screen",
    }
    (members, other) = (ranked(area, "a.xlsx", BOTH, {"a.xlsx": roster.title}) for roster in BOTH.values())
    assert (
        isinstance(members, Choice)
        and isinstance(other, Choice)
        and (members.name, other.name) == tuple(BOTH)
    )


def test_asked_for_by_name_a_list_needs_no_telling_column() -> None:
    assert called(table("序号", "姓名", "电话"), {"screen": SCREEN}) == "screen"


def test_required_means_required() -> None:
    choice = ranked(table("姓名", "离任职务", "备注"), "a.xlsx", BOTH)
    assert isinstance(choice, Stranger) and choice.lacking() == "身份证号"


@pytest.mark.parametrize(
    "head", [("姓名", "离任职务", "备注"), ("姓名", "电话", "住址"), ("支部", "书记", "人数"), tuple(PAID)]
)
def test_inspect_and_check_name_the_same_nearest_roster(head: tuple[str, ...]) -> None:
    area = table(*head)
    choice = ranked(area, "a.xlsx", BOTH)
    described = matched_columns(area, "a.xlsx", BOTH)
    assert (described["nearest"], described["roster"]) == (
        choice.name,
        choice.name if isinstance(choice, Choice) else None,
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (PAID, "表"),
        (["姓名", "身份证号", "金额", "签字"], "表"),
        (["姓名", "身份证号", "银行账号", "实发金额"], "发放签领表"),
        (["序号", "姓名", "身份证号", "应发金额", "代领人"], "2026"),
    ],
)
def test_a_signed_list_of_payments_is_named_as_one(head: list[str], name: str) -> None:
    choice = ranked(table(*head, name=name), "a.xlsx", BOTH)
    assert isinstance(choice, Stranger) and choice.paid
    assert "发放签领表" in choice.note().message


def test_payments_beside_what_entitles_a_person_stand_in_a_roster() -> None:
    assert called(table("姓名", "身份证号", "离任职务", "发放金额", "领款人签字")) == "members"


def test_a_list_of_payments_beside_the_roster_makes_no_doubles(tmp_path: Path) -> None:
    from openpyxl import Workbook

    people = [
        {"姓名": "王" + "甲乙丙丁"[n], "身份证号": number(sequence=101 + 2 * n), "离任职务": "书记"}
        for n in range(4)
    ]
    book = Workbook()
    roster, paid = book.active, book.create_sheet("发放签领表")
    assert roster is not None
    for line in sheet_rows(people):
        roster.append(line)
    for line in sheet_rows(
        [{k: p[k] for k in ("姓名", "身份证号")} | {"发放金额": 505, "签字": ""} for p in people]
    ):
        paid.append(line)
    path = tmp_path / "册.xlsx"
    book.save(path)
    reading = read([path], {"members": MEMBERS})
    assert len(reading.rosters["members"].records) == 4
    assert [finding.code for finding in reading.findings] == ["roster.paid-list"]
    assert audit([path], {"members": MEMBERS}).tally.read == 4


def test_a_refusal_names_five_headings_and_the_command(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["人员", "证件", "职务一", "职务二", "职务三", "身份证件", "年龄", "住处"])
    for n in range(3):
        book.active.append(["王刚", number(sequence=101 + 2 * n), "甲", "乙", "丙", "有", 60, "村里"])
    path = tmp_path / "册.xlsx"
    book.save(path)
    with pytest.raises(UserError) as stopped:
        read([path], {"members": MEMBERS})
    message = str(stopped.value)
    assert "“人员”" in message and "sanchuang inspect 册.xlsx --save-columns" in message
    choice = message.partition("表里相近的列标题：")[2].partition("\n")[0]
    assert choice.count("“") == 5


class Receipt(Record, frozen=True, kw_only=True):
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    ticket: Annotated[str, Field("票号")] = ""


TIED: dict[str, Wanted[Any]] = {"members": MEMBERS, "receipts": Wanted(Receipt, "党费收据")}


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ({"title": "机关党支部党费收据登记"}, "receipts"),
        ({"name": "党费收据"}, "receipts"),
        ({"title": "人员名册"}, "members"),
    ],
)
def test_where_the_columns_do_not_decide_the_title_or_the_sheet_does(
    where: dict[str, str], chosen: str
) -> None:
    assert isinstance(ranked(table("姓名", "身份证号"), "册.xlsx", TIED), Unsettled)
    choice = ranked(table("姓名", "身份证号", **where), "册.xlsx", TIED)
    assert isinstance(choice, Choice) and choice.name == chosen


def test_a_title_that_names_two_rosters_settles_nothing_and_none_outweighs_a_column() -> None:
    both = table("姓名", "身份证号", title="人员名册、党费收据")
    assert isinstance(ranked(both, "册.xlsx", TIED), Unsettled)
    told = ranked(table("姓名", "身份证号", "离任职务", title="党费收据"), "册.xlsx", TIED)
    assert isinstance(told, Choice) and told.name == "members"
