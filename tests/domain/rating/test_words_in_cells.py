"""What a cell says that names a type or a veto: by the policy's words, and nothing is made of what may be meant either way."""

import pytest

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.types import OrganisationType, type_of
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.judging import Odd
from tests.programmes.ratings import organisation

VILLAGE = OrganisationType(name="村", aliases=("行政村", "农村"))
TOWN = OrganisationType(name="社区", aliases=("居委会",))
MERGED = OrganisationType(name="村改社区")
OFFICE = OrganisationType(name="机关")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("村", "村"), (" 村 ", "村"), ("农村", "村"), ("行政村", "村"), ("居委会", "社区"), ("机关", "机关"),
        ("建制村", ""), ("行政村党支部", "村"), ("城市社区", ""), ("县直机关", "机关"),
        ("村改社区", "村改社区"), ("农村社区", ""), ("机关和社区", ""),
        ("学校", ""), ("机", ""), ("", ""), ("  ", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_word_means_the_type_it_names_or_else_the_only_one_whose_words_it_is_made_of(
    word: str | None, kind: str
) -> None:
    assert type_of((VILLAGE, TOWN, MERGED, OFFICE), word) == kind
    assert type_of((OFFICE, MERGED, TOWN, VILLAGE), word) == kind


def test_where_no_types_are_listed_no_word_means_one() -> None:
    assert type_of((), "村") == ""


def test_a_type_of_one_word_goes_by_it_alone() -> None:
    assert OrganisationType(name="村").aliases == ()


VETO = Veto(clause="否", situations=("安全", "集资"))
UNCLEAR = "否决情形“{}”看不出是有还是没有，不能按有、也不能按没有认定"
NOT_LISTED = "否决情形“{}”不在政策列举之内，是不是否决不能认定"


def of(cell: str | None) -> tuple[str, list[tuple[str, str, str, str]]]:
    made = organisation(veto=cell)
    odd = Odd(DOUBTS, made.row)
    return VETO.of(cell, odd), [(one.code, one.place.heading, one.message, one.basis) for one in odd.found]


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "  ",
        "无",
        " 无 ",
        "没有",
        "否",
        "未",
        "/",
        "—",
        "未发生",
        "不存在",
        "无。",
        "没有；",
        "无 。",
    ],
)
def test_a_plain_no_is_no_veto(cell: str | None) -> None:
    assert of(cell) == ("", [])


@pytest.mark.parametrize(
    "cell", ["安全事故", " 安全 ", "非法集资", "未完成安全指标", "是", "有", "√", "有。"]
)
def test_a_situation_of_the_document_or_a_plain_yes_is_one(cell: str) -> None:
    assert of(cell) == (cell.strip(), [])


@pytest.mark.parametrize(
    "cell", ["上访", "没收违法所得", "否决", "未定期开会", "未完成主要指标", "有（信访）"]
)
def test_whatever_else_stands_there_is_told_and_nothing_is_concluded_from_it(cell: str) -> None:
    assert of(cell) == (cell, [("veto-not-listed", "veto", NOT_LISTED.format(cell), "否")])


@pytest.mark.parametrize(
    "cell",
    [
        *("无安全事故", "没有安全事故", "没发生", "未发生安全事故", "未发现", "未出现", "未涉及", "未受处分", "未有"),
        *("不存在安全问题", "不涉及", "不属于", "否，已整改", "情况不详", "不清楚", "情况不明", "未知", "疑似集资", "存疑"),
        *("安全？", "?", "待定", "待查", "待核实", "待确认", "待认定", "待调查", "待处理", "待议", "待补", "未定"),
        *("群体上访（已化解）", "安全事故，后查不实", "集资（误报）", "安全事故处分已撤销"),
    ],
)  # fmt: skip
def test_what_denies_or_doubts_a_veto_is_neither_a_veto_nor_none(cell: str) -> None:
    assert of(cell)[1] == [("veto-unclear", "veto", UNCLEAR.format(cell), "否")]
