"""What is taken from another programme's page is what stands there once and clearly; all else is a finding."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.joining import joined
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.join import Partner, Partners, Taken
from sanchuang_cli.period import Period
from sanchuang_cli.record import Origin, Roster, Row, Source
from tests.joined import BONUS, GARLANDS, STARS, Secretary, Stars

PAGE = Source(
    "星级.xlsx",
    "分类定级汇总表",
    {"township": (2, "乡镇"), "党组织名称": (3, "党组织名称"), "星级": (9, "星级")},
)
OURS = Source(
    "书记.xlsx", "名册", {"township": (1, "乡镇"), "branch": (2, "所在党组织"), "name": (3, "书记姓名")}
)
ORIGIN = Origin("星级.xlsx", Period.year(2025), "", {})


def partner(number: int, branch: str, stars: int | None, *unread: str, written: object = "") -> Partner:
    row = Row(PAGE, number, ("", "", "", "", "", "", "", "", written), unread)
    return Partner(row=row, township="青禾镇", more={"党组织名称": branch, "星级": stars})


def secretary(branch: str, number: int = 4) -> Secretary:
    return Secretary(row=Row(OURS, number, ()), township="青禾镇", branch=branch, name="某某")


def took(branch: str, *rows: Partner) -> Taken | Finding:
    return Partners(STARS, Roster(rows, origin=ORIGIN)).of(secretary(branch))


def test_the_one_row_that_says_the_same_is_taken_with_its_cell() -> None:
    got = took("河西村党支部", partner(5, "河西村党支部", 4), partner(6, "河东村党支部", 5))
    assert isinstance(got, Taken)
    assert (got.value, str(got.place)) == (4, "星级.xlsx 分类定级汇总表 I5（星级）")


def test_nought_stars_are_a_value() -> None:
    got = took("河西村党支部", partner(5, "河西村党支部", 0))
    assert isinstance(got, Taken) and got.value == 0


def test_whatever_is_not_there_once_and_clearly_is_an_error_at_the_record() -> None:
    one = partner(5, "河西村党支部", 4)
    for got, code, told in (
        (took("河西村支部", one), "join.none", "星级.xlsx 的“分类定级汇总表”里没有这一行"),
        (
            took("河西村党支部", one, partner(9, "河西村党支部", 4)),
            "join.two",
            "对上了 2 行（星级.xlsx 分类定级汇总表 第5行、星级.xlsx 分类定级汇总表 第9行）",
        ),
        (
            took("河西村党支部", partner(5, "河西村党支部", None)),
            "join.blank",
            "星级.xlsx 分类定级汇总表 I5（星级） 是空的",
        ),
        (
            took("河西村党支部", partner(5, "河西村党支部", None, "星级", written="未定")),
            "join.unread",
            "写的“未定”读不懂",
        ),
        (took("", one), "join.key", "空着"),
    ):
        assert isinstance(got, Finding)
        assert (got.code, got.severity, got.place.row) == (code, Severity.ERROR, 4)
        assert told in got.message and got.mend, got.message


def test_where_money_follows_a_result_must_be_approved_unless_the_policy_says_otherwise() -> None:
    def edition(**says: str) -> Stars:
        return Stars.model_validate(
            {"title": "办法", "document": "文", "effective": "2020-01-01", "stars": says}
        )

    assert GARLANDS.must(STARS, edition()) == "result"
    assert BONUS.must(STARS, edition()) == "approved"
    assert GARLANDS.must(STARS, edition(must="approved")) == "approved"
    assert BONUS.must(STARS, edition(must="result")) == "result"


def test_a_run_goes_on_without_a_result_that_its_programme_can_do_without() -> None:
    edition, year = Stars(title="办法", document="文", effective=date(2020, 1, 1)), Period.year(2026)
    with pytest.raises(UserError, match="请用 --result 给出 sanchuang rate 写出的工作簿"):
        joined(GARLANDS, edition, year, Asked())
    without = replace(GARLANDS, joins=(replace(STARS, optional=True),))
    assert joined(without, edition, year, Asked()) == []


BRANCHES = st.sampled_from(["甲", "乙", "丙", ""])


@given(st.lists(st.tuples(BRANCHES, st.none() | st.integers(0, 5)), max_size=6), BRANCHES)
def test_a_value_is_taken_exactly_where_one_row_fits_and_says_it(
    rows: list[tuple[str, int | None]], branch: str
) -> None:
    page = [partner(5 + i, name, stars) for i, (name, stars) in enumerate(rows)]
    got = took(branch, *page)
    fitting = [one for one in page if one.more["党组织名称"] == branch and branch]
    if isinstance(got, Taken):
        (one,) = fitting
        assert (got.value, got.place.row) == (one.more["星级"], one.row.number)
    else:
        assert len(fitting) != 1 or fitting[0].more["星级"] is None
        assert got.place.book == "书记.xlsx"
