"""The toolkit `sanchuang`, and how it is started. No part of it is imported here, so that a command loads only what it needs.

Its folders, and what the modules of each may touch, stand at the beginning of docs/glossary.md.
"""

import sys


def starting() -> tuple[str, ...]:
    """The words that start this program whatever the environment is: its Python with its module, and nothing from the folder
    it is started in; or, in the bundle, the program itself."""
    frozen = getattr(sys, "frozen", False)  # PyInstaller sets it
    return (sys.executable,) if frozen else (sys.executable, "-P", "-m", "sanchuang_cli")


def __getattr__(name: str) -> str:
    """__version__, looked up when somebody asks: finding installed packages takes a tenth of `sanchuang
    --help`."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("sanchuang-cli")
