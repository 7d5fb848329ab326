"""Keys of organisations that are paid: what they are made of, and which codes can be codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.payees import flaw, is_organisation, organisation, typed

CODE = "91110000802100433B"
BY_NAME = "名称:青禾镇 河西村合作社"


def test_a_key_is_the_code_else_the_county_s_else_township_and_name() -> None:
    assert organisation(CODE, "0103", "青禾镇", "河西村合作社") == f"信用代码:{CODE}"
    assert organisation("", "0103", "青禾镇", "河西村合作社") == "编码:0103"
    assert organisation("", "", " 青禾镇 ", "河西村 合作社") == BY_NAME
    assert organisation("９１１１００００８０２１００４３３ｂ") == f"信用代码:{CODE}"
    with pytest.raises(ValueError, match="校验码不对"):
        organisation("91110000802100433C", "0103")
    with pytest.raises(ValueError, match="18 位"):
        organisation("123")
    for named in ({"name": "河西村合作社"}, {"township": "青禾镇"}):
        with pytest.raises(ValueError, match="要有乡镇和名称"):
            organisation(**named)


@pytest.mark.parametrize("code", [CODE, "N2330683MF1234567Y", "91350100M000100Y43"])
def test_codes_of_firms_of_cooperatives_and_of_the_standards_example_are_sound(code: str) -> None:
    assert flaw(code) == ""


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_character_changed_is_no_code(at: int, other: str) -> None:
    if CODE[at] != other:
        assert flaw(CODE[:at] + other + CODE[at + 1 :]) == "统一社会信用代码的校验码不对"


@pytest.mark.parametrize("code", ["", CODE[:-1], f"{CODE}0", CODE.lower(), f"{CODE[:-1]}I", f"{CODE[:-1]}Ｂ"])
def test_what_is_not_of_the_codes_form_is_told_so(code: str) -> None:
    assert flaw(code) == "统一社会信用代码应是 18 位数字或大写字母（不含 I、O、S、V、Z）"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (f" 信用代码：{CODE.lower()} ", f"信用代码:{CODE}"),
        (CODE.lower(), f"信用代码:{CODE}"),
        ("编码: 0103 ", "编码:0103"),
        ("名称：青禾镇 河西村合作社", BY_NAME),
        ("名称: 青禾镇  河西村 合作社", BY_NAME),
        *((words, "") for words in ("张三", "12345", "110101195203040011", "信用代码:", "编码:", "其他:青禾镇 河西村")),
    ],
)  # fmt: skip
def test_a_key_may_be_typed_in_full_or_as_the_code_alone(words: str, key: str) -> None:
    assert typed(words) == key
    assert is_organisation(typed(words)) is bool(key)


@pytest.mark.parametrize(
    ("words", "why"), [("信用代码:123", "18 位"), (f"信用代码:{CODE[:-1]}C", "校验码"), ("名称:青禾镇", "乡镇和名称")]
)  # fmt: skip
def test_a_key_of_an_organisation_that_cannot_be_one_is_told_why(words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        typed(words)
