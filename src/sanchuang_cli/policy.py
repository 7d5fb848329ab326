"""Reads what the documents say: one TOML file with dated editions, read strictly.

It knows no programme: each programme gives its own model of an edition. A figure lives in the file together
with its clause. A typing error stops the run with the key, the edition and a suggestion, and everything wrong
with the file is reported at once. The hash is that of the bytes that were read.
"""

import hashlib
import itertools
import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.kind import narrow
from sanchuang_cli.money import fen
from sanchuang_cli.period import Period
from sanchuang_cli.policy_errors import complaints, meant, models_in, syntax_complaint

_DIGITS = 12
"""A number with more digits before or after its point is a typing error."""
_NUMBER = re.compile(rf"[-+]?\d{{1,{_DIGITS}}}(\.\d{{1,{_DIGITS}}}|/[1-9]\d{{0,{_DIGITS - 1}}})?")


def exact(value: object) -> Fraction:
    """Return a number that a policy may contain. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str | Fraction):
        raise ValueError(f"应是数字（现为 {value!r}）")
    written = str(value).strip()
    if isinstance(value, Decimal) and -_DIGITS <= value.adjusted() <= _DIGITS:
        written = f"{value:f}"
    if not _NUMBER.fullmatch(written):
        raise ValueError(f"应是数字（小数点前后都不超过{_DIGITS}位）或“1/3”这样的分数（现为 {value}）")
    return Fraction(written)


Exact = Annotated[Fraction, BeforeValidator(exact), WithJsonSchema({"type": ["number", "string"]})]
"""A number of a policy, kept exactly as the file writes it: 80, 0.05 or "1/3"."""

NotNegative = Annotated[Exact, Field(ge=0)]
"""Such a number, not below zero: a standard, a cap."""


def whole_fen(yuan: Fraction) -> Fraction:
    """Return a sum of a policy. Raises ValueError if it is not a whole number of fen."""
    fen(yuan)
    return yuan


Yuan = Annotated[Exact, Field(ge=0), AfterValidator(whole_fen)]
"""A sum in yuan, not below zero and of whole fen: a standard, a cap."""

Number = Annotated[int, Field(ge=1, le=999)]
"""A number of at least one."""

Count = Annotated[int, Field(ge=0, le=999)]
"""A number of years, months or times."""

Citation = Annotated[str, Field(description="依据：文件第几条、怎么说的；印在结果里")]
"""The clause of the document on which a block is based."""


class Rule(BaseModel):
    """The base of every block of a policy. Unknown keys are errors, and values never change.

    A block says in Chinese what it is (`class Sharing(Rule, title="分配办法")`) and what each of its keys
    means (`Field(description="…")`). The clerk who writes the file reads that; it is said nowhere else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    decides: ClassVar[bool] = True
    """Whether a result could be another without the block; not of what is only printed or shared out."""
    former_keys: ClassVar[Mapping[str, str]] = {}
    """The old names of keys of this block. A file may keep an old name for ever."""
    former_values: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    """The old forms of the words that a key may have, by key."""
    synonyms: ClassVar[tuple[str, ...]] = ()
    """The keys with the other words that mean a block of this kind, beside its name."""

    @model_validator(mode="after")
    def _words_mean_one_thing(self) -> Self:
        """Of blocks that a word of a roster may mean, each word means one: else the order in the file would decide."""
        for key in type(self).model_fields:
            blocks = getattr(self, key)
            if not (
                isinstance(blocks, tuple) and blocks and isinstance(blocks[0], Rule) and blocks[0].synonyms
            ):
                continue
            words = Counter(itertools.chain.from_iterable(map(_words, blocks)))
            if twice := "、".join(word for word, times in words.items() if times > 1):
                raise ValueError(f"{key} 里“{twice}”写了两次：一种写法只能指一样")
        return self


def _words(block: Any) -> set[str]:
    """All that mean a block, as they are compared with what a roster writes."""
    said = [getattr(block, key) for key in ("name", *block.synonyms)]
    return {narrow(word) for each in said for word in ([each] if isinstance(each, str) else each)}


class PrintedFigures(Rule, title="印的一个分项"):
    """Figures that a document prints side by side; those that are not printed are left out."""

    decides = False

    name: str = Field(description="名称，如“经费测算”“书记”；印在检查结果里")
    people: int | None = Field(default=None, ge=0, description="印的人数（评星的写个数）")
    each_month: Yuan | None = Field(default=None, description="印的每人每月多少元")
    each_year: Yuan | None = Field(default=None, description="印的每人每年多少元")
    month: Yuan | None = Field(default=None, description="印的每月合计，元")
    year: Yuan | None = Field(default=None, description="印的全年合计，元")


class Printed(PrintedFigures, title="文件里印的数和例子"):
    """What a document prints as examples and totals: `policy check` proves or refutes it, and no rule goes by it."""

    clause: Citation
    benefit: str = Field(default="", description="说的是哪一项，写它的名称；不写是各项一起")
    months: Number = Field(default=12, description="year 印的是几个月的数；不写是 12")
    words: dict[str, str] = Field(
        default_factory=dict,
        description='同一个数文件里又用大写或“万元”写的，如 { year = "叁拾万元整" }；键是上面的键',
    )
    parts: tuple[PrintedFigures, ...] = Field(default=(), description="印的分项，相加应等于总的数")
    period: str = Field(default="", description="例子算的是哪个期间，如 2026-06")
    row: dict[str, str] = Field(
        default_factory=dict,
        description='例子里的人或组织：名册的列名和填的内容；没有身份证号的写 "性别" 和 "出生日期"',
    )
    pays: Yuan | None = Field(default=None, description="例子里这个期间一共发多少元；0 是不发")
    stars: Count | None = Field(default=None, description="例子里评几星")
    grade: str | None = Field(default=None, description="例子里定什么等次")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        results = {"pays", "stars", "grade"} & self.model_fields_set
        if bool(self.row) != bool(results) or (results and not self.period):
            raise ValueError("例子要写全：period（期间）、row（人或组织），和 pays、stars、grade 里的结果")
        if unknown := sorted(self.words.keys() - self.figures.keys()):
            raise ValueError(f"words 的“{'、'.join(unknown)}”没有对应的数，可以写 {'、'.join(self.figures)}")
        return self

    @property
    def figures(self) -> Mapping[str, Fraction]:
        """What is printed, by key."""
        return figures_of(self)


def figures_of(printed: PrintedFigures) -> dict[str, Fraction]:
    """The figures of a block that are printed, by key."""
    keys = ("people", "each_month", "each_year", "month", "year")
    return {key: Fraction(value) for key in keys if (value := getattr(printed, key)) is not None}


class Policy(Rule):
    """One dated edition of one document. Programmes add their own blocks and a title."""

    title: str = Field(description="文件名称")
    document: str = Field(description="发文机关、文号和标题；印在结果的依据里")
    effective: date = Field(description="施行日期：从这一天起按这一版")
    example: bool = Field(
        default=False, description="true 是样本，不是本县的文件，公示只能出样张；改成本县的就删去这一行"
    )
    sources: tuple[str, ...] = Field(default=(), description="文件从哪里来，给核对的人看；不影响计算")
    remarks: tuple[str, ...] = Field(default=(), description="文件没有写明、由人定的取值；不影响计算")

    printed: tuple[Printed, ...] = Field(
        default=(), description="文件里印的数和例子：policy check 逐条验算；不影响计算"
    )

    def pays_between(self, benefit: str) -> "tuple[Fraction | None, Fraction | None]":
        """The least and the most yuan a year that it pays somebody, of a benefit or of any; None where nobody can tell."""
        return None, None

    def spelt_out(self) -> tuple[str, ...]:
        """Say what an edition means where its file leaves something to a default, one line each; for `policy
        check`."""
        return ()

    @classmethod
    def at_odds(cls, editions: "Sequence[Any]") -> list[str]:
        """Return what the editions of one file say that cannot all be meant."""
        return []


P = TypeVar("P", bound=Policy, covariant=True)
M = TypeVar("M", bound=Policy)


@dataclass(frozen=True)
class PolicyFile(Generic[P]):
    """The editions of one file, by date, with the name and hash that 来源 prints.

    marks: by the day from which each edition is in force, a short hash of everything that rules go by (not of
    sources, remarks and example). While it stays the same, the edition says the same. It is empty if the
    editions were not read from a file. renamed: the old names that the file uses, each with its present name.
    """

    name: str
    sha256: str
    editions: tuple[P, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    renamed: tuple[str, ...] = ()

    def on(self, day: date) -> P:
        """Return the edition in force on `day`. Raises UserError if there is none."""
        if (edition := self.in_force(day)) is None:
            first = self.editions[0]
            raise UserError(
                f"政策 {self.name}：{day.isoformat()} 没有该期标准（最早的一版《{first.title}》自 {first.effective} 起施行）。"
                f"请换一个 --period，或在政策文件里补上这一时期的 [[edition]]。"
            )
        return edition

    def in_force(self, day: date) -> P | None:
        """Return the edition in force on `day`; None if there is none yet."""
        return next((edition for edition in reversed(self.editions) if edition.effective <= day), None)

    def during(self, period: Period) -> tuple[P, ...]:
        """Return the editions in force on any day of the period, the oldest first. The last is in force at
        its end."""
        return self.between(period.first, period.last)

    def between(self, first: date, last: date) -> tuple[P, ...]:
        """Return the editions in force on any day from `first` to `last`, the oldest first."""
        begun = [edition for edition in self.editions if edition.effective <= last]
        before = [edition for edition in begun if edition.effective <= first]
        return tuple(before[-1:] + begun[len(before) :])

    def by_month(self, period: Period) -> tuple[P, ...]:
        """Return the editions in force on the first day of any month of the period, the oldest first."""
        firsts = [month.first for month in period.each_month()]
        return tuple(one for one in self.editions if any(self.in_force(day) is one for day in firsts))


def schema(model: type[Rule]) -> dict[str, Any]:
    """The JSON Schema of a block or of one edition, for editors and for docs/policy-keys.md.

    It has the Chinese title of each block and the Chinese description of each key. Docstrings, and the titles
    that pydantic makes of keys, are English and are left out: they are for developers.
    """
    described = model.model_json_schema()
    for block in (described, *described.get("$defs", {}).values()):
        block.pop("description", None)
        for key in block.get("properties", {}).values():
            key.pop("title", None)
    return described


@cache
def packs(programme: str) -> dict[str, str]:
    """Return the names of the policies shipped for a programme, the default first, each with the title of its
    first edition."""
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
    """Return the name and bytes of a policy: of a file by its path, of a shipped pack by its name, or the
    default. Raises UserError."""
    try:
        if name is not None and (name.endswith(".toml") or Path(name).is_file()):
            return Path(name).name, Path(name).read_bytes()
    except FileNotFoundError:
        raise UserError(f"政策文件 {name} 打不开：没有这个文件。请核对 --policy 的路径。") from None
    except OSError as trouble:
        raise UserError(f"政策文件 {name} 打不开：{reason(trouble)}。请核对 --policy 的路径。") from None
    root = resources.files("sanchuang_cli") / "policies"
    if name in (None, programme):
        return programme, (root / f"{programme}.toml").read_bytes()
    known = packs(programme)
    if name not in known:
        raise UserError(
            f"没有名为“{name}”的政策{meant(name, known)}。可用的有：{'、'.join(known)}；也可以给出一个 .toml 文件的路径。"
        )
    return name, (root / "packs" / programme / f"{name}.toml").read_bytes()


@cache
def shipped(model: type[M], programme: str) -> tuple[M, ...]:
    """The editions of a programme's default policy, for a policy that must not fall short of them."""
    blocks = tomllib.loads(source(programme, None)[1].decode("utf-8"), parse_float=Decimal)["edition"]
    return tuple(model.model_validate(block) for block in blocks)


@lru_cache(maxsize=64)
def load(model: type[P], name: str, content: bytes) -> PolicyFile[P]:
    """Read editions of `model` from TOML bytes. Raises UserError with everything that is wrong.

    What was read is kept, for a night of jobs reads the same policies again and again.
    """
    try:
        text = content.decode("utf-8-sig")
        data = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        raise UserError(f"政策文件 {name} 不是 UTF-8 文本。请用“另存为”选 UTF-8 编码再存一次。") from None
    except tomllib.TOMLDecodeError as trouble:
        raise UserError(f"政策文件 {name} 不合 TOML 格式，{syntax_complaint(str(trouble), text)}") from None
    except (ValueError, RecursionError):  # numbers too long for int(), and lists too deep for Python's stack
        raise UserError(
            f"政策文件 {name} 读不进来：有一个数字长得离谱，或者括号套了太多层。请核对后重试。"
        ) from None
    blocks = data.pop("edition", None)
    wrong = [f"顶层的键“{key}”不认识{meant(key, ['edition'])}" for key in data]
    if isinstance(blocks, dict):
        wrong.append("一版规定要写成双括号 [[edition]]，不是 [edition]")
    if not isinstance(blocks, list) or not blocks:
        raise UserError("\n".join([f"政策文件 {name}：没有 [[edition]]，一版规定也没有。", *wrong]))
    editions, renamed = [], dict[str, None]()
    for number, block in enumerate(_spelt(model, blocks, renamed), 1):
        try:
            editions.append(model.model_validate(block))
        except ValidationError as invalid:
            wrong += [f"第{number}版 {said}" for said in complaints(model, block, invalid)]
    for before, after in itertools.pairwise(editions):
        if before.effective == after.effective:
            wrong.append(f"有两版都从 {after.effective} 起施行：新文件写它自己的施行日期，同一文件合成一版")
        elif before.effective > after.effective:
            wrong.append(f"各版应按施行日期先后排列：{after.effective} 排在 {before.effective} 之后")
    wrong += model.at_odds(editions) if not wrong else []
    if wrong:
        headline = f"政策文件 {name} 有 {len(wrong)} 处错误，什么都没有计算："
        raise UserError("\n  ".join([headline, *wrong, *renamed]))
    # A mark goes by the first names, so that a result of an earlier version still knows what its policy said.
    first = _spelt(model, blocks, {}, back=True)
    marks = {str(edition.effective): _mark(block) for edition, block in zip(editions, first, strict=True)}
    return PolicyFile(name, hashlib.sha256(content).hexdigest(), tuple(editions), marks, tuple(renamed))


def _spelt(model: type[Rule], written: Any, renamed: dict[str, None], back: bool = False) -> Any:
    """Return what a file says with today's names (or, if `back`, with the first names). Each old name is
    added to `renamed`."""
    if isinstance(written, list):
        return [_spelt(model, block, renamed, back) for block in written]
    if not isinstance(written, dict) or not _ever_renamed(model):
        return written
    spelt: dict[str, Any] = {}
    for key, value in written.items():
        name = model.former_keys.get(key, key)
        if (
            name != key and name in written
        ):  # both names are written: the old one is reported as an unknown key
            name = key
        for block in _blocks_of(model).get(name, ()):
            value = _spelt(block, value, renamed, back)
        words = model.former_values.get(name, {})
        word = words.get(value, value) if isinstance(value, str) else value
        if name != key:
            renamed[f"“{key}”现在写“{name}”，意思一样；旧写法照样认，可以不改"] = None
        if word != value:
            renamed[f'{name} = "{value}" 现在写 {name} = "{word}"，意思一样；旧写法照样认，可以不改'] = None
        spelt[_first(model.former_keys, name) if back else name] = _first(words, word) if back else word
    return spelt


@cache
def _blocks_of(model: type[Rule]) -> dict[str, list[type[Rule]]]:
    """Return the blocks that each key may have."""
    return {
        name: [block for block in models_in(known.annotation) if issubclass(block, Rule)]
        for name, known in model.model_fields.items()
    }


@cache
def _ever_renamed(model: type[Rule]) -> bool:
    """Return whether anything in the block, or in a block of it, has had another name. Most never have."""
    within = {block for blocks in _blocks_of(model).values() for block in blocks}
    return bool(model.former_keys or model.former_values) or any(map(_ever_renamed, within))


def _first(former: Mapping[str, str], name: Any) -> Any:
    """Return the first name that something had."""
    return next((old for old, today in former.items() if today == name), name)


_UNSAID = frozenset({"sources", "remarks", "example", "printed"})
"""What an edition says about itself; no rule uses it."""
_MARK = 12
"""The characters of an edition's mark."""


def _mark(block: Mapping[str, object]) -> str:
    said = {key: value for key, value in block.items() if key not in _UNSAID}
    told = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK]
