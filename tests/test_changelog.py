"""The changelog goes by release, the newest first with its day, and marks each change of a figure."""

import re
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
MARK = "- **changes a figure** "


def releases() -> list[tuple[tuple[int, ...], date]]:
    """The versions, each with the day of its release. Every heading of the second level is one."""
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    found = [re.fullmatch(r"(\d+(?:\.\d+)+) \((\d{4}-\d\d-\d\d)\)", heading) for heading in headings]
    return [(tuple(map(int, one[1].split("."))), date.fromisoformat(one[2])) for one in found if one]


def versions() -> list[tuple[int, ...]]:
    return [version for version, _ in releases()]


def test_every_version_is_a_release_with_its_day_and_none_is_older_than_the_one_before() -> None:
    assert len(releases()) == len(re.findall("^## ", CHANGELOG, re.MULTILINE))
    days = [day for _, day in releases()]
    assert days == sorted(days, reverse=True)


def test_the_newest_version_is_the_packages_and_the_others_follow() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert versions()[0] == tuple(map(int, project["version"].split(".")))
    assert versions() == sorted(set(versions()), reverse=True)


def test_what_changes_a_figure_is_marked_and_stands_apart_from_what_does_not() -> None:
    for section in re.split(r"^###? ", CHANGELOG, flags=re.MULTILINE)[1:]:
        title, *lines = section.splitlines()
        items = [line for line in lines if line.startswith("- ")]
        marked = [line for line in items if line.startswith(MARK)]
        assert marked == (items if title.startswith("What changes a figure") else []), title
