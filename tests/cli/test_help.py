"""`--help` is in Chinese and complete on a narrow terminal."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len

from sanchuang_cli.cli.app import built
from tests.command import Sanchuang


def commands(group: Any, *before: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it."""
    yield before, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *before, name)


ALL = dict(commands(built()))


@pytest.mark.parametrize("words", [(), ("subsidies",), ("ledger",), ("batch", "propose"), ("policy", "show")])
def test_the_help_is_whole_on_a_narrow_screen(words: tuple[str, ...], sanchuang: Sanchuang) -> None:
    command = ALL[words]
    ran = sanchuang(*words, "--help", COLUMNS="60")
    assert ran.code == 0
    assert max(cell_len(line) for line in ran.out.splitlines()) <= 60
    seen = re.sub(r"\s", "", ran.out)
    helps = [command.help, *(param.help for param in command.params)]
    helps += [subcommand.help for subcommand in getattr(command, "commands", {}).values()]
    ours = [text for text in helps if text and not re.match("(Install|Show) completion", text)]
    assert [text for text in ours if re.sub(r"\s", "", text) not in seen] == []
    assert re.findall("Usage|Options|Arguments|Commands|completion for|default|required|…。", ran.out) == []


def test_every_command_and_every_word_of_it_says_what_it_is_for() -> None:
    assert len(ALL) > 20
    silent = [words for words, command in ALL.items() if not command.help]
    silent += [(*words, p.name) for words, command in ALL.items() for p in command.params if not p.help]
    assert silent == []


def test_an_option_says_what_it_is_when_it_is_not_given_and_what_stands_for_it(sanchuang: Sanchuang) -> None:
    output = sanchuang("batch", "propose", "--help").out
    assert re.search(
        r"--ledger … +台账文件，或数据库地址（postgresql://…）。（必填；也可设环境变量 SANCHUANG_LEDGER）",
        output,
    )
    assert re.search(r"--by … .*（不写是\s+benefit）", sanchuang("ledger", "balance", "--help").out)
    words = "".join(sanchuang("subsidies", "--help").out.split())
    assert "不写用县的设置里的，没有就用generic。" in words


@pytest.mark.parametrize("words", [(), ("ledger",)])
def test_without_a_command_the_help_is_shown(words: tuple[str, ...], sanchuang: Sanchuang) -> None:
    ran = sanchuang(*words)
    assert (ran.code, ran.err) == (2, "错误：没有写要做什么，用法见上。\n")
    assert ran.out.startswith(f"用法：{' '.join(('sanchuang', *words))}")
