"""Each key of a policy says in Chinese what it means, beside the key, and `policy schema` prints it."""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from tools import keys

import sanchuang_cli
from sanchuang_cli.policy import Policy, Rule, schema
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES
from sanchuang_cli.programmes.rate.policy import RatePolicy
from tests.command import Sanchuang

CHINESE = re.compile("[\u4e00-\u9fff]")
AWAITED: tuple[str, ...] = ()
"""Modules whose keys have no meaning beside them yet. The tuple only ever gets shorter."""


def blocks(base: type[Rule] = Rule) -> Iterator[type[Rule]]:
    """Every block of a policy that the source defines, whether or not a programme has it."""
    for block in base.__subclasses__():
        if block.__module__.startswith("sanchuang_cli.") and not block.__module__.startswith(AWAITED):
            yield block
        yield from blocks(block)


def imported() -> None:
    for module in pkgutil.walk_packages(sanchuang_cli.__path__, "sanchuang_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_every_key_of_a_policy_says_in_chinese_what_it_means() -> None:
    imported()
    silent = {
        f"{block.__module__}.{block.__name__}.{key}"
        for block in blocks()
        for key, field in block.model_fields.items()
        if not CHINESE.search(field.description or "")
    }
    assert not silent


def test_every_block_that_a_file_can_have_has_a_chinese_title_of_its_own() -> None:
    imported()
    named = [block for block in blocks() if block is not Policy and not block.__name__.startswith("_")]
    untitled = {
        block.__name__ for block in named if not CHINESE.search(block.model_config.get("title") or "")
    }
    borrowed = {
        block.__name__
        for block in named
        for parent in block.__mro__[1:]
        if issubclass(parent, Rule) and block.model_config.get("title") == parent.model_config.get("title")
    }
    assert not untitled | borrowed


def test_the_schema_speaks_chinese_and_nothing_of_what_is_said_to_developers() -> None:
    described = schema(RatePolicy)
    every = [described, *described["$defs"].values()]
    keys = [key for block in every for key in block["properties"].values()]
    assert len(every) > 20
    assert all(CHINESE.search(block["title"]) and "description" not in block for block in every)
    assert all(CHINESE.search(key["description"]) and "title" not in key for key in keys)


def test_the_page_of_keys_is_what_the_source_says() -> None:
    page = (Path(__file__).parents[1] / "docs" / "policy-keys.md").read_text("utf-8")
    assert page == keys.document() + "\n", "run `make keys`"


def test_the_page_of_keys_has_every_key_of_every_block() -> None:
    imported()
    page = keys.document()
    silent = {
        f"{block.__name__}.{key}"
        for block in blocks()
        if block is not Policy and not block.__name__.startswith("_")
        for key, field in block.model_fields.items()
        if not any(key in programme.__annotations__ for programme in block.__subclasses__())  # says it anew
        if not re.search(rf"\| `{key}` \|[^\n]*\| {re.escape(field.description or '')} \|", page)
    }
    assert not silent


def test_policy_schema_prints_the_meaning_of_each_key(sanchuang: Sanchuang) -> None:
    for programme in (*PROGRAMMES, *OVER_RESULTS):
        printed = json.loads(sanchuang("policy", "schema", programme.name).out)
        assert printed == json.loads(json.dumps(schema(programme.load().policy)))
        assert printed["properties"]["effective"]["description"] == "施行日期：从这一天起按这一版"
