"""The comments on the cells of a .xlsx: notes as Excel and WPS keep them, and threads with all their replies.

What this tool itself wrote on a returned copy is no comment of the clerk's.
"""

import posixpath
import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from sanchuang_cli.roster.books.content import named_parts
from sanchuang_cli.roster.books.xlsx import column_number

RETURNED = "【退回修改】"
"""Begins what a returned copy says in a comment; whatever stands before it is the clerk's."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AUTHOR = re.compile(r"\s*[^\n:：]{1,40}[:：][ \t]*\n")
_THREADED = re.compile(
    r"\[(?:Threaded comment|线程批注|线程注释|对话批注)\].*?(?:Comment|注释|批注|评论)[:：]\s*", re.DOTALL
)
"""What Excel writes into the old kind of comment for programs that know no threads."""

Texts = dict[tuple[int, int], str]


def comments(content: bytes, path: str) -> Texts:
    """By row and column, what the clerk's comments on the sheet at `path` say. Raises whatever a broken archive raises."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = named_parts(archive)
        folder, name = posixpath.split(path)
        links = parts.get(f"{folder}/_rels/{name}.rels")
        if links is None:
            return {}
        found: dict[str, Texts] = {"comments": {}, "threadedComment": {}}
        for link in ElementTree.fromstring(archive.read(links)):  # noqa: S314
            kind = link.get("Type", "").rpartition("/")[2]
            target = link.get("Target", "").replace("\\", "/").lower()
            part = parts.get(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            if kind in found and part is not None:
                found[kind] |= _texts(archive.read(part))
    return {**found["comments"], **found["threadedComment"]}


def _texts(part: bytes) -> Texts:
    """What each cell's comments say, replies after one another."""
    said: Texts = {}
    for comment in ElementTree.fromstring(part).iter():  # noqa: S314
        reference = _REFERENCE.fullmatch(comment.get("ref", ""))
        if not reference:
            continue
        place = int(reference[2]), column_number(reference[1])
        text = spoken(
            "".join(one.text or "" for one in comment.iter() if one.tag.rpartition("}")[2] in ("t", "text"))
        )
        if text:
            said[place] = f"{said[place]}\n{text}" if place in said else text
    return said


def spoken(text: str) -> str:
    """A comment without its author's name, the words that programs add, and what a returned copy said there."""
    own = text.partition(RETURNED)[0]
    return _AUTHOR.sub("", _THREADED.sub("", own), count=1).strip() if own.strip() else ""
