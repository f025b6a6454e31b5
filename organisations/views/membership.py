"""Before every organisation page: finds the organisation, the roles, and the time zone."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organisations import access
from organisations.models import Membership, Organisation, Role, User

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request that passed `members_only`."""

    user: User
    organisation: Organisation
    memberships: tuple[Membership, ...]
    roles: frozenset[str]
    on_hold_since: datetime | None


MemberView = Callable[Concatenate[MemberRequest, P], HttpResponse]


def members_only(*wanted: Role) -> Callable[[MemberView[P]], Callable[..., HttpResponse]]:
    """Decorates a view under `/o/<slug>/`: 404 for a stranger, 403 without any wanted role.

    No role named means every member. The view gets the request without the slug; its dates are
    in the organisation's time zone. One query. `opens_for` of the view says the roles to whoever
    wants to show a link to it.
    """

    def decorate(view: MemberView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(
            request: MemberRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            place = access.organisation_for(user=request.user, slug=slug)
            request.organisation, request.memberships = place.organisation, place.memberships
            request.on_hold_since = place.on_hold_since
            request.roles = frozenset(held.role for held in request.memberships)
            if wanted:
                access.require(request.roles, *wanted)
            with timezone.override(request.organisation.zone):
                return view(request, *args, **kwargs)

        wrapper.opens_for = frozenset(wanted or Role)  # type: ignore[attr-defined]
        return wrapper

    return decorate
