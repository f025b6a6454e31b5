"""What a poster's room depends on, and which posters have none left."""

from collections.abc import Sequence

from django.db.models import Count, F, QuerySet

from responses.rules.room import poster_room
from surveys.models import Channel, Invitation, SurveyUnit


def rooms_of(units: Sequence[SurveyUnit]) -> dict[int, int]:
    """By unit, the room of one poster as links and slips are just now. One query."""
    issued = dict(
        Invitation.objects.filter(survey_unit__in=units)
        .order_by()
        .values_list("survey_unit")
        .annotate(number=Count("pk"))
    )
    return {
        unit.pk: poster_room(
            posts=unit.headcount,
            issued=issued.get(unit.pk, 0),
            minimum_group=unit.minimum_group,
        )
        for unit in units
    }


def newly_full() -> QuerySet[SurveyUnit]:
    """Open units whose poster takes no more, and nobody was told yet."""
    return SurveyUnit.objects.filter(
        state=SurveyUnit.State.OPEN,
        mode=SurveyUnit.Mode.SEALED,
        poster_full=False,
        tallies__channel=Channel.QR,
        tallies__count__gte=F("poster_room"),
    ).order_by("pk")
