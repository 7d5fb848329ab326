"""What is installed is what was looked at: files by their hash, parts by their licence."""

import re

import pytest
from tools import supply

from tests.command import ROOT

PINS, HASHED, RUN, BUILD = (ROOT / f"requirements{part}.txt" for part in ("", "-hashes", "-run", "-build"))
ALLOWED = {
    "Apache Software License",
    "Apache-2.0",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC License (ISCL)",
    "MIT",
    "MIT License",
    "MIT-0",
    "PSF-2.0",
}
"""Licences that let a county run, change and pass on the program and ask for no more than to be named."""


def test_the_pins_with_hashes_are_the_pins() -> None:
    plain = {name: version for name, (version, _) in supply.pinned(PINS).items()}
    hashed = {name: version for name, (version, _) in supply.pinned(HASHED).items()}
    assert hashed == plain, "a pin was added or changed: run `make hashes`"
    assert supply.pinned(RUN).items() <= supply.pinned(HASHED).items()


@pytest.mark.parametrize("file", [HASHED, RUN, BUILD], ids=lambda file: file.stem)
def test_every_pin_names_the_hash_of_each_file_that_may_be_installed(file: object) -> None:
    path = ROOT / str(file)
    pins = supply.pinned(path)
    lines = re.findall(r"^[^\s#].*==", path.read_text("utf-8"), re.M)
    assert len(pins) == len(lines) > 0
    assert [name for name, (_, hashes) in pins.items() if not hashes] == []


def test_what_builds_is_pinned_at_one_version_with_what_runs() -> None:
    build, runs = supply.pinned(BUILD), supply.pinned(HASHED)
    asked = set(re.findall(r"^\w+", (ROOT / "requirements-build.in").read_text("utf-8"), re.M))
    assert asked <= build.keys()
    assert {name: build[name] for name in build.keys() & runs.keys()} == {
        name: runs[name] for name in build.keys() & runs.keys()
    }


@pytest.mark.parametrize("file", [PINS, HASHED, RUN, BUILD], ids=lambda file: file.stem)
def test_no_file_of_pins_says_where_packages_come_from(file: object) -> None:
    text = (ROOT / str(file)).read_text("utf-8")
    assert not re.search(r"://|^-|@ ", text, re.M)


def test_make_installs_nothing_without_its_hash() -> None:
    recipes = (ROOT / "Makefile").read_text("utf-8").replace("$(HASHED)", "$(INSTALL) --require-hashes")
    made = [recipes.split(f"\n$({goal}):")[1].split("\n\n")[0] for goal in ("INSTALLED", "READY")]
    installs = [line for recipe in made for line in recipe.splitlines() if "$(INSTALL)" in line]
    assert len(installs) == 4
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)
    ours = [line for line in installs if "--no-deps" in line]
    assert len(ours) == 1 and "--no-build-isolation" in ours[0] and "--editable ." in ours[0]


@pytest.mark.parametrize("name", supply.parts())
def test_every_part_that_the_program_runs_with_has_a_licence_that_is_allowed(name: str) -> None:
    said = supply.licence(supply.parts()[name])
    any_of = re.split(r" OR ", said)
    assert ALLOWED & set(any_of), f"{name}: {said!r}"


def test_a_bill_of_materials_keeps_what_runs_and_leaves_out_what_only_tests() -> None:
    def component(name: str) -> dict[str, str]:
        return {"name": name, "bom-ref": f"{name}==1"}

    whole = {
        "metadata": {"component": component(supply.OURS)},
        "components": [component("typer"), component("pytest"), component("et_xmlfile")],
        "dependencies": [
            {"ref": f"{supply.OURS}==1", "dependsOn": ["pytest==1", "typer==1"]},
            {"ref": "pytest==1", "dependsOn": []},
            {"ref": "typer==1"},
        ],
    }
    bill = supply.bill(whole)
    assert [one["name"] for one in bill["components"]] == ["typer", "et_xmlfile"]
    assert bill["dependencies"] == [
        {"ref": f"{supply.OURS}==1", "dependsOn": ["typer==1"]},
        {"ref": "typer==1", "dependsOn": []},
    ]
