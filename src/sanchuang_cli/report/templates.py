"""Fills the templates in markup/, and those of the desk. Everything that is put into one is escaped, so no text of a roster can
become markup."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from sanchuang_cli.report.cells import clean

_BREAK = Markup("<br>")


def template(name: str, package: str = "sanchuang_cli.report") -> Template:
    """Return the template with this file name, of the folder markup/ of a package."""
    return _environment(package).get_template(name)


@cache
def _environment(package: str) -> Environment:
    made = Environment(
        loader=PackageLoader(package, "markup"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"words": _words, "px": "{:.1f}".format}
    return made


def _words(text: str) -> Markup:
    """Return a text as a page can hold it, each of its lines on a line of its own."""
    escaped = escape(clean(text))
    return escaped.replace("\n", _BREAK) if "\n" in escaped else escaped
