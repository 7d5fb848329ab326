"""What is said beside the fields, in `subsidies`: of the person himself it stops the money, of others it is told."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec import structs

from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Beside
from tests.programmes.people import TWENTY, codes, member, run, spell_row, yuan_of
from tests.spoken import believed, others, out_of_office, own, void

DUE = 3 * 525
NAMED = "王守田"


def person(
    comments: dict[int, str] | None = None, struck: dict[int, bool] | None = None, **cells: Any
) -> Member:
    """Somebody who is due three months, with what his row has beside the fields."""
    one = member(name=NAMED, **{"spells": TWENTY, "approved_on": "2015-01", **cells})
    beside = {one.row.number: Beside(comments or {}, struck or {})}
    return structs.replace(one, row=structs.replace(one.row, source=replace(one.row.source, beside=beside)))


def severities(result: Any) -> list[Severity]:
    return [finding.severity for finding in result.findings if finding.code.startswith("remarks.")]


def test_the_person_of_these_tests_is_paid() -> None:
    assert yuan_of(run(person())) == DUE


@settings(max_examples=150, deadline=None)
@given(own)
def test_nobody_is_paid_of_whom_a_remark_says_that_he_is_dead_stopped_moved_held_or_that_another_takes_it(
    text: str,
) -> None:
    for one in (person(remarks=text), person(comments={1: text})):
        result = run(one)
        assert (int(yuan_of(result)), result.set_aside) == (0, 1), text
        assert Severity.ERROR in severities(result)


@settings(max_examples=150, deadline=None)
@given(others)
def test_nobody_is_set_aside_for_what_is_said_of_others_or_denied(text: str) -> None:
    for one in (person(remarks=text), person(comments={1: text})):
        result = run(one)
        assert (int(yuan_of(result)), result.set_aside) == (DUE, 0), text
        assert severities(result) == [Severity.WARNING]


@settings(max_examples=60, deadline=None)
@given(believed)
def test_nobody_is_paid_while_it_is_only_believed_that_he_is_dead_gone_or_in_custody(text: str) -> None:
    result = run(person(remarks=text))
    assert (int(yuan_of(result)), result.set_aside) == (0, 1), text


@settings(max_examples=60, deadline=None)
@given(void)
def test_a_row_that_a_remark_calls_void_or_double_is_not_paid(text: str) -> None:
    result = run(person(remarks=text))
    assert (int(yuan_of(result)), result.set_aside) == (0, 1), text
    assert codes(result) == ["remarks.void"]


NATURALLY = re.compile("(?:到龄|到限|自然|届满|换届|并村|因病|退休)免职")
TAKEN = ("免职", "免去", "撤职", "撤销", "罢免", "责令辞职", "开除", "辞退", "擅自", "自行离职")
"""A post that was taken from somebody: 第一条第一款 pays nobody then."""


@settings(max_examples=60, deadline=None)
@given(out_of_office)
def test_a_post_that_was_left_takes_no_money_from_anybody_unless_it_was_taken_from_him(text: str) -> None:
    if any(word in NATURALLY.sub("", text) for word in TAKEN):
        alone = run(person(remarks=text, reason=""))
        assert (codes(alone), int(yuan_of(alone)), alone.set_aside) == (["remarks.removed"], 0, 1)
        otherwise = run(person(remarks=text, reason="届满"))
        assert (codes(otherwise), otherwise.set_aside) == (["remarks.differs"], 1)
        assert codes(run(person(remarks=text, reason="撤职"))) == [], "the rule refuses it"
        return
    known = run(person(remarks=text, left="2010-01"))
    assert [code for code in codes(known) if code.startswith("remarks.")] == []
    still = run(person(spells="2000-01… 书记", remarks=text, employed=None))
    assert [code for code in codes(still) if code.startswith("remarks.")] == ["remarks.of-others"]
    assert Severity.ERROR not in severities(still)


@pytest.mark.parametrize(
    ("remark", "fields", "paid", "code"),
    [
        ("2026年5月病故", {"died_on": "2026-05"}, 2 * 525, None),
        ("病故", {"died_on": "2026-05-20"}, 2 * 525, None),
        ("2026年6月病故", {"died_on": "2026-05"}, 0, "remarks.differs"),
        ("2026年5月病故", {}, 0, "remarks.dead"),
        ("2026年4月去世，停发", {"died_on": "2026-04", "health": "死亡"}, 525, None),
        ("2026年5月起停发", {"suspended_from": "2026-05"}, 525, None),
        ("2026年4月起停发", {"suspended_from": "2026-05"}, 0, "remarks.differs"),
        ("停发", {"suspended_from": "2024-05", "suspended_to": "2024-09"}, 0, "remarks.differs"),
        ("2024年5月停发", {"suspended_from": "2024-05", "suspended_to": "2024-09"}, DUE, None),
        ("户口已迁出", {"moved_on": "2026-05", "household": "迁出"}, 2 * 525, None),
        ("户口已迁出", {}, 0, "remarks.moved"),
        ("2020年被判刑", {"sentence": "有期徒刑", "sentence_on": "2020-03"}, 0, None),
        *(("2020年被判刑", {"sentence": said}, 0, "remarks.custody") for said in ("无", "否", "")),
        *(("现在服刑", {"sentence": said}, 0, "remarks.differs") for said in ("罚金", "管制", "行政拘留")),
        *(("2026年8月起停发", {"sentence": said}, 0, "remarks.stopped") for said in ("否", "罚金", "")),
        ("2020年被判刑，停发", {"sentence": "有期徒刑", "sentence_on": "2020-03"}, 0, None),
        *(("2010年受留党察看处分", {"penalty": said}, 0, "remarks.disciplined") for said in ("", "否", "无")),
        ("1999年被开除党籍", {"penalty": "警告"}, 0, "remarks.differs"),
        ("2010年退党", {}, 0, "remarks.out_of_party"),
        ("本人放弃", {}, 0, "remarks.withdrawn"),
        *((said, {}, DUE, "remarks.of-others") for said in ("失联", "组织关系转出")),
        ("受严重警告处分", {"penalty": "严重警告"}, DUE, None),
        *(("未受过任何处分", {"penalty": said}, DUE, None) for said in ("", "否")),
        *(
            (said, {"employed": False}, 0, "remarks.on_payroll")
            for said in ("2018年考录公务员", "系财政供养人员")
        ),
        ("2018年考录公务员", {"employed": True, "employed_on": "2018-01"}, 0, None),
        *(
            (said, {}, DUE, None)
            for said in ("儿子是公务员", "不是财政供养人员", "妻子受过处分", "公务员家属", "劳改农场退休")
        ),
        *(
            (said, {}, DUE, None)
            for said in ("到龄免职", "2004年并村免职", "无免职文件", "免职文件丢失", "辞退民办教师")
        ),
        ("文革中被撤职，后平反", {"reason": ""}, DUE, "remarks.of-others"),
        *((said, {}, 0, "remarks.stopped") for said in ("暂不发放", "不再发放")),
        *((said, {}, DUE, None) for said in ("已登记过", "不再发展新的项目")),
        *((said, {}, 0, "remarks.custody") for said in ("在监狱", "监外执行", "曾劳改")),
        ("由儿子代领", {"died_on": "2030-01"}, 0, "remarks.payee"),
        ("由儿子代领，经核实本人健在", {}, DUE, "remarks.of-others"),
    ],
)
def test_what_the_fields_say_too_is_left_to_the_rules_and_what_they_say_otherwise_sets_aside(
    remark: str, fields: dict[str, Any], paid: int, code: str | None
) -> None:
    result = run(person(remarks=remark, **fields))
    found = [one for one in codes(result) if one.startswith("remarks.")]
    assert (int(yuan_of(result)), found) == (paid, [code] if code else [])


def test_a_row_struck_through_is_not_paid_and_one_cell_of_it_is_a_warning() -> None:
    names = list(person().row.source.columns)
    name, identity, village = (names.index(one) + 1 for one in ("name", "identity", "village"))
    result = run(person(struck={name: True, identity: True}))
    assert (int(yuan_of(result)), codes(result)) == (0, ["remarks.struck-row"])
    result = run(person(struck={village: True}))
    assert yuan_of(result) == DUE
    assert [f.place.column for f in result.findings if f.code == "remarks.struck-cell"] == [village]


def test_a_spell_struck_through_on_the_sheet_of_spells_sets_the_person_aside() -> None:
    one = person(spells="")
    kept, gone = (
        spell_row(one, text, number)[0] for number, text in ((1, TWENTY), (2, "2000-01…2003-12 书记"))
    )
    beside = {gone.row.number: Beside({}, dict.fromkeys(range(1, len(gone.row.cells) + 1), True))}
    gone = structs.replace(
        gone, row=structs.replace(gone.row, source=replace(gone.row.source, beside=beside))
    )
    assert yuan_of(run(person(post="书记"), spells=[kept])) == DUE
    result = run(person(post="书记"), spells=[kept, gone])
    assert (int(yuan_of(result)), result.set_aside) == (0, 1)
    assert gone.row.place("name") in [f.place for f in result.findings if f.code == "remarks.struck-row"]


def test_what_is_said_of_others_beside_a_spell_is_told_there_and_takes_no_money() -> None:
    one = person(spells="", post="书记")
    (line,) = spell_row(one, TWENTY)
    beside = {line.row.number: Beside({1: "由儿子代领，经核实本人健在"}, {})}
    line = structs.replace(
        line, row=structs.replace(line.row, source=replace(line.row.source, beside=beside))
    )
    result = run(one, spells=[line])
    (told,) = [finding for finding in result.findings if finding.code.startswith("remarks.")]
    assert (int(yuan_of(result)), told.code, told.severity) == (DUE, "remarks.of-others", Severity.WARNING)
    assert (told.place.book, "subsidies.spell-line" in codes(result)) == ("任职经历.xlsx", False)


def test_whom_no_benefit_concerns_is_nobody_to_set_aside() -> None:
    assert codes(run(person(spells="", approved_on=None, remarks="已去世"))) == []


def test_every_row_set_aside_has_its_error_at_the_place_of_the_words() -> None:
    one = person(remarks="2026年5月病故")
    (finding,) = run(one).findings
    assert (finding.code, finding.place.heading) == ("remarks.dead", "备注")
    assert "2026年5月病故" in finding.message and finding.basis and finding.mend


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"spells": f"{TWENTY}，已病故"}, "remarks.dead"),
        ({"post": "书记，病故"}, "remarks.dead"),
        ({"bank": "农村信用社（已故）"}, "remarks.dead"),
        ({"cause": "本人已去世", "hardship": True, "income": 1}, "remarks.dead"),
        ({"village": "河西村（已迁出）"}, "remarks.moved"),
        ({"township": "青禾镇（外迁）"}, "remarks.moved"),
        ({"spells": f"{TWENTY}；2019.1-2022.12 服刑"}, "remarks.custody"),
        ({"spells": f"{TWENTY}，后因贪污被撤职"}, "remarks.removed"),
        *(
            ({"cause": said}, "")
            for said in ("丈夫病故", "因子病故", "家中有人去世", "因病致贫", "丧偶、子女残疾")
        ),
        ({"village": "故县村", "bank": "信用社", "post": "书记"}, ""),
    ],
)
def test_what_another_field_says_of_the_person_is_heard_there_too(cells: dict[str, Any], code: str) -> None:
    result = run(person(**cells))
    assert [one for one in codes(result) if one.startswith("remarks.")] == ([code] if code else [])
    assert (int(yuan_of(result)), result.set_aside) == ((0, 1) if code else (DUE, 0))


@pytest.mark.parametrize("word", ["去世", "离世", "身故", "已亡", "不在世", "病故", "停发", "已迁出"])
def test_words_after_a_name_are_heard_like_a_remark(word: str) -> None:
    one = person()
    column, _ = one.row.source.columns["name"]
    cells = list(one.row.cells)
    cells[column - 1] = f"{NAMED}（{word}）"
    result = run(structs.replace(one, row=structs.replace(one.row, cells=tuple(cells))))
    assert yuan_of(result) == 0 and result.set_aside == 1


@pytest.mark.parametrize(
    "text",
    [
        "现任村书记", "本人现任青禾镇河西村党支部书记", "原任会计，现任村委会主任", "目前仍在任", "2024年换届后继续担任支部委员", "仍任文书（兼会计）",
    ],
)  # fmt: skip
def test_nobody_is_paid_as_a_former_cadre_of_whom_a_remark_says_that_he_serves_now(text: str) -> None:
    result = run(person(remarks=text))
    assert (codes(result), int(yuan_of(result)), result.set_aside) == (["remarks.serving"], 0, 1)
    assert "remarks.differs" in codes(run(person(remarks=text, left="2012-12")))


@pytest.mark.parametrize(
    "text", ["由现任书记证明", "经现任村主任核实", "儿子现任村书记", "现任书记王五的父亲", "未在任", "历任会计、主任", "现任书记不在家，电话联系"]
)  # fmt: skip
def test_a_post_of_today_that_is_anothers_stops_no_money(text: str) -> None:
    result = run(person(remarks=text))
    assert (int(yuan_of(result)), result.set_aside) == (DUE, 0), codes(result)


def test_who_serves_now_by_an_open_term_is_known_to_do_so() -> None:
    assert "remarks.serving" not in codes(
        run(person(remarks="现任村书记", spells="1980-01…1990-12 书记; 2010-01… 书记"))
    )
