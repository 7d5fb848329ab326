"""What the documents say: one TOML file of dated editions, read strictly.

A figure lives in the file with its clause; a typo in the file stops the run with the key, the edition and a
did-you-mean, and all that is wrong with the file is said at once. The hash is of the bytes that were read.
"""

import difflib
import hashlib
import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema

from sanchuang_cli.finding import UserError


def exact(value: object) -> Fraction:
    """A number as a policy may write it. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str | Fraction):
        raise ValueError(f"应是数字（现为 {value!r}）")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"应是数字或“1/3”这样的分数（现为 {value!r}）") from None


Exact = Annotated[Fraction, BeforeValidator(exact), WithJsonSchema({"type": ["number", "string"]})]
"""A number of a policy, kept exactly as the file writes it: 80, 0.05 or "1/3"."""


class Rule(BaseModel):
    """Base of every block of a policy: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Policy(Rule):
    """One dated edition of one document. Programmes add their own blocks."""

    title: str
    document: str
    effective: date
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


P = TypeVar("P", bound=Policy)


@dataclass(frozen=True)
class PolicyFile(Generic[P]):
    """The editions of one file, by date, with the name and hash that 来源 prints."""

    name: str
    sha256: str
    editions: tuple[P, ...]

    def on(self, day: date) -> P:
        """The edition in force on `day`. Raises UserError when none is."""
        in_force = [edition for edition in self.editions if edition.effective <= day]
        if not in_force:
            first = self.editions[0]
            raise UserError(
                f"政策 {self.name}：{day.isoformat()} 没有该期标准（最早的一版《{first.title}》自 {first.effective} 起施行）。"
                f"请换一个 --period，或在政策文件里补上这一时期的 [[edition]]。"
            )
        return in_force[-1]


def packs(programme: str) -> dict[str, str]:
    """Names of the policies shipped for a programme, the default first, each with its first edition's title."""
    root = resources.files("sanchuang_cli") / "policies"
    files = {programme: root / f"{programme}.toml"}
    folder = root / "packs" / programme
    if folder.is_dir():
        files |= {
            f.name.removesuffix(".toml"): f
            for f in sorted(folder.iterdir(), key=lambda f: f.name)
            if f.name.endswith(".toml")
        }
    return {name: tomllib.loads(f.read_text("utf-8"))["edition"][0]["title"] for name, f in files.items()}


def source(programme: str, name: str | None) -> tuple[str, bytes]:
    """The name and bytes of a policy: a file's path, a shipped pack's name, or the default. Raises UserError."""
    try:
        if name is not None and (name.endswith(".toml") or Path(name).is_file()):
            return Path(name).name, Path(name).read_bytes()
    except OSError as trouble:
        raise UserError(f"政策文件 {name} 打不开：{trouble.strerror}。请核对 --policy 的路径。") from None
    known = packs(programme)
    if name is not None and name not in known:
        raise UserError(
            f"没有名为“{name}”的政策{_meant(name, known)}。可用的有：{'、'.join(known)}；也可以给出一个 .toml 文件的路径。"
        )
    root = resources.files("sanchuang_cli") / "policies"
    path = (
        root / f"{programme}.toml"
        if name in (None, programme)
        else root / "packs" / programme / f"{name}.toml"
    )
    return name or programme, path.read_bytes()


def load(model: type[P], name: str, content: bytes) -> PolicyFile[P]:
    """Read editions of `model` from TOML bytes. Raises UserError that lists everything wrong."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise UserError(f"政策文件 {name} 不是 UTF-8 文本。请用“另存为”选 UTF-8 编码再存一次。") from None
    except tomllib.TOMLDecodeError as trouble:
        raise UserError(f"政策文件 {name} 不合 TOML 格式：{trouble}。") from None
    blocks = data.pop("edition", None)
    wrong = [f"顶层的键“{key}”不认识{_meant(key, ['edition'])}" for key in data]
    if not isinstance(blocks, list) or not blocks:
        raise UserError("\n".join([f"政策文件 {name}：没有 [[edition]]，一版规定也没有。", *wrong]))
    editions = []
    for number, block in enumerate(blocks, 1):
        try:
            editions.append(model.model_validate(block))
        except ValidationError as invalid:
            wrong += [f"第{number}版 {complaint(model, error)}" for error in invalid.errors()]
    for before, after in itertools.pairwise(editions):
        if before.effective >= after.effective:
            wrong.append(f"各版应按施行日期先后排列：{after.effective} 排在 {before.effective} 之后")
    if wrong:
        raise UserError("\n  ".join([f"政策文件 {name} 有 {len(wrong)} 处错误，什么都没有计算：", *wrong]))
    return PolicyFile(name, hashlib.sha256(content).hexdigest(), tuple(editions))


def _meant(word: str, known: Mapping[str, object] | list[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"（是不是“{close[0]}”？）" if close else ""


_COMPLAINTS = {
    "missing": "缺这一项，必须写明",
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
    "too_short": "至少要写一项",
    "string_too_short": "不能空着",
    "model_type": "应是一节 [ … ] 的内容",
}


def complaint(model: type[BaseModel], error: Any) -> str:
    """One pydantic error as `键路径：什么不对（是不是…？）`."""
    path = ".".join(f"第{part + 1}项" if isinstance(part, int) else part for part in error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        siblings = _fields_at(model, error["loc"][:-1])
        return f"{path}：不认识的键{_meant(str(error['loc'][-1]), siblings)}"
    if kind == "literal_error":
        value = str(error["input"])
        allowed = [word.strip("'\" ") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return f"{path}：值“{value}”不认识{_meant(value, allowed)}，只能是 {'、'.join(allowed)}"
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
    return (
        f"{path}：{_COMPLAINTS.get(kind, error['msg'])}（现为 {error['input']!r}）"
        if kind != "missing"
        else f"{path}：{_COMPLAINTS[kind]}"
    )


def _fields_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys a block at `path` may have: follows models through tuples, mappings and unions."""
    candidates: list[Any] = [model]
    for part in path:
        following: list[Any] = []
        for candidate in candidates:
            if (
                isinstance(candidate, type)
                and issubclass(candidate, BaseModel)
                and part in candidate.model_fields
            ):
                following += _models_in(candidate.model_fields[str(part)].annotation)
        # an index into a list, or the tag of a union, leaves the candidates as they are
        candidates = following or candidates
    return [name for candidate in candidates for name in candidate.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return [annotation] if issubclass(annotation, BaseModel) else []
    if get_origin(annotation) in (Union, UnionType, tuple, list, dict) or get_args(annotation):
        return [found for argument in get_args(annotation) for found in _models_in(argument)]
    return []
