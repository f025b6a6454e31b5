"""What scoring still has to do. The database says it; tasks only look."""

from datetime import datetime

from django.db.models import Q, QuerySet

from surveys.models import SurveyUnit

_ENDED = (SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW)


def to_aggregate() -> QuerySet[SurveyUnit]:
    """Counted units whose aggregate is not there yet."""
    return SurveyUnit.objects.filter(
        state=SurveyUnit.State.COUNTED, way=SurveyUnit.Way.WARD, aggregate=None
    ).order_by("pk")


def to_publish(now: datetime) -> QuerySet[SurveyUnit]:
    """Units at their end whose result may be released by now and is not."""
    is_due = Q(survey__result_at=None) | Q(survey__result_at__lte=now)
    return SurveyUnit.objects.filter(is_due, state__in=_ENDED, published_at=None).order_by("pk")
