"""`sanchuang training` as it is typed: why somebody falls short, hours carried on to the next year, and what falls due."""

from pathlib import Path

import pytest

from tests.command import Sanchuang, book
from tests.goldens.written import dumped
from tests.programmes.people import identity

MEMBERS = ("乡镇", "支部", "姓名", "身份证号", "单位类别", "身份", "任职日期")
SHEET = ("支部", "姓名", "身份证号", "日期", "起", "止", "培训名称", "方式", "数量", "单位")
WHO = ("河西村党支部", "李国栋", identity("1970-04-02"))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A secretary since October 2025, with three days of school in 2025 and two meetings."""
    book(
        tmp_path / "全县.xlsx", [["青禾镇", *WHO, "村社区", "书记", "2025-10-15"]], MEMBERS, title="党员名册"
    )
    rows = [
        [*WHO, "", "2025-11-03", "2025-11-05", "书记班", "集中培训", 3, "天"],
        [*WHO, "2025-11-20", "", "", "主题党日", "三会一课", 90, "分钟"],
        [WHO[0], WHO[1], "", "2026-02-20", "", "", "主题党日", "党课", 1, "半天"],
    ]
    book(tmp_path / "登记.xlsx", rows, SHEET, title="学时登记表")
    return tmp_path


def test_explain_says_why_with_the_clause_and_the_cells_of_the_sheets(
    sanchuang: Sanchuang, county: Path
) -> None:
    ran = sanchuang("explain", "training", "李国栋", "全县.xlsx", "登记.xlsx", "--period", "2026", "--on", "2026-12-31", "--all")  # fmt: skip
    assert ran.code == 0
    told = "".join(ran.out.split())
    for words in ("4=4学时", "应学56，差52", "登记.xlsx名册", "不少于56学时", "0次，至少1次"):
        assert words in told, words


def test_last_years_result_says_what_was_before_and_that_the_new_secretary_was_trained(
    sanchuang: Sanchuang, county: Path
) -> None:
    asked = ("training", "全县.xlsx", "登记.xlsx", "--on", "2026-12-31", "--json", "-q", "--period")
    assert sanchuang(*asked, "2025", "--out", "去年.xlsx").code == 0
    alone = sanchuang(*asked, "2026", "--out", "今年.xlsx")
    both = sanchuang(*asked, "2026", "--previous", "去年.xlsx", "--out", "今年.xlsx")
    assert (alone.code, both.code) == (0, 0)
    for ran in (alone, both):
        assert "training.term-" not in ran.out
    only_2026 = county / "登记.xlsx"
    book(only_2026, [[*WHO, "2026-02-20", "", "", "主题党日", "党课", 1, "半天"]], SHEET, title="学时登记表")
    assert "training.term-missed" in sanchuang(*asked, "2026", "--out", "今年.xlsx").out
    assert "training.term-missed" not in sanchuang(*asked, "2026", "--previous", "去年.xlsx", "--out", "今年.xlsx").out  # fmt: skip


def test_due_lists_what_is_lacking_of_a_year_that_is_not_over(sanchuang: Sanchuang, county: Path) -> None:
    ran = sanchuang("training", "全县.xlsx", "登记.xlsx", "--period", "2026", "--on", "2026-11-28", "--out", "今年.xlsx", "-q")  # fmt: skip
    assert ran.code == 0
    assert sanchuang("due", "今年.xlsx", "--on", "2026-11-28", "--out", "期限.xlsx").code == 0
    (line,) = [line for line in dumped(county / "期限.xlsx").splitlines() if "补足学时" in line]
    assert "2026-12-31 | 33" in line and "李国栋" in line
