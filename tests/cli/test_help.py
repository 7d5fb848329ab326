"""`--help` is Chinese, and says everything on a narrow screen."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command

from sanchuang_cli.cli.app import app
from tests.command import Sanchuang


def commands(group: Any, *before: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it."""
    yield before, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *before, name)


ALL = dict(commands(get_command(app)))


@pytest.mark.parametrize("words", [(), ("subsidies",), ("ledger",), ("batch", "propose"), ("policy", "show")])
def test_the_help_is_whole_on_a_narrow_screen(words: tuple[str, ...], sanchuang: Sanchuang) -> None:
    command = ALL[words]
    told = sanchuang(*words, "--help", COLUMNS="60")
    assert told.code == 0
    assert max(cell_len(line) for line in told.out.splitlines()) <= 60
    seen = re.sub(r"\s", "", told.out)
    helps = [command.help, *(param.help for param in command.params)]
    helps += [one.help for one in getattr(command, "commands", {}).values()]
    own = [said for said in helps if said and not re.match("(Install|Show) completion", said)]
    assert [said for said in own if re.sub(r"\s", "", said) not in seen] == []
    assert re.findall("Usage|Options|Arguments|Commands|completion for|default|required|…。", told.out) == []


def test_every_command_and_every_word_of_it_says_what_it_is_for() -> None:
    assert len(ALL) > 20
    silent = [words for words, command in ALL.items() if not command.help]
    silent += [(*words, p.name) for words, command in ALL.items() for p in command.params if not p.help]
    assert silent == []


def test_an_option_says_what_it_is_when_it_is_not_given_and_what_stands_for_it(sanchuang: Sanchuang) -> None:
    told = sanchuang("batch", "propose", "--help").out
    assert re.search(r"--ledger … +台账文件。（必填；也可设环境变量 SANCHUANG_LEDGER）", told)
    assert re.search(r"--by … .*（不写是\s+benefit）", sanchuang("ledger", "balance", "--help").out)
    words = "".join(sanchuang("subsidies", "--help").out.split())
    assert "不写用县的设置里的，没有就用generic。" in words


@pytest.mark.parametrize("words", [(), ("ledger",)])
def test_without_a_command_the_help_is_shown(words: tuple[str, ...], sanchuang: Sanchuang) -> None:
    told = sanchuang(*words)
    assert (told.code, told.err) == (2, "错误：没有写要做什么，用法见上。\n")
    assert told.out.startswith(f"用法：{' '.join(('sanchuang', *words))}")
