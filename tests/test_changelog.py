"""The changelog goes by version, the newest first, and marks each change of a figure."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
MARK = "- **changes a figure** "


def versions() -> list[tuple[int, ...]]:
    headings = re.findall(r"^## (\d+(?:\.\d+)+) \(", CHANGELOG, re.MULTILINE)
    return [tuple(map(int, version.split("."))) for version in headings]


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
