"""The toolkit `sanchuang`. Nothing is imported here, so that a command loads only what it needs.

Its folders, and what the modules of each may touch, stand at the beginning of docs/glossary.md.
"""


def __getattr__(name: str) -> str:
    """__version__, looked up when somebody asks: finding installed packages takes a tenth of `sanchuang
    --help`."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("sanchuang-cli")
