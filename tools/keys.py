"""docs/policy-keys.md, on the standard output: what each key of each policy means. `make keys` writes it.

All of it comes from `policy.schema`, which has the titles and meanings that stand beside the keys in the source. A block
without a Chinese title is left out with all that is in it: its keys do not say yet what they mean.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sanchuang_cli.domain.apportion import Sharing
from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.ballots.election import Election
from sanchuang_cli.domain.ballots.groups import Weights
from sanchuang_cli.domain.ballots.places import Placing
from sanchuang_cli.domain.ballots.points import Item, Ratios
from sanchuang_cli.domain.ballots.raters import BallotSheet, Marks, Trim
from sanchuang_cli.domain.ballots.voting import Vote
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.turns import Every
from sanchuang_cli.join import FromResult
from sanchuang_cli.policy import Rule, schema
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES
from sanchuang_cli.report.banklayout import BankLayout

SPARE: tuple[type[Rule], ...] = (
    *(Process, Every, Vote, Election, Marks, Weights, BallotSheet, Trim, Placing, Ratios, Item, Cap, Sharing),
    FromResult,
)
"""Blocks that a programme can have, and that no programme that is shipped has."""
INTRODUCTION = """\
# 政策文件的键：一览

每个键是什么意思、写什么、不写时怎样。由程序里写在键旁边的说明生成（`make keys`），与 `sanchuang policy schema 程序` 给编辑器的一样。
怎样从一份印出来的文件写成政策文件，见 [policies.md](policies.md)。

“数”写成 80、0.05，除不尽的写成 "1/3"；日期写成 2012-06-02，不加引号；文字加英文双引号。
单括号的节 `[…]` 写一个，双括号的节 `[[…]]` 可以写好几个；也可以写成 `键 = { … }` 和 `键 = [{ … }, { … }]`。"""
CHINESE = re.compile("[\u4e00-\u9fff]")
KINDS = {
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或 false",
    "number string": "数",
    "number": "数",
}
"""By the types of JSON Schema, what is written in the file."""

Schema = Mapping[str, Any]


class Block(NamedTuple):
    """A block of a policy: where it stands in the file, and its schema."""

    where: str
    schema: Schema


def document() -> str:
    """The whole page, without the last line end."""
    chapters = [INTRODUCTION]
    for programme in (*PROGRAMMES, *OVER_RESULTS):
        chapters += chapter(f"{programme.title}（`{programme.name}`）", programme.load().policy)
    chapters += chapter("银行代发格式（`--bank-format`）", BankLayout)
    seen = set[str]()
    spare = [text for rule in SPARE for text in tables(rule, "", seen)]
    chapters += ["## 程序可以取用的节", "自带的程序还没有用到；新的程序可以把它们放进自己的政策。", *spare]
    return "\n\n".join(chapters)


def chapter(heading: str, model: type[Rule]) -> list[str]:
    """A heading and the tables of a policy; nothing where its keys do not say what they mean."""
    made = list(tables(model, "edition", set()))
    return [f"## {heading}", *made] if made else []


def tables(model: type[Rule], root: str, seen: set[str]) -> Iterator[str]:
    """The table of each block of a model, in the order in which the blocks come in it. seen: the blocks that the chapter
    has already; each gets a table once."""
    described = schema(model)
    defined = described.get("$defs", {})
    for block in blocks(Block(f"[[{root}]]" if root else "", described), defined, seen):
        place = f" `{block.where}`" if block.where else ""
        yield f"### {block.schema['title']}{place}\n\n" + table(block.schema, defined)


def blocks(first: Block, defined: Mapping[str, Schema], seen: set[str]) -> Iterator[Block]:
    """A block, and those in it, each at the first place where it may stand."""
    waiting = [first]
    while waiting:
        where, described = block = waiting.pop(0)
        if not CHINESE.search(described["title"]):
            continue
        yield block
        inner: list[Block] = []
        for key, value in described["properties"].items():
            names = [name for name in referred(value) if name not in seen]
            seen.update(names)
            path = ".".join(filter(None, (where.strip("[]"), key)))
            place = f"[[{path}]]" if "items" in value else f"[{path}]"
            inner += [Block(place, defined[name]) for name in names]
        waiting = inner + waiting


def referred(value: Schema) -> list[str]:
    """The names of the blocks that a key may hold."""
    if "$ref" in value:
        return [value["$ref"].rpartition("/")[2]]
    within = [*value.get("anyOf", ()), *value.get("oneOf", ()), *filter(None, (value.get("items"),))]
    return [name for each in within for name in referred(each)]


def table(described: Schema, defined: Mapping[str, Schema]) -> str:
    """The keys of a block, one a line."""
    required = described.get("required", ())
    lines = ["| 键 | 写什么 | 不写时 | 意思 |", "|---|---|---|---|"]
    for key, value in described["properties"].items():
        unsaid = "必写" if key in required else default(value.get("default"))
        lines.append(f"| `{key}` | {kind(value, defined)} | {unsaid} | {value['description']} |")
    return "\n".join(lines)


def default(value: object) -> str:
    """What holds where the key is not written; a block of defaults is told by its meaning."""
    says = isinstance(value, str | int) and value != ""
    return f"`{json.dumps(value, ensure_ascii=False)}`" if says else "—"


def kind(value: Schema, defined: Mapping[str, Schema]) -> str:
    """What is written at a key."""
    if "const" in value:
        return f'`"{value["const"]}"`'
    if "enum" in value:
        return "、".join(f'`"{word}"`' for word in value["enum"])
    if names := referred(value):
        titles = "、".join(dict.fromkeys(defined[name]["title"] for name in names))
        return f"若干节：{titles}" if "items" in value else f"一节：{titles}"
    if "anyOf" in value:
        return "、".join(kind(each, defined) for each in value["anyOf"] if each.get("type") != "null")
    if "items" in value:
        return f"列表 `[…]`：{kind(value['items'], defined)}"
    if "additionalProperties" in value:
        return f'`{{ "…" = … }}`：{kind(value["additionalProperties"], defined)}'
    return _plain(value)


def _plain(value: Schema) -> str:
    if value.get("format") == "date":
        return "日期"
    types = value["type"]
    word = KINDS[types if isinstance(types, str) else " ".join(types)]
    low, high = value.get("minimum"), value.get("maximum")
    return word if types == "string" or low is None or high is None else f"{word}，{low} 至 {high}"


if __name__ == "__main__":
    print(document())  # noqa: T201  # what it is for
