"""What is dropped on the desk lies in the run's folder under a name that can do no harm, or is refused with the reason."""

import io
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.desk.uploads import put, safe
from sanchuang_cli.desk.work import BOOKS, POLICY, PROFILE, Asking
from sanchuang_cli.finding import UserError
from tests.desk.serving import ORGS, Desk


@given(
    st.text(max_size=80)
    | st.sampled_from(
        ["../../etc/passwd", "C:\\名册\\a.xlsx", "a/b/../c.xlsx", "..", "CON.xlsx", "\0.xlsx", "a:b"]
    )
)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder, "run")
        there.mkdir()
        try:
            paths = put(there, BOOKS, [(f"{name}.xlsx", io.BytesIO(b"x"))])
        except UserError:
            paths = []
        inside = [
            str(Path(at, file).relative_to(there)) for at, _, files in os.walk(folder) for file in files
        ]
        assert [path.replace("/", os.sep) for path in paths] == inside
        assert all(Path(path).parent == Path("名册") for path in paths)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("乡镇/青禾镇 名册.xlsx", "青禾镇 名册.xlsx"),
        ("C:\\Users\\李\\名册.xls", "名册.xls"),
        (".隐藏.xlsx", "隐藏.xlsx"),
        ("con.xlsx", "con_.xlsx"),
        ("a<b>|c?.csv", "abc.csv"),
        ("e\u0301.xlsx", "\u00e9.xlsx"),
    ],
)
def test_a_name_keeps_what_can_do_no_harm(sent: str, kept: str) -> None:
    assert safe(sent) == kept


@pytest.mark.parametrize("name", ["", "..", "/", "...", "长" * 80 + ".xlsx"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="再放"):
        safe(name)


@pytest.mark.parametrize("second", ["名册.xlsx", "别处/名册.xlsx", "名册.XLSX"])
def test_two_files_of_one_name_are_refused(tmp_path: Path, second: str) -> None:
    with pytest.raises(UserError, match="分不清是哪一个"):
        put(tmp_path, BOOKS, [("名册.xlsx", io.BytesIO()), (second, io.BytesIO())])


@pytest.mark.parametrize(
    ("asking", "name"),
    [(BOOKS, "照片.jpg"), (BOOKS, "名册.zip"), (BOOKS, "名册"), (POLICY, "办法.docx"), (PROFILE, "a.xlsx")],
)
def test_a_file_that_is_not_read_there_is_refused(tmp_path: Path, asking: Asking, name: str) -> None:
    with pytest.raises(UserError, match="不是这里能用的文件"):
        put(tmp_path, asking, [(name, io.BytesIO())])


def test_what_is_refused_leaves_nothing(entered: Desk) -> None:
    before = sorted(entered.folder.iterdir())
    for files in (
        [("books", "照片.jpg", b"x")],
        [("books", "a.xlsx", b"x"), ("books", "A.xlsx", b"y")],
        [("books", "", b"")],
    ):
        answer = entered.post_form("/do/rate", files)
        assert answer.status == 400
        assert "没有做" in answer.text
    assert sorted(entered.folder.iterdir()) == before


def test_a_file_in_the_field_of_words_and_words_in_the_field_of_files_are_no_fault(entered: Desk) -> None:
    answer = entered.post_form("/do/rate", [("period", "a.xlsx", b"x")], {"books": "words"})
    assert answer.status == 400
    assert "还没有放名册" in answer.text


@pytest.fixture(scope="module")
def done(entered: Desk) -> str:
    """The address of a run that has written one file."""
    run = entered.post_form("/do/rate", [("books", "orgs.xlsx", ORGS.read_bytes())]).headers["location"]
    entered.done(run)
    return run


@pytest.mark.parametrize(
    "number", ["1", "99999999999999999999", "-1", "..%2f..%2fin-use", "%2e%2e", "0/../../in-use"]
)
def test_only_what_a_run_has_written_can_be_taken(entered: Desk, done: str, number: str) -> None:
    assert entered.ask("GET", f"{done}/files/0").content[:2] == b"PK"
    answer = entered.ask("GET", f"{done}/files/{number}")
    assert answer.status == 404
    assert "没有这一页" in answer.text


def test_a_value_that_no_process_can_be_given_is_no_fault(entered: Desk) -> None:
    files = [("books", "orgs.xlsx", ORGS.read_bytes())]
    answer = entered.post_form("/do/rate", files, {"period": "20\0Q", "password": "\0"})
    assert answer.status == 303
    assert "期间“20Q”看不懂" in entered.done(answer.headers["location"]).text


def test_a_zip_bomb_is_refused_as_the_reader_does(entered: Desk) -> None:
    import zipfile

    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package, zipfile.ZipFile(ORGS) as sound:
        for name in sound.namelist():
            package.writestr(name, bytes(1 << 26) if name == "xl/sharedStrings.xml" else sound.read(name))
    run = entered.post_form("/do/rate", [("books", "弹.xlsx", bomb.getvalue())]).headers["location"]
    page = entered.done(run)
    assert "没有运行成" in page.text
    assert "弹.xlsx" in page.text


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux lets the size of another process's files be bounded"
)
def test_a_disk_that_is_full_is_said_and_nothing_is_kept(fresh: Desk) -> None:
    import resource

    fresh.enter()
    resource.prlimit(fresh.process.pid, resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    answer = fresh.post_form("/do/rate", [("books", "大.xlsx", bytes(3 << 20))])
    assert answer.status == 400
    assert "文件没有收下" in answer.text
    assert sorted(path.name for path in fresh.folder.iterdir()) == ["in-use"]
