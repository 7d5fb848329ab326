"""A 公示 before anyone has drawn it: what is posted, on what basis, how long, and where objections go."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Setting

from sanchuang_cli.policy import Count, Rule
from sanchuang_cli.table import Table


class Posting(Rule):
    """[edition.notice] of a policy: how long a result is posted, by whom, and where objections go.

    holidays and workdays: days off on weekdays, and weekend days that are worked, beside those that the public
    calendar knows; needed for years whose holidays were not yet announced.
    """

    clause: str
    days: Annotated[Count, Setting(ge=1)]
    counting: Literal["calendar-days", "working-days"]
    posting_day: Literal["counted", "not-counted"]
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    issuer: str
    objections_to: str
    telephone: str
    address: str = ""


@dataclass(frozen=True)
class Notice:
    """One 公示.

    name: short and stable, part of the file's name. what: the matter, a noun phrase that can follow 现将.
    basis: the documents, each with its number. standard: by what measure it was decided. period: as it is printed.
    counted: what its lines are counted in, such as 个党组织; people where there are any. table: who or what is posted. Its private, identity, account and phone columns are left out.
    apart: columns that tell people of one name apart, in the order in which they are needed; private ones among
    them are said of those people only, a date by its year if that is enough.
    """

    name: str
    title: str
    basis: tuple[str, ...]
    what: str
    standard: str
    period: str
    table: Table
    posting: Posting
    apart: tuple[str, ...] = ()
    counted: str = ""
