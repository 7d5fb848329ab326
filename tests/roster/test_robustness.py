"""Damaged files: whatever bytes arrive, an inspection or a refusal comes back, soon and in bounded memory.

RUNS is the small count for every day; `make verify` makes 2,000.
"""

import io
import json
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.roster.tables.inspection import inspection
from tests.counts import FULL
from tests.roster.file_formats import biff4, encrypted, ods, ods_rows, xlsb

RUNS = 2000 if FULL else 150
LONGEST_SECONDS = 10
MOST_MEMORY_KIB = 1 << 20
ROWS: list[list[Any]] = [
    ["序号", "姓名", "身份证号", "金额"],
    *[[float(n), "王刚", "230227195308151013", 1200.5] for n in range(30)],
]
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "workbooks"


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("B2:B4")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def seeds(folder: Path) -> list[bytes]:
    """One file of each kind made here, and those that others made where they are at hand."""
    (folder / "plain.xlsx").write_bytes(xlsx())
    made = [
        xlsx(),
        ods(ods_rows(ROWS)),
        biff4(ROWS),
        xlsb(ROWS),
        encrypted(folder / "plain.xlsx", "VelvetSweatshop").read_bytes(),
    ]
    made.append("\n".join(",".join(map(str, row)) for row in ROWS).encode("gb18030"))
    others = sorted(CORPUS.glob("*/*.xls*")) if CORPUS.is_dir() else []
    return made + [path.read_bytes() for path in others if path.stat().st_size < 60_000]


def mutated(chance: random.Random, content: bytes) -> bytes:
    """Bytes changed, cut out, doubled or cut off; inside the parts of a zip half of the time."""
    if content[:2] == b"PK" and chance.random() < 0.5:
        return _mutated_part(chance, content)
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 3, 10, 100])):
        at = chance.randrange(len(damaged))
        damaged[at] = chance.choice([0, 1, 0x7F, 0xFF, chance.randrange(256)])
    way = chance.random()
    if way < 0.2:
        return bytes(damaged[: chance.randrange(len(damaged))])
    if way < 0.3:
        start = chance.randrange(len(damaged))
        return bytes(damaged[:start] + damaged[start + chance.randrange(200) :])
    return bytes(damaged)


def _mutated_part(chance: random.Random, content: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        hit = chance.choice(old.namelist())
        for part in old.namelist():
            inside = bytearray(old.read(part))
            for _ in range(chance.choice([1, 3, 30]) if part == hit and inside else 0):
                at = chance.randrange(len(inside))
                inside[at] = chance.choice([0x20, 0x22, 0x39, 0x3C, 0x41, 0xFF, chance.randrange(256)])
            new.writestr(part, bytes(inside))
    return target.getvalue()


def damaged_files(folder: Path, runs: int) -> Iterator[Path]:
    chance = random.Random(20120602)
    originals = seeds(folder)
    for number in range(runs):
        path = folder / f"{number}.xlsx"
        path.write_bytes(mutated(chance, originals[number % len(originals)]))
        yield path


READ_ALL = """
import resource, signal, sys, time
from pathlib import Path
from sanchuang_cli.roster.tables.inspection import inspection
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
slowest = 0.0
for path in map(Path, sys.argv[1:]):
    print(path, file=sys.stderr, flush=True)
    signal.alarm(30)
    started = time.monotonic()
    inspection(path)
    slowest = max(slowest, time.monotonic() - started)
# not ru_maxrss, which a child takes over from the process that started it
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(slowest, peak.split()[1])
"""


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_no_damaged_file_crashes_hangs_or_drowns_the_reader(tmp_path: Path) -> None:
    """In a process of its own, so that an abort of the interpreter would be seen."""
    paths = [str(path) for path in damaged_files(tmp_path, RUNS)]
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, *paths], capture_output=True, text=True, timeout=max(60, RUNS)
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "panicked" not in done.stderr
    slowest, memory = done.stdout.split()
    assert float(slowest) < LONGEST_SECONDS
    assert int(memory) < MOST_MEMORY_KIB


def test_a_sector_chain_that_bites_its_tail_is_refused(tmp_path: Path) -> None:
    """A damaged .xls with a password once kept the reader busy for ever."""
    source = CORPUS / "nasty" / "okfn__messytables__encrypted_no_password.xls"
    if not source.is_file():
        pytest.skip(f"needs {source}")
    content = bytearray(source.read_bytes())
    fat = 512 + 512 * int.from_bytes(content[76:80], "little")
    content[fat : fat + 8] = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
    (tmp_path / "a.xls").write_bytes(content)
    assert "已损坏" in inspection(tmp_path / "a.xls")["error"]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(str.encode),
        st.text('姓名,\t;"\n1合计', max_size=200).map(lambda t: t.encode("gb18030")),
    )
)
def test_any_bytes_at_all_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(content)
    document = inspection(path)
    assert document["error"] is None or document["error"].startswith("a.csv：")
    json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00", b"\x09\x04\x06\x00"]
    ),
    st.binary(max_size=2000),
)
def test_any_bytes_behind_a_known_signature_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xls"
    path.write_bytes(magic + content)
    inspection(path)


@pytest.mark.parametrize(
    "cells", [["甲乙", "丙丁"], ["姓名", "性别"], [1.0, "x"], ["合计", 5.0], ["注：", "x"]]
)
def test_a_long_sheet_of_one_repeated_row_is_answered_soon(tmp_path: Path, cells: list[object]) -> None:
    path = tmp_path / "long.csv"
    line = ",".join(map(str, cells))
    path.write_text("\n\n".join([line] * 30_000), encoding="utf-8")
    started = time.monotonic()
    inspection(path)
    assert time.monotonic() - started < LONGEST_SECONDS
