"""Personal links: each opens one thing for whoever holds it.

A link's token is derived from a key outside the database, so a reminder carries the same link and
no backup holds one. The database keeps only the token's keyed hash.
"""

import base64
import hashlib
import hmac
from enum import StrEnum

from django.conf import settings

TOKEN_BYTES = 18


class Purpose(StrEnum):
    """What a token opens; a token made for one never opens the other."""

    INVITATION = "invitation"
    NAMED_RESPONSE = "named sheet"  # words: quote
    OPT_OUT = "opt-out"
    REQUEST = "request"


def keyed(use: str, text: str) -> bytes:
    """32 bytes that nobody derives without the key; another `use` gives others."""
    key = settings.TOKEN_KEY.encode()
    return hmac.new(key, f"{use}:{text}".encode(), hashlib.sha256).digest()


def token(*, purpose: Purpose, source: str) -> str:
    """The token of one row, 144 bits, safe in an address; the same each time it is asked for.

    `source` is what the row's links are derived from.
    """
    return base64.urlsafe_b64encode(keyed(purpose, source)[:TOKEN_BYTES]).decode()


def token_hash(token: str) -> bytes:
    """What the database keeps of a token, and what it is looked up by."""
    return keyed("hash", token)
