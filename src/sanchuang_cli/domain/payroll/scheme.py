"""Declares what a programme that pays money calls things: the words on its pages, and the columns of each 花名册. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sanchuang_cli.domain.payroll.layouts import BENEFIT, STANDARD
from sanchuang_cli.page import Col, Cols


@dataclass(frozen=True)
class Scheme:
    """The words and layouts of one programme.

    name: the programme's name. matter: everything it pays, as in titles (生活补贴). noun: one of the things it pays, as in
    headings (补贴: 补贴项目, 补贴标准). layouts: the columns of a 花名册, by the name that a policy writes in `page`.
    """

    name: str
    matter: str
    noun: str
    layouts: Mapping[str, Cols]

    def headed(self, column: Col) -> Col:
        """The column with the noun before the headings 项目 and 标准; any other column unchanged."""
        return replace(column, title=self.noun + column.title) if column in (BENEFIT, STANDARD) else column

    @property
    def called(self) -> Mapping[str, str]:
        """The headings of these columns, by field, for reading a page of the last period."""
        return {column.name: self.headed(column).title for column in (BENEFIT, STANDARD)}
