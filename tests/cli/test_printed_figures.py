"""Tables of figures that a document may print, drawn: one that adds up is let be, and one with any figure altered is refuted."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.lint_printed import contradictions
from sanchuang_cli.cli.made import begun
from sanchuang_cli.money import in_words
from sanchuang_cli.programmes import listed
from tests.cli.test_policy_check import PRINTED, written
from tests.counts import FULL

EACH = 100
"""Yuan a month that the policy of these tests pays to each."""
WRITTEN = ("people", "each_month", "month", "year")


@dataclass(frozen=True)
class Drawn:
    """A table as a document prints it; `people` are those of its parts."""

    people: tuple[int, ...]
    months: int
    words: bool

    def figures(self) -> dict[str, int]:
        """The figures by name, with those of the part numbered i under `i.name`; sums in yuan."""
        whole = {"people": sum(self.people), "each_month": EACH}
        whole["month"] = whole["people"] * EACH
        whole["year"] = whole["month"] * self.months
        if self.words:
            whole["words"] = whole["year"]
        parts = {f"{i}.people": heads for i, heads in enumerate(self.people)}
        return whole | parts | {f"{i}.month": heads * EACH for i, heads in enumerate(self.people)}

    def text(self, figures: dict[str, int]) -> str:
        parts = (
            f'{{ name = "第{i}片", people = {figures[f"{i}.people"]}, month = {figures[f"{i}.month"]} }}'
            for i in range(len(self.people))
        )
        lines = [f"{name} = {figures[name]}" for name in WRITTEN]
        lines += [f"months = {self.months}", f"parts = [ {', '.join(parts)} ]"]
        if self.words:
            lines.append(f'words = {{ year = "{in_words(figures["words"] * 100)}" }}')
        return "\n".join(lines)


tables = st.builds(
    Drawn,
    people=st.lists(st.integers(1, 900), min_size=2, max_size=5).map(tuple),
    months=st.integers(1, 12),
    words=st.booleans(),
)


def refuted(text: str) -> list[str]:
    with TemporaryDirectory() as folder:
        policy = written(Path(folder), more=PRINTED.format(text))
        start = begun(listed("subsidies"), Asked(policy=str(policy)))
        return [*contradictions(start, start.policy.editions[0])]


@settings(max_examples=200 if FULL else 15, deadline=None)
@given(tables)
def test_a_printed_table_that_adds_up_is_let_be(table: Drawn) -> None:
    assert refuted(table.text(table.figures())) == []


@settings(max_examples=1000 if FULL else 30, deadline=None)
@given(tables, st.data())
def test_a_printed_table_with_any_one_figure_altered_is_refuted(table: Drawn, data: st.DataObject) -> None:
    figures = table.figures()
    altered = data.draw(st.sampled_from([*figures]))
    figures[altered] += data.draw(st.integers(1 - figures[altered], 5000).filter(bool))
    assert refuted(table.text(figures)) != [], altered
