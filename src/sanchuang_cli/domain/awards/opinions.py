"""Opinions that others must give before a name goes on a list: of each who is asked, 无异议 or 有异议 in a column."""

from collections.abc import Iterator

from pydantic import Field as Setting

from sanchuang_cli.judging import Reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Rule
from sanchuang_cli.record import Field, Record

CLEAR, OBJECTED, MISSING = "无异议", "有异议", ""
_WORDS = {
    CLEAR: ("没有异议", "无意见", "没有意见", "同意", "同意推荐", "同意表彰", "无不良反映"),
    OBJECTED: ("有意见", "不同意", "不同意推荐", "不同意表彰", "反对"),
}


class Opinions(Rule, title="征求意见"):
    """Whose opinions are asked."""

    clause: Citation
    asked: tuple[str, ...] = Setting(min_length=1, description="征求哪几方的意见，照名册的列名")

    @property
    def columns(self) -> tuple[Field, ...]:
        """A column of the roster for each."""
        return tuple(Field(name, Kind.CHOICE, choices=_WORDS, name=name) for name in self.asked)

    def given(self, record: Record) -> Iterator[tuple[str, Reason]]:
        """Each opinion, MISSING where a cell is blank or says something else, and the step that says so. One that is missing
        is never taken for one that is clear."""
        for name in self.asked:
            said, written = record.more.get(name) or MISSING, record.row.written(name)
            lacks = f"写的是“{written}”，看不出有没有异议" if written else "没有填"
            yield said, Reason("征求意见", f"{name}{said or lacks}", self.clause, said == CLEAR, (name,))
