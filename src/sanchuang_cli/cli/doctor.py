"""Carries out `doctor`: reads the machine, a working folder and its ledger, and prints what is missing or unusual and how to
correct it.

It reads and changes nothing. Exit codes: 0 all is well; 1 something is unusual; 2 something will not work.
"""

import contextlib
import os
import shutil
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.text import Text

from sanchuang_cli.cli import runlog
from sanchuang_cli.cli.jobsfile import Job, loaded
from sanchuang_cli.cli.machine import Machine
from sanchuang_cli.cli.pagenames import page_names
from sanchuang_cli.cli.profile import NAME as PROFILE
from sanchuang_cli.cli.profile import Profile, bank_format, profile
from sanchuang_cli.cli.typed import typed
from sanchuang_cli.domain.workdays import unannounced
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.chain import links
from sanchuang_cli.ledger.databases import unsafe_settings
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.proof import proved
from sanchuang_cli.policy import PolicyFile, load, source
from sanchuang_cli.policy_errors import meant
from sanchuang_cli.programmes import listed
from sanchuang_cli.report import drawing, official, styles
from sanchuang_cli.report.banklayout import layouts

JOBS = "jobs.toml"
_WRITTEN = 2026
"""The year in which this was written. A clock that shows an earlier year is wrong."""
_CHINA = timedelta(hours=8)
_SCANT = 200 << 20
"""Free bytes under which the results of a night may not fit on the disk."""
_ALIKE = {
    "方正小标宋简体": {"方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"},
    "仿宋": {"仿宋", "FangSong", "仿宋_GB2312"},
    "仿宋_GB2312": {"仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"},
    "黑体": {"黑体", "SimHei"},
    "宋体": {"宋体", "SimSun"},
}
"""For each font that a document names, the names under which a machine may have it or an equal one."""


class Gravity(IntEnum):
    """How grave something is. The gravest of all is the exit code."""

    GOOD, ODD, BAD = 0, 1, 2

    @property
    def label(self) -> str:
        """The word before a line; all have the same width, so that the lines stand below each other."""
        return ("好　", "注意", "不行")[self]


class CheckedThing(NamedTuple):
    """One thing that was looked at: what it is, in what state, and how to correct it."""

    weight: Gravity
    what: str
    said: str
    mend: str = ""


def perform(console: Console, machine: Machine, folder: Path, ledger: LedgerPlace | None) -> int:
    """Look at everything, print it with the gravest first, and give the exit code."""
    things = sorted(examined(machine, folder, ledger), key=lambda each: -each.weight)
    for thing in things:
        line = Text(thing.weight.label, style=("green", "yellow", "bold red")[thing.weight])
        drawing.tell(console, line.append(f" {thing.what}：{thing.said}", style="default"))
        if thing.mend:
            drawing.tell(console, Text(f"     办法：{thing.mend}"))
    counts = Counter(each.weight for each in things)
    summary = "，".join(f"{weight.label.strip('　')} {counts[weight]} 项" for weight in reversed(Gravity))
    drawing.tell(console, Text(f"查了 {len(things)} 项：{summary}。什么都没有改动。", style="bold"))
    return int(max(each.weight for each in things))


def examined(machine: Machine, folder: Path, ledger: LedgerPlace | None) -> Iterator[CheckedThing]:
    """Everything that is looked at, also what is in order."""
    yield _versions(machine)
    yield _fonts(machine)
    yield from _encodings(machine)
    yield from _rights(folder)
    yield from _clock(machine, folder)
    jobs = list(_jobs(folder))
    yield from (thing for thing in jobs if isinstance(thing, CheckedThing))
    works = [job for job in jobs if isinstance(job, Job)]
    yield from (_policy(folder, job) for job in works)
    named = [ledger] if ledger else [place for job in works if (place := job.ledger_in(folder))]
    for place in dict.fromkeys(named):
        yield from _ledger(place, machine.now)
    yield from _profile(folder, works)


def _versions(machine: Machine) -> CheckedThing:
    what = f"sanchuang {machine.version}，Python {machine.python}"
    if machine.lacking:
        mend = "在程序的文件夹里重新安装：python -m pip install -c requirements.txt -e ."
        return CheckedThing(Gravity.BAD, "版本", f"{what}；{'；'.join(machine.lacking)}", mend)
    return CheckedThing(Gravity.GOOD, "版本", f"{what}，所用的库齐全")


def _fonts(machine: Machine) -> CheckedThing:
    if machine.fonts is None:
        mend = "在打印的那台机器上打开一张结果，看标题和正文是不是小标宋、仿宋。"
        return CheckedThing(Gravity.ODD, "字体", "没有 fc-list，查不到装了哪些", mend)
    asked = (styles.TITLE_FONT, styles.HEAD_FONT, styles.BODY_FONT, official.BODY, official.FOOTER)
    missing = [name for name in dict.fromkeys(asked) if not _ALIKE[name] & machine.fonts]
    if missing:
        mend = "在打印的机器上装上；不装会用别的字体代替，分页和公文格式可能不同。这台机器不打印的，不用管。"
        return CheckedThing(Gravity.ODD, "字体", f"没有 {'、'.join(missing)}", mend)
    return CheckedThing(Gravity.GOOD, "字体", "结果和公示用到的都有")


def _encodings(machine: Machine) -> Iterator[CheckedThing]:
    mend = "Linux：export LANG=C.UTF-8（写进 ~/.profile 和 crontab）；Windows：set PYTHONUTF8=1。"
    try:
        "中文，〔2026〕".encode(machine.encoding)
    except (UnicodeEncodeError, LookupError):
        yield CheckedThing(Gravity.BAD, "屏幕编码", f"{machine.encoding} 写不出中文，看到的都是问号", mend)
    else:
        yield CheckedThing(Gravity.GOOD, "屏幕编码", machine.encoding)
    if machine.names.lower().replace("-", "") != "utf8":
        yield CheckedThing(Gravity.ODD, "文件名编码", f"{machine.names}，中文文件名可能认不出", mend)


def _rights(folder: Path) -> Iterator[CheckedThing]:
    if not folder.is_dir():
        yield CheckedThing(
            Gravity.BAD, "文件夹", f"没有 {folder}", "请核对路径，或用 sanchuang init 建一个。"
        )
        return
    if not _writable(folder):
        mend = "把文件夹的主人改成运行任务的登录名，或放开写的权限；只读的磁盘请换一个地方。"
        yield CheckedThing(Gravity.BAD, "文件夹", f"{folder} 写不进去，夜间任务运行不了", mend)
    else:
        yield CheckedThing(Gravity.GOOD, "文件夹", f"{folder} 可以写")
    free = shutil.disk_usage(folder).free
    if free < _SCANT:
        yield CheckedThing(
            Gravity.ODD, "磁盘", f"只剩 {free >> 20} MB", "请清出空间：结果、台账和备份都要写在这里。"
        )
    if os.name != "nt" and (seen := list(_readable_by_all(folder))):
        mend = f"chmod -R o-rwx {folder}"
        yield CheckedThing(
            Gravity.ODD, "权限", f"{len(seen)} 个名册谁都能读，上面有身份证号，如 {seen[0].name}", mend
        )


def _writable(folder: Path) -> bool:
    """Whether a file can be made there. It makes one and removes it, since the rights of a folder say nothing of a read-only disk."""
    probe = folder / f".{os.getpid()}.doctor"
    try:
        probe.touch(mode=0o600, exist_ok=False)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        probe.unlink()
    return True


def _readable_by_all(folder: Path) -> Iterator[Path]:
    """Rosters that every login of this machine can read: neither their own rights nor those of a folder above prevent it."""
    for path in sorted(folder.glob("收件/**/*")):
        path_and_folders = [path, *(above for above in path.parents if above.is_relative_to(folder))]
        if path.is_file() and all(place.stat().st_mode & stat.S_IROTH for place in path_and_folders):
            yield path


def _clock(machine: Machine, folder: Path) -> Iterator[CheckedThing]:
    now, mend = machine.now, "校准这台机器的日期和时间（Linux：timedatectl；Windows：日期和时间设置）。"
    last = _last_run(folder)
    if now.year < _WRITTEN:
        yield CheckedThing(Gravity.BAD, "时钟", f"现在是 {now:%Y-%m-%d %H:%M}，比程序写成还早", mend)
    elif last and last > now:
        message = f"现在是 {now:%Y-%m-%d %H:%M}，运行记录里却有 {last:%Y-%m-%d %H:%M} 的"
        yield CheckedThing(Gravity.BAD, "时钟", message, mend)
    else:
        yield CheckedThing(Gravity.GOOD, "时钟", f"{now:%Y-%m-%d %H:%M}")
    # Jobs that run shortly after midnight take their period from the local date.
    if machine.offset != _CHINA:
        hours = machine.offset / timedelta(hours=1)
        message = f"比格林尼治早 {hours:g} 小时，不是北京时间：夜里算的可能是前一天的期间"
        yield CheckedThing(Gravity.ODD, "时区", message, "timedatectl set-timezone Asia/Shanghai。")
    if years := unannounced(now.date(), date(now.year, 12, 31)):
        message = f"不知道 {years[0]} 年的放假安排，工作日只按周一至周五算"
        mend = "升级 chinesecalendar；没有新版的，在政策里写明 holidays 和 workdays。"
        yield CheckedThing(Gravity.ODD, "放假安排", message, mend)


def _last_run(folder: Path) -> datetime | None:
    """When the latest run in the log began; None where there is none or the log cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        runs = runlog.finished(folder / runlog.NAME).values()
        return max((datetime.fromisoformat(str(run["at"])) for run in runs if "at" in run), default=None)
    return None


def _jobs(folder: Path) -> Iterator[CheckedThing | Job]:
    path = folder / JOBS
    if not path.exists():
        message = f"{folder} 里没有 {JOBS}，不是工作文件夹"
        mend = (
            "用 sanchuang init 文件夹 --paid-through 2026-06 建一个，或在工作文件夹里运行 sanchuang doctor。"
        )
        yield CheckedThing(Gravity.ODD, "任务文件", message, mend)
        return
    try:
        jobs = loaded(path)
    except UserError as trouble:
        yield CheckedThing(Gravity.BAD, "任务文件", str(trouble), "照上面说的改好 jobs.toml。")
        return
    yield CheckedThing(Gravity.GOOD, "任务文件", f"{len(jobs.job)} 项任务")
    yield from jobs.job


def _policy(folder: Path, job: Job) -> CheckedThing:
    """Whether the policy of a job can be read, and whether it is still the example that comes with the program."""
    what = f"政策（{job.name}）"
    try:
        name, content = source(job.programme, job.policy_in(folder))
        file = load(listed(job.programme).load().policy, name, content)
    except UserError as trouble:
        return CheckedThing(Gravity.BAD, what, str(trouble), "改好以后用 sanchuang policy check 检查。")
    if any(edition.example for edition in file.editions):
        message = f"{name} 是样本（example = true），不是本县的办法"
        mend = "照本县文件改好，删去 example = true 一行，见 docs/policies.md；没改以前的结果只能试算，不能公示。"
        return CheckedThing(Gravity.ODD, what, message, mend)
    return CheckedThing(Gravity.GOOD, what, f"{name}，{len(file.editions)} 版")


def _ledger(place: LedgerPlace, now: datetime) -> Iterator[CheckedThing]:
    what = f"台账 {place.name}"
    try:
        ledger = opened(place)
        proof = proved(ledger)
        with ledger.reading() as connection:
            unsafe = unsafe_settings(connection)
            last = max(
                (datetime.fromisoformat(link.at) for link in links(connection) if link.at), default=now
            )
    except UserError as trouble:
        yield CheckedThing(Gravity.BAD, what, str(trouble), "照上面说的办；不要用别的程序改台账。")
        return
    if proof.troubles:
        message = f"有 {len(proof.troubles)} 处不对：{proof.troubles[0]}"
        mend = f"看全部：{typed('ledger', 'verify', '--ledger', place)}；从备份里恢复。"
        yield CheckedThing(Gravity.BAD, what, message, mend)
    else:
        yield CheckedThing(Gravity.GOOD, what, f"核对无误，分录 {proof.entries} 条，批次 {proof.batches} 个")
    if last > now:
        message = f"最后一条记录是 {last:%Y-%m-%d %H:%M}，比现在还晚"
        yield CheckedThing(Gravity.BAD, f"{what} 的时间", message, "先校准这台机器的时钟，再提请、审批。")
    if unsafe:
        message = f"服务器上 {'、'.join(unsafe)}：停电时记过的账可能丢掉"
        yield CheckedThing(Gravity.BAD, f"{what} 的服务器", message, "请管理员改成 on，重启服务器。")
    if place.file and not os.access(place.file, os.W_OK):
        mend = "提请和审批的登录名都要能写：放进同一个组，见 docs/ledger.zh-CN.md 第一节。"
        yield CheckedThing(Gravity.ODD, f"{what} 的权限", "这个登录名只能读", mend)


def _profile(folder: Path, jobs: Sequence[Job]) -> Iterator[CheckedThing]:
    path, what = folder / PROFILE, "县的设置"
    try:
        county = profile(path) if path.is_file() else None
    except UserError as trouble:
        yield CheckedThing(Gravity.BAD, what, str(trouble), f"照上面说的改好 {PROFILE}。")
        return
    if county is None:
        mend = f'在工作文件夹里写一份 {PROFILE}：[county] 下写 name = "县名"，每个乡镇一段 [[township]]、name = "镇名"。'
        yield CheckedThing(Gravity.ODD, what, f"没有 {PROFILE}，乡镇的次序和别名只能从名册里猜", mend)
        return
    remarks = [*_unsaid(county), *_bank_format(county, path), *_unknown_pages(county, folder, jobs)]
    yield from remarks
    if not remarks:
        yield CheckedThing(Gravity.GOOD, what, f"{county.county.name}，{len(county.township)} 个乡镇")


def _unsaid(county: Profile) -> Iterator[CheckedThing]:
    """What is left blank on the county's papers because county.toml does not say it."""
    what = "县的设置"
    if not county.department:
        yield CheckedThing(
            Gravity.ODD,
            what,
            f"县名是“{county.county.name}”，公示的落款只能空着",
            "在 [county] 里写 name 和 department（组织部的全称）。",
        )
    if not county.township:
        yield CheckedThing(
            Gravity.ODD, what, f"{county.county.name}，没有列出乡镇", "每个乡镇写一段 [[township]]。"
        )
    if not county.telephones.supervision:
        yield CheckedThing(
            Gravity.ODD, what, "没有监督电话，公示上只能空着", '在 [telephones] 里写 supervision = "号码"。'
        )


def _bank_format(county: Profile, path: Path) -> Iterator[CheckedThing]:
    try:
        layouts(bank_format(None, path))
    except UserError as trouble:
        mend = "把文件放在 county.toml 旁边，或改 bank_format。"
        yield CheckedThing(Gravity.BAD, f"县的设置 bank_format“{county.bank_format}”", str(trouble), mend)


def _unknown_pages(county: Profile, folder: Path, jobs: Sequence[Job]) -> Iterator[CheckedThing]:
    """Pages named in county.toml that no programme prints under the policies of the jobs."""
    policies: dict[str, PolicyFile[Any]] = {}
    for job in jobs if county.page else ():
        with contextlib.suppress(UserError):  # `_policy` reports a policy that cannot be read
            model = listed(job.programme).load().policy
            policies[job.programme] = load(model, *source(job.programme, job.policy_in(folder)))
    known = sorted(page_names(policies)) if county.page else []
    for page in county.page:
        if page.name not in known:
            message = f"[[page]] 的“{page.name}”不是哪个程序的页{meant(page.name, known)}"
            yield CheckedThing(Gravity.ODD, "县的设置", message, "照结果里工作表的名称写；不用了的删去。")
