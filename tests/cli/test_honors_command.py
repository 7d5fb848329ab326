"""`sanchuang honors` as it is typed: with the stars of an approved rating, with sheets that lack something, and its notice."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.policy import source
from tests.cli.test_ledger_command import Office, office
from tests.command import Ran, book, county, own_policy, row
from tests.programmes.people import identity

__all__ = ["office"]

HEADS = (
    "类别", "乡镇", "姓名", "身份证号", "单位职务", "是否一线", "是否领导", "推荐顺序", "主要事迹", "纪检意见", "信访意见", "计生意见",
)  # fmt: skip
CLEAR = ("无异议",) * 3
ASKED = ("推荐.xlsx", "基数.xlsx", "--period", "2025")


def worker(name: str, order: object = 1, *opinions: object, born: str = "1971-02-03") -> list[object]:
    return [
        "党务工作者",
        "青禾镇",
        name,
        identity(born),
        "组织委员",
        "是",
        "否",
        order,
        "",
        *(opinions or CLEAR),
    ]


def branch(name: str, order: int) -> list[object]:
    return ["先进组织", "青禾镇", name, "", "", "", "", order, "按时换届", *CLEAR]


def bases(members: object = 400, branches: int = 70) -> None:
    book(Path("基数.xlsx"), [("青禾镇", members, branches)], ("乡镇", "党员数", "支部数"), title="名额基数")


def given(*rows: list[Any], heads: tuple[str, ...] = HEADS) -> None:
    book(Path("推荐.xlsx"), rows, heads, title="表彰推荐名册")


def starred(least: int) -> None:
    """The default policy with stars asked of organisations, as a county's own."""
    text = source("honors", None)[1].decode()
    asks = f'starred = {{ clause = "三星以上", least = {least} }}\n'
    Path("本县.toml").write_text(text.replace("# 要看星级的", asks + "# 要看星级的"), "utf-8")


@pytest.fixture
def rated(office: Office) -> Office:
    """Three organisations rated for 2025 and one too young to be; all are recommended for two places, and one elsewhere."""
    book(Path("党组织.xlsx"), [*county()[:2], row(3, 领导班子=70), row(22, 成立日期="2025-12-01")])
    assert (
        office(
            "rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "星级.xlsx", "-q"
        ).code
        == 0
    )
    given(*(branch(f"第{number}村党支部", order) for order, number in enumerate((2, 1, 22, 99, 3), 1)))
    bases()
    starred(3)
    return office


def takes(office: Office, *more: str) -> Ran:
    return office(
        "honors", *ASKED, "--policy", "本县.toml", "--result", "星级.xlsx", "--out", "表彰.xlsx", *more
    )


def approved(office: Office, result: str = "星级.xlsx") -> None:
    assert office("ledger", "propose", result, "--by", "张三").code == 0
    assert office("ledger", "approve", result, "--by", "李四").code == 0


def listed(book: str, page: str, name: str = "姓名或组织") -> dict[str, dict[str, Any]]:
    """The numbered lines of a page by the name on them."""
    rows = [list(line) for line in load_workbook(book)[page].iter_rows(values_only=True)]
    heads = next(line for line in rows if line[0] == "序号")
    lines = (dict(zip(map(str, heads), line, strict=True)) for line in rows if isinstance(line[0], int))
    return {str(line[name]): line for line in lines}


def test_stars_come_from_the_approved_rating_and_explain_crosses_to_its_cell(rated: Office) -> None:
    refused = takes(rated)
    assert refused.code == 2 and "台账 county.db 里没有审批过 星级.xlsx，不能取它的星级" in refused.err
    approved(rated)
    ran = takes(rated)
    assert ran.code == 0, ran.err
    stars = {name: line["星级"] for name, line in listed("星级.xlsx", "分类定级汇总表", "党组织名称").items()}
    honoured = listed("表彰.xlsx", "推荐名册")
    assert {name: line["星级"] for name, line in honoured.items()} == {
        name: number for name, number in stars.items() if name in honoured
    }
    others = {name: line["部分"] for name, line in listed("表彰.xlsx", "未列入名单").items()}
    expected = {
        f"第{number}村党支部": "不符合" if (stars.get(f"第{number}村党支部") or 0) < 3 else "拟表彰"
        for number in (1, 2, 3)
    } | {"第22村党支部": "待核", "第99村党支部": "待核"}
    assert others | dict.fromkeys(honoured, "拟表彰") == expected
    assert set(expected.values()) == {"不符合", "拟表彰", "待核"}
    first = next(iter(honoured))
    words = (first, *ASKED, "--policy", "本县.toml", "--result", "星级.xlsx")
    told = json.loads(rated("explain", "honors", *words, "--json").out)
    (page,) = (table for table in told["tables"] if "名额" in str(table["rows"]))
    said = {line[0]: line for line in page["rows"]}
    assert "星级.xlsx 分类定级汇总表 " in str(said["星级评定"]) and "三星以上" in str(said["星级评定"])
    assert "基数.xlsx 名册 " in str(said["名额"]) and "最大余数法" in str(said["名额"])
    missing = rated("explain", "honors", "第99村党支部", *words[1:])
    assert "里没有这一行" in missing.out and "待核" in missing.out


REVIEW = (
    "乡镇", "支部", "姓名", "身份证号", "人员类别", "优秀票", "合格票", "基本合格票", "不合格票", "发出票", "收回票", "支委评定",
)  # fmt: skip


def test_rating_review_and_honours_are_walked_from_result_to_result(rated: Office) -> None:
    """The grade of a member and the stars of an organisation come from results that are approved; whoever has none waits."""
    grades = dict(
        zip(
            ("周建国", "吴凤英", "郑文斌", "王海涛", "冯玉兰", "陈永胜"),
            ("优秀", "合格", "", *["合格"] * 3),
            strict=True,
        )
    )
    numbers = {name: identity("1970-01-01", number=at) for at, name in enumerate((*grades, "沈国栋"))}
    rows = [["青禾镇", "河西村党支部", name, numbers[name], "正式党员", 3, 3, 0, 0, 6, 6, grade] for name, grade in grades.items()]  # fmt: skip
    book(Path("评议.xlsx"), rows, REVIEW, title="民主评议汇总")
    assert rated("reviews", "评议.xlsx", "--period", "2025", "--out", "等次.xlsx", "-q").code in (0, 1)
    people = [
        ["优秀党员", "青禾镇", name, numbers[name], "村民", "是", "否", order, "", *CLEAR]
        for order, name in enumerate(("吴凤英", "沈国栋", "郑文斌", "周建国"), 1)
    ]
    given(*people, branch("第2村党支部", 1), branch("第3村党支部", 2))
    ran = takes(rated, "--result", "等次.xlsx")
    assert ran.code == 2 and "没有审批过 等次.xlsx，不能取它的等次" in ran.err
    for result in ("星级.xlsx", "等次.xlsx"):
        approved(rated, result)
    ran = takes(rated, "--result", "等次.xlsx")
    assert ran.code == 0, ran.err
    honoured = listed("表彰.xlsx", "推荐名册")
    assert {name: (line["类别"], line["评议等次"], line["星级"]) for name, line in honoured.items()} == {
        "周建国": ("优秀党员", "优秀", None),
        "第2村党支部": ("先进组织", None, 3),
    }
    others = {name: line["部分"] for name, line in listed("表彰.xlsx", "未列入名单").items()}
    assert others == {"吴凤英": "不符合", "沈国栋": "待核", "郑文斌": "待核", "第3村党支部": "不符合"}
    words = ("--policy", "本县.toml", "--result", "星级.xlsx", "--result", "等次.xlsx", "--json")
    for who, cell in (("周建国", "等次.xlsx 等次名册 "), ("第2村党支部", "星级.xlsx 分类定级汇总表 ")):
        assert cell in rated("explain", "honors", who, *ASKED, *words).out
    assert numbers["沈国栋"] not in rated("explain", "honors", "沈国栋", *ASKED, *words).out


def test_without_a_rating_every_organisation_that_needs_its_stars_waits(rated: Office) -> None:
    ran = rated("honors", *ASKED, "--policy", "本县.toml", "--out", "表彰.xlsx")
    assert ran.code == 0, ran.err
    assert "“先进组织”要看星级评定，没有给出它的结果，不能列入" in ran.err
    assert listed("表彰.xlsx", "推荐名册") == {}
    assert {line["部分"] for line in listed("表彰.xlsx", "未列入名单").values()} == {"待核"}


def test_a_result_that_was_changed_or_that_no_honour_asks_for_is_refused(rated: Office) -> None:
    ran = rated("honors", *ASKED, "--result", "星级.xlsx")
    assert ran.code == 2 and "星级.xlsx 是星级评定（rate）的结果，honors 不用，请去掉" in ran.err
    whole = load_workbook("星级.xlsx")
    whole["分类定级汇总表"].cell(8, 3).value = "第30村党支部"
    whole.save("星级.xlsx")
    ran = takes(rated)
    assert ran.code == 2 and "写出以后被改过" in ran.err and not Path("表彰.xlsx").exists()


def test_the_notice_names_the_honour_and_the_post_and_no_number(office: Office, tmp_path: Path) -> None:
    given(worker("周建国"), branch("河西村党支部", 1))
    bases()
    posted = ("--notice", "公示", "--policy", own_policy(tmp_path, "honors"))
    ran = office("honors", *ASKED, "--out", "表彰.xlsx", *posted)
    assert ran.code == 0, ran.err
    (notice,) = Path("公示").glob("*.xlsx")
    said = [
        str(cell)
        for sheet in load_workbook(notice)
        for line in sheet.iter_rows(values_only=True)
        for cell in line
        if cell
    ]
    assert {"周建国", "党务工作者", "组织委员", "河西村党支部", "先进组织"} <= set(said)
    assert not any(identity("1971-02-03") in cell or "按时换届" in cell for cell in said)


def test_what_is_missing_or_not_understood_is_told_and_never_honoured(office: Office) -> None:
    bases()
    for rows, heads, code, said in (
        ([worker("周建国")[:7]], HEADS[:7], 0, "待补 1"),
        ([worker("周建国")], (*HEADS[:5], "人员属性", *HEADS[6:]), 2, "是否一线"),
        ([worker("周建国", "")], HEADS, 0, "拟表彰 1"),
        ([worker("周建国", "第一")], HEADS, 1, "待核实 1"),
        ([worker("周建国", 1, "无异议", "无异议", "无")], HEADS, 0, "待补 1"),
        ([worker("周建国", 1, "无异议", "无异议", "正在征求")], HEADS, 1, "待核实 1"),
        ([worker("周建国"), worker("周建国")], HEADS, 1, "待核实 2"),
        ([worker("")], HEADS, 1, "待核实 1"),
    ):
        given(*rows, heads=heads)
        ran = office("honors", *ASKED, "--out", "表彰.xlsx")
        assert ran.code == code and said in ran.err + ran.out, (said, ran.err + ran.out)


def test_a_base_that_cannot_be_read_leaves_the_places_open(office: Office) -> None:
    given(worker("周建国"))
    bases("四百来人")
    ran = office("honors", *ASKED, "--out", "表彰.xlsx", "--json")
    assert ran.code == 1, ran.err
    told = json.loads(ran.out)
    assert {part["what"]: part["count"] for part in told["summary"]["parts"]}["待定"] == 1
    assert any("名额还分不出来" in one["message"] for one in told["findings"])
    given(worker("周建国"))
    Path("基数.xlsx").unlink()
    ran = office("honors", "推荐.xlsx", "--period", "2025")
    assert ran.code == 2 and "名额基数" in ran.err
