"""What is said beside the fields, in `rate`: a row struck through is not rated, a remark that it is gone is told."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Beside
from tests.programmes.ratings import organisation, outcome, stars


def said(number: int = 1, remark: str = "", struck: tuple[str, ...] = (), **fields: Any) -> Organisation:
    one = organisation(number, remarks=remark, **fields)
    columns = one.row.source.columns
    lines = {columns[name][0]: True for name in struck}
    source = replace(
        one.row.source, remarks=(columns["remarks"],), beside={one.row.number: Beside({}, lines)}
    )
    return structs.replace(one, row=structs.replace(one.row, source=source))


def found(*organisations: Organisation) -> list[tuple[str, Severity]]:
    result = outcome(*organisations)
    return [(f.code, f.severity) for f in result.findings if f.code.startswith("remarks.")]


def test_a_row_struck_through_is_set_aside_with_an_error_at_its_place() -> None:
    result = outcome(said(1, struck=("name",)), said(2))
    assert len(stars(result)) == 1
    assert (result.tally.set_aside, len(result.set_aside)) == (1, 1)
    assert [(f.code, f.place.row) for f in result.findings if f.severity is Severity.ERROR] == [
        ("remarks.struck-row", result.set_aside[0].number)
    ]


@pytest.mark.parametrize("remark", ["此行作废", "与上一行重复", "与上行重", "已删除"])
def test_a_row_that_a_remark_calls_void_or_double_is_set_aside(remark: str) -> None:
    assert found(said(1, remark), said(2)) == [("remarks.void", Severity.ERROR)]
    assert len(stars(outcome(said(1, remark), said(2)))) == 1
    assert found(said(1, "没有重复"), said(2)) == [("remarks.of-others", Severity.WARNING)]


def test_one_struck_cell_is_a_warning() -> None:
    one = said(1, struck=("type",))
    assert found(one) == [("remarks.struck-cell", Severity.WARNING)]
    assert len(stars(outcome(one))) == 1


@pytest.mark.parametrize("remark", ["2026年3月并入东村党支部", "拟于明年建新支部，原支部已合并"])
def test_a_remark_that_it_is_no_more_is_a_warning(remark: str) -> None:
    assert found(said(1, remark)) == [("remarks.gone", Severity.WARNING)]
    assert len(stars(outcome(said(1, remark)))) == 1


@pytest.mark.parametrize(
    "remark",
    [
        "",
        "未撤销",
        "没有合并",
        "停发",
        "老书记去世",
        "示范点",
        "安全生产零事故",
        "未受处分",
        "新成立不评",
        "化解群体性事件3起",
    ],
)
def test_other_remarks_on_an_organisation_say_nothing(remark: str) -> None:
    assert found(said(1, remark)) == []


@pytest.mark.parametrize("remark", ["一票否决", "否决", "不参评", "本年不评", "数据造假", "取消评星资格"])
def test_a_remark_that_leaves_nothing_to_be_rated_sets_the_row_aside(remark: str) -> None:
    assert found(said(1, remark), said(2)) == [("remarks.settled", Severity.ERROR)]
    assert len(stars(outcome(said(1, remark), said(2)))) == 1


@pytest.mark.parametrize("remark", ["得分待核", "公示结果待定", "正在核查"])
def test_a_remark_that_something_is_not_decided_yet_sets_the_row_aside(remark: str) -> None:
    assert found(said(1, remark)) == [("remarks.undecided", Severity.ERROR)]


@pytest.mark.parametrize("remark", ["书记病故", "书记已辞职", "书记被留置", "书记被判刑", "班子成员受警告处分", "发生命案", "进京上访", "整顿中", "公示有异议"])  # fmt: skip
def test_what_may_bear_on_the_stars_is_a_warning(remark: str) -> None:
    assert found(said(1, remark)) == [("remarks.grave", Severity.WARNING)]
