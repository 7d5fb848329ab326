"""A small programme that works, to begin from: `make new NAME=visits TITLE=走访慰问`.

Writes the programme, its default policy, its sample and its tests, and puts it into the list of programmes. Nothing that
is there is written over.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).resolve().parents[2]
LIST = Path("src/sanchuang_cli/programmes/__init__.py")
SAMPLES = Path("data/samples/make_samples.py")
FILES = {
    "programme.py": "src/sanchuang_cli/programmes/{}.py",
    "policy.toml": "src/sanchuang_cli/policies/{}.toml",
    "sample.py": "data/samples/{}.py",
    "package.py": "tests/programmes/{}/__init__.py",
    "test_cases.py": "tests/programmes/{}/test_cases.py",
    "oracle.py": "tests/oracle/{}.py",
}
LEFT = """
已经可以运行：.venv/bin/python data/samples/make_samples.py && .venv/bin/sanchuang {name} data/samples/{name}.xlsx
还要做的（tests/test_contract.py 会逐项要求）：
  1. 改记录、政策、规则和页面，见 docs/adding-a-programme.md；政策写明文件、条款和出处。
  2. tests/programmes/{name}/test_cases.py：按编号的算例；tests/oracle/{name}.py：不看程序、只看文件写出的另一种算法。
  3. tests/goldens/test_{name}.py 和 {name}.txt：人看过的一次运行。
  4. README.md、README.zh-CN.md 各一行，src/sanchuang_cli/cli/english.toml 里用法的英文，docs/glossary.md 的用语，docs/policies.md 的一章，CHANGELOG。
"""


def written(name: str, title: str) -> Iterator[tuple[Path, str]]:
    """The new files and what stands in them."""
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    kit = Environment(loader=folder, undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    for template, target in FILES.items():
        text = kit.get_template(f"{template}.jinja").render(name=name, title=title, cls=name.title())
        yield Path(target.format(name)), text


def listed(text: str, entry: str) -> str:
    """The list of programmes with one more at its end."""
    before, begin, after = text.partition("\nPROGRAMMES: ")
    head, end, rest = after.partition("\n)\n")
    assert begin and end, f"{LIST} has changed its shape"
    head = before + begin + head
    return f"{head}\n{entry.rstrip()}{end}{rest}"


def with_sample(text: str, name: str) -> str:
    """The script of samples with one more, each in the order of names."""
    lines = text.splitlines(keepends=True)
    imports = [i for i, line in enumerate(lines) if line.startswith("import ") and i > lines.index("\n")]
    lines.insert(imports[-1] + 1, f"import {name}\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("SAMPLES")) + 1
    lines.insert(at, f'    "{name}.xlsx": {name}.book,\n')
    return "".join(lines)


def main(words: list[str]) -> int:
    if len(words) != 2 or not words[0].isidentifier() or not words[0].islower():
        sys.stderr.write("用法：make new NAME=visits TITLE=走访慰问（NAME 为小写字母）\n")
        return 2
    name, title = words
    files = dict(written(name, title))
    if there := [str(path) for path in files if (ROOT / path).exists()]:
        sys.stderr.write(f"已经有了，没有改动：{'、'.join(there)}\n")
        return 2
    for path, text in files.items():
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_text(text, "utf-8")
    entry = (Path(__file__).parent / "templates" / "listed.jinja").read_text("utf-8")
    entry = (
        Environment(undefined=StrictUndefined, autoescape=False)
        .from_string(entry)
        .render(name=name, title=title)
    )
    (ROOT / LIST).write_text(listed((ROOT / LIST).read_text("utf-8"), entry), "utf-8")
    (ROOT / SAMPLES).write_text(with_sample((ROOT / SAMPLES).read_text("utf-8"), name), "utf-8")
    sys.stdout.write("".join(f"写出：{path}\n" for path in (*files, LIST, SAMPLES)) + LEFT.format(name=name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
