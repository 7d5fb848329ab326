"""What a remark says of the person in whose row it stands."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.beside import is_silent, said_beside
from sanchuang_cli.domain.remarks import Heard, Matter, heard
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Beside, Row, Source
from tests.spoken import (
    believed,
    counts_still,
    in_office_still,
    not_of_the_person,
    of_the_person,
    others,
    out_of_office,
    own,
    undone,
    void,
)

NAME = "王守田"


def about_himself(text: str, heading: str = "") -> set[Matter]:
    return {one.matter for one in heard(text, NAME, heading) if not one.doubt}


@settings(max_examples=400)
@given(own)
def test_whatever_is_said_of_the_person_himself_is_heard(text: str) -> None:
    assert about_himself(text), text


@settings(max_examples=400)
@given(others | believed)
def test_what_is_said_of_others_denied_or_doubtful_is_never_taken_for_the_person(text: str) -> None:
    said = heard(text, NAME)
    assert said and all(one.doubt for one in said), (text, said)


POST = {Matter.LEFT, Matter.SUSPENDED}


@settings(max_examples=400)
@given(out_of_office)
def test_a_post_that_ended_or_rests_is_heard(text: str) -> None:
    assert about_himself(text) & POST, text


@settings(max_examples=400)
@given(in_office_still)
def test_a_post_of_others_denied_doubtful_or_taken_up_again_is_told_and_no_more(text: str) -> None:
    said = [one for one in heard(text, NAME) if one.matter in POST]
    assert said and all(one.doubt for one in said), (text, said)


@settings(max_examples=200)
@given(void)
def test_a_row_that_is_not_to_count_is_heard(text: str) -> None:
    assert Matter.VOID in about_himself(text), text


@settings(max_examples=200)
@given(counts_still)
def test_a_void_document_or_what_is_denied_does_not_make_the_row_void(text: str) -> None:
    said = heard(text, NAME)
    assert said and all(one.doubt for one in said), (text, said)


@settings(max_examples=400)
@given(of_the_person)
def test_whatever_takes_somebody_out_of_the_programme_is_heard(said: tuple[Matter, str]) -> None:
    matter, text = said
    assert matter in about_himself(text), text


@settings(max_examples=400)
@given(not_of_the_person)
def test_of_others_denied_open_or_taken_back_it_takes_nobody_out(said: tuple[Matter, str]) -> None:
    matter, text = said
    found = [one for one in heard(text, NAME) if one.matter is matter]
    assert all(one.doubt for one in found), (text, found)


@settings(max_examples=200)
@given(undone)
def test_what_came_back_or_was_not_done_is_heard(text: str) -> None:
    assert Matter.UNDONE in about_himself(text), text


@pytest.mark.parametrize(
    "text",
    ["已退休人员", "已退役军人", "退耕还林户", "未到龄", "放弃承包地", "是党员", "组织关系转入", "单位退休", "计划生育户", "重新召开大会"],
)  # fmt: skip
def test_words_that_only_look_like_it_say_nothing_of_it(text: str) -> None:
    new = {Matter.UNDONE, Matter.OUT_OF_PARTY, Matter.TRANSFERRED, Matter.WITHDRAWN, Matter.REFUSED}
    assert not about_himself(text) & new


@pytest.mark.parametrize(
    "text",
    ["退休教师", "退休干部回村任职", "离任村干部", "离休干部", "享受退休待遇", "重复性工作", "带领群众致富", "离任审计已完成", "免除学费"],
)  # fmt: skip
def test_what_somebody_is_called_is_no_end_of_a_post(text: str) -> None:
    assert heard(text, NAME) == ()


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("2026年5月病故", {Matter.DEAD}),
        ("已去世，家属未报", {Matter.DEAD}),
        ("停发", {Matter.STOPPED}),
        ("2026年3月起由儿子代领", {Matter.PAYEE}),
        ("2026年4月去世，停发", {Matter.DEAD, Matter.STOPPED}),
        ("父母均已去世，本人2025年迁往外地", {Matter.MOVED}),
        ("老伴去世，本人2026年5月也去世", {Matter.DEAD}),
        ("和老伴均已去世", {Matter.DEAD}),
        ("儿子说他已去世", {Matter.DEAD}),
        ("家属未报已去世", {Matter.DEAD}),
        ("2001年上任，2026年去世", {Matter.DEAD}),
        ("享受低保，2026年5月去世", {Matter.DEAD}),
        ("因领取养老金停发", {Matter.STOPPED}),
        ("违反计划生育停发", {Matter.STOPPED}),
        ("于某年某月去世", {Matter.DEAD}),
        ("2010年被判处有期徒刑，2013年刑满释放", {Matter.CUSTODY}),
        ("故", {Matter.DEAD}),
        ("人已经不在了", {Matter.DEAD}),
        ("户口迁到外县", {Matter.MOVED}),
        ("户名为其子", {Matter.PAYEE}),
        ("已死亡（2026.3.2）", {Matter.DEAD}),
        ("2026年5月亡", {Matter.DEAD}),
        ("离任后务农", {Matter.LEFT}),
        ("2026年3月免职，由李四代理", {Matter.LEFT}),
        ("停职检查，2026年5月病故", {Matter.SUSPENDED, Matter.DEAD}),
    ],
)
def test_plain_statements(text: str, matters: set[Matter]) -> None:
    assert about_himself(text) == matters


@pytest.mark.parametrize(
    "text",
    [
        *("低保停发", "停发低保", "养老金由儿子代领", "代父亲领取", "为其父代领", "已故丈夫李某系党员", "亡妻系党员", "因公牺牲军人遗属"),
        *("父母双亡", "妻亡", "老伴（已故）", "现在老伴已去世", "老伴去世说明", "可能已去世", "是否去世？", "拟迁出", "迁出后又迁回"),
        *("原由儿子代领，现本人领取", "由儿子代领，经核实本人健在", "没有死亡或迁出", "1998年书记去世后接任"),
    ],
)  # fmt: skip
def test_other_moneys_other_people_and_what_is_taken_back_are_told_and_no_more(text: str) -> None:
    said = heard(text, NAME)
    assert said and all(one.doubt for one in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("老伴去世", [("DEAD 去世", "说的是“老伴”")]),
        ("本人去世", [("DEAD 去世", "")]),
        ("老伴说本人去世", [("DEAD 去世", "")]),
        ("家属去世", [("DEAD 去世", "说的是“家属”")]),
        ("户主去世，由儿子代领", [("DEAD 去世", "说的是“户主”"), ("PAYEE 由儿子代领", "")]),
        ("其已去世", [("DEAD 去世", "“其”指谁不清楚")]),
        ("老伴和其均已去世", [("DEAD 去世", "说的是“老伴”")]),
        ("其去世。迁出", [("DEAD 去世", "“其”指谁不清楚"), ("MOVED 迁出", "")]),
        ("老伴去世，迁出", [("DEAD 去世", "说的是“老伴”"), ("MOVED 迁出", "")]),
        ("老伴去世。迁出", [("DEAD 去世", "说的是“老伴”"), ("MOVED 迁出", "")]),
        ("家属去世，迁出", [("DEAD 去世", "说的是“家属”"), ("MOVED 迁出", "")]),
        ("丧偶", [("DEAD 丧偶", "“丧偶”说的是别人")]),
        ("亡妻系党员", [("DEAD 亡妻", "“亡妻”说的是别人")]),
        ("已故丈夫李某", [("DEAD 已故", "“已故”说的是别人")]),
        ("为其父代领", [("PAYEE 为其父代领", "“为其父代领”说的是别人")]),
        ("未停发", [("STOPPED 停发", "是否定的说法")]),
        ("没有死亡或迁出", [("DEAD 死亡", "是否定的说法"), ("MOVED 迁出", "是否定的说法")]),
        ("没有死亡，迁出", [("DEAD 死亡", "是否定的说法"), ("MOVED 迁出", "")]),
        ("未去世、停发", [("DEAD 去世", "是否定的说法"), ("STOPPED 停发", "是否定的说法")]),
        ("据说已去世，停发", [("DEAD 去世", "只是“据说”"), ("STOPPED 停发", "只是“据说”")]),
        ("据说已去世。停发", [("DEAD 去世", "只是“据说”"), ("STOPPED 停发", "")]),
        ("可能已去世，停发", [("DEAD 去世", "只是“可能”"), ("STOPPED 停发", "")]),
        ("可能已去世；停发", [("DEAD 去世", "只是“可能”"), ("STOPPED 停发", "")]),
        ("去世？", [("DEAD 去世", "是问句")]),
        ("停发，去世？", [("STOPPED 停发", ""), ("DEAD 去世", "是问句")]),
        ("停发。去世？", [("STOPPED 停发", ""), ("DEAD 去世", "是问句")]),
        ("停发（去世？）", [("STOPPED 停发", "是问句"), ("DEAD 去世", "是问句")]),
        ("2026年5月停发低保", [("STOPPED 停发 2026-05", "说的是别的待遇")]),
        ("停发低保", [("STOPPED 停发", "说的是别的待遇")]),
        ("低保停发", [("STOPPED 停发", "说的是“低保”")]),
        ("低保由儿子代领", [("PAYEE 由儿子代领", "说的是“低保”")]),
        ("档案迁出", [("MOVED 迁出", "说的是“档案”")]),
        ("身份证作废", [("VOID 作废", "说的是“证”")]),
        ("前任书记离任", [("LEFT 离任", "说的是“前任书记”")]),
        ("去世系误报", [("DEAD 去世", "后面又写“误报”")]),
        ("停发后恢复", [("STOPPED 停发", "后面又写“恢复”")]),
        ("停职，已复职", [("SUSPENDED 停职", "后面又写“复职”")]),
        ("去世，已复职", [("DEAD 去世", "")]),
        ("迁出后迁回", [("MOVED 迁出", "后面又写“迁回”")]),
        ("由儿子代领，现本人领取", [("PAYEE 由儿子代领", "后面又写“本人领取”")]),
        ("由儿子代领，本人健在", [("PAYEE 由儿子代领", "后面又写“本人健在”")]),
        ("书记去世后接任", [("DEAD 去世", "说的是“书记”")]),
        ("2026年5月，去世", [("DEAD 去世 2026-05", "")]),
        ("2026年5月病故", [("DEAD 病故 2026-05", "")]),
        ("病故，2026年5月", [("DEAD 病故", "")]),
        ("病故（2026.5）", [("DEAD 病故 2026-05", "")]),
        ("2026年5月任书记，去世", [("DEAD 去世", "")]),
        ("1984年任书记，病故2026年5月停发", [("DEAD 病故 2026-05", ""), ("STOPPED 停发 2026-05", "")]),
        ("20260503去世", [("DEAD 去世 2026-05", "")]),
        ("202605去世", [("DEAD 去世 2026-05", "")]),
        ("26年5月去世", [("DEAD 去世 2026-05", "")]),
        ("85年3月迁出", [("MOVED 迁出 1985-03", "")]),
        ("31年1月迁出", [("MOVED 迁出 1931-01", "")]),
        ("30年1月去世", [("DEAD 去世 2030-01", "")]),
        ("2026年去世", [("DEAD 去世 2026年", "")]),
        ("2026.5.3去世", [("DEAD 去世 2026-05", "")]),
        ("去世（时间2026年5月）", [("DEAD 去世 2026-05", "")]),
        ("张某去世", [("DEAD 去世", "说的是“张某”")]),
        ("父母双亡", [("DEAD 父母双亡", "“父母双亡”说的是别人")]),
        ("故", [("DEAD 故", "")]),
        ("（已故）", [("DEAD 已故", "")]),
        ("已死亡：2026年5月", [("DEAD 已死 2026-05", "")]),
        ("2026年3月停发：去世", [("STOPPED 停发 2026-03", ""), ("DEAD 去世", "")]),
        ("老伴去世：停发", [("DEAD 去世", "说的是“老伴”"), ("STOPPED 停发", "")]),
        ("儿子报告：停发", [("STOPPED 停发", "")]),
        ("停发\n老伴去世", [("STOPPED 停发", ""), ("DEAD 去世", "说的是“老伴”")]),
    ],
)  # fmt: skip
def test_each_matter_is_heard_with_its_date_and_with_why_it_is_not_certain(
    text: str, said: list[tuple[str, str]]
) -> None:
    found = heard(text)
    assert [
        " ".join(filter(None, (one.matter.name, one.word, one.when and str(one.when)))) for one in found
    ] == [matter for matter, _ in said]
    assert [one.doubt for one in found] == [doubt for _, doubt in said]


@pytest.mark.parametrize(
    "text",
    ["", "档案待查", "已迁入本村", "由本人领取", "健在", "因故未参加", "1984年任书记", "父亲是老党员", "停止工作", "低保户", "手机停机"],
)  # fmt: skip
def test_remarks_of_other_things_say_nothing(text: str) -> None:
    assert heard(text, NAME) == ()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026年5月病故", "2026-05"),
        ("病故（2026.5）", "2026-05"),
        ("20260503去世", "2026-05"),
        ("26年5月去世", "2026-05"),
        ("去世时间：2026年5月3日", "2026-05"),
        ("2026年5月，去世", "2026-05"),
        ("2026年去世", "2026年"),
        ("1984年任书记，已去世", None),
        ("已去世，2026年5月停发", None),
    ],
)
def test_a_date_counts_where_it_stands_with_the_word(text: str, when: str | None) -> None:
    found = heard(text, NAME)[0].when
    assert (str(found) if found else None) == when


WORDS = st.sampled_from(["去世", "停发", "迁出", "服刑", "作废", "离任", "停职"])
MONTHS = st.sampled_from(["2026-03", "2026-05", "2025-11"])
DATED = st.sampled_from(
    ["{date}{word}", "{word}{date}", "{word}（{date}）", "{word}：{date}", "{date}，{word}"]
)


@settings(max_examples=400)
@given(st.lists(st.tuples(WORDS, MONTHS, DATED), min_size=2, max_size=3), st.sampled_from("，；。"))
def test_each_word_has_the_date_that_stands_before_or_after_it(
    said: list[tuple[str, str, str]], comma: str
) -> None:
    text = comma.join(form.format(word=word, date=month) for word, month, form in said)
    assert [(one.word, str(one.when)) for one in heard(text)] == [(word, month) for word, month, _ in said]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("去世2026年5月，停发", ["2026-05", "None"]),
        ("去世2026年5月，停发2026年6月", ["2026-05", "2026-06"]),
        ("去世2026年5月，停发2026年6月，迁出2026年7月", ["2026-05", "2026-06", "2026-07"]),
        ("去世2026年5月（2026年6月停发）", ["2026-05", "2026-06"]),
        ("去世2026年5月，已于民政局办理停发手续2026年6月", ["2026-05", "2026-06"]),
        ("2026年5月，去世2026年6月停发", ["2026-05", "2026-06"]),
        ("2026年5月，停发2026年6月，2026年7月登记", ["2026-06"]),
        ("去世2026年5月（停发2026年6月）", ["2026-05", "2026-06"]),
        ("去世2026年5月，停发（2026年6月）", ["2026-05", "2026-06"]),
        ("停发2026年6月2026年7月", ["2026-06"]),
        ("去世2026年5月（2026年6月登记）", ["2026-05"]),
    ],
)
def test_a_date_that_ends_a_clause_is_that_of_the_matter_told_in_it(text: str, when: list[str]) -> None:
    assert [str(one.when) for one in heard(text)] == when


def test_the_heading_may_say_of_whom() -> None:
    assert about_himself("已去世", "备注") == {Matter.DEAD}
    assert about_himself("已去世", "配偶情况说明") == set()


def test_width_spaces_and_lines_make_no_difference() -> None:
    assert about_himself("２０２６年５月\n 去　世") == {Matter.DEAD}
    assert heard("2026年5月去世") == (
        Heard(Matter.DEAD, "去世", "", VagueDate(date(2026, 5, 1), date(2026, 5, 31))),
    )


def test_a_long_text_is_heard_to_its_end() -> None:
    assert about_himself("历年情况正常。" * 2000 + "2026年5月去世") == {Matter.DEAD}


CELLS = st.sampled_from(["", None, NAME, f"{NAME}（已故）", f"{NAME}病故", "王田", "病故", 3.0])
BESIDE = st.sampled_from([{}, {4: Beside(comments={1: "病故"})}, {5: Beside()}])


@given(
    st.lists(CELLS, max_size=3),
    st.integers(0, 3),
    st.integers(1, 3),
    BESIDE,
    st.sampled_from([NAME, "王田守田"]),
)
def test_beside_a_row_that_is_passed_over_nothing_is_said(
    cells: list[object], name_at: int, remarks_at: int, beside: dict[int, Beside], name: str
) -> None:
    source = Source("册.xlsx", "表", {"name": (name_at, "姓名")}, ((remarks_at, "备注"),), beside)
    row = Row(source, 4, tuple(cells))
    assert not is_silent(row, name) or not [*said_beside(row, name), *row.beside.comments, *row.beside.struck]
