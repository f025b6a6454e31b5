"""From the count to the snapshot: released once, at its time, never changed."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from fieldwork import counting
from fieldwork.actions.closing import close_survey_unit
from instruments.actions.load_instrument import load_instrument
from instruments.models import ItemWording
from scoring import tasks
from scoring.actions.publish import publish_result
from scoring.models import Aggregate, Snapshot
from scoring.rules.payload import reason_sentence
from surveys.actions.locks import NotPossible
from surveys.models import Contact, Invitation, Message, NamedResponse, Survey, SurveyUnit
from tests.factories import MembershipFactory, SurveyFactory
from tests.instruments.shipped import shipped_ffit
from tests.responses.ballots import answer, open_unit

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


@pytest.mark.parametrize(("sheets", "step", "answered"), [(14, "result", 14), (6, "too_few", None)])
def test_the_staff_list_hears_of_it_at_the_same_moment(
    sheets: int, step: str, answered: int | None
) -> None:
    unit = open_unit(extended=True)
    for number in range(3):
        contact = Contact.objects.create(survey_unit=unit, email=f"{number}@ward.example")
        Invitation.objects.create(
            survey_unit=unit, contact=contact, channel="email", used=number == 0
        )
    answer(unit, times=sheets)
    close(unit)
    counting.sweep()
    for _ in range(2):
        tasks.sweep()
    assert (
        list(Message.objects.filter(invitation__isnull=False).values_list("step", flat=True))
        == [step] * 3
    )
    assert SurveyUnit.objects.get().answered == answered


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
        NamedResponse.objects.create(survey_unit=unit, kind="leaders", name=name, answers=answers)
    answer(unit, times=12)
    close(unit)
    counting.sweep()
    tasks.sweep()
    payload = Snapshot.objects.get().payload
    assert payload["answered"] == 12
    assert payload["sections"][0]["mean"] == 3.0
    leaders = payload["leaders"]
    assert leaders is not None
    assert leaders["n"] == 2
    assert leaders["sections"]["ENV"]["dots"] == [4.0, 5.0]
    same = leaders["same_wording"]
    assert len(same) == 25, "the other twenty are worded for staff"
    assert leaders["in_plainer_words"] == {}
    assert len(leaders["worded_differently"]) == 20
    assert "Matron" not in json.dumps(payload)


def test_leaders_who_agreed_one_form_are_one_mark() -> None:
    unit = open_unit(leaders_together=True)
    for name in ("Matron", "Consultant", "Sister"):
        NamedResponse.objects.create(
            survey_unit=unit, kind="leaders", name=name, answers="4" * 44 + "2"
        )
    answer(unit, times=12)
    close(unit)
    counting.sweep()
    tasks.sweep()
    leaders = Snapshot.objects.get().payload["leaders"]
    assert leaders is not None
    assert (leaders["n"], leaders["together"]) == (1, True)
    assert leaders["sections"]["ENV"] == {"dots": [4.0], "mean": None}
    assert leaders["items"]["CTX05"] == {"dots": [2.0], "mean": None}


def test_edition_2_says_which_statements_ask_the_leaders_the_same() -> None:
    version, _ = load_instrument(text=shipped_ffit())
    second = version.editions.get(code="front-line-2")
    unit = open_unit(survey=SurveyFactory.create(version=version, ward_edition=second))
    NamedResponse.objects.create(survey_unit=unit, kind="leaders", name="Matron", answers="5" * 45)
    answer(unit, times=12)
    close(unit)
    counting.sweep()
    tasks.sweep()
    leaders = Snapshot.objects.get().payload["leaders"]
    assert leaders is not None
    assert leaders["same_wording"] == []
    assert len(leaders["in_plainer_words"]) == 34
    assert leaders["in_plainer_words"]["ENV02"] == "feel able to challenge suboptimal practice?"
    assert len(leaders["worded_differently"]) == 11
    assert not leaders["worded_differently"].keys() & leaders["in_plainer_words"].keys()
    asked = ItemWording.objects.get(
        item__code="PRB01",
        edition__version=version,
        edition__is_verbatim=True,
        language=version.language,
    )
    assert leaders["worded_differently"]["PRB01"] == asked.text


def test_a_joint_sheet_is_shown_as_it_was_agreed() -> None:
    unit = open_unit(mode="joint", headcount=6, minimum_group=1)
    NamedResponse.objects.create(
        survey_unit=unit, kind="joint", name=unit.unit_name, answers="2" * 44 + "-"
    )
    close(unit)
    tasks.sweep()
    payload = Snapshot.objects.get().payload
    assert (payload["tier"], payload["answered"]) == ("joint", 1)
    assert payload["sections"][0]["items"][0]["mean"] == 2.0


def test_a_joint_form_that_was_not_sent_says_so_and_nothing_of_too_few() -> None:
    unit = open_unit(mode="joint", headcount=6, minimum_group=1)
    close(unit, times=2)
    tasks.sweep()
    payload = Snapshot.objects.get().payload
    assert (payload["tier"], payload["withheld"], payload["sections"]) == (
        "too_few",
        "not_sent",
        [],
    )
    said = reason_sentence("not_sent", k=payload["k"])
    assert said == "The survey closed before the team sent its joint form, so there is no result."


def test_a_released_snapshot_never_changes() -> None:
    counted_unit()
    tasks.sweep()
    snapshot = Snapshot.objects.get()
    snapshot.payload["sections"] = []
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
