"""What a row says against itself and rows against one another: which rule, where, and how much it weighs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field
from sanchuang_cli.roster.checks.organisations import township_stem
from sanchuang_cli.roster.checks.person_rows import _says_dead
from tests.roster.books import BRANCHES, PERSONS, audited, book, card, codes, number, table


def findings_of(tmp_path: Path, *rows: dict[str, Any]) -> list[str]:
    return codes(audited(book(tmp_path / "甲.xlsx", *rows)))


def test_plain_rows_give_no_finding(tmp_path: Path) -> None:
    assert findings_of(tmp_path, {}, {}, {"性别": "男", "出生日期": "1953-08", "入党日期": "1975.6"}) == []


def test_X_07_one_card_under_two_names_is_an_error_on_both_rows(tmp_path: Path) -> None:
    rows = ({"银行账号": card(1)}, {"银行账号": card(2)}, {"银行账号": card(1)})
    result = audited(book(tmp_path / "甲.xlsx", *rows))
    assert codes(result) == ["error duplicates.account 3", "error duplicates.account 5"]
    assert result.files[0].tally.set_aside == 2
    assert "第5行又写在王丙名下" in result.findings[0].message


def test_one_card_twice_under_one_name_is_not_about_the_card(tmp_path: Path) -> None:
    same = {"姓名": "王甲", "身份证号": number(), "银行账号": card(1)}
    for rows in ((same, same), (same, same | {"身份证号": ""})):
        assert not any("account" in code for code in findings_of(tmp_path, *rows))


def test_one_card_and_one_name_under_two_numbers_is_an_error_that_says_what_differs(tmp_path: Path) -> None:
    """One of the numbers is mistyped, and one person is paid twice."""
    rows = [
        {"姓名": name, "身份证号": number(sequence=at), "银行账号": card(1)}
        for at, name in ((101, "王甲"), (103, "王甲"), (105, "王乙"))
    ]
    two = audited(book(tmp_path / "甲.xlsx", *rows[:2]))
    assert [one for one in codes(two) if "account" in one] == [
        "error duplicates.account 3",
        "error duplicates.account 4",
    ]
    said = [one.message for one in two.findings if one.code == "duplicates.account"]
    assert "第4行又写在另一个身份证号名下" in said[0] and "第3行又写在另一个身份证号名下" in said[1]
    three = audited(book(tmp_path / "乙.xlsx", *rows))
    said = [one.message for one in three.findings if one.code == "duplicates.account"]
    assert "第4行、第5行又写在王甲、王乙名下（身份证号不同）" in said[0]


def test_one_card_and_one_number_under_two_names_says_that_the_number_is_the_same(tmp_path: Path) -> None:
    rows = [{"姓名": name, "身份证号": number(), "银行账号": card(1)} for name in ("王甲", "王乙")]
    told = audited(book(tmp_path / "甲.xlsx", *rows)).findings
    (first, _) = [one.message for one in told if one.code == "duplicates.account"]
    assert first.endswith("第4行又写在王乙名下（身份证号相同）")


def test_X_07_one_identity_number_twice_in_a_batch_is_an_error(tmp_path: Path) -> None:
    same = {"姓名": "王甲", "身份证号": number(), "发放金额": 120}
    assert findings_of(tmp_path, same, same) == ["error duplicates.identity 3", "error duplicates.identity 4"]


def test_one_identity_number_in_rows_that_agree_warns_where_nothing_is_paid(tmp_path: Path) -> None:
    same = {"姓名": "王甲", "身份证号": number()}
    rows = (
        same | {"入党日期": "1975-06", "备注": "换卡"},
        same | {"入党日期": "1975-06-20", "备注": "新卡"},
        same,
    )
    assert {code.rpartition(" ")[0] for code in findings_of(tmp_path, *rows)} == {
        "warning duplicates.identity"
    }


def test_one_identity_number_in_rows_that_contradict_is_an_error_naming_what_differs(tmp_path: Path) -> None:
    rows = ({"姓名": "王甲", "身份证号": number()}, {"姓名": "王乙", "身份证号": number()})
    result = audited(book(tmp_path / "甲.xlsx", *rows))
    assert codes(result) == ["error duplicates.identity 3", "error duplicates.identity 4"]
    assert "第4行重复，且姓名不一致" in result.findings[0].message


def test_the_same_person_in_two_books_is_found_with_the_other_book_named(tmp_path: Path) -> None:
    first = book(tmp_path / "青禾.xlsx", {"乡镇": "青禾镇"})
    second = book(tmp_path / "白杨.xlsx", {"乡镇": "白杨镇"})
    result = audited(first, second)
    assert codes(result) == ["error duplicates.identity 3", "error duplicates.identity 3"]
    assert "青禾.xlsx 名册 第3行" in next(f for f in result.findings if f.place.book == "白杨.xlsx").message


def test_books_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    for folder in ("青禾", "白杨"):
        (tmp_path / folder).mkdir()
    result = audited(book(tmp_path / "青禾" / "名册.xlsx", {}), book(tmp_path / "白杨" / "名册.xlsx", {}, {}))
    assert [(file.name, file.tally.read) for file in result.files] == [
        ("青禾/名册.xlsx", 1),
        ("白杨/名册.xlsx", 2),
    ]
    assert {f.place.book for f in result.findings} == {"青禾/名册.xlsx", "白杨/名册.xlsx"}


def test_one_name_and_birth_under_two_numbers_warns(tmp_path: Path) -> None:
    rows = ({"姓名": "王甲"}, {"姓名": "王甲"}, {"姓名": "王甲", "身份证号": number("19600101")})
    assert findings_of(tmp_path, *rows) == [
        "warning duplicates.name-and-birth 3",
        "warning duplicates.name-and-birth 4",
    ]


def test_E_07_a_sex_that_the_number_contradicts_warns(tmp_path: Path) -> None:
    result = audited(book(tmp_path / "甲.xlsx", {"身份证号": "230227195308151013", "性别": "女"}))
    assert codes(result) == ["warning persons.sex-differs 3"]
    assert "230227************" in result.findings[0].message


@pytest.mark.parametrize(
    ("written", "warns"), [("1953-08-15", 0), ("1953.8", 0), ("1953年", 0), ("1953-08-16", 1), ("1953.9", 1)]
)
def test_a_birth_date_is_compared_as_exactly_as_it_is_known(tmp_path: Path, written: str, warns: int) -> None:
    assert findings_of(tmp_path, {"出生日期": written}) == ["warning persons.birth-differs 3"] * warns


@pytest.mark.parametrize(
    ("birth", "joined", "code"),
    [
        ("19530815", "1971-08-14", "joined-too-young"),
        ("19530815", "1971-08-15", ""),
        ("19530815", "1971-07", "joined-too-young"),
        ("19530815", "1971-08", ""),
        ("19400101", "1956-10", "joined-too-young"),
        ("19400101", "1956-09", ""),
        ("19400101", "1951-12", "joined-too-young"),
        ("19400101", "1952-01", ""),
        ("19400101", "1939-12", "joined-before-birth"),
        ("19560229", "1974-02-28", ""),
    ],
)
def test_joining_before_eighteen_warns_only_after_september_1956(
    tmp_path: Path, birth: str, joined: str, code: str
) -> None:
    expected = [f"warning persons.{code} 3"] if code else []
    assert findings_of(tmp_path, {"身份证号": number(birth), "入党日期": joined}) == expected


@pytest.mark.parametrize(
    ("joined", "regular", "code"),
    [
        ("1985-06-01", "1986-06-01", ""),
        ("1985-06-01", "1984-06-01", "regularised-before-joining"),
        ("1985-06-01", "1985-06-01", "no-probation"),
        ("1985-06", "1985-06", "no-probation"),
        ("1985年", "1985年", ""),
        ("1969-04", "1969-04", ""),
        ("1977-08", "1977-08", ""),
        ("1977-09", "1977-09", "no-probation"),
        ("1971-07-01", "1970-07-01", "regularised-before-joining"),
    ],
)
def test_D_25_no_probation_is_silent_for_the_years_that_had_none(
    tmp_path: Path, joined: str, regular: str, code: str
) -> None:
    row = {"身份证号": number("19300101"), "入党日期": joined, "转正日期": regular}
    assert findings_of(tmp_path, row) == ([f"warning persons.{code} 3"] if code else [])


def test_D_25_joined_and_regularised_on_one_day_of_1971_is_no_error(tmp_path: Path) -> None:
    assert findings_of(tmp_path, {"入党日期": "1971-09-01", "转正日期": "1971-09-01"}) == []


@pytest.mark.parametrize("state", ["死亡", "已去世", "2020年病故", "故", "否", "已故（2019）"])
def test_words_for_death_are_understood(state: str) -> None:
    assert _says_dead(state)


@pytest.mark.parametrize("state", ["健在", "是", "健在（配偶去世）", "", None, True, "一般"])
def test_words_for_life_are_not_taken_for_death(state: object) -> None:
    assert not _says_dead(state)


@pytest.mark.parametrize("died", ["2026-03-31", "2026-04", "2026"])
def test_the_dead_stay_on_the_roster_with_their_date(tmp_path: Path, died: str) -> None:
    result = audited(book(tmp_path / "甲.xlsx", {"死亡日期": died}))
    assert codes(result) == ["warning persons.dead-but-listed 3"]
    (reports,) = result.findings
    assert "留在名册上" in reports.basis and "不要删去" in reports.mend


@pytest.mark.parametrize("amount", [0, "0.00", "(35)"])
def test_X_07_an_amount_of_nothing_or_less_is_an_error(tmp_path: Path, amount: Any) -> None:
    assert findings_of(tmp_path, {"发放金额": amount}, {"发放金额": 120}) == ["error persons.no-amount 3"]


def test_a_blank_amount_is_not_an_amount_of_nothing(tmp_path: Path) -> None:
    assert findings_of(tmp_path, {"发放金额": None}, {"发放金额": 120}) == []


def test_a_township_in_two_spellings_warns_once_a_sheet_with_the_likely_name(tmp_path: Path) -> None:
    rows = [{"乡镇": "富路镇"}] * 3 + [{"乡镇": "富路"}] * 2 + [{"乡镇": "富海镇"}]
    result = audited(book(tmp_path / "甲.xlsx", *rows))
    assert codes(result) == ["warning organisations.township-spelling 6"]
    assert "乡镇“富路”（本表 2 行）像是" in result.findings[0].message
    assert "“富路镇”（共 3 行）" in result.findings[0].message


def test_a_branch_in_two_spellings_warns_where_people_are_counted_by_branches(tmp_path: Path) -> None:
    """In another township it is another branch; where no row must name one, nothing depends on how it is spelt."""
    names = ("东村党支部", "东村党支部", "中共东村支部委员会", "东村党总支")
    rows = [{"乡镇": "富路镇", "所在党支部": name} for name in names]
    rows.append({"乡镇": "富海镇", "所在党支部": "东村支部"})
    path = book(tmp_path / "甲.xlsx", *rows)
    counted = replace(PERSONS, more=(Field("所在党支部", Kind.NAME, required=True, name="branch"),))
    result = audited(path, persons=counted)
    assert codes(result) == ["warning organisations.branch-spelling 5"]
    assert "“中共东村支部委员会”（本表 1 行）像是“东村党支部”（共 2 行）" in result.findings[0].message
    assert codes(audited(path)) == []


@pytest.mark.parametrize(
    "name", ["富路镇", "富路", "富 路 镇", "富路镇人民政府", "富裕县富路镇", "富路镇党委", "富路乡"]
)
def test_a_township_is_known_without_its_rank(name: str) -> None:
    assert township_stem(name) == "富路"


def test_townships_that_differ_in_one_character_are_two() -> None:
    assert township_stem("富路镇") != township_stem("富海镇")


def test_a_branch_that_no_member_names_warns(tmp_path: Path) -> None:
    members = book(
        tmp_path / "党员.xlsx", {"所在党支部": "青禾镇东村党支部"}, {"所在党支部": "中共西村支部委员会"}
    )
    names = (
        "中共青禾镇东村支部委员会",
        "青禾镇西村党支部",
        "青禾镇北村党支部",
        "青禾镇党委",
        "青禾镇机关党总支",
    )
    branches = table(tmp_path / "组织.xlsx", [{"党组织名称": name, "书记": "李甲"} for name in names])
    result = audited(members, branches, persons=PERSONS, branches=BRANCHES)
    lonely = [f for f in result.findings if f.code == "organisations.no-members"]
    assert [f.message for f in lonely] == ["党员名册里没有一名党员在“青禾镇北村党支部”"]
    assert lonely[0].place.book == "组织.xlsx"


@given(st.lists(st.integers(0, 6), max_size=12), st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_rows(picks: list[int], random: Any) -> None:
    from sanchuang_cli.record import Row, Source
    from sanchuang_cli.roster.checks.across import checks
    from sanchuang_cli.roster.checks.by_heading import Listing

    source = Source(
        "甲.xlsx", "名册", {"name": (1, "姓名"), "identity": (2, "身份证号"), "account": (3, "银行账号")}
    )

    def person(row: int, pick: int) -> Any:
        values = ("王甲" if pick % 2 else "王乙", number(sequence=101 + pick // 2), card(pick % 3))
        fields: dict[str, Any] = dict(zip(("name", "identity", "account"), values, strict=True))
        return PERSONS.record(row=Row(source, row, values), **fields)

    records = [person(at, pick) for at, pick in enumerate(picks, 1)]
    shuffled = random.sample(records, len(records))
    reports = [
        sorted(
            (f.severity, f.code, f.place.row) for f in checks({"persons": Listing("", PERSONS.fields, rows)})
        )
        for rows in (records, shuffled)
    ]
    assert reports[0] == reports[1]
