"""The door of every organisation page: finds the organisation, the roles, and the time zone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organisations import access
from organisations.models import Membership, Organisation, Role, User

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request that passed `member_of`."""

    user: User
    organisation: Organisation
    memberships: tuple[Membership, ...]
    roles: frozenset[str]


MemberView = Callable[Concatenate[MemberRequest, P], HttpResponse]


def member_of(*wanted: Role) -> Callable[[MemberView[P]], Callable[..., HttpResponse]]:
    """Decorates a view under `/o/<slug>/`: 404 for a stranger, 403 without any wanted role.

    No role named means every member. The view gets the request without the slug; its dates are
    in the organisation's time zone. One query.
    """

    def decorate(view: MemberView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def admitted(request: MemberRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            request.organisation, request.memberships = access.organisation_for(
                user=request.user, slug=slug
            )
            request.roles = frozenset(held.role for held in request.memberships)
            if wanted:
                access.require(request.roles, *wanted)
            with timezone.override(request.organisation.zone):
                return view(request, *args, **kwargs)

        return admitted

    return decorate
