"""Holds a 公示 that nobody has drawn yet: what is posted, on what basis, how long, and where objections go.

It holds plain values. It computes no day; report/notice.py does.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from sanchuang_cli.policy import Citation, Number, Rule
from sanchuang_cli.table import Table


class Required(Rule, title="必须公布的栏目"):
    """A column that a document wants published though a private cause can be told from it."""

    decides = False

    column: str = Field(description="栏目，如“档次”")
    clause: Citation


class Posting(Rule, title="公示"):
    """How long a result is posted, by whom, and where objections go.

    Holidays are listed for years whose holidays were not announced yet when this program was made.
    """

    decides = False

    clause: Citation
    days: Number = Field(description="公示几天")
    counting: Literal["calendar-days", "working-days"] = Field(
        description="按什么天数：calendar-days 自然日，working-days 工作日"
    )
    posting_day: Literal["counted", "not-counted"] = Field(
        description="张贴当日：counted 算第一天，not-counted 从次日算起"
    )
    holidays: tuple[date, ...] = Field(default=(), description="日历还没有公布的放假日（周一至周五）")
    workdays: tuple[date, ...] = Field(default=(), description="日历还没有公布的调休上班日（周六、周日）")
    issuer: str = Field(description="公示落款的单位")
    objections_to: str = Field(description="向哪个单位反映")
    telephone: str = Field(description="监督电话")
    address: str = Field(default="", description="来信来访的地址；可以不写")
    required: tuple[Required, ...] = Field(
        default=(), description="文件要求必须公布的栏目：从它看得出困难原因一类不公布的事，也照样公布"
    )


@dataclass(frozen=True)
class Notice:
    """One 公示.

    name: short and never changed, a part of the file's name. what: the matter, a noun phrase that can follow
    现将. basis: the documents, each with its number. standard: by what it was decided. period: as printed.
    counted: the unit of its lines, such as 个党组织; people, if there are any. table: who or what is posted;
    its private, identity, account and phone columns are left out. apart: the columns that tell people of the
    same name apart, in the order in which they are used. A private column is shown for those people only, and
    of a date only the year, if that is enough.
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


@dataclass(frozen=True)
class Draft:
    """公示稿: a 公示 with everything but its days, so that it can be posted on any day, also from a result.

    table: as everybody may read it, with people of one name told apart. counted: how many stand on it, and their sums.
    withheld: the sentence that says which columns are not published. alike: who cannot be told apart by what is public, as
    the numbers of their lines and their name. example: it goes by a policy that is nobody's, so it is only ever a specimen.
    """

    name: str
    title: str
    basis: tuple[str, ...]
    what: str
    standard: str
    period: str
    posting: Posting
    table: Table
    counted: str
    withheld: str = ""
    alike: tuple[tuple[tuple[int, ...], str], ...] = ()
    example: bool = False
