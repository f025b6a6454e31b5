"""Reads people and their roles in one organisation."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from organisations.models import Membership, Organisation, Role, User


@dataclass
class Person:
    """A user with their roles in one organisation, whether active or not."""

    user: User
    memberships: list[Membership] = field(default_factory=list)

    @property
    def is_active(self) -> bool:
        """Whether the person can use any role here."""
        return self.user.is_active and any(held.is_active for held in self.memberships)


def _memberships(organisation: Organisation) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("user", "unit")
        .order_by("user__name", "user__email", "role", "unit__name")
    )


def _grouped(memberships: Iterable[Membership]) -> list[Person]:
    people: dict[int, Person] = {}
    for held in memberships:
        people.setdefault(held.user_id, Person(held.user)).memberships.append(held)
    return list(people.values())


def people_of(organisation: Organisation, *, search: str = "", role: str = "") -> list[Person]:
    """Everyone with a role here, by name; one query."""
    found = _memberships(organisation)
    if search:
        found = found.filter(Q(user__name__icontains=search) | Q(user__email__icontains=search))
    people = _grouped(found)
    if role:
        people = [p for p in people if any(held.role == role for held in p.memberships)]
    return people


def person_of(organisation: Organisation, user_id: int) -> Person | None:
    """One person of the organisation, or nobody."""
    # By a subquery, which also stands numbers larger than any id.
    wanted = User.objects.filter(pk=user_id)
    people = _grouped(_memberships(organisation).filter(user__in=wanted))
    return people[0] if people else None


def serves_elsewhere(user: User, organisation: Organisation) -> bool:
    """Whether the person has a role in another organisation too."""
    return Membership.objects.filter(user=user).exclude(organisation=organisation).exists()


def is_privileged(user: User) -> bool:
    """Whether the person administers an organisation or runs the site."""
    return user.is_staff or (
        Membership.objects.filter(user=user, role=Role.ADMINISTRATOR, is_active=True).exists()
    )


def administrators_left(organisation: Organisation, *, without: Iterable[int]) -> int:
    """How many people administer the organisation if these memberships were gone."""
    return (
        Membership.objects.filter(
            organisation=organisation,
            role=Role.ADMINISTRATOR,
            is_active=True,
            user__is_active=True,
        )
        .exclude(pk__in=list(without))
        .values("user_id")
        .distinct()
        .count()
    )


def invitations_due() -> QuerySet[Membership]:
    """Roles whose person has not been written to yet."""
    return Membership.objects.filter(
        invitation_due=True, is_active=True, user__is_active=True
    ).order_by("pk")
