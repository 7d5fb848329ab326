"""Every command of the guides and READMEs is run as it stands there, in the order in which it stands there; what cannot be is
named with the reason. Commands within sentences and tables have the names and options that the program has."""

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli.app import built
from sanchuang_cli.ledger.chain import head
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.policy import source
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.command import ROOT, SAMPLES, Ran, book, own_policy, run_in
from tests.ledger.county import number
from tests.ledger.test_upgrade import unpacked

GUIDES = sorted(
    str(path.relative_to(ROOT))
    for path in (*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.parent.name not in ("decisions",)
)
NOT_RUN = {
    "cd sanchuang": "the lines for a stranger: tests/test_first_hour.py does them",
    "python3 -m venv": "the same",
    ".venv/bin/": "the same",
    "pipx install": "the same, for who has pipx",
    "py -m venv": "for Windows",
    ".venv\\Scripts\\": "for Windows",
    "sanchuang run 望川县/jobs.toml --as-known": "needs the snapshots of that night: tests/cli/test_as_known.py",
    "sanchuang desk": "serves until it is ended: tests/desk",
    "sanchuang province 各县/*": "many counties: tests/cli/test_province.py",
    "sanchuang catalogue 公开台账.xlsx": "a blank register says nothing: tests/cli/test_catalogue_command.py has one that is filled in",
    "python -m pip install": "fetches packages",
    "sanchuang ledger init --ledger postgresql:": "needs a server: tests/cli/test_server_command.py",
    "sanchuang ledger copy 台账.db postgresql:": "the same",
    "sanchuang init 望川县 --paid-through 2026-06 --ledger postgresql:": "the same",
    "pg_dump": "is the server's",
    "createdb": "is the server's",
    "pg_restore": "is the server's",
    "30 2 * * *": "a line of crontab: tests/cli/test_run_command.py runs it",
    "chgrp 工资组": "needs a group of the machine",
    "chmod 2770 .": "goes with the group",
    "chmod 660": "goes with the group",
}
"""What a line begins with that is not run, and why."""
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OF_COMMANDS = ("", "sh", "bat")
"""The languages of blocks of commands. Blocks of TOML and Python have tests of their own (test_documentation.py)."""
SPAN = re.compile(r"`(sanchuang [^`]+)`")
AN_OLD_HEAD = "65eed759f013c6b1…"
STATEMENT = ("交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要")


def lines(guide: str) -> list[str]:
    """The lines of the blocks of commands, without comments, continued lines as one."""
    found = BLOCK.findall((ROOT / guide).read_text("utf-8"))
    blocks = (body.replace("\\\n", " ") for language, body in found if language in OF_COMMANDS)
    every = (re.sub(r" +# .*$", "", line).strip() for body in blocks for line in body.splitlines())
    return [line for line in every if line]


def why_not(line: str) -> str:
    return next((why for begins, why in NOT_RUN.items() if line.startswith(begins)), "")


def of_a_readme(folder: Path) -> None:
    shutil.copytree(SAMPLES, folder / "data" / "samples", ignore=shutil.ignore_patterns("*.py", "results"))
    shutil.copy(SAMPLES / "orgs.xlsx", folder / "名册.xlsx")


def of_the_ledger(folder: Path) -> None:
    """The rosters, the list that June was paid by, a statement of the bank and the county's own dues."""
    run = run_in(folder)
    book(folder / "7月.xlsx", [cadre(0), cadre(1)], HEADINGS)
    june = ("subsidies", "7月.xlsx", "--period", "2026-06", "--policy", own_policy(folder, "subsidies"))
    assert run(*june, "--out", "6月花名册.xlsx", "-q").code == 0
    book(folder / "对账单.xlsx", [["2026-07-24", "", 500, 500, "财政局", "", "拨款"]], STATEMENT)
    members = (
        "上级党组织",
        "支部",
        "支部类型",
        "姓名",
        "身份证号",
        "缴费类别",
        "党费基数",
        "支部大会日期",
        "1月",
    )
    row = ["青禾镇", "机关党支部", "机关", "张建国", number(0), "在职", 3000, "1990-05-03", ""]
    book(folder / "名册.xlsx", [row], members, title="党费收缴名册")
    receipt = ["001", "张建国", "机关党支部", number(0), "2026-03-10", 15, ""]
    receipts = ("票号", "姓名", "支部", "身份证号", "交纳日期", "交纳金额", "代交人")
    book(folder / "收据.xlsx", [receipt], receipts, title="党费收据")
    assert run("init", "望川县", "--paid-through", "2026-06").code == 0


def of_policies(folder: Path) -> None:
    shutil.copy(SAMPLES / "members.xlsx", folder / "名册.xlsx")


def of_checking(folder: Path) -> None:
    """Two documents of subsidies, and one file with two editions."""
    of_policies(folder)
    shutil.copy(SAMPLES / "orgs.xlsx", folder / "党组织.xlsx")
    spells = [["张建国", number(0), "1980-01", "1996-12", "书记"]]
    book(folder / "任职经历.xlsx", spells, ("姓名", "身份证号", "任职起", "任职止", "职务"), title="任职经历")
    jurong = source("subsidies", "jurong-2018")[1].decode()
    (folder / "旧办法.toml").write_bytes(source("subsidies", None)[1])
    (folder / "新办法.toml").write_text(jurong, "utf-8")
    (folder / "本县.toml").write_text(
        jurong + jurong.replace("effective = 2018-07-01", "effective = 2026-01-01"), "utf-8"
    )


def of_the_catalogue(folder: Path) -> None:
    asked = ("subsidies", SAMPLES / "members.xlsx", "--period", "2026Q2", "-q", "--out", "结果/补贴.xlsx")
    (folder / "结果").mkdir()
    assert run_in(folder)(*asked).code == 1


def of_nothing(folder: Path) -> None:
    """Its commands need nothing."""


PREPARED: dict[str, Callable[[Path], None]] = {
    "README.md": of_a_readme,
    "docs/ledger.md": of_the_ledger,
    "docs/policies.md": of_policies,
    "docs/policies/checking.md": of_checking,
    "docs/policies/catalogue.md": of_the_catalogue,
    "docs/province.md": of_nothing,
}
COMMANDS = {guide: [line for line in lines(guide) if not why_not(line)] for guide in GUIDES}
SAID_TWICE = {"README.zh-CN.md", "docs/ledger.zh-CN.md", "docs/province.zh-CN.md"}
"""Guides whose commands are those of the same guide in English: tests/test_guides_in_two_languages.py holds them to it."""
ENDS = (0, 1)
"""A run that set rows aside ends with 1, as it should."""


def test_the_guides_that_have_commands_are_those_that_are_prepared_for() -> None:
    assert {guide for guide, commands in COMMANDS.items() if commands} == PREPARED.keys() | SAID_TWICE


@pytest.mark.parametrize("guide", PREPARED)
def test_every_command_of_a_guide_runs_as_it_stands_there(guide: str, tmp_path: Path) -> None:
    PREPARED[guide](tmp_path)
    for line in COMMANDS[guide]:
        assert line.startswith("sanchuang "), f"{guide}: {line} is neither run nor named with a reason"
        ran = run_line(line, tmp_path)
        assert ran.code in ENDS, f"{guide}: {line}\n{ran.err}"


def run_line(line: str, folder: Path) -> Ran:
    """Run a line as a shell would, with what `>` sends into a file. A head of an example stands for that of the ledger here."""
    if AN_OLD_HEAD in line:
        with opened(folder / "台账.db").reading() as connection:
            line = line.replace(AN_OLD_HEAD, head(connection)[:16])
    if " ledger upgrade " in line:
        folder = an_older_office(folder)
    words, _, into = line.partition(" > ")
    ran = run_in(folder)(*shlex.split(words)[1:], SANCHUANG_LEDGER="台账.db")
    if into:
        (folder / into.strip()).write_text(ran.out, "utf-8")
    return ran


def an_older_office(folder: Path) -> Path:
    """A folder with a ledger of an earlier version."""
    older = folder / "旧"
    older.mkdir()
    ledger = unpacked("2", "open", older)
    Path(f"{ledger}.batches").rename(older / "台账.db.batches")
    ledger.rename(older / "台账.db")
    return older


def test_every_line_that_is_not_run_is_there_to_be_left_out() -> None:
    every = [line for guide in GUIDES for line in lines(guide)]
    assert [begins for begins in NOT_RUN if not any(line.startswith(begins) for line in every)] == []


def known(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the words name, and the words behind its name."""
    command = built()
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words[0]]
        words = words[1:]
    return command, words


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_in_sentences_and_tables_have_the_names_and_options_of_the_program(guide: str) -> None:
    wrong = []
    for span in SPAN.findall((ROOT / guide).read_text("utf-8")):
        words = " ".join(span.split()).replace("\\|", "|").split(" ")[1:]
        if words[0] in ("…", "...") or words[0].startswith("-"):
            continue
        command, rest = known([word for one in words for word in one.split("|")[:1]])
        if command is built():
            wrong.append(f"{span}: no such command")
            continue
        options = {
            name for param in getattr(command, "params", ()) for name in (*param.opts, *param.secondary_opts)
        }
        used = {
            re.sub(r"[=，。…].*", "", word)
            for word in re.findall(r"(?<!\S)\[?(--[a-z][a-z-]*)", " ".join(rest))
        }
        wrong += [f"{span}: no {option}" for option in sorted(used - options - {"--help"})]
    assert wrong == []
