"""表彰推荐: what the documents say of each case, by its number."""

import pytest

from tests.command import Sanchuang, book, sanchuang
from tests.programmes.people import identity

__all__ = ["sanchuang"]

HEADINGS = ("乡镇", "村", "姓名", "身份证号", "情形")


@pytest.mark.parametrize(
    ("matter", "told"),
    [
        ("生活困难", "列入 1 + 不列入 0 + 待核实 0"),
        ("", "列入 0 + 不列入 1 + 待核实 0"),
        ("看不出来", "列入 0 + 不列入 0 + 待核实 1"),
    ],
)
def test_a_row_is_listed_by_its_situation_and_set_aside_where_that_is_not_understood(
    matter: str, told: str, sanchuang: Sanchuang, tmp_path: object
) -> None:
    row = ["青禾镇", "河西村", "张建国", identity("1955-03-15", "男", 1), matter]
    ran = sanchuang("honors", book(tmp_path / "名册.xlsx", [row], HEADINGS))  # type: ignore[operator]
    assert told in ran.err + ran.out
