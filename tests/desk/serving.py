"""A desk as a user starts it: a process of its own, in a folder of its own, reached over its port."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from tests.command import ROOT, SAMPLES

ORGS = SAMPLES / "orgs.xlsx"
MEMBERS = SAMPLES / "members.xlsx"


@dataclass
class Answer:
    """What the desk answered."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")


@dataclass
class Desk:
    """A running desk, and the cookie of whoever has entered it."""

    process: subprocess.Popen[str]
    address: str
    temporary: Path
    cookie: str = ""
    own: str = field(init=False)

    def __post_init__(self) -> None:
        self.own = urlsplit(self.address).netloc

    @property
    def origin(self) -> str:
        return f"http://{self.own}"

    @property
    def folder(self) -> Path:
        """Where it keeps what it has for now."""
        return next(self.temporary.glob("sanchuang_desk-*"))

    def enter(self) -> Answer:
        """Open the printed address, as the browser does, and keep the cookie."""
        answer = self.ask("GET", self.address.removeprefix(self.origin), Cookie="")
        self.cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        return answer

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer to a request; a header that is "" is not sent, and "_" stands for "-"."""
        usual = {"Host": self.own, "Cookie": self.cookie, "Origin": self.origin if method == "POST" else ""}
        told = {name.replace("_", "-"): said for name, said in (usual | headers).items() if said}
        connection = HTTPConnection(self.own, timeout=120)
        connection.putrequest(method, path, skip_host=True)
        for name, said in (told | ({"Content-Length": str(len(body))} if method == "POST" else {})).items():
            connection.putheader(name, said)
        connection.endheaders(body)
        answer: HTTPResponse = connection.getresponse()
        content = answer.read()
        connection.close()
        return Answer(answer.status, {name.lower(): said for name, said in answer.getheaders()}, content)

    def post_form(
        self,
        path: str,
        files: list[tuple[str, str, bytes]],
        texts: dict[str, str] | None = None,
        **headers: str,
    ) -> Answer:
        """Send a form. files: name of the field, name of the file, content."""
        edge = token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'.encode()
            for name, said in (texts or {}).items()
        ]
        parts += [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode()
            + content
            + b"\r\n"
            for name, file, content in files
        ]
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={edge}", **headers)

    def done(self, run: str) -> Answer:
        """The page of a run, once it is done."""
        while b'"done":false' in self.ask("GET", f"{run}/state").content:
            time.sleep(0.2)
        return self.ask("GET", run)

    def ended(self, number: int = signal.SIGINT) -> int:
        """End it with a signal, and give its exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def desk(folder: Path, *words: str, temporary: Path | None = None) -> Iterator[Desk]:
    """A desk that was started in a folder. temporary: where what is temporary is put, a new folder without it."""
    temporary = temporary or Path(tempfile.mkdtemp(dir=folder))
    process = subprocess.Popen(
        [sys.executable, "-m", "sanchuang_cli", "desk", "--no-browser", *words],
        cwd=folder,
        env=os.environ
        | {"TMPDIR": str(temporary), "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        told = process.stdout.readline()
        found = re.search(r"http://\S+", told)
        assert found, told + process.stdout.read()
        yield Desk(process, found[0], temporary)
    finally:
        process.kill()
        process.communicate()
