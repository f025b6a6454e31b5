"""The only way from a user to organisations, units and people.

A stranger to an organisation gets 404, a member without the right 403.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Subquery
from django.http import Http404

from organisations.models import (
    AccessToken,
    Department,
    Deployment,
    Membership,
    Organisation,
    Role,
    Unit,
    User,
)

# Who sets what units are asked to stay below.
LIMITING = (Role.REVIEWER, Role.ADMINISTRATOR)


def memberships(*, user: User, organisation: Organisation) -> QuerySet[Membership]:
    """The user's active roles in one organisation."""
    return _active(user).filter(organisation=organisation).select_related("unit")


def _active(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, is_active=True, user__is_active=True)


def organisations_of(*, user: User) -> QuerySet[Organisation]:
    """The organisations in which the user has a role, by name."""
    return Organisation.objects.filter(pk__in=_active(user).values("organisation"))


class Place(NamedTuple):
    """An organisation, somebody's memberships in it, and since when restored records wait to be
    checked, if they do.
    """

    organisation: Organisation
    memberships: tuple[Membership, ...]
    on_hold_since: datetime | None


def organisation_for(*, user: User, slug: str) -> Place:
    """The organisation and the user's memberships in it; 404 for a stranger. One query, which also
    says whether the site is on hold: every page of an organisation asks it anyhow.
    """
    if not user.is_authenticated:
        raise Http404
    on_hold = Deployment.objects.exclude(hold_since=None).values("hold_since")[:1]
    held = tuple(
        _active(user)
        .filter(organisation__slug=slug)
        .select_related("organisation", "unit")
        .annotate(on_hold_since=Subquery(on_hold))
    )
    if not held:
        raise Http404
    return Place(held[0].organisation, held, held[0].on_hold_since)


def require(roles: frozenset[str], *wanted: Role) -> None:
    """Refuses with 403 a member who has none of the wanted roles."""
    if not roles.intersection(wanted):
        raise PermissionDenied


def roles_over(unit: Unit, memberships: Collection[Membership]) -> frozenset[str]:
    """The roles that reach this unit. No query."""
    return frozenset(
        held.role
        for held in memberships
        if held.unit is None or unit.path.startswith(held.unit.path)
    )


def holds_whole(memberships: Collection[Membership], wanted: Collection[Role]) -> bool:
    """Whether one of the wanted roles is held over the whole organisation."""
    return any(held.unit is None and held.role in wanted for held in memberships)


def scope(memberships: Collection[Membership], roles: Collection[str], *, unit: str = "") -> Q:
    """Rows whose unit these memberships reach through any of these roles, in no organisation but
    their own. `unit` is the way from the row to its unit; empty where the row is one."""
    way = f"{unit}__" if unit else ""
    scope = Q()
    for held in memberships:
        if held.role not in roles:
            continue
        if held.unit is None:
            scope |= Q(**{f"{way}organisation": held.organisation_id})
        else:
            scope |= Q(**{f"{way}path__startswith": held.unit.path})
    return scope or Q(pk__in=[])


def units_for(*, user: User, organisation: Organisation, roles: tuple[Role, ...]) -> QuerySet[Unit]:
    """Units that the user reaches through any of these roles: the subtrees of the memberships."""
    held = memberships(user=user, organisation=organisation)
    return Unit.objects.filter(scope(held, roles), organisation=organisation)


def unit_for(
    *, user: User, organisation: Organisation, roles: tuple[Role, ...], unit_id: int
) -> Unit:
    """One unit within reach; 404 where it is none of the organisation's, 403 beyond one's reach."""
    if not Unit.objects.filter(organisation=organisation, pk=unit_id).exists():
        raise Http404
    unit = units_for(user=user, organisation=organisation, roles=roles).filter(pk=unit_id).first()
    if unit is None:
        raise PermissionDenied
    return unit


def department_for(*, organisation: Organisation, department_id: int) -> Department:
    """One department of the organisation's settings; else 404."""
    found = Department.objects.filter(organisation=organisation, pk=department_id).first()
    if found is None:
        raise Http404
    found.organisation = organisation
    return found


def tokens_of(*, user: User, organisation: Organisation) -> QuerySet[AccessToken]:
    """The user's own tokens here, the newest first."""
    return AccessToken.objects.filter(user=user, organisation=organisation)


def token_for(*, user: User, organisation: Organisation, token_id: int) -> AccessToken:
    """One token of the user's own; else 404."""
    token = tokens_of(user=user, organisation=organisation).filter(pk=token_id).first()
    if token is None:
        raise Http404
    return token


def valid_token(secret: str) -> AccessToken | None:
    """The token that a program sent, while it is valid and its holder active. One query."""
    digest = hashlib.sha256(secret.encode()).digest()
    token = (
        AccessToken.objects.filter(token_hash=digest, user__is_active=True)
        .select_related("user", "organisation")
        .first()
    )
    return token if token is not None and token.is_valid else None
