"""Starts `sanchuang` in the bundle: the script that PyInstaller freezes."""

from sanchuang_cli.__main__ import main

if __name__ == "__main__":
    main()
