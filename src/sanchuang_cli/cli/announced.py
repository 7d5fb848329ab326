"""Reads which notices the results of --result have drafts of, for the catalogue of what must be made public. It writes nothing."""

from collections.abc import Iterator, Sequence

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.gathering import NO_RESULT, open_results, result_files
from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.domain.disclosing.records import Announced
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Roster, Row, Source
from sanchuang_cli.report.drafts import names
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.read import ReadRosters
from sanchuang_cli.roster.results import Result
from sanchuang_cli.tally import Input


def announced(asked: Asked) -> list[ReadRosters]:
    """A record for each draft of a notice that a result has; nothing where no result is named. Raises UserError for a result
    that was changed."""
    if not asked.results:
        return []
    given = result_files(asked.results)
    named = list(zip(given, paths.labels(given), strict=True))
    opened = open_results(named, Passwords(asked.password_file))
    drafts = [draft for result in opened.results for draft in _drafts(result)]
    looked_at = {draft.row.source.book for draft in drafts}
    books = [result.book for result in opened.results if result.book.name in looked_at]
    inputs = [Input(book.name, book.sha256, 0, 0) for book in books]
    roster = {"drafts": Roster(tuple(drafts))}
    return [ReadRosters(roster, tuple(_strange(list(opened.strangers))), tuple(inputs))]


def _drafts(result: Result) -> Iterator[Announced]:
    """The drafts by their names, each once; one that is not fit to be posted must be made public all the same."""
    for name in names(result.facts):
        yield Announced(
            row=Row(Source(result.book.name, "来源", {}), 0, ()),
            programme=result.programme,
            title=result.period.title,
            name=name,
            which=str(result.period),
            occurred=VagueDate.on(result.judged),
        )


def _strange(books: Sequence[str]) -> Iterator[Finding]:
    for name in books:
        yield Finding(
            "catalogue.no-result",
            Severity.WARNING,
            f"{name} {NO_RESULT}，没有读",
            Place(name),
            "应公示的看结果里的公示稿",
            "请把它移到别处，或给出结果工作簿。",
        )
