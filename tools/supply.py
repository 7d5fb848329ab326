"""What the program is made of, read from what is installed: `python -m tools.supply` prints every part with its licence.

`make sbom` runs it with a file: a bill of materials of the whole environment goes in, that of the program's own parts comes
out. Only installed metadata is read, so that what is told is what really runs.
"""

import json
import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "sanchuang-cli"
_LICENCE = "License :: OSI Approved :: "


def parts() -> dict[str, Distribution]:
    """The program and everything that it needs to run, by name: none of what only tests and builds need."""
    found: dict[str, Distribution] = {}
    wanted = [OURS]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name not in found:
            found[name] = distribution(name)
            wanted += _needed(found[name])
    return dict(sorted(found.items()))


def _needed(part: Distribution) -> list[str]:
    requirements = map(Requirement, part.requires or ())
    return [one.name for one in requirements if one.marker is None or one.marker.evaluate({"extra": ""})]


def licence(part: Distribution) -> str:
    """The licence as the part's own metadata names it: the expression, or the classifier, or the free words; "" if none."""
    said: Any = part.metadata  # a Message, which the stubs do not say
    classifiers = [
        line.removeprefix(_LICENCE) for line in said.get_all("Classifier") or () if line.startswith(_LICENCE)
    ]
    return said.get("License-Expression") or " / ".join(classifiers) or said.get("License") or ""


def pinned(file: Path) -> dict[str, tuple[str, int]]:
    """The version that a file of pins asks for, and how many hashes it accepts, by the name of the package."""
    pins = re.findall(
        r"^([\w.-]+)==(\S+)(?: ; [^\\\n]*[^\\\n ])?((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$",
        file.read_text("utf-8"),
        re.M,
    )
    return {canonicalize_name(name): (version, hashes.count("sha256:")) for name, version, hashes in pins}


def bill(whole: dict[str, Any]) -> dict[str, Any]:
    """A CycloneDX bill without the components, and what depends on them, that the program runs without."""
    ours = parts()
    kept = [one for one in whole["components"] if canonicalize_name(one["name"]) in ours]
    references = {one["bom-ref"] for one in kept} | {whole["metadata"]["component"]["bom-ref"]}
    edges = [
        one | {"dependsOn": [other for other in one.get("dependsOn", ()) if other in references]}
        for one in whole.get("dependencies", ())
        if one["ref"] in references
    ]
    return whole | {"components": kept, "dependencies": edges}


if __name__ == "__main__":
    for file in map(Path, sys.argv[1:]):
        file.write_text(json.dumps(bill(json.loads(file.read_text("utf-8"))), indent=2) + "\n", "utf-8")
    for part in parts().values():
        sys.stdout.write(f"{part.name}\t{part.version}\t{licence(part)}\n")
