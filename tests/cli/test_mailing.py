"""The page for the morning by e-mail: to whom the jobs file says, and never in the clear over a network."""

import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.cli.test_run_command import ROSTER, County, county
from tests.command import book
from tests.ledger.county import number

__all__ = ["county"]

PASSWORD = "for-tests-only"


class Inbox:
    """What a server got, as letters."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.logins: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def admits(self, *asked: object) -> AuthResult:
        given = asked[-1]
        assert isinstance(given, LoginPassword)
        self.logins.append(given.login.decode())
        return AuthResult(success=given.password.decode() == PASSWORD, handled=False)


class Server:
    """A mail server on this machine. certificate: with which it encrypts, None for one that cannot."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.inbox = Inbox()
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.controller = Controller(
            self.inbox,
            hostname="127.0.0.1",
            port=port,
            tls_context=context,
            require_starttls=bool(context),
            authenticator=self.inbox.admits,
            auth_require_tls=bool(context),
        )
        self.controller.start()
        self.port = port


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.controller.stop()


@pytest.fixture
def encrypting(tmp_path: Path) -> Iterator[Server]:
    running = Server(certificate(tmp_path / "cert.pem"))
    yield running
    running.controller.stop()


def certificate(path: Path) -> Path:
    """A certificate that nobody has signed but itself, for localhost."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def sent_to(port: int, security: str = "none", more: str = "", host: str = "localhost") -> None:
    """Write into the jobs file that the page is sent."""
    jobs = Path("jobs.toml")
    mail = f'[mail]\nserver = "{host}"\nport = {port}\nsecurity = "{security}"\nsender = "yejian@xian.example"\nto = ["zuzhi@xian.example", "jiancha@xian.example"]\n{more}\n'
    first, before, rest = jobs.read_text("utf-8").partition("\n[[job]]")
    jobs.write_text(f"{first}\n{mail}{before}{rest}", "utf-8")


def test_the_page_comes_as_an_attachment_with_what_each_job_did_and_nothing_of_a_person(
    county: County, server: Server
) -> None:
    book(ROSTER, [cadre(0), cadre(1), cadre(2, 身份证号="123")], HEADINGS)
    sent_to(server.port)
    assert county("run", "jobs.toml").code == 1
    (letter,) = server.inbox.letters
    assert re.fullmatch(r"夜间任务摘要 \d{4}-\d\d-\d\d：有事要办", letter["Subject"])
    assert (letter["From"], letter["To"]) == (
        "yejian@xian.example",
        "zuzhi@xian.example, jiancha@xian.example",
    )
    body = letter.get_body()
    assert body is not None
    assert "生活补贴（2026-07）：完成，有事要办" in body.get_content()
    (page,) = letter.iter_attachments()
    assert page.get_filename() == "夜间摘要.html"
    assert page.get_content().replace("\r\n", "\n") == Path("夜间摘要.html").read_text("utf-8")
    text = letter.as_string() + body.get_content() + page.get_content()
    assert number(0) not in text and "王甲" not in text


def test_a_quiet_night_says_so(county: County, server: Server) -> None:
    sent_to(server.port)
    assert county("run", "jobs.toml").code == 0
    assert server.inbox.letters[0]["Subject"].endswith("：都已完成")


def test_without_mail_in_the_jobs_file_nothing_is_sent(county: County, server: Server) -> None:
    assert county("run", "jobs.toml", "--only", "星级评定").code == 0
    assert not server.inbox.letters


def test_a_login_is_made_over_an_encrypted_connection_to_a_server_whose_certificate_is_known(
    county: County, encrypting: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    Path("密码.txt").write_text(f"{PASSWORD}\n", "utf-8")
    sent_to(encrypting.port, "starttls", 'user = "yejian"\npassword_file = "密码.txt"')
    assert county("run", "jobs.toml", "--only", "星级评定").code == 0
    assert len(encrypting.inbox.letters) == 1 and encrypting.inbox.logins == ["yejian"]


@pytest.mark.parametrize(
    ("security", "trusted", "password", "why"),
    [
        ("starttls", False, PASSWORD, "加密连接没有建成"),
        ("starttls", True, "another", "用户名或密码不对"),
        ("starttls", True, "中文密码", "用户名和密码只能用英文字母、数字和符号"),
        ("ssl", True, PASSWORD, "加密连接没有建成"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_told_with_the_reason_and_the_jobs_are_done(
    security: str,
    trusted: bool,
    password: str,
    why: str,
    county: County,
    encrypting: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    Path("密码.txt").write_text(password, "utf-8")
    sent_to(encrypting.port, security, 'user = "yejian"\npassword_file = "密码.txt"')
    ran = county("run", "jobs.toml")
    assert ran.code == 1
    assert f"夜间摘要没有寄出（localhost:{encrypting.port}，{why}" in ran.err and password not in ran.err
    assert not encrypting.inbox.letters and Path("夜间摘要.html").exists()
    assert list(Path("结果").glob("subsidies*"))


def test_where_nobody_listens_it_is_told(county: County) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sent_to(port)
    ran = county("run", "jobs.toml", "--only", "星级评定")
    assert ran.code == 1 and "连接不上" in ran.err


@pytest.mark.parametrize(
    ("host", "security", "more", "said"),
    [
        ("smtp.xian.example", "none", "", "不加密，只能用于本机"),
        ("smtp.xian.example", "ssl", 'user = "a"', "要一起写"),
        ("smtp.xian.example", "ssl", 'cc = "a@b.example"', "cc"),
    ],
)
def test_a_mail_that_is_not_safe_or_not_understood_is_refused_before_any_job_runs(
    host: str, security: str, more: str, said: str, county: County
) -> None:
    sent_to(465, security, more, host)
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and said in ran.err
    assert not list(Path("结果").iterdir())


def test_an_address_that_is_none_is_refused(county: County) -> None:
    sent_to(465, "ssl")
    jobs = Path("jobs.toml")
    jobs.write_text(jobs.read_text("utf-8").replace("zuzhi@xian.example", "组织部"), "utf-8")
    ran = county("run", "jobs.toml")
    assert ran.code == 2 and "“组织部”不是邮箱地址" in ran.err
