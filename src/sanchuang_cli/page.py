"""Declares pages by the names of fields: which verdicts a page lists and, column by column, what stands there.

Values only: it may look at verdicts and their records, and it gives tables. A row is always made from its columns, so a cell can
never stand under the wrong heading.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Policy
from sanchuang_cli.posting import Notice
from sanchuang_cli.record import Field, Keys, Record, Wanted
from sanchuang_cli.table import Chart, Column, MadeRows, Table, Value

NUMBER = Column("number", "序号", Kind.COUNT)


class Shown(NamedTuple):
    """A column, with a function that gives its cell for an item of the page. blank: whether an empty word is a blank cell."""

    column: Column
    of: Callable[[Any], Value]
    blank: bool = False

    def cells(self, items: Iterable[Any]) -> list[Value]:
        """Return the cells of the column, item by item. A page of a large county has millions of them, so
        this is done at once."""
        values = map(self.of, items)
        return [value or None for value in values] if self.blank else list(values)

    def cell(self, item: Any) -> Value:
        """Return the cell for one item."""
        return self.cells((item,))[0]


@dataclass(frozen=True)
class Col:
    """A column by the name of a field: of the record, which gives its heading and kind, or of the verdict.

    title, kind: given if the record does not say them, or the page words them differently. of: gives the cell
    if it is not a field. The rest is the same as in table.Column.
    """

    name: str
    title: str = ""
    kind: Kind | None = None
    of: Callable[[Any], Value] | None = None
    total: bool = False
    wide: bool = False
    private: bool = False
    formula: str = ""
    by_hand: bool = False
    signed: bool = False
    detail: bool = False
    if_any: bool = False

    def shown(self, record: type[Record], verdict: type | None = None) -> Shown:
        """Return the column on pages of verdicts on such records. Raises AssertionError for a field that is nowhere."""
        field = {known.name: known for known in record.declared()}.get(self.name)
        there = field or self.of or verdict is None or hasattr(verdict, self.name)
        assert there, f"{self.name}: no such field in {record.__name__} or its verdict"
        title = self.title or (field.heading if field else "")
        assert title, f"{self.name}: neither the record nor the page says a heading"
        kind = self.kind or _on_page(field.kind if field else Kind.TEXT)
        column = Column(
            self.name,
            title,
            kind,
            self.total,
            self.wide,
            self.private,
            self.formula,
            self.by_hand or self.signed,
            self.signed,
            self.detail,
            self.if_any,
        )
        return Shown(column, self.of) if self.of else _field(column, field)

    def read_back(self, record: type[Record], required: bool) -> Field:
        """Return the same column for reading a result. It has the kind of the record's own field."""
        column = self.shown(record).column
        field = {known.name: known for known in record.declared()}.get(self.name)
        kind = self.kind or (field.kind if field else Kind.TEXT)
        return Field(
            column.title, kind, required=required, name=self.name, choices=field.choices if field else {}
        )


Cols = Sequence[Col | str]
Declared = Sequence[Col | str | Callable[[Whole], Cols]]
"""Columns of a page, among which some may follow from a policy: those are given as a function of the whole."""


def cols(names: Cols) -> list[Col]:
    """Return the columns. A column that needs nothing else may be given by its name."""
    return [Col(column) if isinstance(column, str) else column for column in names]


def money(name: str, title: str, of: str = "", if_any: bool = False) -> Col:
    """A column of fen that is summed. of: where they stand in an item of the page, `name` by default."""
    return Col(name, title, Kind.MONEY, attrgetter(of or name), total=True, if_any=if_any)


def moneys(head: str, names: Iterable[str], of: str, if_any: bool = False) -> Cols:
    """A column of fen for each of `names`, under one head. of: where an item of the page has a mapping from them to fen."""
    by_name = attrgetter(of)

    def of_name(name: str, item: Any) -> Value:
        return by_name(item).get(name, 0)

    return [
        Col(f"{of}{i}", f"{head}/{name}", Kind.MONEY, partial(of_name, name), total=True, if_any=if_any)
        for i, name in enumerate(names)
    ]


def _on_page(kind: Kind) -> Kind:
    """A day may be known by its year or month only. Then it stands on a page as text, as it is known."""
    return Kind.TEXT if kind in (Kind.DATE, Kind.CHOICE) else kind


def _field(column: Column, field: Field | None) -> Shown:
    """Return what stands in a field of the record, or under a name of the verdict. Figures stand on a page as
    they are."""
    value_of = attrgetter(f"record.{column.name}" if field else column.name)
    if column.kind in _FIGURES:
        return Shown(column, value_of)
    if field and field.kind is Kind.DATE and field.idle:
        return Shown(
            column, lambda item: UNREAD if item.record.row.illegible(field) else plain(value_of(item))
        )
    if field is None or field.kind is Kind.DATE:
        return Shown(column, lambda item: plain(value_of(item)))
    return Shown(column, value_of, blank=True)


UNREAD = "待核实"
"""Stands in place of a day that nobody could read and that sets nobody aside."""


def told_in(name: str) -> Callable[[Any], bool]:
    """Return a function which tells whether the record of a verdict says something in a field, readable or
    not."""

    def told(verdict: Any) -> bool:
        record: Record = verdict.record
        fields = (one for one in record.declared() if one.name == name)
        return bool(getattr(record, name)) or any(record.row.illegible(one) for one in fields)

    return told


_FIGURES = frozenset({Kind.COUNT, Kind.STARS, Kind.SCORE, Kind.PERCENT, Kind.MONEY, Kind.FLAG})
"""Kinds for which zero is a value and not a blank."""


class Drawn(Protocol):
    """Anything that gives pages. detail: whether it is long, and made only if details are asked for."""

    @property
    def name(self) -> str:
        """The name of its sheet."""

    @property
    def detail(self) -> bool:
        """Whether it is long, and made only if details are asked for."""

    def tables(self, whole: Whole, on: "PageFrame") -> Iterable[Table]:
        """The tables of the page; none where there is nothing to show."""

    def checked(self, on: "PageFrame") -> None:
        """Raises AssertionError where a column asks for a field that does not exist."""


class PageFrame(NamedTuple):
    """What all pages of a programme have in common.

    records: of its main rosters, the chief one first. verdicts: the types of what their rows come to, if
    known. who: the columns that say whom a line is about.
    """

    records: Mapping[str, type[Record]]
    who: tuple[Col, ...]
    verdicts: Mapping[str, type | None] = {}

    def record(self, roster: str) -> type[Record]:
        """Return the record type of a main roster, of the chief one by default."""
        return self.records[roster or next(iter(self.records))]

    def verdict(self, roster: str) -> type | None:
        """Return the verdict type of a main roster; None if it is not known."""
        return self.verdicts.get(roster or next(iter(self.records)))


@dataclass(frozen=True)
class Page:
    """A list of verdicts.

    name: of its sheet. title: follows the title of the period. of: the parts that it lists; all by default.
    when: which of them; all by default. rows: what it lists if that is not the verdicts of parts. roster: the
    main roster, if it is not the first. columns: they stand after those that say whom a line is about, unless
    `who` is false; where a policy says which there are, a function of the whole, or such functions among the others. blank:
    headings of columns that are filled in by hand. of_all: notes that are true of all rows together, and so of no part of them;
    "" says nothing. number: whether lines have a running number. dated: whether the title begins with that of the period. group:
    the column by which 小计 are made. order: by what its lines stand first, before the order of pages. A page with nothing to list
    is drawn too, unless it is `only_if_any`.
    """

    name: str
    title: str
    columns: Declared | Callable[[Whole], Cols]
    of: tuple[str, ...] = ()
    roster: str = ""
    when: Callable[[Any], Any] | None = None
    rows: Callable[[Whole], Sequence[Any]] | None = None
    who: bool = True
    blank: tuple[str, ...] = ()
    number: bool = True
    dated: bool = True
    group: str = ""
    order: Callable[[Any], Any] | None = None
    unit: str = ""
    notes: Callable[[Whole], tuple[str, ...]] | tuple[str, ...] = ()
    of_all: tuple[str, ...] = ()
    signed: bool = True
    chart: Chart | None = None
    only_if_any: bool = False
    detail: bool = False

    def tables(self, whole: Whole, on: PageFrame) -> Iterable[Table]:
        """Return the page as a table."""
        items = self.rows(whole) if self.rows else whole.of(self.of, self.roster)
        items = [item for item in items if self.when(item)] if self.when else items
        items = sorted(items, key=self.order) if self.order else items
        if items or not self.only_if_any:
            yield self._table(items, whole, on)

    def _table(self, items: Sequence[Any], whole: Whole, on: PageFrame) -> Table:
        shown = self.shown(on, whole)
        columns = tuple(shown_column.column for shown_column in shown)
        cells: list[Iterable[Value]] = [shown_column.cells(items) for shown_column in shown]
        notes = self.notes(whole) if callable(self.notes) else self.notes
        of_all = tuple(filter(None, self.of_all))
        if self.number:
            columns, cells = (NUMBER, *columns), [range(1, len(items) + 1), *cells]
        return Table(
            self.name,
            f"{whole.title}{self.title}" if self.dated else self.title,
            columns,
            list(zip(*cells, strict=True)),
            group=self.group if any(column.total for column in columns) else "",
            grand_total=any(column.total for column in columns),
            unit=self.unit,
            notes=(*of_all, *notes),
            of_all=of_all,
            signed=self.signed,
            chart=self.chart if items else None,
        )

    def checked(self, on: PageFrame) -> None:
        """Raise AssertionError for a field that does not exist."""
        self.shown(on)

    def shown(self, on: PageFrame, whole: Whole | None = None) -> list[Shown]:
        """Its columns but for the running number; without the whole, only those that no policy says. Raises AssertionError
        for a field that is not there."""
        verdict = None if self.rows else on.verdict(self.roster)
        own = [one.shown(on.record(self.roster), verdict) for one in self._cols(on, whole)]
        return [
            *own,
            *(Shown(Column(head, head, wide=True, by_hand=True), lambda item: None) for head in self.blank),
        ]

    def _cols(self, on: PageFrame, whole: Whole | None = None) -> list[Col]:
        own = list[Col | str]()
        for one in (self.columns,) if callable(self.columns) else self.columns:
            own += (one(whole) if whole else ()) if callable(one) else (one,)
        return [*(on.who if self.who else ()), *cols(own)]

    @property
    def by_policy(self) -> bool:
        """Whether a policy says some of its columns."""
        return callable(self.columns) or any(map(callable, self.columns))

    def read_back(self, on: PageFrame, keys: Keys) -> Wanted[Any]:
        """Return the page as the roster that the next period reads. keys: the columns that tell its rows
        apart."""
        record = on.record(self.roster)
        fields = tuple(column.read_back(record, column.name in keys[-1]) for column in self._cols(on))
        missing = set(chain.from_iterable(keys)) - {column.name for column in fields}
        assert not missing, f"{self.name}: no column {missing} to tell its rows apart"
        return Wanted(LastLine, f"上期{self.name}", fields, optional=True, sheet=self.name)


@dataclass(frozen=True)
class Lines:
    """A page with several lines for each verdict. Its lines are made each time somebody looks at them, and
    never kept.

    line: a named tuple with a field for each of `columns`. made: takes everything that was read and returns
    the function that makes the lines of one verdict.
    """

    name: str
    title: str
    line: Any
    columns: Cols
    made: Callable[[Whole], Callable[[Any], Sequence[tuple[Value, ...]]]]
    detail: bool = False

    def checked(self, on: PageFrame) -> None:
        """Raise AssertionError for a field that does not exist."""
        names = tuple(column.name for column in cols(self.columns))
        assert self.line._fields == names, f"{self.name}: its lines have other fields than {names}"

    def tables(self, whole: Whole, on: PageFrame) -> Iterable[Table]:
        """Return the page as a table."""
        self.checked(on)
        columns = tuple(col.shown(on.record("")).column for col in cols(self.columns))
        rows = MadeRows(whole.of(), self.made(whole))
        yield Table(self.name, f"{whole.title}{self.title}", columns, rows)


class LastLine(Record, frozen=True, kw_only=True):
    """A line of a page that this program wrote. `more` holds its columns by their names on the page."""


@dataclass(frozen=True)
class Post:
    """A 公示.

    name: part of its file's name. matter: what is posted, worded to follow 关于 and 现将. of: the parts that
    are posted. columns: they stand after those that say who; the writer leaves private ones out. apart:
    columns that tell people of the same name and place apart, in the order in which they are used. standard:
    the clause by which it was decided. title: of the list, after the title of the period; what is posted, by
    default. when: who of those parts is posted; all by default. counted: the unit of the lines, if they are
    not people. roster: the main roster, if it is not the first. notes: what stands below the list.
    """

    name: str
    matter: str
    of: tuple[str, ...]
    columns: Declared
    standard: Callable[[Any], str]
    apart: tuple[str, ...] = ()
    title: str = ""
    when: Callable[[Any], Any] | None = None
    counted: str = ""
    roster: str = ""
    order: Callable[[Any], Any] | None = None
    editions: Callable[[Whole], Sequence[Policy]] = lambda whole: (whole.at.policy,)
    notes: Callable[[Whole], tuple[str, ...]] = lambda whole: ()

    def notices(self, whole: Whole, on: PageFrame) -> tuple[Notice, ...]:
        """Return the notices; none if the policy does not say how results are posted, or nobody is to be
        posted."""
        policy, period = whole.at.policy, whole.title
        title, editions = self.title or f"{self.matter}名单", self.editions(whole)
        page = Page(
            "公示名单",
            title,
            self.columns,
            self.of,
            self.roster,
            when=self.when,
            order=self.order,
            notes=self.notes,
            signed=False,
            only_if_any=True,
        )
        return tuple(
            Notice(
                name=self.name,
                title=f"关于{period}{self.matter}的公示",
                basis=tuple(dict.fromkeys(f"《{one.title}》（{one.document}）" for one in editions)),
                what=f"{period}{self.matter}",
                standard=by_each(editions, self.standard),
                period=period,
                table=table,
                posting=policy.notice,
                apart=(*_places(table, on), *self.apart),
                counted=self.counted,
            )
            for table in (page.tables(whole, on) if policy.notice else ())
        )


def by_each(editions: Sequence[Policy], said: Callable[[Any], str]) -> str:
    """Return what each of the editions says, with the day since when; where all say the same, that alone."""
    every = [(next(own).effective, words) for words, own in groupby(editions, said)]
    return "。".join(f"自 {day} 起：{words}" for day, words in every) if len(every) > 1 else every[0][1]


def _places(table: Table, on: PageFrame) -> list[str]:
    """Return those columns which say who it is and tell people of the same name apart for the reader."""
    who = {column.name for column in on.who}
    return [column.name for column in table.columns if column.name in who and column.kind is Kind.TEXT]


def plain(value: Value) -> Value:
    """Return a value of a record in the form in which it stands on a page."""
    return None if value == "" else str(value) if isinstance(value, VagueDate) else value
