"""Terms, extensions and vacancies; who holds the post of a village; what is said of it."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.leaders.tenures import IN_OFFICE, OUT, PROPOSED, VACANT, served
from sanchuang_cli.finding import UserError
from tests.programmes.incumbents import (
    changed,
    day,
    finding,
    hits,
    judged,
    last,
    lines,
    outcome,
    rated,
    secretary,
    tenure,
    told,
    vacancy,
)


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        ("2018-07-11", "2021-07-10"),
        ("2018-07-12", "2023-07-11"),
        ("2021-03-15", "2026-03-14"),
        ("2020-02-29", "2025-02-27"),
        ("2021-03", "2026-02-28至2026-03-30之间"),
    ],
)
def test_a_term_is_as_long_as_the_rules_of_its_first_day_say(began: str, ends: str) -> None:
    found = tenure(secretary(本届起=began)).ends
    assert found and (str(found) == ends or f"{found.earliest}至{found.latest}之间" == ends)


def test_a_term_that_may_have_begun_under_either_rule_ends_on_neither_of_the_days_alone() -> None:
    found = tenure(secretary(本届起="2018-07")).ends
    assert found and (found.earliest, found.latest) == (date(2021, 6, 30), date(2023, 7, 30))


def test_a_term_begun_before_any_rule_has_no_end_and_a_blank_one_is_told() -> None:
    assert tenure(secretary(本届起="1990-01-01")).ends is None
    found = judged(secretary(本届起=None))
    assert finding(found, "no-term").place.heading == "本届起"
    assert found.of()[0].ends is None and found.of()[0].left is None


def test_a_county_document_keeps_the_national_terms_of_the_days_before_it() -> None:
    text = changed(("effective = 2020-07-13", "effective = 2026-01-01"))
    only = type(text)(text.name, text.sha256, text.editions[-1:])
    assert str(tenure(secretary(本届起="2017-05-01"), by=only).ends) == "2020-04-30"


@pytest.mark.parametrize(
    ("cells", "until", "left", "code"),
    [
        ({"延期至": "2027-03-14", "延期文件": "望组函〔2026〕1号"}, "2027-03-14", 106, ""),
        ({"延期至": "2026-03-15", "延期文件": "望组函〔2026〕1号"}, "2026-03-15", -258, "overdue"),
        ({"延期至": "2027-03-15", "延期文件": "望组函〔2026〕1号"}, None, -259, "late"),
        ({"延期至": "2026-03-14", "延期文件": "望组函〔2026〕1号"}, None, -259, "early"),
        ({"延期至": "2027-03-14", "延期文件": None}, None, -259, "no-document"),
    ],
)
def test_an_extension_counts_with_a_document_and_within_twelve_months(
    cells: dict[str, Any], until: str | None, left: int, code: str
) -> None:
    found = judged(secretary(**cells))
    (verdict,) = found.of()
    assert (verdict.until and str(verdict.until), verdict.left) == (until, left)
    assert not code or code in told(found)


@pytest.mark.parametrize(("on", "overdue"), [(date(2026, 3, 14), False), (date(2026, 3, 15), True)])
def test_the_last_day_of_a_term_is_in_time(on: date, overdue: bool) -> None:
    (line,) = [one for one in lines(outcome(secretary(), on=on), "期限") if one["事项"] == "换届选举"]
    assert (line["最迟"], line["剩余天"] < 0, line["责任人"]) == ("2026-03-14", overdue, "乡镇党委")


def test_an_extension_is_granted_once() -> None:
    row = secretary(延期至="2026-12-31", 延期文件="望组函〔2026〕1号")
    again = secretary(延期至="2027-02-28", 延期文件="望组函〔2026〕9号")
    before = last(judged(row))
    assert "extended-again" not in told(judged(row, before=before))
    assert finding(judged(again, before=before), "extended-again").place.heading == "延期至"


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({}, IN_OFFICE),
        ({"免职日期": "2026-11-28"}, VACANT),
        ({"免职日期": "2026-11-29"}, IN_OFFICE),
        ({"死亡日期": "2026-10-02"}, VACANT),
        ({"免职日期": "2026-08-01"}, PROPOSED),
        ({"任现职时间": "2026-12-01"}, OUT),
        ({"任现职时间": None}, IN_OFFICE),
    ],
)
def test_in_office_vacant_or_not_yet(cells: dict[str, Any], part: str) -> None:
    assert tenure(secretary(出缺日期=None, **cells)).part == part


def test_who_is_in_office_must_be_named_and_who_is_gone_need_not_be() -> None:
    found = judged(secretary(身份证号=None))
    assert not found.of() and finding(found, "unnamed").place.heading == "身份证号"
    assert tenure(vacancy(since="2026-11-01")).part == VACANT


@pytest.mark.parametrize(
    ("since", "on", "aside"), [("2026-11", date(2026, 11, 28), 1), ("2026-11", date(2026, 11, 30), 0)]
)
def test_a_vacancy_that_may_or_may_not_have_begun_is_set_aside(since: str, on: date, aside: int) -> None:
    found = judged(vacancy(since=since), on=on)
    assert len(found.aside) == aside
    assert not aside or finding(found, "vacated-vague").mend == "请把日期填到日。"


def test_a_vacancy_too_vague_to_tell_whether_three_months_are_over_is_no_proposal() -> None:
    found = judged(vacancy(since="2026-08"))
    assert found.of()[0].part == VACANT
    assert "date-vague" in told(found)


def test_two_in_office_in_one_village_are_both_set_aside_with_their_places() -> None:
    found = judged(secretary(1), secretary(2, 村="河西1村"), secretary(3))
    assert [one.record.village for one in found.of()] == ["河西3村"]
    codes = [one for one in found.findings if one.code.endswith("two-in-office")]
    assert sorted(one.place.row for one in codes) == [4, 5]
    assert "张建二（C4）" in codes[0].message and "2 名书记" in codes[0].message
    assert codes[0].mend


def test_whoever_left_before_the_next_one_came_is_out_and_the_same_day_is_a_handover() -> None:
    gone = secretary(1, 免职日期="2026-08-03", 免职原因="辞职", 任现职时间="2018-03-01")
    for start, parts in (
        ("2026-08-03", [OUT, IN_OFFICE]),
        ("2026-09-01", [OUT, IN_OFFICE]),
        ("2026-08-02", []),
    ):
        found = judged(gone, secretary(2, 村="河西1村", 任现职时间=start))
        assert [one.part for one in sorted(found.of(), key=lambda one: one.record.row.number)] == parts


def test_of_two_vacancies_of_a_village_the_later_one_stands() -> None:
    found = judged(secretary(1, 免职日期="2024-05-01"), secretary(2, 村="河西1村", 免职日期="2026-10-08"))
    assert {one.record.name: one.part for one in found.of()} == {"张建二": OUT, "张建三": VACANT}


def test_a_village_is_listed_as_weak_by_the_result_of_rate_with_its_cell() -> None:
    given = rated(("河西1村党支部", "差"), ("河西2村党支部", "好"), weak=["河西1村党支部"])
    rows = [secretary(n, 党组织名称=f"河西{n}村党支部") for n in (1, 2, 3)]
    found = judged(*rows, result=given)
    first, second, third = found.of()
    assert [hit.said for hit in first.hits] == ["列入情形：信访集中"]
    assert first.hits[0].cells(first.record) == ["评定.xlsx 表 G4（列入情形）"]
    assert not second.hits and not third.hits
    assert finding(found, "rate-missing").place.heading == "党组织名称"


def test_a_grade_of_rate_may_be_a_situation_too() -> None:
    by = changed(
        ('test = "yes"\nname = "列入整顿名单"', 'test = "grade"\ngrade = "差"\nname = "列入整顿名单"'),
        ('column = "整顿名单"  #', "#"),
    )
    given = rated(("河西1村党支部", "差"), ("河西2村党支部", "好"))
    rows = [secretary(n, 党组织名称=f"河西{n}村党支部") for n in (1, 2)]
    assert [len(one.hits) for one in judged(*rows, by=by, result=given).of()] == [1, 0]


def test_without_a_result_of_rate_the_roster_says_who_is_listed_and_a_lacking_column_is_told() -> None:
    assert hits(secretary(整顿名单=True)) == ["列入整顿名单"]
    assert "整顿名单" in finding(judged(secretary(出缺日期=None)), "not-asked").message


def test_more_satisfied_than_valid_is_set_aside() -> None:
    found = judged(secretary(满意票=61, 有效票=60))
    assert not found.of() and finding(found, "votes-wrong").place.heading == "满意票"


def test_figures_that_are_not_given_are_never_nought() -> None:
    for cells in ({"满意票": 10}, {"有效票": 10}, {"满意票": None, "有效票": 50}, {"满意票": 0, "有效票": 0}):
        assert not hits(secretary(**cells))


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2021-03-15", "5年8个月"),
        ("2026-11-28", "0年0个月"),
        ("2021-11-29", "4年11个月"),
        ("2021-11", "4年11个月至5年0个月"),
    ],
)
def test_how_long_somebody_has_been_in_office(start: str, said: str) -> None:
    assert served(day(start), date(2026, 11, 28)) == said


def test_age_and_one_man_two_posts_stand_on_the_list() -> None:
    (line,) = lines(outcome(secretary(一肩挑=True, 任现职时间="2021-03-15")), "任期一览")
    assert (line["一肩挑"], line["年龄"], line["任职年限"]) == ("是", 51, "5年8个月")
    (total,) = lines(outcome(secretary(1, 一肩挑=True), secretary(2, 一肩挑=False)), "分乡镇汇总表")
    assert total["一肩挑"] == 1


def test_one_person_in_two_villages_is_told() -> None:
    same = secretary(1).identity
    found = judged(secretary(1), secretary(2, 身份证号=same))
    assert told(found).count("several-villages") == 2 and len(found.of()) == 2


def test_the_parts_of_a_file_that_are_there() -> None:
    cells: dict[str, Any] = {"档案/履历": True, "档案/奖惩": False, "档案/学历": None}
    (line,) = lines(outcome(secretary(**cells)), "档案情况")
    assert [line[part] for part in ("履历", "奖惩", "学历", "其他")] == ["有", "缺", "未填", "未填"]


def test_a_vacancy_by_removal_cites_the_cell_of_the_removal() -> None:
    found = tenure(secretary(出缺日期=None, 免职日期="2026-08-01"))
    assert [hit.cells(found.record) for hit in found.hits] == [["名册.xlsx 名册 H4（免职日期）"]]


@pytest.mark.parametrize("heading", ["免职日期", "死亡日期"])
@pytest.mark.parametrize(
    ("when", "codes"), [("2026-08-01", ["overdue"]), ("2026-08", ["date-vague", "unclear"])]
)
def test_all_that_is_said_of_a_vacancy_stands_at_the_cell_that_says_it(
    heading: str, when: str, codes: list[str]
) -> None:
    said: dict[str, Any] = {"出缺日期": None, "本届起": "2024-05-01", heading: when}
    whole = judged(secretary(**said))
    assert [(one.code.partition(".")[2], one.place.heading) for one in whole.findings if one.place.row] == [
        (code, heading) for code in codes
    ]
    (found,) = whole.of()
    cells = {one.what: [cell.partition("（")[2] for cell in one.cells(found.record)] for one in found.reasons}
    assert cells["任职"][-1] == cells["出缺日期"][0] == cells["配齐书记"][0] == f"{heading}）"
    assert not any("出缺日期）" in said for said in cells.values())


def test_a_vacancy_that_is_over_cites_the_cell_that_said_it() -> None:
    over = secretary(1, 出缺日期=None, 死亡日期="2026-08-03")
    (gone,) = judged(over, secretary(2, 村="河西1村", 任现职时间="2026-09-01")).of((OUT,))
    assert [cell.partition("（")[2] for cell in gone.reasons[0].cells(gone.record)] == ["死亡日期）"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([('name = "配齐书记"', 'name = "补配书记"')], "process 缺这几个步骤：配齐书记"),
        (
            [('name = "公示止"', 'name = "公示到"'), ('["公示止"]', '["公示到"]')],
            "process 缺这几个步骤：公示止",
        ),
        ([('name = "没有处分"', 'name = "正式党员"')], "条件“正式党员”对同样的人写了两次"),
        ([('name = "单位推荐"', 'name = "正式党员"')], "条件“正式党员”对同样的人写了两次"),
        (
            [
                ('name = "大专以上学历"', 'name = "单位推荐"'),
                ('sources = ["大学生村官"]', 'sources = ["大学生村官", "选派"]'),
            ],
            "条件“单位推荐”对同样的人写了两次，请改成不同的名称",
        ),
        (
            [
                ('name = "没有处分"', 'name = "正式党员"'),
                ('name = "大专以上学历"', 'name = "单位推荐"'),
                ('sources = ["大学生村官"]', 'sources = ["选派"]'),
            ],
            "条件“单位推荐、正式党员”对同样的人写了两次",
        ),
        (
            [
                ('name = "本届起"', 'name = "起"'),
                ('after = "本届起"', 'after = "起"'),
                ('name = "配齐书记"', 'name = "补配书记"'),
            ],
            "process 缺这几个步骤：本届起、配齐书记（名称不能改，照默认政策写）",
        ),
        (
            [('within = "village"\nplaces = 1', 'words = ["是"]\nplaces = 1')],
            "写了 words，还要写 column（看哪一栏）",
        ),
    ],
)
def test_a_document_by_which_nobody_could_be_judged_is_refused(
    changes: list[tuple[str, str]], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        changed(*changes)


def test_a_condition_may_be_worded_otherwise_for_other_sources() -> None:
    by = changed(('name = "大专以上学历"', 'name = "单位推荐"'))
    asked = [one.name for one in by.editions[-1].candidates.requirements]
    assert asked == ["正式党员", "没有处分", "单位推荐", "单位推荐"]
