"""Decrypts workbooks with a password, by the passwords given and by the one that Excel itself always tries.

Works on bytes in memory and writes nothing. Promise: if the password is wrong or missing, the error asks for it; if the kind
of encryption is not supported, the error says to save the workbook without a password.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.content import refused

EXCELS_OWN = "VelvetSweatshop"
"""Excel encrypts a book that is only protected against writing with this password, and opens it without asking."""


class PasswordNeededError(UserError):
    """None of the given passwords opens the book. A caller at a terminal may ask for one and try again."""


def decrypted(name: str, content: bytes, passwords: Sequence[str]) -> bytes | None:
    """The decrypted bytes of an OLE file, None if it is not encrypted. Raises UserError."""
    import msoffcrypto
    from msoffcrypto.exceptions import FileFormatError, InvalidKeyError

    try:
        book = msoffcrypto.OfficeFile(BytesIO(content))
        if _chains_loop(book):
            raise ValueError("a chain of sectors bites its tail")
        if not book.is_encrypted():
            return None
    except FileFormatError:
        return None
    except Exception as trouble:
        raise refused(name, "文件不完整或已损坏", "请向报送单位重新要一份。") from trouble
    # They are taken one by one, because `passwords` may ask the user to type the last one.
    for password in chain((EXCELS_OWN,), passwords):
        if not _fits(book, password):
            continue
        try:
            plain = BytesIO()
            book.decrypt(plain)
        except InvalidKeyError:
            continue
        except Exception as trouble:
            raise unsupported_encryption(name) from trouble
        return plain.getvalue()
    if passwords:
        raise PasswordNeededError(
            f"{name}：工作簿有密码，给出的密码都打不开。请核对 --password-file 里的密码，或请报送单位另存为不带密码的文件。"
        )
    raise PasswordNeededError(
        f"{name}：工作簿有密码。请用 --password-file 给出写有密码的文件，或请报送单位另存为不带密码的文件。"
    )


def unsupported_encryption(name: str) -> UserError:
    """The error for a kind of encryption that cannot be opened."""
    return refused(name, "工作簿有密码，所用的加密方式打不开", "请另存为不带密码的文件后再交。")


def _chains_loop(book: Any) -> bool:
    """Whether the file has a chain of sectors without an end. olefile and xlrd would follow it for ever."""
    ole = getattr(book, "ole", None)
    if ole is None:
        return False
    ole.loadminifat()
    return any(_has_cycle(chain) for chain in (ole.fat, ole.minifat) if chain)


def _has_cycle(following: Sequence[int]) -> bool:
    """Whether some walk from i to following[i] comes back to a place where it has been. A number beyond the end stops it."""
    walk_of = [0] * len(following)
    for start in range(len(following)):
        at = start
        while at < len(following) and not walk_of[at]:
            walk_of[at] = start + 1
            at = following[at]
        if at < len(following) and walk_of[at] == start + 1:
            return True
    return False


def _fits(book: Any, password: str) -> bool:
    """Whether the password opens the book. A wrong one may raise any error, so every exception means no."""
    try:
        if type(book).__name__ == "OOXMLFile":
            book.load_key(password=password, verify_password=True)
        else:
            book.load_key(password=password)
    except Exception:
        return False
    return True
