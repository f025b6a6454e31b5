"""Sealing and opening sheets with libsodium's sealed box. No Django here.

Whoever has the public key can seal; only the private key opens, and each envelope has its own
one-time key, so equal sheets look different. All envelopes of a survey are one size.
"""

import hashlib

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

BLOCK = 256
PROBE = b"FFIT: a sealed probe proves the key"
_LENGTH_BYTES = 2


class CannotOpen(Exception):
    """An envelope that this key does not open, or whose content is not a sheet."""


def new_private_key() -> bytes:
    """32 random bytes from the system; they never enter the database."""
    return bytes(PrivateKey.generate())


def public_key_of(private_key: bytes) -> bytes:
    """The public half, with which every process may seal."""
    return bytes(PrivateKey(private_key).public_key)


def envelope_key(secret: str) -> bytes:
    """The key of an envelope: the hash of the send secret, so that sending twice stores once."""
    return hashlib.sha256(secret.encode()).digest()


def _padded(plain: bytes, room: int) -> bytes:
    framed = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
    full = _LENGTH_BYTES + max(room, len(plain))
    return framed.ljust(full + -full % BLOCK, b"\0")


def seal(*, public_key: bytes, answers: str, room: int) -> bytes:
    """A sealed sheet, padded to whole blocks that hold `room` bytes: its size tells nothing.

    `room` is the fullest sheet of its survey where sheets differ in length.
    """
    return SealedBox(PublicKey(public_key)).encrypt(_padded(answers.encode(), room))


def open_envelope(*, private_key: bytes, sealed: bytes) -> str:
    """The sheet inside; `CannotOpen` for another key's envelope or a damaged one."""
    try:
        framed = SealedBox(PrivateKey(private_key)).decrypt(sealed)
        size = int.from_bytes(framed[:_LENGTH_BYTES], "big")
        return framed[_LENGTH_BYTES : _LENGTH_BYTES + size].decode()
    except (CryptoError, ValueError) as error:
        raise CannotOpen("This key does not open the envelope.") from error


def proves(*, private_key: bytes, public_key: bytes) -> bool:
    """True if what is sealed to the public key can be opened with the private key."""
    probe = SealedBox(PublicKey(public_key)).encrypt(PROBE)
    try:
        return SealedBox(PrivateKey(private_key)).decrypt(probe) == PROBE
    except CryptoError:
        return False
