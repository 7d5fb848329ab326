"""Judges what a clerk wrote beside the fields of a row, and gives findings. `check` and payments both ask here; no row is
changed.

Remarks, comments, words after the name, lines struck through. What is said of the person himself sets the row aside,
unless the fields say the same; what is said of others, denied or doubtful is a warning.
"""

import re
from collections.abc import Collection, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from sanchuang_cli.domain import contradictions, words
from sanchuang_cli.domain.heeding import POST, Value, as_heeded, heeded, known
from sanchuang_cli.domain.remarks import UNSURE, Heard, Matter, heard
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.judging import COMMON, struck_cells
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record, Row

_E, _W = Severity.ERROR, Severity.WARNING
_BASIS = "各栏以外另有说法的，核实以后才能发放"
_LINE = "划了删除线的，是报送的人划掉的"

_FILL = "属实的，请填写“{}”；不属实的，请删改这一句。"

_STATE = "请核实：属实的请删去这一行或改正相应的栏目；不属实的，请删改这一句。"

DOUBTS = {
    "dead": (_E, _BASIS, _FILL.format("死亡日期"), "备注等处说已去世"),
    "died": (_E, _BASIS, "请核实：已去世的，请删去这一行，生前应办的另行办理；日期填错的请改正。", "填了死亡日期"),
    "unlike-number": (_W, "GB 11643-1999：身份证号第 7 至 14 位是出生日期，第 17 位单数为男，双数为女", "照证件核对性别、出生日期和号码：号码可能是别人的。", "性别或出生日期与身份证号不符"),
    "stopped": (_E, _BASIS, _FILL.format("暂停起"), "备注等处说已停发"),
    "reduced": (_E, _BASIS, "请核实按多少发：应少发的，请改正相应的栏目；不是的，请删改这一句。", "备注等处说少发"),
    "moved": (_E, _BASIS, _FILL.format("户籍迁出日期"), "备注等处说已迁出"),
    "custody": (_E, _BASIS, _FILL.format("刑罚情况”和“判决日期"), "备注等处说被羁押、判刑或服刑"),
    "payee": (_E, _BASIS, "请核实本人是否健在、为何不由本人领取；核实后可以代领的，请写明“本人健在”。", "备注等处说由他人代领"),
    "closed": (_E, "已注销、冻结的账户不能再发", "请换填现在有效的开户行和账号；仍有效的，请删改这一句。", "开户行说账户已注销"),
    "void": (_E, _BASIS, "确已作废或重复的，请删去这一行；仍有效的，请删改这一句。", "备注等处说已作废、重复"),
    "undone": (_E, "只计办成的", "没有办成或已退回的，请删去这一行；办成了的，请删改这一句。", "备注等处说没有办成或已退回"),
    "out_of_party": (_E, "党员才列入", _STATE, "备注等处说已不是党员"),
    "transferred": (_E, "组织关系在本县的才列入", _STATE, "备注等处说组织关系已转出"),
    "withdrawn": (_E, "本人愿意、需要的才列入", _STATE, "备注等处说放弃或不再需要"),
    "refused": (_E, "各项都通过、没有举报的才列入", _STATE, "备注等处说没有通过或有人举报"),
    "insured": (_E, "一个人只参加一种养老保险", _FILL.format("参保类型"), "备注等处说没有参保，或已在别处参保"),
    "not_member": (_E, "正式党员才列入", _STATE, "备注等处说不是正式党员"),
    "disciplined": (_E, _BASIS, _FILL.format("处分情况”和“处分日期"), "备注等处说受过处分"),
    "on_payroll": (_E, _BASIS, _FILL.format("财政供养”和“录用日期"), "备注等处说由财政供养"),
    "removed": (_E, _BASIS, _FILL.format("离任原因"), "备注等处说被免职、撤职"),
    "left": (_E, "在任的才列入", _FILL.format("任职终止"), "备注等处说已离任"),
    "suspended": (_E, "在任的才列入", "停职期间是否列入，请核实：不列入的删去这一行，列入的删改这一句。", "备注等处说已停职"),
    "serving": (_E, _BASIS, "请核实：现在任职的，任职经历补到“至今”；不是的删改这一句。", "备注等处说现在任职"),
    "undecided": (_E, _BASIS, "查清、定下来以后，请填写相应的栏目，并删改这一句；与本行无关的，请删改这一句。", "备注等处说还没有查清、定下来"),
    "differs": (_E, _BASIS, "请核实后把两处改成一致。", "备注等处与填写的栏目不一致"),
    "of-others": (_W, _BASIS, "说的确是别人或没有这回事的，可不理会；说的是本人的，请填写相应的栏目。", "备注等处另有说法"),
    "struck-row": (_E, _LINE, "确应划掉的，请删去这一行；应保留的，请去掉删除线。", "整行划了删除线"),
    "struck-cell": (_W, _LINE, "作废的请改正或清空，应保留的请去掉删除线。", "有一格划了删除线"),
    "grave": (_W, "影响评定的情形要填在相应的栏目里", "属实的，请填写相应的栏目（如否决情形）；无关的，可不理会。", "备注等处说有影响评定的情形"),
    "settled": (_E, "影响评定的情形要填在相应的栏目里", "属实的，请填写相应的栏目（如否决情形、是否参评）；不属实的，请删改这一句。", "备注等处说一票否决、不参评等"),
    "gone": (_W, "参评的应是现有的党组织", "确已撤并的，请删去这一行；没有的，可不理会。", "备注等处说已撤并"),
}  # fmt: skip
"""By code: how much a finding weighs, its basis, how to mend it, and what is wrong in a few words."""
_BRACKET = re.compile(r"[(（\[【]")
_LONGEST = 40
_SHORTEST_WITH_REMARK = 4
"""A name of two characters and a word of two written on to it; shorter ones are names."""


class TextBeside(NamedTuple):
    """A text beside the fields: its column, what a message calls the place, and the heading it stands under. cell: what a
    message quotes, where the text is only what cannot be a part of the name before it."""

    column: int
    where: str
    heading: str
    text: str
    cell: str = ""


def of_person(
    row: Row,
    name: str,
    value: Value,
    who: tuple[str, ...] = ("name", "identity"),
    heeds: Set[str] = frozenset(),
) -> list[Finding]:
    """Findings for all that stands beside the fields of a person's row. who: the fields that tell who it is. heeds:
    those of the record; what is said of a post, a punishment or a salary counts only where the record heeds it."""
    findings: list[Finding] = []
    for said in said_beside(row, name, who[0]):
        if remarks := heard(said.text, name, said.heading):
            findings += _of_text(row.at(said.column), said, name, tuple(heeded(remarks, heeds)), value)
    if row.source.beside:
        findings += _struck(row, name, who)
    return findings


def of_words(row: Row, name: str, value: Value, field: Field, heeds: Set[str]) -> list[Finding]:
    """What the words of a field say of the person: dead, moved away, in custody, out of a post where that is heeded, or removed
    from one. What they say of others, and of a burial, is what they were asked for; only beside a bank it is whose account."""
    column, heading = row.source.columns.get(field.name, (0, field.heading))
    cell = row.cells[column - 1] if 0 < column <= len(row.cells) else ""
    bank = field.heading == "开户行"
    if not isinstance(cell, str) or not (bank or _tells(cell)):
        return []
    said = TextBeside(column, heading, heading, row.written(field.name))
    if bank and (closed := _CLOSED.search(cell)):
        return [
            _finding("closed", row.at(column), f"{name}：{heading}{_quoted(said)}，像是说账户已{closed[0]}")
        ]
    remarks = heard(f"{_BRACKETS.sub('', cell)}账户" if bank else said.text, name)
    matters = {*_OF_WORDS, Matter.PAYEE} if bank else _OF_WORDS
    told = tuple(
        remark
        for remark in heeded(remarks, heeds)
        if remark.matter in matters and not remark.doubt and remark.word not in words.BURIED
    )
    return list(_of_text(row.at(column), said, name, told, value)) if told else []


_OF_WORDS = POST | {Matter.DEAD, Matter.MOVED, Matter.CUSTODY, Matter.REMOVED, Matter.SERVING}
_BRACKETS = re.compile(r"[()（）\[\]【】]")
_CLOSED = re.compile(f"(?<![{''.join(words.DENIED)}])(?:销户|注销|冻结|停用)")


@lru_cache(maxsize=65_536)
def _tells(text: str) -> bool:
    """Whether the words of a field may say anything at all: a quick look, for a village or a post is on many rows."""
    return _OF_FIELDS.search(words.narrow(text)) is not None


_OF_FIELDS = re.compile(
    "|".join(words.DEAD | words.MOVED | words.MOVED_TO | words.CUSTODY | words.LEFT_POST | words.SUSPENDED)
    + "|免去|免除|撤销|解除|不再|不任|辞去|现任|仍任|在任"
)


def died(row: Row, field: str, message: str) -> Finding:
    """A finding that the row has a day of death, for rules that do not look at deaths themselves."""
    return _finding("died", row.place(field), message)


def unlike_number(row: Row, name: str, number: str, sex: str, born: VagueDate | None) -> Iterator[Finding]:
    """That the columns of sex and birth, called sex_written and born_written, say otherwise than the identity number."""
    if number and sex and (other := contradictions.sex(sex, number)):
        said = f"{name}：性别写的是“{sex}”，身份证号是{other}性的，按号码"
        yield _finding("unlike-number", row.place("sex_written"), said)
    if number and born and (known := contradictions.born(born, number)):
        said = f"{name}：出生日期写的是 {born}，身份证号里是 {known}，按号码"
        yield _finding("unlike-number", row.place("born_written"), said)


_OF_ROW = (Matter.VOID, Matter.UNDECIDED)
"""What is said of a row, whatever it tells of."""
_SURE = ("说的是“票”", "说的是“证”", *UNSURE)
"""What is said of the paper itself: of a receipt or a voucher, that is the row. And what is only believed."""


class Entry(Record, frozen=True, kw_only=True):
    """Base of the rows that tell of something done, or of a sum: receipts, vouchers, payments, visits, marks. Of these is
    heard that the row is void, that it is not decided yet, or that what it tells of was not done or came back."""

    @property
    def hears(self) -> Collection[Matter]:
        """What is heard of it."""
        return (*_OF_ROW, Matter.UNDONE)

    def said_beside(self) -> Sequence[Finding]:
        """What remarks, comments and free words say of the row; and its struck-through cells."""
        row, name = self.row, str(getattr(self, "name", "") or "")
        found: list[Finding] = []
        for said in () if is_silent(row, name) else said_beside(row, name):
            found += self._told(said)
        for one in self.declared():
            column, heading = row.source.columns.get(one.name, (0, "")) if one.heard else (0, "")
            if column:
                found += self._told(TextBeside(column, heading, heading, row.written(one.name)))
        return [*found, *struck_cells(self, COMMON)]

    def _told(self, said: TextBeside) -> Iterator[Finding]:
        heard_of = heard(said.text, "", said.heading)
        own = [one._replace(doubt="") if one.doubt.startswith(_SURE) else one for one in heard_of]
        own = [one._replace(matter=as_heeded(one, {*self.hears})) for one in own]
        unsure = {Matter.UNDONE, Matter.UNDECIDED}
        told = [one for one in own if one.matter in self.hears and not (one.doubt and one.matter in unsure)]
        return _of_text(self.row.at(said.column), said, self.called, tuple(told), lambda heading: None)


def of_organisation(row: Row, name: str, who: tuple[str, ...] = ("name",)) -> list[Finding]:
    """The same for an organisation, of which only a remark is heard that it is no more, or that its row is void."""
    findings: list[Finding] = []
    for said in said_beside(row, name, who[0]):
        of_row = (one for one in heard(said.text, name) if not one.doubt or one.matter is Matter.VOID)
        void = tuple(one for one in of_row if one.matter in _OF_ROW and not words.grave(one.word))
        findings += _of_text(row.at(said.column), said, name, void, lambda heading: None) if void else ()
        if words.gone(said.text):
            findings.append(
                _finding("gone", row.at(said.column), f"{name}：{said.where}{_quoted(said)}像是说它已不存在")
            )
        if more := [word for word in words.grave(said.text) if not _stated(row, word)]:
            told = f"{name}：{said.where}{_quoted(said)}像是说有影响评定的情形（{'、'.join(more)}）"
            settled = words.SETTLES.search("".join(more))
            code, told = ("settled", told) if settled else ("grave", f"{told}，先照各栏计算")
            findings.append(_finding(code, row.at(said.column), told))
    if row.source.beside:
        findings += _struck(row, name, who)
    return findings


def _stated(row: Row, word: str) -> bool:
    """Whether a column says such a word, by its cell, or by its heading where the cell begins with no denial; 一票否决 is any
    否决."""
    remarks, kernel = dict(row.source.remarks), word.removeprefix("一票")
    columns = [(of, row.written(name)) for name, (at, of) in row.source.columns.items() if at not in remarks]
    said = (of + "".join(words.grave(cell)) for of, cell in columns if cell[:1] not in _DENYING)
    denied = (of for of, cell in columns if word[:1] == "不" and cell in words.NO)
    return any(kernel in text for text in said) or any(word[1:] in of for of in denied)


_DENYING = {"", "0", "无", "否", "×", "/", "-", "—", *words.DENIED}


def said_beside(row: Row, name: str, field: str = "name") -> Iterator[TextBeside]:
    """The texts in columns of remarks, in comments, and after the name. Most rows have none."""
    for column, heading, text in row.remarks:
        yield TextBeside(column, heading, heading, text)
    if row.source.beside:
        for column, text in row.beside.comments.items():
            yield TextBeside(column, "批注", row.at(column).heading, text)
    column, _ = row.source.columns.get(field, (0, ""))
    cell = row.cells[column - 1] if 0 < column <= len(row.cells) else ""
    if isinstance(cell, str) and (cell != name or len(name) >= _SHORTEST_WITH_REMARK):
        bracket = _BRACKET.search(cell)
        if bracket:
            yield TextBeside(column, "姓名后注明", "", cell[bracket.end() :].rstrip(")）]】 "))
        else:
            yield TextBeside(column, "姓名后注明", "", cell[2:], cell)


def is_silent(row: Row, name: str, field: str = "name") -> bool:
    """Whether nothing at all stands beside the fields of a row: a quick look, for most rows have nothing."""
    source, cells = row.source, row.cells
    if source.beside:
        return False
    for column, _ in source.remarks:
        if column <= len(cells) and cells[column - 1] not in ("", None):
            return False
    column, _ = source.columns.get(field, (0, ""))
    return 0 < column <= len(cells) and cells[column - 1] == name and len(name) < _SHORTEST_WITH_REMARK


def _of_text(
    place: Place, said: TextBeside, name: str, remarks: tuple[Heard, ...], value: Value
) -> Iterator[Finding]:
    """At most one error for what is said of the person, one for what differs from the fields, and one warning."""
    asserted, doubtful = [], []
    for remark in remarks:
        there = known(remark, value)
        if remark.doubt:
            doubtful += [remark] if there is None else []
        elif there is None:
            asserted.append(remark)
        elif there:
            message = f"{name}：{said.where}{_quoted(said)}说{remark.matter}，{there}"
            yield _finding("differs", place, message)
    if asserted:
        first = min((remark.matter for remark in asserted), key=list(Matter).index)
        of_row = first in (*_OF_ROW, Matter.UNDONE)
        about = f"像是说{first}" if of_row else f"像是说本人{first}，没有填在相应的栏目里"
        message = f"{name}：{said.where}{_quoted(said)}，{about}"
        yield _finding(first.name.lower(), place, message)
    elif doubtful:
        why = "；".join(dict.fromkeys(remark.doubt for remark in doubtful))
        yield _finding("of-others", place, f"{name}：{said.where}{_quoted(said)}，{why}，先照各栏计算")


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


def _quoted(said: TextBeside) -> str:
    line = " ".join((said.cell or said.text).split())
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"
