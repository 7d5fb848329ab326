"""The golden of 述评考 with yearly figures from results, walked as a county walks it: rate, reviews, honors, appraise, each
approved before the next one takes it."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.policy import source
from tests.cli.test_ledger_command import Office, office
from tests.cli.test_results_command import saved
from tests.command import Ran, book, row
from tests.goldens.written import dumped, golden
from tests.programmes.appraise.books import book as sheets
from tests.programmes.people import identity

__all__ = ["office"]

YEAR = ("--period", "2025", "--on", "2025-12-31")
NAMES = ("第1村党支部", "第2村党支部", "第3村党支部", "第4村党支部")
SECRETARIES = ("张建国", "李秀英", "王德福", "赵玉兰")
NUMBERS = tuple(identity("1970-01-01", number=n) for n in range(1, 5))
REVIEWED = (
    "乡镇", "支部", "姓名", "身份证号", "人员类别", "发出票", "收回票", "优秀票", "合格票", "基本合格票", "不合格票", "弃权票", "支委评定",
)  # fmt: skip
HONORED = (
    "类别", "乡镇", "姓名", "身份证号码", "单位职务", "是否一线", "是否领导", "推荐顺序", "主要事迹", "纪检意见", "信访意见", "计生意见",
)  # fmt: skip
UNITS = ("乡镇", "单位", "类型", "书记", "书记身份证号", "述职日期", "日常得分", "述职得分", "上年等次")
BALLOTS = ("乡镇", "单位", "组", "发出", "收回", "有效", "好", "较好", "一般", "差")
STARRED = '\nstarred = { clause = "星级评定三星以上", least = 3 }'
GIVEN = ("--result", "星级.xlsx", "--result", "评议.xlsx", "--result", "表彰.xlsx")
OUT = ("--out", "出.xlsx")
APPRAISE = ("appraise", "述评考册.xlsx", *YEAR, "--policy", "results")


def rated(folder: Path) -> None:
    """Five stars, three and none; the fourth village is not on the roster."""
    goods: tuple[dict[str, Any], ...] = (
        {},
        {"领导班子": 95, "工作业绩": 90, "群众反映": 92},
        {"领导班子": 70, "党员队伍": 70, "工作机制": 60},
    )
    more = (row(n, 上年星级=4 if n == 2 else 3, **cells) for n, cells in enumerate(goods, 1))
    book(folder / "党组织.xlsx", [*more, *(row(n) for n in range(5, 9))])


def reviewed(folder: Path) -> None:
    """Each secretary with two other members of the branch, so that one may be 优秀; of one the committee has not said a grade."""
    grades = ("优秀", "合格", "不合格", "")
    lines: list[list[Any]] = []
    for n, (branch, name, number, grade) in enumerate(zip(NAMES, SECRETARIES, NUMBERS, grades, strict=True)):
        votes = {"优秀": (9, 1, 0, 0), "不合格": (0, 1, 2, 7)}.get(grade, (2, 8, 0, 0))
        lines.append(["青禾镇", branch, name, number, "正式党员", 10, 10, *votes, 0, grade])
        for m, other in enumerate(("周志强", "吴桂芝"), 10 * n + 11):
            lines.append(["青禾镇", branch, other, identity("1971-01-01", number=m), "正式党员", 10, 10, 1, 9, 0, 0, 0, "合格"])  # fmt: skip
    book(folder / "党员.xlsx", lines, REVIEWED, title="民主评议汇总")


def honored(folder: Path) -> None:
    """One branch of two places, and a secretary as a good member; the policy asks for the stars of the one and the grade of the other."""
    clear = ("无异议", "无异议", "无异议")
    lines = [
        ["先进组织", "青禾镇", NAMES[1], "", "书记李秀英", "", "", 1, "带领群众修路", *clear],
        ["先进组织", "青禾镇", NAMES[2], "", "书记王德福", "", "", 2, "带领群众修路", *clear],
        ["优秀党员", "青禾镇", SECRETARIES[0], NUMBERS[0], "书记", "是", "否", 1, "带领群众修路", *clear],
    ]
    book(folder / "推荐.xlsx", lines, HONORED, title="表彰推荐名册")
    book(folder / "基数.xlsx", [["青禾镇", 100, 70]], ("乡镇", "党员数", "支部数"), title="名额基数")
    text = source("honors", None)[1].decode().replace("\n# 要看星级的", STARRED + "\n# 要看星级的")
    (folder / "表彰办法.toml").write_text(text, "utf-8")


def appraised(folder: Path) -> None:
    units = [
        ["青禾镇", name, "村", secretary, number, "2025-12-20", 88, 91, "较好"]
        for name, secretary, number in zip(NAMES, SECRETARIES, NUMBERS, strict=True)
    ]
    voted = [["青禾镇", name, "群众", 22, 21, 20, 18, 2, 0, 0] for name in NAMES]
    voted.append(["青禾镇", NAMES[0], "上级", 3, 3, 3, 1, 1, 1, 0])
    sheets(folder / "述评考册.xlsx", {"述评考汇总": [UNITS, *units], "测评票": [BALLOTS, *voted]})


def approved(office: Office, *words: str) -> None:
    """Run a programme, and have its result approved by two people."""
    ran = office(*words, "-q")
    assert ran.code in (0, 1), ran.err
    result = words[words.index("--out") + 1]
    office("ledger", "propose", result, "--by", "张三")
    assert office("ledger", "approve", result, "--by", "李四").code == 0


@pytest.fixture
def walked(office: Office, tmp_path: Path) -> Office:
    """Stars, grades and honours of 2025, each approved."""
    for write in (rated, reviewed, honored, appraised):
        write(tmp_path)
    approved(office, "rate", "党组织.xlsx", *YEAR, "--out", "星级.xlsx")
    approved(office, "reviews", "党员.xlsx", *YEAR, "--out", "评议.xlsx")
    approved(office, "honors", "推荐.xlsx", "基数.xlsx", *YEAR, "--policy", "表彰办法.toml", *GIVEN[:4], "--out", "表彰.xlsx")  # fmt: skip
    return office


def test_four_programmes_one_after_the_other_give_this_screen_and_these_pages(walked: Office) -> None:
    ran = walked(*APPRAISE, *GIVEN, "--details", "--out", "述评考.xlsx")
    text = f"exit {ran.code}\n{ran.err}{dumped(Path('述评考.xlsx'))}"
    assert text.splitlines() == golden("appraise_results")


def test_a_figure_is_followed_from_the_whole_to_the_sheet_that_it_began_with(walked: Office) -> None:
    """explain names the cell of the result; explain of that programme names the cell of the roster."""
    said = explained(walked, "appraise", NAMES[1], *APPRAISE[1:], *GIVEN)
    for book_, page, heading in (
        ("星级.xlsx", "分类定级汇总表", "星级"),
        ("评议.xlsx", "等次名册", "等次"),
        ("表彰.xlsx", "推荐名册", "类别"),
    ):
        (cell,) = set(re.findall(rf"{book_} {page} ([A-Z]+\d+)（{heading}）", said))
        assert f"{load_workbook(book_, data_only=True)[page][cell].value}" in said
    asked = ("推荐.xlsx", "基数.xlsx", *YEAR, "--policy", "表彰办法.toml", *GIVEN[:4])
    assert "星级.xlsx 分类定级汇总表" in explained(walked, "honors", NAMES[1], *asked)
    assert "评议.xlsx 等次名册" in explained(walked, "honors", SECRETARIES[0], *asked)
    assert "党员.xlsx 名册" in explained(walked, "reviews", SECRETARIES[1], "党员.xlsx", *YEAR)
    assert "党组织.xlsx 名册" in explained(walked, "rate", NAMES[1], "党组织.xlsx", *YEAR)


def explained(office: Office, programme: str, who: str, *words: str) -> str:
    ran = office("explain", programme, who, *words, "--json")
    assert ran.code == 0, ran.err
    return ran.out


def test_a_result_that_was_changed_or_not_approved_or_of_another_year_is_refused_with_its_place(
    walked: Office,
) -> None:
    for year, said in (("2025", "没有审批过 新.xlsx，不能取它的等次"), ("2024", "新.xlsx 是2024年的结果，这里要2025年的")):  # fmt: skip
        on = ("--period", year, "--on", f"{year}-12-30")
        walked("reviews", "党员.xlsx", *on, "--out", "新.xlsx", "-q")
        refused(walked(*APPRAISE, *GIVEN[:2], "--result", "新.xlsx", *GIVEN[4:], *OUT), said)
    refused(walked(*APPRAISE[:-2], *GIVEN, *OUT), "appraise 不用 --result，请去掉")
    saved("星级.xlsx", lambda whole: setattr(whole["分类定级汇总表"]["C6"], "value", "改过的支部"))
    refused(walked(*APPRAISE, *GIVEN, *OUT), "星级.xlsx：写出以后被改过，不能当作结果用：工作表“分类定级汇总表”C6 和写出时不一样")  # fmt: skip


def refused(ran: Ran, said: str) -> None:
    """With one message, and nothing written."""
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not Path(OUT[1]).exists()
