"""Sessions as rows that only their cookie opens.

Django's own engine keeps the cookie's value and readable data. Here the key is a hash of the value,
and the data are sealed by a key that needs the value too.
"""

import base64
import json
from binascii import Error as NotBase64
from contextlib import suppress
from datetime import datetime
from functools import cached_property

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from organisations.models import Session
from organisations.rules.session_ends import PRIVILEGED, REMEMBERED, WAITING, Limits

DEMO = "demo"


def hashed(cookie: str, secret: str | None = None) -> str:
    """What the row of this cookie's session is called; under an earlier secret key, if given."""
    return salted_hmac("session: key", cookie, secret=secret, algorithm="sha256").hexdigest()


def _box(cookie: str, secret: str | None = None) -> SecretBox:
    made = salted_hmac("session: data", cookie, secret=secret, algorithm="sha256")
    return SecretBox(made.digest())


def _names(cookie: str) -> dict[str, str]:
    """What the row is called under our secret key and under the one before, with each key."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return {hashed(cookie, key): key for key in keys}


class SessionStore(DjangosStore):
    """Django calls it once a request. `row` is what the database has, once it was loaded."""

    row: Session | None = None
    # Said at sign-in, kept with the row; whoever signs in by no page of ours is held shortest.
    device = ""
    network = ""
    remembered = False
    limits: Limits = PRIVILEGED

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Ours."""
        return Session

    @cached_property
    def model(self) -> type[Session]:
        """Ours."""
        return Session

    def begin(self, *, limits: Limits, remembered: bool, device: str, network: str) -> None:
        """Somebody has just signed in; the row is written with the answer."""
        self.row = None
        self.limits, self.remembered = limits, remembered
        self.device, self.network = device, network
        self.modified = True

    def load(self) -> dict[str, object]:
        """The content, if there is such a session, it has not ended, and its data open.

        One of the secret key before gets a new cookie and a new row from Django, once it has seen
        whose it is.
        """
        now = timezone.now()
        names = _names(self.session_key or "")
        row = Session.objects.filter(session_key__in=names, expire_date__gt=now).first()
        data = self._opened(row.session_data, names[row.session_key]) if row else {}
        if row is None or not _is_of_account(row, data) or not _is_allowed(row):
            self._session_key = None
            return {}
        self.row = row
        return data

    def exists(self, session_key: str) -> bool:
        """As Django's."""
        return Session.objects.filter(session_key__in=_names(session_key)).exists()

    def create_model_instance(self, data: dict[str, object]) -> Session:
        """The row as it will be saved."""
        now = timezone.now()
        account = str(data.get(SESSION_KEY, ""))
        known = self.row
        if known is None or not _is_of_account(known, data):
            known = Session(
                account_id=account or None,
                started_at=now,
                seen_at=now,
                remembered=self.remembered,
                device=self.device,
                network=self.network,
                expire_date=self.limits.ends_at(started_at=now, seen_at=now),
            )
        if not account:
            known.expire_date = now + WAITING
        known.session_key = hashed(self.session_key or "")
        known.session_data = self.encode(data)
        known.methods = _methods(data)
        self.row = known
        return known

    def save(self, must_create: bool = False) -> None:
        """As Django's; but a session that was ended while its request ran stays ended, in silence.

        Its person is asked to sign in at the next one.
        """
        with suppress(UpdateError):
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        """As Django's."""
        if session_key is None:
            session_key = self.session_key
        if session_key is not None:
            Session.objects.filter(session_key__in=_names(session_key)).delete()

    def encode(self, session_dict: dict[str, object]) -> str:
        """Sealed, for this cookie only."""
        content = self.serializer().dumps(session_dict)
        return base64.b64encode(_box(self.session_key or "").encrypt(content)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, object]:
        """Nothing where the data were made for another cookie, or by nobody of ours."""
        return self._opened(session_data)

    def _opened(self, session_data: bytes | str, secret: str | None = None) -> dict[str, object]:
        try:
            content = _box(self.session_key or "", secret).decrypt(base64.b64decode(session_data))
            return dict(self.serializer().loads(content))
        except (CryptoError, NotBase64, ValueError, json.JSONDecodeError):
            return {}

    def get_expire_at_browser_close(self) -> bool:
        """Unless the person asked to be remembered."""
        return not (self.row.remembered if self.row else self.remembered)

    def get_expiry_age(self, **kwargs: object) -> int:
        """Of the cookie of a remembered session: until its last possible end."""
        started_at: datetime = self.row.started_at if self.row else timezone.now()
        return int((started_at + REMEMBERED.at_most - timezone.now()).total_seconds())


class SessionRequest(HttpRequest):
    """A request with a session of ours."""

    session: SessionStore


def _is_of_account(row: Session, data: dict[str, object]) -> bool:
    return str(row.account_id or "") == str(data.get(SESSION_KEY, ""))


def _is_allowed(row: Session) -> bool:
    return settings.DEMO or DEMO not in row.methods


def _methods(data: dict[str, object]) -> list[str]:
    """How the person signed in, as allauth noted it: `code`, then perhaps `mfa`."""
    noted = data.get(AUTHENTICATION_METHODS_SESSION_KEY)
    return [str(one["method"]) for one in noted] if isinstance(noted, list) else []
