"""The made-up run, and LibreOffice where there is one."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sanchuang_cli.report.run import Run
from tests.report import made_up


@pytest.fixture
def run() -> Run:
    return made_up.whole_run()


Convert = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """LibreOffice: a workbook as a file of another format."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice 没有安装：打印和重算的检查没有做")
    profile = f"-env:UserInstallation={tmp_path_factory.mktemp('libreoffice').as_uri()}"

    def convert(source: Path, suffix: str) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        done = subprocess.run(
            [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        if source.suffix == ".docx" and b"could not be loaded" in done.stderr:
            pytest.skip("LibreOffice 没有装 Writer：文字文稿的打印检查没有做")
        return folder / f"{source.stem}.{suffix.split(':')[0]}"

    return convert
