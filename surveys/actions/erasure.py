"""Erases addresses that a survey no longer needs."""

from datetime import datetime, timedelta

from django.db import transaction

from surveys.models import Contact, NamedSheet, SurveyUnit

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def erase_addresses(*, now: datetime) -> int:
    """Deletes contacts and blanks leaders' addresses 30 days after their unit closed."""
    over = SurveyUnit.objects.filter(closes_at__lt=now - KEPT_FOR).exclude(
        state__in=(SurveyUnit.State.WAITING, SurveyUnit.State.OPEN)
    )
    contacts = Contact.objects.filter(survey_unit__in=over)
    erased = contacts.count()
    contacts.delete()
    NamedSheet.objects.filter(survey_unit__in=over).exclude(email="").update(email="")
    return erased
