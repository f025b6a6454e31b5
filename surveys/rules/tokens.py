"""What the links of a staff list are derived from, opt-outs, and printed codes."""

import base64
import hmac
import re
import secrets

from organisations.rules import typed
from organisations.rules.personal_links import Purpose, keyed

# No 0, O, 1, I: a code is read aloud and typed from a poster.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
# By its length a slip's code, which opens once, is told from a poster's.
SLIP_LENGTH = 12
# Guessed, an opt-out costs a message, never an answer: short, since it stands in text messages.
OPT_OUT_BYTES = 6
_LETTER_ID = re.compile(r"([A-Za-z0-9_-]{43})\.([a-z0-9_]{1,16})")
_STOP_TOKEN = re.compile(r"[0-9]{1,19}-[A-Za-z0-9_-]{8}")


def new_link_word() -> str:
    """What a unit's links are derived from, beside the key: 128 random bits."""
    return secrets.token_urlsafe(16)


def seed_of(*, link_word: str, address: str, times_taken_off: int = 0) -> str:
    """What one row's links are derived from, 128 bits: the same for the same address on the same
    unit's list, so that a list brought again after a restore has the links in people's mailboxes.

    Who was taken off and is brought back gets another one. Once the unit's link word is deleted
    nobody can try an address any more.
    """
    text = f"{link_word}:{times_taken_off}:{address.strip().lower()}"
    return base64.urlsafe_b64encode(keyed("seed", text)[:16]).decode().rstrip("=")


def letter_id(*, token_hash: bytes, step: str) -> str:
    """What a letter to the holder of a link is called wherever it goes: as its Message-ID, and at
    GOV.UK Notify. The same when it is made again after a restore, as its link is.

    By the hash of the link's token, so that a report finds its row, and nobody the address.
    """
    return f"{base64.urlsafe_b64encode(token_hash).decode().rstrip('=')}.{step}"


def letter_named(text: str) -> tuple[bytes, str] | None:
    """The token's hash and the step in a letter's id; None for any other text."""
    found = _LETTER_ID.fullmatch(text)
    return (base64.urlsafe_b64decode(f"{found[1]}="), found[2]) if found else None


def opt_out_token(*, row: int, source: str) -> str:
    """What asks for no more messages to an invitation; the database keeps nothing of it."""
    proof = keyed(Purpose.OPT_OUT, source)[:OPT_OUT_BYTES]
    return f"{row}-{base64.urlsafe_b64encode(proof).decode()}"


def opt_out_row(token: str) -> int | None:
    """The invitation that an opt-out's token names, not proved yet; None for any other text."""
    row, _, _ = token.partition("-")
    return typed.key(row)


def stop_token(text: str) -> str:
    """An opt-out's token as it is in an address, not proved; empty for any other text."""
    return text if _STOP_TOKEN.fullmatch(text) else ""


def is_opt_out(token: str, *, row: int, source: str) -> bool:
    """Whether the token is that of this invitation."""
    return hmac.compare_digest(opt_out_token(row=row, source=source).encode(), token.encode())


def address_hash(*, organisation: int, address: str) -> bytes:
    """What is kept of an address that an organisation must not write to."""
    return keyed(f"opt-out of {organisation}", address.strip().lower())


def new_answer_code() -> str:
    """Ten readable characters for one unit's poster, 50 bits; the caller retries if it is taken."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def slip_codes(*, survey_unit: int, batch: str, number: int) -> list[str]:
    """One-use codes of a batch of slips.

    They come from the batch's own random word, which only the page that prints them holds; so the
    page can be loaded again, and nobody else can ever list them.
    """
    return [
        "".join(
            ALPHABET[byte % len(ALPHABET)]
            for byte in keyed("slip", f"{survey_unit}:{place}:{batch}")[:SLIP_LENGTH]
        )
        for place in range(number)
    ]


def typed_code(text: str) -> str:
    """A code as a person types it (small letters, spaces, hyphens) in the form that is stored."""
    return "".join(text.split()).replace("-", "").upper()


def printed_code(code: str) -> str:
    """A code in groups of four or five, as it stands on paper."""
    size = 4 if len(code) % 5 else 5
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def new_ward_page_code() -> str:
    """The unguessable part of a ward page's address, 128 bits."""
    return secrets.token_urlsafe(16)
