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

from organisations.audit import record
from organisations.models import User
from surveys import import_progress
from surveys.actions.staff import add_staff
from surveys.actions.turning import NotPossible, lock_survey
from surveys.actions.worker import ask_soon
from surveys.addresses import Address
from surveys.models import StaffImport, Survey, SurveyUnit
from surveys.staff_list import Person

ADD = "surveys.add_staff_list"
# A word that was lost is said again after this long; a list that nobody could add is given up.
ASK_AGAIN_AFTER = timedelta(seconds=30)
GIVEN_UP_AFTER = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
_State = StaffImport.State


@transaction.atomic
def bring_staff(
    *, survey: Survey, units: Sequence[SurveyUnit], people: Sequence[Person], by: User, key: str
) -> StaffImport:
    """Keeps a checked list for the worker; nobody is added yet. The same `key` brings it once."""
    survey = lock_survey(survey.pk)  # the second of two presses waits here for the first
    earlier = StaffImport.objects.filter(survey=survey, key=key).first()
    if earlier is not None:
        return earlier
    return keep_list(survey=survey, units=units, people=people, by=by, key=key)


@transaction.atomic
def keep_list(
    *, survey: Survey, units: Sequence[SurveyUnit], people: Sequence[Person], by: User, key: str
) -> StaffImport:
    """The same of a survey that nobody else knows yet."""
    brought = StaffImport.objects.create(
        survey=survey,
        key=key,
        units=[unit.pk for unit in units],
        people=zlib.compress(json.dumps([asdict(one) for one in people]).encode()),
        number=len(people),
        asked_by=by,
        asked_at=timezone.now(),
    )
    record(
        action="staff list brought",
        on=brought,
        organisation=survey.organisation,
        by=by,
        survey=survey.pk,
        number=len(people),
    )
    ask_soon(ADD, brought.pk)
    return brought


def add_brought(*, import_id: int) -> None:
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
    brought = waiting.select_for_update(of=("self",)).select_related("asked_by").first()
    if brought is None:
        return
    units = list(survey.survey_units.filter(pk__in=brought.units))
    plan = add_staff(
        survey=survey,
        units=units,
        people=_people(brought, units),
        by=brought.asked_by,
        done=partial(import_progress.say, import_id),
    )
    brought.state, brought.people, brought.finished_at = _State.DONE, b"", timezone.now()
    brought.added, brought.known = len(plan.people), len(plan.known)
    brought.declined, brought.taken_off = len(plan.declined), len(plan.taken_off)
    brought.save()


def _people(brought: StaffImport, units: Sequence[SurveyUnit]) -> list[Person]:
    rows = json.loads(zlib.decompress(bytes(brought.people)))
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
        _give_up(key, "It could not be added within a day. Please bring the list again.")
    with transaction.atomic():
        for key in _keys(waiting.filter(asked_at__lt=now - ASK_AGAIN_AFTER)):
            ask_soon(ADD, key)
    StaffImport.objects.filter(finished_at__lt=now - KEPT_FOR).delete()


def _keys(imports: QuerySet[StaffImport]) -> list[int]:
    return list(imports.values_list("pk", flat=True))
