"""A worker gets SIGKILL in the middle of a recount: nothing is half done, and all is in the end."""

import os
import signal
import uuid
from pathlib import Path

import pytest
from celery import current_app

from scoring.actions.aggregate import rebuild_survey
from scoring.models import Aggregate
from scoring.queries.recount import AT_ONCE, aggregate_differences
from surveys.models import Response, Survey, SurveyUnit
from tests import servers
from tests.factories import SurveyFactory, UnitFactory

pytestmark = pytest.mark.worker

UNITS = 8 * AT_ONCE
WRONG = 99


def counted_survey() -> Survey:
    """A counted survey of many units of seven, each with a wrong aggregate."""
    survey = SurveyFactory.create(state=Survey.State.COUNTED)
    ward = UnitFactory.create(organisation=survey.organisation)
    wards = type(ward).objects.bulk_create(
        type(ward)(
            organisation=ward.organisation, name=f"Ward {n}", path="/", valid_from=ward.valid_from
        )
        for n in range(UNITS)
    )
    units = SurveyUnit.objects.bulk_create(
        SurveyUnit(
            survey=survey, unit=each, state=SurveyUnit.State.COUNTED, unit_name=each.name,
            unit_path=each.path, headcount=22, minimum_group=7, closes_at=survey.closes_at,
            answer_code=f"K{each.pk}", ward_page_code=f"killed-{each.pk}",
        )
        for each in wards
    )  # fmt: skip
    Response.objects.bulk_create(
        Response(key=uuid.uuid4(), survey_unit=unit, answers=str((unit.pk + sheet) % 6) * 45)
        for unit in units
        for sheet in range(7)
    )
    rebuild_survey(survey=survey)
    assert aggregate_differences(survey=survey) == []
    Aggregate.objects.update(respondents=WRONG)
    return survey


def children_of(process: int) -> list[int]:
    """The worker's own processes, which do the tasks."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(pid) for pid in listed.split()]


def right() -> int:
    return Aggregate.objects.exclude(respondents=WRONG).count()


def test_a_recount_killed_midway_is_done_by_slices_and_ends_by_itself(
    worker: servers.Server,
) -> None:
    survey = counted_survey()
    assert worker.process is not None
    current_app.send_task("scoring.rebuild_organisation", (survey.organisation_id,))
    servers.wait_until(lambda: right() > 0, what="the recount has begun")
    for pid in children_of(worker.process.pid):
        os.kill(pid, signal.SIGKILL)
    done = right()
    assert 0 < done < UNITS, "it was killed midway"
    assert done % AT_ONCE == 0, "a slice is done whole or not at all"
    servers.wait_until(lambda: right() == UNITS, what="the task was taken up again")
    assert aggregate_differences(survey=survey) == []
