"""The golden of 生活补贴: a dozen people."""

from pathlib import Path

from tests.command import Sanchuang
from tests.goldens.written import dumped, golden
from tests.members import roster


def test_a_dozen_people_give_this_screen_and_these_lists(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path, "全县.xlsx")
    asked = ("全县.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--details")
    ran = sanchuang("subsidies", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '全县-生活补贴-2026Q2.xlsx')}"
    assert text.splitlines() == golden("subsidies")
