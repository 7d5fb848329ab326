"""Workbooks behind a password: opened with the passwords given, and with the one that Excel itself tries.

Promise: a wrong or missing password is asked for; encryption that cannot be opened says to save without one.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.content import refused

EXCELS_OWN = "VelvetSweatshop"
"""Excel encrypts a merely write-protected book with this and opens it without asking."""


class PasswordNeededError(UserError):
    """None of the passwords given opens the book: a caller at a terminal may ask for one and try again."""


def decrypted(name: str, content: bytes, passwords: Sequence[str]) -> bytes | None:
    """The plain bytes of an OLE file, None when it was not encrypted. Raises UserError."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError

    try:
        book = msoffcrypto.OfficeFile(BytesIO(content))
        if not book.is_encrypted():
            return None
    except FileFormatError:
        return None
    except Exception as trouble:
        raise refused(name, "文件不完整或已损坏", "请向报送单位重新要一份。") from trouble
    for password in (EXCELS_OWN, *passwords):
        try:
            plain = _opened(book, password)
        except (DecryptionError, FileFormatError) as trouble:
            if "unsupported" in str(trouble).lower():
                raise unsupported_encryption(name) from None
            continue
        except Exception:  # noqa: S112 - a wrong key shows itself as any error at all
            continue
        if plain.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            return plain
    if passwords:
        raise PasswordNeededError(
            f"{name}：工作簿有密码，给出的密码都打不开。请核对 --password-file 里的密码，或请报送单位另存为不带密码的文件。"
        )
    raise PasswordNeededError(
        f"{name}：工作簿有密码。请用 --password-file 给出写有密码的文件，或请报送单位另存为不带密码的文件。"
    )


def unsupported_encryption(name: str) -> UserError:
    return refused(name, "工作簿有密码，所用的加密方式打不开", "请另存为不带密码的文件后再交。")


def _opened(book: Any, password: str) -> bytes:
    if type(book).__name__ == "OOXMLFile":
        book.load_key(password=password, verify_password=True)
    else:
        book.load_key(password=password)
    plain = BytesIO()
    book.decrypt(plain)
    return plain.getvalue()
