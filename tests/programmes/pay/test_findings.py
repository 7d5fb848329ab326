"""What is odd about people who are paid for an office is told at its cell, in words that say what is the matter, by its rule."""

from typing import Any

import pytest

from tests.programmes.cadres import (
    account,
    appraisal,
    cadre,
    listed,
    outcome,
    unclaimed,
    village,
    whole,
    with_policy,
)

SCORES = [{"at_least": 60, "percent": 100}, {"at_least": 0, "percent": 0}]
SERVED = with_policy(
    parts=[
        {
            "item": "seniority",
            "clause": "年限",
            "per": "month",
            "service": {"since": "cadre", "yuan": 20},
        }
    ]
)
REWARD = with_policy(
    reward={"clause": "奖励", "month": 2, "steps": [{"every": 10_000, "yuan": 1000}]}, performance=None
)
BY_SCORE = with_policy(
    performance={"clause": "绩效", "grades": (), "scores": SCORES, "shares": None, "negative": ["信访失职"]}
)
DAYS = with_policy(months={"clause": "月份", "joining": "days"})
UNPAID = with_policy(suspension={"pays": "nothing"})
SIZE = with_policy(
    parts=[{"item": "size", "clause": "规模", "per": "month", "classes": {"大": 300, "小": 260}}]
)
PEOPLE = with_policy(
    parts=[
        {
            "item": "size",
            "clause": "人口",
            "per": "month",
            "population": [{"to": 1400, "yuan": 1}, {"yuan": 2}],
        }
    ]
)
INCOME = with_policy(
    parts=[
        {
            "item": "base",
            "clause": "收入",
            "per": "year",
            "income": {"multiple": 2, "figures": {2020: 16_800}},
        }
    ]
)
FEBRUARY: dict[str, Any] = {"month": "2026-02"}
HERE: dict[str, Any] = {"village": "河西村"}
ONE: list[tuple[str, list[Any], dict[str, Any], str, str, str]] = [
    ("post-unknown", [cadre(1, post="书记兼护林员、护秋员")], {}, "职务", "李秀英：职务“护林员、护秋员”不在政策所列的职务之内", ""),
    ("kind-unknown", [cadre(1, kind="借调")], {}, "身份类别", "李秀英：身份类别“借调”认不得", ""),
    ("ends-before-start", [cadre(1, ended="2020-12-31")], {}, "任职终止", "李秀英：任职终止早于任职起始（2021-01-10至2020-12-31）", "任职终止不早于任职起始"),
    ("suspension-odd", [cadre(1, suspended_to="2026-01-31")], {}, "停职止", "李秀英：有停职止 2026-01-31，没有停职起", "停职要有起，止不早于起"),
    ("suspension-odd", [cadre(1, suspended_from="2026-02-01", suspended_to="2026-01-31")], {}, "停职止", "李秀英：停职止 2026-01-31 早于停职起 2026-02-01", "停职要有起，止不早于起"),
    ("times-vague", [cadre(1, started="2026-03")], {"by": DAYS}, "任职起始", "李秀英：任职 2026-03至今，发多少说不准", "按月计发，日期要说得准"),
    ("times-vague", [cadre(1, ended="2026")], {"by": DAYS}, "任职终止", "李秀英：任职 2021-01-10至2026年，发多少说不准", "按月计发，日期要说得准"),
    ("times-vague", [cadre(1, started="2020", ended="2026-03")], {"by": DAYS}, "任职终止", "李秀英：任职 2020年至2026-03，发多少说不准", "按月计发，日期要说得准"),
    ("times-vague", [cadre(1, suspended_from="2026", suspended_to="2026-03-31")], {"by": UNPAID}, "停职起", "李秀英：停职 2026年至2026-03-31，发多少说不准", "按月计发，日期要说得准"),
    ("times-vague", [cadre(1, started="2020", suspended_from="2026-01-10", suspended_to="2026-03")], {"by": UNPAID}, "停职止", "李秀英：停职 2026-01-10至2026-03，发多少说不准", "按月计发，日期要说得准"),
    ("times-vague", [cadre(1, started="2026", ended="2026-03")], {"by": DAYS}, "任职起始", "李秀英：任职 2026年至2026-03，发多少说不准", "按月计发，日期要说得准"),
    ("since-vague", [cadre(1, cadre_since="2016")], {"by": SERVED}, "任村干部起始", "李秀英：2016年 起任职，到 2026-03 满几年说不准，年限定不了", "年限"),
    ("since-vague", [cadre(1, started="2016")], {"by": SERVED}, "任职起始", "李秀英：2016年 起任职，到 2026-03 满几年说不准，年限定不了", "年限"),
    ("since-blank", [cadre(1, cadre_since=None)], {"by": SERVED}, "任村干部起始", "李秀英：年限从哪天算没有填，按任职起始 2021-01-10 算", ""),
    ("village-missing", [cadre(1)], {"by": SIZE}, "村", "李秀英：村情表里没有青禾镇第1村", "规模"),
    ("village-missing", [cadre(1)], {"by": SIZE, "villages": [village("第1村", kind=one) for one in "大小"]}, "村", "李秀英：村情表里青禾镇第1村的一行待核实，不据以计算", "规模"),
    ("village-class", [cadre(1)], {"by": SIZE, "villages": [village("第1村", kind="特大")]}, "村", "李秀英：村情表里第1村村类型是“特大”，不在标准所列的大、小之内", "规模"),
    ("village-class", [cadre(1)], {"by": SIZE, "villages": [village("第1村", kind="村")]}, "村", "李秀英：村情表里第1村没有村类型", "规模"),
    ("village-class", [cadre(1)], {"by": PEOPLE, "villages": [village("第1村")]}, "村", "李秀英：村情表里第1村没有填人口", "人口"),
    ("base-missing", [cadre(1)], {"by": INCOME}, "职务", "李秀英：政策没有 2025 年的收入数（收入 的 income.figures），2026-03 的标准定不了", "收入"),
    ("no-document", [cadre(1, document="")], {}, "任职文件", "李秀英：没有任职文件", "任职要有文件"),
    ("card-unclaimed", [cadre(1)], {"cards": [unclaimed(1)]}, "银行卡号", "李秀英：在银行的未领卡名单上（名册.xlsx UnclaimedCard A4（未领卡号））", "没有人领的卡，多是虚报"),
    ("on-list", [cadre(1)], {"screen": [listed(1)]}, "身份证号", "李秀英：在核查名单上（财政供养，名册.xlsx ScreenedPerson B4（身份证号））：身份证号相同，不发放、待核实", "财政供养人员不发村干部报酬"),
    ("grade-missing", [cadre(1)], FEBRUARY, "身份证号", "李秀英：2025 年度考核表里没有，绩效要等考核结果", "年度绩效基数 15456 元，其他村干部按 70%，按任职月数和考核等次计"),
    ("grade-unknown", [cadre(1)], {**FEBRUARY, "appraisals": [appraisal(1, "良")]}, "身份证号", "李秀英：等次“良”不在政策所列的等次之内（名册.xlsx Appraisal D4（等次）），绩效要等改正以后", "年度绩效基数 15456 元，其他村干部按 70%，按任职月数和考核等次计"),
    ("grade-unknown", [cadre(1)], {**FEBRUARY, "appraisals": [appraisal(1, "良好"), appraisal(1, "优秀", line=9)]}, "身份证号", "李秀英：2025 年度考核表的一行待核实（名册.xlsx Appraisal 第12行），绩效要等考核结果", "年度绩效基数 15456 元，其他村干部按 70%，按任职月数和考核等次计"),
    ("grade-unknown", [cadre(1)], {**FEBRUARY, "by": BY_SCORE, "appraisals": [appraisal(1, "")]}, "身份证号", "李秀英：没有考核得分（名册.xlsx Appraisal 第4行），绩效要等改正以后", "绩效"),
    ("grade-unknown", [cadre(1)], {**FEBRUARY, "by": BY_SCORE, "appraisals": [appraisal(1, "", score=-1)]}, "身份证号", "李秀英：考核得分 -1 低于 0（名册.xlsx Appraisal E4（考核得分）），绩效要等改正以后", "绩效"),
    ("grade-unknown", [cadre(1)], {**FEBRUARY, "by": BY_SCORE, "appraisals": [appraisal(1, "", score=90, negative="别的事")]}, "身份证号", "李秀英：负面情形“别的事”不在负面清单之内（名册.xlsx Appraisal F4（负面情形）），绩效要等改正以后", "绩效"),
    ("income-missing", [cadre(1)], {**FEBRUARY, "by": REWARD, "villages": [village("第1村")]}, "村", "李秀英：村情表里第1村没有填净收入，2025 年的奖励等着", "奖励"),
    ("income-missing", [cadre(1)], {**FEBRUARY, "by": REWARD}, "村", "李秀英：村情表里没有青禾镇第1村，2025 年的奖励等着", "奖励"),
    ("appraisal-stray", [cadre(1)], {**FEBRUARY, "appraisals": [appraisal(1), appraisal(9)]}, "身份证号", "孙淑芬：考核表里有，名册里没有", ""),
    ("pot-over", [cadre(1)], {**FEBRUARY, "by": with_policy(performance={"clause": "绩效", "pot": 110}), "appraisals": [appraisal(1, "优秀")]}, "", "2025 年度绩效合计 21638.40 元，至多 17001.60 元，多 4636.80 元", "绩效"),
    ("grades-over", [cadre(1)], {**FEBRUARY, "appraisals": [appraisal(1, "优秀")]}, "", "2025 年度优秀 1 人，至多 ⌊1 × 30%⌋ = 0 人，超过 1 人，照发", "优秀不超过三成，优秀和良好合计不超过八成"),
    ("absent", [cadre(1)], {"last": outcome(cadre(1), cadre(2), month="2026-02")}, "", "王志强：上期发放 2000.00 元，本期名册里没有这个号码", "上期发了，本期要有交代"),
]  # fmt: skip
"""By code: whoever is meant, what else was given; then the column, the words and the rule."""


@pytest.mark.parametrize(("code", "people", "how", "heading", "said", "basis"), ONE)
def test_what_is_odd_about_a_row_is_told_at_its_cell(
    code: str, people: list[Any], how: dict[str, Any], heading: str, said: str, basis: str
) -> None:
    told = [one for one in whole(*people, **how).findings if one.code == f"pay.{code}"]
    assert (told[0].place.heading, told[0].message, told[0].basis) == (heading, said, basis)


SEVERAL: list[tuple[str, list[Any], str, tuple[str, ...], str]] = [
    ("one-number", [cadre(1, **HERE), cadre(1, name="别人", post="副主任", line=9, **HERE)], "姓名", ("李秀英：同一个身份证号还写在别人名下：别人，名册.xlsx Cadre C12（姓名）", "别人：同一个身份证号还写在别人名下：李秀英，名册.xlsx Cadre C4（姓名）",), "一人一号"),
    ("accounts-differ", [cadre(1, **HERE), cadre(1, post="副主任", account=account(7), line=9, **HERE)], "银行卡号", ("李秀英：同一人在另一行写的银行卡号不同：李秀英，名册.xlsx Cadre H12（银行卡号）", "李秀英：同一人在另一行写的银行卡号不同：李秀英，名册.xlsx Cadre H4（银行卡号）",), "一人一卡"),
    ("two-villages", [cadre(1), cadre(1, post="副主任", line=9, **HERE)], "村", ("李秀英：同时在另一个村任职：李秀英，名册.xlsx Cadre B12（村）", "李秀英：同时在另一个村任职：李秀英，名册.xlsx Cadre B4（村）",), "一人同时只在一个村任职"),
    ("spells-overlap", [cadre(1, post="书记兼主任"), cadre(1, post="主任、书记", started="2023-01-01", line=9)], "任职起始", ("李秀英：主任、书记的另一段任期与这一段重叠：李秀英，名册.xlsx Cadre F12（任职起始）", "李秀英：主任、书记的另一段任期与这一段重叠：李秀英，名册.xlsx Cadre F4（任职起始）",), "同一职务的任期不重叠"),
    ("shared-account", [cadre(1), cadre(2, account=account(1)), cadre(3, account=account(1))], "银行卡号", ("李秀英：银行卡号还写在别人名下：王志强，名册.xlsx Cadre H5（银行卡号）；赵桂兰，名册.xlsx Cadre H6（银行卡号）", "王志强：银行卡号还写在别人名下：李秀英，名册.xlsx Cadre H4（银行卡号）；赵桂兰，名册.xlsx Cadre H6（银行卡号）", "赵桂兰：银行卡号还写在别人名下：李秀英，名册.xlsx Cadre H4（银行卡号）；王志强，名册.xlsx Cadre H5（银行卡号）",), "一卡一人"),
    ("shared-phone", [cadre(1, phone="13800000000"), cadre(2, phone="13800000000")], "联系电话", ("李秀英：联系电话和别人相同：王志强，名册.xlsx Cadre I5（联系电话）", "王志强：联系电话和别人相同：李秀英，名册.xlsx Cadre I4（联系电话）",), ""),
    ("two-holders", [cadre(1, **HERE), cadre(2, started="2024-05-01", **HERE)], "职务", ("李秀英：书记同时还有一人：王志强，名册.xlsx Cadre E5（职务）", "王志强：书记同时还有一人：李秀英，名册.xlsx Cadre E4（职务）",), "一个村同时只有一人担任"),
    ("handover", [cadre(1, ended="2026-03-15", **HERE), cadre(2, started="2026-03-15", **HERE)], "职务", ("李秀英：书记本期换人，两人都有报酬：王志强，名册.xlsx Cadre E5（职务）", "王志强：书记本期换人，两人都有报酬：李秀英，名册.xlsx Cadre E4（职务）",), ""),
    ("other-row", [cadre(1, post="护林员", ended="2024-05-01"), cadre(1, started="2024-05-01", line=9)], "身份证号", ("李秀英：本人另一行待核实，见 名册.xlsx Cadre 第4行，都不发放",), "一个人的几行一起认定"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "people", "heading", "said", "basis"), SEVERAL)
def test_what_is_odd_about_several_rows_is_told_of_each_with_where_the_others_stand(
    code: str, people: list[Any], heading: str, said: tuple[str, ...], basis: str
) -> None:
    told = [one for one in whole(*people).findings if one.code == f"pay.{code}"]
    assert tuple(one.message for one in told) == said
    assert {(one.place.heading, one.basis) for one in told} == {(heading, basis)}
