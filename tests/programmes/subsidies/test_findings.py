"""What is odd about people who are paid: where it is told, in which words, and how much it weighs."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.people import CADRE, HARDSHIP, TWENTY, listed, member, paid_line, policies, run
from tests.programmes.subsidies.test_prior import NEW, OLD, editions, of

ACCOUNT, ANOTHER = "10203040506070", "另一本.xlsx"
LAST = "2026-01至2026-03"
ELSEWHERE = "410122196411237819"


def who(number: int = 1, **fields: Any) -> Any:
    return member(number, spells=TWENTY, **fields)


def before(*lines: Any) -> dict[str, Any]:
    return {"previous": of(list(lines))}


def paid(one: Any, **more: Any) -> Any:
    return paid_line(one, CADRE, LAST, 157_500, **more)


def masked(number: str) -> str:
    return f"{number[:6]}********{number[14:]}"


def _risen() -> dict[str, Any]:
    policy = editions(OLD, NEW, rates=(500, 600))
    lines = [paid_line(who(n), CADRE, LAST, 150_000) for n in (1, 2)]
    return {"policy": policy, "previous": of(lines, policy=policy, known=[str(OLD)])}


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
ROW, LIST, PAID = "名册.xlsx Sheet1", "核查名单.xlsx Sheet1", "上期.xlsx Sheet1"
HOME = {"township": "青禾镇", "village": "河西村"}
SHARES = "村民1：银行账号 **********6070 还写在"
ODD: list[tuple[str, list[Any], dict[str, Any], Severity, str, str]] = [
    ("absent", [who(2)], before(paid(who(1))), W, f"{PAID} A4（姓名）", "村民1：上期发放 1575.00 元，本期名册里没有这个号码"),
    ("absent", [], before(paid(who(1)), paid_line(who(1), HARDSHIP, LAST, 300)), W, f"{PAID} A4（姓名）", "村民1：上期发放 1578.00 元，本期名册里没有这个号码"),
    ("account", [who()], {}, W, f"{ROW} E4（银行账号）", "村民1：没有银行账号，留在花名册上，不进银行代发文件"),
    ("account", [who(account="6228480000000000001")], {}, W, f"{ROW} E4（银行账号）", "村民1：银行卡号校验不通过，留在花名册上，不进银行代发文件"),
    ("known-birth", [who(7, name="村民1")], before(paid(who())), E, f"{ROW} D10（身份证号）", f"村民1：上期结果里有姓名、出生日期都相同的另一个号码（{PAID} B4（身份证号）），不发放、待核实"),
    ("known-account", [who(7, account=ACCOUNT, born="1951-01-01")], before(paid(who(account=ACCOUNT))), E, f"{ROW} E10（银行账号）", f"村民7：上期结果里这个银行账号属于另一个身份证号（{PAID} D4（银行账号）），不发放、待核实"),
    ("known-home", [who(7, name="村民1", born="1951-01-01")], before(paid(who(), **HOME)), E, f"{ROW} C10（姓名）", f"村民1：上期结果里同村（或没写村）有同名的人，号码不同，本期名册里没有，其中有的月份已发给那个号码（{PAID} A4（姓名）），不发放、待核实"),
    ("list-partial", [who()], {"screen": [listed(f"别人{n}", f"410122********123{n}") for n in (1, 2)]}, N, LIST, "核查名单有 2 个身份证号不完整或有误，按认得出的各位和姓名比对"),
    ("list-unread", [who()], {"screen": [listed("", "")]}, E, f"{LIST} 第4行", "核查名单的这一行，姓名和身份证号都没有读出，没有比对"),
    ("made-good", [who()], before(paid_line(who(), CADRE, "2026-02", 52_500)), N, f"{ROW} C4（姓名）", f"村民1：补发{CADRE} 2026-01、2026-03 1050.00 元：上期没有发足"),
    ("no-township", [who(township="")], {}, W, f"{ROW} A4（乡镇）", "村民1：没有填写乡镇，在花名册和汇总表上单独成一组"),
    ("risen", [who(1), who(2)], _risen(), W, "试.toml", "上期（2026年第一季度）以后增加或改动过的政策使 2 人那一期的应发多出 400.00 元，--previous 不补发"),
    ("screened", [who()], {"screen": [listed("别名", who().identity), listed("", who().identity, kind="")]}, E, f"{ROW} D4（身份证号）", f"村民1：在核查名单上（死亡人员，{LIST} 第4行；核查名单，{LIST} 第4行）：身份证号相同，不发放、待核实"),
    ("screened", [who()], {"screen": [listed("村民1", masked(who().identity))]}, E, f"{ROW} D4（身份证号）", f"村民1：在核查名单上（死亡人员，{LIST} 第4行）：姓名相同，名单上不完整的身份证号也对得上，不发放、待核实"),
    ("screened", [who()], {"screen": [listed("张三", masked(who().identity))]}, W, f"{ROW} D4（身份证号）", f"村民1：在核查名单上（死亡人员，{LIST} 第4行）：名单上不完整的身份证号对得上，姓名不同或没有写，请核对是否本人"),
    ("screened", [who()], {"screen": [listed("村民1")]}, W, f"{ROW} C4（姓名）", f"村民1：在核查名单上（死亡人员，{LIST} A4（姓名））：只是姓名相同，请核对是否本人"),
    ("screened", [who()], {"screen": [listed("村民1", ELSEWHERE)]}, N, f"{ROW} C4（姓名）", f"村民1：在核查名单上（死亡人员，{LIST} A4（姓名））：姓名相同，身份证号不同，按不是本人处理"),
    ("shared-account", [who(1, account=ACCOUNT), who(2, account=ACCOUNT), member(3, account=ACCOUNT)], {}, E, f"{ROW} E4（银行账号）", f"{SHARES}别人名下：{ROW} E5（银行账号）；{ROW} E6（银行账号）；都不发放、待核实"),
    ("shared-account", [who(account=ACCOUNT), who(account=ACCOUNT, born="1949-03-15", book=ANOTHER)], {}, E, f"{ROW} E4（银行账号）", f"{SHARES}另一个身份证号名下：{ANOTHER} Sheet1 E4（银行账号）；都不发放、待核实"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "people", "how", "weight", "place", "said"), ODD)
def test_what_is_odd_is_told_at_its_cell(
    code: str, people: list[Any], how: dict[str, Any], weight: Severity, place: str, said: str
) -> None:
    found = [one for one in run(*people, **how).findings if one.code == f"subsidies.{code}"]
    assert (found[0].severity, str(found[0].place), found[0].message) == (weight, place, said)


def test_rows_of_one_number_each_name_the_others_and_what_they_differ_in() -> None:
    """Of two people: one on two rows that agree, the other on three that do not."""
    agree = [who(1), who(1, book=ANOTHER, branch="东村党支部")]
    differ = [
        who(2),
        who(2, book=ANOTHER, name="别名", account=ACCOUNT, employed=True),
        who(2, book="三.xlsx"),
    ]
    result = run(*agree, *differ)
    found = [one for one in result.findings if one.code == "subsidies.duplicate"]
    told = {(str(one.place).partition(" ")[0], one.message.partition("还出现在 ")[2]) for one in found}
    unlike = "：各处对金额有影响的内容不一致（姓名、银行账号、应发金额），都不发放、待核实"
    first, second, third = (f"{book} Sheet1 D5（身份证号）" for book in ("名册.xlsx", ANOTHER, "三.xlsx"))
    assert told == {
        ("名册.xlsx", f"{ANOTHER} Sheet1 D4（身份证号）：除“所在党支部”外各处一致，只发一份"),
        (ANOTHER, f"{ROW} D4（身份证号）：除“所在党支部”外各处一致，只发一份"),
        ("名册.xlsx", f"{third}；{second}{unlike}"),
        ("三.xlsx", f"{first}；{second}{unlike}"),
        (ANOTHER, f"{third}；{first}{unlike}"),
    }
    assert (len(found), result.doubles, result.set_aside) == (5, 1, 3)
    assert (result.fen, len(result.payroll.standing)) == (1575_00, 1), "whoever agrees is paid once"
    assert [one.severity for one in found].count(E) == 3


def test_one_row_in_error_sets_the_others_of_the_number_aside_too() -> None:
    result = run(who(), who(book=ANOTHER), screen=[listed("村民1", who().identity)])
    assert (result.fen, result.set_aside, result.doubles) == (0, 2, 0)
    spoilt = run(who(), who(book=ANOTHER, reason="被群众赶走"))
    assert (spoilt.fen, spoilt.set_aside) == (0, 2)


def test_whoever_no_benefit_concerns_is_not_told_of_a_shared_account_nor_of_a_likeness() -> None:
    outside = member(3, account=ACCOUNT)
    result = run(who(1, account=ACCOUNT), outside, screen=[listed("村民3")])
    assert [one.message[:3] for one in result.findings] == ["村民1"]
    sure = run(member(3), screen=[listed("", member(3).identity)])
    assert [one.code for one in sure.findings] == ["subsidies.screened"], "a number is worth a clerk's time"


@pytest.mark.parametrize(
    ("home", "found"),
    [
        ({}, 1),
        ({"village": ""}, 1),
        ({"township": ""}, 1),
        ({"township": "望河乡"}, 0),
        ({"village": "河东村"}, 0),
    ],
)
def test_a_namesake_may_be_the_same_person_only_where_township_and_village_may_be(
    home: dict[str, str], found: int
) -> None:
    line = paid(who(), **{**HOME, **home})
    result = run(who(7, name="村民1", born="1951-01-01"), previous=of([line]))
    assert [one.code for one in result.findings].count("subsidies.known-home") == found
    assert result.set_aside == found


@pytest.mark.parametrize(
    ("on", "told"),
    [("2026-06-30", True), ("2026-07-14", True), ("2026-07-15", False), ("2026-08-01", False)],
)
def test_a_death_that_has_not_come_by_the_day_of_judgement_is_told_and_changes_nothing(
    on: str, told: bool
) -> None:
    """The quarter is over on the 30th of June: whoever died later is due all of it."""
    rosters = {"members": Roster((who(died_on="2026-07-15"),))}
    when = Occasion(Period.parse("2026Q2"), date.fromisoformat(on))
    whole = PROGRAMME.judge(rosters, policies(), when)
    said = [one.message for one in whole.findings if one.place.heading == "死亡日期"]
    assert said == (["村民1：死亡日期 2026-07-15 还没有到，不影响本期金额"] if told else [])
    assert (whole.aside, whole.more.fen) == ((), 1575_00)
