"""Answers threads of comments with our words, and takes the answers of an earlier return off them.

Excel shows a thread instead of the old comment on the same cell, so words that stand there only would not be seen.
"""

from collections.abc import Callable, Mapping
from uuid import NAMESPACE_URL, uuid5

from sanchuang_cli.roster.books.comments import RETURNED
from sanchuang_cli.roster.returns.ooxml.notes import AUTHOR, nowhere
from sanchuang_cli.roster.returns.ooxml.package import Package
from sanchuang_cli.roster.returns.ooxml.sheets import Place, place_of
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, named, parsed, prefix, quoted

_KINDS = "http://schemas.microsoft.com/office/2017/10/relationships"
_SPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_US = f"{{{uuid5(NAMESPACE_URL, AUTHOR)}}}".upper()


def answer(
    package: Package, sheet: str, words: Mapping[Place, str], dropped: Callable[[Place], bool] = nowhere
) -> None:
    """Adds an answer to each thread at a cell that gets words. Threads at the cells `dropped` are taken out."""
    for name in package.linked(sheet, "threadedComment"):
        part = package.text(name)
        answered = _answered(part, words, dropped)
        if answered != part:
            package.write(name, answered)
            if _US.encode() in answered:
                _introduce(package)


def _answered(part: bytes, words: Mapping[Place, str], dropped: Callable[[Place], bool]) -> bytes:
    root = parsed(part)
    edits = Edits(part)
    first: dict[Place, Node] = {}
    for said in root.children:
        place = place_of(said.get("ref"))
        if place is None:
            continue
        if dropped(place) or _words(said).startswith(RETURNED):
            edits.remove(said)
        elif not said.get("parentId"):
            first[place] = said
    for place, thread in first.items():
        if place in words:
            edits.append(root, named(_markup(thread, words[place]), prefix(part, root)))
    return edits.result()


def _words(said: Node) -> str:
    text = said.child("text")
    return text.text if text else ""


def _markup(thread: Node, words: str) -> str:
    """An answer, said when the thread began: a copy has no time of its own in it, so that it is always the same."""
    own = f"{{{uuid5(NAMESPACE_URL, thread.get('id') + words)}}}".upper()
    when = f' dT="{quoted(thread.get("dT"))}"' if thread.get("dT") else ""
    of = f'ref="{quoted(thread.get("ref"))}"{when} personId="{_US}" id="{own}" parentId="{quoted(thread.get("id"))}"'
    return f"<threadedComment {of}><text>{quoted(words)}</text></threadedComment>"


def _introduce(package: Package) -> None:
    """Names us among the persons who comment."""
    for name in package.linked(package.workbook, "person"):
        data = package.text(name)
        root = parsed(data)
        if all(person.get("id") != _US for person in root.children):
            edits = Edits(data)
            edits.append(root, named(_person(), prefix(data, root)))
            package.write(name, edits.result())
        return
    path = package.unused(package.beside_workbook("persons/person{}.xml"))
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n<personList xmlns="{_SPACE}">{_person()}</personList>'.encode()
    package.add(path, data, "application/vnd.ms-excel.person+xml")
    package.relate(package.workbook, "person", path, _KINDS)


def _person() -> str:
    return f'<person displayName="{AUTHOR}" id="{_US}" userId="{AUTHOR}" providerId="None"/>'
