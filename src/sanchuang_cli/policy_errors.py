"""Tells the writer of a policy file what is wrong with it: where, what, and how to mend it.

This is the only place where the words of pydantic and tomllib become Chinese. It reads no file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process


def meant(word: str, known: Mapping[str, object] | Sequence[str]) -> str:
    """Return a suggestion in brackets (是不是…？); "" if no known word is similar."""
    nearest = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=50)
    return f"（是不是“{nearest[0]}”？）" if nearest else ""


_COMPLAINTS = {
    "missing": "缺这一项，必须写明",
    "string_too_short": "不能空着",
    "dict_type": '应是数字，或按职务写成 { "书记" = 485 }',
    "decimal_type": "应是数字",
    "decimal_parsing": "应是数字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "string_type": "应是文字，写在引号里",
    "tuple_type": "应是列表 [ … ]",
    "date_type": "应是日期，写成 2012-06-02",
    "date_from_datetime_parsing": "应是日期，写成 2012-06-02",
    "model_type": "应是一节 [ … ] 的内容",
}


def complaints(model: type[BaseModel], block: Any, invalid: ValidationError) -> Iterator[str]:
    """Return everything that is wrong with a block, each thing once.

    A list that seems empty only because one of its items is wrong is not reported. Nor is it reported that a
    table should have been a number, if something in the table is wrong.
    """
    errors = invalid.errors()
    paths = [_path(error["loc"]) for error in errors]
    seen: set[str] = set()
    for error, path in zip(errors, paths, strict=True):
        loc = error["loc"]
        within = any(other.startswith(f"{path}.") for other in paths)
        table = isinstance(error["input"], dict)
        if (within and (error["type"] == "too_short" or table)) or (
            path in seen and error["type"] == "dict_type"
        ):
            continue
        seen.add(path)
        yield _among(block, loc) + _complaint(model, error, path)


def _path(loc: tuple[str | int, ...]) -> str:
    """Write amount.第1项.tier.第2项.each. The names that pydantic gives to ways of reading a value are left
    out."""
    parts = [f"第{part + 1}项" if isinstance(part, int) else part for part in loc]
    return ".".join(part for part in parts if "[" not in part)


def _among(block: Any, loc: tuple[str | int, ...]) -> str:
    """Return the names of the items that lead there: 〔离任村干部生活补贴·健在〕."""
    names = []
    for part in loc:
        try:
            block = block[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, int) and isinstance(block, dict) and isinstance(block.get("name"), str):
            names.append(block["name"])
    return f"〔{'·'.join(names)}〕" if names else ""


def _complaint(model: type[BaseModel], error: Any, path: str) -> str:
    """Write one pydantic error as `键路径：什么不对（是不是…？）`."""
    kind = error["type"]
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        return (
            f"{path}：不认识的键{_elsewhere(model, key) or meant(key, _fields_at(model, error['loc'][:-1]))}"
        )
    if kind == "literal_error":
        value = str(error["input"])
        allowed = [word.strip("'\" ") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return f"{path}：值“{value}”不认识{meant(value, allowed)}，只能是 {'、'.join(allowed)}"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        allowed = error["ctx"].get("expected_tags", "").replace("'", "").split(", ")
        key, tag = error["ctx"]["discriminator"].strip("'"), error["ctx"].get("tag", "")
        if not tag:
            return f"{path}：缺 {key}（是哪一种）"
        return f"{path}.{key}：值“{tag}”不认识{meant(tag, allowed)}，只能是 {'、'.join(allowed)}"
    if kind == "value_error":
        return f"{path}：{error['ctx']['error']}" if path else str(error["ctx"]["error"])
    if kind.startswith(("greater_than", "less_than")):
        bound = next(iter(error["ctx"].values()))
        words = {
            "greater_than": "大于",
            "greater_than_equal": "不小于",
            "less_than": "小于",
            "less_than_equal": "不大于",
        }
        return f"{path}：{error['input']} 越界，应{words[kind]} {bound}"
    if kind == "too_short":
        return f"{path}：至少要写 {error['ctx']['min_length']} 项"
    written = error["input"]
    if kind == "tuple_type" and isinstance(written, dict):
        return f"{path}：可以有好几个，要写成双括号 [[…]]"
    if kind.startswith("model") and isinstance(written, list):
        return f"{path}：只有一个，要写成单括号 […]"
    now = "" if kind == "missing" or isinstance(written, dict | list) else f"（现为 {written}）"
    return f"{path}：{_COMPLAINTS.get(kind, error['msg'])}{now}"


def _fields_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a block at `path` may have, following models through tuples, mappings and
    unions."""
    candidates: list[Any] = [model]
    for part in path:
        following: list[Any] = []
        for candidate in candidates:
            if (
                isinstance(candidate, type)
                and issubclass(candidate, BaseModel)
                and part in candidate.model_fields
            ):
                following += models_in(candidate.model_fields[str(part)].annotation)
        # An index into a list, or the tag of a union, does not change which blocks are possible.
        candidates = following or candidates
    return [name for candidate in candidates for name in candidate.model_fields]


_MOST_SECTIONS = 3


def _elsewhere(model: type[BaseModel], key: str) -> str:
    """Say in brackets where a misplaced key belongs; "" if it is no key, or one of so many sections that nobody knows."""
    homes = dict.fromkeys(_homes(model, key))
    return f"（“{key}”要写在 {'，或 '.join(homes)}）" if 0 < len(homes) <= _MOST_SECTIONS else ""


def _homes(
    model: type[BaseModel], key: str, path: str = "edition", above: tuple[Any, ...] = ()
) -> Iterator[str]:
    if key in model.model_fields:
        yield f"{path if above else '[[edition]]'} {'里' if above else '的各小节以前'}"
    for name, known in model.model_fields.items():
        within, several = f"{path.strip('[]')}.{name}", get_origin(known.annotation) is tuple
        for block in models_in(known.annotation):
            if block not in above:
                yield from _homes(block, key, f"[[{within}]]" if several else f"[{within}]", (*above, block))


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the blocks that a key of this type may have: one, a list of them, or one of several kinds."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return [annotation] if issubclass(annotation, BaseModel) else []
    if get_origin(annotation) in (Union, UnionType, tuple, list, dict) or get_args(annotation):
        return [found for argument in get_args(annotation) for found in models_in(argument)]
    return []


_SYNTAX = (
    (re.compile('^(?:[^"]|"")*"(?!")[^"]*$'), "英文双引号不成对：文字的两头各要一个英文的双引号，“”不算"),
    (re.compile("[“”‘’]"), "引号要用英文的双引号"),
    (re.compile("[，＝｛｝［］：＃]"), "标点要用英文的（半角）"),
    (
        re.compile(r"[{,]\s*[^\s\"{,=]*[^\x00-\x7f\"][^\"{,=]*="),
        '中文的键要加英文双引号，如 { "书记" = 485 }',
    ),
    (re.compile(r"^\s*[^\s\"#=\[]*[^\x00-\x7f\"]+[^\"=]*="), "中文的键要加英文双引号"),
    (re.compile(r"=\s*\d{4}[-/.年]\d"), "日期写成 2021-01-01，月、日要有这一天"),
    (re.compile(r"=\s*\d[\d,]*,\d{3}"), "数字里不加逗号，写成 1050"),
    (re.compile(r"=\s*\d+\s*/\s*\d+"), '分数要加英文双引号，写成 "1/3"'),
    (re.compile(r"\{[^}]*$"), "{ … } 里的内容要写在一行"),
    (re.compile(r"=\s*[^\s\"\d\[{tf'+-]"), "文字要放在英文双引号里"),
)
"""Common mistakes in TOML: how the line looks, and how to mend it. The first that fits is reported."""


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _outside_quotes(line: str) -> str:
    """Return a line without what stands in quotation marks and without its comment, because the mistake is
    not in there."""
    return _QUOTED.sub('""', line).partition("#")[0]


def syntax_complaint(trouble: str, text: str) -> str:
    """Return a sentence about the line at which, as `trouble` says, reading stopped."""
    position = re.search(r"at line (\d+), column (\d+)", trouble)
    lines = text.splitlines()
    number = min(int(position[1]), len(lines)) if position else len(lines)
    line = lines[number - 1] if lines else ""
    if "overwrite" in trouble or "twice" in trouble or "Cannot declare" in trouble:
        return f"第 {number} 行：“{line.strip()}”与前面的重复了；要“再来一个”的用双括号 [[…]]。"
    before = lines[number - 2] if number > 1 else ""
    suspects = [line] if line.strip() else []
    if re.search(r"\{[^}]*$", _outside_quotes(before)):
        suspects.insert(0, before)
    for suspect in suspects:
        for looks, mend in _SYNTAX:
            if looks.search(_outside_quotes(suspect)):
                return f"第 {number} 行：“{suspect.strip()}”。{mend}。"
    return f"第 {number} 行：“{line.strip()}”。请看这一行和上一行的括号、引号、等号是否成对、齐全。"
