"""Workbooks behind a password: opened with the passwords given, and with the one that Excel itself tries.

Promise: a wrong or missing password is asked for; encryption that cannot be opened says to save without one.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.content import refused

EXCELS_OWN = "VelvetSweatshop"
"""Excel encrypts a merely write-protected book with this and opens it without asking."""


class PasswordNeededError(UserError):
    """None of the passwords given opens the book: a caller at a terminal may ask for one and try again."""


def decrypted(name: str, content: bytes, passwords: Sequence[str]) -> bytes | None:
    """The plain bytes of an OLE file, None when it was not encrypted. Raises UserError."""
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
    for password in chain((EXCELS_OWN,), passwords):  # one by one: the last may have to be typed
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
    return refused(name, "工作簿有密码，所用的加密方式打不开", "请另存为不带密码的文件后再交。")


def _chains_loop(book: Any) -> bool:
    """Sector chains that never end: olefile follows them for ever as it writes a decrypted .xls, xlrd as it reads one."""
    ole = getattr(book, "ole", None)
    if ole is None:
        return False
    ole.loadminifat()
    return any(_has_cycle(chain) for chain in (ole.fat, ole.minifat) if chain)


def _has_cycle(following: Sequence[int]) -> bool:
    """Whether any walk i -> following[i] comes back to where it has been; numbers beyond the end stop a walk."""
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
    """Whether `password` is the book's; a wrong one shows itself as any error at all."""
    try:
        if type(book).__name__ == "OOXMLFile":
            book.load_key(password=password, verify_password=True)
        else:
            book.load_key(password=password)
    except Exception:
        return False
    return True
