"""A workbook behind a password is the same workbook once it is opened, and no one opens it without."""

from io import BytesIO
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.exceptions import InvalidKeyError

from sanchuang_cli.report import appendix, files, workbook
from sanchuang_cli.report.locking import lock
from sanchuang_cli.report.run import Run
from tests.report.conftest import Convert

PASSWORD = "密码 Pass-2026"


def opened(path: Path, password: str) -> bytes:
    plain = BytesIO()
    with path.open("rb") as file:
        book = msoffcrypto.OfficeFile(file)
        book.load_key(password=password, verify_password=True)
        book.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


@pytest.fixture
def plain(tmp_path: Path, run: Run) -> Path:
    target = tmp_path / "plain.xlsx"
    workbook.write(target, appendix.pages(run), on=run.occasion.on)
    return target


def test_decrypted_it_is_the_workbook_byte_for_byte(tmp_path: Path, plain: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(plain.read_bytes())
    lock(locked, PASSWORD)
    assert opened(locked, PASSWORD) == plain.read_bytes()
    assert openpyxl.load_workbook(BytesIO(opened(locked, PASSWORD))).sheetnames[-1] == "来源"


def test_without_the_password_nothing_of_it_can_be_read(tmp_path: Path, plain: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(plain.read_bytes())
    lock(locked, PASSWORD)
    assert locked.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert b"xl/worksheets" not in locked.read_bytes()
    with pytest.raises(InvalidKeyError):
        opened(locked, "wrong")


def test_saved_it_is_readable_by_its_owner_alone_and_never_replaced(tmp_path: Path, plain: Path) -> None:
    def write(path: Path) -> None:
        path.write_bytes(plain.read_bytes())
        lock(path, PASSWORD)

    first, second = (files.save(tmp_path / "out.xlsx", write) for _ in range(2))
    assert (first.path.name, second.path.name) == ("out.xlsx", "out-2.xlsx")
    assert first.path.stat().st_mode & 0o077 == 0
    assert not [path for path in tmp_path.iterdir() if "sanchuang-tmp" in path.name]


def test_libreoffice_asks_for_the_password_and_does_not_open_it_otherwise(
    tmp_path: Path, plain: Path, converted: Convert
) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(plain.read_bytes())
    lock(locked, PASSWORD)
    assert converted(plain, "csv").exists()
    assert not converted(locked, "csv").exists()
