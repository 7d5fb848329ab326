"""Composes the text of county.toml for `init`, from a given file, answers at the terminal or defaults; it writes no file
itself.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import typer

from sanchuang_cli.cli.profile import BANK_FORMAT, Profile, department_of, profile, telephone
from sanchuang_cli.report.paper_size import PAPERS
from sanchuang_cli.report.printing import SIGNERS
from sanchuang_cli.roster.townships import plain

_NOBODYS = "____县"
_TEXT = """# 县的设置：公示的落款和电话、签字行、纸张、乡镇的次序。改好以后用 sanchuang doctor 检查。

# 打印用纸：A4 或 A3
paper = {paper}
# 银行代发文件的格式：generic，或写明格式的文件（放在本文件旁边，如 "农商行.toml"）
bank_format = {bank_format}

[county]
name = {name}
# 组织部的全称，是公示上受理意见的单位；空着就按县名
department = {department}
# 公示的落款；空着就用组织部的全称
seal = {seal}
# 公示（.docx）的红头，如 "中共某某县委组织部文件"；不要红头就空着
letterhead = {letterhead}

[telephones]
# 监督电话：印在公示上，反映意见用
supervision = {supervision}
# 咨询电话：印在公示上，也是各表签字行的联系电话
enquiries = {enquiries}

# 签字行，从左到右。要印上姓名的写在 name 里，空着的由本人签字。
{signers}
# 各乡镇，按表上的次序；名册里别的写法写进 aliases，如 aliases = ["青禾"]。
{townships}
# 某一页只打印哪些栏（姓名、金额总要打印），去掉 # 使用：
# [[page]]
# name = "体检名册"
# columns = ["身份证号", "体检日期"]
"""
_SIGNER = "[[sign]]\nrole = {}\nname = {}\n"
_TOWNSHIP = "[[township]]\nname = {}\naliases = []\n"
_NO_TOWNSHIP = '# [[township]]\n# name = "青禾镇"\n# aliases = []\n'


def text(folder: Path, given: Path | None) -> str:
    """The text of county.toml for a new working folder.

    It is the file of --profile, else the answers of somebody at the terminal, else what follows from the folder's name.
    Raises UserError where the file of --profile cannot be read as one.
    """
    if given:
        profile(given)
        return given.read_text("utf-8-sig")
    name = folder.resolve().name
    county_name = name if department_of(name) else _NOBODYS
    return _written(
        _answers(county_name)
        if sys.stdin.isatty()
        else Profile.model_validate({"county": {"name": county_name}})
    )


def _answers(name: str) -> Profile:
    """Ask about the county, question by question. Enter alone takes the value in brackets."""
    typer.echo("县的设置（写进 county.toml，以后可以改）。直接回车用括号里的，没有的留空。", err=True)
    county = _answer("县名", name)
    department = _answer("组织部全称", department_of(county))
    answers = {
        "county": {
            "name": county,
            "department": department,
            "seal": _answer("公示的落款", department),
            "letterhead": _answer("公示的红头（不要就回车）"),
        },
        "telephones": {
            "supervision": _answer("监督电话", wrong=_no_telephone),
            "enquiries": _answer("咨询电话", wrong=_no_telephone),
        },
        "sign": [
            _signer(signer)
            for signer in _several(
                _answer("签字行，用、隔开（要印姓名的写 制表人：张三）", "、".join(SIGNERS))
            )
        ],
        "township": [
            {"name": township}
            for township in _several(_answer("各乡镇，按次序，用、隔开", wrong=_named_twice))
        ],
        "paper": _answer("打印用纸（A4 或 A3）", "A4", _no_paper),
        "bank_format": _answer("银行代发文件的格式", BANK_FORMAT),
    }
    return Profile.model_validate(answers)


def _answer(question: str, default: str = "", wrong: Callable[[str], str] = lambda answer: "") -> str:
    """Ask until the answer is right. wrong: says what is wrong with an answer, "" where nothing is."""
    while True:
        answer = typer.prompt(question, default, show_default=bool(default), err=True).strip() or default
        if not (why := wrong(answer)):
            return answer
        typer.echo(why, err=True)


def _several(words: str) -> list[str]:
    return [part.strip() for part in words.replace("，", "、").replace(",", "、").split("、") if part.strip()]


def _signer(words: str) -> dict[str, str]:
    role, _, name = words.replace(":", "：").partition("：")
    return {"role": role.strip(), "name": name.strip()}


def _no_telephone(answer: str) -> str:
    try:
        telephone(answer)
    except ValueError as trouble:
        return f"{trouble}，请再写一次。"
    return ""


def _no_paper(answer: str) -> str:
    return "" if answer in PAPERS else f"纸张只能是 {'、'.join(PAPERS)}，请再写一次。"


def _named_twice(answer: str) -> str:
    names = Counter(map(plain, _several(answer)))
    twice = "、".join(name for name, count in names.items() if count > 1)
    return f"{twice} 写了两次，请再写一次。" if twice else ""


def _written(county: Profile) -> str:
    names, telephones = county.county, county.telephones
    return _TEXT.format(
        paper=_quoted(county.paper),
        bank_format=_quoted(county.bank_format),
        name=_quoted(names.name),
        department=_quoted(names.department or county.department),
        seal=_quoted(names.seal or county.department),
        letterhead=_quoted(names.letterhead),
        supervision=_quoted(telephones.supervision),
        enquiries=_quoted(telephones.enquiries),
        signers="".join(_SIGNER.format(_quoted(signer.role), _quoted(signer.name)) for signer in county.sign),
        townships="".join(_TOWNSHIP.format(_quoted(township.name)) for township in county.township)
        or _NO_TOWNSHIP,
    )


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
