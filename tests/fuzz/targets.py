"""What is fuzzed: workbooks, policies and command lines. Each target makes one odd input from a seed and tries it.

Allowed are a result and a Chinese refusal (UserError, exit code 2); anything else is a crash and is described.
"""

import traceback
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from xlsxwriter import Workbook

from sanchuang_cli import policy
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import ErrorCell, Field
from sanchuang_cli.roster.read import read
from tests import members
from tests.command import book as orgs_book
from tests.command import county
from tests.faults import harness
from tests.roster.dirt import DirtyColumn, dirty_roster
from tests.roster.dirty_cells import SHAPES
from tests.roster.test_robustness import mutated, seeds

Target = Callable[[Random, Path], str]
"""Tries one input made from a seed, in a folder of its own; gives "" or what went wrong."""


@cache
def programmes() -> dict[str, Programme]:
    return {listed.name: listed.load() for listed in PROGRAMMES}


@cache
def originals(folder: Path) -> list[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    return seeds(folder)


def damaged_workbook(chance: Random, folder: Path) -> str:
    """Bytes of a workbook changed, cut out, doubled; read as each roster."""
    content = mutated(chance, chance.choice(originals(folder.parent / "seeds")))
    (folder / "in.xlsx").write_bytes(content)
    command = chance.choice(("inspect", "check", "rate", "subsidies"))
    return ran(folder, command, "in.xlsx", *(("--out", "out.xlsx") if command in programmes() else ()))


def dirty_workbook(chance: Random, folder: Path) -> str:
    """A roster in which every cell may be in any odd shape, run by its programme."""
    name, programme = chance.choice(list(programmes().items()))
    wanted = programme.reads[programme.chief]
    fields = [field for field in wanted.fields if field.required or chance.random() < 0.6]
    columns = [DirtyColumn(f.name, f.kind if f.kind in SHAPES else Kind.NAME, (f.heading,)) for f in fields]
    sheet = dirty_roster(columns, chance.randrange(1, 40), chance, chance.random()).sheet
    with Workbook(str(folder / "in.xlsx"), {"strings_to_formulas": False, "nan_inf_to_errors": True}) as book:
        page = book.add_worksheet("花名册")
        for i, row in enumerate(sheet.rows):
            for j, value in enumerate(row):
                _put(page, i, j, value)
    policies = [name, *policy.packs(name)]
    words = ("--policy", chance.choice(policies), "--period", chance.choice(("2012", "2026Q2", "2024-02")))
    return ran(folder, name, "in.xlsx", *words, "--out", "out.xlsx")


def _put(page: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, ErrorCell):
        page.write_formula(row, column, "=1/0", None, str(value))
    elif isinstance(value, date):
        page.write_datetime(row, column, value)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is not None:
        page.write(row, column, value)


def mutated_policy(chance: Random, folder: Path) -> str:
    """A shipped policy with a few changes: it is refused, or it loads and the programme runs under it."""
    name, programme = chance.choice(list(programmes().items()))
    _, content = policy.source(name, chance.choice(list(policy.packs(name))))
    text = content.decode("utf-8")
    for _ in range(chance.choice((1, 1, 2, 5))):
        text = chance.choice(CHANGES)(chance, text)
    (folder / "policy.toml").write_text(text, "utf-8")
    orgs_book(folder / "in.xlsx", county())
    try:
        file = policy.load(programme.policy, "policy.toml", text.encode("utf-8", "surrogatepass"))
        period = Period.parse(chance.choice(("2012", "2026", "2026Q2")))
        edition = file.on(period.last)
        columns = programme.policy_columns(edition)
        if name == "subsidies":
            programme.run({"members": _people()}, file, Occasion(period, period.last))
        else:
            programme.run(_read(folder, programme, columns), file, Occasion(period, period.last))
    except UserError as refused:
        return (
            ""
            if any("\u4e00" <= c <= "\u9fff" for c in str(refused))
            else f"refused without Chinese: {refused}"
        )
    except Exception:
        return traceback.format_exc()
    return ""


def _read(folder: Path, programme: Programme, columns: Mapping[str, tuple[Field, ...]]) -> Any:
    from dataclasses import replace

    wanted = {name: replace(one, more=columns.get(name, ())) for name, one in programme.reads.items()}
    return read([folder / "in.xlsx"], wanted).rosters


@cache
def _people() -> Any:
    from sanchuang_cli.record import Roster
    from tests.programmes.people import member

    spells = ("1984-05…1998-04 书记", "1990-01…1996-12 主任; 1999-01…2005-12 会计", "")
    people = [
        member(n, born=f"{1935 + n}-02-1{n % 9}", spells=spells[n % 3], joined="1947-05", left="1998-04",
               reason="届满", health="健在", hardship=n % 2 == 0, ledger_on="2011-01", rural="农村")
        for n in range(20)
    ]  # fmt: skip
    return Roster(tuple(people), ())


def _line_gone(chance: Random, text: str) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _line_twice(chance: Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "\n".join(lines)


def _another_value(chance: Random, text: str) -> str:
    """One value of a line becomes one of another kind."""
    lines = text.split("\n")
    at = chance.choice([i for i, line in enumerate(lines) if " = " in line] or [0])
    key, _, _ = lines[at].partition(" = ")
    lines[at] = f"{key} = {chance.choice(VALUES)}"
    return "\n".join(lines)


def _another_number(chance: Random, text: str) -> str:
    places = [i for i, c in enumerate(text) if c.isdecimal() and c.isascii()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + chance.choice(("0", "9", "-1", "99999999999", ".5", "1e400")) + text[at + 1 :]


def _another_character(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) or 1)
    return text[:at] + chance.choice('"[]{}=,.#\n 离x0') + text[at + 1 :]


CHANGES = (_line_gone, _line_twice, _another_value, _another_number, _another_character)
VALUES = (
    *("0", "-1", "1.5", "nan", "inf", '""', '"无"', "true", "false", "[]", "{}", "2012-02-29", "0001-01-01"),
    *(
        "9999-12-31",
        "[1, 2]",
        '["a"]',
        "1e30",
        '"union"',
        "99999999999999999999",
        "2012-01-01T00:00:00Z",
        "12:00:00",
    ),
)
COMMANDS = (
    *(
        "rate",
        "subsidies",
        "inspect",
        "check",
        "merge",
        "template",
        "policy list",
        "policy show",
        "policy schema",
    ),
    *(
        "policy check",
        "explain",
        "init",
        "run",
        "ledger init",
        "ledger import",
        "ledger verify",
        "ledger show",
    ),
    *(
        "ledger balance",
        "ledger same",
        "batch propose",
        "batch approve",
        "batch send",
        "batch return",
        "batch paid",
    ),
)
WORDS = (
    *(" ".join(COMMANDS).split()),
    *("in.xlsx", "nothing.xlsx", ".", "*.xlsx", "policy.toml", "jobs.toml", "", " ", "--", "-", "\u200b"),
    *(
        "二〇二六",
        "张三",
        "--out",
        "out.xlsx",
        "no/such/out.xlsx",
        "--period",
        "2026",
        "2026Q9",
        "0000",
        "2026-13",
    ),
    *(
        "--on",
        "2026-06-30",
        "--on=9999-99-99",
        "--policy",
        "m3-quota",
        "--previous",
        "--json",
        "--quiet",
        "-q",
    ),
    *("--strict", "--unmask", "身份证号", "--as", "members", "orgs", "--columns", "--password-file", "--by"),
    *(
        "township",
        "--html",
        "a.html",
        "--notice",
        "公示",
        "--draft",
        "--notice-from",
        "--bank",
        "银行",
        "--bank-format",
    ),
    *("generic", "--encrypt", "--screen", "--reason", "--help", "--version", "--return", "--save-columns"),
    *(
        "--ledger",
        "county.db",
        "--paid-through",
        "2026-06",
        "1",
        "-1",
        "99",
        "--note",
        "--check",
        "--force",
        "--only",
    ),
    *("--nosuch", "a" * 300, "名" * 120, "../x"),
)


@cache
def ledger(home: Path) -> bytes:
    """A ledger that has just been made."""
    home.mkdir(parents=True, exist_ok=True)
    harness.run(home, ("ledger", "init", "--ledger", "county.db", "--paid-through", "2026-06"))
    return (home / "county.db").read_bytes()


def command_line(chance: Random, folder: Path) -> str:
    """Words in any order, in a folder with a roster, a ledger, a policy and jobs."""
    if chance.random() < 0.5:
        orgs_book(folder / "in.xlsx", county())
    else:
        members.roster(folder, "in.xlsx")
    (folder / "county.db").write_bytes(ledger(folder.parent / "ledger"))
    (folder / "policy.toml").write_text("[[edition]]\n", "utf-8")
    (folder / "jobs.toml").write_text('[[job]]\nname = "评定"\nprogramme = "rate"\n', "utf-8")
    words = chance.choices(WORDS, k=chance.randrange(1, 9))
    if chance.random() < 0.7:
        files = ("in.xlsx", "policy.toml", "jobs.toml", "county.db", "1")
        words = [*chance.choice(COMMANDS).split(), chance.choice(files), *words]
        words += ("--ledger", "county.db") if words[0] in ("ledger", "batch") else ()
    return ran(folder, *words)


def ran(folder: Path, *words: str) -> str:
    """What is wrong with how the command ended, "" when nothing is."""
    died = harness.run(folder, words)
    if died.code in (0, 1) or (died.code == 2 and "错误：" in died.said):
        return ""
    logs = "".join(log.read_text("utf-8") for log in (folder / "tmp").glob("sanchuang-*.log"))
    return f"sanchuang {' '.join(map(repr, words))} ended with {died.code}\n{died.said[-3000:]}\n{logs}"


TARGETS: dict[str, Target] = {
    "damaged workbook": damaged_workbook,
    "dirty workbook": dirty_workbook,
    "policy": mutated_policy,
    "command line": command_line,
}
