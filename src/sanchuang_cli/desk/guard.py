"""Stands before all pages of the desk: only the browser that opened it gets in, and nothing that it sees is kept or shared.

It looks at the heads of requests and counts their bytes. Who has the token of the address that the desk printed gets a cookie
for it, once; then the token is worth nothing. Other hosts (a name that somebody lets point at this machine), forms of other
pages, and bodies beyond the limit are refused.
"""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
OPEN = ("/desk.css", "/desk.js", "/favicon.ico")
"""What anybody may see: how the pages look. A refusal looks the same."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # With no-referrer a browser would send `Origin: null` with our own forms. No page of ours leads anywhere else.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_MIB = 1 << 20
Refusal = Callable[[HTTPStatus, str], Response]
"""Makes the page that says why something was refused."""


class TooLarge(Exception):
    """More bytes came than a form may have, without having been announced."""


class Guard:
    """The pages behind their guard. limit: of a form, in MiB. heard: a request came that was let in."""

    def __init__(
        self, pages: ASGIApp, port: int, limit: int, refusal: Refusal, heard: Callable[[], None]
    ) -> None:
        self.token, self._secret = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._pages, self._refusal, self._heard = pages, refusal, heard
        self._own, self._cookie, self._limit = f"{HOST}:{port}", f"sanchuang-{port}", limit

    @property
    def address(self) -> str:
        """The address with the token, which opens the desk once."""
        return f"http://{self._own}/?token={self.token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http", "the server was started without websockets and lifespan"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        answer = self._answer(scope)
        if answer:
            await _drained(receive)  # a browser shows no answer that comes before it has sent everything
            await answer(scope, receive, guarded)
        else:
            await self._pages(scope, self._counted(receive), guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """The guard's own answer; None where the pages may answer."""
        headers, path = Headers(scope=scope), scope["path"]
        if headers.get("host") != self._own:
            return self._refusal(HTTPStatus.MISDIRECTED_REQUEST, f"这里只是 {self._own}，别的名字不行。")
        if path in OPEN:
            return None
        token = QueryParams(scope["query_string"]).get("token", "")
        if not self._known(headers):
            return self._entered() if path == "/" and self._spent(token) else self._strange()
        if scope["method"] == "POST" and headers.get("origin") != f"http://{self._own}":
            return self._refusal(HTTPStatus.FORBIDDEN, "这一步不是从工作台自己的页面上来的，没有做。")
        if int(headers.get("content-length", "0")) > self._limit * _MIB:
            return self.too_large()
        self._heard()
        return None

    def _known(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        given = cookies.get(self._cookie)
        return given is not None and secrets.compare_digest(given.value.encode(), self._secret.encode())

    def _spent(self, token: str) -> bool:
        """Whether this is the token; from then on it is none."""
        right = bool(self.token) and secrets.compare_digest(token.encode(), self.token.encode())
        if right:
            self.token = ""
        return right

    def _entered(self) -> Response:
        """The page that leads in, with the cookie. It is no redirection, which would be part of the step from outside, and the
        browser would keep the cookie back."""
        page = self._refusal(HTTPStatus.OK, "")
        page.set_cookie(self._cookie, self._secret, httponly=True, samesite="strict")
        return page

    def _strange(self) -> Response:
        return self._refusal(
            HTTPStatus.FORBIDDEN,
            "这个地址只能用一次，已经用过，或者不对。工作台已开着的，回到那个窗口；找不到了，在命令行窗口按 Ctrl+C，"
            "重新运行 sanchuang desk。第一次打开就看到这一页的，请照此重开，并告诉管理这台机器的人。",
        )

    def too_large(self) -> Response:
        """The refusal of a form that is too large."""
        return self._refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"放的文件加起来超过 {self._limit} MB，没有收下。请分几次做，或用 sanchuang desk --upload-limit 写大一些重新打开。",
        )

    def _counted(self, receive: Receive) -> Receive:
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._limit * _MIB:
                raise TooLarge
            return message

        return counted


async def _drained(receive: Receive) -> None:
    """Let everything come that is on its way, and keep nothing."""
    more = True
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
