"""What people sign beside the pages: whom a form is about and what stands on it, who signs for money, what is asked for."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.people import Member
from sanchuang_cli.money import in_words
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.papers import Form, Letter, Papers, WrittenFor
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table
from tests.members import account
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    cadre,
    changed,
    member,
    paid_line,
    policies,
    result_of,
)

NEW: dict[str, Any] = {"born": "1966-04-15", "spells": TWENTY}
OLD: dict[str, Any] = {"spells": TWENTY}
OF_CADRES = f"{CADRE}申请（审批）表"


def papers(
    *people: Member,
    whom: WrittenFor = WrittenFor(),  # noqa: B008 - frozen
    policy: PolicyFile[Any] | None = None,
    last: tuple[Any, ...] | None = None,
    period: str = "2026Q2",
) -> Papers:
    when, file = Period.parse(period), policy or policies()
    rosters: dict[str, Roster[Any]] = {"members": Roster(people)}
    if last is not None:
        rosters["previous"] = result_of(last, when.before(), file)
    return PROGRAMME.run(rosters, file, Occasion(when, when.last)).papers(whom)


def line(who: Member) -> tuple[str, str, int]:
    return who.row.line


def boxes(form: Form) -> dict[str, str]:
    return {box.column.title: box.words for row in form.rows for box in row}


def whose(made: Papers) -> list[tuple[str, str]]:
    return [(form.name, form.title) for form in made.forms]


def test_by_itself_a_form_is_for_whoever_is_paid_for_the_first_time() -> None:
    assert whose(papers(member(1, **NEW), member(2, **OLD))) == [("村民1", OF_CADRES)]


def test_beside_the_last_period_whoever_it_did_not_pay_is_new() -> None:
    one, two = member(1, **OLD), member(2, **OLD)
    last = (paid_line(one, CADRE, "2026-01至2026-03", 157_500),)
    assert whose(papers(one, two, last=last)) == [("村民2", OF_CADRES)]


@pytest.mark.parametrize("unapproved", ["refuse", "set_aside"])
def test_whoever_lacks_nothing_but_approval_needs_a_form_before_anything_is_paid(unapproved: str) -> None:
    policy = cadre(payable={"unapproved": unapproved})
    waits, refused = member(1, **OLD), member(2, employed=True, **OLD)
    made = papers(waits, refused, member(3, approved_on="2010-01-01", **OLD), policy=policy)
    assert whose(made) == [("村民1", OF_CADRES)]
    assert boxes(made.forms[0])["核定意见"] == "待审批"


def test_whoever_is_set_aside_for_something_else_too_gets_none_by_itself() -> None:
    policy = cadre(payable={"unapproved": "set_aside"})
    assert whose(papers(member(1, household="人户分离", **OLD), policy=policy)) == []


def test_everybody_is_who_is_paid_a_form_for_each_benefit() -> None:
    both, refused = member(1, hardship=True, **OLD), member(2, employed=True, **OLD)
    made = papers(
        both, refused, whom=WrittenFor(everybody=True), policy=changed(lambda one: one.update(exclusive=[]))
    )
    assert {title for _, title in whose(made)} == {OF_CADRES, f"{HARDSHIP}申请（审批）表"}
    assert {name for name, _ in whose(made)} == {"村民1"}


def test_whoever_is_named_gets_one_though_nothing_is_paid_and_it_says_why() -> None:
    refused = member(2, employed=True, **OLD)
    (form,) = papers(member(1, **NEW), refused, whom=WrittenFor(lines=[line(refused)])).forms
    assert (form.name, boxes(form)["核定意见"]) == ("村民2", "不予发放：未被财政供养")
    assert "未被财政供养：不符合。“财政供养”为“是”（第一条第二款第一项）" in boxes(form)["条件核查"]


def test_a_form_says_all_that_is_known_and_leaves_blank_what_people_write() -> None:
    who = member(
        1, account=account(1), bank="信用社", phone="13900000000", post="书记", joined="1990-07", **NEW
    )
    (form,) = papers(who).forms
    said = boxes(form)
    assert (said["姓名"], said["性别"], said["出生日期"], said["身份证号"]) == (
        "村民1",
        "男",
        "1966-04-15",
        who.identity,
    )
    assert (said["家庭住址"], said["政治面貌"], said["入党日期"]) == ("青禾镇河西村", "中共党员", "1990-07")
    assert (said["累计月数"], said["认定年限"], said["离任职务"]) == ("240", "20 年", "书记")
    assert said["任职经历"] == "1980-01至1999-12 书记"
    assert said["标准"] == "525.00 元/月（标准表（句容2018））"
    assert (said["起发月"], said["本期金额"]) == ("2026-05", "1050.00 元（2 个月）")
    assert {"民族", "证明材料"} <= {label for label, words in said.items() if not words}
    signed = [box for row in form.rows for box in row if box.signed]
    assert [box.column.title.replace("\n", "") for box in signed] == [
        "本人申请",
        "村党组织意见",
        "公示情况",
        "乡镇党委意见",
        "县委组织部意见",
        "县财政局意见",
    ]


def sums(table: Table) -> int:
    return sum(row[table.index("amount")] for row in table.rows)


def test_whoever_the_bank_cannot_pay_signs_a_line_each_in_the_list_of_the_township() -> None:
    people = [
        member(1, hardship=True, **OLD),
        member(2, account=account(2), **OLD),
        member(3, township="望河乡", account="12345", **OLD),
    ]
    made = papers(*people, policy=changed(lambda one: one.update(exclusive=[])))
    (first, here), (second, there) = made.receipts
    assert (first, len(here.rows), second, len(there.rows)) == ("望河乡", 1, "青禾镇", 1)
    assert [row[there.index("items")] for row in there.rows] == [f"{HARDSHIP}、{CADRE}"]
    assert (sums(here), there.group, there.unit, there.is_signed_for) == (157_500, "village", "元", True)


def test_on_request_everybody_who_is_paid_signs_and_the_lists_come_to_what_is_paid() -> None:
    people = [member(n, account=account(n), village=f"{n % 3}村", **OLD) for n in range(1, 9)]
    ((_, table),) = papers(*people, whom=WrittenFor(everybody=True)).receipts
    assert (len(table.rows), sums(table)) == (8, 8 * 157_500)
    assert papers(*people).receipts == ()


def letter(*people: Member, **more: Any) -> Letter:
    found = papers(*people, **more).request
    assert found
    return found


FUNDING = {
    "clause": "第六条",
    "shares": [{"who": "省", "percent": 60}, {"who": "市", "percent": 10}, {"who": "县", "percent": 30}],
}


def funded(edition: dict[str, Any]) -> None:
    edition["exclusive"] = []
    next(one for one in edition["benefit"] if one["name"] == CADRE)["funding"] = FUNDING


def test_the_letter_asks_for_what_is_paid_in_figures_and_words_and_by_who_bears_it() -> None:
    people = [member(1, hardship=True, **OLD), member(2, account=account(2), **OLD)]
    asked = letter(*people, policy=changed(funded))
    table, whole = asked.table, "\n".join(heading + words for heading, words in asked.paragraphs)
    columns = {column.title: [row[j] for row in table.rows] for j, column in enumerate(table.columns)}
    total = 2 * 157_500 + 3 * 5_000
    assert sum(columns["申请金额"]) == total == sum(columns["本期"]) + sum(columns["补发"])
    assert dict(zip(columns["补贴项目"], columns["人数"], strict=True)) == {CADRE: 2, HARDSHIP: 1}
    assert [sum(columns[f"经费分担/{who}"]) for who in ("省", "市", "县")] == [189_000, 31_500, 94_500]
    assert f"共发放 2 人，申请资金 3,300.00 元（大写：{in_words(total)}）" in whole
    assert "领取几项的有 1 人，在总人数中只计一次。" in whole
    assert f"{CADRE}按第六条，省承担 1,890.00 元，市承担 315.00 元，县承担 945.00 元。" in whole
    assert f"{HARDSHIP}的经费分担，所依据的文件没有规定。" in whole
    assert "通过银行代发 1 人 1,575.00 元；没有有效账户、另行发放的 1 人 1,725.00 元" in whole
    assert asked.to == "财政局" and asked.title == "关于申请拨付2026年第二季度生活补贴资金的报告"


def test_the_letter_tells_arrears_apart_and_how_the_sum_follows_from_the_last() -> None:
    late, gone = member(1, **OLD), member(2, died_on="2026-03-02", **OLD)
    last = (
        paid_line(late, CADRE, "2026-01", 52_500),
        paid_line(gone, CADRE, "2026-01至2026-03", 157_500),
    )
    asked = letter(late, gone, last=last)
    whole = "\n".join(heading + words for heading, words in asked.paragraphs)
    assert "本期 1,575.00 元，补发以前月份 1,050.00 元。" in whole
    assert (
        "上期（2026年第一季度）2,100.00 元；新增 0 人次 0.00 元，死亡 1 人次减少 1,575.00 元，其余增加 2,100.00 元，本期 2,625.00 元。"
        in whole
    )


def test_who_waits_is_said_in_the_letter_and_where_nothing_is_paid_there_is_none() -> None:
    asked = letter(member(1, **OLD), member(2, household="人户分离", **OLD))
    assert any("另有 1 条待核实，未列入本次申请" in words for _, words in asked.paragraphs)
    assert papers(member(1, born="1990-01-01", spells=TWENTY)).request is None


def test_the_day_is_nobodys_and_no_number_of_a_person_is_in_the_letter() -> None:
    who = member(1, account=account(1), phone="13900000000", **OLD)
    asked = letter(who)
    whole = repr(asked)
    assert who.identity not in whole and account(1) not in whole and str(date.today()) not in whole
