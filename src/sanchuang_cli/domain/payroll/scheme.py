"""What a programme that pays money calls things: the words of its pages, and the layouts of its 花名册."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sanchuang_cli.domain.payroll.layouts import BENEFIT, STANDARD, Shown
from sanchuang_cli.finding import Finding
from sanchuang_cli.table import Column

ITEM, RATE = BENEFIT.column, STANDARD.column


@dataclass(frozen=True)
class Scheme:
    """name: the programme's; its findings' codes begin with it. matter: all that it pays, as titles have it (生活补贴).
    noun: one of the things that it pays, as headings have it (补贴: 补贴项目, 补贴标准). layouts: the columns of a
    花名册, by the name that a policy gives as `page`."""

    name: str
    matter: str
    noun: str
    layouts: Mapping[str, tuple[Shown, ...]]

    def headed(self, column: Column) -> Column:
        """A column of a page, with the noun in the headings 项目 and 标准."""
        return replace(column, title=self.noun + column.title) if column in (ITEM, RATE) else column

    @property
    def called(self) -> Mapping[str, str]:
        """The headings of the same columns where a page is read back, by field."""
        return {column.name: self.headed(column).title for column in (ITEM, RATE)}

    def own(self, finding: Finding) -> Finding:
        """A finding of the payroll's, whose code has no dot, as one of the programme's."""
        return finding if "." in finding.code else replace(finding, code=f"{self.name}.{finding.code}")
