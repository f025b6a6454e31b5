"""The count: opens a closed unit's envelopes, shuffles them and keeps the answers."""

import secrets
import uuid

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from organisations.audit import record
from surveys import answer_string, ballot_box
from surveys.actions.turning import follow_units, lock_survey_unit
from surveys.models import Envelope, Item, Response, Survey, SurveyUnit, Tally
from surveys.signals import survey_counted


class CountFailed(Exception):
    """The box is not as it must be; nothing was changed. The text says what is wrong."""


@transaction.atomic
def count_survey_unit(*, survey_unit: SurveyUnit, private_key: bytes) -> bool:
    """Counts one closed unit in one transaction: True if this call did it.

    Killed at any point, either nothing has happened or all of it. Answers get fresh random keys
    and go in in a shuffled order, so neither a key nor a row's place leads back to its envelope.
    """
    survey, unit = lock_survey_unit(survey_unit.pk)
    if unit.state != SurveyUnit.State.CLOSED or unit.way != SurveyUnit.Way.WARD:
        return False
    sheets = _opened(survey, unit, private_key)
    secrets.SystemRandom().shuffle(sheets)
    Response.objects.bulk_create(
        Response(key=uuid.uuid4(), survey_unit=unit, answers=answers) for answers in sheets
    )
    Envelope.objects.filter(survey_unit=unit).delete()
    unit.state = SurveyUnit.State.COUNTED
    unit.save(update_fields=["state"])
    follow_units(survey=survey, now=timezone.now())
    record(
        action="survey counted",
        on=unit,
        organisation=survey.organisation,
        by=None,
        sheets=len(sheets),
    )
    transaction.on_commit(
        lambda: survey_counted.send(sender=SurveyUnit, survey_unit_id=unit.pk), robust=True
    )
    return True


def _opened(survey: Survey, unit: SurveyUnit, private_key: bytes) -> list[str]:
    envelopes = list(Envelope.objects.filter(survey_unit=unit).values_list("sealed", flat=True))
    tallied = Tally.objects.filter(survey_unit=unit).aggregate(total=Sum("count"))["total"] or 0
    if len(envelopes) != tallied:
        raise CountFailed(f"{tallied} sheets were acknowledged but {len(envelopes)} are in the box")
    version = survey.version
    items = Item.objects.filter(version=version).count()
    options = version.scale_maximum - version.scale_minimum + 1
    sheets = []
    for sealed in envelopes:
        try:
            answers = ballot_box.open_envelope(private_key=private_key, sealed=bytes(sealed))
            answer_string.check(answers, items=items, options=options)
        except (ballot_box.CannotOpen, answer_string.BadSheet) as error:
            raise CountFailed("a sheet in the box cannot be opened") from error
        sheets.append(answers)
    return sheets
