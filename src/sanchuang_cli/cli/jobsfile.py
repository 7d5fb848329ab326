"""Reads a jobs file: for each job the programme, workbooks, period and place of the results. Unknown keys are errors."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sanchuang_cli.cli import by_township, tomlfile
from sanchuang_cli.cli.mailing import Mail
from sanchuang_cli.cli.snapshots import Snapshots
from sanchuang_cli.finding import UserError, listed_with_names
from sanchuang_cli.ledger.address import LedgerPlace, within
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, listed

_QUARTER, _YEAR = 3, 12
_OPTION = re.compile(r"--([a-z][a-z-]*)")
_OUT, _PREVIOUS = ("programme", "period", "township"), ("programme", "period", "before")
PERIODS: dict[str, Callable[[date], Period]] = {
    "this-month": lambda day: Period(Month.of(day), 1),
    "last-month": lambda day: Period(Month.of(day).plus(-1), 1),
    "this-quarter": lambda day: _block(day, _QUARTER),
    "last-quarter": lambda day: _block(day, _QUARTER).before(),
    "this-year": lambda day: _block(day, _YEAR),
    "last-year": lambda day: _block(day, _YEAR).before(),
}


def _block(day: date, months: int) -> Period:
    return Period(Month(day.year, (day.month - 1) // months * months + 1), months)


class Job(BaseModel):
    """One job. Paths are relative to the jobs file. out: with {township}, one workbook for each township.

    previous, results: as --previous and --result; {period} in them is the job's period and {before} the one just before. screen,
    columns, password_file, details, notice, draft: as the options of these names. findings: "stop" writes nothing while anything is doubtful.
    optional: without any input it is passed over. approve_within_days: a batch that waits longer is told of.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    programme: str
    inputs: tuple[str, ...] = Field(min_length=1)
    period: str
    out: str
    policy: str | None = None
    previous: str | None = None
    screen: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    columns: str | None = None
    password_file: str | None = None
    details: bool = False
    ledger: str | None = None
    notice: str | None = None
    draft: bool = False
    findings: Literal["report", "stop"] = "report"
    optional: bool = False
    approve_within_days: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _known(self) -> Self:
        names = {one.name: (one.title,) for one in (*PROGRAMMES, *OVER_RESULTS)}
        if self.programme not in names:
            raise ValueError(f"没有名为“{self.programme}”的程序，可用的有：{listed_with_names(names)}")
        can = listed(self.programme).can
        if self.notice and "notice" not in can:
            raise ValueError(f"{self.programme} 没有要公示的，请去掉 notice")
        if self.draft and not self.notice:
            raise ValueError("draft 要和 notice（公示写到哪个文件夹）一起用")
        if self.previous and "previous" not in can:
            raise ValueError(f"{self.programme} 不用上一期的结果，请去掉 previous")
        self._check_paths()
        self._check_period()
        self._check_ledger()
        return self

    # Jobs run at night: an error in them must be found when the file is read, not when the job is due.
    def _check_paths(self) -> None:
        """Raises ValueError where `out`, `previous` or `results` has other words in braces than those that are filled in."""
        results = (("results", result, _PREVIOUS) for result in self.results)
        for key, path, words in (
            ("out", self.out, _OUT),
            ("previous", self.previous or "", _PREVIOUS),
            *results,
        ):
            try:
                path.format(**dict.fromkeys(words, ""))
            except (KeyError, IndexError, ValueError):
                raise ValueError(
                    f"{key}“{path}”里只能用 {'、'.join(f'{{{word}}}' for word in words)}"
                ) from None

    def _check_period(self) -> None:
        """Raises ValueError where `period` is neither a word of PERIODS nor a period."""
        if self.period in PERIODS:
            return
        try:
            Period.parse(self.period)
        except UserError:
            words = "、".join(PERIODS)
            raise ValueError(f"period“{self.period}”看不懂，可用 {words}，或 2026-07 这样的期间") from None

    def _check_ledger(self) -> None:
        """Raises ValueError for an address of a ledger that cannot be used."""
        try:
            self.ledger_in(Path())
        except UserError as trouble:
            raise ValueError(f"ledger：{trouble}") from None

    def ledger_in(self, folder: Path) -> LedgerPlace | None:
        """Where the job's ledger is, None where it has none."""
        return within(folder, self.ledger) if self.ledger else None

    def policy_in(self, folder: Path) -> str | None:
        """The policy as --policy takes it."""
        return str(folder / self.policy) if self.policy and self.policy.endswith(".toml") else self.policy

    def target(self, folder: Path, period: Period) -> Path:
        """The path of the result. `{township}` stays in it for by_township.py."""
        return folder / self.out.format(
            programme=self.programme, period=period, township=by_township.PLACEHOLDER
        )

    def before(self, folder: Path, period: Period) -> str | None:
        """The last result as --previous takes it, None where the job names none."""
        return self._filled_in(folder, self.previous, period) if self.previous else None

    def results_of(self, folder: Path, period: Period) -> list[str]:
        """The results of other programmes as --result takes them."""
        return [self._filled_in(folder, result, period) for result in self.results]

    def _filled_in(self, folder: Path, path: str, period: Period) -> str:
        words = {"programme": self.programme, "period": period, "before": period.before()}
        return str(folder / path.format(**words))

    def period_on(self, today: date) -> Period:
        """The period of the job on a day."""
        return PERIODS[self.period](today) if self.period in PERIODS else Period.parse(self.period)


class Jobs(BaseModel):
    """A jobs file. maker: who proposes batches. digest: the page for the morning, "" for none. mail: to whom it is sent, None
    for nobody. snapshots: where what was read and written is kept, None for nowhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    maker: str = Field(min_length=1)
    digest: str = "夜间摘要.html"
    mail: Mail | None = None
    snapshots: Snapshots | None = None
    job: tuple[Job, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [job.name for job in self.job]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"任务“{'、'.join(twice)}”写了两次")
        return self

    @model_validator(mode="after")
    def _something_to_send(self) -> Self:
        if self.mail and not self.digest:
            raise ValueError("[mail] 寄的是夜间摘要，digest 不能是空的")
        return self


def in_the_file(message: str) -> str:
    """A message of a job with the keys of the jobs file in place of the options of the command line that it names. Options of a
    command that the message says to type stay."""

    def key_of(option: re.Match[str]) -> str:
        word = option[1].replace("-", "_")
        key = {"result": "results"}.get(word, word)
        return f"任务文件里的 {key}" if key in Job.model_fields else option[0]

    parts = re.split(r"(?<=[。；，：\n])", message)
    return "".join(part if "sanchuang " in part else _OPTION.sub(key_of, part) for part in parts)


def loaded(path: Path) -> Jobs:
    """The jobs of the file. Raises a UserError that lists all its errors."""
    missing = "请核对路径，或先用 sanchuang init 建一个工作文件夹。"
    return tomlfile.loaded(path, Jobs, "任务文件", missing)
