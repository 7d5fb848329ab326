"""What the simulated county holds the program to: each promise a function whose name is the sentence, asked after a step."""

import contextlib
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from tests.command import Ran
from tests.oracle.persons import YM
from tests.simulated.money import OF_LEDGER
from tests.simulated.office import LEDGER, Broken
from tests.simulated.owed import Dues, allowance_of, pension_of
from tests.simulated.people import Somebody
from tests.simulated.world import Cadre
from tests.test_rebuilding import LEFT, left_for, tails_in

if TYPE_CHECKING:
    from tests.simulated.county import County


Owed = Mapping[int, tuple[Somebody, Dues | None]]
"""By person, who they are on the books, and what is owed by the oracle; None where nobody can tell."""
READ = 20
"""Of so many people a year somebody tries to rebuild the number from what was printed."""


def everybody_is_paid_what_is_owed(county: "County", programme: str, owed: Owed) -> None:
    """To the fen and month by month; of whoever nobody can tell, what was paid before stays."""
    before, now = county.before[programme], county.office.paid(programme)
    for n, (who, dues) in owed.items():
        paid = _paid(county, now, n, who.identity)
        stays = dues is None or _without_papers(county, now, n, who.identity)
        wanted = before.get(n, {}) if stays or dues is None else dues
        if paid != wanted:
            raise Broken(
                f"{programme} of {n}: {_apart(paid, wanted)}: {'as before' if stays else 'owed'}: {_books(county, n)}"
            )
        before[n] = paid


def _books(county: "County", n: int) -> object:
    """What the books say of somebody, for whoever looks for the fault."""
    world = county.world
    loans = [loan for loan in world.loans.values() if loan.n == n]
    return county.told.get(n), world.cadres.get(n), world.gifts.get(n), loans


def _paid(county: "County", now: Mapping[str, Dues], n: int, number: str) -> Dues:
    """Under any number that the person ever had. The ledger knows them as one when their papers have come; where it does not,
    what it paid to each counts."""
    mine = county.numbers.setdefault(n, [])
    if number not in mine:
        mine.append(number)
    as_one = {id(dues): dues for one in mine if (dues := now.get(one))}
    found = Counter[tuple[str, YM]]()
    for dues in as_one.values():
        found.update(dues)
    return dict(found)


def _without_papers(county: "County", now: Mapping[str, Dues], n: int, number: str) -> bool:
    return number not in now and any(one in now for one in county.numbers[n])


def pay_is_what_is_owed(county: "County") -> None:
    """Nobody has less than is owed for a month. What is too much goes down by what the document lets be taken, no more and
    no less: so much of what is paid, or all of it from whoever has nothing due any more."""
    before, now = county.before["pay"], county.office.paid("pay")
    for n, cadre in county.world.cadres.items():
        paid = _paid(county, now, n, cadre.who.identity)
        had = before.get(n, {})
        if _without_papers(county, now, n, cadre.who.identity):
            if paid != had:
                raise Broken(f"pay of {n} without papers: {_apart(paid, had)}: {cadre}")
            continue
        owed = _owed_in_office(county, n, had)
        _is_taken_by_instalments(county, n, had, paid, owed)
        before[n] = paid


def _owed_in_office(county: "County", n: int, had: Dues) -> Dues:
    """By the oracle; performance of a year whose stars are not before this run stays as it was."""
    cadre, year = county.world.cadres[n], county.world.year
    owed = county.pay.owed(cadre, county.world.now)
    judged = county.pay.grade(cadre, year - 1) is not None
    stays = {key: fen for key, fen in had.items() if key[0] == "绩效" and (key[1][0] != year or not judged)}
    rest = {key: fen for key, fen in owed.items() if key[0] != "绩效" or (key[1][0] == year and judged)}
    return rest | stays


def _is_taken_by_instalments(county: "County", n: int, had: Dues, paid: Dues, owed: Dues) -> None:
    keys = had.keys() | owed.keys()
    gained = sum(max(0, owed.get(key, 0) - had.get(key, 0)) for key in keys)
    over = sum(max(0, had.get(key, 0) - owed.get(key, 0)) for key in keys)
    goes_on = any(month > earlier(county.world.now, county.every) for _, month in owed)
    most = gained * county.clawback // 100 if gained or goes_on else over
    left = over - min(over, most)
    less = {key: fen for key, fen in owed.items() if paid.get(key, 0) < fen}
    now_over = sum(max(0, paid.get(key, 0) - owed.get(key, 0)) for key in paid.keys() | owed.keys())
    if less or now_over != left:
        raise Broken(
            f"pay of {n}: less {less}, over {now_over} and not {left}: {_apart(paid, owed)}: {county.world.cadres[n]}"
        )


def what_the_ledger_says_is_what_the_bank_moved(county: "County", programme: str) -> None:
    """The sum of all entries is what went to the bank, less what came back and what was recovered."""
    ((said,),) = county.office.query("select coalesce(sum(fen), 0) from entry where programme = ?", programme)
    moved = county.money.moved.get(programme, 0) - county.money.recovered.get(programme, 0)
    if said != moved:
        raise Broken(f"{programme}: entries {said}, the bank {moved}")


def stars_are_what_the_oracle_gives(result: Path, wanted: Mapping[tuple[str, str], int]) -> None:
    rows = list(load_workbook(result, read_only=True)["分类定级汇总表"].values)
    at = next(i for i, row in enumerate(rows) if "星级" in row)
    heads = list(rows[at])
    township, name, stars = (heads.index(head) for head in ("乡镇", "党组织名称", "星级"))
    found = {
        (row[township], row[name]): int(str(row[stars]))
        for row in rows[at + 1 :] if row[name] and isinstance(row[stars], int | float)
    }  # fmt: skip
    if found != wanted:
        raise Broken(f"stars: {dict(found.items() ^ wanted.items())}")


def an_edited_ledger_is_found(county: "County") -> None:
    """Any cell of any table of a copy, changed with SQL: `ledger verify` says so."""
    copy = county.folder / "改过"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    shutil.copy(county.folder / LEDGER, copy / LEDGER)
    shutil.copytree(county.folder / f"{LEDGER}.batches", copy / f"{LEDGER}.batches")
    with contextlib.closing(sqlite3.connect(copy / LEDGER)) as connection, connection:
        edit = _edits(county, connection)
    ran = county.office.run("ledger", "verify", "--ledger", copy / LEDGER)
    if ran.code == 0:
        raise Broken(f"an edited ledger was not found: {edit}")
    shutil.rmtree(copy)


def _edits(county: "County", connection: sqlite3.Connection) -> str:
    """Changes one cell or takes away one row, at random; says what it did."""
    dice, tables = (
        county.dice,
        ("chain", "person", "run", "batch", "identity", "entry", "line", "settled", "used_account"),
    )
    while True:
        table = dice.choice(tables)
        rows = connection.execute(f"select rowid, * from {table}").fetchall()
        if not rows:
            continue
        row = dice.choice(rows)
        if dice.random() < 0.2:
            connection.execute(f"delete from {table} where rowid = ?", (row[0],))
            return f"{table}: {row} taken away"
        heads = [one[1] for one in connection.execute(f"pragma table_info({table})")]
        at = dice.randrange(len(heads))
        value = row[at + 1]
        new = value + 1 if isinstance(value, int) else f"{value or ''}1"
        with contextlib.suppress(sqlite3.IntegrityError):
            connection.execute(f"update {table} set {heads[at]} = ? where rowid = ?", (new, row[0]))
            return f"{table}.{heads[at]}: {value} became {new}"


def _apart(paid: Dues, wanted: Dues) -> dict[tuple[str, tuple[int, int]], tuple[int, int]]:
    return {
        key: (paid.get(key, 0), wanted.get(key, 0))
        for key in sorted(paid.keys() | wanted.keys())
        if paid.get(key, 0) != wanted.get(key, 0)
    }


def nobody_is_lost(programme: str, told: dict[str, Any], rows: int) -> None:
    """Every row of the main rosters is counted, in one part or among those set aside."""
    summary = told["summary"]
    counted = sum(part["count"] for part in summary["parts"]) + summary["set_aside"]
    if not summary["read"] == counted == rows:
        raise Broken(
            f"{programme}: {rows} rows written, {summary['read']} read, {counted} counted: {summary}"
        )


def a_year_is_paid_as_it_is_owed(county: "County", programme: str, year: int) -> None:
    """To the fen for everybody who is on the roster and whose number has its papers."""
    now, world = county.office.paid(programme), county.world
    income = {(one["township"], one["village"]): one["income"] for one in world.organisations}
    if programme == "budget":
        said = sorted(fen for dues in now.values() if (fen := _of_year(dues, year)))
        wanted = sorted(5_000_000 if one["poor"] else 4_000_000 for one in world.organisations)
        if said != wanted:
            raise Broken(f"budget of {year}: {said} and not {wanted}")
        return
    for n, one in (world.cadres if programme == "pension" else world.graduates).items():
        paid = _of_year(_paid(county, now, n, one.who.identity), year)
        if isinstance(one, Cadre):
            owed = pension_of(one, year, county.bases[year], income[one.who.township, one.who.village])
        else:
            owed = allowance_of(one, year)
        if not _without_papers(county, now, n, one.who.identity) and paid != owed:
            raise Broken(f"{programme} {year} of {n}: paid {paid}, owed {owed}: {one}")


def _of_year(dues: Dues, year: int) -> int:
    return sum(fen for (_, month), fen in dues.items() if month[0] == year)


def earlier(month: YM, months: int) -> YM:
    year, rest = divmod(month[0] * 12 + month[1] - 1 - months, 12)
    return year, rest + 1


def each_notice_equals_its_batch(
    county: "County", programme: str, folder: Path, column: str, owed: Owed, since: YM
) -> None:
    """What is posted of somebody is what the ledger paid for the months after `since`; of whoever nobody can tell, and of anybody
    else, nothing is posted. Where only a remark says it, or papers have not come, it may be."""
    now, paid, unclear = county.office.paid(programme), Counter[str](), set[str]()
    for n, (who, dues) in owed.items():
        elder, known = county.told.get(n), county.world.who(n)
        two_numbers = known is not None and known.identity != who.identity
        if _without_papers(county, now, n, who.identity) or two_numbers or (elder and elder.remark):
            unclear.add(who.name)
        elif dues is not None:
            paid[who.name] += sum(
                fen for (_, month), fen in _paid(county, now, n, who.identity).items() if month > since
            )
    a_notice_says(folder, column, paid, unclear)


def a_notice_says(
    folder: Path, column: str, wanted: Mapping[str, int], unclear: Collection[str] = frozenset()
) -> None:
    """Of everybody what is wanted, by name and in fen, and of nobody else; of whoever is unclear it may say anything."""
    posted = Counter[str]()
    for path in folder.glob("*.xlsx"):
        for name, fen in _posted(path, column):
            posted[name] += fen
    apart = {
        name: (posted[name], wanted.get(name, 0))
        for name in (posted.keys() | wanted.keys()) - set(unclear) if posted[name] != wanted.get(name, 0)
    }  # fmt: skip
    if apart:
        raise Broken(f"the notice is not the batch: {apart}")


def _posted(path: Path, column: str) -> Iterator[tuple[str, int]]:
    """Names and sums of a notice that has such a column."""
    for sheet in load_workbook(path, read_only=True):
        rows = list(sheet.values)
        heads = next((row for row in rows if "姓名" in row), ())
        at = next((i for i, head in enumerate(heads) if head == column), None)
        for row in rows:
            if at is not None and str(row[0]).isdigit():
                name = str(row[heads.index("姓名")]).partition("（")[
                    0
                ]  # behind it what tells namesakes apart
                yield name, round(float(str(row[at] or 0).replace(",", "")) * 100)


def a_page_says(result: Path, page: str, key: str, column: str, wanted: Mapping[str, int]) -> None:
    """A column of a page has these fen, a row for each key."""
    rows = list(load_workbook(result, read_only=True)[page].values)
    heads = next(row for row in rows if key in row)
    who, at = heads.index(key), heads.index(column)
    found = {row[who]: round(float(str(row[at])) * 100) for row in rows if isinstance(row[0], int)}
    if found != wanted:
        raise Broken(f"{page} of {result.name}: {dict(found.items() ^ wanted.items())}")


def no_number_is_said(words: Sequence[str], ran: Ran) -> None:
    """What a command prints has no identity number and no account whole, but where they were typed."""
    typed = " ".join(words)
    for found in re.findall(r"230299\d{11}[\dXx]|621700\d{10,13}", ran.out + ran.err):
        if found not in typed:
            raise Broken(f"a number was printed: {words[:3]}: {found}")


def no_number_can_be_rebuilt(county: "County", folder: Path) -> None:
    """Whoever knows the county's code and somebody's birthday and sex, and reads all that was printed and posted since the
    last notice, keeps hundreds of numbers that may be theirs. Asked of some people a year."""
    pages = [sheet.values for path in folder.rglob("*.xlsx") for sheet in load_workbook(path, read_only=True)]
    posted = "\n".join(str(cell) for rows in pages for row in rows for cell in row if cell is not None)
    words = "\n".join([posted, *county.office.said])
    cards = {card[-4:] for card in county.world.registry.holders}
    people = (one for one in [*county.told.values(), *county.world.cadres.values()] if one)
    numbers = [one.who.identity for one in people if one.who.identity[-4:] not in cards]
    tails = tails_in(words)
    for number in county.dice.sample(numbers, min(READ, len(numbers))):
        if (left := left_for(number, words, tails)) < LEFT:
            raise Broken(f"{number} can be rebuilt: {left} are left")
    county.office.said.clear()


def the_year_agrees_with_the_bank(county: "County", statement: Path, year: int) -> None:
    """A statement that has all that was sent, returned and recovered leaves nothing open."""
    out = county.folder / "结果" / "对账.xlsx"
    ran = county.office.does(
        "ledger", "reconcile", statement, "--period", year, "--out", out, *OF_LEDGER, codes=(0, 1)
    )
    if ran.code:
        raise Broken(f"{year} does not agree with the bank: {ran.err[-1500:]}")
