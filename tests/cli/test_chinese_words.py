"""Wherever an option takes one of several words, its name in Chinese may be written instead, and a refusal gives both."""

from pathlib import Path

import pytest

from sanchuang_cli.cli.known_rosters import offered, roster_named
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, listed
from tests.command import Sanchuang
from tests.roster.books import table

GOOD = {"乡镇": "青禾镇", "党组织名称": "东村党支部", "类型": "村", "党员数": 12}


def test_an_unknown_roster_names_those_there_are(sanchuang: Sanchuang, tmp_path: Path) -> None:
    path = table(tmp_path / "甲.xlsx", [GOOD])
    near = sanchuang("merge", path, "--as", "党员", "--out", "全.xlsx")
    assert near.code == 2
    assert "--as 不认识“党员”。有“党员”的是：members（党员和离任村干部名册、生活补贴）、" in near.err
    assert "orgs" not in near.err
    strange = sanchuang("check", path, "--as", "汽车")
    assert "--as 不认识“汽车”。可用的有：orgs（党组织名册、星级评定）、members（" in strange.err


@pytest.mark.parametrize("word", ["orgs", "党组织名册", "星级评定"])
def test_a_roster_may_be_named_by_its_title_or_by_that_of_its_programme(
    sanchuang: Sanchuang, tmp_path: Path, word: str
) -> None:
    path = table(tmp_path / "甲.xlsx", [GOOD])
    for words in (
        ("check",),
        ("check", "--for", "星级评定", "--period", "2026"),
        ("merge", "--out", "全.xlsx"),
    ):
        assert "党组织名册" not in sanchuang(*words, path, "--as", word).err.partition("错误")[2]
    assert (tmp_path / "全.xlsx").exists()
    assert sanchuang("template", "星级评定", "--out", "空.xlsx").code == 0


def test_every_roster_and_programme_has_titles_of_its_own() -> None:
    titles = [one.title for one in (*PROGRAMMES, *OVER_RESULTS)]
    titles += [one.load().reads[one.load().chief].title for one in offered().values()]
    assert len(titles) == len({*titles})
    for name, one in offered().items():
        assert roster_named(one.title) == roster_named(one.load().reads[one.load().chief].title) == name
        assert listed(one.title) is one


def test_what_sums_are_made_by_may_be_written_in_chinese(sanchuang: Sanchuang, tmp_path: Path) -> None:
    sanchuang("ledger", "init", "--ledger", "台账.db", "--paid-through", "2026-06")
    for command in ("balance", "income"):
        words = ("ledger", command, "--ledger", "台账.db", "--by")
        assert sanchuang(*words, "month").out == sanchuang(*words, "月份").out
        assert "month（月份）" in sanchuang(*words, "星期").err
