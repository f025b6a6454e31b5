"""Closing at k and at k - 1, early, late, once extended."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fieldwork import tasks
from fieldwork.actions.closing import close_early, close_survey_unit, extend_once
from fieldwork.actions.enough import refresh_enough
from organisations.actions.people import erase_person
from organisations.words.dates import day
from responses.actions.submission import submit_named
from responses.models import Envelope, Tally
from responses.models.response import Response
from surveys import tasks as surveys_tasks
from surveys.actions.distribution import Leader, invite_leaders
from surveys.actions.erasure import erase_addresses, erase_names
from surveys.actions.locks import NotPossible
from surveys.actions.notices import plan_notice
from surveys.models import Contact, Invitation, Message, NamedResponse, Survey, SurveyUnit
from surveys.words.messages import letter_of
from tests.factories import MembershipFactory, UserFactory
from tests.responses.ballots import ALL_THREES, answer, invite, open_unit, page_of_code

pytestmark = pytest.mark.django_db


def fresh(unit: SurveyUnit) -> SurveyUnit:
    return SurveyUnit.objects.get(pk=unit.pk)


def make_due(unit: SurveyUnit) -> None:
    SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def test_with_k_answers_it_closes_and_waits_for_the_count() -> None:
    unit = open_unit()
    answer(unit, times=7)
    make_due(unit)
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.CLOSED
    assert close_survey_unit(survey_unit=unit) is None
    assert not Tally.objects.filter(open=True).exists()
    assert Envelope.objects.count() == 7
    assert Survey.objects.get().state == Survey.State.CLOSED


def test_one_short_of_k_it_is_extended_once_and_then_its_answers_are_destroyed_unopened() -> None:
    unit = open_unit()
    answer(unit, times=6)
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    first = fresh(unit).closes_at
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.OPEN
    extended = fresh(unit)
    assert extended.extended
    assert timedelta(days=6, hours=22) < extended.closes_at - first < timedelta(days=7, hours=2)
    assert Tally.objects.filter(open=True).exists()
    assert Envelope.objects.count() == 6
    make_due(unit)
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.TOO_FEW
    assert not Envelope.objects.exists()
    assert not Response.objects.exists()
    assert Survey.objects.get().state == Survey.State.COUNTED


def test_the_seventh_answer_in_the_extension_saves_the_six() -> None:
    unit = open_unit()
    answer(unit, times=6)
    make_due(unit)
    close_survey_unit(survey_unit=unit)
    answer(unit)
    make_due(unit)
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.CLOSED
    assert Envelope.objects.count() == 7


def test_tallies_of_all_channels_count_towards_k() -> None:
    unit = open_unit()
    answer(unit, times=6)
    Tally.objects.filter(channel="email").update(count=1)
    make_due(unit)
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.CLOSED


def test_a_unit_extended_by_hand_is_not_extended_again() -> None:
    unit = open_unit()
    by = UserFactory.create()
    closes_at = unit.closes_at
    extend_once(survey_unit=unit, by=by)
    assert fresh(unit).closes_at.astimezone(UTC).date() == (closes_at + timedelta(days=7)).date()
    with pytest.raises(NotPossible):
        extend_once(survey_unit=unit, by=by)
    make_due(unit)
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.TOO_FEW


def managed_unit(**fields: Any) -> SurveyUnit:
    """An open unit with a manager; the word of tomorrow's closing is planned."""
    unit = open_unit(**fields)
    MembershipFactory.create(organisation=unit.survey.organisation, unit=unit.unit)
    plan_notice(
        survey=unit.survey,
        step=Message.Step.CLOSES_TOMORROW,
        due_at=unit.closes_at - timedelta(days=1),
    )
    return unit


def planned_last_calls() -> list[tuple[int | None, datetime]]:
    waiting = Message.objects.filter(step=Message.Step.CLOSES_TOMORROW, state=Message.State.PLANNED)
    return list(waiting.order_by("due_at").values_list("survey_unit", "due_at"))


def test_extending_moves_the_word_of_tomorrows_closing() -> None:
    unit = managed_unit()
    extend_once(survey_unit=unit, by=UserFactory.create())
    later = fresh(unit).closes_at - timedelta(days=1)
    assert planned_last_calls() == [(unit.pk, later)]


def test_after_an_extension_by_the_clock_tomorrows_closing_is_said_once_more_with_its_day() -> None:
    unit = managed_unit()
    Message.objects.update(state=Message.State.SENT)
    make_due(unit)
    close_survey_unit(survey_unit=unit)
    extended = fresh(unit)
    assert planned_last_calls() == [(unit.pk, extended.closes_at - timedelta(days=1))]
    email = letter_of(Message.objects.get(survey_unit=unit))
    assert email is not None
    assert f"closes on {day(extended.closes_at)}" in email.body
    make_due(unit)
    close_survey_unit(survey_unit=unit)
    assert planned_last_calls() == []


def test_a_unit_that_keeps_its_day_still_hears_of_it_when_another_is_extended() -> None:
    unit = managed_unit()
    other = open_unit(survey=unit.survey)
    first = unit.closes_at - timedelta(days=1)
    extend_once(survey_unit=unit, by=UserFactory.create())
    later = fresh(unit).closes_at - timedelta(days=1)
    assert planned_last_calls() == [(None, first), (unit.pk, later)]
    make_due(other)
    close_survey_unit(survey_unit=other)
    assert (None, first) not in planned_last_calls()


def test_closing_early_needs_enough_as_the_page_says_it() -> None:
    unit = open_unit()
    answer(unit, times=7)
    with pytest.raises(NotPossible):
        close_early(survey_unit=unit, by=UserFactory.create())
    SurveyUnit.objects.update(enough=True)
    for _ in range(2):
        close_early(survey_unit=unit, by=UserFactory.create())
    assert fresh(unit).state == SurveyUnit.State.CLOSED
    assert fresh(unit).closes_at <= timezone.now()


def test_is_not_closed_so_early_that_its_staff_list_hears_too_late() -> None:
    unit = open_unit()
    answer(unit, times=7)
    contact = Contact.objects.create(survey_unit=unit, email="ann@ward.example")
    SurveyUnit.objects.update(enough=True)
    Survey.objects.update(result_at=timezone.now() + timedelta(days=21, minutes=1))
    with pytest.raises(NotPossible, match="no more than 21 days"):
        close_early(survey_unit=unit, by=UserFactory.create())
    contact.delete()
    close_early(survey_unit=unit, by=UserFactory.create())
    assert fresh(unit).state == SurveyUnit.State.CLOSED


def test_each_unit_closes_by_itself_and_the_survey_with_the_last() -> None:
    one = open_unit()
    other = open_unit(survey=one.survey)
    answer(one, times=7)
    make_due(one)
    tasks.sweep()
    assert fresh(one).state == SurveyUnit.State.CLOSED
    assert fresh(other).state == SurveyUnit.State.OPEN
    assert Survey.objects.get().state == Survey.State.OPEN


def test_after_closing_no_message_goes_to_staff() -> None:
    unit = open_unit()
    invite(unit)
    message = Message.objects.create(
        survey=unit.survey,
        invitation=Invitation.objects.get(),
        step=Message.Step.REMINDER_2,
        due_at=timezone.now() + timedelta(days=1),
    )
    answer(unit, times=7)
    make_due(unit)
    close_survey_unit(survey_unit=unit)
    message.refresh_from_db()
    assert message.state == Message.State.DROPPED


@pytest.mark.parametrize(("answers", "state"), [("3" * 45, "counted"), ("", "open")])
def test_a_joint_sheet_is_counted_as_it_stands(answers: str, state: str) -> None:
    unit = open_unit(mode="joint", headcount=5, minimum_group=1)
    NamedResponse.objects.create(survey_unit=unit, kind="joint", name="Ward 3", answers=answers)
    make_due(unit)
    close_survey_unit(survey_unit=unit)
    assert fresh(unit).state == state
    assert fresh(unit).extended is (state == "open")


def test_a_joint_survey_can_be_closed_once_its_sheet_is_sent() -> None:
    unit = open_unit(mode="joint", headcount=5, minimum_group=1)
    manager = UserFactory.create()
    with pytest.raises(NotPossible):
        close_early(survey_unit=unit, by=manager)
    submit_named(page=page_of_code(unit), answers="3" * 45)
    close_early(survey_unit=unit, by=manager)
    assert fresh(unit).state == SurveyUnit.State.COUNTED


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_enough_is_looked_at_once_a_day_at_seven_on_the_organisations_clock() -> None:
    unit = open_unit()
    answer(unit, times=7)
    SurveyUnit.objects.update(enough_on="2026-06-01")
    assert refresh_enough(now=at("2026-06-01T23:30+01:00")) == 0, "the day of opening"
    assert refresh_enough(now=at("2026-06-02T06:59+01:00")) == 0
    assert refresh_enough(now=at("2026-06-02T07:00+01:00")) == 1
    assert fresh(unit).enough
    assert refresh_enough(now=at("2026-06-02T18:00+01:00")) == 0


def test_six_of_seven_is_not_enough() -> None:
    unit = open_unit()
    answer(unit, times=6)
    SurveyUnit.objects.update(enough_on="2026-06-01")
    refresh_enough(now=at("2026-06-02T07:00+01:00"))
    assert not fresh(unit).enough


def test_addresses_go_thirty_days_after_closing() -> None:
    unit = open_unit(state="counted")
    Contact.objects.create(survey_unit=unit, email="nurse@ward.example")
    NamedResponse.objects.create(
        survey_unit=unit, kind="leaders", name="Matron", email="m@x.example"
    )
    later = unit.closes_at + timedelta(days=30)
    assert erase_addresses(now=later - timedelta(minutes=1)) == 0
    assert erase_addresses(now=later + timedelta(minutes=1)) == 1
    assert NamedResponse.objects.get().email == ""
    assert NamedResponse.objects.get().name == "Matron"


def test_one_fault_does_not_stop_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = open_unit(), open_unit()
    MembershipFactory.create(organisation=sound.survey.organisation)
    for unit in (broken, sound):
        answer(unit, times=7)
        make_due(unit)

    def fails_on_one(*, survey_unit: SurveyUnit) -> None:
        if survey_unit == broken:
            raise RuntimeError("broken")
        close_survey_unit(survey_unit=survey_unit)

    monkeypatch.setattr(tasks, "close_survey_unit", fails_on_one)
    tasks.sweep()
    assert fresh(broken).state == SurveyUnit.State.OPEN
    assert fresh(sound).state == SurveyUnit.State.CLOSED


@pytest.mark.parametrize("news_is_lost", [False, True])
def test_whoever_is_erased_has_no_name_on_a_leaders_sheet(
    django_capture_on_commit_callbacks: Any, news_is_lost: bool
) -> None:
    unit = open_unit()
    organisation = unit.survey.organisation
    user = MembershipFactory.create(organisation=organisation, user__name="Robin").user
    # Once as a member, on another unit by the pasted address.
    invite_leaders(survey_unit=unit, leaders=[Leader("Robin", user.email, user)])
    other = open_unit(survey=unit.survey)
    invite_leaders(survey_unit=other, leaders=[Leader("Robin P", user.email.upper())])
    NamedResponse.objects.update(answers=ALL_THREES)
    stays = Leader("Sam", "sam@merrowfield.example")
    invite_leaders(survey_unit=unit, leaders=[stays])
    with django_capture_on_commit_callbacks(execute=not news_is_lost):
        erase_person(organisation=organisation, user=user, by=None)
    if news_is_lost:
        assert NamedResponse.objects.filter(name__startswith="Robin").count() == 2
        surveys_tasks.sweep()
        assert erase_names() == 0
    kept = NamedResponse.objects.order_by("pk").values_list("name", "email", "answers")
    blank = ("Erased person", "", ALL_THREES)
    assert list(kept) == [blank, blank, (stays.name, stays.email, "")]
