"""Carries out `init`: makes the working folder of a county, with folders, policies, ledger, county.toml and jobs.toml.

Nothing else is needed: put rosters into the folders of 收件 and run the jobs.
"""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import typer

from sanchuang_cli import starting
from sanchuang_cli.cli.county import text
from sanchuang_cli.cli.profile import NAME
from sanchuang_cli.cli.snapshots import password_of
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.file import create, opened, stands
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import source
from sanchuang_cli.programmes import OVER_RESULTS, PROGRAMMES, ListedProgramme
from sanchuang_cli.report import files

_JOBS = """# 任务文件：sanchuang run jobs.toml 逐项运行。路径从本文件所在的文件夹算起。
# period：this-month last-month this-quarter last-quarter this-year last-year，或 2026-07 这样的期间。
# out 里可用 {programme} {period} {township}（每个乡镇一个工作簿）。findings = "stop" 时，有警告或待核实就不写出。
# notice = "公示" 把公示写到那个文件夹；政策还是样本的，同时写 draft = true，只印样张。

maker = "夜间任务"            # 以谁的名义提请批次；审批须是另一个人
"""
_KEEPING = """
[snapshots]                   # 每次运行都留下当时的名册、政策、台账和结果，用 run --as-known 日期 原样重做
folder = "快照"
keep_days = 1100              # 保存多少天；不写就一直保存。sanchuang run 自己不删
"""
_UNLOCKED = '# password_file = "快照密码.txt"   # 第一行写密码，快照就加密\n'
_JOB = """
[[job]]
name = "{entry.title}"
programme = "{entry.name}"
inputs = ["{entry.inbox}"]
period = "{entry.each}"
policy = "政策/{entry.name}.toml"
{ledger}out = "结果/{{programme}}-{{period}}.xlsx"
optional = true               # 没有名册时跳过
"""
_LEDGER = "ledger = {ledger}\n"
_FILE = "台账.db"
_WAITING = "approve_within_days = 5       # 批次等审批超过几天，退出码为 1\n"

_SCHEDULE = """每天夜里两点半运行。

Linux（crontab -e，加这一行）：
{cron}

Windows（命令提示符，运行一次）：
{windows}
"""


def cron_line(folder: Path) -> str:
    """The line for crontab. It has full paths, since cron sets almost no environment."""
    return "30 2 * * * " + _night(folder, '"')


def _night(folder: Path, mark: str) -> str:
    """The command that runs the jobs, with its paths in quotation marks, as the scheduler wants them."""
    program, *module = starting()
    return " ".join([f"{mark}{program}{mark}", *module, "run", f"{mark}{folder / 'jobs.toml'}{mark}"])


def _is_unfinished(folder: Path) -> bool:
    """Whether the folder has only what an interrupted `init` left. The jobs file is made last and is not among it."""
    made = {"收件", "结果", "政策", "台账.db", "台账.db.batches", "定时任务.txt", NAME}
    names = {path.name for path in folder.iterdir() if files.UNFINISHED not in path.name}
    return names <= made and not any(path.is_file() for path in folder.glob("[收结]*/**/*"))


def _stands(folder: Path) -> bool:
    """Whether there is something at the path. Raises UserError where that cannot be seen, or it is a file."""
    try:
        found = folder.exists()
    except OSError as trouble:
        raise UserError(f"文件夹 {folder} 看不了（{reason(trouble)}）。请换一个位置，或核对权限。") from None
    if found and not folder.is_dir():
        raise UserError(f"{folder} 是文件，不是文件夹，没有改动。请换一个名字。")
    return found


def _ledger(place: LedgerPlace, paid_through: Month) -> None:
    """Make the ledger, or keep the one of an interrupted `init`. Raises UserError where that one has another first month."""
    if not stands(place):
        create(place, paid_through, None, said(None, has_by=False))
        return
    if place.file:
        files.remove_left(place.file)
    if opened(place).settled() != paid_through:
        raise UserError(f"{place} 已经有了，启用的月份不同，没有改动。请换一个新的文件夹或库。")


def keeping(wanted: bool, password_file: Path | None) -> str:
    """The table [snapshots] of a new jobs file, "" where nothing is to be kept. Raises UserError for a file without a
    password."""
    if password_file:
        password_of(password_file)
        place = json.dumps(str(password_file.resolve()), ensure_ascii=False)
        return f"{_KEEPING}password_file = {place}   # 第一行是密码，快照用它加密\n"
    return f"{_KEEPING}{_UNLOCKED}" if wanted else ""


def _write_jobs(path: Path, snapshots: str, ledger: str) -> None:
    unattended = [entry for entry in OVER_RESULTS if "person" not in entry.can]
    paying_first = sorted(PROGRAMMES, key=lambda entry: "pays" not in entry.can)
    jobs = (_job(entry, ledger) for entry in (*paying_first, *unattended))
    path.write_text("".join([_JOBS, snapshots, *jobs]), "utf-8")


def _job(entry: ListedProgramme, ledger: str) -> str:
    pays = "pays" in entry.can
    return _JOB.format(
        entry=entry, ledger=_LEDGER.format(ledger=json.dumps(ledger, ensure_ascii=False)) if pays else ""
    ) + (_WAITING if pays else "")


def laid_out(
    folder: Path,
    paid_through: str,
    profile: Path | None = None,
    ledger: LedgerPlace | None = None,
    snapshots: str = "",
) -> None:
    """Make the working folder and say where it is. profile: an existing county.toml to copy. ledger: on a server. snapshots:
    the table of the jobs file that says where they are kept.

    Raises UserError where the folder is not empty.
    """
    month = Period.parse(paid_through)
    if month.months != 1:
        raise UserError(f"--paid-through“{paid_through}”应写到月，如 2026-06。")
    if ledger and ledger.file:
        raise UserError("init 的 --ledger 只写数据库地址；台账是文件的不用写，就在文件夹里建 台账.db。")
    if _stands(folder) and not _is_unfinished(folder):
        raise UserError(f"文件夹 {folder} 里已经有东西，没有改动。请换一个新的文件夹。")
    county = text(folder, profile)
    inboxes = list(dict.fromkeys(each.inbox for each in PROGRAMMES))
    try:
        _lay_out(folder, [*inboxes, "结果", "政策"], county)
        _ledger(ledger or LedgerFile(folder / _FILE), month.start)
    except OSError as trouble:
        where = trouble.filename or folder
        raise UserError(
            f"{where} 写不了（{reason(trouble)}），工作文件夹没有建成。请换一个能写的位置，或核对权限、空间，再运行一次。"
        ) from None
    # The last file of all: as long as it is missing, `init` can be run again on the same folder.
    written = partial(_write_jobs, snapshots=snapshots, ledger=str(ledger or _FILE))
    files.save(folder / "jobs.toml", written)
    typer.echo(
        f"工作文件夹：{folder}。县的设置在 {folder / NAME}，可随时补改。{_places(inboxes)}，运行 sanchuang run {folder / 'jobs.toml'}",
        err=True,
    )


def _lay_out(folder: Path, inside: Sequence[str], county: str) -> None:
    """Make the folders and write what stands in them, but for the ledger and the jobs file. Raises OSError."""
    for name in inside:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for entry in (*PROGRAMMES, *OVER_RESULTS):
        (folder / "政策" / f"{entry.name}.toml").write_bytes(source(entry.name, None)[1])
    (folder / NAME).write_text(county, "utf-8")
    (folder / "定时任务.txt").write_text(_schedule(folder.resolve()), "utf-8")


def _schedule(folder: Path) -> str:
    """The text that tells how to run the jobs every night, on Linux and on Windows. folder: its full path."""
    command = _night(folder, '\\"')
    windows = f'schtasks /create /tn sanchuang /sc daily /st 02:30 /tr "{command}"'
    return _SCHEDULE.format(cron=cron_line(folder), windows=windows)


def _places(inboxes: Sequence[str]) -> str:
    """Which rosters belong into which folder, in words."""
    titles = {inbox: [entry.title for entry in PROGRAMMES if entry.inbox == inbox] for inbox in inboxes}
    return "，".join(f"{'、'.join(names)}的名册放进 {inbox}" for inbox, names in titles.items())
