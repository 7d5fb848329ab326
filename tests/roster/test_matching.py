"""Which column is which field: the levels, the ties, the pinned mapping."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from sanchuang_cli.finding import Place, Severity, UserError
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.columns.aliases import ALIASES, GENERAL
from sanchuang_cli.roster.columns.headings import key, money_unit, simplified
from sanchuang_cli.roster.columns.matching import Matching, check_pinned, match, pinned_columns


def fields(*headings: str, required: Sequence[str] = ()) -> list[Field]:
    return [Field(h, name=f"f{at}", required=h in required) for at, h in enumerate(headings)]


def matched(
    columns: Sequence[str], wanted: Sequence[Field], pinned: Mapping[str, str] | None = None, left: int = 1
) -> Matching:
    return match(columns, wanted, Place("册.xlsx", "表", 3), left, pinned)


def taken(matching: Matching) -> dict[str, str]:
    return {m.field.heading: m.heading for m in matching.matches.values()}


@pytest.mark.parametrize(
    "heading",
    [
        "姓名",
        "姓 名",
        " 姓　名 ",
        "姓\n名",
        "姓名：",
        "*姓名",
        "姓名（必填）",
        "【姓名】",
        "姓名(签字)",
        "\ufeff姓名",
    ],
    ids=repr,
)
def test_width_spaces_stars_colons_and_instructions_do_not_matter(heading: str) -> None:
    only = matched([heading], fields("姓名")).matches["f0"]
    assert (only.how, only.confidence, only.heading) == ("exact", 1.0, heading)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("身份證號", "身份证号"),
        ("聯系電話", "联系电话"),
        ("三創(chuàng)得分", "三创得分"),
        ("金额（万元）", "金额"),
        ("金额(元)", "金额"),
        ("家庭人均年收入（元/年）", "家庭人均年收入"),
        ("满意率（%）", "满意率"),
    ],
)
def test_traditional_characters_glosses_and_units_do_not_matter(heading: str, field: str) -> None:
    assert matched([heading], fields(field)).matches["f0"].how == "exact"


@pytest.mark.parametrize("canonical", list(ALIASES))
def test_every_alias_finds_its_field_when_it_stands_alone(canonical: str) -> None:
    for alias in ALIASES[canonical]:
        only = matched([alias], fields(canonical)).matches["f0"]
        assert only.how == (
            "general" if alias in GENERAL else "alias" if key(alias) != key(canonical) else "exact"
        )


def test_a_field_may_be_declared_under_an_alias_of_the_usual_heading() -> None:
    assert taken(matched(["公民身份号码"], fields("身份证号码"))) == {"身份证号码": "公民身份号码"}


def test_a_field_s_own_aliases_count() -> None:
    field = Field("群众测评", aliases=("民主测评/满意",), name="f0")
    assert matched(["民主测评/满意"], [field]).matches["f0"].how == "alias"


def test_the_exact_heading_wins_over_an_alias() -> None:
    matching = matched(["户名", "姓名"], fields("姓名"))
    assert taken(matching) == {"姓名": "姓名"}
    assert matching.unmatched == ("户名",)


def test_a_general_word_counts_only_where_nothing_better_is_there() -> None:
    assert taken(matched(["单位", "村名"], fields("村"))) == {"村": "村名"}
    assert taken(matched(["单位"], fields("村"))) == {"村": "单位"}


class TestNestedHeadings:
    def test_a_nested_field_matches_its_two_row_header(self) -> None:
        matching = matched(
            ["自评分/领导班子", "评定分/领导班子"], fields("评定分/领导班子", "自评分/领导班子")
        )
        assert taken(matching) == {h: h for h in ("评定分/领导班子", "自评分/领导班子")}
        assert {m.how for m in matching.matches.values()} == {"exact"}

    def test_each_part_may_be_an_alias(self) -> None:
        assert taken(matched(["审定得分/领导班子"], fields("评定分/领导班子"))) == {
            "评定分/领导班子": "审定得分/领导班子"
        }

    def test_a_different_upper_part_is_a_different_column(self) -> None:
        assert not matched(["自评分/领导班子"], fields("评定分/领导班子")).matches

    def test_the_last_part_of_a_column_is_enough_for_a_plain_field(self) -> None:
        assert matched(["基本情况/姓名"], fields("姓名")).matches["f0"].how == "nested"

    def test_a_plain_column_is_enough_for_a_nested_field_while_no_other_has_it(self) -> None:
        assert matched(["领导班子"], fields("评定分/领导班子")).matches["f0"].how == "part"

    def test_a_plain_column_that_two_nested_fields_could_take_goes_to_neither(self) -> None:
        matching = matched(["领导班子"], fields("评定分/领导班子", "自评分/领导班子"))
        assert not matching.matches
        assert [(f.code, f.severity) for f in matching.findings] == [("columns.tie", Severity.WARNING)]


class TestTies:
    def test_two_columns_for_one_field_are_an_error_that_names_both_and_the_line_that_settles_it(
        self,
    ) -> None:
        matching = matched(["姓名", "手机", "电话"], fields("姓名", "联系电话"))
        (tie,) = matching.ties
        assert taken(matching) == {"姓名": "姓名"}
        assert "B列“手机”" in tie.message
        assert "C列“电话”" in tie.message
        assert '"手机" = "联系电话"' in tie.mend
        assert tie.place.cell == "B3"

    def test_the_line_settles_it(self) -> None:
        matching = matched(["姓名", "手机", "电话"], fields("姓名", "联系电话"), {"手机": "联系电话"})
        assert taken(matching) == {"姓名": "姓名", "联系电话": "手机"}
        assert not matching.findings + matching.ties

    def test_a_column_pinned_to_nothing_is_not_read(self) -> None:
        matching = matched(["手机", "电话"], fields("联系电话"), {"手机": ""})
        assert taken(matching) == {"联系电话": "电话"}

    def test_columns_of_the_same_heading_are_told_apart_by_letter(self) -> None:
        (tie,) = matched(["姓名", "姓名"], fields("姓名"), left=3).ties
        assert '"C列" = "姓名"' in tie.mend
        matching = matched(["姓名", "姓名"], fields("姓名"), {"D列": "姓名"}, left=3)
        assert matching.matches["f0"].column == 1

    def test_one_column_for_two_fields_is_an_error(self) -> None:
        (tie,) = matched(["支部名称"], fields("所在党支部", "党组织名称")).ties
        assert "既像“所在党支部”又像“党组织名称”" in tie.message


class TestFuzzy:
    @pytest.mark.parametrize(
        ("heading", "field"),
        [("联系电活号码", "联系电话号码"), ("党员总数", "党员数"), ("身份证号吗", "身份证号码")],
    )
    def test_a_near_heading_is_taken_with_a_warning(self, heading: str, field: str) -> None:
        matching = matched([heading], fields(field))
        assert matching.matches["f0"].how == "fuzzy"
        (warning,) = matching.findings
        assert (warning.code, warning.severity) == ("columns.fuzzy", Severity.WARNING)
        assert f'"{heading}" = ""' in warning.mend

    @pytest.mark.parametrize(
        ("heading", "field"),
        [
            ("上年度等次", "本年度等次"),
            ("补发金额", "发放金额"),
            ("上任日期", "离任日期"),
            ("男党员数", "女党员数"),
            ("任职起始时间", "任职终止时间"),
            ("第一季度得分", "第二季度得分"),
        ],
    )
    def test_headings_that_differ_in_a_telling_character_are_never_taken_for_one_another(
        self, heading: str, field: str
    ) -> None:
        assert not matched([heading], fields(field)).matches

    def test_unlike_headings_are_not_matched(self) -> None:
        matching = matched(["序号", "籍贯"], fields("身份证号", required=["身份证号"]))
        assert [field.heading for field in matching.missing] == ["身份证号"]
        assert matching.unmatched == ("序号", "籍贯")


def test_a_remark_in_brackets_is_passed_over_where_nothing_fits_better() -> None:
    assert matched(["姓名（与身份证一致）"], fields("姓名")).matches["f0"].how == "trimmed"
    assert taken(matched(["任职时间（起）", "任职时间（止）"], fields("任职起始", "任职终止"))) == {
        "任职起始": "任职时间（起）",
        "任职终止": "任职时间（止）",
    }


def test_a_pinned_column_wins_over_everything() -> None:
    matching = matched(["姓名", "别名"], fields("姓名"), {"别名": "姓名"})
    assert taken(matching) == {"姓名": "别名"}
    assert matching.matches["f0"].how == "pinned"


def test_a_columns_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "列.toml"
    file.write_text('"手机" = "联系电话"\n"备 注" = ""\n', "utf-8-sig")
    assert pinned_columns(file) == {"手机": "联系电话", "备 注": ""}


@pytest.mark.parametrize("content", ['"手机" = 3', "手机 = 联系电话", '"手机"'])
def test_a_columns_file_that_is_wrong_says_how_it_is_written(tmp_path: Path, content: str) -> None:
    file = tmp_path / "列.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(UserError, match=r"列\.toml"):
        pinned_columns(file)


def test_a_columns_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开"):
        pinned_columns(tmp_path / "没有.toml")


def test_a_mapping_to_a_field_that_does_not_exist_offers_the_nearest() -> None:
    with pytest.raises(UserError, match="是不是“联系电话”"):
        check_pinned({"手机": "联络电话"}, [Wanted(Record, "名册", more=tuple(fields("姓名", "联系电话")))])


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("金额（万元）", "万元"),
        ("金额(元)", "元"),
        ("年收入 单位：千元", "千元"),
        ("金额/万元", "万元"),
        ("补贴标准（元/月）", "元"),
        ("金额", ""),
        ("公元年份", ""),
    ],
)
def test_the_unit_in_a_heading_is_told(heading: str, unit: str) -> None:
    assert money_unit(heading) == unit


def test_simplified_text_never_loads_the_converter() -> None:
    from sanchuang_cli.roster.columns import headings

    headings._converter.cache_clear()
    assert simplified("身份证号") == "身份证号"
    assert headings._converter.cache_info().misses == 0
    assert simplified("身份證號") == "身份证号"
    assert headings._converter.cache_info().misses == 1


@pytest.mark.parametrize("piece", ["(", "元", "/", "创(chuàng", "单位:", "（元", "身份证号/", "國"])
def test_a_paragraph_for_a_heading_is_judged_at_once(piece: str) -> None:
    began = time.process_time()
    matched([(piece * 32_767)[:32_767], "姓名"], fields(*ALIASES))
    assert time.process_time() - began < 0.5


def test_hundreds_of_strange_columns_are_judged_at_once() -> None:
    began = time.process_time()
    matched([f"第{n}项得分情况" for n in range(500)], fields(*ALIASES))
    assert time.process_time() - began < 2
