"""Names, text, choices and yes/no."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanchuang_cli.domain.heeding import ALWAYS
from sanchuang_cli.domain.remarks import heard
from sanchuang_cli.finding import Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field
from sanchuang_cli.roster.cells.names import flag_parser
from tests.roster.parsing import read_cell


@pytest.mark.parametrize("cell", ["王刚", "王 刚", "王　刚", " 王刚", "\u200b王刚\ufeff", "王\n刚"], ids=repr)
def test_spaces_inside_a_name_go(cell: str) -> None:
    assert read_cell(Kind.NAME, cell)[:2] == ("王刚", ())


@pytest.mark.parametrize("dot", list("·•・．.‧"))
def test_every_dot_of_a_minority_name_is_the_same_dot(dot: str) -> None:
    assert read_cell(Kind.NAME, f"买买提{dot}阿不都")[:2] == ("买买提·阿不都", ())


def test_latin_names_keep_their_spaces() -> None:
    assert read_cell(Kind.NAME, "John  Smith").value == "John Smith"


@pytest.mark.parametrize("cell", ["王刚(已故)", "王刚（已故）", "王刚（曾用名王钢）", "王刚【大】"])
def test_what_is_appended_to_a_name_is_taken_off_with_a_warning(cell: str) -> None:
    read = read_cell(Kind.NAME, cell)
    assert (read.value, read.codes) == ("王刚", ("name.remark",))
    assert cell in read.findings[0].message


NAMES = ["王刚", "王国刚", "欧阳国刚", "李代军", "王停云", "买买提·阿不都"]
BRACKETS = ["（{}）", "({})", "【{}】", " （{}）"]


@given(
    st.sampled_from(NAMES),
    st.sampled_from(BRACKETS),
    st.sampled_from(
        [
            "代",
            "李四代",
            "其妻",
            "妻",
            "儿子",
            "配偶",
            "遗孀",
            "停",
            "迁",
            "退",
            "重",
            "转",
            "注销",
            "取消",
            "暂不发",
        ]
    ),
)
def test_brackets_of_another_person_or_matter_behind_a_name_leave_it_unread_or_are_heard(
    name: str, bracket: str, said: str
) -> None:
    read = read_cell(Field("姓名", Kind.NAME, required=True), name + bracket.format(said))
    if read.value is None:
        assert read.codes == ("name.other-words",) and read.findings[0].severity is Severity.ERROR
    else:  # as a remark it sets the row aside of itself
        assert (read.value, read.codes) == (name, ("name.remark",))
        assert any(one.matter in ALWAYS for one in heard(said))


@given(
    st.sampled_from(NAMES),
    st.sampled_from(BRACKETS),
    st.sampled_from(
        [
            "女",
            "大",
            "回族",
            "67岁",
            "党员",
            "三组",
            "曾用名王代",
            "人大代表",
            "代课教师",
            "退役军人",
            "新",
            "1",
        ]
    ),
)
def test_other_brackets_are_taken_off_with_a_warning(name: str, bracket: str, said: str) -> None:
    assert read_cell(Kind.NAME, name + bracket.format(said))[:2] == (name, ("name.remark",))


@pytest.mark.parametrize(
    "cell",
    [
        "已故王刚",
        "亡：王刚",
        "故王刚",
        "王国刚 亡",
        "王国刚　故",
        "王刚之妻",
        "王国刚之子",
        "王刚遗孀",
        "王刚/李强",
        "王刚、李强",
        "王刚，李强",
    ],
)
def test_words_written_on_to_a_name_leave_it_unread(cell: str) -> None:
    read = read_cell(Field("姓名", Kind.NAME, required=True), cell)
    assert (read.value, read.codes) == (None, ("name.other-words",))


def test_several_may_have_visited_together() -> None:
    assert read_cell(Field("走访人", Kind.NAME), "王刚、李强").value == "王刚、李强"


@pytest.mark.parametrize("mark", "?？\ufffd■")
def test_a_character_that_a_conversion_lost_is_told(mark: str) -> None:
    assert read_cell(Kind.NAME, f"王{mark}国").codes == ("name.lost",)


def test_private_use_characters_are_kept_with_a_warning() -> None:
    assert read_cell(Kind.NAME, "王\ue863")[:2] == ("王\ue863", ("name.rare",))


@pytest.mark.parametrize("cell", ["㐆刚", "王𠮷", "﨑玉"])
def test_rare_characters_of_the_standard_are_kept_as_they_are(cell: str) -> None:
    assert read_cell(Kind.NAME, cell)[:2] == (cell, ())


def test_traditional_names_are_not_rewritten() -> None:
    assert read_cell(Kind.NAME, "張國").value == "張國"


@pytest.mark.parametrize("cell", ["王某", "王某某", "王**", "王××"])
def test_placeholders_are_told(cell: str) -> None:
    assert read_cell(Kind.NAME, cell).codes == ("name.placeholder",)


@pytest.mark.parametrize("cell", [123.0, "230227195308151013", "3号"], ids=repr)
def test_what_is_no_name_gives_no_value_and_its_digits_stay_secret(cell: object) -> None:
    read = read_cell(Kind.NAME, cell)
    assert (read.value, read.codes) == (None, ("name.unreadable",))
    assert "19530815" not in read.findings[0].message


def test_glosses_of_pasted_web_text_are_cleaned_with_a_note() -> None:
    read = read_cell(Kind.TEXT, "三創(chuàng)工作結(jié)合")
    assert (read.value, read.codes) == ("三创工作结合", ("cell.gloss",))


@given(st.text(st.characters(codec="gb2312", exclude_categories=["Cc", "Z"]), max_size=20))
def test_other_text_is_kept_as_written(text: str) -> None:
    assume(
        "(" not in text and not text.startswith("#") and set(text) - set("-—－/／\\")
    )  # a gloss, an error, nothing
    read = read_cell(Kind.TEXT, text)
    assert read.value == text


@pytest.mark.parametrize("cell", ["空缺", "暂缺", "缺", "待定", "空 缺", "空缺（2026年3月起）"])
def test_a_word_for_a_vacant_post_is_nobodys_name(cell: str) -> None:
    read = read_cell(Kind.NAME, cell)
    assert (read.value, read.codes[-1]) == (None, "name.vacant")
    (error,) = read_cell(Field("姓名", Kind.NAME, required=True), cell).findings[-1:]
    assert error.severity is Severity.ERROR


@pytest.mark.parametrize("stop", ["。", "，", "；", "."])
def test_a_stop_behind_a_word_is_no_part_of_it(stop: str) -> None:
    for cell, value in (("是", True), ("否", False), ("无", False)):
        assert read_cell(Kind.FLAG, cell + stop)[:2] == (value, ())
    assert read_cell(SEXES, f"女{stop}")[:2] == ("女", ())


@pytest.mark.parametrize(
    ("cell", "value"),
    [("☑是 □否", True), ("□是 ☑否", False), ("√是□否", True), ("□是□否", None), ("☑是☑否", None)],
)
def test_of_a_printed_choice_the_ticked_one_counts(cell: str, value: bool | None) -> None:
    assert read_cell(Kind.FLAG, cell).value is value


SEXES = Field("性别", Kind.CHOICE, choices={"男": ("男性", "M"), "女": ("女性", "F")})


@pytest.mark.parametrize("cell", ["男", " 男 ", "男性", "M", "Ｍ", "男(注)"])
def test_a_choice_is_known_by_any_of_its_words(cell: str) -> None:
    assert read_cell(SEXES, cell)[:2] == ("男", ())


def test_an_unknown_choice_gives_no_value_and_names_the_known_ones() -> None:
    read = read_cell(SEXES, "难")
    assert (read.value, read.codes) == (None, ("choice.unknown",))
    assert "男、女" in read.findings[0].message


def test_a_choice_in_traditional_characters_is_known() -> None:
    field = Field("类型", Kind.CHOICE, choices={"农村": ()})
    assert read_cell(field, "農村").value == "农村"


@pytest.mark.parametrize(
    "cell", ["是", "有", "√", "1", 1.0, 1, True, "Y", "yes", "对", "✓", "TRUE", " 是 "], ids=repr
)
def test_yes(cell: object) -> None:
    assert read_cell(Kind.FLAG, cell)[:2] == (True, ())


@pytest.mark.parametrize("cell", ["否", "无", "×", "0", 0.0, 0, False, "N", "no", "没有", "✗", "x"], ids=repr)
def test_no(cell: object) -> None:
    assert read_cell(Kind.FLAG, cell)[:2] == (False, ())


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—"], ids=repr)
def test_a_blank_flag_is_neither(cell: object) -> None:
    assert read_cell(Kind.FLAG, cell)[:2] == (None, ())


def test_maybe_is_neither_and_told() -> None:
    assert read_cell(Kind.FLAG, "也许")[:2] == (None, ("flag.unreadable",))


def test_a_column_of_yes_and_no_may_have_words_of_its_own_for_them() -> None:
    read = flag_parser({"是": ("已检",), "否": ("未检",)})
    assert [read(cell) for cell in ("已检", " 未 检", "√", "否", "未")] == [True, False, True, False, False]
    assert flag_parser({})("已检").value is None


@pytest.mark.parametrize("cell", ["男(男性)", "男（M）", "男(注)", "男（注1）", "男【】", "男（1）"])
def test_what_stands_in_brackets_beside_a_choice_may_say_the_same_or_point_to_a_note(cell: str) -> None:
    assert read_cell(SEXES, cell)[:2] == ("男", ())


EVENTS = Field("事件", Kind.CHOICE, choices={"还本": ("还款",), "核销": (), "展期": ("延期",)})


@pytest.mark.parametrize(
    "cell",
    [
        "核销（拟）",
        "还本（作废）",
        "还本（未到账）",
        "展期【未批】",
        "还本（核销）",
        "（拟）核销",
        "还款(还本)(待批)",
    ],
)
def test_a_choice_with_anything_else_in_brackets_is_not_read(cell: str) -> None:
    read = read_cell(EVENTS, cell)
    assert (read.value, read.codes) == (None, ("choice.unknown",))
    assert "括号" in read.findings[0].message


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00), min_size=1, max_size=8))
def test_no_words_in_brackets_are_dropped_unheard(said: str) -> None:
    assume(said not in {"还本", "还款", "注"})
    assert read_cell(EVENTS, f"还本（{said}）").value is None


@pytest.mark.parametrize(
    ("cell", "read"),
    [("王建国、", "王建国"), ("王建国/", "王建国"), ("杨 正 代", "杨正代"), ("司 马 迁", "司马迁")],
)
def test_a_stop_behind_a_name_or_gaps_within_it_are_no_part_of_it(cell: str, read: str) -> None:
    assert read_cell(Field("姓名", Kind.NAME, required=True), cell).value == read
