"""Says what counts of a remark on a roster, and what the row's own fields know of it.

A matter decides only where the record of the roster heeds it; what a field says as well is no contradiction.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from typing import Any

from sanchuang_cli.domain import words
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.remarks import PLANNED, UNSURE, Heard, Matter, heard
from sanchuang_cli.period import VagueDate

Value = Callable[[str], Any]
"""What a row's field with some heading holds; None where it is blank, or the roster has no such field."""
POST = frozenset({Matter.LEFT, Matter.SUSPENDED})
ALWAYS = frozenset({Matter.DEAD, Matter.STOPPED, Matter.MOVED, Matter.CUSTODY, Matter.PAYEE, Matter.VOID, Matter.UNDECIDED})  # fmt: skip
"""What sets aside the row of a person on whatever roster."""
_OF_OTHERS = ALWAYS - {Matter.UNDECIDED} | POST | {Matter.REMOVED}
"""What is told where it is said of others, or denied. Of any other matter that is nobody's business."""
ENDED, _DISSOLVED, _REASON, _SPELLS = "任职终止", "解除日期", "离任原因", "任职经历"
_ELSEWHERE = {
    **dict.fromkeys((Matter.OUT_OF_PARTY, Matter.TRANSFERRED, Matter.WITHDRAWN), "这份名册不据此认定"),
    **dict.fromkeys(POST, "这份名册不按现任职务认定"),
    Matter.LOST: "请核实本人下落",
}
"""What is told of a matter, and why no more, where a roster does not heed it. Any other is nobody's business there."""
_ONLY_TOLD = {Matter.RELATED: "请核实要不要回避"}
"""What is told, and no more, where a roster heeds it."""


def heeded(remarks: Iterable[Heard], heeds: Set[str]) -> Iterator[Heard]:
    """What counts of remarks on a roster that heeds these matters, also where it is open whether it is so."""
    for remark in remarks:
        matter = as_heeded(remark, heeds)
        if remark.doubt and matter not in _OF_OTHERS and not remark.doubt.startswith((*UNSURE, PLANNED)):
            continue
        if matter in heeds or matter in ALWAYS:
            doubt = "" if remark.doubt.startswith(UNSURE) else remark.doubt
            yield remark._replace(matter=matter, doubt=_ONLY_TOLD.get(matter, doubt))
        elif matter in _ELSEWHERE:
            yield remark._replace(doubt=remark.doubt or _ELSEWHERE[matter])


def as_heeded(remark: Heard, heeds: Set[str]) -> Matter:
    """As what a roster heeds a matter that it does not heed as such: a post that was taken from somebody where it asks why the
    post was left, an expulsion where it asks for punishments, and 取消 where it asks what was done."""
    if remark.matter is Matter.STOPPED and "取消" in remark.word and Matter.UNDONE in heeds:
        return Matter.UNDONE
    if remark.matter not in heeds:
        if remark.matter in POST and Matter.REMOVED in heeds and is_removal(remark.word):
            return Matter.REMOVED
        if "党籍" in remark.word and Matter.DISCIPLINED in heeds:
            return Matter.DISCIPLINED
        if remark.matter is Matter.REFUSED and remark.word.endswith("条件"):
            return Matter.STOPPED
    return remark.matter


def is_removal(word: str) -> bool:
    return (
        word in words.REMOVED
        or word.startswith(("撤销", "免去", "免除", "被撤"))
        or word.endswith(("免", "免了", "下台"))
    )


def known(remark: Heard, value: Value) -> str | None:
    """What the fields say of the matter: None if nothing, "" if the same, else what they say instead."""
    if remark.matter is Matter.STOPPED:
        return _of_stopping(remark, value)
    return _KNOWN.get(remark.matter, _filled())(remark, value)


def _of_death(remark: Heard, value: Value) -> str | None:
    day = value("死亡日期")
    if day and remark.word in words.BURIED:
        return _follows(remark, day)
    return _dated(remark, "死亡日期", day) if day else _stated(value("健在情况"), Matter.DEAD)


def _of_moving(remark: Heard, value: Value) -> str | None:
    day, died = value("户籍迁出日期"), value("死亡日期")
    if died and not day and remark.word in words.CANCELLED:
        return _follows(remark, died)
    return _dated(remark, "户籍迁出日期", day) if day else _stated(value("户籍状况"), Matter.MOVED)


def _of_custody(_: Heard, value: Value) -> str | None:
    """A fine, or police detention, is no custody: that is not the same."""
    return _written(
        "刑罚情况", value, lambda cell: _says(cell, {Matter.CUSTODY}) or cell.lower() in words.YES
    )


def _of_discipline(remark: Heard, value: Value) -> str | None:
    if isinstance(day := value("处分情况"), VagueDate):
        return _dated(remark, "处分日期", day)
    return _written(
        "处分情况",
        value,
        lambda cell: remark.word in cell or cell in remark.word or remark.word.endswith("处分"),
    )


def _of_party(remark: Heard, value: Value) -> str | None:
    """An end of the membership, or of the way to it, is known by its date, or by the punishment."""
    ended = value("终止日期") or value("转出或死亡日期") or value("转出日期")
    return "" if ended else _of_discipline(remark, value) if "党籍" in remark.word else None


def _of_insurance(remark: Heard, value: Value) -> str | None:
    """Whoever works for himself may pay into the insurance of employees, though at no firm, and not for nothing."""
    alone = value("参保类型") == "灵活就业" and not remark.word.startswith(
        ("企业", "单位", "公司", "未", "没", "退", "断")
    )
    return "" if alone or value("参保类型") == "职工养老" else None


def _filled(*headings: str) -> Callable[[Heard, Value], str | None]:
    """What is known where one of the fields is filled in."""
    return lambda remark, value: "" if any(map(value, headings)) else None


def _of_removal(_: Heard, value: Value) -> str | None:
    return _written(_REASON, value, lambda cell: is_removal(cell) or _says(cell, {Matter.LEFT}, is_removal))


def _written(heading: str, value: Value, same: Callable[[str], bool]) -> str | None:
    """What a column of words says of the matter. 否 is no answer to somebody who says there is something."""
    cell = words.narrow(str(value(heading) or ""))
    if not cell or cell in words.NOTHING or cell in words.NO:
        return None
    return "" if same(cell) else f"“{heading}”写的是“{cell}”"


def _says(cell: str, matters: Collection[Matter], of: Callable[[str], bool] = bool) -> bool:
    """Whether a cell of words says one of the matters, by a word for which `of` holds."""
    return any(remark.matter in matters and not remark.doubt and of(remark.word) for remark in heard(cell))


def _of_stopping(remark: Heard, value: Value) -> str | None:
    """A stop is known by the dates of a suspension, and by whatever else stops a payment."""
    since, until = value("暂停起"), value("暂停止")
    if since and until:
        within = remark.when and since.earliest <= remark.when.latest and remark.when.earliest <= until.latest
        return "" if within else f"“暂停起”是 {since}，“暂停止”是 {until}"
    if since:
        return _dated(remark, "暂停起", since)
    if ended := value("终止日期"):
        return _dated(remark, "终止日期", ended)
    undated = remark._replace(when=None, perhaps=None)
    ends = (_of_death, _of_moving, _of_custody)
    return "" if any(known(undated, value) == "" for known in ends) else None


def _of_leaving(remark: Heard, value: Value) -> str | None:
    """An end of the post is known by its date; what lies before it began was another post's."""
    since, end = value("任职起始"), value(ENDED) or value(_DISSOLVED)
    if since and remark.when and remark.when.latest < since.earliest:
        return ""
    if end:
        return _dated(remark, ENDED, end) if remark.matter is Matter.LEFT else ""
    if any(value(heading) for heading in ("离任日期", "离任原因", "离任职务")):
        return ""
    spells = value(_SPELLS)
    return "" if spells and all(spell.end for spell in spells) else None


def _of_serving(_: Heard, value: Value) -> str | None:
    """Whoever has left has an end of every term; it is nobody's business of somebody who never served."""
    spells, left = value(_SPELLS) or (), value("离任日期")
    if left:
        return f"“离任日期”写的是 {left}"
    return None if spells and all(spell.end for spell in spells) else ""


_KNOWN: dict[Matter, Callable[[Heard, Value], str | None]] = {
    Matter.DEAD: _of_death,
    Matter.MOVED: _of_moving,
    Matter.CUSTODY: _of_custody,
    Matter.DISCIPLINED: _of_discipline,
    Matter.ON_PAYROLL: lambda remark, value: (
        ""
        if value("身份类别") not in (None, "本村")
        else _filled("财政供养", "离退休待遇", ENDED, _DISSOLVED)(remark, value)
    ),
    Matter.OUT_OF_PARTY: _of_party,
    Matter.TRANSFERRED: _of_party,
    Matter.REFUSED: _filled("终止日期", "延迟原因"),
    # an allowance for years in a post does not end with poverty
    Matter.WITHDRAWN: lambda remark, value: _filled(
        "终止日期", *(("离任职务",) if "脱贫" in remark.word and not value("困难台账") else ())
    )(remark, value),
    Matter.INSURED: _of_insurance,
    Matter.REMOVED: _of_removal,
    Matter.LEFT: _of_leaving,
    Matter.SUSPENDED: _of_leaving,
    Matter.SERVING: _of_serving,
    Matter.UNDECIDED: _filled("暂停起", "终止日期"),
}


def _dated(remark: Heard, heading: str, day: VagueDate) -> str:
    """Payment goes by months: two dates that may be of one month agree. A date that may be another's agrees with nothing else
    either, so that a person looks."""
    when = remark.when or remark.perhaps
    agree = when is None or (
        number(when.earliest) <= number(day.latest) and number(day.earliest) <= number(when.latest)
    )
    return "" if agree else f"“{heading}”写的是 {day}"


def _follows(remark: Heard, died: VagueDate) -> str:
    """What follows upon a death, such as a burial, agrees with the day of one up to a year before it."""
    when = remark.when or remark.perhaps
    agree = when is None or (
        number(died.earliest) <= number(when.latest) and number(when.earliest) <= number(died.latest) + _YEAR
    )
    return "" if agree else f"“死亡日期”写的是 {died}"


_YEAR = 12


def _stated(state: Any, matter: Matter) -> str | None:
    """Whether a column of words says the same, such as 健在情况 死亡 or 是否健在 否."""
    if state is False or (matter is Matter.DEAD and state == "否"):
        return ""
    return "" if isinstance(state, str) and _says(state, {matter}) else None
