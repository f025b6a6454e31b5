"""Tasks of the counting queue. Only its worker is given the key folder."""

import logging
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.db import DatabaseError

from fieldwork.actions import life
from fieldwork.actions.failure import report_failure, withdraw_failure
from fieldwork.queries import due
from organisations.actions.deployment import tick
from organisations.actions.heartbeat import give_sign
from organisations.models import Heartbeat
from organisations.queries.deployment import may_act
from responses.actions import keys
from responses.actions.count import CountFailed, count_survey_unit
from responses.carriers.key_folder import KeyLost
from surveys.models import Survey, SurveyUnit

log = logging.getLogger(__name__)


@shared_task(name="fieldwork.counting.prepare_survey")
def prepare_survey(survey_id: int) -> None:
    """Makes a launched survey's key, then opens it if its time has come."""
    if not may_act():
        return
    for survey in due.to_prepare().filter(pk=survey_id):
        if log_and_raise(survey, partial(keys.prepare_survey, survey=survey)):
            life.open_survey(survey=survey)


@shared_task(name="fieldwork.counting.count_survey_unit")
def count_unit(survey_unit_id: int) -> None:
    """Counts one closed unit, then destroys the key if nobody needs it any more."""
    if not may_act():
        return
    for unit in due.to_count().filter(pk=survey_unit_id):
        _count(unit)


@shared_task(name="fieldwork.counting.destroy_key")
def destroy_key(survey_id: int) -> None:
    """Destroys a cancelled or counted survey's key, if it may go."""
    if not may_act():
        return
    for survey in due.with_key_to_destroy().filter(pk=survey_id):
        log_and_raise(survey, partial(keys.destroy_key, survey=survey))


@shared_task(name="fieldwork.counting.sweep")
def sweep() -> None:
    """All that waits for a key: preparing, counting, destroying; and whether each key is there."""
    give_sign(Heartbeat.Process.COUNTING, problem=keys.folder_problem())
    if not tick(keys.folders()):
        return
    for survey in due.to_prepare():
        prepare_survey(survey.pk)
    for unit in due.to_count():
        _count(unit)
    for survey in due.with_key_in_use():
        _look_after_key(survey)
    for survey in due.with_key_to_destroy():
        destroy_key(survey.pk)


def _count(unit: SurveyUnit) -> None:
    if log_and_raise(unit.survey, partial(_open_and_count, unit)):
        destroy_key(unit.survey_id)


def _open_and_count(unit: SurveyUnit) -> None:
    private_key = keys.private_key_of(survey=unit.survey)
    count_survey_unit(survey_unit=unit, private_key=private_key)


def _look_after_key(survey: Survey) -> None:
    """A key lost before opening is made anew; lost later, people hear of it while staff answer."""
    if survey.state != Survey.State.SCHEDULED:
        log_and_raise(survey, partial(keys.private_key_of, survey=survey))
        return
    try:
        keys.private_key_of(survey=survey)
    except KeyLost:
        if keys.prepare_again(survey=survey):
            prepare_survey(survey.pk)


def log_and_raise(survey: Survey, act: Callable[[], object]) -> bool:
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
