"""The made-up run, and LibreOffice where there is one."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sanchuang_cli.report.run import Run
from tests.report import made_up


@pytest.fixture
def run() -> Run:
    return made_up.whole_run()


Convert = Callable[[Path, str], Path]
ConvertAll = Callable[[Sequence[Path], str], list[Path]]


@pytest.fixture(scope="session")
def all_converted(tmp_path_factory: pytest.TempPathFactory) -> ConvertAll:
    """LibreOffice, started once for all of these workbooks: files of another format, in the same order."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice 没有安装：打印和重算的检查没有做")
    profile = f"-env:UserInstallation={tmp_path_factory.mktemp('libreoffice').as_uri()}"

    def convert(sources: Sequence[Path], suffix: str) -> list[Path]:
        folder = tmp_path_factory.mktemp("converted")
        inputs = [
            shutil.copy(path, folder / f"{number}{path.suffix}") for number, path in enumerate(sources)
        ]  # two of them may have one name
        done = subprocess.run(
            [program, profile, "--headless", "--convert-to", suffix, "--outdir", folder / "out", *inputs],
            check=True,
            capture_output=True,
            timeout=600,
        )
        if any(path.suffix == ".docx" for path in sources) and b"could not be loaded" in done.stderr:
            pytest.skip("LibreOffice 没有装 Writer：文字文稿的打印检查没有做")
        return [folder / "out" / f"{number}.{suffix.split(':')[0]}" for number in range(len(sources))]

    return convert


@pytest.fixture(scope="session")
def converted(all_converted: ConvertAll) -> Convert:
    """LibreOffice: a workbook as a file of another format."""
    return lambda source, suffix: all_converted([source], suffix)[0]
