"""Erases addresses and links that a survey no longer needs, and names of people who were erased."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from organisations.actions.audit_log import record
from organisations.models import ERASED_NAME
from surveys.models import Contact, Invitation, NamedResponse, RemovedContact, SurveyUnit

KEPT_FOR = timedelta(days=30)
_RUNNING = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)


@transaction.atomic
def erase_addresses(*, now: datetime) -> int:
    """Deletes contacts, link words and leaders' addresses 30 days after their unit closed."""
    over = SurveyUnit.objects.filter(closes_at__lt=now - KEPT_FOR).exclude(state__in=_RUNNING)
    contacts = Contact.objects.filter(survey_unit__in=over)
    sheets = NamedResponse.objects.filter(survey_unit__in=over).exclude(email="")
    of_staff = Counter(contacts.values_list("survey_unit", flat=True))
    of_leaders = Counter(sheets.values_list("survey_unit", flat=True))
    contacts.delete()
    # Who has answered is nobody's to know any more.
    Invitation.objects.filter(survey_unit__in=over, used=True).update(used=False)
    RemovedContact.objects.filter(survey_unit__in=over).delete()
    # From now on nobody, with key and database, can try whose link was whose.
    over.exclude(link_word="").update(link_word="")
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


def end_links(*, now: datetime) -> int:
    """Personal links and slips open nothing any more 30 days after their unit's result came out.

    Where none came, 30 days after it closed. How many ended.
    """
    past = now - KEPT_FOR
    over = SurveyUnit.objects.filter(closes_at__lt=past).exclude(state__in=_RUNNING)
    ended = over.filter(Q(published_at=None) | Q(published_at__lt=past))
    links = Invitation.objects.filter(survey_unit__in=ended).exclude(token_hash=None)
    return links.update(token_hash=None)


def erase_names(*, user_id: int | None = None) -> int:
    """Blanks leaders' sheets of people who were erased, or of this one; what they scored stays.

    How many were blanked. The sweep calls it for everybody, should the news have been lost.
    """
    sheets = NamedResponse.objects.filter(user__is_active=False, user__name=ERASED_NAME)
    if user_id is not None:
        sheets = sheets.filter(user=user_id)
    return sheets.exclude(name=ERASED_NAME, email="").update(name=ERASED_NAME, email="")


def when_person_erased(*, user_id: int, **_: object) -> None:
    """The news of an erasure."""
    erase_names(user_id=user_id)
