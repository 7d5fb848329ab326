"""A command over results that lies in the folder which it reads replaces what it wrote before, and nothing else."""

from pathlib import Path

import pytest

from tests.command import SAMPLES, Sanchuang, run_in

ON = ("--on", "2026-07-01")
COMMANDS = {"due": ("due", "."), "report": ("report", "."), "person": ("person", "董书记", ".")}


@pytest.fixture
def office(sanchuang: Sanchuang, tmp_path: Path) -> Sanchuang:
    """A folder with a result of subsidies."""
    paid = sanchuang(
        "subsidies",
        SAMPLES / "members.xlsx",
        "--period",
        "2026Q2",
        *ON[:1],
        "2026-06-30",
        "--out",
        "结果.xlsx",
    )
    assert paid.code == 1
    return sanchuang


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(("command", "named"), [(one, named) for one in COMMANDS for named in (True, False)])
def test_a_second_run_replaces_what_the_first_wrote_into_the_folder_that_it_reads(
    office: Sanchuang, tmp_path: Path, command: str, named: bool
) -> None:
    words = (*COMMANDS[command], *ON, *(("--out", "own.xlsx") if named else ()))
    before = there(tmp_path)
    assert office(*words).code in (0, 1)
    first = there(tmp_path)
    assert len(first) == len(before) + 1
    assert office(*words).code in (0, 1)
    assert there(tmp_path) == first


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_file_of_one_person_is_not_replaced_by_that_of_another(
    office: Sanchuang, tmp_path: Path, elsewhere: bool
) -> None:
    place = tmp_path / "档" if elsewhere else tmp_path
    place.mkdir(exist_ok=True)
    run = run_in(place)
    assert run("person", "董书记", tmp_path, *ON).code in (0, 1)
    first = there(place)
    assert run("person", "贾存折", tmp_path, *ON).code in (0, 1)
    assert there(place).items() > first.items()
    assert [name for name in there(place) if name.startswith("董书记（")]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_result_of_another_command_is_read_and_never_replaced(
    office: Sanchuang, tmp_path: Path, command: str
) -> None:
    before = there(tmp_path)
    ran = office(*COMMANDS[command], *ON, "--out", "结果.xlsx")
    assert "结果-2.xlsx" in ran.err
    assert there(tmp_path).items() >= before.items()


def test_a_result_of_its_own_that_is_named_is_told_to_be_none_of_what_counts(
    office: Sanchuang, tmp_path: Path
) -> None:
    assert office("due", ".", *ON, "--out", "own.xlsx").code in (0, 1)
    ran = office("due", "结果.xlsx", "own.xlsx", *ON, "--out", "other.xlsx")
    assert "own.xlsx" in ran.err + ran.out
