"""A cell that names a place counts as a posting there only if it says nothing else, whatever the sentence is."""

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.disclosing.posted import understood
from tests.programmes.publications import DUES, catalogue, codes, outcome, row

BY = catalogue(DUES, effective="2025-01-01")
WHERE = st.sampled_from(
    (
        "公开栏",
        "镇公开栏",
        "县委党务公开栏",
        "青禾镇党务公开栏",
        "望河乡政府门口公开栏",
        "便民服务中心大厅公开栏",
    )
)
TOO = st.sampled_from(("", "、网站", "，县党建网站", "和微信群", "；村民大会", "（镇政府院内）"))
DONE = st.sampled_from(
    ("{}", "已在{}张贴", "{}公示", "已经在{}上公布", "{}（已张贴）", "在{}张贴完毕", "{} 已公开")
)
NOT_DONE = st.sampled_from(
    (
        *(
            "拟在{}张贴",
            "{}损坏",
            "应在{}公布",
            "未在{}张贴",
            "{}还没有贴",
            "准备贴{}",
            "待{}公示",
            "{}（待贴）",
        ),
        *(
            "请在{}公开",
            "{}正在维修",
            "下周在{}公布",
            "{}已拆除",
            "{}不能用",
            "是否在{}公开",
            "{}？",
            "计划{}公开",
        ),
        *(
            "{}贴不下",
            "原{}",
            "要求在{}张贴",
            "{}张贴后被撕",
            "尚未在{}公开",
            "建议{}",
            "{}除外",
            "{}以外",
            "无{}",
        ),
        *(
            "取消镇{}",
            "通知村{}",
            "{}暂停使用",
            "明日{}张贴",
            "见{}照片",
            "{}已取下",
            "可在{}查询",
            "须{}公示",
        ),
    )
)


STRANGE = st.characters(categories=["Lo", "Nd"]).filter(lambda one: not understood(one, frozenset()))


def found(cell: str) -> tuple[list[str], int]:
    """What is told of a row with this place, and how many postings it makes."""
    result = outcome([row(since="2026-06-01", place=cell)], BY)
    return [code for code in codes(result) if code.startswith("place")], 1 - result.tally.set_aside


@given(DONE, WHERE, TOO)
def test_a_place_alone_in_a_list_or_with_words_that_say_it_was_done_counts(
    said: str, place: str, too: str
) -> None:
    assert found(said.format(place) + too) == ([], 1)


@given(NOT_DONE, WHERE, TOO, st.booleans())
def test_any_other_sentence_is_asked_about_and_counts_nothing(
    said: str, place: str, too: str, first: bool
) -> None:
    other = too.strip("、，和；（）")
    cell = f"{other}、{said.format(place)}" if first and other else said.format(place) + too
    assert found(cell) == (["place-unclear"], 0)


@given(DONE, WHERE, STRANGE, st.integers(0, 30))
def test_one_strange_word_in_a_posting_is_enough_to_ask(said: str, place: str, strange: str, at: int) -> None:
    cell = said.format(place)
    wrong = cell[:at] + strange * 3 + cell[at:]
    told, counted = found(wrong)
    assert counted == 0 and told in (["place-unclear"], ["place-unlisted"])
