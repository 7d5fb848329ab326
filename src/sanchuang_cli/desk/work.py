"""What may be chosen on the desk, what each choice asks for, and the words of the command line that it comes to.

It knows the list of programmes and reads nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, ListedProgramme
from sanchuang_cli.roster.paths import BOOKS as BOOKS_END

RETURNED = "退回修改"
"""The folder for copies and letters that go back to the townships."""
_TOML = frozenset({".toml"})
_ALWAYS = ("due", "report")


class Asking(NamedTuple):
    """One thing that a page asks for.

    name: of the field. option: where it goes on the command line, "" for the books themselves. folder: where its files are
    put. endings: of the files that it takes. first: it is asked in view of everybody, else under 更多.
    """

    name: str
    label: str
    hint: str
    option: str
    kind: Literal["text", "file", "files", "choice", "tick", "secret"] = "text"
    folder: str = ""
    first: bool = False
    endings: frozenset[str] = BOOKS_END


BOOKS = Asking("books", "名册", "可以一次放多个", "", "files", "名册", first=True)
RESULTS = Asking("books", "结果工作簿", "各项工作写出的结果，可以一次放多个", "", "files", "结果", first=True)
PURPOSE = Asking(
    "purpose",
    "按哪项工作查",
    "不选，只查名册本身的毛病；选了，再列出那项工作会待核实的",
    "--for",
    "choice",
    first=True,
)
PERIOD = Asking(
    "period",
    "期间",
    "如 2026（年）、2026H1（半年）、2026Q2（季度）、2026-04（月）；不填是",
    "--period",
    first=True,
)
PREVIOUS = Asking(
    "previous",
    "上一期的结果",
    "本程序上一期写出的工作簿，没有改动过的",
    "--previous",
    "file",
    "上一期",
    first=True,
)
SCREEN = Asking(
    "screen", "核查名单", "死亡、录用等名单，可以一次放多个", "--screen", "files", "核查", first=True
)
JOINED = Asking(
    "results",
    "所用的别的结果",
    "另一项工作写出的工作簿，可以一次放多个",
    "--result",
    "files",
    "别的结果",
    first=True,
)
PACK = Asking("pack", "自带的政策", "都是样本，不是您本县的规定", "--policy", "choice")
POLICY = Asking(
    "policy", "本县的政策文件", ".toml 文件；放了就用它", "--policy", "file", "政策", endings=_TOML
)
ON = Asking(
    "on", "判定日", "按哪一天判断年龄、空缺等，写成 2026-06-30；不填是期间最后一天，还没到就是今天", "--on"
)
PROFILE = Asking("profile", "县的设置", "county.toml", "--profile", "file", "设置", endings=_TOML)
COLUMNS = Asking(
    "columns", "列对照文件", "列标题分不清时用，.toml 文件", "--columns", "file", "列对照", endings=_TOML
)
DETAILS = Asking("details", "明细页也写出", "", "--details", "tick")

PASSWORD = Asking(
    "password",
    "名册的密码",
    "名册加了密码才填，每行一个；只用这一次，不记下来",
    "--password-file",
    "secret",
)
"""It goes to the run in its environment, never on the command line, and is not kept with what was filled in."""

MORE = (PASSWORD, ON, PROFILE, COLUMNS)


@dataclass(frozen=True)
class Work:
    """Something that can be done. command: the first word on the command line. asks: what its page asks for, in that order."""

    command: str
    title: str
    help: str
    asks: tuple[Asking, ...]

    @property
    def books(self) -> Asking:
        """What it reads."""
        return self.asks[0]


@dataclass(frozen=True)
class Given:
    """What was filled in. texts: by the name of the field. files: by the name of the field, paths within the run's folder."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def has(self, asking: Asking) -> bool:
        """Whether anything was filled in there."""
        return bool(self.texts.get(asking.name) or self.files.get(asking.name))


def _of_programme(entry: ListedProgramme) -> Work:
    able = {"previous": PREVIOUS, "screen": SCREEN, "joins": JOINED}
    own = [asking for ability, asking in able.items() if ability in entry.can]
    _, _, what = entry.help.partition("：")
    return Work(
        entry.name, entry.title, what or entry.help, (BOOKS, PERIOD, *own, *MORE, PACK, POLICY, DETAILS)
    )


def _of_results(entry: ListedProgramme) -> Work:
    _, _, what = entry.help.partition("：")
    return Work(entry.name, entry.title, what, (RESULTS, PASSWORD, ON, PROFILE, DETAILS))


CHECK = Work(
    "check",
    "检查名册",
    "一次列出全部错误和警告，在哪一格、怎么改；有问题的名册标好颜色和批注，供退回修改，另给各乡镇一份函。",
    (BOOKS, PURPOSE, PERIOD, PREVIOUS, SCREEN, JOINED, *MORE, POLICY),
)
WORKS: Mapping[str, Work] = {
    work.command: work
    for work in (
        CHECK,
        *map(_of_programme, PROGRAMMES),
        *(_of_results(entry) for entry in OVER_RESULTS if entry.name in _ALWAYS),
    )
}
"""Everything that can be done, by its command, in the order of the first page."""


def words(work: Work, given: Given) -> list[str]:
    """What would be typed behind `sanchuang`. A value stands in one word with its option, so that it cannot be taken for one."""
    said = [work.command, *given.files.get(work.books.name, ())]
    for asking in work.asks[1:]:
        text = given.texts.get(asking.name, "")
        if asking is PASSWORD:
            continue
        if asking.kind == "tick":
            said += [asking.option] if text else []
        elif asking is not PACK or not given.files.get(POLICY.name):
            said += [
                f"{asking.option}={value}" for value in (*given.files.get(asking.name, ()), text) if value
            ]
    return [*said, f"--return={RETURNED}"] if work is CHECK else said


def returning(work: Work, given: Given) -> Given:
    """The same for CHECK, so that it checks by the rules of this work."""
    return Given({**given.texts, PURPOSE.name: work.command}, given.files)


def asked_on_the_page(message: str, work: Work) -> list[Asking]:
    """What of this work's page a message calls by its option."""
    called = set(re.findall(r"--[a-z-]+", message))
    return [asking for asking in work.asks if asking.option in called and asking is not PACK]
