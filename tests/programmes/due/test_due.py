"""期限一览 over results of two programmes: nothing is lost, nothing is counted twice, and nothing changed is believed."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec import structs
from openpyxl import load_workbook

from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes.due import PROGRAMME, Deadline, NotCounted, agenda
from sanchuang_cli.record import Roster, Row, Source
from tests.command import Ran, Sanchuang, book, run_in
from tests.goldens.test_checkups import CHECKUPS, secretaries
from tests.goldens.test_development import DEVELOPMENT, candidates
from tests.goldens.test_fund import APPLICATIONS, EVENTS, LOANS, applicants, lent
from tests.goldens.test_graduates import CONTRACTS, contracts
from tests.oracle.due import window

ON = "2026-11-28"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results: development, graduates of two months, the fund, check-ups; and a roster that lies about."""
    folder = tmp_path_factory.mktemp("结果")
    office = run_in(folder)
    book(folder / "发展台账.xlsx", candidates(), DEVELOPMENT, title="发展党员台账")
    book(folder / "合同台账.xlsx", contracts(), CONTRACTS, title="大学生村官合同台账")
    applied, (loans, events) = applicants(), lent()
    book(folder / "申请.xlsx", applied, APPLICATIONS, title="申请表")
    book(folder / "贷款.xlsx", loans, LOANS, title="贷款台账")
    book(folder / "事件.xlsx", events, EVENTS, title="贷款事件")
    book(folder / "体检.xlsx", secretaries(), CHECKUPS, title="村党组织书记体检名册")
    (folder / "结果").mkdir()
    quiet = ("-q", "--out")
    of_fund = ("申请.xlsx", "贷款.xlsx", "事件.xlsx", "--period", "2025", "--on", "2025-11-28")
    office("fund", *of_fund, *quiet, "结果/基金.xlsx")
    office("checkups", "体检.xlsx", "--period", "2026", "--on", ON, *quiet, "结果/体检.xlsx")
    office("development", "发展台账.xlsx", "--period", "2026", "--on", ON, *quiet, "结果/发展党员.xlsx")
    for month in ("2026-09", "2026-10"):
        office("graduates", "合同台账.xlsx", "--period", month, *quiet, f"结果/村官-{month}.xlsx")
    copy(folder / "发展台账.xlsx", folder / "结果")
    return folder / "结果"


Made = tuple[Ran, Path, dict[str, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def made(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """`due` over the results with all its pages and a calendar: what it said, its folder, and the lines of each page."""
    folder = tmp_path_factory.mktemp("期限")
    done = run_in(folder)("due", results, "--on", ON, "--out", "期限.xlsx", "--details", "--ics", "期限.ics")
    book = folder / "期限.xlsx"
    return done, folder, {sheet: list(lines(book, sheet)) for sheet in sheets(book)}


def sheets(path: Path) -> list[str]:
    return [str(name) for name in load_workbook(path, read_only=True).sheetnames]


def lines(path: Path, sheet: str) -> Iterator[dict[str, Any]]:
    heads: tuple[Any, ...] = ()
    for row in load_workbook(path)[sheet].iter_rows(values_only=True):
        if "乡镇" in row:
            heads = row
        elif heads and isinstance(row[0], int):
            yield dict(zip(heads, row, strict=True))


def test_the_list_is_the_union_of_what_the_newest_result_of_each_programme_says(
    results: Path, made: Made
) -> None:
    done, _, pages = made
    assert done.code == 0, done.err
    told = [
        (one["姓名"], one["事项"], one["最迟日"]) for page in ("到期一览", "90天以后") for one in pages[page]
    ]
    expected = [
        (one["姓名"], one["事项"], one["最迟"])
        for name in ("发展党员.xlsx", "村官-2026-10.xlsx", "基金.xlsx", "体检.xlsx")
        for one in lines(results / name, "期限")
        if not (one.get("情况") == "自然到期" and one["最迟"] < ON)
    ]
    assert {what.split()[0] for _, what, _ in expected} >= {"还本", "合同期满", "体检复查", "支部大会"}
    assert Counter(told) == Counter(expected)


def test_whoever_is_set_aside_in_a_result_is_named_as_one_whose_days_cannot_be_counted(
    results: Path, made: Made
) -> None:
    pages = made[2]
    told = {(one["姓名"], one["工作"]) for one in pages["期限无法计算"]}
    of = {"发展党员": "发展党员", "村官-2026-10": "大学生村官", "基金": "创业扶助基金", "体检": "免费体检"}
    for name, matter in ((f"{file}.xlsx", matter) for file, matter in of.items()):
        assert {(one["姓名"], matter) for one in lines(results / name, "待核实名单")} <= told


def test_it_stands_by_day_with_the_days_left_and_with_who_must_act(made: Made) -> None:
    pages = made[2]
    agenda = pages["到期一览"]
    assert [one["最迟日"] for one in agenda] == sorted(one["最迟日"] for one in agenda)
    for one in agenda:
        left = (date.fromisoformat(one["最迟日"]) - date.fromisoformat(ON)).days
        assert one["剩余天"] == left
        assert one["时段"] == window(
            date.fromisoformat(one["最迟日"]), date.fromisoformat(ON), by_itself=one["情况"] == "自然到期"
        )
        assert one["责任人"]
    assert [one for one in agenda if one["时段"] == "逾期"] == [
        {**one, "序号": one["序号"]} for one in pages["逾期"]
    ]


def test_the_first_page_says_what_is_late_and_what_comes_by_work_and_nothing_twice(made: Made) -> None:
    _, folder, pages = made
    listed = Counter((one["时段"], one["工作"]) for one in pages["到期一览"])
    block, told = "", []
    for row in load_workbook(folder / "期限.xlsx")["首页"].iter_rows(values_only=True, min_row=4):
        block = str(row[0] or block)
        told += [(block, row[1], row[2])] if isinstance(row[2], int) else []
    assert len(told) == len(set(told))
    assert {(part, work): many for part, work, many in told if (part, work) in listed} == listed


def test_every_file_of_the_folder_is_named_with_what_it_is(made: Made) -> None:
    done = made[0]
    assert "文件 6 = 采用 4 + 空白 0 + 其他 2 + 没有读懂 0" in done.err
    assert "发展台账.xlsx（不是本程序写出的结果）" in done.err
    assert "村官-2026-09.xlsx（大学生村官2026年9月的结果，已有更新的）" in done.err


def test_results_of_commands_over_results_are_said_to_be_what_they_are(results: Path, tmp_path: Path) -> None:
    office = run_in(tmp_path)
    (tmp_path / "结果").mkdir()
    copy(results / "发展党员.xlsx", tmp_path / "结果")
    for command, title in (("report", "工作报告"), ("due", "期限一览")):
        office(command, "结果", "--on", ON, "-q", "--out", f"结果/{title}.xlsx")
    said = "".join(office("due", "结果", "--on", ON, "--out", "期限.xlsx").err.split())
    for title in ("工作报告", "期限一览"):
        assert f"{title}.xlsx（{title}是从别的结果合成的，它的内容在那些结果里）" in said


def test_a_result_in_which_nothing_is_due_counts_as_nothing_and_refuses_nobody_else(
    results: Path, tmp_path: Path
) -> None:
    office, on = run_in(tmp_path), ("--on", ON, "--json", "-q")
    (tmp_path / "结果").mkdir()
    went = [row for row in secretaries() if "复查" not in "".join(map(str, row))][:1]
    book(tmp_path / "体检.xlsx", went, CHECKUPS, title="村党组织书记体检名册")
    checked = office("checkups", "体检.xlsx", "--period", "2026", "--on", ON, "-q", "--out", "结果/体检.xlsx")
    assert checked.code == 0, checked.err
    assert not list(lines(tmp_path / "结果" / "体检.xlsx", "期限"))
    alone = office("due", "结果", *on)
    assert alone.code == 0 and '"read": 0' in alone.out, alone.err
    copy(results / "发展党员.xlsx", tmp_path / "结果")
    both = office("due", "结果", *on)
    assert both.code in (0, 1) and '"read": 0' not in both.out, both.err


def test_a_copy_counts_once_and_two_results_of_one_period_are_refused_with_both_names(
    results: Path, tmp_path: Path
) -> None:
    (tmp_path / "又").mkdir()
    copy(results / "发展党员.xlsx", tmp_path / "又" / "副本.xlsx")
    office = run_in(tmp_path)
    done = office("due", results, tmp_path / "又", "--on", ON)
    assert done.code == 0
    assert "副本.xlsx（和 发展党员.xlsx 是同一份）" in done.err
    book(tmp_path / "少的.xlsx", candidates()[:2], DEVELOPMENT, title="发展党员台账")
    office("development", "少的.xlsx", "--period", "2026", "--on", ON, "-q", "--out", "又/另一份.xlsx")
    refused = office("due", results, "又", "--on", ON)
    assert refused.code == 2
    assert "发展党员.xlsx" in refused.err and "另一份.xlsx" in refused.err and "只留一份" in refused.err


def test_a_result_that_was_changed_is_refused_with_the_cell(results: Path, tmp_path: Path) -> None:
    whole = load_workbook(results / "发展党员.xlsx")
    whole["期限"]["G4"] = "2031-01-01"
    whole.save(tmp_path / "改过.xlsx")
    refused = run_in(tmp_path)("due", "改过.xlsx", "--on", ON)
    assert refused.code == 2
    assert "改过.xlsx" in refused.err and "G4" in refused.err
    assert not list(tmp_path.glob("*期限一览*"))


@pytest.mark.parametrize("there", [(), ("名册.xlsx",)])
def test_without_a_result_there_is_nothing_to_put_together(there: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for name in there:
        book(tmp_path / "空" / name, candidates(), DEVELOPMENT)
    refused = run_in(tmp_path)("due", "空", "--on", ON)
    assert refused.code == 2
    assert "请给出放结果的文件夹" in refused.err


def events(path: Path) -> dict[str, tuple[date, str]]:
    """The day and the title of every event, by its number."""
    calendar = Calendar.from_ical(path.read_bytes())
    return {
        str(event["uid"]): (event.decoded("dtstart"), str(event["summary"]))
        for event in calendar.walk("VEVENT")
    }


def test_the_calendar_has_a_day_with_a_reminder_for_each_line_and_nobodys_number(
    results: Path, made: Made
) -> None:
    _, folder, pages = made
    told = Counter((day.isoformat(), title) for day, title in events(folder / "期限.ics").values())
    assert told == Counter((one["最迟日"], f"{one['事项']} {one['姓名']}") for one in pages["到期一览"])
    text = (folder / "期限.ics").read_text("utf-8")
    assert text.count("TRIGGER:-P7D") == len(pages["到期一览"])
    number = next(lines(results / "发展党员.xlsx", "期限"))["身份证号"]
    assert number and number not in text.replace("\r\n ", "")


def test_a_later_calendar_replaces_the_events_of_an_earlier_one(results: Path, tmp_path: Path) -> None:
    office = run_in(tmp_path)
    office("due", results, "--on", "2026-11-20", "-q", "--ics", "早.ics")
    office("due", results, "--on", ON, "-q", "--ics", "晚.ics")
    early, late = events(tmp_path / "早.ics"), events(tmp_path / "晚.ics")
    assert early and early.items() <= late.items()


def test_a_result_of_its_own_in_the_folder_does_not_count(results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "全部"
    folder.mkdir()
    for file in results.glob("*.xlsx"):
        copy(file, folder)
    office = run_in(tmp_path)
    first = office("due", folder, "--on", ON, "--out", folder / "期限.xlsx", "--json", "-q")
    second = office("due", folder, "--on", ON, "--out", folder / "期限.xlsx", "--json", "-q")
    assert first.out == second.out


DAY = date(2026, 11, 28)
EDITIONS = load(PROGRAMME.policy, *source("due", None))


def deadline(at: int, latest: date, state: str = "") -> Deadline:
    row = Row(Source("结果.xlsx", "期限", {}), at, ())
    return Deadline(
        row=row,
        matter="发展党员",
        township="青禾镇",
        name="张建国",
        what="谈话",
        latest=VagueDate(latest, latest),
        state=state,
    )


@given(st.lists(st.tuples(st.integers(-400, 400), st.sampled_from(("", "自然到期"))), max_size=30))
def test_every_day_is_in_the_window_that_counting_day_by_day_finds(drawn: list[tuple[int, str]]) -> None:
    records = [deadline(n, DAY + timedelta(days=days), state) for n, (days, state) in enumerate(drawn, 2)]
    rosters = {"deadlines": Roster(tuple(records)), "waiting": Roster()}
    whole = PROGRAMME.judge(rosters, EDITIONS, Occasion(Period.parse("2026-11"), DAY))
    told = {verdict.record.row.number: verdict.part for verdict in whole.of()}
    expected = {
        one.row.number: window(one.latest.earliest, DAY, by_itself=bool(one.state)) for one in records
    }
    assert told == expected
    assert whole.tally.read == len(records) == whole.tally.used


@pytest.mark.parametrize(
    ("latest", "part"),
    [
        ("2026-06-02", "30天内"),
        ("2026-05-28", "逾期"),
        ("2026-07-02", "30天内"),
        ("2026-07-03", "31至60天"),
        ("2026-09-01", "90天以后"),
    ],
)
def test_the_printed_example(latest: str, part: str) -> None:
    """Defaults, section 19: as of 2026-06-02."""
    rosters = {"deadlines": Roster((deadline(2, date.fromisoformat(latest)),)), "waiting": Roster()}
    whole = PROGRAMME.judge(rosters, EDITIONS, Occasion(Period.parse("2026-06"), date(2026, 6, 2)))
    assert [verdict.part for verdict in whole.of()] == [part]


def test_a_line_says_how_its_days_were_counted_or_why_they_cannot_be() -> None:
    """Of a vague day the first counts."""
    vague = structs.replace(deadline(2, DAY), latest=VagueDate.within(2026, 12), basis="一个月内谈话")
    waiting = NotCounted(row=deadline(3, DAY).row, matter="发展党员", place="台账 第5行", why="没有申请日期")
    rosters: Rosters = {"deadlines": Roster((vague,)), "waiting": Roster((waiting,))}
    whole = PROGRAMME.judge(rosters, EDITIONS, Occasion(Period.parse("2026-11"), DAY))
    verdicts = [one for verdicts in whole.verdicts.values() for one in verdicts]
    assert [(one.part, *one.reasons[0][:3]) for one in verdicts] == [
        ("30天内", "剩余天数", "最迟 2026-12，判定日 2026-11-28，剩余 3 天", "一个月内谈话"),
        ("期限无法计算", "期限无法计算", "发展党员：没有申请日期", "待核实的行，期限也待核实"),
    ]


def test_lines_stand_by_day_then_township_as_the_county_has_them_then_name_work_and_matter() -> None:
    tomorrow = DAY + timedelta(1)
    keyed = [
        (DAY, "望河乡", "赵六", "免费体检", "复查"),
        (DAY, "青禾镇", "李明", "免费体检", "复查"),
        (DAY, "青禾镇", "王刚", "免费体检", "复查"),
        (DAY, "青禾镇", "王刚", "发展党员", "公示"),
        (DAY, "青禾镇", "王刚", "发展党员", "谈话"),
        (tomorrow, "望河乡", "丁一", "免费体检", "复查"),
        (tomorrow + timedelta(99), "望河乡", "丁一", "免费体检", "复查"),
    ]
    records = [
        structs.replace(deadline(at, day), township=town, name=name, matter=matter, what=what)
        for at, (day, town, name, matter, what) in enumerate(reversed(keyed), 2)
    ]
    when = Occasion(Period.parse("2026-11"), DAY, townships=("望河乡", "青禾镇"))
    rosters = {"deadlines": Roster(tuple(records)), "waiting": Roster[Any]()}
    listed = agenda(PROGRAMME.judge(rosters, EDITIONS, when))
    assert [
        (one.record.latest.earliest, one.record.township, one.record.name, one.record.matter, one.record.what)
        for one in listed
    ] == sorted(keyed[:-1], key=lambda one: (one[0], one[1] == "青禾镇", one[2:]))


@pytest.mark.parametrize(("responsible", "who"), [("支部书记", "支部书记"), ("", "青禾镇")])
def test_where_a_result_names_nobody_the_township_must_act(responsible: str, who: str) -> None:
    one = structs.replace(deadline(2, DAY), responsible=responsible)
    rosters = {"deadlines": Roster((one,)), "waiting": Roster[Any]()}
    run = PROGRAMME.run(rosters, EDITIONS, Occasion(Period.parse("2026-11"), DAY))
    (table,) = [table for table in run.tables if table.name == "到期一览"]
    assert [line[table.index("who")] for line in table.rows] == [who]
    assert table.notes == ("截至 2026-11-28；剩余 = 最迟日 - 截至日，负数是已经逾期的天数。",)


def test_the_windows_are_those_of_the_policy() -> None:
    text = source("due", None)[1].decode().replace("days = [30, 60, 90]", "days = [10, 45]")
    by = load(PROGRAMME.policy, "试.toml", text.encode())
    days = (DAY - timedelta(1), DAY, *(DAY + timedelta(left) for left in (10, 11, 45, 46)))
    rosters = {"deadlines": Roster(tuple(map(deadline, range(2, 8), days))), "waiting": Roster()}
    whole = PROGRAMME.judge(rosters, by, Occasion(Period.parse("2026-11"), DAY))
    assert [one.part for one in sorted(whole.of(), key=lambda one: one.left)] == [
        "逾期", "10天内", "10天内", "11至45天", "11至45天", "45天以后",
    ]  # fmt: skip
    run = PROGRAMME.run(rosters, by, Occasion(Period.parse("2026-11"), DAY))
    assert [table.name for table in run.tables] == [
        "到期一览",
        "逾期",
        "分乡镇汇总表",
        "分工作汇总表",
        "45天以后",
    ]
    assert [what for what, _ in run.tally.parts][:5] == [
        "逾期",
        "10天内",
        "11至45天",
        "45天以后",
        "已自然到期",
    ]


@pytest.mark.parametrize("days", ["[]", "[60, 30]", "[30, 30]"])
def test_windows_that_do_not_follow_each_other_are_refused(days: str) -> None:
    text = source("due", None)[1].decode().replace("days = [30, 60, 90]", f"days = {days}")
    with pytest.raises(UserError, match=r"days"):
        load(PROGRAMME.policy, "试.toml", text.encode())


def test_no_page_but_the_list_of_later_ones_repeats_the_deadlines(made: Made) -> None:
    """Nothing here is somebody who was left out of a list."""
    assert "未列入名单" not in made[2]


def test_the_night_writes_the_list_anew_each_day_from_what_the_other_jobs_wrote(
    results: Path, sanchuang: Sanchuang, tmp_path: Path
) -> None:
    assert sanchuang("init", "县", "--paid-through", "2026-06").code == 0
    folder = tmp_path / "县"
    for file in results.glob("*.xlsx"):
        copy(file, folder / "结果")
    ran = sanchuang("run", folder / "jobs.toml", "--only", "期限一览")
    assert ran.code == 0, ran.err
    assert (folder / "结果" / f"due-{date.today():%Y-%m}.xlsx").exists()
    again = sanchuang("run", folder / "jobs.toml", "--only", "期限一览")
    assert "没有变动，跳过" in again.err
