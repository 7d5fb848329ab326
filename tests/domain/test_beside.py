"""What stands beside the fields of a row: told at its cell, once, and not where the fields say the same."""

from collections.abc import Mapping
from typing import Any

import pytest

from sanchuang_cli.domain.beside import DOUBTS, died, of_organisation, of_person, of_words
from sanchuang_cli.domain.people import IN_OFFICE
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.period import Spell
from sanchuang_cli.record import Beside, Field, Row, Source
from tests.programmes.incumbents import day

NAME = "王守田"
COLUMNS = {"name": (1, "姓名"), "identity": (2, "身份证号"), "village": (3, "村")}


def row(
    remark: str = "",
    comments: Mapping[int, str] | None = None,
    struck: Mapping[int, bool] | None = None,
    **cells: str,
) -> Row:
    """Name, number and village, and a column of remarks; what is said and struck beside them by the column."""
    beside = {4: Beside(dict(comments or {}), dict(struck or {}))} if comments or struck else {}
    source = Source("册.xlsx", "表", COLUMNS, ((4, "备注"),), beside)
    plain = {"name": NAME, "identity": "11010119520304001X", "village": "河西村"} | cells
    return Row(source, 4, (*plain.values(), remark))


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    """Code and cell of each, after each was held against the list of what there is to tell."""
    for one in findings:
        severity, basis, mend, brief = DOUBTS[code := one.code.removeprefix("remarks.")]
        assert (one.severity, one.basis, one.mend, one.brief) == (severity, basis, mend, brief), code
    return [(one.code, one.place.cell) for one in findings]


def value(heading: str, said: Any) -> Any:
    """What a field holds: days as days, spells of service, words as words."""
    if heading == "任职经历":
        spells = (spell.partition("至") for spell in said.split("、"))
        return tuple(Spell(day(since), day(until) if until else None) for since, _, until in spells)
    return day(said) if isinstance(said, str) and said[:1].isdigit() else said


def of(one: Row, name: str = NAME, in_office: bool = False, **fields: Any) -> list[Finding]:
    """What is told of a person's row with these fields."""
    known = {heading: value(heading, said) for heading, said in fields.items()}
    return of_person(
        one, name, lambda heading: known.get(heading), heeds=IN_OFFICE if in_office else frozenset()
    )


@pytest.mark.parametrize(
    ("remark", "fields", "code"),
    [
        ("2026年5月病故", {}, "dead"),
        *(("2026年5月病故", {"死亡日期": died}, "") for died in ("2026-05-31", "2026-05", "2026")),
        *(("2026年5月病故", {"死亡日期": died}, "differs") for died in ("2026-04", "2026-06-01", "2025")),
        ("去世", {"死亡日期": "2020-04"}, ""),
        *(("2026年5月12日，病故", {"死亡日期": died}, said) for died, said in (("2026-05", ""), ("2026-06", "differs"))),
        *(("家属反映2026年5月12日，病故", {"死亡日期": died}, said) for died, said in (("2026-05", ""), ("2026-06", "differs"))),
        *(("2019年5月12日，离任", {"任职起始": since}, said) for since, said in (("2020-01", ""), ("2019-01", "left"))),
        ("反映2019年5月12日，离任", {"任职起始": "2020-01"}, "left"),
        *(("去世", {"健在情况": state}, "") for state in ("死亡", "否", "病故")),
        *(("去世", {"健在情况": state}, "dead") for state in ("健在", "是", "老伴去世")),
        ("2026年3月迁往外地", {}, "moved"),
        ("2026年3月迁往外地", {"户籍迁出日期": "2026-03"}, ""),
        *(("2026年3月迁往外地", {"户籍迁出日期": moved}, "differs") for moved in ("2026-02", "2026-04")),
        ("迁往外地", {"户籍状况": "已迁出"}, ""),
        *(("迁往外地", {"户籍状况": state}, "moved") for state in ("在本村", "否")),
        *(("已判刑", {"刑罚情况": sentence}, "") for sentence in ("有期徒刑二年", "拘役")),
        *(("已判刑", fields, "custody") for fields in ({}, {"刑罚情况": "无"})),
        ("2026年3月停发", {}, "stopped"),
        ("2026年3月停发", {"暂停起": "2026-03"}, ""),
        *(("2026年3月停发", {"暂停起": since}, "differs") for since in ("2026-02", "2026-04")),
        *(("2026年3月停发", {"暂停起": since, "暂停止": until}, "")
          for since, until in (("2026-01", "2026-03-01"), ("2026-03-31", "2026-05"), ("2025-06", "2026-09"))),
        *(("2026年3月停发", {"暂停起": since, "暂停止": until}, "differs")
          for since, until in (("2026-04-01", "2026-05"), ("2025-04", "2026-02-28"))),
        ("停发", {"暂停起": "2025-04", "暂停止": "2026-02"}, "differs"),
        *(("2026年3月停发", fields, "") for fields in ({"死亡日期": "2026-05"}, {"户籍迁出日期": "2026-02"}, {"刑罚情况": "拘役"})),
        ("停发", {"户籍状况": "在本村", "健在情况": "健在"}, "stopped"),
        *((words, {"终止日期": "2024-06-01"}, "") for words in ("已终止", "本人提出终止发展", "2024年6月终止，本人外出务工")),
        ("2024年6月终止", {"终止日期": "2023-06-01"}, "differs"),
        ("2024年6月终止", {}, "stopped"),
        ("由儿子代领", {}, "payee"),
        ("此行作废", {}, "void"),
        ("离任", {}, "left"),
        ("2026年3月离任", {"任职终止": "2026-03"}, ""),
        ("2026年3月离任", {"任职终止": "2026-04"}, "differs"),
        ("2010年离任", {"任职起始": "2011-01"}, ""),
        *(("2010年离任", {"任职起始": since}, "left") for since in ("2010-12", "2010-01", "1998")),
        *(("离任", {heading: "2026"}, "") for heading in ("离任日期", "离任原因", "离任职务")),
        ("离任", {"任职经历": "2001至2005、2007至2010"}, ""),
        ("离任", {"任职经历": "2001至2005、2007"}, "left"),
        ("停职检查", {}, "suspended"),
        ("2026年3月停职检查", {"任职终止": "2026-05"}, ""),
        ("老伴去世", {}, "of-others"),
        ("老伴去世", {"死亡日期": "2026-05"}, ""),
        ("老伴去世，由儿子代领", {}, "payee"),
        ("老伴去世，拟迁出", {}, "of-others"),
        ("老伴去世，可能已迁出", {}, "moved"),
        ("已判刑，停发", {}, "stopped"),
        ("停发，2026年5月病故", {}, "dead"),
        ("停发，2026年5月病故", {"死亡日期": "2026-05"}, ""),
        ("示范户", {}, ""),
    ],
)  # fmt: skip
def test_what_a_remark_says_is_told_where_the_fields_do_not_say_the_same(
    remark: str, fields: dict[str, Any], code: str
) -> None:
    found = of(row(remark), in_office=True, **fields)
    assert told(found) == ([(f"remarks.{code}", "D4")] if code else [])


@pytest.mark.parametrize(("remark", "heading"), [("去世", "健在情况"), ("迁往外地", "户籍状况")])
@pytest.mark.parametrize(("state", "found"), [(False, 0), (True, 1), (None, 1)])
def test_a_cell_that_says_no_of_being_there_says_the_same(
    remark: str, heading: str, state: Any, found: int
) -> None:
    """是否健在 and the like may be read as a yes or a no."""
    assert len(of(row(remark), **{heading: state})) == found


@pytest.mark.parametrize(
    ("remark", "fields", "message"),
    [
        ("停发，\n2026年5月病故", {}, "王守田：备注“停发， 2026年5月病故”，像是说本人去世，没有填在相应的栏目里"),
        ("此行作废", {}, "王守田：备注“此行作废”，像是说这一行作废或重复"),
        ("2026年5月病故", {"死亡日期": "2026-04"}, "王守田：备注“2026年5月病故”说去世，“死亡日期”写的是 2026-04"),
        ("停发", {"暂停起": "2025-04", "暂停止": "2026-02"}, "王守田：备注“停发”说停发，“暂停起”是 2025-04，“暂停止”是 2026-02"),
        ("老伴去世，父亲去世", {}, "王守田：备注“老伴去世，父亲去世”，说的是“老伴”；说的是“父亲”，先照各栏计算"),
        ("老伴去世，老伴迁出", {}, "王守田：备注“老伴去世，老伴迁出”，说的是“老伴”，先照各栏计算"),
        (f"{'档' * 35}已去世。", {}, f"王守田：备注“{'档' * 35}已去世。”，像是说本人去世，没有填在相应的栏目里"),
        (f"{'档' * 37}已去世。", {}, f"王守田：备注“{'档' * 37}已去…”，像是说本人去世，没有填在相应的栏目里"),
    ],
)  # fmt: skip
def test_a_finding_says_who_where_and_what_in_a_line(
    remark: str, fields: dict[str, Any], message: str
) -> None:
    (one,) = of(row(remark), **fields)
    assert one.message == message


@pytest.mark.parametrize("remark", ["离任", "停职检查", "老伴离任"])
def test_the_end_of_a_post_is_only_told_where_nobody_is_asked_for_one(remark: str) -> None:
    (one,) = of(row(remark))
    assert told([one]) == [("remarks.of-others", "D4")]
    why = "说的是“老伴”" if remark.startswith("老伴") else "这份名册不按现任职务认定"
    assert one.message == f"{NAME}：备注“{remark}”，{why}，先照各栏计算"


@pytest.mark.parametrize(
    ("said", "cells", "where"),
    [
        ({"comments": {3: "已去世"}}, {}, [("C4", "批注“已去世”")]),
        ({"comments": {9: "已去世"}}, {}, [("I4", "批注“已去世”")]),
        ({"comments": {1: "已去世", 2: "号码已核对", 3: "已迁出"}}, {}, [("A4", "批注“已去世”"), ("C4", "批注“已迁出”")]),
        ({"remark": "已去世", "comments": {1: "已去世"}}, {}, [("D4", "备注“已去世”"), ("A4", "批注“已去世”")]),
        ({}, {"name": "王守田（已去世）"}, [("A4", "姓名后注明“已去世”")]),
        ({}, {"name": "王守田 (已去世 )"}, [("A4", "姓名后注明“已去世”")]),
        ({}, {"name": "王守田【已去世"}, [("A4", "姓名后注明“已去世”")]),
        ({}, {"name": "王守田（曾用名王刚）"}, []),
    ],
)  # fmt: skip
def test_remarks_comments_and_words_after_the_name_are_heard_at_their_cell(
    said: dict[str, Any], cells: dict[str, Any], where: list[tuple[str, str]]
) -> None:
    found = of(row(**said, **cells))
    assert [(one.place.cell, one.message.split("，")[0]) for one in found] == [
        (cell, f"{NAME}：{words}") for cell, words in where
    ]


@pytest.mark.parametrize("who", ["石新", "王守田", "欧阳守田"])
@pytest.mark.parametrize("word", ["病故", "已病故", "2026年5月病故", " 病故", "，已迁往县城"])
@pytest.mark.parametrize("read", ["", "已去世"])
def test_words_written_on_to_a_name_are_told_with_the_cell_as_it_stands(
    who: str, word: str, read: str
) -> None:
    """The reader of names may keep such words, or have read the name alone."""
    cell = who + word
    (one,) = of(row(name=cell), who if read else cell)
    assert one.place.cell == "A4"
    assert one.message.startswith(f"{who if read else cell}：姓名后注明“{cell}”")


def test_words_written_on_to_a_name_are_heard_from_four_characters_on() -> None:
    assert told(of(row(name="石新病故"), "石新病故")) == [("remarks.dead", "A4")]
    assert told(of(row(name="石新亡"), "石新亡")) == []


def test_the_heading_of_a_column_of_remarks_may_say_of_whom_it_speaks() -> None:
    source = Source("册.xlsx", "表", COLUMNS, ((4, "配偶情况说明"),))
    (one,) = of(Row(source, 4, (NAME, "", "河西村", "已去世")))
    assert told([one]) == [("remarks.of-others", "D4")]
    assert one.message.startswith(f"{NAME}：配偶情况说明“已去世”，")


def test_the_last_cell_of_a_row_is_heard_like_any_other() -> None:
    source = Source("册.xlsx", "表", {"identity": (1, "身份证号"), "name": (2, "姓名")})
    assert told(of(Row(source, 4, ("", "王守田（已去世）")))) == [("remarks.dead", "B4")]
    assert told(of(Row(source, 4, ("",)))) == []


ROW, CELL = "remarks.struck-row", "remarks.struck-cell"


@pytest.mark.parametrize(
    ("struck", "cells", "found"),
    [
        ({1: True, 2: True}, {}, [(ROW, "A4")]),
        ({1: True}, {"identity": ""}, [(ROW, "A4")]),
        ({2: True, 3: True}, {}, [(ROW, "A4")]),
        ({1: True}, {}, [(CELL, "A4")]),
        ({2: True, 1: False}, {}, [(CELL, "B4"), (CELL, "A4")]),
        ({1: True, 2: False, 3: False}, {}, [(CELL, "A4"), (CELL, "B4"), (CELL, "C4")]),
        ({3: True}, {"identity": ""}, [(CELL, "C4")]),
        ({4: True, 9: True}, {}, []),
    ],
)
def test_a_row_is_struck_by_who_it_is_or_by_most_of_its_cells(
    struck: dict[int, bool], cells: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert told(of(row(struck=struck, **cells))) == found


def test_a_finding_says_how_a_row_or_a_cell_is_struck() -> None:
    (whole,) = of(row(struck={1: True, 2: True}))
    cells = of(row(struck={3: True, 1: False}))
    assert [one.message for one in (whole, *cells)] == [
        "王守田：这一行划了删除线",
        "王守田：这一格划了删除线，仍照所写的读",
        "王守田：这一格有一部分划了删除线，仍照整格读",
    ]


@pytest.mark.parametrize(
    ("words", "in_office", "codes"),
    [
        ("已去世", False, ["remarks.dead"]),
        ("已判刑", False, ["remarks.custody"]),
        ("离任", True, ["remarks.left"]),
        *((words, False, []) for words in ("离任", "停发", "老伴去世", "安葬", "")),
    ],
)
def test_free_words_of_a_field_are_heard_of_what_they_were_not_asked_for(
    words: str, in_office: bool, codes: list[str]
) -> None:
    field = Field("村情", name="village")
    heeds = IN_OFFICE if in_office else frozenset[str]()
    found = of_words(row(village=words), NAME, lambda heading: None, field, heeds)
    assert [(one.code, one.place.cell, one.place.heading) for one in found] == [
        (code, "C4", "村") for code in codes
    ]
    assert all(one.message.startswith(f"{NAME}：村“{words}”") for one in found)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(
            (bank, "remarks.payee")
            for bank in ("农业银行（其妻名下）", "农业银行(其子)", "其子账户", "农行儿子卡", "由儿子代领")
        ),
        *((bank, "remarks.closed") for bank in ("农行（已销户）", "信用社，已注销", "农行（账户冻结）")),
        ("农行（本人已去世）", "remarks.dead"),
        *(
            (bank, "")
            for bank in (
                "农业银行",
                "农行（未注销）",
                "妇女儿童支行",
                "王妻屯分理处",
                "父子山支行",
                "太子河支行",
                "农行（本人）",
            )
        ),
    ],
)
def test_a_bank_with_somebody_beside_it_says_whose_account_it_is(written: str, code: str) -> None:
    found = of_words(
        row(village=written), NAME, lambda heading: None, Field("开户行", name="village"), frozenset()
    )
    assert [one.code for one in found] == ([code] if code else [])
    assert all(DOUBTS[code.removeprefix("remarks.")][0] is Severity.ERROR for one in found)


def test_a_day_of_death_is_told_at_its_cell_where_nobody_asks_for_deaths() -> None:
    one = died(row(), "village", "王守田：填了死亡日期 2026-05")
    assert told([one]) == [("remarks.died", "C4")]
    assert (one.severity, one.message) == (Severity.ERROR, "王守田：填了死亡日期 2026-05")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"remark": "已撤销"}, [("remarks.void", "D4"), ("remarks.gone", "D4")]),
        ({"comments": {3: "已并入东村"}}, [("remarks.gone", "C4")]),
        ({"remark": "此行作废"}, [("remarks.void", "D4")]),
        ({"remark": "此行作废，该村已撤销"}, [("remarks.void", "D4"), ("remarks.gone", "D4")]),
        ({"remark": "没有重复"}, [("remarks.of-others", "D4")]),
        ({"remark": "老书记去世，停发"}, []),
        ({"struck": {1: True}}, [(ROW, "A4")]),
        ({"struck": {2: True}}, [(CELL, "B4")]),
        ({}, []),
    ],
)
def test_of_an_organisation_is_heard_that_it_is_no_more_or_that_its_row_is_void(
    said: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    told_of_it = of_organisation(row(name="河西村党支部", **said), "河西村党支部")
    assert told(told_of_it) == found
    for one in told_of_it:
        if one.code == "remarks.gone":
            where = "批注" if "comments" in said else "备注"
            text = said.get("remark") or said["comments"][3]
            assert one.message == f"河西村党支部：{where}“{text}”像是说它已不存在"


@pytest.mark.parametrize(
    ("remark", "cells", "more"),
    [
        ("因弄虚作假一票否决", {"否决情形": "弄虚作假"}, ""),
        ("因弄虚作假一票否决", {"否决情形": "无"}, "弄虚作假、一票否决"),
        ("弄虚作假，书记被立案", {"否决情形": "弄虚作假"}, "被立案"),
        ("发生安全事故", {"重大事故": "1"}, ""),
        *(("发生安全事故", {"重大事故": cell}, "事故") for cell in ("", "否", "0", "未发生", "无重大事故")),
        ("书记空缺", {"书记": "空缺"}, ""),
        ("软弱涣散", {"软弱涣散": "2026-03"}, ""),
        ("软弱涣散", {"备注": "软弱涣散"}, "软弱涣散"),
    ],
)
def test_what_bears_on_a_rating_is_told_where_no_column_says_it(
    remark: str, cells: dict[str, str], more: str
) -> None:
    headings = ("党组织名称", *cells)
    columns = {heading: (at, heading) for at, heading in enumerate(headings, 1)}
    notes = columns.get("备注", (len(columns) + 1, "备注"))
    one = Row(Source("册.xlsx", "表", columns, (notes,)), 4, ("河西村党支部", *cells.values(), remark))
    messages = [found.message for found in of_organisation(one, "河西村党支部", ("党组织名称",))]
    assert [message[message.index("（") + 1 : message.index("）")] for message in messages] == [more] * bool(
        more
    )
