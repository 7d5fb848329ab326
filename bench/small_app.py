"""A minimal typer app with rich help: what `sanchuang --help` is held against."""

from typing import Annotated

import typer

app = typer.Typer(help="A small app.", rich_markup_mode="rich")


@app.command()
def hello(name: str, often: Annotated[int, typer.Option(help="How often.")] = 1) -> None:
    """Say hello."""
    typer.echo(f"hello {name}\n" * often)


@app.command()
def goodbye(name: str) -> None:
    """Say goodbye."""
    typer.echo(f"goodbye {name}")


if __name__ == "__main__":
    app()
