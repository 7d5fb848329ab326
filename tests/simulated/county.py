"""A county's months, step by step: what happens, what its clerks write, what the office types; each step followed by its promises."""

import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from tests.oracle import rate as rating
from tests.oracle import visits as visiting
from tests.oracle.rate_settings import settings_for
from tests.simulated import books, documents, giving, promises, yearly
from tests.simulated.events import live_through
from tests.simulated.lending import Fund
from tests.simulated.money import OF_LEDGER, Money
from tests.simulated.office import Office
from tests.simulated.owed import Dues, Pay, Subsidies, rules
from tests.simulated.people import TOWNSHIPS, Somebody
from tests.simulated.world import ELECTIONS, START, Elder, World

MISCHIEF = frozenset(
    {
        "old copies",
        "two books",
        "lost months",
        "clock set back",
        "crashes",
        "two at once",
        "edited ledger",
        "returns",
        "new documents",
    }
)
PAYING = {"pension": yearly.pension, "graduates": yearly.graduates, "budget": yearly.budget}
BASES = {START + n: 5000 + 217 * n for n in range(30)}
Step = tuple[str, Callable[[], None]]


@dataclass
class County:
    """told: what this month's books say of each person of the roster of subsidies, None where two books differ. before:
    what each had been paid when the last month was over."""

    seed: int
    size: int
    folder: Path
    mischief: frozenset[str] = MISCHIEF
    told: dict[int, Elder | None] = field(default_factory=dict)
    last_books: dict[int, Elder] = field(default_factory=dict)
    numbers: dict[int, list[str]] = field(default_factory=dict)
    before: defaultdict[str, dict[int, Dues]] = field(default_factory=lambda: defaultdict(dict))
    bases: dict[int, int] = field(default_factory=lambda: BASES)
    results: list[Path] = field(default_factory=list)
    editions: list[tuple[str, int]] = field(default_factory=lambda: [("2008-01-01", 1000)])

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.world = World(self.dice, self.size)
        self.office = Office(self.folder)
        self.office.listening.append(promises.no_number_is_said)
        self.every = 1 if self.seed % 5 == 0 else 3
        self.asked: tuple[object, ...] = ()
        self.money = Money(self.office, self.dice, self.world.registry, self.mischief)
        self.midmonth = self.dice.choice(("whole", "next", "days", "thirtieths"))
        self.raised = self.dice.choice(("month", "days"))
        self.clawback = self.dice.choice((20, 20, 50, 100))
        first = rules(date(2008, 1, 1), 1000, self.midmonth, self.raised == "days")
        self.subsidies, self.pay, self.fund = Subsidies(), Pay([first], documents.STARS), Fund()
        self.shares: list[tuple[str, int]] = []

    def has(self, kind: str, share: float) -> bool:
        """Whether this kind of mischief happens now. The dice fall whether or not the county has it, so that a county without it
        is the same county otherwise."""
        happens = self.dice.random() < share and kind in self.mischief
        self.money.happened[kind] += happens
        return happens

    @property
    def happened(self) -> Counter[str]:
        return +self.money.happened

    def begins(self) -> None:
        for name in ("收件", "结果"):
            (self.folder / name).mkdir(parents=True)
        self._writes_documents()
        self.office.does("ledger", "init", "--paid-through", f"{START - 1}-12", *OF_LEDGER)

    def _writes_documents(self) -> None:
        documents.pension(self.folder / "养老.toml", BASES)
        documents.subsidies(self.folder / "补贴.toml", self.subsidies.rates)
        (self.folder / "慰问.toml").write_text(documents.own("visits"), "utf-8")
        documents.fund(self.folder / "基金.toml", self.shares)
        documents.pay(self.folder / "报酬.toml", self.editions, self.midmonth, self.raised, self.clawback)

    def steps(self, years: int) -> Iterator[Step]:
        yield "the ledger begins", self.begins
        yield f"{START - 1} is rated", lambda: self.rates(START - 1)
        for year in range(START, START + years):
            for month in range(1, 13):
                yield from self.month(year, month)
            yield from self.year_ends(year)

    def month(self, year: int, month: int) -> Iterator[Step]:
        at = f"{year}-{month:02}"
        yield f"{at} happens", lambda: self.lives(year, month)
        yield f"{at} papers come", self.papers_come
        yield f"{at} documents", self.documents_come
        if month in (1, 12):
            yield f"{at} gifts", self.gives
        if month in (6, 12):
            yield f"{at} loans", self.lends
        if month % self.every == 0:
            yield f"{at} subsidies", self.pays_subsidies
            yield f"{at} pay", self.pays_in_office
        if month == 12:
            yield f"{at} a notice", self.posts_subsidies

    def year_ends(self, year: int) -> Iterator[Step]:
        yield f"{year} is rated", lambda: self.rates(year)
        for programme in PAYING:
            yield f"{year} {programme}", partial(self.pays_yearly, programme, year)
        for programme in self.of_the_year(year):
            yield f"{year} {programme}", partial(self.runs_yearly, programme, year)
        yield f"{year} is reconciled", lambda: self.reconciles(year)
        yield f"{year} questions", self.is_asked
        yield f"{year} the ledger is edited", self.is_edited

    # ---------------------------------------------------------------- steps

    def lives(self, year: int, month: int) -> None:
        old = dict(self.world.corrected)
        live_through(self.world, year, month)
        self.pending = old
        for who, card in self.money.new_accounts.items():
            self.world.has_another_account(who, card)
        self.money.new_accounts.clear()
        day = datetime(year, month, 25, 9)
        self.office.now = day.replace(month=max(1, month - 1)) if self.has("clock set back", 0.03) else day

    def papers_come(self) -> None:
        known = self.office.paid("subsidies")
        for old, new in self.pending.values():
            if old in known:
                self.office.does("ledger", "same", old, new, "--note", "派出所证明", "--sure", *OF_LEDGER)

    def documents_come(self) -> None:
        roll, year, month = self.dice.random(), *self.world.now
        back, yuan, more = (
            self.dice.choice((0, 0, 1, 3)),
            self.dice.choice((60, 70, 80)),
            self.dice.choice((50, 133, 200)),
        )
        day = self.dice.choice((1, 1, 16))
        if "new documents" not in self.mischief:
            return
        if roll < 0.02:
            count = max(START * 12, year * 12 + month - 1 - back)
            since = count // 12, count % 12 + 1
            if since > self.subsidies.rates[-1][0]:
                self.money.happened["new documents"] += 1
                self.subsidies.document(since, yuan)
        elif roll < 0.04 and f"{year}-{month:02}" > self.editions[-1][0][:7]:
            self.money.happened["new documents"] += 1
            base = self.editions[-1][1] + more
            self.editions.append((f"{year}-{month:02}-{day:02}", base))
            self.pay.documents.append(
                rules(date(year, month, day), base, self.midmonth, self.raised == "days")
            )
        elif roll < 0.055:
            first, percent = date(year, max(1, month - back), 1), more // 2  # 25, 66 or 100
            if first > self.fund.documents[-1][0]:
                self.money.happened["new documents"] += 1
                self.fund.document(first, percent)
                self.shares.append((first.isoformat(), percent))
        self._writes_documents()

    def writes_elders(self) -> list[Path]:
        """The townships' books, and what they say."""
        folder = self.folder / "收件" / "补贴"
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        now = dict(self.world.elders)
        town, self.rows = self.dice.choice(TOWNSHIPS), len(now)
        self.told = dict(now)
        mine = {n: one for n, one in self.last_books.items() if one.who.township == town}
        if self.has("old copies", 0.03) and mine:
            sent = {n: one for n, one in now.items() if one.who.township != town} | mine
            written, self.told, self.rows = books.write_elders(folder, sent.values()), dict(sent), len(sent)
        elif self.has("two books", 0.02) and mine:
            written = books.write_elders(folder, now.values()) + books.write_elders(
                folder, mine.values(), "（旧）"
            )
            self.rows += len(mine)
            for n, one in mine.items():
                self.told[n] = self._of_two_rows(n, one, now[n]) if n in now else one
        else:
            written = books.write_elders(folder, now.values())
        self.last_books = now
        return written

    def _of_two_rows(self, n: int, old: Elder, new: Elder) -> Elder | None:
        """What two rows of one person come to: one row, where they agree in all that bears on the money. Of two numbers that the
        ledger does not know as one yet, it pays the one that it knows; with one account nobody is paid."""
        if old.who.identity != new.who.identity:
            known, apart = self.office.paid("subsidies"), old.who.account != new.who.account
            return old if apart and old.who.identity in known and new.who.identity not in known else None
        bears = [
            (one.who.account, one.says.stays, self.subsidies.owed(n, one, self.world.now))
            for one in (old, new)
        ]
        return new if bears[0] == bears[1] else None

    def pays_subsidies(self) -> None:
        lost = self.has("lost months", 0.02)
        written = self.writes_elders()
        self.asked = (*written, "--period", self.period, "--policy", self.folder / "补贴.toml")
        if lost and self.world.month < 12:
            return
        self.money.pays("subsidies", self.asked)
        promises.everybody_is_paid_what_is_owed(self, "subsidies", self.owed_subsidies())
        promises.what_the_ledger_says_is_what_the_bank_moved(self, "subsidies")

    def posts_subsidies(self) -> None:
        """The result of the period that was paid, its notice, and what the papers and screens say."""
        folder = self.lists("subsidies", self.asked, self.rows)
        since = promises.earlier(self.world.now, self.every)
        promises.each_notice_equals_its_batch(self, "subsidies", folder, "金额", self.owed_subsidies(), since)
        promises.no_number_can_be_rebuilt(self, self.folder / "公示")

    def owed_subsidies(self) -> promises.Owed:
        """Of everybody of whom this month's books say something."""
        return {
            n: (elder.who, self.subsidies.owed(n, elder, self.world.now))
            if elder
            else (self.world.elders[n].who, None)
            for n, elder in self.told.items()
        }

    def pays_in_office(self) -> None:
        path = books.write_cadres(self.folder / "收件" / "在职.xlsx", self.world.cadres.values())
        stars = self.folder / f"星级{self.world.year - 1}.xlsx"
        asked = (path, "--period", self.period, "--policy", self.folder / "报酬.toml", "--result", stars)
        self.money.pays("pay", asked)
        promises.pay_is_what_is_owed(self)
        promises.what_the_ledger_says_is_what_the_bank_moved(self, "pay")
        if self.world.month == 12:
            told = self.lists("pay", asked, sum(len(cadre.rows) for cadre in self.world.cadres.values()))
            owed: promises.Owed = {n: (cadre.who, {}) for n, cadre in self.world.cadres.items()}
            since = promises.earlier(self.world.now, self.every)
            promises.each_notice_equals_its_batch(self, "pay", told, "应发合计", owed, since)

    def lists(self, programme: str, asked: Sequence[object], rows: int) -> Path:
        """The result of what was paid, in which nobody is lost; the folder of its notice."""
        folder, result = self.folder / "公示" / programme, self.folder / "结果" / f"{programme}.xlsx"
        shutil.rmtree(folder, ignore_errors=True)
        more = (*OF_LEDGER, "--out", result, "--notice", folder, "--json")
        ran = self.office.does(programme, *asked, *more, codes=(0, 1))
        promises.nobody_is_lost(programme, json.loads(ran.out), rows)
        self.results.append(result)
        return folder

    def gives(self) -> None:
        """慰问金: in January to the accounts on the townships' lists; in December the lists are put right, and posted."""
        year, month = self.world.now
        sheets = yearly.visits(self.world, self.dice, year)
        path = yearly.write(self.folder / "收件" / "visits.xlsx", sheets)
        on, policy = date(year, month, 20 if month == 1 else 31), self.folder / "慰问.toml"
        asked = (path, "--period", year, "--on", on, "--policy", policy)
        self.money.pays("visits", asked)
        promises.everybody_is_paid_what_is_owed(self, "visits", self.owed_gifts())
        promises.what_the_ledger_says_is_what_the_bank_moved(self, "visits")
        if month == 12:
            folder = self.lists("visits", asked, sum(len(sheet.rows) for sheet in sheets))
            given = {gift.who.name: giving.as_oracle(gift) for gift in self.world.gifts.values()}
            listed = {
                name: visiting.fen(one) for name, one in given.items() if visiting.standard(one.classes)
            }
            promises.a_page_says(self.results[-1], "慰问发放表", "姓名", "慰问金", listed)
            posted = {name: fen for name, fen in listed.items() if given[name].day}
            promises.a_notice_says(folder, "慰问金", posted)

    def owed_gifts(self) -> promises.Owed:
        """By this year's lists; what was paid for other years stays."""
        year, found = self.world.year, dict[int, tuple[Somebody, Dues | None]]()
        for n, gift in self.world.gifts.items():
            dues, before = giving.owed(gift, year), self.before["visits"].get(n, {})
            others = {key: fen for key, fen in before.items() if key[1][0] != year}
            found[n] = gift.who, None if dues is None else others | dues
        return found

    def lends(self) -> None:
        """贴息 of a half-year; in December what is out of every loan, and the notice of the year."""
        year, month = self.world.now
        on = date(year, month, 30 if month == 6 else 31)
        lost = self.has("lost months", 0.05)
        if not self.world.loans or (lost and month == 6):
            return
        sheets = yearly.fund(self.world, self.dice, year)
        path = yearly.write(self.folder / "收件" / "fund.xlsx", sheets)
        policy = ("--on", on, "--policy", self.folder / "基金.toml")
        self.money.pays("fund", (path, "--period", f"{year}H{month // 6}", *policy))
        dues, loans = self.fund.owed(self.world.loans, on), self.world.loans
        owed: promises.Owed = {loan.n: (loan.who, dues[loan.n]) for loan in loans.values()}
        promises.everybody_is_paid_what_is_owed(self, "fund", owed)
        promises.what_the_ledger_says_is_what_the_bank_moved(self, "fund")
        if month == 12:
            rows = sum(len(sheet.rows) for sheet in sheets if sheet.main)
            folder = self.lists("fund", (path, "--period", year, *policy), rows)
            stands = {number: self.fund.standing(loan, on) for number, loan in loans.items()}
            out = {number: one.balance for number, one in stands.items() if one}
            promises.a_page_says(self.results[-1], "贷款台账", "编号", "余额", out)
            of_year = Counter[str]()
            for loan in loans.values():
                due = self.fund.of_loan(loan, on) or {}
                of_year[loan.who.name] += sum(fen for (_, when), fen in due.items() if when[0] == year)
            promises.a_notice_says(folder, "贴息金额", of_year)

    @property
    def period(self) -> str:
        year, month = self.world.now
        return f"{year}-{month:02}" if self.every == 1 else f"{year}Q{month // 3}"

    def rates(self, year: int) -> None:
        """The year's stars, approved; by them next year's performance is paid."""
        judged, on = self.world.judged(), date(year, 12, 31)
        path = books.write_organisations(self.folder / "收件" / "党组织.xlsx", judged, on)
        result = self.folder / f"星级{year}.xlsx"
        self.office.does("rate", path, "--period", year, "--on", on, "--out", result, "-q", codes=(0, 1))
        self.office.does("ledger", "propose", result, "--by", "张三", *OF_LEDGER)
        self.office.does("ledger", "approve", result, "--by", "李四", *OF_LEDGER)
        found = rating.rating(judged, settings_for("M2") | {"judged_on": on})
        stars = {one["key"]: found.verdicts[one["key"]].stars for one in judged}
        self.pay.stars[year] = {
            (one["township"], one["name"]): given
            for one in judged if (given := stars[one["key"]]) is not None and not found.verdicts[one["key"]].set_aside
        }  # fmt: skip
        promises.stars_are_what_the_oracle_gives(result, self.pay.stars[year])
        for one in self.world.organisations:
            one["stars_last_year"] = self.pay.stars[year].get(
                (one["township"], one["name"]), one["stars_last_year"]
            )

    def of_the_year(self, year: int) -> list[str]:
        """A third of the programmes that pay nobody through the ledger; of secretaries when there was an election."""
        third = [name for n, name in enumerate(yearly.BOOKS) if n % 3 == year % 3]
        return third + (["secretaries"] if year in ELECTIONS else [])

    def runs_yearly(self, programme: str, year: int) -> None:
        make = yearly.secretaries if programme == "secretaries" else yearly.BOOKS[programme]
        sheets = make(self.world, self.dice, year)
        path = yearly.write(self.folder / "收件" / f"{programme}.xlsx", sheets)
        result = self.folder / "结果" / f"{programme}.xlsx"
        asked = (path, "--period", year, "--on", date(year, 12, 31), "--out", result, "--json", "-q")
        ran = self.office.does(programme, *asked, codes=(0, 1))
        promises.nobody_is_lost(
            programme, json.loads(ran.out), sum(len(one.rows) for one in sheets if one.main)
        )
        self.results.append(result)

    def pays_yearly(self, programme: str, year: int) -> None:
        sheets = PAYING[programme](self.world, self.dice, year)
        path = yearly.write(self.folder / "收件" / f"{programme}.xlsx", sheets)
        policy = ("--policy", self.folder / "养老.toml") if programme == "pension" else ()
        asked = (path, "--period", year, "--on", date(year, 12, 31), *policy)
        self.money.pays(programme, asked)
        promises.a_year_is_paid_as_it_is_owed(self, programme, year)
        promises.what_the_ledger_says_is_what_the_bank_moved(self, programme)
        if programme == "pension":
            folder = self.lists(programme, asked, sum(len(sheet.rows) for sheet in sheets if sheet.main))
            owed: promises.Owed = {n: (cadre.who, {}) for n, cadre in self.world.cadres.items()}
            promises.each_notice_equals_its_batch(self, programme, folder, "财政补贴", owed, (year - 1, 12))

    def reconciles(self, year: int) -> None:
        lines = [line for line in self.money.statement if line[0].year == year]
        path = books.write_statement(self.folder / "收件" / "对账单.xlsx", lines)
        promises.the_year_agrees_with_the_bank(self, path, year)

    def is_asked(self) -> None:
        """What a clerk asks at the end of a year: why somebody gets what, what is due, one person's file, a report."""
        elder = self.dice.choice([one for one in self.told.values() if one])
        self.office.does("explain", "subsidies", elder.who.name, *self.asked, codes=(0, 1))
        on = ("--on", self.office.now.date(), "-q")
        self.office.does("due", *self.results, *on, "--out", self.folder / "结果" / "期限.xlsx", codes=(0, 1))
        self.office.does(
            "person", elder.who.identity, self.folder / "收件" / "补贴", *self.results, codes=(0, 1)
        )
        self.office.does(
            "report", *self.results, *on, "--out", self.folder / "结果" / "报告.xlsx", codes=(0, 1)
        )
        self.results.clear()

    def is_edited(self) -> None:
        if "edited ledger" in self.mischief:
            self.money.happened["edited ledgers, found"] += 1
            promises.an_edited_ledger_is_found(self)
