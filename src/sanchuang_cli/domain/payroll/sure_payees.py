"""Finds rows by which nobody can be paid without a guess: one payee whom two rows name or pay differently, one account of
several people, one person under two numbers.

It reads rows and returns findings, each with the cells of the other rows. An error sets its row aside.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.domain import payees
from sanchuang_cli.domain.contradictions import repeated, shared
from sanchuang_cli.domain.same_person import born
from sanchuang_cli.domain.words import narrow, village
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import Told
from sanchuang_cli.outcome import Payee
from sanchuang_cli.record import Record

_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请核实改正后重新运行；本行待核实，没有发放。"
OF_PAYEES = Doubts(
    {
        "one-number": Doubt(_E, "一人一号", _AGAIN, "同一号码，姓名不同"),
        "accounts-differ": Doubt(_E, "一人一卡", _AGAIN, "同一人的银行账号不同"),
        "banks-differ": Doubt(_E, "一人一卡", _AGAIN, "同一人的开户行不同"),
    }
)
"""Of persons and organisations."""
DOUBTS = Doubts(
    {
        **OF_PAYEES,
        "shared-account": Doubt(_E, "一卡一人", _AGAIN, "银行账号和别人相同"),
        "two-numbers": Doubt(
            _E,
            "一人一号",
            "是同一个人的只留一行，改正号码；确是两个人的，请在每一行的备注里写明“不是同一人”，再重新运行。都待核实，没有发放。",
            "同村同名同生日，号码不同",
        ),
        "namesakes": Doubt(_W, "一人一号", "是同一个人的只留一行，改正号码；确是两个人的可不理会。"),
    }
)


_TWO_PEOPLE = re.compile(
    "(?<!是)(?:不是|并非|非)同一个?人|同名(?:同姓)?不同人|(?:确实?|实)[是系为](?:两|二|2)个?人"
)
_UNSURE = re.compile(
    "是否|可能|好像|似乎|疑|待|[?]|也许|或许|大概|估计|应该?是|应该不|据说|听说|不一定|不确定|不清楚|不详|说不准|如果|倘若|无法|不能|难以"
    "|(?:[请须需未再]|正在)核|[卡账帐折户]"
)
"""What leaves open whether it is so; or says it of whose account it is."""


class PaidRow(NamedTuple):
    """A row of which the payee is known. due: whether it makes anything due."""

    record: Record
    payee: Payee
    due: bool


class _Agreed(NamedTuple):
    """What all rows of one payee must say alike, as far as they say it. person, body: what is said of a row of each that
    does not."""

    code: str
    field: str
    person: str
    body: str


_NAME = _Agreed("one-number", "name", "同一个身份证号还写在别人名下", "同一个代码还写在别的单位名下")
_PAID_TO = (
    _Agreed(
        "accounts-differ", "account", "同一人在另一行写的{column}不同", "同一单位在另一行写的{column}不同"
    ),
    _Agreed("banks-differ", "bank", "同一人在另一行写的{column}不同", "同一单位在另一行写的{column}不同"),
)
_COLUMNS = {"account": "银行账号", "bank": "开户行"}
"""What a column is called that a row does not have."""


def findings(rows: Sequence[PaidRow]) -> Iterator[Told]:
    """Everything about all rows of a roster. Where money goes matters only of whom something is due to; what a number
    means always matters."""
    for own in repeated(rows, attrgetter("payee.key")):
        for agreed in (_NAME, *(_PAID_TO if _any_due(own) else ())):
            yield from _differing(own, agreed)
    for group in shared(rows, attrgetter("payee.account"), attrgetter("payee.key")):
        # a township may keep the account of several organisations, and of no person
        if _any_due(group) and any(map(_is_person, group)):
            whose = "别人" if len({row.payee.name for row in group}) > 1 else "另一个身份证号"
            yield from _all_told("shared-account", "account", group, f"{{column}}还写在{whose}名下")
    yield from namesakes(list(filter(_is_person, rows)))


def namesakes(people: Sequence[PaidRow]) -> Iterator[Told]:
    """People of one name and birth date under two numbers, if something is due to any of them: one of the numbers may be
    mistyped, and whoever has both would be paid twice."""
    for group in repeated(people, _named_and_born):
        if _any_due(group):
            yield from _under_two_numbers(group)


def _any_due(rows: Iterable[PaidRow]) -> bool:
    return any(row.due for row in rows)


def _is_person(row: PaidRow) -> bool:
    return not payees.is_organisation(row.payee.key)


def _differing(own: Sequence[PaidRow], agreed: _Agreed) -> Iterator[Told]:
    """A finding for each row of a payee if they say two things in a field. A blank says nothing."""

    def value(row: PaidRow) -> str:
        return narrow(str(getattr(row.payee, agreed.field)))

    if len({value(row) for row in own} - {""}) > 1:
        said = agreed.person if _is_person(own[0]) else agreed.body
        yield from _all_told(agreed.code, agreed.field, own, said, value)


def _named_and_born(row: PaidRow) -> Hashable:
    birth = born(row.payee.key)
    return (row.payee.name, birth) if birth else None


def _under_two_numbers(group: Sequence[PaidRow]) -> Iterator[Told]:
    """An error for those of one name and birth date who are of one village, unless a remark on each row says that they are two
    people; a warning for the others."""
    homes = repeated(group, _home)
    same = [
        home for home in homes if len({row.payee.key for row in home}) > 1 and not all(map(_told_apart, home))
    ]
    for home in same:
        said = "同村还有一行姓名、出生日期都相同，身份证号不同"
        yield from _all_told("two-numbers", "identity", home, said)
    others = [row for row in group if not any(row in home for home in same)]
    if others and len({row.payee.key for row in group}) > 1:
        said = "还有一行姓名、出生日期都相同，身份证号不同"
        yield from _all_told("namesakes", "identity", group, said, to=others)


def _home(row: PaidRow) -> Hashable:
    where = village(row.payee.village)
    return (narrow(row.payee.township), where) if where else None


def _told_apart(row: PaidRow) -> bool:
    """Whether a remark says for sure that somebody and another of the name are two people: 不是同一人, 确是两个人."""
    said = [narrow(text) for _, _, text in row.record.row.remarks]
    return any(_TWO_PEOPLE.search(text) and not _UNSURE.search(text) for text in said)


def _all_told(
    code: str,
    field: str,
    group: Sequence[PaidRow],
    said: str,
    value: Callable[[PaidRow], Any] = attrgetter("payee.key"),
    to: Sequence[PaidRow] | None = None,
) -> Iterator[Told]:
    """The same of each row of a group (or of those in `to`), with where it is said otherwise or by others."""
    for row in group if to is None else to:
        others = [other for other in group if other is not row]
        apart = [other for other in others if value(other) != value(row)] or others
        where = "；".join(f"{other.payee.name}，{other.record.row.place(field)}" for other in apart)
        place = row.record.row.place(field)
        seen = said.format(column=place.heading or _COLUMNS.get(field, ""))
        yield Told(DOUBTS.at(code, place, f"{row.payee.name}：{seen}：{where}"), row.record.row)
