"""What should have happened by now and has not: the measure of whether the sweeps run."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from surveys.models import Message, Survey, SurveyUnit

GRACE = timedelta(minutes=3)


def late_work() -> list[str]:
    """Names of kinds of work overdue by more than three minutes. Six queries.

    What was tried and cannot be done, for a lost key, is a failed count and not late.
    """
    before = timezone.now() - GRACE
    late = []
    if Survey.objects.filter(
        state=Survey.State.PREPARING, launched_at__lt=before, count_failure=""
    ).exists():
        late.append("keys")
    if Survey.objects.filter(state=Survey.State.SCHEDULED, opens_at__lt=before).exists():
        late.append("opening")
    if SurveyUnit.objects.filter(state=SurveyUnit.State.OPEN, closes_at__lt=before).exists():
        late.append("closing")
    if SurveyUnit.objects.filter(
        state=SurveyUnit.State.CLOSED, closes_at__lt=before, survey__count_failure=""
    ).exists():
        late.append("counting")
    if SurveyUnit.objects.filter(
        Q(survey__result_at=None) | Q(survey__result_at__lt=before),
        state__in=(SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW),
        closes_at__lt=before,
        published_at=None,
    ).exists():
        late.append("results")
    # Not those that a mail server put off: they were tried.
    if Message.objects.filter(
        state=Message.State.PLANNED, due_at__lt=before, claimed_at=None
    ).exists():
        late.append("messages")
    return late


def failed_counts() -> int:
    """Surveys that cannot be counted until an operator brings back a key. One query."""
    return Survey.objects.exclude(count_failure="").count()
