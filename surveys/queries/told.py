"""When a staff list was messaged about its unit's result."""

from django.db.models import OuterRef, Subquery

from surveys.models import Message
from surveys.models.distribution import ABOUT_RESULT


def staff_told_at(survey_unit: str) -> Subquery:
    """When the first of these messages was sent; `survey_unit` is the way to the unit's key."""
    told = Message.objects.filter(
        survey_unit=OuterRef(survey_unit), step__in=ABOUT_RESULT, sent_at__isnull=False
    )
    return Subquery(told.order_by("sent_at").values("sent_at")[:1])
