"""The whole way with a real worker: only the first word is given, each step asks for the next."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from responses.models.response import Response
from scoring.models import Snapshot
from surveys.actions.staff_import import ADD
from surveys.models import Survey, SurveyUnit
from tests import servers
from tests.factories import SurveyFactory, SurveyUnitFactory
from tests.responses.ballots import answer


def test_every_task_that_beat_or_an_action_names_exists() -> None:
    current_app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    named |= {
        "fieldwork.counting.prepare_survey",
        "fieldwork.counting.count_survey_unit",
        "fieldwork.counting.destroy_key",
        "scoring.score_survey_unit",
        "scoring.correct_result",
        "scoring.sum_up_survey",
        "scoring.recount",
        ADD,
    }
    assert named <= set(current_app.tasks)


@pytest.mark.worker
@pytest.mark.usefixtures("worker")
def test_from_launch_to_result_without_waiting_for_a_sweep() -> None:
    survey = SurveyFactory.create(state=Survey.State.PREPARING)
    unit = SurveyUnitFactory.create(survey=survey, state=SurveyUnit.State.NOT_OPEN)
    current_app.send_task("fieldwork.counting.prepare_survey", (survey.pk,))
    servers.wait_until(
        lambda: Survey.objects.get().state == Survey.State.OPEN, what="the survey is open"
    )
    answer(unit, times=8)
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    current_app.send_task("fieldwork.sweep")
    servers.wait_until(Snapshot.objects.exists, what="a result is released")
    survey.refresh_from_db()
    assert survey.state == Survey.State.PUBLISHED
    servers.wait_until(lambda: Survey.objects.get().key_destroyed, what="the key is destroyed")
    assert Response.objects.count() == Snapshot.objects.get().payload["answered"] == 8
