"""Locks bytes with a password and unlocks them (AES-256-GCM, the key made from the password by scrypt). It touches no file.

Whoever has another password, or changed a byte, gets nothing. The name under which bytes are kept is part of what is checked,
so that one file cannot stand in another's place.
"""

import os
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_SALT, _NONCE, _KEY = 16, 12, 32
_COST = 2**15
"""Scrypt's n: a tenth of a second and 32 MiB for each guess of a password."""
_BLOCK, _PARALLEL = 8, 1
_TRIED, _WORD = "password", b"sanchuang"


class WrongPasswordError(Exception):
    """The password is another one, or the bytes were changed."""


@dataclass(frozen=True)
class Lock:
    """A key. told: what must be kept to make it again from the password; nothing of it is secret."""

    key: AESGCM
    told: dict[str, Any]

    def locked(self, name: str, content: bytes) -> bytes:
        """The bytes as nobody can read them."""
        nonce = os.urandom(_NONCE)
        return nonce + self.key.encrypt(nonce, content, name.encode())

    def unlocked(self, name: str, content: bytes) -> bytes:
        """The bytes as they were. Raises WrongPasswordError."""
        try:
            return self.key.decrypt(content[:_NONCE], content[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            raise WrongPasswordError from None


def new_lock(password: str) -> Lock:
    """A lock for a password, with a salt of its own."""
    made = _lock(password, {"kdf": "scrypt", "n": _COST, "salt": os.urandom(_SALT).hex()})
    return Lock(made.key, made.told | {"check": made.locked(_TRIED, _WORD).hex()})


def lock_of(password: str, told: dict[str, Any]) -> Lock:
    """The lock that was told of, made again. Raises WrongPasswordError, and ValueError or KeyError where that is damaged."""
    made = _lock(password, told)
    made.unlocked(_TRIED, bytes.fromhex(told["check"]))
    return made


def _lock(password: str, told: dict[str, Any]) -> Lock:
    if told["n"] != _COST:
        raise ValueError(told["n"])
    salt = bytes.fromhex(told["salt"])
    key = Scrypt(salt=salt, length=_KEY, n=_COST, r=_BLOCK, p=_PARALLEL).derive(password.encode())
    return Lock(AESGCM(key), told)
