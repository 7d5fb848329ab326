"""A cell that cannot be read never counts as blank: nothing is concluded from it, and it raises nobody."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.period import VagueDate
from sanchuang_cli.programmes.rate.policy import policy_columns
from sanchuang_cli.record import NOT_WORKED_OUT, ErrorCell
from tests.command import Sanchuang
from tests.compared.rate import PACKS, as_record
from tests.oracle.organisations import organisations
from tests.oracle.rate_settings import settings_for
from tests.programmes.ratings import (
    ON,
    codes,
    column,
    last_year,
    organisation,
    outcome,
    policies,
    scores,
    stars,
)

NA, LATER = ErrorCell("#N/A"), ErrorCell(NOT_WORKED_OUT)
UNCLEAR = (NA, LATER, ErrorCell("#REF!"), "待定", "？", "详见附件", "abc")
SHEET: dict[str, Any] = {"班子配备健全": True, "按期换届": True, "书记履职评价": 30, "班子集中学习次数": 12}


def aside(result: Outcome, code: str = "rate.unread") -> list[str]:
    """The headings of the cells whose errors set organisations aside."""
    return [f.place.heading for f in result.findings if f.severity is Severity.ERROR and f.code == code]


@pytest.mark.parametrize(
    "field",
    [
        *("type", "founded", "veto", "ballots_valid", "ballots_satisfied", "last_stars"),
        *("书记空缺起始日期", "书记不胜任", "组织生活制度形同虚设", "群体性事件或信访集中", "年度考核末位"),
        *("连续未发展党员年数", "评定分/领导班子", "评定分/群众反映"),
        *("班子配备健全", "缺开三会一课次数", "本年发展党员数"),
    ],
)
@pytest.mark.parametrize("cell", UNCLEAR)
def test_a_cell_that_cannot_be_read_sets_the_organisation_aside_wherever_a_verdict_looks(
    field: str, cell: Any
) -> None:
    result = outcome(organisation(more=scores(95), unread={field: cell}), organisation(2))
    assert (stars(result), result.tally.set_aside) == ([3 + 2], 1)
    assert aside(result) == [field]
    assert column(result, "后进整顿台账", "name") == ["第2村党支部"]


@pytest.mark.parametrize(
    "field", ["secretary", "members", "remarks", "last_grade", "stated_total", "ballots_sent"]
)
def test_a_cell_at_which_no_verdict_looks_sets_nobody_aside(field: str) -> None:
    assert stars(outcome(organisation(more=scores(95), unread={field: NA}))) == [5]


@pytest.mark.parametrize("word", ["无", "/", "——", " 没有 "])
def test_a_word_for_none_is_blank_and_nothing_unread(word: str) -> None:
    result = outcome(organisation(more=scores(95), unread={"书记空缺起始日期": word}))
    assert (stars(result), aside(result)) == ([5], [])


def test_every_policy_says_itself_where_a_verdict_looks() -> None:
    """上年星级 decides where there is a ladder, or where a veto goes by it; the years without candidates in villages."""
    unread = {"last_stars": NA}
    assert stars(outcome(organisation(more=scores(95), unread=unread), pack="m1-badong-2010")) == [5]
    assert stars(outcome(organisation(more=scores(95), unread=unread), pack="m4-shengzhou-2016")) == []
    office = organisation(more=scores(95), type="机关", unread={"连续未发展党员年数": NA})
    assert stars(outcome(office)) == [5]


def test_the_own_score_that_does_not_count_may_be_unreadable() -> None:
    own = organisation(more=scores(95) | scores(90, column="自评分"), unread={"自评分/领导班子": "优"})
    assert stars(outcome(own)) == [5]
    first = organisation(more=scores(90, column="自评分"), unread={"评定分/领导班子": "优"})
    assert aside(outcome(first)) == ["评定分/领导班子"]
    blank = organisation(more=scores(95) | {"评定分/领导班子": None}, unread={"自评分/领导班子": "优"})
    assert aside(outcome(blank)) == ["自评分/领导班子"]


def test_an_indicator_that_cannot_be_read_decides_whether_or_not_others_are_filled_in() -> None:
    for more in (scores(95), scores(95) | SHEET, SHEET | scores(95, 95, 95, 95, 95)):
        assert aside(outcome(organisation(more=more, unread={"书记履职评价": "优"}))) == ["书记履职评价"]
    by_sheet = organisation(more=scores(95) | SHEET, unread={"评定分/领导班子": "优"})
    assert stars(outcome(by_sheet)) == [5]


def test_the_printed_rate_decides_only_where_the_votes_do_not() -> None:
    unread = {"stated_satisfaction": "高"}
    assert stars(outcome(organisation(more=scores(95), unread=unread))) == [5]
    without = organisation(more=scores(95), ballots_valid=None, unread=unread)
    assert aside(outcome(without)) == ["stated_satisfaction"]


def test_more_satisfied_than_valid_votes_conclude_nothing() -> None:
    for valid in (0, 40):
        result = outcome(organisation(more=scores(95), ballots_valid=valid, ballots_satisfied=41))
        assert (stars(result), result.tally.set_aside) == ([], 1)
        assert aside(result, "rate.more-satisfied-than-valid") == ["ballots_satisfied"]


@pytest.mark.parametrize("field", ["honour", "honoured"])
def test_an_honour_decides_only_where_the_ladder_takes_a_star(field: str) -> None:
    honour: dict[str, Any] = {"honour": "市级", "honoured": VagueDate.on(ON)}
    stopped = organisation(more=scores(95), last_stars=2, **honour, unread={field: "2026年先进"})
    assert aside(outcome(stopped)) == [field]
    risen = organisation(more=scores(95), last_stars=4, **honour, unread={field: "2026年先进"})
    assert stars(outcome(risen)) == [5]


@pytest.mark.parametrize(
    "words", ["无违纪违法情况", "未发生安全事故", "待查", "不详", "疑似违纪", "没有（已整改）"]
)
def test_a_veto_that_denies_or_doubts_itself_is_neither_a_veto_nor_none(words: str) -> None:
    result = outcome(organisation(more=scores(95), veto=words))
    assert (stars(result), aside(result, "rate.veto-unclear")) == ([], ["veto"])


@pytest.mark.parametrize("words", ["主要指标未完成", "未完成主要指标", "群体上访", "否决：安全事故", "是"])
def test_a_veto_that_is_said_stands(words: str) -> None:
    assert stars(outcome(organisation(more=scores(95), veto=words))) == [0]


def test_a_type_in_no_list_is_an_error_where_the_verdict_goes_by_it_and_a_warning_elsewhere() -> None:
    idle = organisation(more=scores(95) | {"连续未发展党员年数": 2}, type="合作社")
    assert aside(outcome(idle), "rate.type-decides") == ["type"]
    for one in (
        organisation(more=scores(95) | {"连续未发展党员年数": 1}, type="合作社"),
        organisation(more=scores(95) | {"连续未发展党员年数": 2}, type=None),
    ):
        assert stars(outcome(one)) == [5]


def test_last_years_workbook_that_cannot_be_read_is_no_missing_record() -> None:
    one = organisation(more=scores(95))
    result = outcome(one, previous=(last_year(stars=2, unread={"stars": NA}),))
    assert (stars(result), aside(result, "rate.last-year-unread")) == ([], ["name"])
    missed = {f"五项得分/{good}": 79 for good in ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")}
    known = last_year(stars=1, more=missed, unread={"五项得分/党员队伍": "优"})
    assert aside(outcome(organisation(more=scores(70)), previous=(known,)), "rate.last-year-unread")


def fields(pack: str | None) -> list[str]:
    """Every column of a roster but the two that name the organisation."""
    own = [field.name for field in Organisation.declared() if not field.required]
    more = [field.name for field in policy_columns(policies(pack).editions[0])["organisations"]]
    return own + [name for name in more if name not in own]


def verdicts(result: Outcome) -> dict[tuple[str, str], tuple[Any, ...]]:
    page = "分类定级汇总表"
    names = ("township", "name", "stars", "grade", "total")
    rows = zip(*(column(result, page, name) for name in names), strict=True)
    return {(town, name): tuple(rest) for town, name, *rest in rows}


@given(st.integers(), st.sampled_from(UNCLEAR), st.sampled_from(sorted(PACKS)))
def test_an_unreadable_cell_raises_nobody_and_what_moves_others_is_counted_on_the_page(
    seed: int, cell: Any, model: str
) -> None:
    pack, dice = PACKS[model], Random(seed)
    field = dice.choice(fields(pack))
    drawn = [as_record(n, one) for n, one in enumerate(organisations(dice, 12, settings_for(model)))]
    before = outcome(*drawn, pack=pack)
    at = Random(seed).randrange(len(drawn))
    spoilt = [*drawn]
    spoilt[at] = _with(drawn[at], field, cell)
    after = outcome(*spoilt, pack=pack)
    had, has = verdicts(before), verdicts(after)
    key = drawn[at].key
    if key in has:  # no rule looked at the cell
        assert has == had
    elif has != {other: verdict for other, verdict in had.items() if other != key}:
        assert after.tally.set_aside > before.tally.set_aside
    if after.tally.set_aside:
        said = f"另有 {after.tally.set_aside} 个待核实"
        counting = {"分类定级汇总表", "等次分布统计表", "星级分布统计表", "星级分布", "后进整顿台账"}
        for page in (page for page in after.tables if page.name in counting):
            assert any(said in note for note in page.notes)
        quotas = [f.message for f in after.findings if f.code in ("rate.over-quota", "rate.many-to-rectify")]
        assert all(said in message for message in quotas)


def _with(one: Organisation, field: str, cell: Any) -> Organisation:
    """The same organisation with `cell` in `field`, which nobody can read."""
    named = {
        name: getattr(one, name) for name in Organisation.__struct_fields__ if name not in ("row", "more")
    }
    unread = {name: one.row.cells[one.row.source.columns[name][0] - 1] for name in one.row.unread}
    return organisation(one.row.number - 3, more=dict(one.more), unread=unread | {field: cell}, **named)


HEADINGS = {
    "类型": "村", "成立日期": "1995-07-01", "领导班子": 95, "党员队伍": 95, "工作机制": 95, "工作业绩": 95, "群众反映": 95,
    "有效票": 50, "满意票": 48, "否决情形": "无", "上年星级": 2, "荣誉级别": "市级", "获荣誉时间": "2026-03-01",
    "书记空缺起始日期": "", "书记不胜任": "否", "组织生活制度形同虚设": "否", "群体性事件或信访集中": "否",
    "年度考核末位": "否", "连续未发展党员年数": 0,
}  # fmt: skip
"""A roster in which the ladder stops everybody who has no honour."""


@pytest.mark.parametrize(("cell", "shown"), [("#N/A", "#N/A"), ("=VLOOKUP(A1,X!A:B,2,0)", NOT_WORKED_OUT)])
def test_a_workbook_with_one_such_cell_in_each_column_rates_nobody_by_it(
    tmp_path: Path, sanchuang: Sanchuang, cell: str, shown: str
) -> None:
    book = Workbook()
    sheet = book.create_sheet("名册", 0)
    sheet.append(["乡镇", "党组织名称", *HEADINGS])
    for heading in HEADINGS:
        sheet.append(["青禾镇", f"{heading}村党支部", *(HEADINGS | {heading: cell}).values()])
        if cell.startswith("#"):
            sheet.cell(sheet.max_row, [*HEADINGS].index(heading) + 3).data_type = "e"
    sheet.append(["青禾镇", "齐全村党支部", *HEADINGS.values()])
    book.save(tmp_path / "名册.xlsx")
    ran = sanchuang("rate", "名册.xlsx", "--period", "2026", "--on", "2026-06-30", "--json")
    assert f"读取 {len(HEADINGS) + 1} = 参评定级 1 + 待核实 {len(HEADINGS)}" in ran.err
    assert ran.code == 1
    assert ran.out.count('"rate.unread"') == len(HEADINGS)
    assert ran.out.count(f"写的是“{shown}”") == len(HEADINGS)


@pytest.mark.parametrize("written", ["空缺", "暂缺", "缺", "待定", "无", " 空 缺 "])
def test_whoever_says_that_there_is_no_secretary_says_since_when(written: str) -> None:
    """By the list of the weak and that of secretaries, for both of which the document asks how long it has been so."""
    since = {"书记空缺起始日期": VagueDate.on(date(2026, 3, 1))}
    undated = organisation(1, unread={"secretary": written})
    dated = organisation(2, scores(85) | since, unread={"secretary": written})
    result = outcome(undated, dated)
    assert codes(result.findings).count("rate.vacancy-undated") == 1
    assert (result.tally.set_aside, column(result, "分类定级汇总表", "name")) == (1, ["第2村党支部"])


@pytest.mark.parametrize("written", ["", "—", "王建国"])
def test_a_secretary_who_is_named_or_not_asked_for_is_no_vacancy(written: str) -> None:
    result = outcome(organisation(secretary=written))
    assert "rate.vacancy-undated" not in codes(result.findings)
