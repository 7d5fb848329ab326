"""Reads the comments on the cells of an .xlsx: notes of Excel and WPS, and threads with all their replies.

Only reads the archive. What this tool itself wrote on a returned copy is left out, because it is no comment of the clerk's.
"""

import posixpath
import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from sanchuang_cli.finding import column_number
from sanchuang_cli.roster.books.content import named_parts

RETURNED = "【退回修改】"
"""Stands at the beginning of this tool's text in a comment on a returned copy. Text before it is the clerk's."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AUTHOR = re.compile(r"\s*[^\n:：]{1,40}[:：][ \t]*\n")
_THREADED = re.compile(
    r"\[(?:Threaded comment|线程批注|线程注释|对话批注)\].*?(?:Comment|注释|批注|评论)[:：]\s*", re.DOTALL
)
"""The text that Excel writes into an old comment for programs that do not know threads."""

Texts = dict[tuple[int, int], str]


def comments(content: bytes, path: str) -> Texts:
    """The clerk's comments on the sheet at `path`, by row and column. Raises whatever a broken archive raises.

    A thread replaces the old comment on the same cell, which only repeats it.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = named_parts(archive)
        folder, name = posixpath.split(path)
        links = parts.get(f"{folder}/_rels/{name}.rels")
        if links is None:
            return {}
        by_kind: dict[str, Texts] = {"comments": {}, "threadedComment": {}}
        for link in ElementTree.fromstring(archive.read(links)):  # noqa: S314
            kind = link.get("Type", "").rpartition("/")[2]
            target = link.get("Target", "").replace("\\", "/").lower()
            part = parts.get(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            if kind in by_kind and part is not None:
                by_kind[kind] |= _texts(archive.read(part))
    return {**by_kind["comments"], **by_kind["threadedComment"]}


def _texts(part: bytes) -> Texts:
    """The comments of each cell in one text, with the replies in their order."""
    texts: Texts = {}
    for comment in ElementTree.fromstring(part).iter():  # noqa: S314
        reference = _REFERENCE.fullmatch(comment.get("ref", ""))
        if not reference:
            continue
        place = int(reference[2]), column_number(reference[1])
        runs = (run.text or "" for run in comment.iter() if run.tag.rpartition("}")[2] in ("t", "text"))
        text = spoken("".join(runs))
        if text:
            texts[place] = f"{texts[place]}\n{text}" if place in texts else text
    return texts


def spoken(text: str) -> str:
    """A comment without the name of its author, the words that programs add, and what this tool wrote on a returned copy."""
    before_ours = text.partition(RETURNED)[0]
    return _AUTHOR.sub("", _THREADED.sub("", before_ours), count=1).strip() if before_ours.strip() else ""
