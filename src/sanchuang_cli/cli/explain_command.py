"""Carries out `explain`: reads the books and prints why one person gets an amount or one organisation has its stars; it
writes no file.

A person is asked for by name, row number or the last digits of the identity number. More words narrow it down.
"""

import sys
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import chain, combinations

from rapidfuzz import fuzz, process
from rich.console import Console

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.known_rosters import Passwords, known
from sanchuang_cli.cli.made import Begun, ReadBooks, begun, given_books, with_townships
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Outcome, Subject
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.report import explained
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.choosing import Choice
from sanchuang_cli.roster.sorting import sort_books
from sanchuang_cli.tally import Sort, Tally

EXPLAINED = sorted(PROGRAMMES, key=lambda entry: entry.roster != "members")
"""Programmes in the order in which a workbook is tried: those that read people first, since most questions are about people."""
_TAIL = 4
"""Digits of an identity number by which a person may be asked for."""
_TOLD = 20
"""How many people are listed where the words fit several."""


def perform(asked: Asked) -> int:
    """Show the verdict on one person or organisation. Raises UserError where the words fit nobody or several."""
    named, who, books = taken_apart(asked.words)
    start, given, others = named_or_fitting(named, replace(asked, books=books))
    listed, programme, when, policy = start
    explanation = programme.explain(given.rosters, policy, when)
    subjects = chosen(explanation.subjects, who)
    findings = (*given.findings, *explanation.findings)
    their_findings = tuple(
        finding for finding in findings if any(explained.of(finding, subject) for subject in subjects)
    )
    pages = tuple(page for subject in subjects for page in subject.pages())
    tally = Tally(len(subjects), (("说明", len(subjects)),), 0)
    run = Run(listed.name, listed.title, when, policy, given.books, Outcome(pages, their_findings, tally))
    for line in given.sorts.lines:
        sys.stderr.write(f"{line}\n")
    if asked.json:
        sys.stdout.write(explained.text(run, subjects, sys.stdout.encoding))
    else:
        _tell_others(listed, others)
        explained.show(Console(highlight=False), run, subjects, whole=asked.everything)
    return int(bool(given.sorts.count(Sort.NOT_UNDERSTOOD)))


def _tell_others(listed: ListedProgramme, others: Sequence[ListedProgramme]) -> None:
    """Say which programme answers, where others read the same roster and could be asked, too."""
    if others:
        names = "、".join(entry.name for entry in others)
        sys.stdout.write(f"按 {listed.name}（{listed.title}）说明；同一份名册还可以问：{names}\n")


def taken_apart(words: Sequence[str]) -> tuple[ListedProgramme | None, str, list[str]]:
    """The programme if one was named, who is asked about, and the workbooks. Raises UserError where one is missing."""
    named = next((entry for entry in EXPLAINED if words and entry.name == words[0]), None)
    who, *books = words[1:] if named and len(words) > 2 else words  # noqa: PLR2004 - a programme, who and a book
    if not books:
        raise UserError("explain 要写明谁和名册，如 sanchuang explain 张建国 名册.xlsx。")
    return named if len(words) > 2 else None, who, books  # noqa: PLR2004


def named_or_fitting(
    named: ListedProgramme | None, asked: Asked
) -> tuple[Begun, ReadBooks, list[ListedProgramme]]:
    """The programme that was named, else the likeliest that can read the workbooks; and the others that read the same roster.

    Raises the UserError of the first programme where none can read them.
    """
    refused: list[UserError] = []
    for entry in [named] if named else _likeliest(asked):
        start = begun(entry, asked)
        try:
            start, given = with_townships(start, given_books(start, asked), asked)
        except UserError as trouble:
            refused.append(trouble)
            continue
        same = (
            []
            if named
            else [other for other in EXPLAINED if other.roster == entry.roster and other is not entry]
        )
        return start, given, same
    raise refused[0]


def _likeliest(asked: Asked) -> list[ListedProgramme]:
    """The programmes in the order in which they are tried: first those whose roster the workbooks are, as `check` would say."""
    rosters = known(None, None)
    books = sort_books(paths.books(asked.books), rosters.all, passwords=Passwords(asked.password_file))
    found = {choice.name for given in books for _, choice in given.tables if isinstance(choice, Choice)}
    return sorted(EXPLAINED, key=lambda entry: entry.roster not in found)


def chosen(subjects: Sequence[Subject], person: str) -> list[Subject]:
    """The rows of the one person whom all words fit. Raises UserError where they fit nobody or several people."""
    words = person.split()
    fitting = [subject for subject in subjects if words and all(fits(subject, word) for word in words)]
    if not fitting:
        raise UserError(_nobody(subjects, words))
    if len(set(map(_told_apart_by, fitting))) > 1:
        lines = [f"  {explained.whom(subject)}" for subject in fitting[:_TOLD]]
        more = [f"  ……还有 {len(fitting) - _TOLD} 人"] if len(fitting) > _TOLD else []
        word = _singling_out(fitting)
        example = f'，如 "{person} {word}"' if word else ""
        hint = f"请加上乡镇、村、文件名、工作表名、行号或身份证号末四位，用空格隔开{example}。"
        raise UserError("\n".join([f"“{person}”有 {len(fitting)} 行对得上：", *lines, *more, hint]))
    return fitting


def _told_apart_by(subject: Subject) -> Hashable:
    return subject.identity or subject.row.place()


def _singling_out(fitting: Sequence[Subject]) -> str:
    """The fewest words which only the first of them fits, of what the list shows; "" where there are none."""
    first = fitting[0]
    others = [each for each in fitting if _told_apart_by(each) != _told_apart_by(first)]
    shown = [word for word in _known(first)[1:] if word.split() == [word]]
    for words in chain(combinations(shown, 1), combinations(shown, 2)):
        if not any(all(fits(other, word) for word in words) for other in others):
            return " ".join(words)
    return ""


def _known(subject: Subject) -> tuple[str, ...]:
    source = subject.row.source
    return subject.name, str(subject.row.number), source.sheet, *subject.about, source.book


def fits(subject: Subject, word: str) -> bool:
    """Whether a word is the subject's name, row, sheet, workbook, township or village, or ends the identity number."""
    known = _known(subject)
    return word in known or (len(word) >= _TAIL and subject.identity.upper().endswith(word.upper()))


def _nobody(subjects: Sequence[Subject], words: Sequence[str]) -> str:
    names = sorted({subject.name for subject in subjects})
    near = process.extract(words[0] if words else "", names, scorer=fuzz.ratio, score_cutoff=40, limit=5)
    meant = f"相近的姓名有：{'、'.join(name for name, _, _ in near)}。" if near else ""
    return f"名册里没有“{' '.join(words)}”（共 {len(subjects)} 行）。{meant}可用姓名、行号或身份证号末四位。"
