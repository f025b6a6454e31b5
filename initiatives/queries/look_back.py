"""Which improvements somebody should look back at, half a year after they were finished."""

from datetime import date

from django.db.models import Q, QuerySet

from initiatives.models import Commitment, Initiative
from initiatives.rules.notices import LOOK_AFTER, LOOK_AT_LATEST
from organisations.queries.units import works


def to_look_back(own: Q, *, today: date) -> QuerySet[Commitment]:
    """Of what is a member's own (`own_work`), as long as the message may come: those whom it asks
    are the same. Nobody is asked of a unit that has closed.
    """
    return Commitment.objects.filter(
        own,
        works(today, unit="unit"),
        state=Initiative.State.FINISHED,
        still_done="",
        ends_on__gt=today - LOOK_AFTER - LOOK_AT_LATEST,
        ends_on__lte=today - LOOK_AFTER,
    )
