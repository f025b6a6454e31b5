"""Counting many units anew: asked for once, done in parts by whatever workers there are.

A part is a row, held by its lock while a worker counts it. A worker that is killed lets go of it,
and another takes it up: a sweep looks every 15 seconds. So nothing is lost, and no two count the
same part.
"""

import logging

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Organisation, User
from scoring.actions.aggregate import rebuild_aggregates
from scoring.models import Recount
from scoring.queries import due
from scoring.queries.recount import AT_ONCE
from surveys.models import Survey, SurveyUnit

log = logging.getLogger(__name__)

Counted = Organisation | Survey | SurveyUnit


@transaction.atomic
def ask_recount(*, of: Counted, by: User | None) -> int:
    """Lets the workers count every unit of it anew; how many units that are.

    `by` is None for an operator of the machine.
    """
    units, organisation = _units(of)
    keys = list(units.order_by("pk").values_list("pk", flat=True))
    now = timezone.now()
    Recount.objects.bulk_create(
        Recount(units=keys[begins : begins + AT_ONCE], asked_at=now)
        for begins in range(0, len(keys), AT_ONCE)
    )
    record(action="recount asked for", on=of, organisation=organisation, by=by, units=len(keys))
    enqueue_on_commit("scoring.recount")
    return len(keys)


def recount_next() -> bool:
    """Takes up the next part that no worker holds; False if there is none.

    What fails is tried unit by unit, so that one unit never holds up others, and then once an hour.
    """
    with transaction.atomic():
        waiting = due.to_recount(timezone.now()).select_for_update(skip_locked=True)
        part = waiting.order_by(F("failed_at").asc(nulls_first=True), "pk").first()
        if part is None:
            return False
        try:
            rebuild_aggregates(part.units)
        except Exception:
            log.exception("A recount failed. Units: %s", part.units)
            _put_off(part)
        else:
            part.delete()
        return True


def _put_off(part: Recount) -> None:
    if len(part.units) == 1:
        part.failed_at = timezone.now()
        part.save(update_fields=["failed_at"])
        return
    Recount.objects.bulk_create(Recount(units=[key], asked_at=part.asked_at) for key in part.units)
    part.delete()


def _units(of: Counted) -> tuple[QuerySet[SurveyUnit], Organisation]:
    match of:
        case Organisation():
            return SurveyUnit.objects.filter(survey__organisation=of), of
        case Survey():
            return SurveyUnit.objects.filter(survey=of), of.organisation
        case SurveyUnit():
            return SurveyUnit.objects.filter(pk=of.pk), of.survey.organisation
