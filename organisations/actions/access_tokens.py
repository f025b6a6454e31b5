"""Makes and takes back the tokens by which other programs read."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.models import AccessToken, Organisation, User

PREFIX = "ffit_"


@transaction.atomic
def make_token(
    *, organisation: Organisation, name: str, scopes: Collection[str], days: int, by: User
) -> tuple[AccessToken, str]:
    """The token's row and the token itself, which nobody can read again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        user=by,
        organisation=organisation,
        name=name,
        token_hash=hashlib.sha256(secret.encode()).digest(),
        scopes=sorted(scopes),
        expires_at=timezone.now() + timedelta(days=days),
    )
    record(
        action="access token made",
        on=token,
        organisation=organisation,
        by=by,
        scopes=token.scopes,
        days=days,
    )
    return token, secret


@transaction.atomic
def take_token_back(*, token: AccessToken, by: User) -> None:
    """The token opens nothing any more. Again changes nothing."""
    taken = AccessToken.objects.filter(pk=token.pk, taken_back_at=None)
    if taken.update(taken_back_at=timezone.now()):
        record(action="access token revoked", on=token, organisation=token.organisation, by=by)
