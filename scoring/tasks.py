"""Scoring what was counted and releasing what is due. Each task is safe to run twice."""

import logging
import time
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.utils import timezone

from scoring.actions import aggregate
from scoring.actions.correct import correct_result as make_correction
from scoring.actions.publish import publish_result
from scoring.actions.recount import recount_next
from scoring.actions.sum_up import sum_up
from scoring.queries import due
from surveys.models import SurveyUnit

log = logging.getLogger(__name__)

SWEEP_RECOUNTS_FOR = 10.0


@shared_task(name="scoring.sweep")
def sweep() -> None:
    """Aggregates that are missing, results and sums that are due, corrections, recounts."""
    for unit in due.to_aggregate():
        _apart(partial(aggregate.rebuild_aggregate, survey_unit=unit))
    for unit in due.to_publish(timezone.now()):
        _apart(partial(publish_result, survey_unit=unit))
    for correction in due.to_correct():
        _apart(partial(make_correction, correction=correction))
    for survey in due.to_sum_up():
        _apart(partial(sum_up, survey=survey))
    _apart(_go_on_recounting)


@shared_task(name="scoring.score_survey_unit")
def score_survey_unit(survey_unit_id: int) -> None:
    """Builds one unit's aggregate and releases its result if that is due."""
    for unit in SurveyUnit.objects.filter(pk=survey_unit_id):
        aggregate.rebuild_aggregate(survey_unit=unit)
    for unit in due.to_publish(timezone.now()).filter(pk=survey_unit_id):
        publish_result(survey_unit=unit)
        sum_up_survey(unit.survey_id)


@shared_task(name="scoring.correct_result")
def correct_result(snapshot_id: int) -> None:
    """Makes the correction that was asked for of one snapshot."""
    for correction in due.to_correct().filter(snapshot=snapshot_id):
        make_correction(correction=correction)


@shared_task(name="scoring.sum_up_survey")
def sum_up_survey(survey_id: int) -> None:
    """Sums up one survey's units under each unit above them, if that is due."""
    for survey in due.to_sum_up().filter(pk=survey_id):
        sum_up(survey=survey)


@shared_task(name="scoring.recount")
def recount() -> None:
    """Counts anew what was asked for, part by part, until nothing is left that nobody holds."""
    while recount_next():
        pass


def when_counted(survey_unit_id: int, **kwargs: object) -> None:
    """Hears that a unit has reached its end. If the word is lost, the sweep finds the unit."""
    score_survey_unit.apply_async((survey_unit_id,), retry=False)


def _go_on_recounting() -> None:
    """What a lost message or a killed worker left, for some seconds: a sweep is for all."""
    ends = time.monotonic() + SWEEP_RECOUNTS_FOR
    while time.monotonic() < ends and recount_next():
        pass


def _apart(act: Callable[[], object]) -> None:
    """One fault is logged and never stops the rest of the sweep."""
    try:
        act()
    except Exception:
        log.exception("A part of the sweep failed; the next one tries again")
