"""What a clerk says beside the fields of a row, and what follows from it: one judgement, for a check and for the money.

Remarks, comments, words after the name, lines struck through. What is said of the person himself sets the row aside,
unless the fields say the same; what is said of others, denied or doubtful is a warning.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sanchuang_cli.domain import words
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.remarks import Heard, Matter, heard
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Row

Value = Callable[[str], Any]
"""What a row's field with some heading holds; None where it is blank, or the roster has no such field."""
_E, _W = Severity.ERROR, Severity.WARNING
_BASIS = "各栏以外另有说法的，核实以后才能发放"
_LINE = "划了删除线的，是报送的人划掉的"

_FILL = "属实的，请填写“{}”；不属实的，请删改这一句。"

DOUBTS = {
    "dead": (_E, _BASIS, _FILL.format("死亡日期"), "备注等处说已去世"),
    "died": (
        _E,
        _BASIS,
        "请核实：已去世的，请删去这一行，生前应办的另行办理；日期填错的请改正。",
        "填了死亡日期",
    ),
    "stopped": (_E, _BASIS, _FILL.format("暂停起"), "备注等处说已停发"),
    "moved": (_E, _BASIS, _FILL.format("户籍迁出日期"), "备注等处说已迁出"),
    "custody": (_E, _BASIS, _FILL.format("刑罚情况”和“判决日期"), "备注等处说已判刑、服刑"),
    "payee": (
        _E,
        _BASIS,
        "请核实本人是否健在、为何不由本人领取；核实后可以代领的，请写明“本人健在”。",
        "备注等处说由他人代领",
    ),
    "differs": (_E, _BASIS, "请核实后把两处改成一致。", "备注等处与填写的栏目不一致"),
    "of-others": (
        _W,
        _BASIS,
        "说的确是别人或没有这回事的，可不理会；说的是本人的，请填写相应的栏目。",
        "备注等处另有说法",
    ),
    "struck-row": (_E, _LINE, "确应划掉的，请删去这一行；应保留的，请去掉删除线。", "整行划了删除线"),
    "struck-cell": (_W, _LINE, "作废的请改正或清空，应保留的请去掉删除线。", "有一格划了删除线"),
    "gone": (
        _W,
        "参评的应是现有的党组织",
        "确已撤并的，请删去这一行；没有的，可不理会。",
        "备注等处说已撤并",
    ),
}
"""By code: how much a finding weighs, its basis, how to mend it, and what is wrong in a few words."""
_BRACKET = re.compile(r"[(（\[【]")
_GONE = re.compile("|".join(sorted(words.GONE, key=lambda word: (-len(word), word))))
_DENIED = re.compile("[未没不拟]")
_LONGEST = 40
_SHORTEST_WITH_REMARK = 4
"""A name of two characters and a word of two written on to it; shorter ones are names."""


class Said(NamedTuple):
    """A text beside the fields: its column, what a message calls the place, and the heading it stands under."""

    column: int
    where: str
    heading: str
    text: str


def of_person(
    row: Row, name: str, value: Value, who: tuple[str, ...] = ("name", "identity")
) -> list[Finding]:
    """Findings for all that stands beside the fields of a person's row. who: the fields that tell who it is."""
    findings: list[Finding] = []
    for said in said_beside(row, name, who[0]):
        if found := heard(said.text, name, said.heading):
            findings += _of_text(row.at(said.column), said, name, found, value)
    if row.source.beside:
        findings += _struck(row, name, who)
    return findings


def died(row: Row, field: str, message: str) -> Finding:
    """That a day of death is given, where a rule knows nothing of it."""
    return _finding("died", row.place(field), message)


def of_organisation(row: Row, name: str, who: tuple[str, ...] = ("name",)) -> list[Finding]:
    """The same for an organisation, of which only a remark that it is no more is heard."""
    findings = []
    for said in said_beside(row, name, who[0]):
        gone = _GONE.search(said.text)
        if gone and not _DENIED.search(said.text, max(0, gone.start() - 3), gone.start()):
            findings.append(
                _finding(
                    "gone", row.at(said.column), f"{name}：{said.where}{_quoted(said.text)}像是说它已不存在"
                )
            )
    if row.source.beside:
        findings += _struck(row, name, who)
    return findings


def said_beside(row: Row, name: str, field: str = "name") -> Iterator[Said]:
    """What stands in the columns of remarks, in comments, and behind the name. Most rows have nothing."""
    for column, heading, text in row.remarks:
        yield Said(column, heading, heading, text)
    if row.source.beside:
        for column, text in row.beside.comments.items():
            yield Said(column, "批注", row.at(column).heading, text)
    column, _ = row.source.columns.get(field, (0, ""))
    cell = row.cells[column - 1] if 0 < column <= len(row.cells) else ""
    if isinstance(cell, str) and (cell != name or len(name) >= _SHORTEST_WITH_REMARK):
        bracket = _BRACKET.search(cell)
        text = cell[bracket.end() :].rstrip(")）]】 ") if bracket else cell[2:]
        yield Said(column, "姓名后注明", "", text)


def _of_text(
    place: Place, said: Said, name: str, found: tuple[Heard, ...], value: Value
) -> Iterator[Finding]:
    """At most an error for what is said of the person, one for what differs from the fields, and a warning."""
    open_, doubtful = [], []
    for one in found:
        known = _known(one, value)
        if one.doubt:
            doubtful += [one] if known is None else []
        elif known is None:
            open_.append(one)
        elif known:
            message = f"{name}：{said.where}{_quoted(said.text)}说{one.matter}，{known}"
            yield _finding("differs", place, message)
    if open_:
        first = min((one.matter for one in open_), key=list(Matter).index)
        message = f"{name}：{said.where}{_quoted(said.text)}，像是说本人{first}，没有填在相应的栏目里"
        yield _finding(first.name.lower(), place, message)
    elif doubtful:
        why = "；".join(dict.fromkeys(one.doubt for one in doubtful))
        yield _finding("of-others", place, f"{name}：{said.where}{_quoted(said.text)}，{why}，先照各栏计算")


# ---------------------------------------------------------------- what the fields know of it


def _known(one: Heard, value: Value) -> str | None:
    """What the fields say of the matter: None nothing, "" the same, else what they say instead."""
    if one.matter is Matter.STOPPED:
        return _of_stopping(one, value)
    return _KNOWN[one.matter](one, value)


def _of_death(one: Heard, value: Value) -> str | None:
    day = value("死亡日期")
    return _dated(one, "死亡日期", day) if day else _stated(value("健在情况"), Matter.DEAD)


def _of_moving(one: Heard, value: Value) -> str | None:
    day = value("户籍迁出日期")
    return _dated(one, "户籍迁出日期", day) if day else _stated(value("户籍状况"), Matter.MOVED)


def _of_custody(_: Heard, value: Value) -> str | None:
    sentence = value("刑罚情况")
    return None if sentence is None or words.narrow(str(sentence)) in words.NOTHING else ""


def _of_stopping(one: Heard, value: Value) -> str | None:
    """A stop is known by the dates of a suspension, and by whatever else stops a payment."""
    since, until = value("暂停起"), value("暂停止")
    if since and until:
        within = one.when and since.earliest <= one.when.latest and one.when.earliest <= until.latest
        return "" if within else f"“暂停起”是 {since}，“暂停止”是 {until}"
    if since:
        return _dated(one, "暂停起", since)
    undated = one._replace(when=None)
    return "" if any(known(undated, value) is not None for known in _KNOWN.values()) else None


_KNOWN: dict[Matter, Callable[[Heard, Value], str | None]] = {
    Matter.DEAD: _of_death,
    Matter.MOVED: _of_moving,
    Matter.CUSTODY: _of_custody,
    Matter.PAYEE: lambda one, value: None,
}


def _dated(one: Heard, heading: str, day: VagueDate) -> str:
    """Payment goes by months: two dates that may be of one month agree."""
    when = one.when
    agree = when is None or (
        number(when.earliest) <= number(day.latest) and number(day.earliest) <= number(when.latest)
    )
    return "" if agree else f"“{heading}”写的是 {day}"


def _stated(state: Any, matter: Matter) -> str | None:
    """Whether a column of words says the same, such as 健在情况 死亡 or 是否健在 否."""
    if state is False or (matter is Matter.DEAD and state == "否"):
        return ""
    said = heard(state) if isinstance(state, str) else ()
    return "" if any(one.matter is matter and not one.doubt for one in said) else None


# ---------------------------------------------------------------- lines struck through


def _struck(row: Row, name: str, who: tuple[str, ...]) -> Iterator[Finding]:
    """An error where the cells that say who it is are struck through, or most that are filled; else each cell."""
    filled = {column for column, cell in enumerate(row.cells, 1) if cell not in ("", None)}
    struck = {column: whole for column, whole in row.beside.struck.items() if column in filled}
    whole = {column for column, all_of_it in struck.items() if all_of_it}
    telling = {row.source.columns[field][0] for field in who if field in row.source.columns} & filled
    if (telling and telling <= whole) or 2 * len(whole) > len(filled):
        yield _finding("struck-row", row.place(who[0]), f"{name}：这一行划了删除线")
        return
    for column, all_of_it in struck.items():
        how = "划了删除线，仍照所写的读" if all_of_it else "有一部分划了删除线，仍照整格读"
        yield _finding("struck-cell", row.at(column), f"{name}：这一格{how}")


def _finding(code: str, place: Place, message: str) -> Finding:
    severity, basis, mend, brief = DOUBTS[code]
    return Finding(f"remarks.{code}", severity, message, place, basis, mend, brief)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"
