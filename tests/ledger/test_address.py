"""What --ledger may name. A password is in no message; another machine is only asked when it is known by its certificate."""

import datetime
import ipaddress
import socket
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import file
from sanchuang_cli.ledger.address import LedgerFile, LedgerServer, placed, within
from tests import postgres
from tests.ledger import county

SECRET = "geheim"
HAS_PASSWORD = (
    "postgresql://zhang:geheim@localhost/ledger",
    "postgresql://zhang:geheim@db.example.com:5433/ledger?sslmode=verify-full",
    "postgresql://zhang:ge@geheim/x@localhost/ledger",
    "postgresql://localhost/ledger?password=geheim",
    "postgresql://localhost/ledger?user=a&password=geheim#x",
    "postgresql://:geheim@localhost/ledger",
    "postgres://zhang:geheim@localhost/ledger",
    "postgresql+psycopg://zhang:geheim@localhost/ledger",
    "postgresql:/zhang:geheim@localhost/ledger",
    "postgresql:zhang:geheim@localhost/ledger",
    "PostgreSQL://zhang:geheim@localhost:no/ledger",
    "mysql://zhang:geheim@localhost/ledger",
    "postgresql://zhang:geheim@[::1/ledger",
    "postgresql://localhost/ledger?passfile=geheim",
    "postgresql://localhost/?options=geheim",
)
"""Addresses with a secret somewhere."""


@pytest.mark.parametrize("words", HAS_PASSWORD)
def test_an_address_with_a_password_is_refused_and_the_password_is_not_quoted(words: str) -> None:
    with pytest.raises(UserError) as refused:
        placed(words)
    assert SECRET not in str(refused.value) and "台账地址" in str(refused.value)


SIGNS = st.text("@?#/:&%=+[] ,1x", max_size=4)


@given(SIGNS, SIGNS, st.sampled_from(["postgresql://", "postgres:", "postgresql:", "my://"]))
def test_a_password_of_any_signs_is_quoted_nowhere(before: str, after: str, scheme: str) -> None:
    with pytest.raises(UserError) as refused:
        placed(f"{scheme}zhang:{before}{SECRET}{after}@localhost/ledger")
    assert SECRET not in str(refused.value)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]))


@given(
    NAMES,
    NAMES,
    st.sampled_from(["localhost", "::1", "", "/var/run/postgresql", "/tmp/a b&c"]),
    st.integers(1, 65535),
)
def test_whatever_stands_in_an_address_it_is_shown_so_that_it_reads_back(
    user: str, certificate: str, host: str, port: int
) -> None:
    place = LedgerServer(user, host, port, "ledger", (("sslrootcert", certificate),))
    assert placed(str(place)) == place


@pytest.mark.parametrize(
    "words",
    [
        "postgresql://localhost/ledger",
        "postgresql://zhangsan@127.0.0.1:5433/ledger",
        "postgresql://[::1]/ledger",
        "postgresql:///ledger?host=/var/run/postgresql",
        "postgresql://zhangsan@:5433/ledger?host=/tmp/socket",
        "postgresql://db.example.com/台账",
        "postgresql://zhangsan@db.example.com/ledger?sslrootcert=/etc/ca.crt",
    ],
)
def test_an_address_reads_back_as_it_is_shown(words: str) -> None:
    place = placed(words)
    assert isinstance(place, LedgerServer) and placed(str(place)) == place
    assert place.is_here is ("example.com" not in words)
    assert within(Path("/srv/县"), words) == place


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_any_words_name_a_file_or_are_refused_plainly(words: str) -> None:
    try:
        place = placed(words)
    except UserError:
        return
    assert isinstance(place, LedgerFile | LedgerServer)


@pytest.mark.parametrize("words", ["台账.db", "/srv/台账.db", "C:\\台账\\台账.db", "a@b.db", "x:y.db"])
def test_other_words_name_a_file(words: str) -> None:
    assert placed(words) == LedgerFile(Path(words))
    assert within(Path("县"), "台账.db") == LedgerFile(Path("县/台账.db"))


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_another_machine_is_only_asked_when_it_is_known_by_its_certificate(mode: str) -> None:
    with pytest.raises(UserError, match="核对服务器证书"):
        placed(f"postgresql://10.1.2.3/ledger?sslmode={mode}")
    assert placed(f"postgresql://localhost/ledger?sslmode={mode}")


@pytest.mark.parametrize("more", ["hostaddr=10.1.2.3", "service=other", "options=-c", "dbname=x", "port=1"])
def test_nothing_behind_the_question_mark_leads_elsewhere(more: str) -> None:
    with pytest.raises(UserError, match="用不着"):
        placed(f"postgresql://localhost/ledger?{more}")
    with pytest.raises(UserError, match="核对服务器证书"):
        placed("postgresql://localhost/ledger?host=10.1.2.3&sslmode=disable")


@pytest.mark.installed
def test_variables_of_the_environment_lead_no_connection_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = postgres.cluster()
    place = cluster.server(cluster.database())
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in {
        "PGHOSTADDR": "192.0.2.1",
        "PGHOST": "192.0.2.1",
        "PGPORT": "1",
        "PGDATABASE": "none",
    }.items():
        monkeypatch.setenv(name, value)
    county.sound(county.new_at(place))


def authority(folder: Path, name: str, hosts: tuple[str, ...]) -> tuple[Path, Path, Path]:
    """The certificate of an authority, and key and certificate of a server of these names that it signed."""
    now, keys = (
        datetime.datetime.now(datetime.UTC),
        (ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())),
    )
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    paths = folder / f"{name}.crt", folder / f"{name}-server.key", folder / f"{name}-server.crt"
    for of, subject in enumerate((issuer, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])]))):
        names = [x509.DNSName(host) for host in hosts] + [x509.IPAddress(ipaddress.ip_address("192.0.2.1"))]
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(keys[of].public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=of == 0, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(keys[0], hashes.SHA256())
        )
        paths[2 * of].write_bytes(built.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


@pytest.mark.installed
def test_a_server_without_the_right_certificate_gets_no_password_and_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name of this machine, which stands for another one: only `localhost` and loopback numbers are known to be here."""
    postgres.cluster()
    host = socket.gethostname()
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        pytest.skip("this machine cannot be reached by its name")
    if host == "localhost":
        pytest.skip("this machine has no name of its own")
    ours, key, certificate = authority(tmp_path, "ours", (host,))
    theirs, *_ = authority(tmp_path, "theirs", (host,))
    with socket.socket() as free:
        free.bind(("", 0))
        port = free.getsockname()[1]
    cluster = postgres.started(listen_addresses="*", port=str(port))
    for path, name in ((key, "server.key"), (certificate, "server.crt")):
        there = cluster.data / name
        there.write_bytes(path.read_bytes())
        there.chmod(0o600)
        cluster.given_to_owner(there)
    cluster.set("ssl", "on")
    cluster.stop("fast")
    cluster.start()
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:secret:{postgres.SECRET}\n", "utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    monkeypatch.setenv("HOME", str(tmp_path))
    database = cluster.database()
    address = f"postgresql://secret@{host}:{port}/{database}"
    for wrong in (address, f"{address}?sslrootcert={theirs}"):
        with pytest.raises(UserError, match=r"连不上.*certificate"):
            file.stands(placed(wrong))
    ledger = county.new_at(placed(f"{address}?sslrootcert={ours}"))
    county.sound(ledger)
    with ledger.reading() as connection:
        assert connection.exec_driver_sql(
            "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
        ).scalar_one()
    passwords.write_text("", "utf-8")
    with pytest.raises(UserError, match="连不上") as refused:
        file.opened(placed(f"{address}?sslrootcert={ours}"))
    assert postgres.SECRET not in str(refused.value)
