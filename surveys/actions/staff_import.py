"""A staff list goes in by the worker: all of it or nothing, and a page can show how far it is."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from surveys.actions.locks import NotPossible, lock_survey
from surveys.actions.staff import add_staff, refuse_late_result
from surveys.carriers import import_progress
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import StaffImport, Survey, SurveyUnit
from surveys.queries.staff import units_with_links

ADD = "surveys.add_staff_list"
# A word that was lost is said again after this long; a list that nobody could add is given up.
ASK_AGAIN_AFTER = timedelta(seconds=30)
GIVEN_UP_AFTER = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
_State = StaffImport.State


@transaction.atomic
def upload_staff(
    *, survey: Survey, units: Sequence[SurveyUnit], people: Sequence[Person], by: User, key: str
) -> StaffImport:
    """Keeps a checked list for the worker; nobody is added yet. The same `key` brings it once.

    Raises `NotPossible` where the result would come too late for people on a list.
    """
    survey = lock_survey(survey.pk)  # the second of two presses waits here for the first
    earlier = StaffImport.objects.filter(survey=survey, key=key).first()
    if earlier is not None:
        return earlier
    refuse_while_held()
    refuse_late_result(survey, units_with_links(units))
    return keep_list(survey=survey, units=units, people=people, by=by, key=key)


@transaction.atomic
def keep_list(
    *, survey: Survey, units: Sequence[SurveyUnit], people: Sequence[Person], by: User, key: str
) -> StaffImport:
    """The same of a survey that nobody else knows yet."""
    upload = StaffImport.objects.create(
        survey=survey,
        key=key,
        units=[unit.pk for unit in units],
        people=zlib.compress(json.dumps([asdict(one) for one in people]).encode()),
        number=len(people),
        asked_by=by,
        asked_at=timezone.now(),
    )
    record(
        action="staff list uploaded",
        on=upload,
        organisation=survey.organisation,
        by=by,
        survey=survey.pk,
        number=len(people),
    )
    enqueue_on_commit(ADD, upload.pk)
    return upload


def add_uploaded(*, import_id: int) -> None:
    """Adds a list that waits, in one transaction; of two workers one finds nothing to do."""
    try:
        with transaction.atomic():
            _add(import_id)
    except NotPossible as refusal:
        _give_up(import_id, str(refusal))


def _add(import_id: int) -> None:
    waiting = StaffImport.objects.filter(pk=import_id, state=_State.WAITING)
    survey_id = waiting.values_list("survey_id", flat=True).first()
    if survey_id is None:
        return
    # The survey first: whoever cancels it holds it too.
    survey = lock_survey(survey_id)
    upload = waiting.select_for_update(of=("self",)).select_related("asked_by").first()
    if upload is None:
        return
    units = list(survey.survey_units.filter(pk__in=upload.units))
    plan = add_staff(
        survey=survey,
        units=units,
        people=_people(upload, units),
        by=upload.asked_by,
        done=partial(import_progress.set_progress, import_id),
    )
    upload.state, upload.people, upload.finished_at = _State.DONE, b"", timezone.now()
    upload.added, upload.known = len(plan.people), len(plan.known)
    upload.declined, upload.taken_off = len(plan.declined), len(plan.taken_off)
    upload.save()


def _people(upload: StaffImport, units: Sequence[SurveyUnit]) -> list[Person]:
    rows = json.loads(zlib.decompress(bytes(upload.people)))
    # One unit is meant whatever it is called by now.
    only = units[0].unit_name if len(units) == 1 else ""
    return [Person(row["line"], Address(**row["address"]), only or row["unit"]) for row in rows]


@transaction.atomic
def _give_up(import_id: int, why: str) -> None:
    """Says why nobody was added, and forgets the addresses."""
    waiting = StaffImport.objects.filter(pk=import_id, state=_State.WAITING)
    waiting.update(state=_State.FAILED, failure=why, people=b"", finished_at=timezone.now())


def repair_imports(*, now: datetime) -> None:
    """Asks again for what was lost, gives up what is a day old, deletes what is long over."""
    waiting = StaffImport.objects.filter(state=_State.WAITING)
    for key in _keys(waiting.filter(asked_at__lt=now - GIVEN_UP_AFTER)):
        _give_up(key, "We could not add this list within a day. Upload the list again.")
    with transaction.atomic():
        for key in _keys(waiting.filter(asked_at__lt=now - ASK_AGAIN_AFTER)):
            enqueue_on_commit(ADD, key)
    StaffImport.objects.filter(finished_at__lt=now - KEPT_FOR).delete()


def _keys(imports: QuerySet[StaffImport]) -> list[int]:
    return list(imports.values_list("pk", flat=True))
