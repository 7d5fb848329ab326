"""What a first page says of a page: whom it counts, once or by the line, and what it adds up."""

from sanchuang_cli.front import Fact, Figure, Figures, having
from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Column, Table

COLUMNS = (
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("amount", "金额", Kind.MONEY, total=True),
    Column("arrears", "补发", Kind.MONEY, total=True),
    Column("state", "状态"),
)
ROWS = [("甲", 300, 100, "新增"), ("乙", 200, 0, "在享"), ("甲", 50, 0, "在享")]
TABLE = Table("册", "册", COLUMNS, ROWS)


def said(*figures: Figure, once: str = "", page: str = "册") -> list[Fact]:
    return list(Figures("块", (page,), figures, once).facts([TABLE]))


def test_whoever_stands_on_two_lines_counts_once_and_the_money_twice() -> None:
    whole = Figure("合计", fen=lambda line: line["amount"])
    why = "一人几行只计一人：3 - 1 = 2 人"
    assert said(whole, once="identity") == [Fact("块", "合计", 2, 550), Fact("块", why)]
    assert said(whole) == [Fact("块", "合计", 3, 550)]


def test_only_lines_that_meet_the_condition_count() -> None:
    made_good = Figure("补发", lambda line: line["arrears"], fen=lambda line: line["arrears"])
    assert said(made_good, having("state", "在享")) == [Fact("块", "补发", 1, 100), Fact("块", "在享", 2)]


def test_without_figures_every_column_that_is_summed_is_said() -> None:
    assert said() == [Fact("块", "金额", None, 550), Fact("块", "补发", None, 100)]


def test_of_a_page_that_was_not_written_nothing_is_said() -> None:
    assert said(Figure("合计"), page="没有") == said(page="没有") == []
