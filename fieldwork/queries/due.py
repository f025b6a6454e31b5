"""What the clock has brought due. The database says it; tasks only look."""

from datetime import datetime

from django.db.models import QuerySet

from surveys.models import Survey, SurveyUnit


def to_prepare() -> QuerySet[Survey]:
    """Launched and without a key."""
    return Survey.objects.filter(state=Survey.State.PREPARING).order_by("opens_at", "pk")


def with_key_in_use() -> QuerySet[Survey]:
    """Surveys whose key will still be asked for."""
    states = (Survey.State.SCHEDULED, Survey.State.OPEN, Survey.State.CLOSED)
    return Survey.objects.filter(state__in=states, key_destroyed=False).order_by("pk")


def with_key_to_destroy() -> QuerySet[Survey]:
    """Counted or cancelled, with a key left."""
    states = (Survey.State.COUNTED, Survey.State.PUBLISHED, Survey.State.CANCELLED)
    return Survey.objects.filter(
        state__in=states, key_destroyed=False, public_key__isnull=False
    ).order_by("pk")


def to_open(now: datetime) -> QuerySet[Survey]:
    """Prepared, and their time has come."""
    return Survey.objects.filter(state=Survey.State.SCHEDULED, opens_at__lte=now).order_by("pk")


def to_close(now: datetime) -> QuerySet[SurveyUnit]:
    """Open units past their time."""
    return SurveyUnit.objects.filter(state=SurveyUnit.State.OPEN, closes_at__lte=now).order_by("pk")


def to_count() -> QuerySet[SurveyUnit]:
    """Closed units whose envelopes wait to be opened."""
    return (
        SurveyUnit.objects.filter(state=SurveyUnit.State.CLOSED)
        .select_related("survey")
        .order_by("pk")
    )
