"""Personal links and printed codes.

A link's token is derived from a key outside the database, so a reminder carries the same link and
no backup holds one. The database keeps only the token's keyed hash.
"""

import base64
import hashlib
import hmac
import secrets
from enum import StrEnum

from django.conf import settings

# No 0, O, 1, I: a code is read aloud and typed from a poster.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
TOKEN_BYTES = 18
# A slip's code is typed from paper; it is longer than a poster's, for it opens once.
SLIP_LENGTH = 10
# Guessed, an opt-out costs a message, never an answer: short, since it stands in text messages.
OPT_OUT_BYTES = 6


class Purpose(StrEnum):
    """What a token opens; a token made for one never opens the other."""

    INVITATION = "invitation"
    NAMED_SHEET = "named sheet"
    OPT_OUT = "opt-out"


def _keyed(use: str, text: str) -> bytes:
    key = settings.TOKEN_KEY.encode()
    return hmac.new(key, f"{use}:{text}".encode(), hashlib.sha256).digest()


def new_seed() -> str:
    """What a row's links are derived from, 128 random bits: a row that takes the id of a lost one
    after a restore has links of its own.
    """
    return secrets.token_urlsafe(16)


def token(*, purpose: Purpose, source: str) -> str:
    """The token of one row, 144 bits, safe in an address; the same each time it is asked for.

    `source` is the row's `link_source`.
    """
    return base64.urlsafe_b64encode(_keyed(purpose, source)[:TOKEN_BYTES]).decode()


def token_hash(token: str) -> bytes:
    """What the database keeps of a token, and what it is looked up by."""
    return _keyed("hash", token)


def opt_out_token(*, row: int, source: str) -> str:
    """What asks for no more messages to an invitation; the database keeps nothing of it."""
    proof = _keyed(Purpose.OPT_OUT, source)[:OPT_OUT_BYTES]
    return f"{row}-{base64.urlsafe_b64encode(proof).decode()}"


def opt_out_row(token: str) -> int | None:
    """The invitation that an opt-out's token names, not proved yet; None for any other text."""
    row, _, _ = token.partition("-")
    return int(row) if row.isascii() and row.isdigit() and len(row) < 19 else None


def is_opt_out(token: str, *, row: int, source: str) -> bool:
    """Whether the token is that of this invitation."""
    return hmac.compare_digest(opt_out_token(row=row, source=source).encode(), token.encode())


def address_hash(*, organisation: int, address: str) -> bytes:
    """What is kept of an address that an organisation must not write to."""
    return _keyed(f"opt-out of {organisation}", address.strip().lower())


def decoy_key() -> bytes:
    """The key by which scoring leaves out a figure now and then, so that absence tells nothing."""
    return _keyed("decoys", "")


def new_answer_code() -> str:
    """A code of 8 readable characters for one unit's poster; the caller retries if it is taken."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def slip_codes(*, survey_unit: int, batch: str, number: int) -> list[str]:
    """One-use codes of a batch of slips.

    They come from the batch's own random word, which only the page that prints them holds; so the
    page can be loaded again, and nobody else can ever list them.
    """
    return [
        "".join(
            ALPHABET[byte % len(ALPHABET)]
            for byte in _keyed("slip", f"{survey_unit}:{place}:{batch}")[:SLIP_LENGTH]
        )
        for place in range(number)
    ]


def typed_code(text: str) -> str:
    """A code as a person types it (small letters, spaces, hyphens) in the form that is stored."""
    return "".join(text.split()).replace("-", "").upper()


def new_ward_page_code() -> str:
    """The unguessable part of a ward page's address, 128 bits."""
    return secrets.token_urlsafe(16)
