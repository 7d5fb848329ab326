"""Every option is declared once, and a command shows the options that its programme can use and no others."""

from collections import Counter

import pytest
import typer

from sanchuang_cli.cli.app import built
from sanchuang_cli.cli.asked import NEEDED_FOR, RUN, Asked, asking, option_of
from sanchuang_cli.cli.known_rosters import offered
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from tests.command import Sanchuang


def shown(entry: ListedProgramme) -> set[str]:
    return {param.name for param in built().commands[entry.name].params if param.name != "help"}


@pytest.mark.parametrize("entry", PROGRAMMES, ids=lambda entry: entry.name)
def test_what_a_programme_is_listed_for_is_what_it_can_do(entry: ListedProgramme) -> None:
    programme = entry.load()
    assert ("previous" in entry.can) == (programme.previous is not None)
    assert ("screen" in entry.can) == (programme.screen is not None)
    assert ("pays" in entry.can) == programme.pays
    assert ("joins" in entry.can) == bool(programme.joins)
    assert programme.name == entry.name


@pytest.mark.parametrize("entry", PROGRAMMES, ids=lambda entry: entry.name)
def test_a_programme_shows_the_options_it_can_use_and_no_other(entry: ListedProgramme) -> None:
    assert shown(entry) == {name for name in RUN if name not in NEEDED_FOR or NEEDED_FOR[name] & entry.can}


@pytest.mark.parametrize("entry", PROGRAMMES, ids=lambda entry: entry.name)
def test_an_option_that_a_programme_has_no_use_for_is_said_to_be_so(
    entry: ListedProgramme, sanchuang: Sanchuang
) -> None:
    for name in set(RUN) - shown(entry):
        ran = sanchuang(entry.name, "名册.xlsx", option_of(name), "x")
        assert (ran.code, ran.err.splitlines()[0]) == (
            2,
            f"错误：{entry.name} 用不着 {option_of(name)}，请去掉。",
        )


def test_within_a_command_no_option_stands_for_two_things() -> None:
    taken = Counter(filter(None, map(option_of, RUN)))
    assert max(taken.values()) == 1


def test_what_is_not_given_is_as_asked_says() -> None:
    got: list[Asked] = []

    def perform(asked: Asked) -> int:
        got.append(asked)
        return 0

    with pytest.raises(typer.Exit):
        asking(perform, RUN)(books=["a.xlsx"], screen=None, reason="")
    assert got == [Asked(books=["a.xlsx"])]


def test_every_roster_that_can_be_asked_for_is_a_programmes_main_one() -> None:
    for name, entry in offered().items():
        assert entry.roster == name
        assert set(entry.load().mains) <= entry.load().reads.keys()
