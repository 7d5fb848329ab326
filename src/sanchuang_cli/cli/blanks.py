"""Carries out `sanchuang template`: writes one blank roster, or the whole set for the townships with its instructions."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.cli import jobsfile
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.doctor import JOBS
from sanchuang_cli.cli.profile import profile
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.policy import load, source
from sanchuang_cli.policy_errors import meant
from sanchuang_cli.programme import PREVIOUS, SCREEN, Programme
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme, listed
from sanchuang_cli.record import Wanted
from sanchuang_cli.report import files, instructions, template

INSTRUCTIONS = "填报说明.docx"


class Blank(NamedTuple):
    """A roster to fill in. on: the first day of the policy edition from which its columns come."""

    wanted: Wanted[Any]
    on: date


def write_one(entry: ListedProgramme, asked: Asked) -> None:
    """Write one blank roster of a programme, by default its main one, and say where it is. Raises UserError."""
    programme = entry.load()
    name = _named(programme, asked.blank)
    blank = _blanks(programme, asked.policy)[name]
    saved = _saved(asked.out or Path(f"{blank.wanted.title}-空白.xlsx"), blank)
    sys.stderr.write("".join(f"{line}\n" for line in (saved.instead, f"空白名册：{saved.path}") if line))


def write_set(folder: Path, asked: Asked) -> None:
    """Write every roster that townships fill in and one page of instructions, and say where they are. Raises UserError."""
    if asked.out or asked.blank:
        raise UserError("--all 写整套，不和 --out、--roster 一起用。")
    used = list(_used(asked))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise UserError(f"--all：文件夹 {folder} 建不了：{reason(trouble)}。请换一个位置。") from None
    sheets = list(_written(folder, used))
    county = profile(asked.profile)
    name, telephone = (county.county.name, county.office.enquiries) if county else ("", "")
    page = files.save(folder / INSTRUCTIONS, lambda path: instructions.write(path, name, sheets, telephone))
    sys.stderr.write(f"空白名册 {len(sheets)} 份：{folder}\n填报说明：{page.path}\n")


def _written(
    folder: Path, used: Sequence[tuple[ListedProgramme, str | None]]
) -> Iterator[instructions.BlankRoster]:
    """Write the blank rosters of the programmes, except lists for --screen: those do not come from townships."""
    for entry, policy in used:
        for name, blank in _blanks(entry.load(), policy).items():
            if name != SCREEN:
                file = f"{files.named(f'{entry.title}-{blank.wanted.title}')}.xlsx"
                saved = _saved(folder / file, blank)
                yield instructions.BlankRoster(saved.path.name, entry.title, blank.wanted.title)


def _used(asked: Asked) -> Iterator[tuple[ListedProgramme, str | None]]:
    """The programmes of the set, each with its policy: the one named, else those of the jobs file, else all."""
    if asked.programme:
        yield listed(asked.programme), asked.policy
        return
    if asked.policy:
        raise UserError(
            "--policy 是一个程序的政策，请写明程序，如 sanchuang template subsidies --all 文件夹。"
        )
    if Path(JOBS).is_file():
        jobs = jobsfile.loaded(Path(JOBS)).job
        yield from {job.programme: (listed(job.programme), job.policy_in(Path())) for job in jobs}.values()
    else:
        yield from ((entry, None) for entry in PROGRAMMES)


def _blanks(programme: Programme, policy: str | None) -> dict[str, Blank]:
    """All rosters that people fill in, with the columns of the latest edition. Last period's results are not among them."""
    edition = load(programme.policy, *source(programme.name, policy)).editions[-1]
    columns, asks = programme.policy_columns(edition), programme.asks(edition)
    blanks = {}
    for name, wanted in programme.reads.items():
        if name != PREVIOUS:
            complete = wanted.with_more(columns.get(name, ()))
            blanks[name] = Blank(complete.asking(asks[name]) if name in asks else complete, edition.effective)
    return blanks


def _named(programme: Programme, title: str | None) -> str:
    """The programme's name for the roster with this title, by default the main one. Raises UserError."""
    names = {wanted.title: name for name, wanted in programme.reads.items() if name != PREVIOUS}
    if title is None:
        return programme.chief
    if title not in names:
        known = "、".join(names)
        raise UserError(
            f"{programme.name} 没有“{title}”这种名册{meant(title, list(names))}。可写的有：{known}。"
        )
    return names[title]


def _saved(target: Path, blank: Blank) -> files.Saved:
    return files.save(target, lambda path: template.write(path, blank.wanted, on=blank.on))
