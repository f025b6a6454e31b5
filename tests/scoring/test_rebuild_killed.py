"""A worker gets SIGKILL in the middle of a recount: nothing is half done, and all is in the end."""

import uuid

import pytest
from celery import current_app
from django.utils import timezone

from responses.models.response import Response
from scoring.actions.aggregate import rebuild_aggregates
from scoring.actions.recount import ask_recount
from scoring.models import Aggregate, Recount
from scoring.queries.recount import AT_ONCE, aggregate_differences
from surveys.models import Survey, SurveyUnit
from tests import servers
from tests.factories import SurveyFactory, UnitFactory

pytestmark = pytest.mark.worker

UNITS = 8 * AT_ONCE
WRONG, ONCE = 99, 98


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
    rebuild_aggregates([unit.pk for unit in units])
    SurveyUnit.objects.update(published_at=timezone.now())
    assert aggregate_differences(survey=survey) == []
    Aggregate.objects.update(respondents=WRONG)
    return survey


def right() -> int:
    return Aggregate.objects.exclude(respondents=WRONG).count()


def test_a_worker_killed_midway_is_followed_by_another_that_counts_the_rest_only(
    worker: servers.Server,
) -> None:
    survey = counted_survey()
    ask_recount(of=survey.organisation, by=None)
    servers.wait_until(lambda: right() > 0, what="the recount has begun")
    worker.kill()
    done = list(Aggregate.objects.exclude(respondents=WRONG).values_list("pk", flat=True))
    assert 0 < len(done) < UNITS, "it was killed midway"
    assert len(done) % AT_ONCE == 0, "a part is done whole or not at all"
    assert Recount.objects.count() == (UNITS - len(done)) // AT_ONCE
    Aggregate.objects.filter(pk__in=done).update(respondents=ONCE)
    worker.start()
    # As beat asks every 15 seconds; the first message itself comes again only after ten minutes.
    current_app.send_task("scoring.sweep")
    servers.wait_until(lambda: right() == UNITS, what="the rest is counted")
    assert Aggregate.objects.filter(respondents=ONCE).count() == len(done), "and nothing twice"
    Aggregate.objects.filter(pk__in=done).update(respondents=7)
    assert aggregate_differences(survey=survey) == []
    assert not Recount.objects.exists()
