"""A ledger that is a file: its rights, the copies beside it, and where it must not lie."""

import shutil
import stat
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, file, shares
from sanchuang_cli.ledger.address import LedgerFile
from tests.ledger import county
from tests.ledger.county import CHECKER, claimant, entitled, propose

JULY = {"2026-07": 100_00}


def test_a_copy_that_was_changed_is_neither_approved_nor_sent(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    (copy,) = ledger.folder.glob("*.xlsx")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger.folder.stat().st_mode) == 0o700
    copy.chmod(0o600)
    with copy.open("ab") as file:
        file.write(b"x")
    with pytest.raises(UserError, match="被人改过"):
        batches.approve(ledger, batch, CHECKER)


def test_a_ledger_that_was_copied_without_its_folder_gets_no_empty_one(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    batch = propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"]
    copied = tmp_path / "副本.db"
    shutil.copy(ledger.path, copied)
    with pytest.raises(UserError, match="不见了"):
        batches.approve(file.opened(copied), batch, CHECKER)
    assert not LedgerFile(copied).folder.exists()


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("这不是台账" * 100)
    with pytest.raises(UserError, match="不是台账"):
        file.opened(path)


MOUNTS = """/dev/sda1 / ext4 rw 0 0
//nas/work {share} {kind} rw 0 0
"""


def mounted(folder: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    """Let the system's list of mounted disks say so."""
    listed = folder / "mounts"
    listed.write_text(lines, "utf-8")
    monkeypatch.setattr(shares, "MOUNTS", listed)


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.gvfsd-fuse"])
def test_a_file_on_a_network_share_is_neither_made_nor_opened_and_the_reason_is_told(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "共享 盘"
    share.mkdir()
    ledger = county.new(share)
    before = county.content(ledger)
    mounted(tmp_path, monkeypatch, MOUNTS.format(share=str(share).replace(" ", "\\040"), kind=kind))
    refused = pytest.raises(UserError, match=f"网络共享（{kind}）.*锁靠不住")
    with refused:
        file.opened(share / "county.db")
    with refused:
        county.new_at(LedgerFile(share / "another.db"))
    assert county.content(ledger) == before and not (share / "another.db").exists()


def test_webdav_is_a_share_and_a_disk_mounted_below_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "share" / "disk"
    mounted(
        tmp_path,
        monkeypatch,
        f"/dev/sda1 / ext4 rw 0 0\nhttps://dav.example.com/ {tmp_path / 'share'} fuse rw 0 0\n/dev/sdb1 {disk} ext4 rw 0 0\n",
    )
    assert shares.share_of(tmp_path / "share" / "a.db") == "fuse"
    assert shares.share_of(disk / "a.db") == shares.share_of(tmp_path / "a.db") == ""
