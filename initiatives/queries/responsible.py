"""Reads who is responsible for improvements, and who can be named."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import F, Q, QuerySet, Value

from initiatives.models import Commitment, Initiative, Responsibility
from initiatives.rules.responsible import LED_BY, holders
from organisations.models import Membership, Organisation, Role, User
from organisations.queries.people import Person, people_of
from organisations.queries.prepared import GivenKeys, PreparedRows

# Who can be named: whoever reads the register.
NAMEABLE = (Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR)


def holders_of(initiatives: Collection[Initiative]) -> dict[int, set[int]]:
    """User ids by improvement: who holds it (`initiatives.rules.responsible`). One query."""
    named: dict[int, list[tuple[str, int]]] = {one.pk: [] for one in initiatives}
    for initiative, part, user in Responsibility.objects.filter(
        initiative__in=named, user__isnull=False
    ).values_list("initiative", "part", "user"):
        named[initiative].append((part, user))
    return {one.pk: holders(one.added_by_id, named[one.pk]) for one in initiatives}


def owners_of(initiatives: Collection[Initiative]) -> dict[int, set[int]]:
    """User ids by improvement: its holders, and the managers of exactly a unit it concerns.

    None of them decides about it in a review. One query; none of none.
    """
    added_by = {one.pk: one.added_by_id for one in initiatives}
    return owners_by_key(added_by, _PARTS.all(initiatives=added_by) if added_by else ())


def owners_by_key(
    added_by: Mapping[int, int], parts: Iterable[tuple[int, str, int]]
) -> dict[int, set[int]]:
    """The same of improvements by their keys, each with who added it; `parts` as `parts_of` reads
    them.
    """
    by_key: dict[int, list[tuple[str, int]]] = {key: [] for key in added_by}
    for initiative, part, user in parts:
        by_key[initiative].append((part, user))
    return {key: holders(by, by_key[key]) for key, by in added_by.items()}


def parts_of(
    initiatives: GivenKeys,
) -> tuple[
    QuerySet[Responsibility, tuple[int, str, int]], QuerySet[Commitment, tuple[int, str, int]]
]:
    """Who is named in these, and the managers of exactly a unit: improvement, part and user."""
    named = Responsibility.objects.filter(initiative__in=initiatives, user__isnull=False)
    held = Commitment.objects.filter(
        initiative__in=initiatives,
        unit__memberships__role=Role.MANAGER,
        unit__memberships__is_active=True,
    ).annotate(part=Value(Role.MANAGER.value), user=F("unit__memberships__user"))
    columns = ("initiative", "part", "user")
    return named.order_by().values_list(*columns), held.values_list(*columns)


def _parts() -> QuerySet[Responsibility, tuple[int, str, int]]:
    named, held = parts_of(GivenKeys("initiatives"))
    return named.union(held, all=True)


_PARTS = PreparedRows(_parts)


def own_work(user: User, organisation: Organisation, memberships: Collection[Membership]) -> Q:
    """Rows of an improvement on a unit that are this member's own to do: they hold the improvement
    or manage exactly the unit.
    """
    own = Q()
    for held in memberships:
        if held.role == Role.MANAGER and held.unit:
            own |= Q(unit=held.unit_id)
    named = Responsibility.objects.filter(user=user).values("initiative")
    led = Responsibility.objects.filter(part=LED_BY, user__isnull=False).values("initiative")
    added_it = Q(initiative__added_by=user) & ~Q(initiative__in=led)
    here = Q(initiative__organisation=organisation)
    return own | ((Q(initiative__in=named) | added_it) & here)


def people_to_name(organisation: Organisation) -> list[Person]:
    """Everybody who reads the register of this organisation, by name. One query."""
    return [
        one
        for one in people_of(organisation)
        if one.user.is_active and any(_reads(held) for held in one.memberships)
    ]


def _reads(held: Membership) -> bool:
    return held.is_active and held.role in NAMEABLE
