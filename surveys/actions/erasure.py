"""Erases addresses that a survey no longer needs, and the names of people who were erased."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction

from organisations.audit import record
from organisations.models import ERASED_NAME
from surveys.models import Contact, NamedSheet, SurveyUnit, TakenOff

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def erase_addresses(*, now: datetime) -> int:
    """Deletes contacts and blanks leaders' addresses 30 days after their unit closed."""
    over = SurveyUnit.objects.filter(closes_at__lt=now - KEPT_FOR).exclude(
        state__in=(SurveyUnit.State.WAITING, SurveyUnit.State.OPEN)
    )
    contacts = Contact.objects.filter(survey_unit__in=over)
    sheets = NamedSheet.objects.filter(survey_unit__in=over).exclude(email="")
    of_staff = Counter(contacts.values_list("survey_unit", flat=True))
    of_leaders = Counter(sheets.values_list("survey_unit", flat=True))
    contacts.delete()
    TakenOff.objects.filter(survey_unit__in=over).delete()
    sheets.update(email="")
    for unit in SurveyUnit.objects.filter(pk__in=of_staff | of_leaders).select_related(
        "survey__organisation"
    ):
        record(
            action="addresses erased",
            on=unit,
            organisation=unit.survey.organisation,
            by=None,
            staff=of_staff[unit.pk],
            leaders=of_leaders[unit.pk],
        )
    return of_staff.total()


def erase_names(*, user_id: int | None = None) -> int:
    """Blanks leaders' sheets of people who were erased, or of this one; what they scored stays.

    How many were blanked. The sweep calls it for everybody, should the news have been lost.
    """
    sheets = NamedSheet.objects.filter(user__is_active=False, user__name=ERASED_NAME)
    if user_id is not None:
        sheets = sheets.filter(user=user_id)
    return sheets.exclude(name=ERASED_NAME, email="").update(name=ERASED_NAME, email="")


def when_person_erased(*, user_id: int, **_: object) -> None:
    """The news of an erasure."""
    erase_names(user_id=user_id)
