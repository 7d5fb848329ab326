"""A key or a word of a policy that got a better name is still known by its old one, and means the same."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import Field

from sanchuang_cli import policy
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Policy, Rule
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.command import Sanchuang
from tests.goldens.written import dumped
from tests.members import roster

FIRST = {
    r"\bways\b( = \[)": r"limbs\1",
    r'\bby = "ways"': 'by = "limbs"',
    r"\bdiscounted\b": "folded",
    r"\bgap_months\b": "bridge_months",
    r"\bgaps\b": "bridged_months",
    r'\bstart = "fulfilled"': 'start = "age"',
}
"""What each renamed key or word was called first."""
OF_THE_FILE = ("政策文件 SHA-256", "结果摘要")
"""Lines of 来源 that go by the bytes of the policy file, and so differ where its names do."""


def in_first_names(text: str) -> str:
    for today, first in FIRST.items():
        text = re.sub(today, first, text)
    return text


def shipped(pack: str) -> str:
    """A shipped policy; the figure that a county has to fill in is filled in."""
    _, content = policy.source("subsidies", pack)
    return content.decode().replace(
        "\nvalues = []", "\nvalues = [{ effective = 1990-01-01, amount = 18000 }]"
    )


RENAMED = [pack for pack in policy.packs("subsidies") if in_first_names(shipped(pack)) != shipped(pack)]


def test_some_shipped_policies_have_renamed_keys() -> None:
    assert {"subsidies", "either-or-2020"} <= {*RENAMED}


@pytest.mark.parametrize("pack", RENAMED)
def test_the_first_names_and_those_of_today_give_the_same_pages(
    sanchuang: Sanchuang, tmp_path: Path, pack: str
) -> None:
    roster(tmp_path, "全县.xlsx")

    def pages(text: str, folder: str) -> list[str]:
        (tmp_path / folder).mkdir()
        file, result = tmp_path / folder / "县.toml", tmp_path / folder / "结果.xlsx"
        file.write_text(text, "utf-8")
        asked = ("全县.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--policy", str(file))
        ran = sanchuang("subsidies", *asked, "--out", str(result))
        lines = f"{ran.code}\n{dumped(result)}".splitlines()
        return [line for line in lines if not line.startswith(OF_THE_FILE)]

    assert pages(shipped(pack), "今") == pages(in_first_names(shipped(pack)), "旧")


@pytest.mark.parametrize("pack", RENAMED)
def test_the_first_names_say_the_same_so_that_the_mark_of_an_edition_stays(pack: str) -> None:
    today = policy.load(Subsidies, "县.toml", shipped(pack).encode())
    first = policy.load(Subsidies, "县.toml", in_first_names(shipped(pack)).encode())
    assert first.editions == today.editions
    assert first.marks == today.marks
    assert first.renamed and not today.renamed


class Step(Rule):
    """A block with a renamed key and a renamed word."""

    former_keys: ClassVar[Mapping[str, str]] = {"amt": "yuan"}
    former_values: ClassVar[Mapping[str, Mapping[str, str]]] = {"pays": {"yearly": "year"}}

    yuan: int
    pays: str = "month"
    others: dict[str, int] = Field(default_factory=dict)


class Steps(Policy):
    """A policy that has them."""

    step: tuple[Step, ...]


def read(*steps: str) -> policy.PolicyFile[Steps]:
    head = '[[edition]]\ntitle = "甲"\ndocument = "乙"\neffective = 2026-01-01\n'
    return policy.load(Steps, "县.toml", (head + f"step = [{', '.join(steps)}]\n").encode())


def test_an_old_name_is_read_as_the_one_of_today_and_noted_once() -> None:
    file = read('{ amt = 1, pays = "yearly" }', "{ amt = 2 }")
    assert [(step.yuan, step.pays) for step in file.editions[0].step] == [(1, "year"), (2, "month")]
    assert file.renamed == (
        "“amt”现在写“yuan”，意思一样；旧写法照样认，可以不改",
        'pays = "yearly" 现在写 pays = "year"，意思一样；旧写法照样认，可以不改',
    )


def test_the_mark_is_that_of_the_first_names_whichever_are_written() -> None:
    assert read('{ amt = 1, pays = "yearly" }').marks == read('{ yuan = 1, pays = "year" }').marks
    assert read("{ amt = 1 }").marks != read("{ amt = 2 }").marks


def test_what_a_county_names_itself_is_never_renamed() -> None:
    file = read('{ yuan = 1, pays = "amt", others = { amt = 3 } }')
    assert file.editions[0].step[0].others == {"amt": 3}
    assert not file.renamed


def test_a_key_written_by_both_names_is_a_mistake() -> None:
    with pytest.raises(UserError, match=r"第1项\.amt：不认识的键"):
        read("{ amt = 1, yuan = 2 }")


def test_a_mistake_beside_an_old_name_is_told_with_the_name_of_today() -> None:
    with pytest.raises(UserError, match=r"(?s)第1项\.yuan：应是整数.*“amt”现在写“yuan”"):
        read('{ amt = "一" }')


def test_policy_check_notes_an_old_name_and_finds_no_fault_in_it(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    (tmp_path / "旧.toml").write_text(in_first_names(shipped("either-or-2020")), "utf-8")
    ran = sanchuang("policy", "check", "subsidies", "旧.toml")
    assert ran.code == 0
    assert "说明：“limbs”现在写“ways”，意思一样；旧写法照样认，可以不改。" in ran.out
    assert '说明：by = "limbs" 现在写 by = "ways"' in ran.out
    assert "没有错误" in ran.out


def test_every_old_name_is_one_that_no_key_of_its_block_has_today() -> None:
    def blocks(base: type[Rule]) -> set[type[Rule]]:
        return {base, *(found for child in base.__subclasses__() for found in blocks(child))}

    for block in blocks(Rule):
        assert not block.former_keys.keys() & block.model_fields.keys()
        assert {*block.former_keys.values(), *block.former_values} <= block.model_fields.keys()
