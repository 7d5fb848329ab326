"""Sends the page for the morning by e-mail, where the jobs file names a mail server. Nothing else of this tool sends anything.

The page has no personal data, and neither has the letter. The connection is encrypted and the server's certificate checked;
only a server on this machine may be spoken to in the clear.
"""

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sanchuang_cli.cli.known_rosters import passwords
from sanchuang_cli.finding import UserError

_HERE = ("localhost", "127.0.0.1", "::1")
_PATIENCE = 30
"""Seconds that a server may take to answer."""


class Mail(BaseModel):
    """Where and to whom the page goes. security: how the connection is encrypted: from its first byte (ssl, usually port
    465), after the greeting (starttls, usually 587), or not at all (none), on this machine only. password_file: its first line
    is the password of `user`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    server: str = Field(min_length=1)
    port: int = Field(gt=0, lt=65536)
    security: Literal["ssl", "starttls", "none"]
    sender: str
    to: tuple[str, ...] = Field(min_length=1)
    user: str = ""
    password_file: str = ""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for written in (self.sender, *self.to):
            try:
                Address(addr_spec=written)
            except Exception:  # the library raises errors of several kinds
                raise ValueError(f"“{written}”不是邮箱地址，应写成 name@example.com") from None
        if self.security == "none" and self.server not in _HERE:
            raise ValueError(
                f'security = "none" 不加密，只能用于本机（{"、".join(_HERE)}）；请写 ssl 或 starttls'
            )
        if bool(self.user) != bool(self.password_file):
            raise ValueError("user 和 password_file 要一起写，或都不写")
        return self


def send(mail: Mail, folder: Path, page: Path, lines: Sequence[str], grave: bool, now: datetime) -> None:
    """Send the page. lines: what each job came to. grave: something failed or waits. Raises UserError."""
    password = next(iter(passwords(folder / mail.password_file)), "") if mail.password_file else ""
    message = _letter(mail, page, lines, grave, now)
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as trouble:
        raise UserError(
            f"夜间摘要没有寄出（{mail.server}:{mail.port}，{_why(trouble)}）。任务已经运行完毕，摘要在 {page}；"
            "请核对任务文件的 [mail] 和网络。"
        ) from None


def _letter(mail: Mail, page: Path, lines: Sequence[str], grave: bool, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"夜间任务摘要 {now:%Y-%m-%d}{'：有事要办' if grave else '：都已完成'}"
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message["Date"] = format_datetime(now.astimezone())
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    message.set_content("\n".join([*lines, "", "全文见附件，用浏览器打开。本信没有个人信息。"]))
    message.add_attachment(page.read_text("utf-8"), subtype="html", filename=page.name)
    return message


def _connected(mail: Mail) -> smtplib.SMTP:
    """The connection, encrypted as the jobs file says. Raises OSError or SMTPException."""
    if mail.security == "ssl":
        return smtplib.SMTP_SSL(
            mail.server, mail.port, timeout=_PATIENCE, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(mail.server, mail.port, timeout=_PATIENCE)
    if mail.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def _why(trouble: Exception) -> str:
    """The reason in Chinese, as far as it is of a known kind."""
    kinds = (
        (smtplib.SMTPAuthenticationError, "用户名或密码不对"),
        (UnicodeError, "用户名和密码只能用英文字母、数字和符号"),
        (smtplib.SMTPRecipientsRefused, "收件人被拒绝"),
        (smtplib.SMTPSenderRefused, "发件人被拒绝"),
        (smtplib.SMTPNotSupportedError, "服务器不支持要求的加密或登录"),
        (ssl.SSLError, "加密连接没有建成，证书不对或服务器不支持"),
        (TimeoutError, f"{_PATIENCE} 秒没有回答"),
        (ConnectionError, "连接不上"),
        (smtplib.SMTPException, "服务器不接受"),
    )
    return next((said for kind, said in kinds if isinstance(trouble, kind)), "连接不上")
