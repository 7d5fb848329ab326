"""Vouchers and payments of 经费预算: what counts, what goes beyond a limit, what is told."""

from operator import attrgetter

import pytest

from sanchuang_cli.domain.grants.spending import Voucher
from tests.programmes.bodies import body, by, column, outcome, payment, told, voucher
from tests.programmes.budget.test_cases import STANDARD

SPENDING = """
[edition.spending]
clause = "第五条"
uses = ["学习教育"]
warns_at = 90
beyond = "stop"
{more}
"""


NOTICE = """
[edition.notice]
clause = "经费拨付和使用情况每年公开"
days = 7
counting = "calendar-days"
posting_day = "not-counted"
issuer = "中共____县委组织部"
objections_to = "中共____县委组织部"
telephone = "____________"
"""


def test_a_document_that_only_warns_lets_a_voucher_beyond_the_limit_count() -> None:
    text = STANDARD + SPENDING.format(more="").replace("stop", "warn")
    run = outcome(body(), vouchers=[voucher("1", "2026-10-01", 12_000)], by=by(text))
    assert column(run, "使用明细", "part") == ["列支"] and told(run) == ["nearly-spent"]
    assert column(run, "拨付进度", "left") == [-2_000]


def test_a_voucher_after_the_limit_stays_beyond_until_enough_was_taken_back() -> None:
    vouchers = [
        voucher("1", "2026-03-01", 3_900_000),
        voucher("2", "2026-04-01", 200_000),
        voucher("3", "2026-05-01", 100_000),
        voucher("4", "2026-06-01", 3_900_000, reverses="1"),
        voucher("5", "2026-11-01", 100_000),
    ]
    run = outcome(body(), vouchers=vouchers)
    assert column(run, "使用明细", "part") == ["列支", "超支", "超支", "列支", "列支"]
    assert column(run, "拨付进度", "used") == [400_000]


def test_what_was_asked_for_or_promised_is_not_spent_but_a_promise_is_not_left() -> None:
    vouchers = [
        voucher("1", "2026-11-01", 100_000),
        voucher("2", "2026-11-02", 300_000, state="承诺"),
        voucher("3", "2026-11-03", 500_000, state="申请"),
    ]
    run = outcome(body(), vouchers=vouchers)
    figures = [column(run, "拨付进度", name)[0] for name in ("used", "promised", "asked", "left")]
    assert figures == [100_000, 300_000, 500_000, 3_600_000]


@pytest.mark.parametrize("left", [0, 5_000])
@pytest.mark.parametrize("promised", [0, 1_000])
def test_what_is_published_adds_up_to_what_is_left(left: int, promised: int) -> None:
    vouchers = [voucher("1", "2026-05-01", 6_000), voucher("2", "2026-05-02", promised, state="承诺")]
    last = [{"township": "青禾镇", "name": "向阳村", "left": left}]
    text = STANDARD + SPENDING.format(more="carries = true") + NOTICE
    run = outcome(body(), vouchers=vouchers, by=by(text), last=last)
    (notice,) = run.notices()
    for table in (next(one for one in run.tables if one.name == "公开表"), notice.table):
        (line,) = (dict(zip(map(attrgetter("title"), table.columns), row, strict=True)) for row in table.rows)
        spent = sum(fen for title, fen in line.items() if title == "已用" or title.startswith("支出/"))
        has = line["核定标准"] + line.get("上年结转", 0) - spent - line.get("已承诺", 0)
        assert has == line["结余"], table.name
    said = {column.title for column in notice.table.columns}
    assert ("上年结转" in said, "已承诺" in said) == (bool(left), bool(promised))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (voucher("9", "2026-05-01", 100, use="招待费"), "use-unknown"),
        (voucher("9", "2025-12-31", 100), "day-outside"),
        (voucher("9", "2026-05-01", 100, name="望何村"), "body-unknown"),
        (voucher("9", "2026-05-01", -100), "amount"),
        (voucher("9", "2026-05-01", 100, reverses="7"), "reverses-unknown"),
        (voucher("9", "2026-05-01", 1, reverses="7"), "reverses-unknown"),
        (voucher("9", "2026-05-01", 2_000_001, reverses="1"), "reverses-unknown"),
    ],
    ids=[
        "use",
        "year",
        "village",
        "negative",
        "nothing to reverse",
        "a fen of nothing",
        "more than there is",
    ],
)
def test_a_voucher_that_cannot_count_is_set_aside_and_nothing_else_is(wrong: object, code: str) -> None:
    sound = voucher("1", "2026-11-01", 2_000_000)
    run = outcome(body(), vouchers=[sound, wrong])
    assert code in told(run)
    assert column(run, "拨付进度", "used") == [2_000_000]
    assert run.tally.set_aside == 1


def test_vouchers_of_a_village_that_is_set_aside_wait_with_it() -> None:
    run = outcome(body(kind="街道"), vouchers=[voucher("1", "2026-05-01", 100)])
    assert sorted(told(run)) == ["body-unknown", "type-unknown"]
    assert run.tally.set_aside == 2


def test_payments_of_nobody_and_of_another_year_are_told_and_not_counted() -> None:
    payments = [payment("2026-03-01", 100), payment("2025-03-01", 200), payment("2026-03-01", 300, "望何村")]
    run = outcome(body(), payments=payments)
    assert column(run, "拨付进度", "paid") == [100]
    assert told(run).count("payment-unknown") == 2


def test_what_was_left_may_be_carried_over_where_the_document_says_so() -> None:
    text = STANDARD + SPENDING.format(more="carries = true")
    last = [{"township": "青禾镇", "name": "向阳村", "left": 5_000}]
    run = outcome(body(), vouchers=[voucher("1", "2026-05-01", 12_000)], by=by(text), last=last)
    assert column(run, "使用明细", "part") == ["列支"]
    assert column(run, "拨付进度", "left") == [3_000]
    run = outcome(body(), vouchers=[voucher("1", "2026-05-01", 12_000)], by=by(text))
    assert column(run, "使用明细", "part") == ["超支"]
    assert "not-carried" in told(run)


def test_a_village_that_hands_in_no_voucher_for_half_a_year_is_told() -> None:
    given = [voucher("1", "2026-11-01", 100), voucher("2", "2026-05-28", 100, name="草原村")]
    run = outcome(body(), body("草原村"), vouchers=given)
    assert told(run) == ["idle"]


def test_a_voucher_of_nothing_goes_beyond_nothing() -> None:
    vouchers = [voucher("1", "2026-03-01", 4_100_000), voucher("2", "2026-04-01", 0)]
    run = outcome(body(), vouchers=vouchers)
    assert column(run, "使用明细", "part") == ["超支", "列支"]


@pytest.mark.parametrize(("left", "carried"), [(5_000, 5_000), (0, 0), (-5_000, 0), (None, 0)])
def test_what_was_overspent_is_not_taken_from_the_next_year(left: int | None, carried: int) -> None:
    text = STANDARD + SPENDING.format(more="carries = true")
    last = [{"township": "青禾镇", "name": "向阳村", "left": left}]
    run = outcome(body(), by=by(text), last=last)
    assert column(run, "拨付进度", "left") == [10_000 + carried]
    kept = outcome(body(), by=by(STANDARD + SPENDING.format(more="")), last=last)
    assert column(kept, "拨付进度", "left") == [10_000]


@pytest.mark.parametrize(
    ("fen", "codes"), [(8_999, []), (9_000, ["nearly-spent"]), (10_001, ["nearly-spent"]), (0, [])]
)
def test_a_village_is_told_from_the_share_on_that_the_document_says(fen: int, codes: list[str]) -> None:
    run = outcome(
        body(), vouchers=[voucher("1", "2026-11-01", fen)], by=by(STANDARD + SPENDING.format(more=""))
    )
    assert told(run) == codes


@pytest.mark.parametrize(("day", "codes"), [("2026-08-28", ["idle"]), ("2026-08-29", []), ("2026-08", [])])
def test_a_village_is_idle_when_the_last_voucher_is_as_many_months_ago_as_the_document_says(
    day: str, codes: list[str]
) -> None:
    by_months = by(STANDARD + SPENDING.format(more="idle_months = 3"))
    assert told(outcome(body(), vouchers=[voucher("1", day, 1)], by=by_months)) == codes
    never = by(STANDARD + SPENDING.format(more="idle_months = 0"))
    assert told(outcome(body(), vouchers=[voucher("1", "2026-01-01", 1)], by=never)) == []


def test_whoever_need_not_hand_in_vouchers_is_not_told_that_none_came() -> None:
    by_types = by(STANDARD + SPENDING.format(more='idle_months = 3\ntypes = ["社区"]'))
    run = outcome(
        body(), body("站前社区", kind="社区"), vouchers=[voucher("1", "2026-01-01", 10_000)], by=by_types
    )
    assert [(finding.code, "站前社区" in finding.message) for finding in run.findings] == [
        ("budget.idle", True)
    ]
    assert told(outcome(body(), by=by_types)) == [], "nobody hands in any"


def test_vouchers_are_counted_by_day_and_number_and_each_says_what_it_makes_of_the_sum() -> None:
    vouchers = [
        voucher("4", "2026-03-03", 100, state="承诺"),
        voucher("3", "2026-03-02", 600_000, reverses="1"),
        voucher("2", "2026-03-02", 200_000),
        voucher("1", "2026-03-01", 3_900_000),
    ]
    run = outcome(body(), vouchers=vouchers)
    names = ("voucher", "part", "spent", "waiting", "total")
    assert list(zip(*(column(run, "使用明细", name) for name in names), strict=True)) == [
        ("1", "列支", 3_900_000, 0, "0.00 + 39000.00 = 39000.00，可用 40000.00 元"),
        ("2", "超支", 200_000, 0, "39000.00 + 2000.00 = 41000.00，可用 40000.00 元"),
        ("3", "列支", -600_000, 0, "41000.00 − 6000.00 = 35000.00，可用 40000.00 元"),
        ("4", "列支", 0, 100, "承诺，还没有支出"),
    ]


@pytest.mark.parametrize(
    ("fens", "beyond"),
    [
        ({"9": 2_000_000, "10": 2_000_000, "11": 500}, ["11"]),
        ({"1": 2_000_000, "2": 1_999_900, "10": 500}, ["10"]),
        ({"记-9": 3_900_000, "记-10": 200_000}, ["记-10"]),
    ],
)
def test_of_one_day_vouchers_are_in_the_order_of_their_numbers_as_one_counts(
    fens: dict[str, int], beyond: list[str]
) -> None:
    run = outcome(body(), vouchers=[voucher(number, "2026-03-01", fen) for number, fen in fens.items()])
    parts = dict(zip(column(run, "使用明细", "voucher"), column(run, "使用明细", "part"), strict=True))
    assert [*parts] == [*fens]
    assert [number for number, part in parts.items() if part == "超支"] == beyond


def test_several_reversals_of_one_voucher_come_to_no_more_than_it_and_others_are_left_alone() -> None:
    whole, half, over = (
        [voucher("1", "2026-03-01", 1_000), voucher("2", "2026-03-02", 500), *(voucher(n, "2026-03-03", fen, reverses="1") for n, fen in back)]
        for back in ((("3", 1_000),), (("3", 400), ("4", 600)), (("3", 400), ("4", 601)))
    )  # fmt: skip
    assert [column(outcome(body(), vouchers=rows), "拨付进度", "used") for rows in (whole, half)] == [
        [500]
    ] * 2
    run = outcome(body(), vouchers=over)
    assert (column(run, "拨付进度", "used"), told(run)) == ([1_500], [*["reverses-unknown"] * 2, "sums-open"])


SPENT, PROMISED = voucher("1", "2026-03-01", 1_000), voucher("2", "2026-03-01", 1_000, state="承诺")


@pytest.mark.parametrize(
    ("reversal", "said"),
    [
        (voucher("9", "2026-02-28", 1_000, reverses="1"), "日期 2026-02-28 比那一张的 2026-03-01 早"),
        (voucher("9", "2026-02", 1_000, reverses="1"), "早"),
        (voucher("9", "2026-03-02", 1_000, reverses="1", use="组织活动"), "用途“组织活动”与那一张的“学习教育”不同"),
        (voucher("9", "2026-03-02", 1_000, reverses="2"), "状态“支出”与那一张的“承诺”不同"),
        (voucher("9", "2026-03-02", 1_000, reverses="1", state="申请"), "状态“申请”与那一张的“支出”不同"),
        (voucher("9", "2026-03-02", 0, reverses="7"), "没有这一张"),
        (voucher("9", "2026-03-02", 1_001, reverses="1"), "冲销的合计 10.01 元超过它的 10.00 元"),
    ],
)  # fmt: skip
def test_a_reversal_that_contradicts_its_voucher_is_set_aside_and_says_in_what(
    reversal: Voucher, said: str
) -> None:
    run = outcome(body(), vouchers=[SPENT, PROMISED, reversal])
    (finding,) = (one for one in run.findings if one.code == "budget.reverses-unknown")
    assert said in finding.message and run.tally.set_aside == 1
    figures = [column(run, "拨付进度", name)[0] for name in ("used", "promised", "asked")]
    assert figures == [1_000, 1_000, 0]


@pytest.mark.parametrize(
    "reversal",
    [
        voucher("0", "2026-03-01", 1_000, reverses="1"),
        voucher("9", "2026", 1_000, reverses="1"),
        voucher("9", "2026-03", 1_000, reverses="1"),
    ],
)
def test_a_reversal_of_the_same_day_or_that_may_be_of_one_later_counts(reversal: Voucher) -> None:
    run = outcome(body(), vouchers=[SPENT, PROMISED, reversal])
    assert column(run, "拨付进度", "used") == [0] and run.tally.set_aside == 0


def test_a_promise_is_taken_back_by_a_reversal_of_a_promise() -> None:
    back = voucher("9", "2026-03-02", 400, reverses="2", state="承诺")
    assert column(outcome(body(), vouchers=[PROMISED, back]), "拨付进度", "promised") == [600]


@pytest.mark.parametrize(
    ("spent", "promised", "codes"),
    [
        (1_000, 9_001, ["overdrawn"]),
        (1_000, 9_000, []),
        (9_500, 501, ["nearly-spent", "overdrawn"]),
        (9_500, 500, ["nearly-spent"]),
        (10_001, 0, ["nearly-spent"]),
    ],
)
def test_what_is_spent_and_promised_beyond_what_there_is_is_told(
    spent: int, promised: int, codes: list[str]
) -> None:
    vouchers = [voucher("1", "2026-11-01", spent), voucher("2", "2026-11-02", promised, state="承诺")]
    run = outcome(body(), vouchers=vouchers, by=by(STANDARD + SPENDING.format(more="")))
    assert told(run) == codes
    if "overdrawn" in codes:
        (finding,) = (one for one in run.findings if one.code == "budget.overdrawn")
        assert f"已用 {spent / 100:.2f} 元、已承诺 {promised / 100:.2f} 元，可用 100.00 元" in finding.message


def test_whoever_need_not_hand_in_vouchers_and_spent_more_than_there_is_is_told_too() -> None:
    by_types = by(STANDARD + SPENDING.format(more='types = ["社区"]'))
    run = outcome(body(), vouchers=[voucher("1", "2026-11-01", 10_001)], by=by_types)
    assert told(run) == ["overdrawn"]
