"""A merged roster ends as what was sent: whatever is decided, doubted and set aside of the originals is so of the merged one.

Two townships report the people of a small roster, some of them both; cells of theirs are made odd, each in some way.
"""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sanchuang_cli.cli import auditing
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made
from sanchuang_cli.finding import Severity
from sanchuang_cli.programmes import listed
from tests import members
from tests.command import Sanchuang, book
from tests.counts import FULL

TIMES = 200 if FULL else 12
ODD = {
    "姓名": ("王 志强", "赵明远（已故）", "", "#N/A", "李秀英(女)"),
    "性别": ("男性", "", "不详"),
    "身份证号": ("", "不详", "110101", "同上", "２３０２９９195008081234", "230299195508080"),
    "入党日期": ("1985.1", "约1985年", "2026.6.31", "一九八五年七月", "不详", "70.7.1"),
    "任职经历": ("约1990—2001 村支部书记", "不详", "1984.5—1995年上半年 村主任；1998年6月-至今 任村主任"),
    "离任原因": ("免职", "开除", "待查", "因病"),
    "健在情况": ("已故", "去世（2025年3月）", "不详", "外出"),
    "死亡日期": ("2025.3", "不详", "2030-01-01"),
    "困难台账": ("√", "是（2015年起）", "不清楚"),
    "银行账号": ("6217 0000 0000 0000 01", "无", "不详", "5e12", "存折号12345678"),
    "备注": ("已去世", "本人2026年4月死亡", "与王某重名", "号码已核对"),
}


def sent(folder: Path, dice: Random) -> list[Path]:
    """Two workbooks, whose columns stand in different orders."""
    people = members.people()
    books = []
    for town in ("青禾镇", "望河乡"):
        own = [dict(one) for one in people if one["乡镇"] == town]
        own += [{**dice.choice(people), "乡镇": town} for _ in range(dice.randint(0, 2))]
        for _ in range(dice.randint(0, 6)):
            heading = dice.choice([*ODD])
            dice.choice(own)[heading] = dice.choice(ODD[heading])
        others = dice.choices(("户名", "已注销账号", "情况说明"), k=dice.randint(0, 2))
        headings = [*members.HEADINGS, *dict.fromkeys(others)]
        for one in own if others else ():
            said = {
                "户名": (one["姓名"], "别人"),
                "已注销账号": (one["银行账号"], ""),
                "情况说明": ("", "已搬走"),
            }
            one |= {heading: dice.choice(said[heading]) for heading in others}
        dice.shuffle(headings)
        rows = [[one.get(heading, "") for heading in headings] for one in own]
        books.append(book(folder / f"{town}.xlsx", rows, headings, f"{town}册"))
    return books


def judged(*books: Path) -> Made:
    subsidies = listed("subsidies")
    asked = Asked(books=[*map(str, books)], period="2026Q2", on="2026-06-30", quiet=True)
    return made(begun(subsidies, asked), asked)


def errors(run: Made) -> Counter[Any]:
    """What sets a row aside, where its sender wrote it."""
    found = (one for one in run.run.outcome.findings if one.severity is Severity.ERROR)
    return Counter((one.code, *one.place.origin.line) for one in found)


def payments(run: Made) -> list[tuple[Any, ...]]:
    """Whom it pays what, to which account."""
    pages = run.run.outcome.payments()
    told = ("name", "account", "amount")
    return sorted(tuple(row[page.index(head)] for head in told) for page in pages for row in page.rows)


@pytest.mark.parametrize("seed", range(TIMES))
def test_a_merged_roster_ends_as_what_was_sent(seed: int, tmp_path: Path) -> None:
    books = sent(tmp_path, Random(seed))
    target = tmp_path / "全县.xlsx"
    auditing.merge(Asked(books=[*map(str, books)], roster="members", out=target, quiet=True))
    apart, together = judged(*books), judged(target)
    assert str(together.run.outcome.tally) == str(apart.run.outcome.tally)
    assert errors(together) == errors(apart)
    assert payments(together) == payments(apart)


def test_whoever_stands_in_the_rosters_of_two_townships_is_in_the_merged_one_twice(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    """He is neither lost nor paid twice: the run on the merged roster says of him what it says of the two that were sent."""
    one = next(person for person in members.people() if person["姓名"] == "张建国")
    for town in ("青禾镇", "望河乡"):
        rows = [[({**one, "乡镇": town}).get(heading, "") for heading in members.HEADINGS]]
        book(tmp_path / f"{town}.xlsx", rows, members.HEADINGS)
    sanchuang("merge", "青禾镇.xlsx", "望河乡.xlsx", "--as", "members", "--out", "全县.xlsx")
    ends = [
        sanchuang("subsidies", *names, "--period", "2026Q2", "--on", "2026-06-30", "--out", "册.xlsx")
        for names in (("青禾镇.xlsx", "望河乡.xlsx"), ("全县.xlsx",))
    ]
    said = ["守恒：读取 2 = 发放 1 + 不予发放 0 + 重复合并 1 + 待核实 0" in ran.out + ran.err for ran in ends]
    assert (said, [ran.code for ran in ends]) == ([True, True], [0, 0])


def test_a_file_that_could_not_be_merged_is_told_by_every_run_on_the_merged_roster(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"%PDF-1.4 not a workbook")
    members.roster(tmp_path)
    sanchuang("merge", "坏.xlsx", "名册.xlsx", "--as", "members", "--out", "全县.xlsx")
    (tmp_path / "全县.xlsx").rename(tmp_path / "合.xlsx")
    asked = ("--period", "2026Q2", "--on", "2026-06-30", "--out", "册.xlsx")
    for words, name in ((("坏.xlsx", "名册.xlsx"), "坏.xlsx"), (("合.xlsx",), "合.xlsx 合并的 坏.xlsx")):
        ran = sanchuang("subsidies", *words, *asked)
        assert ran.code == 1 and "没有读懂 1" in ran.err, ran.err
        assert f"没有读懂：{name}" in ran.out + ran.err
        assert "PDF" in ran.out + ran.err
