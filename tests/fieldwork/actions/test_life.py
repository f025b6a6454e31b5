"""Opening, publishing and cancelling."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from fieldwork import counting, tasks
from fieldwork.actions.life import cancel_survey, open_survey, publish_survey_unit
from fieldwork.presenters.cancelling import what_cancelling_did, what_cancelling_does
from organisations.models import AuditEntry, Role
from responses.carriers import key_folder
from responses.models import Envelope, Tally
from responses.queries.answer_page import LinkStatus
from surveys.actions.locks import NotPossible
from surveys.models import Contact, Invitation, Message, NamedResponse, Survey, SurveyUnit
from tests.factories import (
    MembershipFactory,
    SurveyFactory,
    SurveyUnitFactory,
    UnitFactory,
    UserFactory,
)
from tests.responses.ballots import answer, invite, open_unit, page_of_link

pytestmark = pytest.mark.django_db


def scheduled(**fields: object) -> SurveyUnit:
    survey = SurveyFactory.create(state=Survey.State.SCHEDULED, public_key=b"k" * 32, **fields)
    unit = SurveyUnitFactory.create(survey=survey, state=SurveyUnit.State.NOT_OPEN)
    Tally.objects.all().delete()
    return unit


def test_opening_freezes_the_unit_and_lets_sheets_in() -> None:
    unit = scheduled()
    unit.unit.name = "Ward 7, renamed since the launch"
    unit.unit.save()
    assert open_survey(survey=unit.survey)
    assert not open_survey(survey=unit.survey), "once is enough"
    unit.refresh_from_db()
    assert unit.state == SurveyUnit.State.OPEN
    assert unit.unit_name == "Ward 7, renamed since the launch"
    assert set(Tally.objects.values_list("channel", "open", "count")) == {
        ("email", True, 0),
        ("sms", True, 0),
        ("qr", True, 0),
        ("slip", True, 0),
    }
    assert AuditEntry.objects.filter(action="survey opened").count() == 1


@pytest.mark.parametrize("state", ["draft", "preparing", "open", "closed", "cancelled"])
def test_only_a_scheduled_survey_opens(state: str) -> None:
    unit = scheduled()
    Survey.objects.update(state=state)
    assert not open_survey(survey=unit.survey)
    assert Survey.objects.get().state == state


def test_nothing_opens_before_its_time_and_the_sweep_opens_what_is_late() -> None:
    now = timezone.now()
    scheduled(opens_at=now + timedelta(minutes=1))
    late = scheduled(opens_at=now - timedelta(hours=9))
    tasks.sweep()
    assert Survey.objects.get(state=Survey.State.OPEN) == late.survey


def test_managers_above_leads_and_the_launcher_hear_of_it_and_nobody_else() -> None:
    unit = scheduled()
    organisation = unit.survey.organisation
    division = UnitFactory.create(organisation=organisation)
    unit.unit.parent = division
    unit.unit.path = f"{division.path}{unit.unit_id}/"
    unit.unit.save()
    elsewhere = UnitFactory.create(organisation=organisation)
    above = MembershipFactory.create(organisation=organisation, unit=division).user
    lead = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    launcher = unit.survey.launched_by
    MembershipFactory.create(organisation=organisation, user=launcher, role=Role.ADMINISTRATOR)
    MembershipFactory.create(organisation=organisation, unit=elsewhere)
    MembershipFactory.create(organisation=organisation, role=Role.REVIEWER)
    MembershipFactory.create(organisation=organisation, is_active=False)
    MembershipFactory.create()
    open_survey(survey=unit.survey)
    for step in (Message.Step.OPENED, Message.Step.CLOSES_TOMORROW):
        told = Message.objects.filter(step=step).values_list("user", flat=True)
        assert sorted(told) == sorted([above.pk, lead.pk, launcher.pk])
    due = Message.objects.filter(step=Message.Step.CLOSES_TOMORROW).values_list("due_at", flat=True)
    assert set(due) == {unit.survey.closes_at - timedelta(days=1)}


def test_a_result_is_published_once_and_not_before_its_time() -> None:
    unit = open_unit(state="counted")
    MembershipFactory.create(organisation=unit.survey.organisation, unit=unit.unit)
    unit.survey.result_at = timezone.now() + timedelta(hours=1)
    unit.survey.save()
    with pytest.raises(NotPossible):
        publish_survey_unit(survey_unit=unit)
    Survey.objects.update(result_at=timezone.now())
    assert publish_survey_unit(survey_unit=unit)
    assert not publish_survey_unit(survey_unit=unit)
    unit.refresh_from_db()
    assert unit.published_at is not None
    assert Survey.objects.get().state == Survey.State.PUBLISHED
    assert Message.objects.get(step=Message.Step.RESULT_READY).survey_unit == unit


def test_an_open_unit_has_nothing_to_publish() -> None:
    with pytest.raises(NotPossible):
        publish_survey_unit(survey_unit=open_unit())


def test_a_survey_is_published_when_its_last_unit_is() -> None:
    one = open_unit(state="counted")
    other = open_unit(survey=one.survey, state="too_few")
    publish_survey_unit(survey_unit=one)
    assert Survey.objects.get().state == Survey.State.COUNTED
    publish_survey_unit(survey_unit=other)
    assert Survey.objects.get().state == Survey.State.PUBLISHED


def test_cancelling_deletes_answers_addresses_and_the_key_and_keeps_the_row() -> None:
    unit = open_unit()
    link = invite(unit)
    invitation = Invitation.objects.get()
    invitation.contact = Contact.objects.create(survey_unit=unit, email="nurse@ward.example")
    invitation.used = True
    invitation.save()
    Message.objects.create(
        survey=unit.survey, invitation=invitation, step="reminder_1", due_at=timezone.now()
    )
    NamedResponse.objects.create(
        survey_unit=unit, kind="leaders", name="Matron", email="m@x.example", answers="3" * 45
    )
    answer(unit, times=9)
    by = UserFactory.create()
    for _ in range(2):
        cancel_survey(survey=unit.survey, by=by)
    counting.sweep()
    survey = Survey.objects.get()
    assert survey.state == Survey.State.CANCELLED
    assert survey.key_destroyed
    key = key_folder.file_of(
        Path(settings.KEYS_DIR), survey_id=survey.pk, public_key=bytes(survey.public_key or b"")
    )
    assert not key.exists()
    assert not Envelope.objects.exists()
    assert not Contact.objects.exists()
    assert not Invitation.objects.get().used
    assert set(Tally.objects.values_list("count", "open")) == {(0, False)}
    assert (NamedResponse.objects.get().answers, NamedResponse.objects.get().email) == ("", "")
    assert Message.objects.get(step="reminder_1").state == Message.State.DROPPED
    assert page_of_link(link).standing() is LinkStatus.CANCELLED
    entry = AuditEntry.objects.get(action="survey cancelled")
    assert entry.actor == by


@pytest.mark.parametrize("state", ["counted", "published"])
def test_what_is_counted_cannot_be_cancelled(state: str) -> None:
    unit = open_unit(state="counted")
    Survey.objects.update(state=state)
    with pytest.raises(NotPossible):
        cancel_survey(survey=unit.survey, by=UserFactory.create())
    assert Survey.objects.get().state == state


def test_cancelling_spares_units_that_were_counted_before() -> None:
    done = open_unit(state="counted")
    running = open_unit(survey=done.survey)
    cancel_survey(survey=done.survey, by=UserFactory.create())
    states = dict(SurveyUnit.objects.values_list("pk", "state"))
    assert states == {done.pk: "counted", running.pk: "cancelled"}
    assert Survey.objects.get().state == Survey.State.COUNTED


@pytest.mark.parametrize(
    ("counted", "does", "did"),
    [
        (0, "We’ll permanently delete all answers, email addresses, mobile numbers", "its answers"),
        (1, "1 unit is counted already and keeps its result. The answers and", "not counted"),
        (2, "2 units are counted already and keep their results. The answers and", "not counted"),
    ],
)
def test_cancelling_says_which_results_stay(counted: int, does: str, did: str) -> None:
    units = [open_unit()]
    units += [open_unit(survey=units[0].survey, state="counted") for _ in range(counted)]
    assert what_cancelling_does(units).startswith(does)
    assert did in what_cancelling_did(units)
