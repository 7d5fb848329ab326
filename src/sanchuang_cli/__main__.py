"""`python -m sanchuang_cli`."""

from sanchuang_cli.cli import main

if __name__ == "__main__":
    main()
