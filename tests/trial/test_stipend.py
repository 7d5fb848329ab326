"""The trial programme `stipend`: what pays people in office comes from the engine alone, the programme is its words."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile, load
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table
from tests.ledger.county import account as account_of
from tests.programmes.people import member
from tests.trial.stipend import PROGRAMME, Pay, last_month

HERE = Path(__file__).parent
LINES = 60
BASE = {"书记": 3000_00, "主任": 2800_00, "委员": 1200_00}


def policy() -> PolicyFile[Pay]:
    return load(Pay, "stipend.toml", (HERE / "stipend.toml").read_bytes())


def rosters(*people: Member) -> dict[str, Roster[Any]]:
    return {"members": Roster(people), "spells": Roster()}


def paid(*people: Member, period: str = "2026-06") -> Outcome:
    when = Period.parse(period)
    return PROGRAMME.run(rosters(*people), policy(), Occasion(when, when.last))


def page(result: Outcome, name: str) -> Table:
    return next(one for one in result.tables if one.name == name)


def column(table: Table, name: str) -> list[Any]:
    return [row[table.index(name)] for row in table.rows]


def fen(*people: Member, period: str = "2026-06") -> list[int]:
    return column(page(paid(*people, period=period), "基本报酬花名册"), "amount")


def serving(number: int, spells: str, **more: Any) -> Member:
    return member(number, born=more.pop("born", "1980-03-03"), spells=spells, **more)


def test_the_programme_is_no_longer_than_sixty_lines() -> None:
    assert len((HERE / "stipend.py").read_text("utf-8").splitlines()) <= LINES


def test_it_is_for_the_month_before() -> None:
    assert last_month(date(2026, 1, 9)) == Period.parse("2025-12")


@pytest.mark.parametrize(("post", "base"), BASE.items())
def test_each_post_has_its_base(post: str, base: int) -> None:
    assert fen(serving(1, f"2020-05… {post}")) == [base]


@pytest.mark.parametrize(
    ("spells", "due"),
    [
        ("2026-05-20… 书记", {"2026-05": 3000_00, "2026-06": 3000_00}),
        ("2020-01…2026-05 书记", {"2026-04": 3000_00, "2026-05": 3000_00}),
        ("2020-01…2026-04 委员; 2026-06… 主任", {"2026-04": 1200_00, "2026-06": 2800_00}),
        ("2020-01…2026-05 书记; 2026-05… 委员", {"2026-04": 3000_00, "2026-05": 3000_00, "2026-06": 1200_00}),
        ("2020-01… 委员; 2021-01… 主任", dict.fromkeys(("2026-04", "2026-05", "2026-06"), 2800_00)),
    ],
    ids=["comes", "goes", "goes and comes", "changes within a month", "two posts at once"],
)
def test_a_month_is_paid_by_the_highest_post_held_in_it(spells: str, due: dict[str, int]) -> None:
    occasion = Occasion(Period.parse("2026Q2"), date(2026, 6, 30))
    (one,) = PROGRAMME.entitled(rosters(serving(1, spells)), policy(), occasion, {}).claimants
    assert {str(each.month): each.fen for each in one.due} == due
    assert {(each.benefit, each.component) for each in one.due} == {("在职村干部报酬", "基本报酬")}


@pytest.mark.parametrize(
    ("born", "months"),
    [("1966-05-09", 2), ("1966-06-30", 3), ("1966-03-31", 0)],
    ids=["sixty in May", "sixty on the last day", "sixty before"],
)
def test_it_ends_in_the_month_after_the_sixtieth_birthday(born: str, months: int) -> None:
    result = paid(serving(1, "2000-01… 书记", born=born), period="2026Q2")
    assert sum(column(page(result, "基本报酬花名册"), "amount")) == months * 3000_00


def test_who_is_not_in_office_is_refused_with_the_reason() -> None:
    result = paid(serving(1, "2000-01…2020-12 书记"), serving(2, "2020-01… 会计"))
    refused = page(result, "不予发放名单")
    assert column(refused, "reason") == ["在任：2026-06不在任"] * 2
    assert column(refused, "benefit") == ["基本报酬"] * 2
    (warned,) = [one for one in result.findings if one.severity is Severity.WARNING]
    assert warned.code == "stipend.unlisted-post"


def test_pages_speak_of_stipend_and_add_up() -> None:
    one, two = (account_of(number) for number in (1, 2))
    people = [
        serving(1, "2020-01… 书记", account=one),
        serving(2, "2021-01… 主任", account=two, township="白石镇", village="柳村"),
    ]
    result = paid(*people, serving(3, "2020-01… 委员"))
    roster, townships = page(result, "基本报酬花名册"), page(result, "分乡镇汇总表")
    assert [c.title for c in roster.columns][6:9] == ["计发职务", "报酬项目", "报酬标准"]
    assert townships.title == "2026年6月在职村干部报酬分乡镇汇总表"
    assert sum(column(roster, "amount")) == sum(column(townships, "amount")) == 7000_00
    (bank,) = result.payments()
    assert (bank.name, sum(column(bank, "amount"))) == ("基本报酬", 5800_00)
    assert column(page(result, "无有效账户名单"), "amount") == [1200_00]
    assert str(result.tally) == "读取 3 = 发放 3 + 不予发放 0 + 待核实 0"
    assert not [
        word
        for table in (*result.tables, *result.on_terminal)
        for word in (table.name, table.title, *(c.title for c in table.columns), *table.notes)
        if "补贴" in word
    ]


def test_a_double_is_set_aside_under_the_programmes_own_code() -> None:
    one = serving(1, "2020-01… 书记")
    result = paid(one, serving(2, "2020-01… 书记", identity=one.identity))
    assert {found.code for found in result.findings} == {"stipend.duplicate"}
    assert str(result.tally) == "读取 2 = 发放 0 + 不予发放 0 + 待核实 2"


def test_it_explains_each_row() -> None:
    when = Period.parse("2026-06")
    told = PROGRAMME.explain(rosters(serving(1, "2020-05… 书记")), policy(), Occasion(when, when.last))
    (subject,) = told.subjects
    (shown,) = subject.pages()
    assert subject.outcome == "发放 3000.00 元"
    said = {row[0]: row[2] for row in shown.rows}
    assert said["在任"] == "自2020-05起在任，至今，当月任书记"
    assert said["到60周岁为止"].endswith("到2040-03止")


def test_a_layout_that_it_does_not_have_is_refused() -> None:
    text = (HERE / "stipend.toml").read_text("utf-8").replace("part_of =", 'page = "cadre"\npart_of =')
    with pytest.raises(Exception, match="page“cadre”没有"):
        load(Pay, "stipend.toml", text.encode())


def test_its_roster_has_the_columns_that_rules_name() -> None:
    assert {one.kind for one in PROGRAMME.reads["members"].fields} >= {Kind.IDENTITY, Kind.SPELLS}


MONTHS = st.integers(0, 130).map(lambda n: (2016 + n // 12, n % 12 + 1))
STAYS = st.lists(
    st.tuples(MONTHS, MONTHS, st.booleans(), st.sampled_from(sorted(BASE))), min_size=1, max_size=4
)


def expected(stays: list[tuple[Any, ...]], month: tuple[int, int]) -> int:
    """A second opinion: the highest base of the posts held in a month, without a line of the engine's."""
    return max(
        (BASE[post] for start, end, post in stays if start <= month and (not end or month <= end)), default=0
    )


@given(stays=STAYS)
def test_a_quarter_is_what_a_second_opinion_says(stays: list[tuple[Any, ...]]) -> None:
    held = [
        (min(one, two), None if open_ and max(one, two) <= (2026, 6) else max(one, two), post)
        for one, two, open_, post in stays
    ]
    held = [stay for stay in held if stay[0] <= (2026, 6)]
    if not held:
        return
    written = "; ".join(
        f"{start[0]}-{start[1]:02}…{f'{end[0]}-{end[1]:02}' if end else ''} {post}"
        for start, end, post in held
    )
    occasion = Occasion(Period.parse("2026Q2"), date(2026, 6, 30))
    found = PROGRAMME.entitled(rosters(serving(1, written)), policy(), occasion, {})
    due = {str(one.month): one.fen for who in found.claimants for one in who.due}
    months = {(2026, at): expected(held, (2026, at)) for at in (4, 5, 6)}
    assert due == {f"{year}-{at:02}": fen for (year, at), fen in months.items() if fen}


@pytest.mark.parametrize(
    ("taking", "stop", "months"),
    [
        ("month_of", "month_after", [2800_00, 3000_00, 3000_00]),
        ("month_after", "month_after", [2800_00, 3000_00, 3000_00]),
        ("month_of", "month_of", [2800_00, 3000_00, 3000_00]),
    ],
)
def test_whoever_changes_the_post_neither_leaves_nor_enters(
    taking: str, stop: str, months: list[int]
) -> None:
    text = (HERE / "stipend.toml").read_text("utf-8")
    text = text.replace(
        'leaving = "in_office"', f'leaving = "in_office"\n  taking = "{taking}"\n  stop = "{stop}"'
    )
    occasion = Occasion(Period.parse("2026Q2"), date(2026, 6, 30))
    people = rosters(serving(1, "2019-03…2026-04 主任; 2026-05… 书记"))
    found = PROGRAMME.entitled(people, load(Pay, "stipend.toml", text.encode()), occasion, {})
    assert [one.fen for who in found.claimants for one in who.due] == months


def test_service_that_has_not_happened_yet_is_not_counted() -> None:
    text = (HERE / "stipend.toml").read_text("utf-8")
    tiers = 'by = "tenure"\n  tier = [{ at_least = 0, rate = 3000, each = 10 }]'
    i, j = text.index('by = "nothing"'), text.index("\n", text.index("tier = ["))
    policy_ = load(Pay, "stipend.toml", (text[:i] + tiers + text[j:]).encode())
    occasion = Occasion(Period.parse("2026-06"), date(2026, 6, 30))
    told, open_ = serving(1, "2024-06…2030-06 书记"), serving(2, "2024-06… 书记")
    found = PROGRAMME.run(rosters(told, open_), policy_, occasion)
    assert column(page(found, "基本报酬花名册"), "amount") == [3020_00, 3020_00]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('rate_post = "best_tier"', 'rate_post = "highest"', "best_tier"),
        ('per = "month"', 'per = "once"', "一次性"),
        ("until_male = 60", "male = 60\n  until_male = 60", "没有人能领"),
        ('part_of = "在职村干部报酬"', 'part_of = "基本报酬"', "不能是自己"),
    ],
)
def test_what_nobody_can_mean_is_refused(was: str, becomes: str, said: str) -> None:
    text = (HERE / "stipend.toml").read_text("utf-8").replace(was, becomes)
    with pytest.raises(UserError, match=said):
        load(Pay, "stipend.toml", text.encode())


def test_editions_that_book_a_benefit_under_two_names_are_refused() -> None:
    text = (HERE / "stipend.toml").read_text("utf-8")
    later = text.replace("2020-01-01", "2026-05-01").replace('part_of = "在职村干部报酬"\n', "")
    with pytest.raises(UserError, match="part_of 各版不一样"):
        load(Pay, "stipend.toml", (text + "\n" + later).encode())
