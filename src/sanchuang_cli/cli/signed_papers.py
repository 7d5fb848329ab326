"""Writes the papers of --forms, --receipts and --request: application forms, lists to sign for money, the request for funds.

All errors are raised before anything is written. Writers are imported only where they are needed.
"""

from functools import partial
from pathlib import Path

from rich.console import Console

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.by_township import BLANK
from sanchuang_cli.cli.explain_command import chosen
from sanchuang_cli.cli.further_files import folder_at, say
from sanchuang_cli.cli.made import Made
from sanchuang_cli.cli.profile import profile
from sanchuang_cli.finding import UserError
from sanchuang_cli.papers import Letter, Papers, WrittenFor
from sanchuang_cli.report import files
from sanchuang_cli.report.files import Saved
from sanchuang_cli.report.run import Run

EVERYBODY = "all"
"""The word behind --who that means everybody who is paid."""
_HINT = "要写给某些人，用 --who 姓名；要写给发放的每一个人，用 --who all；不需要的请去掉 {}。"


def prepared(finished: Made, asked: Asked) -> Papers:
    """The papers to write; none where no option asks for them. Raises UserError."""
    if asked.who and not (asked.forms or asked.receipts):
        raise UserError("--who 要和 --forms 文件夹 或 --receipts 文件夹 一起用。")
    if not (asked.forms or asked.receipts or asked.request):
        return Papers()
    made = finished.run.outcome.papers(_whom(finished, asked))
    # An empty paper would look like a finished one, so the command ends with an error instead.
    if asked.forms and not (made.forms or made.letters):
        none = "没有本期新增的人，也没有只差审批的人" if finished.begun.programme.pays else "这次没有人要"
        raise UserError(f"没有要填的审批表：{none}。{_HINT.format('--forms')}")
    if asked.receipts and not made.receipts:
        raise UserError(f"没有要签领的人：发放的人都有有效账号（单位不签领）。{_HINT.format('--receipts')}")
    if asked.request and not made.request:
        raise UserError(f"{finished.run.title}这次没有应发的款，不用申请资金。请去掉 --request。")
    return made


def _whom(finished: Made, asked: Asked) -> WrittenFor:
    """Whom --who names. Raises UserError for words that fit nobody or several people."""
    if not asked.who:
        return WrittenFor()
    if EVERYBODY in asked.who:
        return WrittenFor(everybody=True)
    subjects = finished.begun.programme.explain(
        finished.given.rosters, finished.begun.policy, finished.begun.when
    ).subjects
    rows = [subject.row for words in asked.who for subject in chosen(subjects, words)]
    return WrittenFor(lines=frozenset(row.line for row in rows))


def write(run: Run, made: Papers, asked: Asked, console: Console) -> None:
    """Write the papers and say where they are."""
    if asked.forms:
        folder = folder_at(asked.forms)
        letters = (_letter(folder, run, letter) for letter in made.letters)
        say(console, "、".join(_sorts(made)), [*_forms(folder, run, made, asked), *letters])
    if asked.receipts:
        say(console, "发放清册", _receipts(folder_at(asked.receipts), run, made, asked))
    if asked.request and made.request:
        say(console, "资金申请报告", [_request(folder_at(asked.request), run, made.request, asked)])


def _target(folder: Path, run: Run, what: str, township: str, ending: str) -> Path:
    return folder / f"{run.title}{what}-{files.named(township) or BLANK}-{run.occasion.period}.{ending}"


def _forms(folder: Path, run: Run, made: Papers, asked: Asked) -> list[Saved]:
    from sanchuang_cli.report import form_pages

    saved = []
    for what, township in dict.fromkeys((form.what, form.township) for form in made.forms):
        together = [form for form in made.forms if (form.what, form.township) == (what, township)]
        title = f"{run.title}{what}（{township or BLANK}）"
        fill = partial(form_pages.write, title=title, forms=together, unmask=asked.unmasked)
        name = what.replace("（", "").replace("）", "")
        saved.append(files.save(_target(folder, run, name, township, "docx"), fill))
    return saved


def _sorts(made: Papers) -> list[str]:
    """Which papers the folder gets."""
    letters = ["批复"] if made.letters else []
    return [*dict.fromkeys(form.what for form in made.forms), *letters]


def _letter(folder: Path, run: Run, letter: Letter) -> Saved:
    """A letter that is not the county department's own: it bears its issuer's name and nobody's letterhead."""
    from sanchuang_cli.report import official
    from sanchuang_cli.report.notice import Posted
    from sanchuang_cli.report.notice import official as dated

    number = f"____〔{run.occasion.on.year}〕____号" if letter.numbered else ""
    posted = Posted(
        letter.name,
        letter.title,
        letter.paragraphs,
        letter.table,
        issuer=letter.issuer,
        dated=dated(letter.dated),
        to=letter.to,
        number=number,
    )
    target = folder / f"{run.title}{files.named(letter.name)}-{run.occasion.period}.docx"
    return files.save(target, lambda path: official.write(path, posted))


def _receipts(folder: Path, run: Run, made: Papers, asked: Asked) -> list[Saved]:
    from sanchuang_cli.report import workbook
    from sanchuang_cli.report.publishing import masked

    saved = []
    for township, table in made.receipts:
        fill = partial(
            workbook.write, tables=[masked(table, asked.unmasked)], on=run.occasion.on, printing=run.printing
        )
        saved.append(files.save(_target(folder, run, "发放清册", township, "xlsx"), fill))
    return saved


def _request(folder: Path, run: Run, letter: Letter, asked: Asked) -> Saved:
    from sanchuang_cli.report import official
    from sanchuang_cli.report.notice import Posted
    from sanchuang_cli.report.notice import official as dated

    county, office = profile(asked.profile), run.printing.office
    name = county.county.name if county else "____县"
    posted = Posted(
        letter.name,
        letter.title,
        letter.paragraphs,
        letter.table,
        issuer=office.seal or letter.issuer or f"中共{name}委组织部",
        dated=dated(None),
        letterhead=office.letterhead,
        to=f"{name}{letter.to}",
        attached=letter.attached,
    )
    target = folder / f"{run.title}{letter.name}-{run.occasion.period}.docx"
    return files.save(target, lambda path: official.write(path, posted))
