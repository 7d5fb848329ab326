"""The help is in English where the words or the environment say so; all else stays Chinese."""

import re

import pytest
from rich.cells import cell_len

from sanchuang_cli.cli import helping
from sanchuang_cli.cli.language import english
from tests.cli.test_help import ALL
from tests.command import SAMPLES, Sanchuang

ENGLISH = {"LC_ALL": "en_US.UTF-8"}
OF_THE_HELP = {
    "用法：", "[选项]", "命令 …", "参数：", "命令：", "选项：", "（{}）", "；", "必填", "不写是 {}", "也可设环境变量 {}"
}  # fmt: skip
"""What helping.py prints around the texts of the commands."""


def texts() -> set[str]:
    """Every Chinese text that a help shows, as it stands in the code."""
    of_typer = {"install_completion", "show_completion", "help"}
    params = [param for command in ALL.values() for param in command.params]
    arguments = [param for param in params if param.param_type_name == "argument"]
    said = [" ".join((command.help or "").split()) for command in ALL.values()]
    said += [command.epilog for command in ALL.values() if command.epilog]
    said += [param.help for param in params if param.name not in of_typer]
    said += [argument.metavar for argument in arguments]
    return {*said, *helping._OF_THE_LIBRARY.values(), *OF_THE_HELP}


def test_every_text_of_the_help_has_its_english_words_and_no_english_words_are_nobody_s() -> None:
    table = english()
    assert sorted(texts() - table.keys()) == [], "these lack their line in cli/english.toml"
    assert sorted(table.keys() - texts()) == [], "these lines of cli/english.toml are no text of the help"
    assert [
        text for text, words in table.items() if not words.strip() or re.search("[。，；：（]", words)
    ] == []
    assert [text for text, words in table.items() if text.count("{}") != words.count("{}")] == []


@pytest.mark.parametrize("words", [(), ("subsidies",), ("batch", "propose"), ("policy", "check")])
def test_the_english_help_is_whole_on_a_narrow_screen(words: tuple[str, ...], sanchuang: Sanchuang) -> None:
    ran = sanchuang("--lang", "en", *words, "--help", COLUMNS="60")
    assert ran.code == 0 and max(cell_len(line) for line in ran.out.splitlines()) <= 60
    command, seen = ALL[words], "".join(ran.out.split())
    helps = [command.help, command.epilog, *(param.help for param in command.params)]
    said = [english()[text] for text in helps if text in english()]
    assert len(said) >= len(command.params)
    assert [text for text in said if "".join(text.split()) not in seen] == []
    assert re.findall("[选项命令参数用法必填]{2}|[。，；：]", ran.out) == []


def test_what_the_english_help_of_two_commands_looks_like(sanchuang: Sanchuang) -> None:
    top = sanchuang("--help", "--lang=en", COLUMNS="110").out.splitlines()
    assert [line.rstrip() for line in top[:8]] == [
        "Usage: sanchuang [OPTIONS] COMMAND …",
        "",
        "Rosters for the organisation department of a county: reads what the townships send, works out what the",
        "documents say, writes sheets that can be signed.",
        "",
        "Commands:",
        "  rate         Grades and stars of party organisations: reads the rosters, gives stars and grades, lists which",
        "               are to be put in order.",
    ]
    shown = sanchuang("ledger", "show", "--help", COLUMNS="110", **ENGLISH).out
    assert [line.rstrip() for line in shown.rstrip().splitlines()] == [
        "Usage: sanchuang ledger show [OPTIONS] PERSON",
        "",
        "All entries of one person.",
        "",
        "Arguments:",
        "  PERSON  Name, the last four of the identity number, or both with a space between and quoted; or the whole",
        "          number.",
        "",
        "Options:",
        "  --ledger …  The file of the ledger, or the address of a database (postgresql://…). (required; or set the",
        "              environment variable SANCHUANG_LEDGER)",
        "  --help      Show this help.",
    ]


@pytest.mark.parametrize(
    ("environment", "words", "first"),
    [
        ({"LC_ALL": "", "LANG": ""}, (), "用法"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, (), "用法"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_GB.UTF-8"}, (), "Usage"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, (), "用法"),
        (ENGLISH, (), "Usage"),
        (ENGLISH, ("--lang", "zh"), "用法"),
        ({"LC_ALL": "zh_CN.UTF-8"}, ("--lang=en",), "Usage"),
    ],
)
def test_the_words_decide_the_language_and_then_the_environment(
    environment: dict[str, str], words: tuple[str, ...], first: str, sanchuang: Sanchuang
) -> None:
    for said in ((*words, "rate", "--help"), ("rate", *words, "--help"), ("rate", "--help", *words)):
        assert sanchuang(*said, **environment).out.startswith(first)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--lang", "fr", "--help"), "--lang 后面写 zh（中文）或 en（英文），不是 fr。"),
        (("rate", "--lang"), "--lang 后面写 zh（中文）或 en（英文）。"),
    ],
)
def test_another_language_is_refused(words: tuple[str, ...], message: str, sanchuang: Sanchuang) -> None:
    ran = sanchuang(*words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"错误：{message}\n")


def test_what_a_run_says_and_writes_is_the_same_in_either_language(sanchuang: Sanchuang) -> None:
    said = ("rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--on", "2026-11-01", "--json")
    assert sanchuang(*said, **ENGLISH) == sanchuang(*said) == sanchuang("--lang", "en", *said)
