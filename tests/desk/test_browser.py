"""A clerk at a browser: by the mouse, by the keyboard alone, in two windows, with a large file, and gone in the middle."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import ROOT, book, county
from tests.counts import FULL
from tests.desk.browser import Chromium, Window
from tests.desk.serving import MEMBERS, ORGS, Desk, desk

ROWS = 100_000 if FULL else 6_000


@pytest.fixture(scope="module")
def opened(browser: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose printed address the browser has opened."""
    with desk(tmp_path_factory.mktemp("工作 台")) as running:
        window = Window(browser, running.address)
        window.until_it_says("要做什么")
        window.close()
        yield running


@pytest.fixture
def window(browser: Chromium, opened: Desk) -> Iterator[Window]:
    """A window with the first page; no page complains in it."""
    browser.events.clear()
    there = Window(browser, opened.origin)
    there.until_it_says("要做什么")
    yield there
    assert there.faults() == []
    there.close()


def started(window: Window, work: str, files: list[Path], **texts: str) -> None:
    """Choose a work, put in the files, fill in the fields, and start, by clicks."""
    window.click(work)
    window.until_it_says("更多：")
    window.click("books")
    window.choose(files)
    window.until_it_says(f"已选 {len(files)} 个")
    for name, text in texts.items():
        window.click(name)
        window.write(text)
    window.click("开始")


def taken(window: Window, folder: Path, name: str) -> bytes:
    """What a click on a file brings."""
    window.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    window.click(name)
    window.until(lambda: (folder / name).exists() and not list(folder.glob("*.crdownload")))
    return (folder / name).read_bytes()


def test_by_clicks_a_roster_becomes_a_result_on_the_clerks_own_disk(window: Window, tmp_path: Path) -> None:
    roster = book(tmp_path / "青禾镇 名册.xlsx", county())
    started(window, "星级评定", [roster], period="2026")
    window.until_it_says("取结果")
    assert "2026年星级评定总表" in window.text
    content = taken(window, tmp_path, "青禾镇 名册-星级评定-2026.xlsx")
    assert content[:2] == b"PK"


def test_by_clicks_what_waits_is_made_ready_to_go_back(window: Window, tmp_path: Path) -> None:
    started(window, "生活补贴", [MEMBERS], period="2026Q2")
    window.until_it_says("算好了，有的要核实")
    window.click("把有问题的名册标好")
    window.until_it_says("查完了，有的要核实")
    assert taken(window, tmp_path, "members-退回修改.xlsx")[:2] == b"PK"
    assert "检查结果.txt" in window.text


def test_by_the_keyboard_alone(window: Window, tmp_path: Path) -> None:
    roster = book(tmp_path / "名册.xlsx", county())
    window.tab_to("星级评定")
    window.press("Enter")
    window.until_it_says("不填是")
    assert window.focused() == "books", "the field that matters first has the focus when the page opens"
    window.press("Enter")
    window.choose([roster])
    window.tab_to("period")
    window.write("2026Q9")
    window.tab_to("开始")
    window.press("Enter")
    window.until_it_says("没有运行成")
    window.tab_to("用同样的文件改一改再做")
    window.press("Enter")
    window.until_it_says("不另选就用上次的")
    window.tab_to("period")
    window.write("2026")  # Tab has marked what stood there
    window.tab_to("更多")
    window.press(" ")
    window.until(lambda: window.says("document.querySelector('details').open"))
    window.tab_to("password")
    window.tab_to("period", back=True)
    window.press("Enter")
    window.until_it_says("取结果")
    window.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    window.tab_to("名册-星级评定-2026.xlsx")
    window.press("Enter")
    window.until((tmp_path / "名册-星级评定-2026.xlsx").exists)
    window.tab_to("结束工作台", back=True)


def test_every_place_that_takes_the_focus_shows_it_and_has_a_name(window: Window) -> None:
    for path in ("/", "/do/check", "/do/subsidies"):
        window.go(window.says("location.origin") + path)
        window.says("document.querySelectorAll('details').forEach(e => e.open = true)")
        many = window.says("document.querySelectorAll('a, button, input, select, textarea, summary').length")
        seen = set()
        for _ in range(many + 1):  # once it is in the browser's own bars
            window.press("Tab")
            if place := window.says(FOCUS):
                seen.add(place.partition("|")[0])
                window.until(lambda: window.says(FOCUS).endswith("|4px|true"), 5)
                assert place.split("|")[1], (path, place)
        assert len(seen) == many, path


FOCUS = """(() => {
    const e = document.activeElement;
    if (e === document.body) return '';
    const box = e.getBoundingClientRect();
    const name = (e.labels && e.labels.length ? e.labels[0].innerText : e.innerText) || '';
    const place = [...document.querySelectorAll('*')].indexOf(e);
    return [place, name.trim().replaceAll('|', ' '), getComputedStyle(e).outlineWidth, box.top >= 0 && box.bottom <= innerHeight].join('|');
})()"""


def test_it_fits_a_clerks_screen_without_moving_sideways(window: Window) -> None:
    for path in ("/", "/do/check", "/do/subsidies"):
        window.go(window.says("location.origin") + path)
        assert window.says("document.documentElement.scrollWidth") <= 1366
        if path == "/":
            assert window.says(
                "document.querySelector('.works').getBoundingClientRect().bottom < innerHeight"
            )
    sizes = window.says(
        "[...document.querySelectorAll('main *')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 15


def test_a_file_may_be_dropped_on_the_field(window: Window) -> None:
    window.click("星级评定")
    window.until_it_says("开始")
    box = window.says(
        "(b => [b.x + b.width / 2, b.y + b.height / 2])(document.getElementById('books').getBoundingClientRect())"
    )
    data = {"items": [], "files": [str(ORGS)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        window.ask("Input.dispatchDragEvent", type=kind, x=box[0], y=box[1], data=data)
    window.until_it_says("已选 1 个")
    assert "orgs.xlsx" in window.text


def test_a_file_dropped_beside_the_field_does_not_replace_the_page(window: Window) -> None:
    window.click("星级评定")
    window.until_it_says("开始")
    data = {"items": [], "files": [str(ORGS)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        window.ask("Input.dispatchDragEvent", type=kind, x=700, y=600, data=data)
    time.sleep(0.5)
    assert window.says("location.pathname") == "/do/rate"


@pytest.mark.parametrize(
    "reason", ["Inspected target navigated or closed", "Cannot find context with specified id"]
)
def test_a_page_that_goes_while_it_is_asked_is_waited_for(
    window: Window, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """The browser answers some questions by that; it is one answer that is missing, and no fault of the desk."""
    answers = [{"error": {"code": -32000, "message": reason}}]
    come = window.chromium._next
    monkeypatch.setattr(
        window.chromium,
        "_next",
        lambda: {"id": window.chromium._last} | answers.pop() if answers else come(),
    )
    window.until_it_says("要做什么")
    assert not answers


def test_two_windows_work_at_the_same_time(
    window: Window, browser: Chromium, opened: Desk, tmp_path: Path
) -> None:
    other = Window(browser, opened.origin)
    started(window, "生活补贴", [MEMBERS], period="2026Q2")
    started(other, "星级评定", [book(tmp_path / "名册.xlsx", county())])
    other.until_it_says("取结果")
    window.until_it_says("取结果")
    assert "生活补贴总表" in window.text
    assert "星级评定总表" in other.text
    other.close()


def test_a_large_roster_shows_how_far_it_is(window: Window, tmp_path: Path) -> None:
    large = tmp_path / "全县.xlsx"
    made = [sys.executable, str(ROOT / "bench" / "county.py"), "members", str(ROWS), str(large)]
    subprocess.run(made, check=True)
    started(window, "生活补贴", [large], period="2026Q2")
    seen: list[tuple[str, str]] = []

    def done() -> bool:
        here = window.says(
            "[document.getElementById('step')?.textContent, document.getElementById('seconds')?.textContent]"
        )
        seen.append(tuple(here or ("", "")))
        return "取结果" in window.text

    window.until(done, patience=600)
    steps = [step for step in dict.fromkeys(step for step, _ in seen) if step]
    assert set(steps) & {"读名册", "计算", "写结果"}, seen
    assert f"读取 {ROWS}" in window.text.replace(",", "")


def test_a_window_closed_in_the_middle_hangs_nothing_and_the_result_is_found_again(
    window: Window, browser: Chromium, opened: Desk
) -> None:
    gone = Window(browser, opened.origin)
    started(gone, "生活补贴", [MEMBERS], period="2026Q1")
    gone.until_it_says("正在算")
    run = gone.says("location.pathname")
    gone.close()
    window.until(
        lambda: window.says(
            f"fetch('{run}/state').then(r => r.json()).then(s => {{ window.done = s.done; }}); window.done"
        )
    )
    window.go(opened.origin)
    assert "这次打开以后做过的" in window.text
    window.go(opened.origin + run)
    assert "取结果" in window.text


def test_without_a_script_a_run_is_followed_too(window: Window, tmp_path: Path) -> None:
    window.ask("Emulation.setScriptExecutionDisabled", value=True)
    window.click("星级评定")
    window.until_it_says("更多：")
    window.click("books")
    window.choose([book(tmp_path / "名册.xlsx", county())])
    window.click("开始")
    window.until_it_says("取结果")


def test_the_used_address_says_so_to_another_browser(opened: Desk, tmp_path: Path) -> None:
    from tests.desk.browser import chromium

    with chromium(tmp_path / "other") as other:
        window = Window(other, opened.address)
        window.until_it_says("只能用一次")


def test_the_button_ends_the_desk_and_says_so(browser: Chromium, tmp_path: Path) -> None:
    with desk(tmp_path) as running:
        window = Window(browser, running.address)
        window.until_it_says("要做什么")
        window.click("结束工作台")
        window.until_it_says("要结束工作台吗")
        window.press("Enter")
        window.until_it_says("可以关掉这个窗口")
        assert running.process.wait(30) == 0
        window.close()
