"""From the count to the snapshot: released once, at its time, never changed."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from scoring import tasks
from scoring.actions.publish import publish_result
from scoring.models import Aggregate, Snapshot
from surveys import counting
from surveys.actions.closing import close_survey_unit
from surveys.actions.turning import NotPossible
from surveys.models import Message, NamedSheet, Survey, SurveyUnit
from tests.factories import MembershipFactory
from tests.surveys.ballots import answer, open_unit

pytestmark = pytest.mark.django_db


def close(unit: SurveyUnit, *, times: int = 1) -> None:
    for _ in range(times):
        SurveyUnit.objects.filter(pk=unit.pk).update(
            closes_at=timezone.now() - timedelta(seconds=1)
        )
        close_survey_unit(survey_unit=unit)


def counted_unit(sheets: int = 14) -> SurveyUnit:
    unit = open_unit()
    MembershipFactory.create(organisation=unit.survey.organisation)
    answer(unit, times=sheets)
    close(unit)
    counting.sweep()
    return unit


def test_a_counted_unit_is_released_to_everybody_at_once() -> None:
    unit = counted_unit()
    tasks.sweep()
    snapshot = Snapshot.objects.get()
    assert snapshot.survey_unit == unit
    payload = snapshot.payload
    assert (payload["tier"], payload["answered"], payload["headcount"]) == ("figures", 14, 22)
    assert [section["mean"] for section in payload["sections"]] == [3.0] * 7
    assert payload["notice"].startswith("Please note that FFIT has not been validated")
    assert payload["edition"]["label"] == "adapted wording"
    assert Aggregate.objects.get().respondents == 14
    assert Survey.objects.get().state == Survey.State.PUBLISHED
    assert Message.objects.filter(step=Message.Step.RESULT_READY).count() == 1


def test_it_is_released_once_however_often_the_tasks_run() -> None:
    unit = counted_unit()
    for _ in range(2):
        tasks.score_survey_unit(unit.pk)
        tasks.sweep()
    assert publish_result(survey_unit=unit) is None
    assert Snapshot.objects.count() == 1
    assert Message.objects.filter(step=Message.Step.RESULT_READY).count() == 1


def test_nothing_is_released_before_its_time() -> None:
    unit = counted_unit()
    Survey.objects.update(result_at=timezone.now() + timedelta(hours=1))
    tasks.score_survey_unit(unit.pk)
    tasks.sweep()
    assert not Snapshot.objects.exists()
    assert Aggregate.objects.exists(), "counting may be done before"
    with pytest.raises(NotPossible):
        publish_result(survey_unit=unit)
    Survey.objects.update(result_at=timezone.now())
    tasks.sweep()
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(("sheets", "tier"), [(7, "small"), (6, "too_few")])
def test_a_unit_of_k_has_a_result_and_one_of_k_minus_one_has_none(sheets: int, tier: str) -> None:
    unit = open_unit()
    answer(unit, times=sheets)
    close(unit, times=2)
    counting.sweep()
    tasks.sweep()
    payload = Snapshot.objects.get().payload
    assert payload["tier"] == tier
    if tier == "too_few":
        assert payload["answered"] is None
        assert payload["sections"] == []
        assert not Aggregate.objects.exists()
        assert f'"{sheets}"' not in json.dumps(payload)
    else:
        assert payload["answered"] == 7


def test_leaders_stand_beside_the_ward_and_never_within() -> None:
    unit = open_unit()
    for name, answers in (("Matron", "5" * 45), ("Consultant", "4" * 45), ("Not sent", "")):
        NamedSheet.objects.create(survey_unit=unit, kind="leaders", name=name, answers=answers)
    answer(unit, times=12)
    close(unit)
    counting.sweep()
    tasks.sweep()
    payload = Snapshot.objects.get().payload
    assert payload["answered"] == 12
    assert payload["sections"][0]["mean"] == 3.0
    assert payload["leaders"]["n"] == 2
    assert payload["leaders"]["sections"]["ENV"]["dots"] == [4.0, 5.0]
    same = payload["leaders"]["same_wording"]
    assert len(same) == 25, "the other twenty are worded for staff"
    assert "Matron" not in json.dumps(payload)


def test_a_joint_sheet_is_shown_as_it_was_agreed() -> None:
    unit = open_unit(way="joint", headcount=6, minimum_group=1)
    NamedSheet.objects.create(
        survey_unit=unit, kind="joint", name=unit.unit_name, answers="2" * 44 + "-"
    )
    close(unit)
    tasks.sweep()
    payload = Snapshot.objects.get().payload
    assert (payload["tier"], payload["answered"]) == ("joint", 1)
    assert payload["sections"][0]["items"][0]["mean"] == 2.0


def test_a_released_snapshot_never_changes() -> None:
    counted_unit()
    tasks.sweep()
    snapshot = Snapshot.objects.get()
    snapshot.payload = {}
    for change in (snapshot.save, snapshot.delete, Snapshot.objects.all().delete):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_units_are_released_each_at_its_own_end() -> None:
    early = open_unit()
    late = open_unit(survey=early.survey)
    answer(early, times=8)
    close(early)
    counting.sweep()
    tasks.sweep()
    assert [one.survey_unit for one in Snapshot.objects.all()] == [early]
    assert Survey.objects.get().state == Survey.State.OPEN
    answer(late, times=8)
    close(late)
    counting.sweep()
    tasks.sweep()
    assert Snapshot.objects.count() == 2
    assert Survey.objects.get().state == Survey.State.PUBLISHED


def test_a_fault_in_one_unit_does_not_hold_up_another(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = counted_unit(), counted_unit()

    def fails_on_one(*, survey_unit: SurveyUnit) -> None:
        if survey_unit == broken:
            raise RuntimeError("broken")
        publish_result(survey_unit=survey_unit)

    monkeypatch.setattr(tasks, "publish_result", fails_on_one)
    tasks.sweep()
    assert [one.survey_unit for one in Snapshot.objects.all()] == [sound]
