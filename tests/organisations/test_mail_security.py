"""Mail goes out under TLS, to a server that can show who it is, or not at all."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPNotSupportedError

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage, get_connection
from pytest_django import Settings

from tests.servers import Mailbox

Serve = Callable[[bool], Mailbox]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of localhost that nobody signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "localhost.pem"
    encoding = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    file.write_bytes(made.public_bytes(encoding) + key.private_bytes(encoding, form, plain))
    return file


@pytest.fixture
def serve(certificate: Path, settings: Settings) -> Iterator[Serve]:
    """`serve(with_tls)`: an SMTP server that offers STARTTLS or does not."""
    begun: list[Mailbox] = []

    def start(with_tls: bool) -> Mailbox:
        context = None
        if with_tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
        server = Mailbox("localhost", context)
        server.start()
        begun.append(server)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
        settings.EMAIL_USE_TLS = True
        return server

    yield start
    for server in begun:
        server.stop()


def send() -> None:
    with closing(get_connection()) as connection:
        to = ["robin@merrowfield.example"]
        EmailMessage("Your sign-in code", "BCDFG-HJKLM", to=to, connection=connection).send()


def test_a_server_that_cannot_show_who_it_is_gets_nothing(serve: Serve) -> None:
    kept = serve(True)
    with pytest.raises(ssl.SSLCertVerificationError):
        send()
    assert kept.messages == []


def test_a_server_without_tls_gets_nothing(serve: Serve) -> None:
    kept = serve(False)
    with pytest.raises(SMTPNotSupportedError):
        send()
    assert kept.messages == []


def test_a_server_whose_certificate_is_trusted_gets_it(
    serve: Serve, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = serve(True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    send()
    assert len(kept.messages) == 1
