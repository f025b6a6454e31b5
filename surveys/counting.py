"""Tasks of the counting queue. Only its worker is given the key folder."""

import logging
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.db import DatabaseError

from surveys.actions import keys, life
from surveys.actions.count import CountFailed, count_survey_unit
from surveys.actions.failure import report_failure, withdraw_failure
from surveys.key_folder import KeyLost
from surveys.models import Survey, SurveyUnit
from surveys.queries import due

log = logging.getLogger(__name__)


@shared_task(name="surveys.counting.prepare_survey")
def prepare_survey(survey_id: int) -> None:
    """Makes a launched survey's key, then opens it if its time has come."""
    for survey in due.to_prepare().filter(pk=survey_id):
        if _loudly(survey, partial(keys.prepare_survey, survey=survey)):
            life.open_survey(survey=survey)


@shared_task(name="surveys.counting.count_survey_unit")
def count_unit(survey_unit_id: int) -> None:
    """Counts one closed unit, then destroys the key if nobody needs it any more."""
    for unit in due.to_count().filter(pk=survey_unit_id):
        _count(unit)


@shared_task(name="surveys.counting.destroy_key")
def destroy_key(survey_id: int) -> None:
    """Destroys a cancelled or counted survey's key, if it may go."""
    for survey in due.with_key_to_destroy().filter(pk=survey_id):
        _loudly(survey, partial(keys.destroy_key, survey=survey))


@shared_task(name="surveys.counting.sweep")
def sweep() -> None:
    """All that waits for a key: preparing, counting, destroying; and whether each key is there."""
    for survey in due.to_prepare():
        prepare_survey(survey.pk)
    for unit in due.to_count():
        _count(unit)
    for survey in due.with_key_in_use():
        _look_after_key(survey)
    for survey in due.with_key_to_destroy():
        destroy_key(survey.pk)


def _count(unit: SurveyUnit) -> None:
    if _loudly(unit.survey, partial(_open_and_count, unit)):
        destroy_key(unit.survey_id)


def _open_and_count(unit: SurveyUnit) -> None:
    private_key = keys.private_key_of(survey=unit.survey)
    count_survey_unit(survey_unit=unit, private_key=private_key)


def _look_after_key(survey: Survey) -> None:
    """A key lost before opening is made anew; lost later, people hear of it while staff answer."""
    if survey.state != Survey.State.SCHEDULED:
        _loudly(survey, partial(keys.private_key_of, survey=survey))
        return
    try:
        keys.private_key_of(survey=survey)
    except KeyLost:
        if keys.prepare_again(survey=survey):
            prepare_survey(survey.pk)


def _loudly(survey: Survey, act: Callable[[], object]) -> bool:
    """True if it went well. One survey's fault is reported and never stops the others."""
    try:
        act()
    except (KeyLost, CountFailed) as failure:
        report_failure(survey=survey, reason=f"Answers cannot be counted: {failure}.")
    except DatabaseError:
        raise
    except Exception as fault:
        log.exception("Survey %s", survey.pk)
        report_failure(survey=survey, reason=f"Answers cannot be counted: {type(fault).__name__}.")
    else:
        if not due.to_count().filter(survey=survey).exists():
            withdraw_failure(survey=survey)
        return True
    return False
