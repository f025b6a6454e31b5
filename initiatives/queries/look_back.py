"""Which improvements somebody should look back at, half a year after they were finished."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from initiatives.models import Commitment, Initiative, Responsibility
from initiatives.rules.notices import LOOK_AFTER, LOOK_AT_LATEST, asks_if_still_done
from initiatives.rules.responsible import LED_BY
from organisations.models import Membership, Organisation, Role, User


def to_look_back(
    memberships: Collection[Membership], *, user: User, organisation: Organisation, today: date
) -> list[Commitment]:
    """Those whom the message asks: managers of exactly the unit, and whoever is responsible. The
    oldest first, as long as the message may come. One query.
    """
    managed = [held.unit_id for held in memberships if held.role == Role.MANAGER]
    named = Responsibility.objects.filter(initiative=OuterRef("initiative"))
    added_it = Q(initiative__added_by=user) & ~Exists(named.filter(part=LED_BY, user__isnull=False))
    found = (
        Commitment.objects.filter(
            Q(unit__in=managed) | Exists(named.filter(user=user)) | added_it,
            initiative__organisation=organisation,
            state=Initiative.State.FINISHED,
            still_done="",
            ends_on__range=(today - LOOK_AFTER - LOOK_AT_LATEST, today - LOOK_AFTER),
        )
        .select_related("initiative", "unit")
        .order_by("ends_on", "pk")
    )
    return [
        one
        for one in found
        if one.ends_on is not None and asks_if_still_done(ended_on=one.ends_on, today=today)
    ]
