"""A Chromium without a window, led by Chrome's DevTools protocol over two pipes: no library and no port is needed.

It does what hands do: moves the mouse and clicks, presses keys, chooses files in the dialogue that a click opens.
"""

import json
import os
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)
"""The browser of this machine, None where there is none."""
PATIENCE = 60.0
_FIELDS = 60
WIDTH, HEIGHT = 1366, 728
"""A window that fills a clerk's screen of 1366 by 768, above the bar of Windows; its own bars take 87 of it."""
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " "), "Escape": (27, ""), "ArrowDown": (40, "")}


GOING = ("Inspected target navigated or closed", "Execution context was destroyed", "Cannot find context")
"""How the browser puts it that the page which was asked is not there any more, for another is on its way."""


class Refused(AssertionError):
    """The browser does not do what it was asked: the command, and why in its own words."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(f"{method}: {reason}")
        self.reason = reason


class Chromium:
    """The running browser. What it answers is told apart by the number of the question."""

    def __init__(self, profile: Path) -> None:
        ours, theirs = os.pipe(), os.pipe()
        high = [_high(ours[0]), _high(theirs[1])]

        def descriptors_3_and_4() -> None:
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        assert CHROMIUM
        self._process = subprocess.Popen(
            [
                CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe",
                f"--user-data-dir={profile}", f"--window-size={WIDTH},{HEIGHT}", "about:blank",
            ],
            preexec_fn=descriptors_3_and_4,
            close_fds=False,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for descriptor in (*high, ours[0], theirs[1]):
            os.close(descriptor)
        self._write, self._read, self._rest = ours[1], theirs[0], b""
        self._last, self.events = 0, list[dict[str, Any]]()

    def ask(self, method: str, session: str = "", **more: Any) -> dict[str, Any]:
        """The answer of the browser to a command.

        Raises:
            Refused: it does not do it.
        """
        self._last += 1
        asked = {"id": self._last, "method": method, "params": more} | (
            {"sessionId": session} if session else {}
        )
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._last:
                if "error" in message:
                    raise Refused(method, message["error"]["message"])
                answer: dict[str, Any] = message["result"]
                return answer
            self.events.append(message)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._read, 1 << 16)
            assert more, "the browser has gone"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)


class Window:
    """One window of the browser."""

    def __init__(self, chromium: Chromium, address: str) -> None:
        self.chromium = chromium
        self.target = chromium.ask(
            "Target.createTarget", url="about:blank", newWindow=True, width=WIDTH, height=HEIGHT
        )["targetId"]
        self._session = chromium.ask("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "DOM", "Log"):
            self.ask(f"{domain}.enable")
        self.ask("Page.setInterceptFileChooserDialog", enabled=True)
        self.go(address)

    def ask(self, method: str, **more: Any) -> dict[str, Any]:
        return self.chromium.ask(method, self._session, **more)

    def go(self, address: str) -> None:
        self.ask("Page.navigate", url=address)
        self.until(lambda: self.says("document.readyState") == "complete")

    def says(self, script: str) -> Any:
        """What a line of JavaScript gives; None while a page comes and goes."""
        try:
            answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        except Refused as refused:
            if refused.reason.startswith(GOING):
                return None
            raise
        return answer["result"].get("value")

    @property
    def text(self) -> str:
        return str(self.says("document.body ? document.body.innerText : ''"))

    def until(self, holds: Callable[[], object], patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < end, self.text
            time.sleep(0.1)

    def until_it_says(self, words: str, patience: float = PATIENCE) -> None:
        self.until(lambda: words in self.text and self.says("document.readyState") == "complete", patience)

    def click(self, words: str) -> None:
        """Move to the middle of the link, button, field or summary with these words, and click."""
        script = f"""(() => {{
            const all = [...document.querySelectorAll('a, button, summary, input, label')];
            const it = all.find(e => e.innerText && e.innerText.includes({json.dumps(words)})) || document.getElementById({json.dumps(words)});
            if (!it) return null;
            it.scrollIntoView({{block: 'center'}});
            const box = it.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }})()"""
        place = self.says(script)
        assert place, (words, self.text)
        for kind in ("mousePressed", "mouseReleased"):
            self.ask(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1
            )

    def press(self, key: str, shift: bool = False) -> None:
        """Press one key and let it go."""
        code, text = _KEYS[key]
        held = {"modifiers": 8} if shift else {}
        named = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code, **held}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **named)

    def write(self, words: str) -> None:
        """Write into what has the focus."""
        self.ask("Input.insertText", text=words)

    def choose(self, files: Sequence[Path]) -> None:
        """Choose the files in the dialogue that has just opened."""
        opened = [event for event in self.chromium.events if event.get("method") == "Page.fileChooserOpened"]
        for _ in range(50):
            if opened:
                break
            self.says("0")
            time.sleep(0.05)
            opened = [
                event for event in self.chromium.events if event.get("method") == "Page.fileChooserOpened"
            ]
        assert opened, "no dialogue for files has opened"
        self.chromium.events.clear()
        self.ask(
            "DOM.setFileInputFiles",
            files=list(map(str, files)),
            backendNodeId=opened[-1]["params"]["backendNodeId"],
        )

    def focused(self) -> str:
        """What has the focus, as its words or its name."""
        return str(
            self.says(
                "(e => (e.innerText || e.id || e.name || e.tagName).trim().split('\\n')[0])(document.activeElement)"
            )
        )

    def tab_to(self, words: str, back: bool = False) -> None:
        """Press Tab, with Shift to go back, until what has the focus is called so."""
        for _ in range(_FIELDS):
            if words in self.focused():
                return
            self.press("Tab", shift=back)
        raise AssertionError(f"Tab does not lead to {words}: {self.focused()}")

    def picture(self, target: Path, whole: bool = False) -> Path:
        answer = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)
        target.write_bytes(b64decode(answer["data"]))
        return target

    def faults(self) -> list[str]:
        """What the browser complains of: scripts that fail, what the policy of the page forbids."""
        self.says("0")
        kinds = ("Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(event["params"]) for event in self.chromium.events if event.get("method") in kinds]

    def close(self) -> None:
        self.chromium.ask("Target.closeTarget", targetId=self.target)


def _high(descriptor: int) -> int:
    """The same descriptor under a number that is not in the way, open also in the browser's process."""
    import fcntl

    return fcntl.fcntl(descriptor, fcntl.F_DUPFD, 20)


@contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """A browser that is gone afterwards."""
    running = Chromium(profile)
    try:
        yield running
    finally:
        running.close()
