"""What scoring still has to do. The database says it; tasks only look."""

from datetime import datetime, timedelta

from django.db.models import F, Max, Min, Q, QuerySet

from scoring.models import Correction, Recount
from surveys.models import Survey, SurveyUnit

AGAIN_AFTER = timedelta(hours=1)

_ENDED = (SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW)

_SUMMED = Q(survey_units__mode=SurveyUnit.Mode.SEALED, survey_units__state=SurveyUnit.State.COUNTED)


def to_aggregate() -> QuerySet[SurveyUnit]:
    """Counted units whose aggregate is not there yet."""
    return SurveyUnit.objects.filter(
        state=SurveyUnit.State.COUNTED, mode=SurveyUnit.Mode.SEALED, aggregate=None
    ).order_by("pk")


def to_publish(now: datetime) -> QuerySet[SurveyUnit]:
    """Units at their end whose result may be released by now and is not."""
    is_due = Q(survey__result_at=None) | Q(survey__result_at__lte=now)
    return SurveyUnit.objects.filter(is_due, state__in=_ENDED, published_at=None).order_by("pk")


def to_correct() -> QuerySet[Correction]:
    """Corrections that were asked for and are not made."""
    return (
        Correction.objects.filter(snapshot__replaced_by=None)
        .select_related("snapshot__survey_unit", "asked_by")
        .order_by("asked_at")
    )


def to_recount(now: datetime) -> QuerySet[Recount]:
    """Parts of recounts that are not done; what failed waits an hour."""
    return Recount.objects.filter(Q(failed_at=None) | Q(failed_at__lt=now - AGAIN_AFTER))


def to_sum_up() -> QuerySet[Survey]:
    """Published surveys of several units whose sums are missing, or older than a unit's figures.

    A snapshot that only compares audits again has the figures of the one it replaces.
    """
    return (
        Survey.objects.filter(state=Survey.State.PUBLISHED)
        .annotate(
            last_unit=Max("survey_units__pk", filter=_SUMMED),
            first_unit=Min("survey_units__pk", filter=_SUMMED),
            last_release=Max(
                "survey_units__snapshots__released_at",
                filter=Q(survey_units__snapshots__replaces=None)
                | Q(survey_units__snapshots__replaces__correction__isnull=False),
            ),
            last_sum=Max("parent_snapshots__released_at"),
        )
        .filter(first_unit__lt=F("last_unit"))
        .filter(Q(last_sum=None) | Q(last_sum__lt=F("last_release")))
        .order_by("pk")
    )
