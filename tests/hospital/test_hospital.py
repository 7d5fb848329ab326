"""`--for hospital`: findings go into one encrypted file with whose they are, and there is no other way to them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
from openpyxl import Workbook, load_workbook

from sanchuang_cli.finding import UserError
from sanchuang_cli.report import files, hospital_file
from tests.cli.test_health import tells, texts
from tests.command import Sanchuang, book, run_in
from tests.health import SECRET
from tests.programmes.people import identity

WHO = ("乡镇", "村", "姓名", "身份证号")
POLICY = '[[edition]]\ntitle = "办法"\ndocument = "县字1号"\neffective = 2020-01-01\n'
PASSWORD = "密码Pass2026"
ASKED = ("examined", "体检.xlsx", "--policy", "政策.toml")
DOOR = (*ASKED, "--for", "hospital", "--out", "交医院.xlsx", "--password-file", "密码.txt")


def who(number: int) -> list[str]:
    return ["青禾镇", "河西村", "王" + "甲乙丙丁"[number], identity("1960-05-01", "男", number)]


@pytest.fixture
def examined(tmp_path: Path) -> Sanchuang:
    """`sanchuang WORDS…` with the programme that is not shipped, in the test's folder; two people with findings there."""
    heads = (*WHO, "主要异常", "体检日期", "复查建议")
    people = [
        [*who(0), f"{SECRET}一", "2026-03-01", f"{SECRET}二"],
        [*who(1), "", "2026-03-02", f"{SECRET}三"],
    ]
    book(tmp_path / "体检.xlsx", people, heads)
    (tmp_path / "政策.toml").write_text(POLICY, "utf-8")
    (tmp_path / "密码.txt").write_text(f"{PASSWORD}\n", "utf-8")
    return run_in(tmp_path, "tests.hospital")


def opened(path: Path) -> list[list[Any]]:
    """The lines of the encrypted file from its heads on, and what stands below them."""
    plain = BytesIO()
    with path.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=PASSWORD, verify_password=True)
        locked.decrypt(plain, verify_integrity=True)
    rows = [list(row) for row in load_workbook(plain).worksheets[0].iter_rows(values_only=True)]
    return rows[next(at for at, row in enumerate(rows) if row[0] == "序号") :]


def test_the_hospital_gets_whose_they_are_and_what_was_found_as_it_was_given(
    examined: Sanchuang, tmp_path: Path
) -> None:
    ran = examined(*DOOR)
    assert (ran.code, ran.out) == (0, "")
    heads, *lines = opened(tmp_path / "交医院.xlsx")
    assert heads == ["序号", *WHO, "主要异常", "复查建议"]
    assert lines[:2] == [
        [1, *who(0), f"{SECRET}一", f"{SECRET}二"],
        [2, *who(1), None, f"{SECRET}三"],
    ]


def test_it_writes_one_encrypted_file_and_nothing_else_and_shows_nothing_of_it(
    examined: Sanchuang, tmp_path: Path
) -> None:
    before = {path.name for path in tmp_path.rglob("*")}
    ran = examined(*DOOR)
    assert {path.name for path in tmp_path.rglob("*")} - before == {"交医院.xlsx"}
    assert [name for name, text in texts(tmp_path) if tells(text) and "体检.xlsx" not in name] == []
    assert not tells(ran.err)
    assert (tmp_path / "交医院.xlsx").read_bytes().startswith(b"\xd0\xcf\x11\xe0")


def test_without_the_door_the_programme_has_nothing_of_them(examined: Sanchuang, tmp_path: Path) -> None:
    ran = examined(*ASKED, "--out", "结果.xlsx", "--json")
    assert ran.code == 0 and not tells(ran.out + ran.err)
    assert [name for name, text in texts(tmp_path) if tells(text) and "体检.xlsx" not in name] == []
    assert "roster.health" in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (DOOR[:-2], "必须加密：请用 --password-file"),
        ((*DOOR[:6], "--password-file", "密码.txt"), "要用 --out 写明"),
        ((*DOOR, "--json"), "只写一个加密文件，用不着 --json，请去掉"),
        ((*DOOR, "--html", "页.html"), "用不着 --html"),
        ((*DOOR[:6], "--out", "{township}.xlsx", *DOOR[8:]), "只写一个文件，--out 里用不着 {township}"),
        ((*DOOR[:-1], "长.txt"), "密码应为 1 至 255 个字符，现为 300 个"),
        ((*DOOR[:-1], "空.txt"), "密码应为 1 至 255 个字符，现为 0 个"),
        ((*DOOR[:-1], "没有.txt"), "密码文件 没有.txt 读不出"),
        ((*ASKED, "--for", "医院", *DOOR[6:]), "--for 不认识“医院”。可用的有：hospital"),
    ],
)
def test_what_cannot_be_encrypted_or_would_say_more_is_refused(
    words: tuple[str, ...], told: str, examined: Sanchuang, tmp_path: Path
) -> None:
    (tmp_path / "长.txt").write_text("长" * 300, "utf-8")
    (tmp_path / "空.txt").write_text("", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    ran = examined(*words)
    assert ran.code == 2 and told in ran.err, ran.err
    assert sorted(tmp_path.rglob("*")) == before


def test_where_encryption_fails_nothing_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(package: bytes, password: str) -> bytes:
        raise ValueError(SECRET)

    monkeypatch.setattr(hospital_file, "locked", fails)
    table = hospital_file.page([], ["主要异常"], [([], [SECRET])])
    with pytest.raises(UserError, match="加密不成（ValueError），什么都没有写出") as refused:
        files.save(
            tmp_path / "交医院.xlsx",
            lambda path: hospital_file.write(path, table, "密码", on=date(2026, 3, 1)),
        )
    assert list(tmp_path.iterdir()) == [] and not tells(str(refused.value))


def test_a_book_without_findings_gives_no_file(examined: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "体检.xlsx", [[*who(0), "2026-03-01"]], (*WHO, "体检日期"))
    ran = examined(*DOOR)
    assert ran.code == 2 and "没有体检发现的列" in ran.err
    assert not (tmp_path / "交医院.xlsx").exists()


def test_a_column_whose_heading_nobody_knows_is_named_as_left_out(
    examined: Sanchuang, tmp_path: Path
) -> None:
    heads = (*WHO, "职务", "任职起始", "体检日期", "费用", "乙肝五项", "收缩压", "检出疾病", "某某项目")
    row = [*who(0), "村党支部书记", "2018-03", "2026-03-01", 180, *(f"{SECRET}{n}" for n in range(4))]
    book(tmp_path / "体检.xlsx", [row], heads)
    ran = examined("checkups", "体检.xlsx", "--period", "2026", *DOOR[4:])
    assert ran.code == 0, ran.err
    assert opened(tmp_path / "交医院.xlsx")[0] == ["序号", *WHO, "乙肝五项", "收缩压", "检出疾病"]
    assert "这些列不认识，没有读：某某项目，也没有写进文件" in ran.err and not tells(ran.err)


def sheet_with(change: Callable[[Any], None], path: Path) -> None:
    workbook = Workbook()
    change(workbook.active)
    workbook.save(path)


def test_each_gets_their_own_from_tables_beside_and_below_one_another(
    examined: Sanchuang, tmp_path: Path
) -> None:
    def change(sheet: Any) -> None:
        heads = [*WHO, "主要异常"]
        for row in (
            [*heads, None, None, *heads],
            [*who(0), "甲一", None, None, *who(1), "乙一"],
            [*who(2), "丙一", None, None, *who(3), "丁一"],
        ):
            sheet.append(row)

    sheet_with(change, tmp_path / "体检.xlsx")
    assert examined(*DOOR).code == 0
    _, *lines = opened(tmp_path / "交医院.xlsx")
    assert {line[3]: line[5] for line in lines[:4]} == {
        "王甲": "甲一",
        "王乙": "乙一",
        "王丙": "丙一",
        "王丁": "丁一",
    }


def test_somebody_who_is_set_aside_is_handed_over_too_and_told(examined: Sanchuang, tmp_path: Path) -> None:
    people = [[*who(0), "甲一"], ["青禾镇", "河西村", "王乙", "123", "乙一"]]
    book(tmp_path / "体检.xlsx", people, (*WHO, "主要异常"))
    ran = examined(*DOOR)
    assert ran.code == 1 and "体检.xlsx" in ran.err
    _, *lines = opened(tmp_path / "交医院.xlsx")
    assert [line[3:] for line in lines[:2]] == [["王甲", who(0)[3], "甲一"], ["王乙", "123", "乙一"]]


def test_a_programme_without_check_ups_has_no_such_door(examined: Sanchuang) -> None:
    ran = examined("rate", "体检.xlsx", "--for", "hospital")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "错误：rate 用不着 --for，请去掉。")
