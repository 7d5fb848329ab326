"""Which type of organisation a word of a roster means: the policy's own words, and nothing that only contains one of them."""

import pytest

from sanchuang_cli.domain.rating.types import OrganisationType, type_of

TYPES = (
    OrganisationType(name="村", aliases=("行政村", "建制村")),
    OrganisationType(name="社区", aliases=("居委会", "城市社区")),
    OrganisationType(name="机关", aliases=("县直机关",)),
    OrganisationType(name="非公企业", aliases=("非公",)),
)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *(("村", "村"), (" 行政村 ", "村"), ("城市社区", "社区")),
        *(("村级", "村"), ("村党支部", "村"), ("行政村党总支", "村"), ("村级党组织", "村"), ("村委会", "村")),
        *(("机关党委", "机关"), ("县直机关基层党组织", "机关"), ("非公企业类", "非公企业")),
        *(("社区居委会", "社区"), ("非公党组织", "非公企业")),
        *(
            ("村民委员会", "村"),
            ("行政村村民委员会", "村"),
            ("社区居民委员会", "社区"),
            ("村委", "村"),
            ("社区两委", "社区"),
        ),
        *(("村领域", "村"), ("非公企业领域", "非公企业"), ("村级组织", "村")),
        *(
            ("县直属机关", "机关"),
            ("直属机关党委", "机关"),
            ("镇直机关", "机关"),
            ("街道级机关", "机关"),
            ("机关（县直）", "机关"),
        ),
        *(("非公企业(县属)党支部", "非公企业"), ("村（行政村）", "村"), ("城市社区（社区）", "社区")),
        *(("区直机关", "机关"), ("市直机关党委", "机关"), ("县属非公企业", "非公企业")),
    ],
)
def test_a_type_is_its_name_or_alias_with_whose_it_is_and_what_calls_it_a_class_or_a_party_organisation(
    word: str, kind: str
) -> None:
    assert type_of(TYPES, word) == kind


@pytest.mark.parametrize(
    "word",
    [
        *("非行政村", "不是村", "自然村", "村民小组", "城中村", "撤并村", "原行政村", "村改居", "村改居社区"),
        *("农村信用社", "农村合作银行", "村镇银行", "村办企业", "驻村工作队", "村级企业", "社区卫生服务中心"),
        *(
            "机关（事业）",
            "村（撤并）",
            "社区（村）",
            "村（社区）党支部",
            "镇村",
            "乡村",
            "乡镇机关",
            "村民",
            "委",
        ),
        *("村（社区）", "村、社区", "村社区", "农村社区", "机关服务中心", "非机关", "", "党支部", "级"),
    ],
)
def test_a_word_that_only_contains_a_type_is_none(word: str) -> None:
    """What stands around it may turn its meaning, and money goes by it."""
    assert type_of(TYPES, word) == ""


def test_no_type_is_written() -> None:
    assert type_of(TYPES, None) == ""


@pytest.mark.parametrize("word", ["村（社区）", "村(社区)", "村 （社区)", "“村（社区）”", "村（社区）。"])
def test_the_width_of_brackets_spaces_and_quotes_say_nothing_of_a_type(word: str) -> None:
    both = (*TYPES, OrganisationType(name="两者", aliases=("村（社区）",)))
    assert type_of(both, word) == "两者"
    assert type_of(TYPES, "“行政 村”。") == "村"


def test_of_an_alias_that_says_it_all_the_type_is_read() -> None:
    whole = (*TYPES, OrganisationType(name="其他", aliases=("非行政村", "村（社区）")))
    assert [type_of(whole, word) for word in ("非行政村", "村（社区）", "行政村")] == ["其他", "其他", "村"]
