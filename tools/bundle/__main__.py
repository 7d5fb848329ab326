"""Makes the bundle, one folder that needs no Python, and holds it against the installed program: `python -m tools.bundle`.

It needs Python, pip and their package index, on Linux and, untried, on Windows. A bundle runs on the system it was made on. What it
makes lies in build/bundle and dist/sanchuang.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tools" / "bundle"
WORK = ROOT / "build" / "bundle"
BUNDLE = ROOT / "dist" / "sanchuang"
FREEZER = "pyinstaller>=6.22,<7"
WINDOWS = os.name == "nt"


def main() -> None:
    """Install the program alone, freeze it, and see that the frozen one does the same."""
    python = installed()
    frozen(python)
    run(python, "-m", "tools.bundle.check", BUNDLE)
    sys.stdout.write(f"{BUNDLE}\n")


def installed() -> Path:
    """The Python of a new environment that has the program, what it needs, and PyInstaller: nothing else may slip in."""
    folder = WORK / "venv"
    venv.create(folder, clear=True, with_pip=True)
    python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    pins = ROOT / "requirements.txt"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", pins, ROOT, FREEZER)
    return python


def frozen(python: Path) -> None:
    """Freeze it into BUNDLE, with what starts it on this system beside it."""
    folders = ("--distpath", BUNDLE.parent, "--workpath", WORK)
    spec = HERE / "sanchuang.spec"
    run(python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", *folders, spec)
    for extra in (HERE / "windows").iterdir() if WINDOWS else ():
        shutil.copy(extra, BUNDLE)


def run(*words: object) -> None:
    """Run a command in the project's folder. Raises SystemExit with its exit code where it fails."""
    utf8 = os.environ | {"PYTHONUTF8": "1"}  # what it prints has Chinese names
    done = subprocess.run([str(word) for word in words], cwd=ROOT, env=utf8, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
