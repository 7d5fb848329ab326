"""What every programme keeps: one contract over PROGRAMMES. A new one is tried by being listed, not by tests copied."""

import ast
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tools import results
from tools.results import sample

from sanchuang_cli import deadlines, policy
from sanchuang_cli.cli import clock, fingerprint, made, night
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.jobsfile import Job
from sanchuang_cli.contrast import Contrast
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.programme import PREVIOUS, Programme
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, ListedProgramme
from sanchuang_cli.record import Roster, Row
from sanchuang_cli.table import Table
from tests.cli.test_modes import LETS_OTHERS_READ, wide
from tests.command import ROOT, Sanchuang, run_in, sanchuang
from tests.counts import FULL

__all__ = ["sanchuang"]

TODAY, POSTED = date(2026, 11, 30), str(date.today())
NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)|(?<!\d)\d{16,19}(?!\d)")

each = pytest.mark.parametrize("one", PROGRAMMES, ids=lambda one: one.name)


@cache
def read(one: ListedProgramme) -> tuple[Programme, Rosters, Any, Occasion]:
    """The sample as a run of TODAY reads it."""
    with clock.stopped_on(TODAY):
        start = made.begun(one, Asked(books=[str(sample(one))], period=str(period(one)), on=None))
    start, given = made.with_townships(
        start, made.given_books(start, Asked(books=[str(sample(one))])), Asked()
    )
    return start.programme, given.rosters, start.policy, start.when


def period(one: ListedProgramme) -> Period:
    return one.load().default_period(TODAY)


@cache
def outcome(one: ListedProgramme, turned: bool = False) -> Outcome:
    """What comes of the sample; `turned`: with the rows of every roster in the other order."""
    programme, rosters, editions, when = read(one)
    if turned:
        rosters = {
            name: replace(roster, records=roster.records[::-1], set_aside=roster.set_aside[::-1])
            for name, roster in rosters.items()
        }
    return programme.run(rosters, editions, when)


def rows(roster: Roster[Any]) -> list[Row]:
    return [*(record.row for record in roster.records), *roster.set_aside, *roster.joined]


def unnumbered(page: Table) -> list[str]:
    """The rows of a page, in no order and without their running number: a page may follow the roster."""
    kept = [j for j, column in enumerate(page.columns) if column.name != "number"]
    return sorted(repr([row[j] for j in kept]) for row in page.rows)


@each
def test_its_default_policy_says_for_every_edition_what_document_it_is_and_where_that_was_found(
    one: ListedProgramme,
) -> None:
    editions = policy.load(one.load().policy, *policy.source(one.name, None)).editions
    assert editions and all(edition.title and edition.document and edition.sources for edition in editions)


def asked(one: ListedProgramme) -> tuple[str | Path, ...]:
    return one.name, sample(one), "--period", str(period(one)), "--on", str(TODAY)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ListedProgramme], Path]:
    """The result of a programme's sample, with its notices beside it in 公示 where it has any, made at a login whose files
    all others may read."""

    @cache
    def of(one: ListedProgramme) -> Path:
        folder = tmp_path_factory.mktemp(one.name)
        notice = ("--notice", "公示", "--draft", "--notice-from", POSTED) if "notice" in one.can else ()
        before = os.umask(LETS_OTHERS_READ)
        try:
            ran = run_in(folder)(*asked(one), "--out", "结果.xlsx", *notice)
        finally:
            os.umask(before)
        assert ran.code in (0, 1), ran.err
        return folder / "结果.xlsx"

    return of


@each
def test_its_sample_runs_without_options_and_gives_the_same_bytes_twice(
    one: ListedProgramme, sanchuang: Sanchuang, result: Callable[[ListedProgramme], Path], tmp_path: Path
) -> None:
    """Also with the option that writes notices."""
    ran = sanchuang(*asked(one), "--out", "结果.xlsx")
    assert ran.code in (0, 1), ran.err
    assert (tmp_path / "结果.xlsx").read_bytes() == result(one).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@each
def test_what_it_writes_only_its_owner_can_read(
    one: ListedProgramme, result: Callable[[ListedProgramme], Path]
) -> None:
    assert not (seen := wide(result(one).parent, set())), "\n".join(seen)


@pytest.mark.parametrize("one", [*PROGRAMMES, *OVER_RESULTS], ids=lambda one: one.name)
@pytest.mark.parametrize("period", ["this-year", "last-month", "2025", "2027"])
def test_two_nights_are_judged_for_the_same_day_and_period_or_are_two_jobs(
    one: ListedProgramme, period: str, tmp_path: Path
) -> None:
    job = Job(name="任务", programme=one.name, inputs=("*",), period=period, out="{period}.xlsx")
    by_job: dict[str, set[Any]] = defaultdict(set)
    for days in (0, 1, 2, 32, 33, 398, 399):  # the ends of a month and of two years among them
        with clock.stopped_on(today := TODAY + timedelta(days)):
            when = job.period_on(today)
            asked = night.as_asked(tmp_path, job, when, [])
            judged = made.occasion(one.load(), asked)
            by_job[repr(fingerprint.origin(tmp_path, job, when, []))].add((judged, made.not_begun(judged)))
    assert {len(judged) for judged in by_job.values()} == {1}
    if period == "2025":
        assert len(by_job) == 1, "what is over is made once"


@each
def test_every_deadline_names_its_clause_or_who_else_has_set_its_day(one: ListedProgramme) -> None:
    """Also in the year before: what has come by the day of the sample was a deadline then."""
    programme, rosters, editions, when = read(one)
    before = programme.run(rosters, editions, replace(when, on=when.period.first))
    for found, without in ((outcome(one), ()), (before, ("reviews",))):  # nobody is graded before the review
        for page in (page for page in found.tables if page.name == deadlines.NAME):
            assert all(row[page.index("basis")] for row in page.rows)
            assert page.rows or one.name in ("visits", "checkups", *without), (
                "a page without a line shows nothing"
            )


@each
def test_every_row_is_somewhere_and_whoever_is_set_aside_has_an_error_in_that_row(
    one: ListedProgramme,
) -> None:
    programme, rosters, _, _ = read(one)
    found = outcome(one)
    read_rows = [row for main in programme.mains for row in rows(rosters[main])]
    assert found.tally.read == len(read_rows) == found.tally.used + found.tally.set_aside
    errors = {finding.place.line for finding in found.findings if finding.severity is Severity.ERROR}
    assert {row.line for row in found.set_aside} <= errors


@each
def test_a_book_without_a_township_is_its_senders_in_every_main_roster(one: ListedProgramme) -> None:
    programme = one.load()
    for main in programme.mains:
        fields = {field.name: field for field in programme.reads[main].record.declared()}
        assert fields["township"].from_sender, main


@each
def test_the_order_of_rows_changes_nothing_that_a_page_says(one: ListedProgramme) -> None:
    straight, turned = outcome(one), outcome(one, turned=True)
    assert str(straight.tally) == str(turned.tally)
    for page, other in zip(straight.tables, turned.tables, strict=True):
        assert (page.name, unnumbered(page)) == (other.name, unnumbered(other))
    assert {str(found) for found in straight.findings} == {str(found) for found in turned.findings}


@each
def test_explain_finds_every_row_of_the_main_rosters(one: ListedProgramme) -> None:
    programme, rosters, editions, when = read(one)
    lines = [row.line for main in programme.mains for row in rows(rosters[main])]
    found = programme.explain(rosters, editions, when)
    assert sorted(subject.row.line for subject in found.subjects) == sorted(lines)
    assert all(subject.outcome for subject in found.subjects)


@each
def test_a_document_beside_itself_changes_nothing_and_every_verdict_can_be_compared(
    one: ListedProgramme,
) -> None:
    programme, rosters, editions, when = read(one)
    whole = programme.judge(rosters, editions, when)
    beside = Contrast(whole, whole, programme.compared)
    assert beside.rows and not beside.changes


@each
def test_its_own_workbook_is_read_back_as_the_last_period_without_a_finding_on_it(
    one: ListedProgramme, sanchuang: Sanchuang, tmp_path: Path
) -> None:
    if "previous" not in one.can:
        return
    last, now = period(one).before(), period(one)
    words = (one.name, sample(one), "--on", str(TODAY), "-q", "--period")
    assert sanchuang(*words, str(last), "--out", tmp_path / "上期.xlsx").code in (0, 1)
    ran = sanchuang(*words, str(now), "--previous", tmp_path / "上期.xlsx", "--out", tmp_path / "本期.xlsx")
    assert ran.code in (0, 1), ran.err
    start = made.begun(one, Asked(books=[str(sample(one))], period=str(now)))
    given = made.given_books(start, Asked(books=[str(sample(one))], previous=str(tmp_path / "上期.xlsx")))
    roster = given.rosters[PREVIOUS]
    assert roster.records and not roster.set_aside and roster.origin


@each
def test_its_notice_has_nothing_private_and_is_written_from_its_result_byte_for_byte(
    one: ListedProgramme, sanchuang: Sanchuang, result: Callable[[ListedProgramme], Path], tmp_path: Path
) -> None:
    if "notice" not in one.can:
        return
    posted, again = result(one).parent / "公示", tmp_path / "又"
    files = sorted(posted.iterdir())
    ran = sanchuang("notice", result(one), "--from", POSTED, "--draft", "--out", again)
    assert ran.code == 0, ran.err
    assert {file.name: file.read_bytes() for file in files} == {
        file.name: file.read_bytes()
        for file in again.iterdir()
        if not file.name.startswith(("张贴证明", "异议登记表", "公开台账"))
    }
    assert files
    for file in files:
        with zipfile.ZipFile(file) as whole:
            text = "".join(
                whole.read(name).decode("utf-8") for name in whole.namelist() if name.endswith(".xml")
            )
        told = NUMBER.search(re.sub(r"<[^>]*>", " ", text))
        assert told is None, (file.name, told)


@each
def test_it_has_a_golden_and_an_oracle_that_shares_no_code_with_it(one: ListedProgramme) -> None:
    assert (ROOT / "tests" / "goldens" / f"{one.name}.txt").stat().st_size
    opinion = ast.parse((ROOT / "tests" / "oracle" / f"{one.name}.py").read_text("utf-8"))
    imported = {
        name
        for node in ast.walk(opinion)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not [name for name in imported if name.startswith("sanchuang_cli")]


@each
def test_it_stands_in_both_readmes_and_in_the_glossary(one: ListedProgramme) -> None:
    for name in ("README.md", "README.zh-CN.md", "docs/glossary.md"):
        text = (ROOT / name).read_text("utf-8")
        assert re.search(rf"`(sanchuang )?{one.name}[` ]", text), (one.name, name)
    assert one.title in (ROOT / "docs" / "glossary.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder_of_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make samples` writes for commands over results; in `make test` from three programmes."""
    folder = tmp_path_factory.mktemp("结果")
    few = [one for one in PROGRAMMES if FULL or one.name in ("development", "graduates", "dues")]
    results.write(folder, few, lambda words: run_in(folder)(*words).code)
    assert len(list(folder.glob("*.xlsx"))) == len(few)
    return folder


@pytest.mark.parametrize("one", OVER_RESULTS, ids=lambda one: one.name)
def test_a_command_over_results_reads_a_folder_of_them_without_options(
    one: ListedProgramme, folder_of_results: Path, tmp_path: Path
) -> None:
    who = ("230299197105170039",) if "person" in one.can else ()
    ran = run_in(tmp_path)(one.name, *who, folder_of_results)
    assert ran.code in (0, 1), ran.err
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


@pytest.mark.parametrize("one", OVER_RESULTS, ids=lambda one: one.name)
def test_a_command_over_results_stands_in_both_readmes_and_in_the_glossary(one: ListedProgramme) -> None:
    test_it_stands_in_both_readmes_and_in_the_glossary(one)
