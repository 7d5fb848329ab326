"""`policy check` over small documents: each fault is named, printed figures are proved or refuted, and sound ones are let be."""

import csv
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.lint_amounts import amounts_apart, usual
from sanchuang_cli.cli.lint_variants import placed
from sanchuang_cli.cli.policy_check import perform
from sanchuang_cli.policy import load, packs, source
from sanchuang_cli.programmes import PROGRAMMES
from tests.programmes.people import identity

Check = Callable[..., tuple[int, Sequence[str]]]
HEAD = """
[[edition]]
title = "试"
document = "试〔2020〕1号"
effective = 2020-01-01
{more}
[[edition.benefit]]
name = "离任补贴"
clause = "第一条"
page = "cadre"
{conditions}
[edition.benefit.payable]
clause = "第五条"
{service}
[[edition.benefit.amount]]
clause = "{clause}"
per = "month"
{amount}
"""
ALIVE = """
[[edition.benefit.condition]]
name = "健在"
clause = "第二条"
column = "健在情况"
accept = ["健在", "在世"]
refuse = ["去世"]
"""
SERVICE = """
[edition.benefit.service]
clause = "第四条"
posts = [ { name = "书记" } ]
accumulate = "union"
rounding = "full_years"
rate_post = "highest"
"""
TIERS = 'by = "tenure"\ntier = [ { at_least = 5, below = 10, rate = 200 }, { at_least = 10, rate = 300 } ]'
FLAT = 'by = "nothing"\ntier = [ { rate = 100 } ]'


def written(
    folder: Path,
    conditions: str = ALIVE,
    service: str = "",
    amount: str = FLAT,
    clause: str = "第六条",
    more: str = "",
) -> Path:
    file = folder / "试.toml"
    text = HEAD.format(conditions=conditions, service=service, amount=amount, clause=clause, more=more)
    file.write_text(text, "utf-8")
    return file


def roster(folder: Path, *rows: dict[str, str]) -> Path:
    """People born in 1950, one row each."""
    known = {"乡镇": "青禾镇", "村": "河西村", "健在情况": "健在"}
    names = ("张建国", "李秀英", "王德发", "赵长顺", "孙玉兰")
    people = [
        known | {"姓名": names[i], "身份证号": identity(f"1950-03-1{i}", "男", i)} | row
        for i, row in enumerate(rows)
    ]
    headings = dict.fromkeys(heading for person in people for heading in person)
    file = folder / "名册.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, [*headings])
        table.writeheader()
        table.writerows(people)
    return file


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Check:
    def check(policy: Path, *books: Path, programme: str = "subsidies") -> tuple[int, Sequence[str]]:
        on: Any = [str(book) for book in books] or None
        asked = Asked(programme=programme, policy=str(policy), on=on)
        code = perform(asked)
        lines = capsys.readouterr().out.splitlines()
        return code, [line for line in lines if line.startswith(("疑点", "与印的不符"))]

    return check


def test_a_sound_document_is_let_be(tmp_path: Path, said: Check) -> None:
    clause = "第六条：任职满5年不满10年的每月200元，满10年的每月300元"
    policy = written(tmp_path, service=SERVICE, amount=TIERS, clause=clause)
    spells = (
        "1990-01至1994-12",
        "1990-01至1999-12",
        "1990-01至1992-12",
        "1990-01至1999-12",
        "1980-01至1999-12",
    )
    rows = [{"任职经历": spell, "离任职务": "书记"} for spell in spells]
    rows[3]["健在情况"], rows[4]["健在情况"] = "去世", "在世"
    assert said(policy) == (0, [])
    assert said(policy, roster(tmp_path, *rows)) == (0, [])


CONDITION = '[[edition.benefit.condition]]\nname = "{}"\nclause = "{}"\ncolumn = "{}"\n{}\n'
AGE = '[edition.benefit.age]\nclause = "第三条"\nmale = {0}\nfemale = {0}\n'


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"conditions": CONDITION.format("低保", "第二条", "家庭年人均收入", "below = 3000") + CONDITION.format("困难", "第三条", "家庭年人均收入", "below = 5000")}, "“困难”（第三条）从来决定不了什么"),
        ({"conditions": CONDITION.format("甲", "一", "优抚对象", 'must_be = true\nblank = "refuse"') + CONDITION.format("乙", "二", "优抚对象", "must_be = false")}, "不能同时满足"),
        ({"conditions": ALIVE + AGE.format(60), "amount": 'by = "age"\ntier = [ { below = 60, rate = 50 }, { at_least = 60, rate = 100 } ]'}, "“不满 60”（第六条）没有人够得到"),
        ({"service": SERVICE + 'ways = [ { count = "longest", at_least_months = 120 }, { count = "union", at_least_months = 108 } ]', "amount": TIERS}, "“最长连续满 120 个月”从来决定不了什么"),
        ({"service": SERVICE + 'ways = [ { count = "union", at_least_months = 120 } ]', "amount": TIERS}, "“5 起、不满 10”（第六条）没有人够得到"),
        ({"amount": FLAT + "\ncap = 80"}, "封顶 80（第六条）不高于最低一档的 100"),
        ({"amount": FLAT + "\ncap = 500"}, "封顶 500（第六条）从来用不上"),
        ({"amount": FLAT + "\nminimum = 50"}, "保底 50（第六条）从来用不上"),
        ({"amount": 'by = "age"\ntier = [ { below = 70, rate = 100 }, { at_least = 70, rate = 10 } ]'}, "比低一档的 100 还少"),
        ({"amount": FLAT + "\neffective = 2021-01-01"}, "2020-01-01 至 2020-12-31 没有标准"),
        ({"amount": FLAT + "\nuntil = 2022-12-31"}, "2023-01-01 以后没有标准"),
        ({"clause": "第六条：每人每月120元"}, "条文里写的 120 元"),
        ({"clause": "第六条：每人每月1,500元"}, "条文里写的 1500 元"),
        ({"conditions": CONDITION.format("收入", "第二条：收入3000元以下的", "家庭年人均收入", "below = 3000")}, "“3000元以下”，照通常的用法是另一边"),
        ({"service": SERVICE, "amount": TIERS, "clause": "5至10年200元，10至15年300元"}, "含不含本数两样都读得出来"),
        ({"conditions": ALIVE + AGE.format(60), "amount": FLAT + '\nsupplement = [ { name = "高龄", clause = "第七条", rate = 20, age_at_least = 60 } ]'}, "“高龄”（第七条）满 60 周岁人人都满足"),
    ],
)  # fmt: skip
def test_a_fault_that_the_document_shows_by_itself_is_named(
    tmp_path: Path, said: Check, given: dict[str, str], named: str
) -> None:
    code, lines = said(written(tmp_path, **given))
    assert code == 0
    assert any(named in line for line in lines), lines


def test_words_that_list_and_roster_do_not_share_are_named(tmp_path: Path, said: Check) -> None:
    _, lines = said(written(tmp_path), roster(tmp_path, {}, {"健在情况": "去逝"}))
    assert any("“去逝”（1 行）（是不是“去世”？）不在词表里" in line for line in lines)
    assert any("词表里的“在世”“去世”，“健在情况”里没有人写" in line for line in lines)


def test_a_clause_and_a_tier_that_decide_nothing_on_the_roster_are_named(tmp_path: Path, said: Check) -> None:
    policy = written(tmp_path, service=SERVICE, amount=TIERS)
    rows = [
        {"任职经历": "1990-01至1999-12", "离任职务": "书记"},
        {"任职经历": "1990-01至2009-12", "离任职务": "书记"},
    ]
    _, lines = said(policy, roster(tmp_path, *rows))
    assert any("一条条件“健在”（第二条）这一期决定不了什么" in line for line in lines)
    assert any("一档“5 起、不满 10”的数没有影响一个人" in line for line in lines)
    assert not any("一档“10 起”的数" in line for line in lines)


def test_an_ambiguous_edge_is_computed_both_ways_and_whoever_stands_on_it_is_named(
    tmp_path: Path, said: Check
) -> None:
    clause = "任职5年以上10年以下的每月200元，10年以上的每月300元"
    policy = written(tmp_path, service=SERVICE, amount=TIERS, clause=clause)
    rows = [{"任职经历": spell, "离任职务": "书记"} for spell in ("1990-01至1999-12", "1990-01至1994-12")]
    _, lines = said(policy, roster(tmp_path, *rows))
    (line,) = (line for line in lines if "两样都读得出来" in line)
    assert "1 个结果不同：青禾镇张建国（第2行，3600.00 元 → 2400.00 元）" in line
    assert "230299" not in line


PRINTED = '[[edition.printed]]\nname = "测算"\nclause = "第八条"\n{}\n'


@pytest.mark.parametrize(
    ("figures", "refuted"),
    [
        ("people = 10\nmonth = 1000\nyear = 12000\neach_month = 100", ""),
        ("month = 1000\nyear = 13000", "每月合计 1000 × 12 个月 = 12000，印的全年合计是 13000"),
        ("month = 1000\nyear = 6000\nmonths = 6", ""),
        ("people = 11\nyear = 12000", "11 人 × 最低标准 1200 = 13200，超过印的全年合计 12000"),
        ("people = 9\nyear = 12000", "9 人 × 最高标准 1200 = 10800，不到印的全年合计 12000"),
        ("people = 10\neach_month = 100\nmonth = 1100", "10 人 = 1000，印的每月合计是 1100"),
        ('year = 307200\nwords = { year = "叁拾万柒仟贰佰元整" }', ""),
        ('year = 307200\nwords = { year = "30.72万元" }', ""),
        ('year = 307200\nwords = { year = "叁拾万零柒佰贰拾元整" }', "又写“叁拾万零柒佰贰拾元整”（300720）"),
        ('year = 30.5\nwords = { year = "叁拾元伍角" }', ""),
        ('people = 12\nwords = { people = "十二人" }', ""),
        ('people = 10\nparts = [ { name = "甲", people = 4 }, { name = "乙", people = 5 } ]', "分项的人数 4 + 5 = 9，印的总数是 10"),
        ('people = 10\nparts = [ { name = "甲", people = 4, month = 300 }, { name = "乙", people = 6, month = 600 } ]', "“甲”4 人 × 最低标准 100 = 400，超过印的每月合计 300"),
    ],
)  # fmt: skip
def test_printed_figures_are_proved_or_refuted(
    tmp_path: Path, said: Check, figures: str, refuted: str
) -> None:
    code, lines = said(written(tmp_path, more=PRINTED.format(figures)))
    assert code == bool(refuted)
    assert any(refuted in line for line in lines) if refuted else lines == [], lines


EXAMPLE = 'period = "2026-06"\nrow = { "性别" = "男", "出生日期" = "1950-03-15", "健在情况" = "健在", "离任职务" = "书记", "任职经历" = "1990-01至1999-12" }\n'


def test_a_worked_example_is_run_as_a_test_of_the_policy(tmp_path: Path, said: Check) -> None:
    def lines_of(pays: int) -> tuple[int, Sequence[str]]:
        printed = PRINTED.format(f"{EXAMPLE}pays = {pays}")
        return said(written(tmp_path, service=SERVICE, amount=TIERS, more=printed))

    assert lines_of(300) == (0, [])
    code, (line,) = lines_of(200)
    assert code == 1
    assert "例子印的是 200 元，照这份政策是 300.00 元" in line


def test_months_without_a_figure_are_named_over_a_roster(tmp_path: Path, said: Check) -> None:
    policy = written(tmp_path, amount=FLAT + "\neffective = 2020-01-01\nuntil = 2025-12-31")
    _, lines = said(policy, roster(tmp_path, {}))
    assert any("算不出来" in line and "没有该期标准" in line for line in lines), lines


@pytest.mark.parametrize(
    ("said_so", "planted", "named"),
    [
        ("gate = 0.90", "gate = 0", "满意率底线 0"),
        ('gated = "一般"', 'gated = "好"', "最高定为“好”"),
        ("passes = 80", "passes = 180", "得星线 180 高于满分 100，没有人够得到"),
        ("step = 1", "step = 5", "一年至多升 5 星"),
    ],
)
def test_a_fault_of_a_rating_is_named(
    tmp_path: Path, said: Check, said_so: str, planted: str, named: str
) -> None:
    text = source("rate", None)[1].decode()
    assert said_so in text
    file = tmp_path / "评星.toml"
    file.write_text(text.replace(said_so, planted, 1), "utf-8")
    _, lines = said(file, programme="rate")
    assert any(named in line for line in lines), lines


def test_a_sound_rating_is_let_be(said: Check) -> None:
    for pack in ("rate", "m1-badong-2010", "m4-shengzhou-2016", "seven-items-2012"):
        assert said(Path(pack), programme="rate") == (0, [])


def test_words_of_a_rating_that_roster_and_lists_do_not_share_are_named(tmp_path: Path, said: Check) -> None:
    goods = {f"评定分/{good}": "85" for good in ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")}
    row = {"乡镇": "青禾镇", "党组织名称": "河西村党支部", "类型": "水库", "否决情形": "私设金库"} | goods
    book = tmp_path / "党组织.csv"
    with book.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[*row], [*row.values()]])
    _, lines = said(Path("rate"), book, programme="rate")
    assert any("“类型”里写的“水库”（1 行）" in line and "不在 types 里" in line for line in lines)
    assert any("“否决情形”里写的“私设金库”（1 行）不在列举之内" in line for line in lines)
    assert any("等次“好”没有一个" in line for line in lines)


def test_of_two_conditions_of_which_one_is_enough_the_one_that_never_counts_is_named(
    tmp_path: Path, said: Check
) -> None:
    ways = CONDITION.format("优抚", "二", "优抚对象", 'must_be = true\nblank = "refuse"\neither = "其一"')
    ways += CONDITION.format("高龄", "三", "", 'male = 50\nfemale = 50\neither = "其一"').replace(
        'column = ""\n', ""
    )
    book = roster(tmp_path, {"优抚对象": "是"}, {"优抚对象": "否"})
    _, lines = said(written(tmp_path, conditions=ways), book)
    assert any("一条条件“优抚”（二）这一期决定不了什么" in line for line in lines), lines


def test_service_that_a_limit_never_cuts_off_is_named(tmp_path: Path, said: Check) -> None:
    policy = written(tmp_path, service=SERVICE + "left_before = 2015-01-01\n", amount=TIERS)
    book = roster(tmp_path, {"任职经历": "1990-01至1999-12", "离任职务": "书记"})
    _, lines = said(policy, book)
    assert any("left_before）这一期没有用上" in line for line in lines), lines


def test_what_nobody_uses_of_a_document_is_named(tmp_path: Path, said: Check) -> None:
    more = '[[edition.column]]\nheading = "荣誉"\nkind = "text"\n'
    more += '[[edition.base]]\nname = "低保线"\nclause = "九"\nvalues = [ { effective = 2020-01-01, amount = 500 } ]\n'
    _, lines = said(written(tmp_path, more=more))
    assert [line.partition("：")[2] for line in lines] == [
        "列“荣誉”没有哪一条看它，也不印在花名册上。",
        "基数“低保线”（九）没有哪一条用它，从来决定不了什么。",
    ]


FEN = 'by = "nothing"\ntier = [ { rate = 20000 } ]'


def test_an_amount_far_beyond_the_usual_of_which_the_clause_says_nothing_is_doubted(
    tmp_path: Path, said: Check
) -> None:
    """It is written in fen, perhaps; nothing is said where the clause has the number, or where it is merely large."""
    (doubt,) = said(written(tmp_path, amount=FEN))[1]
    assert "（第六条）：写的 20000 元，条文里没有这个数" in doubt and "按分写的，应是 200 元" in doubt
    assert said(written(tmp_path, amount=FEN, clause="第六条：每月20000元")) == (0, [])
    assert said(written(tmp_path, amount=FEN.replace("20000", "3000"))) == (0, [])


def test_no_amount_of_a_supplied_document_is_far_beyond_those_of_the_others() -> None:
    for entry in PROGRAMMES:
        model = entry.load().policy
        files = [load(model, *source(entry.name, name)) for name in (None, *packs(entry.name))]
        blocks = [[one for edition in file.editions for one in placed(edition)] for file in files]
        for at, own in enumerate(blocks):
            others = usual(chain.from_iterable(blocks[:at] + blocks[at + 1 :]))
            assert not [*amounts_apart(own, others)], files[at].name
