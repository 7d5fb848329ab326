"""`sanchuang run` and `init`."""

import typer


def register(app: typer.Typer, epilog: str) -> None:
    pass
