"""The line of a county that has no figure of its own says why."""

from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.stated.counties import county_lines, notes
from sanchuang_cli.domain.stated.given import COPY, COUNTED, UNKNOWN, WAITING, GivenFile
from tests.programmes.report.test_comparing import EDITIONS, figure, file, says

SHOWN = EDITIONS.editions[-1].shown


def given(county: str, part: str = COUNTED, period: str = "2026-06", **more: Any) -> GivenFile:
    made = file(says("pay", "在职报酬", period, figure("金额", 7, money=True)), part)
    return structs.replace(made, county=county, name=f"{county}/{period}.xlsx", **more)


def copy(of: str, period: str = "2026-06") -> GivenFile:
    return given("二县", COPY, period, same_as=f"{of}/2026-06.xlsx")


@pytest.mark.parametrize(
    ("own", "called"),
    [
        ([copy("一县")], "二县（和一县的是同一份）"),
        ([copy("三县"), copy("一县", "2026-05"), copy("一县", "2026-04")], "二县（和三县、一县的是同一份）"),
        ([given("二县", WAITING)], "二县（待签）"),
        ([copy("一县"), given("二县", WAITING, "2026-05")], "二县（和一县的是同一份，待签）"),
    ],
)
def test_a_county_without_figures_is_a_line_that_says_why_and_is_named_below(
    own: list[GivenFile], called: str
) -> None:
    lines = county_lines([given("一县"), given("三县"), *own], SHOWN)
    assert [line.called for line in lines] == ["一县", "三县", called]
    assert notes(lines)[-1] == f"没有计入的数、没有加进合计的：{called}。"


@pytest.mark.parametrize(
    ("own", "called"),
    [
        ([given("二县")], "二县"),
        ([copy("一县"), given("二县", period="2026-05")], "二县"),
        ([given("二县"), given("二县", COPY, "2026-05")], "二县"),
        ([given("二县", UNKNOWN, failed="没有结果")], "二县（没有读成）"),
    ],
)
def test_one_that_has_figures_or_could_not_be_read_is_called_as_ever(
    own: list[GivenFile], called: str
) -> None:
    lines = county_lines([given("一县"), *own], SHOWN)
    assert [line.called for line in lines] == ["一县", called]
    assert not any(note.startswith("没有计入的数") for note in notes(lines))
