"""Finds for each row what the result of another programme says of it in one column, with the cell, and declares
what that result must be.

It may look at the lines of that result only. Keys must be equal; a row that is merely similar is never taken.
Where one value is wanted, exactly one row must have the keys and its cell must be readable; everything else is
a finding.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field as Setting

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import narrow
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Rule
from sanchuang_cli.record import Field, Record, Roster, Wanted

Must = Literal["result", "approved"]
"""What a result must be before it is used: unchanged since it was written, or also approved in the ledger."""


class FromResult(Rule, title="取自另一程序的结果"):
    """What the result of another programme must be. If the policy says nothing, a programme that pays wants
    approved results."""

    must: Must | None = Setting(
        default=None,
        description="那份结果须是：result 没有改动过，approved 台账里已审批；不写时，发钱的须已审批",
    )


class Partner(Record, frozen=True, kw_only=True):
    """A row of the other programme's page. `more` holds its other keys and the value to be taken, by their
    headings."""

    township: Annotated[str, Field("乡镇")] = ""


@dataclass(frozen=True)
class Join:
    """A column that is taken from the result of another programme.

    name: the roster that it becomes. programme, page: whose result, and which of its pages. on: for each
    field of this programme that must agree, the heading of that page. column: what is taken, with its heading
    there and its kind. wanted: whether an edition of the policy asks for it. must: what the edition asks of
    the result; None if it does not say. of: gives the period of the result from the period of the run; None
    where any period will do and the programme looks at `Roster.origin` itself. optional: no result need be given.
    adds: several lines may have the same keys, and the programme adds them up (`Partners.all_of`); then results of
    several periods are taken together, all of which lie in that of the run.
    """

    name: str
    programme: str
    page: str
    on: Mapping[str, str]
    column: Field
    wanted: Callable[[Any], bool] = lambda edition: True
    must: Callable[[Any], Must | None] = lambda edition: None
    of: Callable[[Period], Period] | None = None
    optional: bool = False
    adds: bool = False

    @property
    def reads(self) -> Wanted[Partner]:
        """The page as a roster to be read."""
        declared = {field.heading for field in Partner.declared()}
        keys = [Field(head, name=head) for head in self.on.values() if head not in declared]
        taken = Field(self.column.heading, self.column.kind, self.adds, name=self.column.heading)
        return Wanted(Partner, self.page, (*keys, taken), optional=True, sheet=self.page)


class Taken(NamedTuple):
    """A value, the cell of the other programme's page in which it stands, and what is written there."""

    value: Any
    place: Place
    written: str = ""


class Partners:
    """The rows of a joined page, by their keys."""

    def __init__(self, join: Join, roster: Roster[Partner]) -> None:
        self._join, self._book = join, roster.origin.book if roster.origin else ""
        self._by_key: dict[tuple[str, ...], list[Partner]] = defaultdict(list)
        for partner in roster.records:
            self._by_key[tuple(_of_page(partner, head) for head in join.on.values())].append(partner)

    def all_of(self, record: Record) -> tuple[Taken, ...]:
        """The values of all lines with the record's keys, to be added up; none where no line has them."""
        return tuple(map(self._value, self._by_key.get(self._key_of(record), ())))

    def of_nobody(self, records: Iterable[Record]) -> Mapping[tuple[str, ...], tuple[Taken, ...]]:
        """By their keys, the values of the lines that belong to none of the records."""
        known = set(map(self._key_of, records))
        return {key: tuple(map(self._value, own)) for key, own in self._by_key.items() if key not in known}

    def of(self, record: Record) -> Taken | Finding:
        """Return the value for a record, or an error at the record that says why nothing is taken."""
        blank = [field for field in self._join.on if not _of_record(record, field)]
        if blank:
            field, head = blank[0], self._join.on[blank[0]]
            return self._doubt(record, "key", f"空着，按“{head}”对不上", "请补填。", field)
        partners = self._by_key.get(self._key_of(record), [])
        if not partners:
            return self._doubt(record, "none", f"{self._book} 的“{self._join.page}”里没有这一行", _NONE)
        if len(partners) > 1:
            places = "、".join(str(partner.row.place()) for partner in partners)
            return self._doubt(record, "two", f"对上了 {len(partners)} 行（{places}）", _TWO)
        return self._taken(record, partners[0])

    def _taken(self, record: Record, partner: Partner) -> Taken | Finding:
        head, taken = self._join.column.heading, self._value(partner)
        if head in partner.row.unread:
            return self._doubt(record, "unread", f"{taken.place} 写的“{taken.written}”读不懂", _AT_HOME)
        if taken.value is None or taken.value == "":
            return self._doubt(record, "blank", f"{taken.place} 是空的", _AT_HOME)
        return taken

    def _value(self, partner: Partner) -> Taken:
        head, kind = self._join.column.heading, self._join.column.kind
        return Taken(partner.more.get(head), partner.row.place(head), partner.row.written(head, kind))

    def _key_of(self, record: Record) -> tuple[str, ...]:
        return tuple(_of_record(record, field) for field in self._join.on)

    def _doubt(self, record: Record, what: str, seen: str, mend: str, field: str = "") -> Finding:
        """Return an error at the record. seen: what was found for its keys."""
        heads = [f"{head}“{_of_record(record, name)}”" for name, head in self._join.on.items()]
        message = f"{'、'.join(heads)}：{seen}，取不到{self._join.column.heading}，待核实"
        basis = f"{self._join.column.heading}以 {self._join.programme} 的结果为准，一行对一行"
        brief = f"在 {self._join.programme} 的结果里取不到{self._join.column.heading}"
        return Finding(f"join.{what}", Severity.ERROR, message, record.row.place(field), basis, mend, brief)


_NONE = "请核对两边的写法；那边确实漏了的，补上后重新做那份结果。"
_TWO = "请在那份结果所用的名册里只留一行，重新做那份结果。"
_AT_HOME = "请看那份结果为什么没有定，核实后重新做那份结果。"


def _of_record(record: Record, field: str) -> str:
    return narrow(str(getattr(record, field, None) or record.more.get(field) or ""))


def _of_page(partner: Partner, heading: str) -> str:
    known = {field.heading: field.name for field in Partner.declared()}
    return _of_record(partner, known.get(heading, heading))
