"""Holds what people sign in addition to the pages of a run: forms, lists, a letter. Nobody has drawn them
yet.

It holds plain values and draws nothing. Personal numbers stand in them whole; the writer masks those that
nobody asked for.
"""

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Column, Table

Line = tuple[str, str, int]
"""A row of a roster: its workbook, its sheet and its number."""


class Box(NamedTuple):
    """A labelled box of a form.

    words: what stands in it; "" if people write there. signed: lines at its foot for the person who signs;
    the box is as high as the page allows. share: its part of the width of the row.
    """

    column: Column
    words: str = ""
    signed: tuple[str, ...] = ()
    share: int = 1


def box(label: str, words: object = "", kind: Kind = Kind.TEXT, share: int = 1) -> Box:
    """Return a box that needs only its label."""
    return Box(Column(label, label, kind), str(words or ""), share=share)


class Form(NamedTuple):
    """One page on one person. rows: its boxes, from top to bottom. notes: below them. what: which paper it is, so that those
    of one sort stand in one file."""

    township: str
    name: str
    title: str
    rows: tuple[tuple[Box, ...], ...]
    notes: tuple[str, ...] = ()
    what: str = "申请（审批）表"


class Letter(NamedTuple):
    """A letter. to: whom it is for; issuer: who sends it, "" where the county's profile has to say. paragraphs: heading and
    words. table: goes with it. attached: what else does. dated: its day, None to be filled in by hand. numbered: whether it
    bears a document's number, which is left blank."""

    name: str
    title: str
    to: str
    paragraphs: tuple[tuple[str, str], ...]
    table: Table
    attached: tuple[str, ...] = ()
    issuer: str = ""
    dated: date | None = None
    numbered: bool = False


@dataclass(frozen=True)
class WrittenFor:
    """Whom forms and lists are about.

    everybody: all who are paid. lines: the people in these rows. Neither: those who need such a paper by
    themselves, which each paper decides.
    """

    everybody: bool = False
    lines: Collection[Line] = ()

    def chosen(self, line: Line, by_itself: Callable[[], Any]) -> bool:
        """Whether a person is meant. `by_itself` tells whether he needs the paper by himself."""
        return self.everybody or (line in self.lines if self.lines else bool(by_itself()))


@dataclass(frozen=True)
class Papers:
    """All of a run. letters: written with the forms, each under its own name. receipts: a list for each township, by its
    name."""

    forms: tuple[Form, ...] = ()
    letters: tuple[Letter, ...] = ()
    receipts: tuple[tuple[str, Table], ...] = ()
    request: Letter | None = None

    @property
    def masked(self) -> Set[str]:
        """The names and titles of columns whose numbers are masked unless somebody asks for them."""
        columns = [label.column for form in self.forms for row in form.rows for label in row]
        columns += [column for _, table in self.receipts for column in table.columns]
        hidden = [column for column in columns if column.kind in (Kind.IDENTITY, Kind.ACCOUNT, Kind.PHONE)]
        return {word for column in hidden for word in (column.name, column.title)}
