"""What a programme that pays money calls things: the words of its pages, and the layouts of its 花名册."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sanchuang_cli.domain.payroll.layouts import BENEFIT, STANDARD
from sanchuang_cli.page import Col, Cols


@dataclass(frozen=True)
class Scheme:
    """name: the programme's. matter: all that it pays, as titles have it (生活补贴). noun: one of the things that it pays,
    as headings have it (补贴: 补贴项目, 补贴标准). layouts: the columns of a 花名册, by the name that a policy gives as
    `page`."""

    name: str
    matter: str
    noun: str
    layouts: Mapping[str, Cols]

    def headed(self, column: Col) -> Col:
        """A column of a page, with the noun in the headings 项目 and 标准."""
        return replace(column, title=self.noun + column.title) if column in (BENEFIT, STANDARD) else column

    @property
    def called(self) -> Mapping[str, str]:
        """The headings of the same columns where a page is read back, by field."""
        return {column.name: self.headed(column).title for column in (BENEFIT, STANDARD)}
