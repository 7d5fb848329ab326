"""The guide to policies as its examples are meant to be read: each is put into the guide's own document and computed.

An example is `# 写在哪一节：文件的话`, the keys as they stand in a policy file, and lines `#   名册上的人 → 结果`.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from sanchuang_cli.domain.people import Member
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import Result, day, member, months_of, of_editions, run, yuan_of

DOCS = Path(__file__).parents[3] / "docs"
_FIRST = (DOCS / "policies.md").read_text("utf-8").partition("## 十四、别的程序")[0]
_CHAPTERS = dict.fromkeys(re.findall(r"\]\((policies/[a-z-]+\.md)\)", _FIRST))
GUIDE = "\n".join([_FIRST, *((DOCS / chapter).read_text("utf-8") for chapter in _CHAPTERS)])
"""The part of the guide that is on payments: docs/policies.md up to the chapters on other programmes, and its chapters."""
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
"""Its blocks of TOML, in their order."""


@dataclass(frozen=True)
class Example:
    """section: where the keys go. said: what a document says. outcomes: people of a roster, each with what they get."""

    section: str
    said: str
    keys: str
    outcomes: tuple[tuple[str, str], ...]


def examples() -> list[Example]:
    """All that the guide has, in their order."""
    made = []
    for block in BLOCKS:
        for piece in re.split(r"^(?=# [a-z、]+：)", block, flags=re.MULTILINE):
            if head := re.match(r"# ([a-z、]+)：(.+)\n", piece):
                rest = piece[head.end() :]
                outcomes = re.findall(r"^#   (.+) → (.+)$", rest, re.MULTILINE)
                made.append(Example(head[1], head[2], rest, tuple(outcomes)))
    return made


def _read(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def completed() -> dict[str, Any]:
    """The edition of the guide's whole document, with the columns and bases that its examples use."""
    edition: dict[str, Any] = _read(BLOCKS[0])["edition"][0]
    more = _read(next(block for block in BLOCKS if block.startswith("[[edition.column]]")))["edition"]
    assert isinstance(more, dict)
    edition["column"] += more["column"]
    edition["base"] = more["base"]
    return edition


def second_benefit() -> dict[str, Any]:
    """The other benefit of the examples on two benefits at once."""
    block = next(block for block in BLOCKS if block.startswith("[[edition.benefit]]"))
    found: dict[str, Any] = _read(block)["edition"]["benefit"][0]
    return found


_MANY = ("condition", "claim", "suspension")
_OF_EDITION = ("exclusive", "base", "notice")
_CITED = {
    *(*_MANY, *_OF_EDITION, "age", "service", "payable", "funding", "amount"),
    *("supplement", "instead", "index", "top_up", "set_off", "events", "when"),
}
_NAMED = {*_MANY, "exclusive", "base", "supplement", "instead", "set_off", "events", "when"}
"""Tables that have a clause, and those that have a name."""


def policy_of(example: Example) -> PolicyFile[Subsidies]:
    """The guide's document with the keys of an example; of tables that there may be several of, one more."""
    edition = completed()
    (benefit,) = edition["benefit"]
    if "生活困难党员补贴" in example.keys:
        edition["benefit"].append(second_benefit())
    written = _read(example.keys)
    if "edition" in written:
        whole = written["edition"]
        blocks = whole.get("benefit", {})
        blocks = blocks[0] if isinstance(blocks, list) else blocks
        blocks |= {name: whole[name] for name in _OF_EDITION if name in whole}
    else:
        blocks = {example.section: written}
    for section, keys in headed("", blocks).items():
        own = keys if isinstance(keys, list) else [keys]
        if section == "notice":
            edition[section] = own[0]
        elif section in _OF_EDITION:
            edition[section] = [*edition.get(section, []), *own]
        elif section in _MANY:
            benefit[section] = [*benefit.get(section, []), *own]
        elif section == "amount":
            benefit["amount"][0] |= own[0]
        else:
            benefit[section] = benefit.get(section, {}) | own[0]
    return of_editions(edition)


def headed(key: str, written: Any) -> Any:
    """With the name and the clause that the guide leaves out to save room."""
    if isinstance(written, list):
        return [headed(key, one) for one in written]
    if not isinstance(written, dict):
        return written
    lacking = ({"clause": "例"} if key in _CITED else {}) | ({"name": "例"} if key in _NAMED else {})
    return lacking | {name: headed(name, inner) for name, inner in written.items()}


_FIELDS = {field.heading: field for field in Member.declared()}


def person(said: str, columns: dict[str, Kind]) -> Member:
    """`任书记9年，女，1950-03-15生，处分情况 警告`: somebody of whom nothing else is known."""
    known: dict[str, Any] = {"born": "1940-01-01"}
    more: dict[str, Any] = {}
    for word in said.split("，"):
        if served := re.fullmatch(r"任([^\s\d]+)(\d+)年(?:零(\d+)个月)?", word):
            end = 1990 * 12 + int(served[2]) * 12 + int(served[3] or 0) - 1
            known["spells"] = f"1990-01…{end // 12}-{end % 12 + 1:02d} {served[1]}"
        elif re.match(r"\d{4}\.\d", word):
            known["spells"] = "; ".join(map(_spell, word.split("；")))
        elif word in ("男", "女"):
            known["sex"] = word
        elif birth := re.fullmatch(r"(\d{4}-\d\d-\d\d)生", word):
            known["born"] = birth[1]
        else:
            heading, _, cell = word.partition(" ")
            if heading in columns:
                more[heading] = _cell(cell, columns[heading])
            else:
                field = _FIELDS[heading]
                known[field.name] = _cell(cell, field.kind)
    return member(more=more, **known)


def _spell(said: str) -> str:
    span, _, post = said.partition(" ")
    start, _, end = span.partition("—")
    return f"{_day(start)}…{_day(end) if end else ''} {post}"


def _day(said: str) -> str:
    return "-".join(part.zfill(2) for part in said.split("."))


def _cell(said: str, kind: Kind) -> Any:
    if kind is Kind.DATE:
        return day(said)
    if kind is Kind.FLAG:
        return said == "是"
    if kind is Kind.MONEY:
        return int(Decimal(said) * 100)
    if kind is Kind.PERCENT:
        return Fraction(Decimal(said.rstrip("%"))) / 100
    return int(said) if kind is Kind.COUNT else said


def outcome(example: Example, who: str, wanted: str) -> str:
    """What becomes of somebody, in the words in which the guide wants it told."""
    policy = policy_of(example)
    columns = {extra.heading: Kind(extra.kind) for extra in policy.editions[0].column}

    def judged(period: str) -> Result:
        return run(person(who, columns), period=period, policy=policy)

    if "月" not in wanted and "全年" not in wanted:
        result = judged("2026-04")
        if result.set_aside:
            return "待核实"
        return f"{yuan_of(result):f}" if result.fen else "不发"
    result = judged("2026")
    months = months_of(result)
    if "全年" in wanted:
        return f"全年{result.fen // 100}元"
    if wanted.endswith("元"):
        return (
            f"{'、'.join(month.removeprefix('2026-').lstrip('0') for month in months)}月{result.fen // 100}元"
        )
    return _span(months, wanted)


def _span(months: list[str], wanted: str) -> str:
    """The months of 2026 that are paid, as from one on, up to one, or all but some."""
    known = [f"2026-{month:02d}" for month in range(1, 13)]
    if wanted.startswith("不发"):
        lacking = [month for month in known if month not in months]
        assert lacking == known[known.index(lacking[0]) : known.index(lacking[-1]) + 1]
        return f"不发{_month(lacking[0])}至{_month(lacking[-1])}"
    if not months:
        return "不发"
    if wanted.startswith("发到"):
        assert months == known[: len(months)]
        return f"发到{_month(months[-1])}"
    assert months[-1] == known[-1] and len(months) == _between(months[0], known[-1])
    return f"{_month(months[0])}起"


def _between(first: str, last: str) -> int:
    start, end = (date.fromisoformat(f"{month}-01") for month in (first, last))
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{'' if year == '2026' else year + '年'}{int(number)}月"
