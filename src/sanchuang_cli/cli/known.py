"""The rosters that `check`, `merge` and `inspect` know by name, and how their books are opened."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.roster.schema import Wanted

ROSTERS = {
    "members": ("subsidies", "members"),
    "orgs": ("rate", "organisations"),
}
"""--as: the programme that reads the roster, and its name there. Offered once the programme is on the list."""


def offered() -> dict[str, tuple[str, str]]:
    listed = {programme.name for programme in PROGRAMMES}
    return {name: at for name, at in ROSTERS.items() if at[0] in listed}


def wanted(name: str | None, policy: str | None) -> Mapping[str, Wanted[Any]]:
    """The roster called `name`, or all of them, with the columns of the policy. Raises UserError."""
    known = offered()
    if name is not None and name not in known:
        raise UserError(f"--as 不认识“{name}”。可用的有：{'、'.join(known)}。")
    if policy and name is None and len(known) > 1:
        raise UserError("--policy 要和 --as 一起用，才知道是哪一种名册的政策。")
    return {one: _with_policy(*known[one], policy) for one in ([name] if name else known)}


def _with_policy(programme: str, roster: str, policy: str | None) -> Wanted[Any]:
    listed = next(one for one in PROGRAMMES if one.name == programme).load()
    edition = load(listed.policy, *source(programme, policy)).editions[-1]
    return replace(listed.reads[roster], more=listed.policy_columns(edition).get(roster, ()))


def passwords(path: Path | None) -> list[str]:
    """One a line. Raises UserError when the file cannot be read."""
    if path is None:
        return []
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line]
    except (OSError, UnicodeDecodeError):
        raise UserError(f"密码文件 {path} 读不出。请核对 --password-file 的路径，文件存成 UTF-8。") from None
