"""The one sign-in code of an address that counts, and how often it is mailed.

Whoever asks for an address gets its live code into their session, so a stranger who asks forty
times makes one letter, and its owner signs in by that. The code is sealed in the cache for ten
minutes from when it was made, and taken out by the first who enters it. An address without an
account is treated alike: nothing here knows which has one.

While Redis is away each session has a code of its own, which counts for it alone.
"""

from contextlib import suppress
from dataclasses import dataclass

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.conf import settings
from django.core.cache import cache, caches
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from redis.exceptions import RedisError

LETTERS = 10
NOT_AGAIN_WITHIN = 2 * 60
MOST_AN_HOUR = 6
_HOUR = 60 * 60


@dataclass(frozen=True)
class LiveCode:
    """A code; `shared` with every browser that asks, or else of this one alone."""

    code: str
    is_new: bool
    shared: bool


def code_for(email: str) -> LiveCode:
    """The live code of the address; a new one where there is none."""
    made = _made()
    try:
        for _ in range(3):  # it may end between the two questions
            if caches["redis"].add(_place(email), _box(email).encrypt(made.encode()), _lives()):
                return LiveCode(made, is_new=True, shared=True)
            if live := _live(email):
                return LiveCode(live, is_new=False, shared=True)
    except (RedisError, OSError):
        pass
    return LiveCode(made, is_new=True, shared=False)


def take(email: str, code: str) -> bool:
    """Whether this code of the address counts; it does so once. True while Redis is away."""
    try:
        live = _live(email)
        if normalize_user_code(live) != normalize_user_code(code):
            return False
        is_first: bool = caches["redis"].add(_name("used", email, live), 1, _lives())
        caches["redis"].delete(_place(email))
    except (RedisError, OSError):
        return True
    return is_first


def may_mail(live: LiveCode, *, email: str, device: str) -> bool:
    """Whether this request sends a letter, and counts it.

    A new code always goes, or whoever asked all day would keep its owner out; the same one not
    again within two minutes, nor once six letters went within the hour. A remembered device has
    two minutes and six letters of its own.
    """
    just_now = _name("mailed", email, live.code if live.shared else "", device)
    this_hour = _name("letters", email, device)
    is_rested = cache.add(just_now, 1, NOT_AGAIN_WITHIN)
    cache.add(this_hour, 0, _HOUR)
    within_budget = int(str(cache.get(this_hour, 0))) < MOST_AN_HOUR
    is_first = live.is_new and live.shared
    may = is_first or (within_budget and (is_rested or not live.shared))
    if may:
        with suppress(ValueError):  # the hour ended meanwhile
            cache.incr(this_hour)
    return may


def _made() -> str:
    letters = generate_user_code(length=LETTERS, dashed=False)
    return f"{letters[:5]}-{letters[5:]}"


def _live(email: str) -> str:
    kept = caches["redis"].get(_place(email))
    try:
        return _box(email).decrypt(kept).decode() if kept else ""
    except CryptoError:
        return ""


def _lives() -> int:
    return int(settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def _place(email: str) -> str:
    return _name("live", email)


def _name(what: str, *of: str) -> str:
    return f"code:{salted_hmac(what, ' '.join(of), algorithm='sha256').hexdigest()}"


def _box(email: str) -> SecretBox:
    return SecretBox(salted_hmac("live code", email, algorithm="sha256").digest())
