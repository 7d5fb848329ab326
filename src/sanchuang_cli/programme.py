"""Declares a programme as its author says it (what it reads, how a row is judged, what stands on its pages), and
makes from that the verdicts, pages, tally, notices and payments of a run.

It may call the rules of the programme. It opens no workbook and reads no clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from itertools import chain
from typing import Any

from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.doubles import MERGED, doubles
from sanchuang_cli.explaining import explanation
from sanchuang_cli.finding import Doubts, Finding
from sanchuang_cli.front import Figures
from sanchuang_cli.join import Join, Must
from sanchuang_cli.judging import (
    COMMON,
    At,
    Company,
    Joint,
    Judged,
    Judging,
    Told,
    Whole,
    each,
    in_error,
    looked_over,
    several_editions,
)
from sanchuang_cli.linting import Lints
from sanchuang_cli.outcome import Entitled, Explained, Occasion, Outcome, Rosters, Settled, Subject
from sanchuang_cli.page import NUMBER, Cols, Drawn, PageFrame, Post, cols
from sanchuang_cli.papers import Papers, WrittenFor
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.posting import Notice
from sanchuang_cli.record import Asks, Field, Record, Row, Wanted
from sanchuang_cli.table import Table
from sanchuang_cli.tally import ASIDE, Tally, filed
from sanchuang_cli.usual_pages import TOWNSHIPS, beside, with_the_usual

PREVIOUS, SCREEN = "previous", "screen"
"""The names of the rosters that --previous and --screen fill."""
Judgement = Callable[[Rosters, PolicyFile[Any], Occasion], Whole]
Settlements = Mapping[str, Settled]
Pages = Sequence[Drawn] | Callable[[Whole], Iterable[Drawn]]


@dataclass(frozen=True)
class Main:
    """A roster of which every row is judged and ends in exactly one part.

    parts: where rows may go, in the order of the tally, or what gives them from the edition; other parts
    follow as they come. judged: the rule; use `each(judge)` for one that looks at a row alone. merges: rows that agree by `wanted.once` and in
    everything they say count once; otherwise they are set aside, as rows are that differ. order: in which the
    rows of a township stand on a page; by default, by the columns that say who.
    """

    wanted: Wanted[Any]
    judged: Judging
    parts: tuple[str, ...] | Callable[[Any], tuple[str, ...]] = ()
    merges: bool = True
    order: Callable[[Any], Any] | None = None

    def parts_by(self, edition: Any) -> tuple[str, ...]:
        """Return where rows may go by an edition of the policy."""
        return self.parts(edition) if callable(self.parts) else self.parts


@dataclass(frozen=True)
class Explains:
    """How `explain` tells what came of a row.

    outcome: in a word or two. pages: why. about: the fields by which a row is found, besides name and
    identity number. aside: what it means to be set aside.
    """

    outcome: Callable[[Any, Whole], str] = lambda verdict, whole: str(verdict.part)
    pages: Callable[[Any, Whole], tuple[Table, ...]] = lambda verdict, whole: (
        explanation(verdict.record, verdict.reasons, verdict.part),
    )
    about: tuple[str, ...] = ("township", "village")
    aside: str = "不列入"


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One subcommand.

    mains: the rosters whose rows are judged, the chief one first. serving: rosters that only help to judge.
    Each is looked over before a rule is asked, except those of `looks_itself`, whose unread rows the
    programme interprets itself. previous: what --previous reads of the last period's result: a page, which
    says itself how it is read back, or a roster. screen: the lists that --screen reads. policy_columns: the
    columns that a policy adds to each roster, by the roster's name. asks: by roster, which columns a blank
    roster has under a policy; all possible ones if nothing is said.

    doubts: everything that can be odd, by code, with its seriousness and its mend. ready: what is made once,
    before the first row is judged. together: what only all rows together decide. who: the columns that say
    whom a line of a page is about. pages: what stands in the workbook besides what every programme has.
    front: what the first page says of them; by default the sums of 分乡镇汇总表. terminal_pages: what the
    terminal shows; by default that page. notices: what --notice posts. payments: what --bank pays, one table
    for each project, with the columns name, account and amount. papers: what people sign. owes: what `run`
    pays, month by month, for the ledger; it gets, by identity number, what is settled; None means that the
    programme pays nothing. compares: what of a verdict `policy diff` sets beside that of another document. lints:
    what `policy check` asks of its documents.

    judges_a_day: its rules look at one day and not at months, so --on may be any day. Otherwise --on lies in
    the period, or after it with a warning. by_month, by_day: its rules take the edition of each month, or of the day of each
    event, and by_month for the rest that in force on the day of judgement; otherwise one edition rules the whole period, with a
    warning where the period has several. joins: what it takes from the results of other programmes.

    No rule reads the clock, opens a workbook or writes to the terminal. Any rule may raise UserError.
    """

    name: str
    policy: type[Policy]
    default_period: Callable[[date], Period]
    mains: Mapping[str, Main]
    serving: Mapping[str, Wanted[Any]] = field(default_factory=dict)
    looks_itself: tuple[str, ...] = ()
    previous: Last | Wanted[Any] | None = None
    screen: Wanted[Any] | None = None
    policy_columns: Callable[[Any], Mapping[str, tuple[Field, ...]]] = lambda edition: {}
    asks: Callable[[Any], Mapping[str, Mapping[str, Asks]]] = lambda edition: {}
    doubts: Doubts = field(default_factory=Doubts)
    ready: Callable[[At[Any]], Any] = lambda at: None
    together: Callable[[Company], Joint] = lambda company: Joint()
    who: Cols = ("township", "village", "name")
    pages: Pages = ()
    front: Callable[[Whole], Iterable[Figures]] | None = None
    terminal_pages: Pages = ()
    notices: Sequence[Post] | Callable[[Whole], Iterable[Post | Notice]] = ()
    payments: Callable[[Whole], tuple[Table, ...]] = lambda whole: ()
    papers: Callable[[Whole, WrittenFor], Papers] = lambda whole, whom: Papers()
    explains: Explains = Explains()
    compares: Compares | None = None
    lints: Lints = field(default_factory=Lints)
    owes: Callable[[Judgement, Rosters, PolicyFile[Any], Occasion, Settlements], Entitled] | None = None
    judges_a_day: bool = False
    by_month: bool = False
    by_day: bool = False
    joins: tuple[Join, ...] = ()

    def __post_init__(self) -> None:
        """Raises AssertionError for a page with a field that does not exist; so the module cannot even be
        imported."""
        for page in () if callable(self._all_pages) else self._all_pages:
            page.checked(self.paper)
        assert not {PREVIOUS, SCREEN} & {*self.mains, *self.serving}, "these names are kept for options"
        filled_in = {**{name: main.wanted for name, main in self.mains.items()}, **self.serving}
        counted = [
            name for name, wanted in filled_in.items() if NUMBER.name in [one.name for one in wanted.fields]
        ]
        assert not counted, (
            f"{self.name}: {NUMBER.name} is the running number of pages, no field of {counted}"
        )
        strange = set(self.looks_itself) - set(self.serving)
        assert not strange, f"{self.name}: {strange} is no roster that serves"
        self._check_parts()

    def _check_parts(self) -> None:
        """Raises AssertionError for a page or a notice of a part that its roster does not have."""
        declared = [
            *(() if callable(self.pages) else self.pages),
            *(() if callable(self.notices) else self.notices),
        ]
        for page in declared:
            main = self.mains[getattr(page, "roster", "") or self.chief]
            unknown = set() if callable(main.parts) else set(getattr(page, "of", ())) - set(main.parts)
            assert not unknown, f"{self.name}: {unknown} is no part of {main.wanted.title}"

    @property
    def paper(self) -> PageFrame:
        """What all pages have in common."""
        return PageFrame(
            {name: main.wanted.record for name, main in self.mains.items()},
            tuple(cols(self.who)),
            {name: getattr(main.judged, "verdict", None) for name, main in self.mains.items()},
        )

    @property
    def chief(self) -> str:
        """The name of the first main roster."""
        return next(iter(self.mains))

    @property
    def pays(self) -> bool:
        """Whether there is anything for the bank and the ledger."""
        return self.owes is not None

    @property
    def reads(self) -> Mapping[str, Wanted[Any]]:
        """All rosters by name, the main ones first."""
        previous = self._last.wanted(self.paper) if self._last else self.previous
        optional = {PREVIOUS: previous, SCREEN: self.screen}
        return {
            **{name: main.wanted for name, main in self.mains.items()},
            **self.serving,
            **{name: roster for name, roster in optional.items() if isinstance(roster, Wanted)},
        }

    @property
    def compared(self) -> Compares:
        """What is compared; of a programme that pays by `Pays` and says nothing else, its sums."""
        by_pays: Compares | None = getattr(getattr(self.owes, "__self__", None), "compares", None)
        return self.compares or by_pays or Compares()

    @property
    def _last(self) -> Last | None:
        return self.previous if isinstance(self.previous, Last) else None

    def must(self, join: Join, edition: Any) -> Must:
        """Return what the result of a join must be: as the edition says, and approved if money depends
        on it."""
        return join.must(edition) or ("approved" if self.pays else "result")

    def judge(self, rosters: Rosters, editions: PolicyFile[Any], occasion: Occasion) -> Whole:
        """Judge every row by itself, then all together. Each row ends in one part or is set aside with a
        reason."""
        rosters, dropped, found = self._serving(rosters, occasion)
        at = self._at(rosters, dropped, editions, occasion)
        judged = {name: main.judged(rosters[name].records, at) for name, main in self.mains.items()}
        found += [] if self.judges_a_day or self.by_month or self.by_day else several_editions(at)
        found += [
            Told(finding, row.record.row)
            for rows in judged.values()
            for row in rows
            for finding in row.findings
        ]
        merged: list[Row] = []
        for name, main in self.mains.items():
            double = doubles(
                judged[name],
                main.wanted.keys,
                main.merges,
                at.doubts,
                rosters[name].set_aside,
                self._unprinted(main),
            )
            found, merged = [*found, *double.told], [*merged, *double.merged]
        unread = [row for name in self.mains for row in rosters[name].set_aside]
        company = Company(at, judged, found, merged, unread, self._order(occasion))
        joint = self.together(company)
        return self._filed(replace(company, found=[*found, *joint.told]), joint)

    def _serving(
        self, rosters: Rosters, when: Occasion
    ) -> tuple[Rosters, dict[str, Sequence[Row]], list[Told]]:
        """Return the rosters, in which serving ones have only rows that count; then the other rows, by
        roster; then why.

        Of two rows about the same thing that differ, nobody knows which one is right, so neither counts.
        """
        kept, told = dict(rosters), []
        dropped: dict[str, Sequence[Row]] = {}
        looked = partial(looked_over, doubts=self._doubts, occasion=when)
        for name, wanted in self.serving.items():
            if name in rosters and name not in self.looks_itself:
                given = rosters[name]
                rows = [Judged(one, None, looked(one).found) for one in given.records]
                found = [Told(odd, one.record.row) for one in rows for odd in one.findings]
                out = in_error(found)
                sound = [one for one in rows if id(one.record.row) not in out]
                double = doubles(sound, wanted.keys, True, self._doubts, given.set_aside)
                found += double.told
                out = in_error(found)
                merged = {id(row) for row in double.merged}
                records = tuple(one for one in given.records if id(one.row) not in out | merged)
                kept[name] = replace(given, records=records)
                dropped[name] = [*given.set_aside, *(one.row for one in given.records if id(one.row) in out)]
                told += found
        return kept, dropped, told

    def _unprinted(self, main: Main) -> frozenset[str]:
        """Return the idle fields of a roster that no page and no notice prints, as far as pages are
        declared."""
        if callable(self.pages) or callable(self.notices):
            return frozenset()
        drawn = [*self.pages, *self.notices]
        if any(getattr(page, "by_policy", False) for page in drawn):
            return frozenset()
        columns = [one for page in drawn for one in getattr(page, "columns", ()) if not callable(one)]
        printed = {one.name for one in cols(columns)}
        printed |= {one.name for one in cols(self.who)}
        return frozenset(one.name for one in main.wanted.fields if one.idle) - printed

    @property
    def _doubts(self) -> Doubts:
        return Doubts({**COMMON, **self.doubts})

    def _at(
        self,
        rosters: Rosters,
        dropped: Mapping[str, Sequence[Row]],
        editions: PolicyFile[Any],
        occasion: Occasion,
    ) -> At[Any]:
        last, given = self._last, rosters.get(PREVIOUS)
        on, end = occasion.on, occasion.period.last
        by_now = editions.in_force(min(on, end)) if self.by_month else None
        at = At(
            policy=by_now or editions.on(on if self.judges_a_day else end),
            editions=editions,
            occasion=occasion,
            rosters=rosters,
            doubts=self._doubts,
            dropped=dropped,
            before=last.before(given) if last else None,
            again=bool(given and given.origin and given.origin.period == occasion.period),
            keys=last.keys if last else (),
            joins=self.joins,
        )
        return replace(at, ready=self.ready(at))

    def _order(self, occasion: Occasion) -> Callable[[str, Record], tuple[Any, Any]]:
        """Return the order of rows: by township as on pages, then as the roster says."""
        rank = cache(occasion.rank)
        who = _by([*(column.name for column in cols(self.who)), "identity"])
        own = {name: main.order or who for name, main in self.mains.items()}
        return lambda name, record: (rank(getattr(record, "township", "")), own[name](record))

    def _filed(self, company: Company, joint: Joint) -> Whole:
        """Return the whole, after each row has been looked for in the parts and among the rows set aside."""
        aside = in_error(company.found)
        apart = {**joint.apart, MERGED: [*joint.apart.get(MERGED, ()), *company.merged]}
        elsewhere = aside | {id(row) for rows in apart.values() for row in rows}
        verdicts = {
            name: tuple(verdict for verdict in standing if id(verdict.record.row) not in elsewhere)
            for name, standing in self._standing(company, joint)
        }
        rows = [row.record.row for judged in company.judged.values() for row in judged]
        findings = [self._own(told.finding) for told in company.found]
        return Whole(
            at=company.at,
            verdicts=verdicts,
            judged=company.judged,
            aside=tuple(row for row in rows if id(row) in aside),
            findings=tuple(dict.fromkeys(findings)),
            tally=self._tally(company, verdicts, apart, aside),
            more=joint.more,
        )

    def _standing(self, company: Company, joint: Joint) -> Iterator[tuple[str, Sequence[Any]]]:
        for name in self.mains:
            yield name, joint.verdicts[name] if name in joint.verdicts else company.standing(name)

    def _tally(
        self,
        company: Company,
        verdicts: Mapping[str, Sequence[Any]],
        apart: Mapping[str, Sequence[Row]],
        aside: frozenset[int],
    ) -> Tally:
        """Return the count of where each row of each main roster went."""
        findings = [told.finding for told in company.found]
        tallies = {}
        for name, main in self.mains.items():
            rows = [row.record.row for row in company.judged[name]]
            known = main.parts_by(company.at.policy)
            parts = _parts(main, known, verdicts[name], _own_rows(rows, apart, aside))
            out = [row for row in rows if id(row) in aside]
            tallies[main.wanted.title] = filed(company.at.rosters[name], parts, out, findings)
        return Tally.of(tallies)

    def _own(self, finding: Finding) -> Finding:
        """Return a finding of the programme with its code made complete: it has no dot yet."""
        return finding if "." in finding.code else replace(finding, code=f"{self.name}.{finding.code}")

    def run(
        self, rosters: Rosters, editions: PolicyFile[Any], occasion: Occasion, *, details: bool = True
    ) -> Outcome:
        """Make all pages of a run and everything that was found odd. details: also the long pages that few
        people read."""
        whole = self.judge(rosters, editions, occasion)
        every = list(self._all_pages(whole) if callable(self._all_pages) else self._all_pages)
        undrawn = [page.name for page in every if page.detail and not details]
        pages = self._drawn([page for page in every if page.name not in undrawn], whole)
        on_terminal = self._drawn(self.terminal_pages, whole) or [
            page for page in pages if page.name == TOWNSHIPS
        ]
        changed = self._last.tables(whole, self.paper) if self._last else ()
        front = tuple(self._front(whole))
        unknown = {name for figures in front for name in figures.pages} & {
            page.name for page in every if page.detail
        }
        assert not unknown, f"{self.name}: the first page is about {unknown}, which may not be written"
        return Outcome(
            tables=(*pages, *changed),
            findings=whole.findings,
            tally=whole.tally,
            on_terminal=tuple(on_terminal),
            set_aside=whole.aside,
            front=front,
            undrawn=tuple(undrawn),
            notices=partial(self._notices, whole),
            payments=partial(self.payments, whole),
            papers=partial(self.papers, whole),
        )

    @property
    def _all_pages(self) -> Pages:
        """Return the declared pages, with those that every programme has."""
        if callable(self.pages):
            return self.pages
        parts = {name: main.parts for name, main in self.mains.items() if not callable(main.parts)}
        return with_the_usual(
            self.pages, parts, {name: main.wanted.title for name, main in self.mains.items()}
        )

    def _front(self, whole: Whole) -> Iterator[Figures]:
        """Return what the first page says: what is declared, and what changed since the last period."""
        if self.front:
            yield from self.front(whole)
        else:
            titles = [main.wanted.title for main in self.mains.values()]
            for title in titles:
                yield Figures(title if titles[1:] else "合计", (TOWNSHIPS + beside(title, titles),))
        if self._last:
            yield self._last.figures

    def _drawn(self, pages: Pages, whole: Whole) -> list[Table]:
        drawn = pages(whole) if callable(pages) else pages
        return [table for page in drawn for table in page.tables(whole, self.paper)]

    def _notices(self, whole: Whole) -> tuple[Notice, ...]:
        given = self.notices(whole) if callable(self.notices) else self.notices
        made = (
            (notice,) if isinstance(notice, Notice) else notice.notices(whole, self.paper) for notice in given
        )
        return tuple(chain.from_iterable(made))

    def entitled(
        self, rosters: Rosters, editions: PolicyFile[Any], occasion: Occasion, settled: Settlements
    ) -> Entitled:
        """Return what `run` pays, month by month, over a period of any length."""
        assert self.owes, f"{self.name} pays nothing"
        return self.owes(self.judge, rosters, editions, occasion, settled)

    def explain(self, rosters: Rosters, editions: PolicyFile[Any], occasion: Occasion) -> Explained:
        """Return what came of every row of the main rosters, also of those that could not be read."""
        whole = self.judge(rosters, editions, occasion)
        aside = {id(row) for row in whole.aside}
        final = {id(verdict.record.row): verdict for own in whole.verdicts.values() for verdict in own}
        judged = (row for rows in whole.judged.values() for row in rows)
        subjects = [self._subject(row, final.get(id(row.record.row)), whole, aside) for row in judged]
        unread = (row for name in self.mains for row in rosters[name].set_aside)
        return Explained((*subjects, *map(self._unread, unread)), whole.findings)

    def _subject(self, judged: Judged, final: Any, whole: Whole, aside: set[int]) -> Subject:
        record, verdict = judged.record, final or judged.verdict
        told = self.explains
        about = (str(getattr(record, name, None) or "") for name in told.about)
        out = id(record.row) in aside
        return Subject(
            row=record.row,
            name=record.name,
            identity=getattr(record, "identity", ""),
            about=tuple(filter(None, about)),
            outcome=f"{ASIDE}，{told.aside}" if out else told.outcome(verdict, whole),
            pages=partial(told.pages, verdict, whole) if verdict is not None else tuple,
        )

    def _unread(self, row: Row) -> Subject:
        about = tuple(filter(None, (row.written(name) for name in self.explains.about)))
        return Subject(
            row, row.written("name"), row.written("identity"), about, f"{ASIDE}，名册这一行没有读成", tuple
        )


def _by(names: Sequence[str]) -> Callable[[Any], tuple[str, ...]]:
    """Return an order by fields of the record, some of which a record may not have."""
    return lambda record: tuple([str(getattr(record, name, "")) for name in names])


def _own_rows(
    rows: Sequence[Row], apart: Mapping[str, Sequence[Row]], aside: frozenset[int]
) -> Iterator[tuple[str, list[Row]]]:
    """Return, by part, those rows that stand apart, are among `rows` and are not set aside. Parts without
    rows are left out."""
    known = {id(row) for row in rows} - aside
    for part, standing in apart.items():
        if kept := [row for row in standing if id(row) in known]:
            yield part, kept


def _parts(
    main: Main, known: tuple[str, ...], verdicts: Sequence[Any], apart: Iterable[tuple[str, list[Row]]]
) -> dict[str, list[Row]]:
    """Return where each row went that is not set aside: the parts of the roster in order, then the others as
    they come."""
    files: dict[str, list[Row]] = {part: [] for part in known}
    closed = known and isinstance(main.judged, each)
    for verdict in verdicts:
        assert not closed or verdict.part in known, f"{verdict.part} is no part of {main.wanted.title}"
        files.setdefault(verdict.part, []).append(verdict.record.row)
    return files | dict(apart)
