"""Only the browser that opened the desk gets in, from this machine, by its own pages, with forms of a bearable size."""

import re
import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from sanchuang_cli.desk.guard import OPEN
from tests.desk.serving import Answer, Desk, desk

PATHS = (
    "/",
    "/do/rate",
    "/runs/x",
    "/runs/x/state",
    "/runs/x/files/0",
    "/runs/x/all",
    "/alive",
    "/end",
    "/nothing",
)
POSTS = ("/do/rate", "/runs/x/stop", "/runs/x/return", "/end")


def refused(answer: Answer, status: int, words: str) -> None:
    assert answer.status == status, answer.text
    assert words in answer.text
    assert "set-cookie" not in answer.headers


def test_the_token_of_the_printed_address_opens_the_desk_once(fresh: Desk) -> None:
    address = fresh.address.removeprefix(fresh.origin)
    first = fresh.enter()
    assert first.status == 200
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "samesite=strict" in first.headers["set-cookie"].lower()
    assert fresh.ask("GET", "/").status == 200
    refused(fresh.ask("GET", address, Cookie=""), 403, "只能用一次")


def test_whoever_is_in_may_open_the_printed_address_again(fresh: Desk) -> None:
    fresh.enter()
    assert "要做什么" in fresh.ask("GET", fresh.address.removeprefix(fresh.origin)).text


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_shown_without_the_cookie(entered: Desk, path: str) -> None:
    refused(entered.ask("GET", path, Cookie=""), 403, "已经用过，或者不对")


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_done_without_the_cookie(entered: Desk, path: str) -> None:
    refused(entered.ask("POST", path, Cookie=""), 403, "已经用过，或者不对")


def test_a_wrong_token_opens_nothing_and_leaves_the_right_one(fresh: Desk) -> None:
    for token in ("", "x", "%00", "令牌", "x" * 4000):
        refused(fresh.ask("GET", f"/?token={quote(token, safe='%')}"), 403, "已经用过，或者不对")
    assert fresh.enter().headers["set-cookie"]


@pytest.mark.parametrize("value", ["", "wrong", '"', "a" * 3000, "\xff"])
def test_a_wrong_cookie_opens_nothing(entered: Desk, value: str) -> None:
    name = entered.cookie.partition("=")[0]
    refused(entered.ask("GET", "/", Cookie=f"{name}={value}"), 403, "已经用过，或者不对")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost", "127.0.0.1", "127.0.0.1.evil.example:{port}", "{own}@evil", "x" * 900],
)
def test_another_host_name_is_refused_also_with_the_cookie(entered: Desk, host: str) -> None:
    asked = host.format(port=entered.own.partition(":")[2], own=entered.own)
    for path in ("/", *OPEN):
        refused(entered.ask("GET", path, Host=asked), 421, "别的名字不行")


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://evil.example",
        "https://{own}",
        "http://localhost:{port}",
        "http://{own}.evil.example",
    ],
)
@pytest.mark.parametrize("path", POSTS)
def test_a_form_of_another_page_is_refused_also_with_the_cookie(
    entered: Desk, path: str, origin: str
) -> None:
    asked = origin.format(port=entered.own.partition(":")[2], own=entered.own)
    refused(entered.ask("POST", path, Origin=asked), 403, "不是从工作台自己的页面上来的")
    assert entered.ask("GET", "/").status == 200, "it goes on"


@pytest.mark.parametrize("path", [*PATHS, *OPEN])
def test_every_answer_keeps_to_itself(entered: Desk, path: str) -> None:
    for cookie in (entered.cookie, ""):
        headers = entered.ask("GET", path, Cookie=cookie).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_no_page_names_an_address_elsewhere_or_holds_script_or_style(entered: Desk) -> None:
    for path in ("/", "/do/check", "/do/rate", "/do/pay", "/do/report", "/nothing"):
        page = entered.ask("GET", path).text
        assert not re.search(r"(https?:)?//\w", page)
        assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == [""]
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r" on\w+=", page)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system lists no sockets")
def test_it_listens_on_this_machine_alone(entered: Desk) -> None:
    port = int(entered.own.partition(":")[2])
    listening = [
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")
    ]
    assert listening == [f"0100007F:{port:04X}"]


def test_more_than_the_limit_is_refused_with_the_limit_and_nothing_is_kept(tmp_path: Path) -> None:
    with desk(tmp_path, "--upload-limit", "1") as opened:
        opened.enter()
        answer = opened.post_form("/do/rate", [("books", "大.xlsx", bytes(3 << 20))])
        refused(answer, 413, "超过 1 MB")
        assert "--upload-limit" in answer.text
        assert sorted(path.name for path in opened.folder.iterdir()) == ["in-use"]
        assert opened.ask("GET", "/").status == 200


def test_more_than_the_limit_is_refused_where_it_was_not_announced(tmp_path: Path) -> None:
    with desk(tmp_path, "--upload-limit", "1") as opened:
        opened.enter()
        host, _, port = opened.own.partition(":")
        with socket.create_connection((host, int(port)), timeout=30) as wire:
            wire.sendall(
                f"POST /do/rate HTTP/1.1\r\nHost: {opened.own}\r\nOrigin: {opened.origin}\r\nCookie: {opened.cookie}\r\n"
                "Content-Type: multipart/form-data; boundary=edge\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            )
            start = b'--edge\r\nContent-Disposition: form-data; name="books"; filename="a.xlsx"\r\n\r\n'
            try:
                for piece in (start, *[bytes(1 << 16)] * 40):
                    wire.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            except OSError:
                pass  # it has hung up
            answered = wire.recv(1 << 16)
        assert answered.startswith(b"HTTP/1.1 413"), answered[:200]
        assert sorted(path.name for path in opened.folder.iterdir()) == ["in-use"]


def test_a_form_that_is_none_is_refused_in_chinese(entered: Desk) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=edge", "text/plain"):
        answer = entered.ask("POST", "/do/rate", b"rubbish", Content_Type=kind)
        assert answer.status == 400, answer.text
        assert "请返回" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/do/nothing", 404),
        ("/runs/nothing", 404),
        ("/do/../etc", 404),
        ("/do/rate/x", 404),
        ("/runs/x/stop", 405),
    ],
)
def test_what_there_is_not_is_told_in_chinese(entered: Desk, path: str, status: int) -> None:
    refused(entered.ask("GET", path), status, "没有这一页")
