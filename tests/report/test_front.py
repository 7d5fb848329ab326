"""首页: the first page of every result. Its figures are those of the pages behind it, read from the workbook as it was written."""

from pathlib import Path

import pytest

from sanchuang_cli.domain.payroll.changes import CHANGES
from sanchuang_cli.finding import Severity, in_general
from sanchuang_cli.judging import COMMON
from sanchuang_cli.money import in_words
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from tests.command import SAMPLES, Sanchuang, run_in
from tests.report.first_page import ASKED, Written, facts, lines, pages, run, total, written

__all__ = ["written"]


def test_every_programme_has_a_sample_whose_first_page_is_checked() -> None:
    assert set(ASKED) == {one.name for one in PROGRAMMES}


@pytest.mark.parametrize("programme", ASKED)
def test_every_result_opens_with_it_and_it_is_signed(written: Written, programme: str) -> None:
    book = written(programme)
    assert next(iter(book)) == "首页"
    said = [str(cell) for line in book["首页"] for cell in line if cell is not None]
    assert any(word.startswith("单位负责人：") for word in said)
    assert any(word.startswith("依据：") for word in said)


@pytest.mark.parametrize("programme", ASKED)
def test_it_says_where_every_row_went_and_why_rows_wait(written: Written, programme: str) -> None:
    """A block of rows for each main roster, called 名册 where there is only one."""
    book = written(programme)
    found = facts(book)
    tally = next(line[1] for line in book["来源"] if line[0] == "守恒")
    waiting = 0
    for roster in [block for block, item in found if item == "读取"]:
        own = next(part for part in tally.split("；") if roster == "名册" or part.startswith(f"{roster}："))
        read, parts = own.removeprefix(f"{roster}：").split(" = ")
        counted = [part.rsplit(" ", 1) for part in (read, *parts.split(" + "))]
        assert {item: int(many) for item, many in counted} == {
            item: found[roster, item][0] for item, _ in counted
        }
        waiting += found[roster, "待核实"][0]
    reasons = [many for (block, _), (many, _) in found.items() if block == "待核实的原因"]
    assert sum(reasons) == waiting
    assert reasons[:-1] == sorted(reasons[:-1], reverse=True)


def test_pay_says_how_many_are_paid_how_much_and_by_what(written: Written) -> None:
    book = written("pay")
    found, roll = facts(book), list(lines(book["报酬发放表"]))
    assert found["合计", "发放"][0] + found["合计", "只发基本"][0] == len(roll)
    for item, heading in (("金额", "应发合计"), ("基本报酬", "基本报酬"), ("绩效", "绩效")):
        assert found["合计", item][1] == pytest.approx(sum(line[heading] for line in roll))
    assert found["合计", "经费分担：县"][1] == found["合计", "金额"][1]


def test_pay_says_by_which_reasons_a_month_differs_from_the_last(tmp_path: Path) -> None:
    office, asked = run_in(tmp_path), (SAMPLES / "pay.xlsx", "--quiet", "--period")
    assert office("pay", *asked, "2026-02", "--out", "二月.xlsx").code == 1
    assert office("pay", *asked, "2026-03", "--previous", "二月.xlsx", "--out", "三月.xlsx").code == 1
    before, now = facts(pages(tmp_path / "二月.xlsx")), facts(pages(tmp_path / "三月.xlsx"))
    more = sum(fen for (block, _), (_, fen) in now.items() if block == "与上月比")
    assert now["合计", "金额"][1] - before["合计", "金额"][1] == pytest.approx(more)
    assert now["与上月比", "新任"] == (1, 2000)


def test_subsidies_says_how_much_for_how_many_in_words_and_by_benefit(written: Written) -> None:
    book = written("subsidies")
    found = facts(book)
    rosters = {name.removesuffix("花名册"): page for name, page in book.items() if name.endswith("花名册")}
    own = {benefit: (len(list(lines(page))), total(page, "本期金额")) for benefit, page in rosters.items()}
    assert {item: said for (block, item), said in found.items() if block == "按补贴项目"} == own
    people = {line["身份证号"] for page in rosters.values() for line in lines(page)}
    money = sum(fen for _, fen in own.values())
    assert found["本期发放", "合计"] == (len(people), money)
    assert ("本期发放", f"大写：{in_words(round(money * 100))}") in found
    whole = book["分乡镇汇总表"]
    assert found["本期发放", "合计"] == (total(whole, "人数"), total(whole, "金额合计"))
    without = list(lines(book["无有效账户名单"]))
    assert found["无有效账户", "留在花名册上，另行发放"] == (
        len(without),
        sum(one["金额"] for one in without),
    )


def test_rate_counts_grades_and_stars_as_they_stand_on_its_pages(written: Written) -> None:
    book = written("rate")
    found = facts(book)
    rated = list(lines(book["分类定级汇总表"]))
    of_these = [one for one in rated if one["本年等次"]]
    assert found["参评", "党组织"][0] == len(of_these) == len(rated) - 2, "two are too young to be rated"
    for grade in ("好", "较好", "一般", "差"):
        assert found["等次", grade][0] == sum(one["本年等次"] == grade for one in rated) > 0
    stars = dict(zip(("无星", "一星", "二星", "三星", "四星", "五星"), range(6), strict=True))
    for word, number in stars.items():
        assert found["星级", word][0] == sum(one["星级"] == number for one in rated) > 0
    moved = [str(one["升降"] or "") for one in rated]
    assert found["与上年星级比", "升星"][0] == sum(word.startswith("升") for word in moved) > 0
    assert found["与上年星级比", "降星"][0] == sum(word.startswith("降") for word in moved) > 0
    assert found["与上年星级比", "持平"][0] == moved.count("持平") > 0
    assert found["待研究", "列入后进整顿"][0] == len(list(lines(book["后进整顿台账"]))) > 0
    assert found["待研究", "建议调整书记"][0] == len(list(lines(book["书记调整建议"]))) > 0


def test_a_programme_that_declares_nothing_says_what_its_townships_come_to(written: Written) -> None:
    book = written("checkups")
    found = facts(book)
    whole = book["分乡镇汇总表"]
    for heading in ("应检人数", "已检人数", "未检人数", "本期不应检", "不属体检对象"):
        assert found["合计", heading][0] == total(whole, heading) > 0
    assert found["合计", "列支金额"][1] == total(whole, "列支金额") > 0
    assert ("合计", f"大写：{in_words(round(total(whole, '列支金额') * 100))}") in found


def test_budget_says_what_is_granted_paid_and_spent_as_its_pages_do(written: Written) -> None:
    book = written("budget")
    found = facts(book)
    for heading, page in (
        ("核定标准", "年度预算表"),
        ("已拨", "拨付进度"),
        ("已用", "拨付进度"),
        ("结余", "公开表"),
    ):
        assert found["村（社区）基本情况", heading][1] == total(book[page], heading) > 0
    assert (
        found["支出凭证", "超支"][0]
        == sum(line["列支情况"] == "超支" for line in lines(book["使用明细"]))
        > 0
    )


def test_dues_says_what_is_owed_and_paid_as_its_pages_do(written: Written) -> None:
    book = written("dues")
    found = facts(book)
    for item, heading, page in (
        ("应交", "应交", "党费收缴表"),
        ("实交", "实交", "年度公示"),
        ("欠交金额", "欠交", "补缴明细"),
    ):
        assert found["合计", item][1] == total(book[page], heading) > 0


def test_training_says_what_is_proposed_and_what_is_overdue_as_its_pages_do(written: Written) -> None:
    book = written("training")
    found = facts(book)
    proposals = [one["建议"] for one in lines(book["问责建议"])]
    for word in ("限期整改", "通报", "约谈"):
        assert found["问责建议", word][0] == proposals.count(word) > 0
    left = [one["剩余天"] for one in lines(book["期限"])]
    assert found["期限", "逾期"][0] == sum(days < 0 for days in left) > 0
    short = sum(1 for _ in lines(book["未达标名单"]))
    assert found["合计", "未达标"][0] == short > 0


def test_fund_says_what_is_proposed_what_is_out_what_is_paid_and_what_falls_due(written: Written) -> None:
    book = written("fund")
    found = facts(book)
    loans = list(lines(book["贷款台账"]))
    assert found["贷款余额", "在贷"][1] + found["贷款余额", "逾期"][1] == total(book["贷款台账"], "余额") > 0
    assert found["贷款余额", "逾期"][0] == sum(one["状态"] == "逾期" for one in loans) > 0
    assert found["贴息", "本期贴"][1] == total(book["贴息发放表"], "本期贴") > 0
    proposed = [one["拟批额"] for one in lines(book["评审表"]) if one["结果"] == "拟批"]
    assert found["本次评审", "拟批"] == (len(proposed), sum(proposed))
    windows = [one["情况"] for one in lines(book["期限"])]
    assert found["到期", "逾期"][0] == windows.count("逾期") > 0


def test_development_says_how_much_is_wrong_and_what_is_overdue_or_near(written: Written) -> None:
    book = written("development")
    found = facts(book)
    weights = [one["轻重"] for one in lines(book["存在问题"])]
    for word in ("错误", "警告"):
        assert found["存在问题", word][0] == weights.count(word) > 0
    left = [one["剩余天"] for one in lines(book["期限"])]
    assert found["期限", "逾期未办"][0] == sum(days < 0 for days in left) > 0
    assert found["期限", "30 天以内到期"][0] == sum(0 <= days <= 30 for days in left) > 0
    for part in ("申请人", "积极分子", "发展对象", "预备党员", "正式党员"):
        assert found["合计", part][0] == total(book["分乡镇汇总表"], part) > 0


def test_secretaries_says_who_is_proposed_who_is_ready_what_was_elected_and_what_is_due(
    written: Written,
) -> None:
    book = written("secretaries")
    found = facts(book)
    assert found["合计", "建议调整"][0] == len({line["村"] for line in lines(book["调整建议表"])}) > 0
    for part in ("齐备", "待补", "有异议", "不符合"):
        own = [line for line in lines(book["人选条件对照"]) if line["结果"] == part]
        assert found["拟任人选", part][0] == len(own) > 0
    for fate in ("当选", "并列再选", "未过半", "选举无效", "已撤销", "待核实"):
        own = [line for line in lines(book["选举结果报告单"]) if line["结果"] == fate]
        assert found["选举（人次）", fate][0] == len(own) > 0
    left = [line["剩余天"] for line in lines(book["期限"])]
    assert found["期限", "逾期未办"][0] == sum(days < 0 for days in left) > 0
    assert found["期限", "90 天以内到期"][0] == sum(0 <= days <= 90 for days in left) > 0


def test_graduates_says_what_is_paid_what_is_given_back_and_whose_contract_ends_soon(
    written: Written,
) -> None:
    book = written("graduates")
    found = facts(book)
    summary = book["分乡镇汇总表"]
    for word in ("生活补贴", "安家费", "应退安家费"):
        assert found["合计", word][1] == pytest.approx(total(summary, word)), word
        assert total(summary, word) > 0
    near = [one["情况"] for one in lines(book["期限"])]
    assert found["到期提醒", "0至30天"][0] == near.count("0至30天") > 0


def test_pairing_says_who_has_a_helper_and_what_became_of_last_years_pairs(written: Written) -> None:
    book = written("pairing")
    found = facts(book)
    assert found["结对", "已结对"][0] == len(list(lines(book["结对帮扶一览表"]))) > 0
    assert found["结对", "未结对"][0] == len(list(lines(book["未结对名单"]))) > 0
    gone = [line["变动"] for line in lines(book["变动表"])]
    assert found["与上年比", "换人"][0] == gone.count("换人") > 0
    assert found["与上年比", "续结"][0] == total(book["分乡镇汇总表"], "续结") > 0


def test_visits_says_what_counts_what_was_given_and_what_is_left(written: Written) -> None:
    book = written("visits")
    found = facts(book)
    parts = [line["情况"] for line in lines(book["连五心记录"])]
    assert all(found["走访", part][0] == parts.count(part) > 0 for part in ("计入", "重复", "期外"))
    given = [line["慰问金"] for line in lines(book["慰问发放表"]) if line["情况"] == "已慰问"]
    assert found["慰问", "已慰问"] == (len(given), pytest.approx(sum(given)))
    sources = book["资金来源表"]
    assert found["资金来源", "结余"][1] == pytest.approx(total(sources, "到位") - total(sources, "发放"))


def test_pension_says_what_each_bears_who_paid_in_and_who_will_miss_fifteen_years(written: Written) -> None:
    book = written("pension")
    found = facts(book)
    summary = book["分乡镇汇总表"]
    for word in ("补贴合计", "个人", "待缴费补贴"):
        assert found["合计", word][1] == pytest.approx(total(summary, word)), word
        assert total(summary, word) > 0
    stands = [one["情况"] for one in lines(book["缴费核对"])]
    for state in ("欠缴", "没有凭证", "名册上没有此人", "多缴", "缴清"):
        assert found["缴费核对", state][0] == stands.count(state) > 0, state
    assert found["满十五年预警", "到龄缴不满的"][0] == len(list(lines(book["满十五年预警"]))) > 0


def test_appraise_says_how_many_have_each_grade_what_is_open_and_what_is_overdue(written: Written) -> None:
    book = written("appraise")
    found, ranks = facts(book), list(lines(book["排名"]))
    for grade in ("好", "较好", "一般", "待定"):
        assert found["合计", f"等次：{grade}"][0] == sum(one["等次"] == grade for one in ranks) > 0
    assert found["合计", "提出建议"][0] == len(list(lines(book["约谈调整建议"]))) > 0
    assert found["合计", "已评"][0] == len(ranks)
    assert found["合计", "逾期"][0] == total(book["分乡镇汇总表"], "逾期") > 0


def test_honors_says_the_places_of_each_honour_and_the_names_for_it(written: Written) -> None:
    book = written("honors")
    found = facts(book)
    names = [line["类别"] for line in lines(book["推荐名册"])]
    for line in lines(book["推荐汇总"]):
        category = line["类别"]
        assert found["名额", category][0] == line["名额"] > 0
        shared = [one["名额"] for one in lines(book["名额分配表"]) if one["类别"] == category]
        assert sum(shared) == line["名额"]
        assert found["拟表彰", category][0] == names.count(category)
    assert sum(found["拟表彰", category][0] for category in set(names)) == len(names) > 0


def test_reviews_says_how_many_have_each_grade_and_how_many_wait(written: Written) -> None:
    book = written("reviews")
    found = facts(book)
    graded = [one["等次"] for one in lines(book["等次名册"])]
    for grade in ("优秀", "合格", "基本合格", "不合格"):
        assert found["合计", grade][0] == graded.count(grade) > 0
    assert found["合计", "待定"][0] == len(list(lines(book["待定"]))) > 0
    assert found["合计", "评定对象"][0] == len(list(lines(book["测评汇总"])))
    due = list(lines(book["期限"]))
    assert len(due) == found["合计", "不合格"][0] == len(list(lines(book["不合格处置表"])))


def test_what_changed_since_the_last_period_is_said(tmp_path: Path) -> None:
    office = run_in(tmp_path)
    roster = SAMPLES / "members.xlsx"
    office("subsidies", roster, "--period", "2026Q2", "--out", "上期.xlsx", "--quiet")
    book = pages(run(tmp_path, "subsidies", "--previous", "上期.xlsx"))
    found = facts(book)
    changes = list(lines(book["动态变更表"]))
    block = "比2026年第二季度增减"
    for what in CHANGES:
        own = [one for one in changes if one["变动"] == what]
        difference = sum(one["本期金额"] - one["上期金额"] for one in own)
        assert found[block, what] == (len(own), difference)
    assert sum(found[block, what][0] for what in CHANGES) == len(changes) > 0
    compared = book["两期对比"]
    heads = next(i for i, line in enumerate(compared) if line[0] == "乡镇" or line[0] == "序号")
    at, people = compared[heads].index("金额"), compared[heads].index("人数")
    whole = next(line for line in compared if line[0] == "合计")
    assert found[block, "合计"] == (whole[people + 2], whole[at + 1] - whole[at])
    parts = (found[block, what][1] for what in (*CHANGES, "其他，如发放的月数不同"))
    assert sum(parts) == found[block, "合计"][1]


def test_what_changed_on_a_page_that_is_read_back_is_said(tmp_path: Path, sanchuang: Sanchuang) -> None:
    sanchuang("checkups", SAMPLES / "checkups.xlsx", "--period", "2024", "--out", "上期.xlsx", "--quiet")
    book = pages(run(tmp_path, "checkups", "--previous", "上期.xlsx"))
    changes = [one["变动"] for one in lines(book["与上期对比"])]
    for what in ("新增", "变动", "不再列入"):
        assert facts(book)["与上期比", what][0] == changes.count(what)
    assert changes


def test_a_townships_own_workbook_says_its_own_figures(tmp_path: Path) -> None:
    run(tmp_path, "subsidies")
    roster, *asked = ASKED["subsidies"]
    run_in(tmp_path)("subsidies", SAMPLES / roster, *asked, "--out", "分/{township}.xlsx", "--quiet")
    county = pages(tmp_path / "subsidies0.xlsx")
    parts = [facts(pages(path)) for path in sorted((tmp_path / "分").iterdir())]
    whole = facts(county)
    assert len(parts) > 5
    for place in (("本期发放", "合计"), ("按补贴项目", "离任村干部生活补贴")):
        sums = tuple(round(sum(column), 2) for column in zip(*(part[place] for part in parts), strict=True))
        assert sums == whole[place]
    assert sum(part["名册", "待核实"][0] for part in parts) == whole["名册", "待核实"][0]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda listed: listed.name)
def test_every_kind_of_error_says_what_is_wrong_in_a_few_words_of_its_own(programme: ListedProgramme) -> None:
    for code, doubt in {**COMMON, **programme.load().doubts}.items():
        if doubt.severity is Severity.ERROR:
            assert 0 < len(doubt.brief) <= 20, code
            assert doubt.brief not in (doubt.basis, doubt.mend), code


@pytest.mark.parametrize(
    ("message", "general"),
    [
        ("身份证号“230299************”校验码不对", "身份证号校验码不对"),
        ("上次体检日期“2025-13”没有这一天，请核对", "上次体检日期没有这一天"),
        ("名册没有读成", "名册没有读成"),
    ],
)
def test_of_a_kind_without_such_words_the_message_is_said_without_what_it_quotes(
    message: str, general: str
) -> None:
    assert in_general(message) == general


@pytest.mark.parametrize("programme", ["subsidies", "checkups"])
def test_no_clause_of_a_document_stands_as_the_reason_why_rows_wait(written: Written, programme: str) -> None:
    book = written(programme)
    found = {item for block, item in facts(book) if block == "待核实的原因"}
    assert found
    rules = {line["依据"] for line in lines(book["疑点"])} - {None}
    assert rules and not found & rules


def test_catalogue_says_how_many_items_are_overdue_and_how_many_are_public(written: Written) -> None:
    book = written("catalogue")
    found, roll = facts(book), list(lines(book["公开目录"]))
    states = [line["情况"] for line in roll]
    assert {item: many for (block, item), (many, *_) in found.items() if block == "公开目录"} == {
        state: states.count(state)
        for state in ("逾期未公开", "待公开", "尚未公开", "已公开", "台账待核实", "台账没有记")
    }
    assert states[: states.count("逾期未公开")] == ["逾期未公开"] * states.count("逾期未公开") != []
