"""A survey's own words in its messages, and a test of them to oneself."""

from django.db import transaction

from organisations.actions.audit_log import record
from organisations.models import User
from surveys.actions.locks import NotPossible, lock_survey
from surveys.models import Survey
from surveys.words.staff_words import CustomText, Kind

_RUNNING = (Survey.State.PREPARING, Survey.State.SCHEDULED, Survey.State.OPEN)


@transaction.atomic
def word_message(
    *, survey: Survey, kind: Kind, language: str, own: CustomText | None, by: User
) -> None:
    """Keeps these words for what has not gone out yet; None goes back to the usual ones."""
    survey = lock_survey(survey.pk)
    if survey.state not in _RUNNING:
        raise NotPossible("This survey sends no more messages.")
    words = dict(survey.message_words)
    key = f"{kind}:{language}"
    if own is None:
        words.pop(key, None)
    else:
        words[key] = {"subject": own.subject, "opening": own.opening, "sms": own.sms}
    if words == survey.message_words:
        return
    survey.message_words = words
    survey.save(update_fields=["message_words"])
    record(
        action="message reworded",
        on=survey,
        organisation=survey.organisation,
        by=by,
        kind=str(kind),
        language=language,
    )
