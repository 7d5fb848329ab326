"""What a roster shows of a document of payments: words that they do not share, and limits that decide nothing in this period."""

from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.policy_check import perform
from tests.cli.test_policy_check import AGE, ALIVE, FLAT, SERVICE, TIERS, roster, written
from tests.programmes.people import identity


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The doubts of `policy check` over a roster, without their numbers."""

    def check(*rows: dict[str, str], **says: str) -> list[str]:
        policy, book = written(tmp_path, **{"conditions": "", **says}), roster(tmp_path, *rows)
        on: Any = [str(book)]
        perform(Asked(programme="subsidies", policy=str(policy), on=on))
        lines = capsys.readouterr().out.splitlines()
        return [line.partition("：")[2] for line in lines if line.startswith("疑点")]

    return check


BASE = """
[[edition.base]]
name = "纯收入"
clause = "第八条"
by = ["乡镇"]
values = [ {{ effective = 2020-01-01, amounts = {{ {} }} }} ]
"""
SHARE = 'by = "nothing"\nfigures = "percent"\nbase = "纯收入"\ntier = [ { rate = 1 } ]'
PAUSE = (
    '[[edition.benefit.suspension]]\nname = "服刑"\nclause = "第七条"\nstart = "处分日期"\nend = "死亡日期"\n'
)


def test_a_place_that_a_base_has_no_figure_for_and_one_that_nobody_writes_are_named(told: Any) -> None:
    lines = told({}, {}, more=BASE.format('"青和镇" = 18000'), amount=SHARE)
    assert (
        "“离任补贴”的基数“纯收入”（第八条）：“乡镇”里写的“青禾镇”（2 行）（是不是“青和镇”？）没有数。"
        in lines
    )
    assert "“离任补贴”的基数“纯收入”（第八条）里的“青和镇”，“乡镇”里没有人写。" in lines


def test_a_base_of_which_every_place_is_written_is_let_be(told: Any) -> None:
    lines = told({}, {"乡镇": "河西镇"}, more=BASE.format('"青禾镇" = 18000, "河西镇" = 12000'), amount=SHARE)
    assert not [line for line in lines if "没有数" in line or "没有人写" in line]


def test_a_post_that_the_document_does_not_count_and_one_that_nobody_holds_are_named(told: Any) -> None:
    posts = SERVICE.replace(
        '{ name = "书记" }', '{ name = "书记", words = ["支书"] }, { name = "主任", words = ["村长"] }'
    )
    rows = [
        {"任职经历": "1990-01至1999-12", "离任职务": post} for post in ("书记", "书记", "治保员", "治保员")
    ]
    lines = told(*rows, service=posts, amount=TIERS)
    where = "“离任补贴”的任职年限（第四条）"
    assert any(
        line.startswith(f"{where}：名册里的职务“治保员”（") and "不在 posts 里，不计月数" in line
        for line in lines
    ), lines
    assert f"{where}：posts 里的“主任”，名册里没有人写。" in lines
    assert f"{where}：“书记”的叫法“支书”，名册里没有人写。" in lines


def test_a_suspension_that_nobody_has_a_day_for_is_named_and_one_with_a_day_is_not(told: Any) -> None:
    never = "“离任补贴”的“服刑”（第七条）：“处分日期”没有人填，从来不停谁。"
    assert never in told({"处分日期": ""}, {"处分日期": ""}, conditions=PAUSE)
    assert never not in told({"处分日期": ""}, {"处分日期": "2026-05-01"}, conditions=PAUSE)


FIXED = 'by = "nothing"\ntier = [ { rate_column = "地方定补标准", rate_at_least = 50, rate_at_most = 200 } ]'
ADDED = '\nsupplement = [ { name = "优抚", clause = "七", rate = 20, when = { name = "优抚", clause = "七", column = "优抚对象", must_be = true } } ]\nsupplements = "highest"'
UNTIL = AGE.format(60).replace("female = 60", "female = 999") + "until_male = 80\n"
ONLY_UNTIL = '[edition.benefit.age]\nclause = "第三条"\nuntil_male = 80\nuntil_female = 80\n'
UNAPPROVED = 'unapproved = "refuse"\n'


@pytest.mark.parametrize(
    ("says", "row", "named"),
    [
        ({"amount": FLAT + "\ncap = 120"}, {}, "封顶这一期没有用上"),
        ({"amount": FLAT + "\nminimum = 80"}, {}, "保底这一期没有用上"),
        ({"amount": FLAT + ADDED}, {"优抚对象": "是"}, "几项另加只加最高的一项，这一期没有用上"),
        ({"service": UNAPPROVED}, {"审批日期": "2010-01-01"}, "审批日期空白怎样算（unapproved）这一期没有用上"),
        ({"conditions": UNTIL}, {}, "到多少岁为止（until_male、until_female）这一期没有用上"),
        ({"conditions": ONLY_UNTIL}, {}, "到多少岁为止（until_male、until_female）这一期没有用上"),
        ({"conditions": UNTIL + ALIVE}, {"健在情况": "去世"}, "男满 60 周岁的，这一期没有一个领到"),
        ({"service": SERVICE.replace('"书记" }', '"书记" }, { name = "主任", discount = "1/2" }'), "amount": TIERS}, {"任职经历": "1980-01至1999-12", "离任职务": "书记"}, "“主任”的折算（discount）这一期没有用上"),
    ],
)  # fmt: skip
def test_a_limit_that_cuts_nobody_off_in_this_period_is_named(
    told: Any, says: dict[str, str], row: dict[str, str], named: str
) -> None:
    assert any(line.endswith(f"：{named}。") for line in told(row, row, **says))


@pytest.mark.parametrize(
    ("says", "rows", "unsaid"),
    [
        ({"amount": FLAT + "\ncap = 80"}, [{}], "封顶这一期没有用上"),
        ({"amount": FLAT + "\nminimum = 120"}, [{}], "保底这一期没有用上"),
        ({"service": UNAPPROVED}, [{"审批日期": ""}], "unapproved"),
        ({"amount": FIXED}, [{"地方定补标准": "100"}], "的数没有影响一个人"),
        ({"conditions": UNTIL.replace("until_male = 80", "until_male = 76")}, [{}], "到多少岁为止"),
        ({"conditions": ONLY_UNTIL.replace("80", "76")}, [{}], "到多少岁为止"),
        (
            {"conditions": ONLY_UNTIL.replace("female = 80", "female = 76")},
            [{"身份证号": identity("1950-03-15", "女"), "性别": "女"}],
            "到多少岁为止",
        ),
        ({"conditions": UNTIL}, [{}], "女满"),
        ({"conditions": UNTIL}, [{}], "男满 60 周岁的"),
    ],
)
def test_a_limit_that_does_cut_somebody_off_or_that_says_nobody_is_let_be(
    told: Any, says: dict[str, str], rows: list[dict[str, str]], unsaid: str
) -> None:
    lines = told(*rows, **says)
    assert not [line for line in lines if unsaid in line]
