"""wild/04 and wild/32: a row struck through, remarks and a comment that say somebody is dead or no longer paid."""

import json

import pytest

from tests.command import Sanchuang
from tests.wild import wild


@pytest.mark.parametrize(
    ("folder", "name", "rows", "paid"),
    [
        ("04-struck-out", "struck-out.xlsx", {4}, 4),
        ("32-remark-says-dead", "remark.xlsx", {3, 4, 5, 6}, 1),
        ("32-remark-says-dead", "comment.xlsx", {4}, 2),
    ],
)
@pytest.mark.parametrize("command", ["check", "subsidies"])
def test_each_such_row_is_set_aside_and_named(
    sanchuang: Sanchuang, command: str, folder: str, name: str, rows: set[int], paid: int
) -> None:
    words = ["--period", "2026Q2"] if command == "subsidies" else ["--as", "members"]
    ran = sanchuang(command, wild(folder) / name, *words, "--json")
    told = {finding["row"] for finding in json.loads(ran.out)["findings"] if finding["severity"] == "error"}
    assert (ran.code, told) == (1, rows)
    everybody = paid + len(rows)
    what = f"发放 {paid} + 不予发放 0" if command == "subsidies" else f"采用 {paid}"
    assert f"守恒：读取 {everybody} = {what} + 待核实 {len(rows)}" in ran.err
