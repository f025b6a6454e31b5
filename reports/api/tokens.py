"""Who asks: the holder of the token, with the same rights as on the pages."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from organisations import access
from organisations.carriers.limits import seconds_to_wait
from organisations.models import AccessToken, Membership, Organisation, User
from organisations.rules.token_bucket import Bucket

LONGEST_TOKEN = 100
MOST_READ = Bucket(most=600, seconds=60)


class TooMany(Exception):
    """A token has read more than one may; it waits `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Token(HttpBearer):
    """`Authorization: Bearer ffit_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken | None:
        """The token's row, or None, which becomes 401."""
        found = access.valid_token(token) if len(token) <= LONGEST_TOKEN else None
        wait = seconds_to_wait("API", str(found.pk), MOST_READ) if found else 0
        if wait:
            raise TooMany(wait)
        return found


@dataclass(frozen=True)
class Reader:
    """A token's holder in its organisation."""

    user: User
    organisation: Organisation
    memberships: tuple[Membership, ...]


def reader(request: HttpRequest, slug: str, scope: AccessToken.Scope) -> Reader:
    """404 for any other organisation than the token's, 403 without the scope. Two queries."""
    token: AccessToken = request.auth  # type: ignore[attr-defined]
    if slug != token.organisation.slug:
        raise Http404
    organisation, memberships, _ = access.organisation_for(user=token.user, slug=slug)
    if scope not in token.scopes:
        raise PermissionDenied(f"This token may not read: {scope.label.lower()}.")
    return Reader(token.user, organisation, memberships)
