"""Makes and reads the Ed25519 keys of approvers, signs papers and checks signatures. Needs no ledger.

A private key lies in a file of its owner, in PKCS8 behind a password. The public key is a PEM file; in the ledger and on
papers it is 32 bytes in base64, with a short fingerprint for people to compare.
"""

import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from sanchuang_cli.finding import UserError, reason

_OWNER_ONLY = 0o600
_CONTEXT = b"sanchuang batch approval 1\n"
"""Stands before what is signed, so that a signature can mean nothing else."""
_SHORT, _GROUP = 16, 4
LEAST = 8
"""The least number of characters of a key's password."""


def made(path: Path, password: str) -> str:
    """Make a key pair: the private key at `path`, the public one at path.pub. Gives the public key. Raises UserError."""
    if len(password) < LEAST:
        raise UserError(f"私钥的密码至少 {LEAST} 个字符，现为 {len(password)} 个。")
    key = Ed25519PrivateKey.generate()
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode()))
    _written(path, locked)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _written(path.with_name(f"{path.name}.pub"), public)
    return _plain(key.public_key())


def _written(path: Path, content: bytes) -> None:
    # Never over another file: a private key that is lost cannot be recovered.
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
            file.write(content)
    except OSError as trouble:
        raise UserError(f"{path} 写不了：{reason(trouble)}。请换一个新的文件名。") from None


def private(path: Path, password: str) -> Ed25519PrivateKey:
    """Read a private key. Raises UserError, also for a key without a password."""
    content = _read(path)
    try:
        key = load_pem_private_key(content, password.encode())
    except TypeError:
        raise UserError(
            f"私钥 {path} 没有密码保护，不用。请用 sanchuang ledger approver key 另做一把。"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise UserError(f"私钥 {path} 打不开：密码不对，或不是私钥文件。") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError(f"{path} 不是 Ed25519 私钥。请用 sanchuang ledger approver key 另做一把。")
    return key


def public(path: Path) -> str:
    """Read a public key from a PEM file. Raises UserError."""
    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm):
        raise UserError(f"{path} 不是公钥文件。要给的是私钥旁边的 .pub 文件，私钥不要交给别人。") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UserError(f"{path} 不是 Ed25519 公钥。请用 sanchuang ledger approver key 另做一把。")
    return _plain(key)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise UserError(f"{path} 读不了：{reason(trouble)}。请核对文件名。") from None


def public_of(key: Ed25519PrivateKey) -> str:
    """The public key of a private one, in base64."""
    return _plain(key.public_key())


def _plain(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()


def fingerprint(public_key: str) -> str:
    """What people compare instead of a public key: 16 hexadecimal digits in groups of four."""
    digits = hashlib.sha256(public_key.encode()).hexdigest()[:_SHORT]
    return "-".join(digits[i : i + _GROUP] for i in range(0, _SHORT, _GROUP))


def signature(key: Ed25519PrivateKey, content: str) -> str:
    """The signature over the content, in base64."""
    return base64.b64encode(key.sign(_CONTEXT + content.encode())).decode()


def is_signed(public_key: str, content: str, signed: str) -> bool:
    """Whether `signed` is the signature of this content by this key. What cannot be read is no signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signed, validate=True), _CONTEXT + content.encode())
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
