"""Approvers with keys, made once for all tests, because locking a key with a password takes time."""

from dataclasses import replace
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sanchuang_cli.ledger import approval_paper, batches, signing, unpaid_results
from sanchuang_cli.ledger.approval_paper import Lines, Signed
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.unpaid_results import Stated
from tests.ledger.county import CHECKER


@cache
def key(name: str) -> Ed25519PrivateKey:
    """The key of whoever is called so; always the same."""
    return Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32)[:32])


def public(name: str) -> str:
    return signing.public_of(key(name))


def signed(lines: Lines, name: str = "李四") -> Signed:
    return Signed(lines, public(name), signing.signature(key(name), approval_paper.plain(lines)))


def vouch(ledger: Ledger, stated: Stated, name: str = "李四", login: str = CHECKER.login) -> None:
    deed = replace(CHECKER, who=name, login=login)
    unpaid_results.approve(ledger, stated, deed, signed(unpaid_results.paper(ledger, stated), name))


def approve(ledger: Ledger, number: int, name: str = "李四", login: str = CHECKER.login) -> None:
    deed = replace(CHECKER, who=name, login=login)
    batches.approve(ledger, number, deed, signed(batches.paper(ledger, number), name))
