"""Sums over a survey's units: released once all have ended, and anew after a correction."""

import pytest
from django.db import DatabaseError, transaction

from fieldwork import counting
from responses.models.response import Response
from scoring import tasks
from scoring.actions.sum_up import sum_up
from scoring.models import ParentSnapshot
from scoring.rules.payload import SnapshotPayload
from surveys.models import Survey, SurveyUnit
from tests.factories import SurveyFactory, UnitFactory
from tests.responses.ballots import answer, open_unit
from tests.scoring.actions.test_correct import ask
from tests.scoring.actions.test_publish import close

pytestmark = pytest.mark.django_db


def ended(*sheets: int) -> list[SurveyUnit]:
    """Wards of one survey, two to a division; so many answered in each. All have ended."""
    survey = SurveyFactory.create()
    units = []
    division = None
    for index, number in enumerate(sheets):
        if index % 2 == 0:
            name = f"Division {index // 2 + 1}"
            division = UnitFactory.create(organisation=survey.organisation, name=name)
        ward = UnitFactory.create(organisation=survey.organisation, parent=division)
        unit = open_unit(survey=survey, unit=ward)
        answer(unit, times=number)
        units.append(unit)
    for unit in units:
        close(unit, times=2)
    counting.sweep()
    return units


def sums() -> dict[str, SnapshotPayload]:
    """The latest payload of each parent."""
    return {one.name: one.payload for one in ParentSnapshot.objects.order_by("number")}


def test_a_division_is_the_sum_of_its_released_units_and_says_of_how_many() -> None:
    units = ended(9, 8, 12, 3)
    tasks.sweep()
    found = sums()
    name = units[0].survey.organisation.name
    assert found.keys() == {"Division 1", name}, "one released ward is no division of its own"
    assert (found["Division 1"]["answered"], found["Division 1"]["headcount"]) == (17, 44)
    assert found["Division 1"]["units"] == {"released": 2, "asked": 2}
    assert (found[name]["answered"], found[name]["units"]) == (29, {"released": 3, "asked": 4})


def test_it_waits_until_every_unit_has_ended() -> None:
    units = ended(9, 8)
    late = open_unit(survey=units[0].survey, unit__organisation=units[0].survey.organisation)
    Survey.objects.update(state=Survey.State.OPEN)
    tasks.sweep()
    assert not ParentSnapshot.objects.exists()
    close(late, times=2)
    counting.sweep()
    tasks.sweep()
    assert ParentSnapshot.objects.get().payload["units"] == {"released": 2, "asked": 2}


def test_it_is_released_once_however_often_the_tasks_run() -> None:
    units = ended(9, 8)
    for _ in range(2):
        tasks.sweep()
        tasks.sum_up_survey(units[0].survey_id)
    assert ParentSnapshot.objects.count() == 1
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        ParentSnapshot.objects.all().delete()


def test_one_unit_or_none_has_no_sum() -> None:
    ended(9, 3)
    tasks.sweep()
    assert not ParentSnapshot.objects.exists()


def test_a_corrected_unit_is_summed_up_again() -> None:
    units = ended(9, 8)
    tasks.sweep()
    ask(units[0], headcount=30)
    tasks.sweep()
    tasks.sweep()
    first, second = ParentSnapshot.objects.order_by("number")
    assert (first.payload["headcount"], second.payload["headcount"]) == (44, 52)
    assert first.payload["sections"] == second.payload["sections"]


def test_a_recount_that_differs_by_few_leaves_every_sum_as_it_was() -> None:
    units = ended(9, 8, 9, 8)
    tasks.sweep()
    before = sums()
    Response.objects.filter(
        pk=Response.objects.filter(survey_unit=units[0]).values("pk")[:1]
    ).delete()
    ask(units[0], headcount=None)
    tasks.sweep()
    assert sums() == before
    assert sum_up(survey=units[0].survey), "asked directly it sums up anew"
    assert sums() == before
    count = ParentSnapshot.objects.count()
    tasks.sweep()
    assert ParentSnapshot.objects.count() == count
