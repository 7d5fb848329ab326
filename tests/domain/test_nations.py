"""Which nation a cell means: one of the 56, however short it is written, and none where it says something else."""

import pytest

from sanchuang_cli.domain.process.nations import NATIONS, nation


def test_there_are_fifty_six_nations() -> None:
    assert len(NATIONS) == 56


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("汉族", "汉族"), ("汉", "汉族"), (" 汉 族 ", "汉族"), ("满", "满族"), ("蒙族", "蒙古族"), ("维吾尔", "维吾尔族"), ("鄂伦春族", "鄂伦春族"),
        ("回族（随母）", "回族"), ("", ""), ("否", ""), ("待定", ""), ("族", ""), ("其他", ""), ("少数民族", ""), ("/", ""),
    ],
)  # fmt: skip
def test_a_nation_is_known_by_its_name_with_or_without_the_last_character(written: str, meant: str) -> None:
    assert nation(written) == meant
