"""期限: what one programme writes of its deadlines, another command can read from the result."""

from pathlib import Path

from sanchuang_cli import deadlines
from sanchuang_cli.page import cols
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.roster.results import opened
from tests.command import Sanchuang, book, sanchuang
from tests.programmes.people import identity

__all__ = ["sanchuang"]

HEADINGS = (
    "乡镇",
    "支部",
    "姓名",
    "身份证号",
    "申请",
    "谈话",
    "积极分子",
    "发展对象",
    "支部大会",
    "党委审批",
)


def test_the_deadlines_of_a_result_are_read_by_their_headings_with_the_cell(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    plain = ("青禾镇", "河西村党支部")
    people = [
        (*plain, "张建国", identity("1990-04-01", number=1), "2026-10-10", "", "", "", "", ""),
        (*plain, "李志强", identity("1991-04-01", number=2), "", "", "", "2026-01-05", "2026-07-20", ""),
    ]
    book(tmp_path / "册.xlsx", people, HEADINGS, title="发展党员台账")
    assert sanchuang("development", "册.xlsx", "--on", "2026-11-28", "--out", "结果.xlsx", "-q").code == 1
    found = list(opened(tmp_path / "结果.xlsx", "结果.xlsx").lines(deadlines.NAME))
    told = [
        (line["姓名"], line["事项"], line["最迟"], line.get("特殊情况最迟"), int(line["剩余天"]))
        for _, line in found
    ]
    assert told == [
        ("张建国", "谈话", "2026-11-10", "", -18),
        ("李志强", "党委审批", "2027-01-20", "2027-01-20", 53),
        ("李志强", "预备期止", "2027-07-20", "", 234),
    ]
    assert all(line["身份证号"] and place.row for place, line in found)
    assert [line["责任人"] for _, line in found] == ["党支部", "乡镇党委", ""]


def test_the_page_has_the_same_columns_in_every_programme() -> None:
    for one in PROGRAMMES:
        programme = one.load()
        pages = () if callable(programme.pages) else programme.pages
        for page in (page for page in pages if page.name == deadlines.NAME):
            own, whom = tuple(cols(getattr(page, "columns", ()))), 0
            if not getattr(page, "who", True):  # the page says itself whom a line is about, and says it first
                whom = own.index(deadlines.COLUMNS[0])
            assert own[whom : whom + len(deadlines.COLUMNS)] == tuple(deadlines.COLUMNS)
            assert not page.detail, "a page of details may not be written"
