"""What people sign beside the pages of a run, before anyone has drawn it: forms, lists, a letter. Plain values.

Numbers of people stand in them whole; whoever draws them masks those that nobody asked for.
"""

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Column, Table

Line = tuple[str, str, int]
"""A row of a roster: its book, its sheet and its number."""


class Box(NamedTuple):
    """A labelled box of a form. words: what stands in it; "" where people write. signed: lines at its foot to be filled in
    by whoever signs; it is as high as the page allows. share: of the row's width, beside its neighbours."""

    column: Column
    words: str = ""
    signed: tuple[str, ...] = ()
    share: int = 1


def box(label: str, words: object = "", kind: Kind = Kind.TEXT, share: int = 1) -> Box:
    """A box by its label alone."""
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
    """Whom forms and lists are about. everybody: who is paid; lines: those in these rows; neither: whoever needs one by
    itself, which each paper says."""

    everybody: bool = False
    lines: Collection[Line] = ()

    def chosen(self, line: Line, by_itself: Callable[[], Any]) -> bool:
        """Whether somebody is meant, of whom it is known whether a paper is needed by itself."""
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
        """The names and titles of columns whose numbers are masked unless they are asked for."""
        columns = [label.column for form in self.forms for row in form.rows for label in row]
        columns += [column for _, table in self.receipts for column in table.columns]
        hidden = [column for column in columns if column.kind in (Kind.IDENTITY, Kind.ACCOUNT, Kind.PHONE)]
        return {word for column in hidden for word in (column.name, column.title)}
