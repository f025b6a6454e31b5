"""E-mail: over one SMTP connection for many letters, or through any other back end of Django's."""

import base64
import smtplib
from email.utils import formatdate
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import forbid_multi_line_headers

from surveys.carriers.delivery import UNAVAILABLE, DeliveryResult, DeliveryStatus, OutgoingMessage

_FAULTS = (OSError, smtplib.SMTPException)
_UNWRITABLE = DeliveryResult(DeliveryStatus.REFUSED, "This is not a working email address.")
_GOODBYE = 421
LONGEST_LINE = 998  # bytes; mail servers may cut longer ones


class MailService:
    """The reference is the Message-ID, which mail servers write in their logs."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._line: smtplib.SMTP | None = None
        self._domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"

    def open(self) -> bool:
        try:
            self._connection.open()
            line = getattr(self._connection, "connection", None)
            if isinstance(line, smtplib.SMTP):
                line.ehlo_or_helo_if_needed()
                self._line = line
        except _FAULTS:
            return False
        return True

    def send(self, letter: OutgoingMessage, *, reference: str) -> DeliveryResult:
        message_id = f"<{reference}@{self._domain}>"
        if self._line is not None and letter.to.isascii() and letter.to.isprintable():
            return _over(self._line, letter, message_id)
        mail = EmailMessage(
            letter.subject,
            letter.body,
            letter.sender,
            [letter.to],
            connection=self._connection,
            headers={"Message-ID": message_id, **_one_click(letter)},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            return _said_no(max((code for code, _ in refusal.recipients.values()), default=550))
        except smtplib.SMTPSenderRefused as refusal:
            return _not_from_us(refusal.smtp_code)
        except smtplib.SMTPDataError as refusal:
            return _said_no(refusal.smtp_code)
        except (smtplib.SMTPNotSupportedError, ValueError):
            return _UNWRITABLE
        except _FAULTS:
            return DeliveryResult(DeliveryStatus.UNKNOWN, all_wait=True)
        return DeliveryResult(DeliveryStatus.TAKEN)

    def close(self) -> None:
        self._connection.close()


def _over(line: smtplib.SMTP, letter: OutgoingMessage, message_id: str) -> DeliveryResult:
    """One letter, step by step: only a line that breaks after its text began leaves a doubt.

    Django's back end does the same for three times the CPU, and cannot tell the two apart.
    """
    lines = letter.body.splitlines()
    eight_bit = line.has_extn("8bitmime") and max(map(len, lines), default=0) < LONGEST_LINE // 4
    text_began = False
    try:
        text = _text(letter, message_id, eight_bit=eight_bit)
        code, _ = line.mail(settings.DEFAULT_FROM_EMAIL, ["body=8bitmime"] if eight_bit else [])
        if code != 250:
            return _not_from_us(code)
        code, _ = line.rcpt(letter.to)
        if code not in (250, 251):
            line.rset()
            return _said_no(code)
        text_began = True
        code, _ = line.data(text)
    except smtplib.SMTPDataError as refusal:
        return _said_no(refusal.smtp_code)
    except ValueError:
        return _UNWRITABLE
    except _FAULTS:
        fate = DeliveryStatus.UNKNOWN if text_began else DeliveryStatus.LATER
        return DeliveryResult(fate, "" if text_began else UNAVAILABLE, all_wait=True)
    return DeliveryResult(DeliveryStatus.TAKEN) if code == 250 else _said_no(code)


def _not_from_us(code: int) -> DeliveryResult:
    """The fault is in our settings or at the server; it would be the same for every letter."""
    return DeliveryResult(
        DeliveryStatus.LATER,
        f"The mail server is not accepting our emails ({code}).",
        all_wait=True,
    )


def _said_no(code: int) -> DeliveryResult:
    """A clear no from the mail server: not now (4xx), or for good."""
    why = f"The mail server refused it ({code})."
    fate = DeliveryStatus.LATER if 400 <= code < 500 else DeliveryStatus.REFUSED
    return DeliveryResult(fate, why, all_wait=code == _GOODBYE)


def _text(letter: OutgoingMessage, message_id: str, *, eight_bit: bool) -> bytes:
    """Headers and body as they go over the line."""
    body = letter.body.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    if not eight_bit:
        body = base64.encodebytes(body).replace(b"\n", b"\r\n")
    own = {
        "To": letter.to,
        "Message-ID": message_id,
        "Date": formatdate(),
        **_one_click(letter),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in own.items()).encode("ascii")
    return _shared_head(letter.subject, letter.sender, eight_bit) + head + b"\r\n" + body


def _one_click(letter: OutgoingMessage) -> dict[str, str]:
    """RFC 8058: the mail program shows a button of its own."""
    if not letter.opt_out:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.opt_out}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@lru_cache(maxsize=64)
def _shared_head(subject: str, sender: str, eight_bit: bool) -> bytes:
    """The headers that all letters of a batch share; Django refuses a line break in them."""
    headers = [
        forbid_multi_line_headers("Subject", subject, "utf-8"),
        forbid_multi_line_headers("From", sender, "utf-8"),
        ("MIME-Version", "1.0"),
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("Content-Transfer-Encoding", "8bit" if eight_bit else "base64"),
    ]
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    return head.replace("\n", "\r\n").encode("ascii")
