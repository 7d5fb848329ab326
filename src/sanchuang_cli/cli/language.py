"""Decides in which language the help is, from the words that were typed and the environment. It reads english.toml.

Sheets, findings and messages are always Chinese: they are signed and answered by people who read Chinese.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from sanchuang_cli.finding import UserError

Language = Literal["zh", "en"]
Say = Callable[[str], str]

_OPTION = "--lang"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The environment variables that name a language, the strongest first, as POSIX has them."""


def chosen(words: Sequence[str], environment: Mapping[str, str]) -> tuple[list[str], Language]:
    """The words without --lang, wherever it stands among them, and the language that it or the environment names.

    Raises UserError for a language that there is not.
    """
    end = words.index("--") if "--" in words else len(words)
    for i, word in enumerate(words[:end]):
        option, equals, value = word.partition("=")
        if option == _OPTION:
            behind = i + 1 if equals else i + 2
            return [*words[:i], *words[behind:]], _known(value if equals else "".join(words[i + 1 : behind]))
    return list(words), _of_environment(environment)


def _known(name: str) -> Language:
    languages: dict[str, Language] = {"zh": "zh", "en": "en"}
    if name in languages:
        return languages[name]
    raise UserError(f"{_OPTION} 后面写 zh（中文）或 en（英文）" + (f"，不是 {name}。" if name else "。"))


def _of_environment(environment: Mapping[str, str]) -> Language:
    """English where the strongest variable that is set names it, else Chinese: also for C, and where none is set."""
    named = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "en" if named.lower().startswith("en") else "zh"


def say(language: Language) -> Say:
    """What gives a text of the help in the language. In English a text that is not in the table stays Chinese."""
    if language == "zh":
        return str
    words = english()
    return lambda text: words.get(text, text)


def english() -> dict[str, str]:
    """The texts of the help in English, by the Chinese ones."""
    import tomllib  # most runs show no help, and most help is Chinese

    return tomllib.loads(Path(__file__).with_name("english.toml").read_text("utf-8"))
