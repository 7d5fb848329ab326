"""What is filled in on the desk becomes words of the command line, each in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.cli.app import built
from sanchuang_cli.desk.work import CHECK, PASSWORD, WORKS, Given, Work, asked_on_the_page, returning, words
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES

COMMANDS = built().commands
VALUES = {"text": "2026", "choice": "rate", "tick": "1"}


def all_filled_in(work: Work) -> Given:
    """Something in every field of a page."""
    return Given(
        {asking.name: VALUES[asking.kind] for asking in work.asks if asking.kind in VALUES},
        {asking.name: [f"{asking.folder}/甲 乙.xlsx"] for asking in work.asks if asking.folder},
    )


def parsed(said: list[str]) -> dict[str, object]:
    """What the command line makes of the words, by the names of its options; it ends where it cannot."""
    command = COMMANDS[said[0]]
    given: dict[str, object] = command.make_context(said[0], said[1:]).params
    return given


def test_every_programme_can_be_chosen_and_so_can_check_due_and_report() -> None:
    chosen = {"check", *(entry.name for entry in (*PROGRAMMES, *OVER_RESULTS))} - {"person"}
    assert set(WORKS) == chosen, "person records who has looked somebody up, and stays on the command line"


@pytest.mark.parametrize("work", WORKS.values(), ids=list(WORKS))
def test_the_command_takes_everything_that_its_page_asks_for(work: Work) -> None:
    taken = parsed(words(work, all_filled_in(work)))
    assert taken["books"] == [f"{work.books.folder}/甲 乙.xlsx"]
    options = {name for name, value in taken.items() if value}
    asked = {asking.name for asking in work.asks} - {"pack", PASSWORD.name}
    assert asked | ({"return_to"} if work is CHECK else set()) == options


@pytest.mark.parametrize("work", WORKS.values(), ids=list(WORKS))
def test_a_page_that_is_left_blank_asks_for_nothing(work: Work) -> None:
    said = words(work, Given({}, {"books": ["名册/a.xlsx"]}))
    assert said == [work.command, "名册/a.xlsx", *(["--return=退回修改"] if work is CHECK else [])]


@given(
    st.text(min_size=1),
    st.sampled_from([work for work in WORKS.values() if "period" in {a.name for a in work.asks}]),
)
def test_no_value_becomes_an_option_or_a_further_word(value: str, work: Work) -> None:
    taken = parsed(words(work, Given({"period": value}, {"books": ["名册/a.xlsx"]})))
    assert taken["period"] == value
    assert taken["books"] == ["名册/a.xlsx"]


def test_a_countys_own_policy_goes_before_a_shipped_one() -> None:
    filled = Given({"pack": "m3-quota"}, {"books": ["名册/a.xlsx"], "policy": ["政策/本县.toml"]})
    assert words(WORKS["rate"], filled)[-1] == "--policy=政策/本县.toml"


def test_what_goes_back_is_checked_by_the_rules_of_the_run() -> None:
    earlier = Given({"period": "2026Q2"}, {"books": ["名册/a.xlsx"], "screen": ["核查/b.xlsx"]})
    said = words(CHECK, returning(WORKS["subsidies"], earlier))
    assert said == [
        "check", "名册/a.xlsx", "--for=subsidies", "--period=2026Q2", "--screen=核查/b.xlsx", "--return=退回修改",
    ]  # fmt: skip


def test_an_option_that_a_message_names_is_told_by_what_the_page_calls_it() -> None:
    message = "有密码。请用 --password-file 给出；核对 --period。不用 --previous，也没有 --ledger。"
    assert [asking.name for asking in asked_on_the_page(message, WORKS["rate"])] == [
        "period",
        "previous",
        "password",
    ]


def test_the_command_line_does_not_load_the_server_before_the_desk_is_opened() -> None:
    import subprocess
    import sys

    script = "import sys, sanchuang_cli.cli.app; print({'starlette', 'uvicorn', 'anyio', 'jinja2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
