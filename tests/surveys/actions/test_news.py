"""After the close everybody on the staff list hears the same, answered or not: twice at most.

Over 300 lines: each message with who gets it and who does not.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from initiatives.actions.status import change_status
from initiatives.models import Commitment, Decision, Initiative
from organisations.models import AuditEntry
from surveys.actions import outbox_leases, sending
from surveys.actions.erasure import KEPT_FOR, end_links, erase_addresses
from surveys.actions.news import (
    repair_stops,
    tell_decided,
    tell_result,
    withdraw_decided,
)
from surveys.actions.opt_out import opt_out
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, Survey, SurveyUnit
from surveys.models.distribution import NEWS
from tests.factories import PriorityFactory
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db

ANN, BEN, NIGHT = "ann@ward.example", "ben@ward.example", "night@ward.example"
STEP, STATE = Message.Step, Message.State


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def unit(trust: Trust, mailoutbox: list[Any]) -> SurveyUnit:
    """A counted unit that has just closed; Ann has answered, Ben has not."""
    staff = [Address(ANN), Address(BEN), Address(NIGHT, works_nights=True)]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    Message.objects.all().delete()
    Invitation.objects.filter(contact__email=ANN).update(used=True)
    closed = timezone.now() - timedelta(minutes=5)
    SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED, closes_at=closed, published_at=closed)
    Survey.objects.update(state=Survey.State.PUBLISHED)
    return only_unit(survey)


def planned(*steps: str) -> set[tuple[str, str]]:
    found = Message.objects.filter(step__in=steps or NEWS)
    return set(found.values_list("invitation__contact__email", "step"))


def all_are_due() -> None:
    """Staff who work nights are in their hours too."""
    Contact.objects.update(works_nights=False)
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))


def sent() -> list[tuple[str, str]]:
    all_are_due()
    mail.outbox.clear()
    send_due_messages()
    return sorted((one.to[0], str(one.subject)) for one in mail.outbox)


def decided(unit: SurveyUnit, trust: Trust, **fields: Any) -> Decision:
    return Decision.objects.create(
        initiative=unit.survey.initiative,
        unit=unit.unit,
        result=unit.pk,
        decided_by=trust.manager,
        **{"choice": "strengthen", "reason": "Nights are short of staff.", **fields},
    )


def stop(unit: SurveyUnit, trust: Trust) -> None:
    change_status(
        initiative=unit.survey.initiative,
        units=[unit.unit],
        to=Initiative.State.STOPPED,
        why="No money for it.",
        by=trust.lead,
    )
    repair_stops()


class TestTheResult:
    def test_goes_to_answered_and_not_answered_alike(self, unit: SurveyUnit) -> None:
        tell_result(survey_unit=unit, answered=9)
        assert planned() == {(one, "result") for one in (ANN, BEN, NIGHT)}
        subject = "Result ready: Fewer falls at night"
        assert sent() == [(ANN, subject), (BEN, subject), (NIGHT, subject)]
        texts = {
            one.body.replace(one.body.split("/stop/")[1].split()[0], "") for one in mail.outbox
        }
        assert len(texts) == 1
        assert "9 people answered the survey about “Fewer falls at night” on Ward 7." in texts.pop()

    def test_leads_to_the_team_page_and_stops_with_one_link(self, unit: SurveyUnit) -> None:
        tell_result(survey_unit=unit, answered=9)
        sent()
        body = str(mail.outbox[0].body)
        assert f"/w/{unit.ward_page_code}\n" in body
        assert body.count("/stop/") == 1
        assert "/a/" not in body

    def test_a_second_call_adds_none(self, unit: SurveyUnit) -> None:
        for _ in range(2):
            tell_result(survey_unit=unit, answered=9)
        assert len(sent()) == 3
        tell_result(survey_unit=unit, answered=9)
        assert sent() == []

    def test_no_result_is_said_once_and_instead(self, unit: SurveyUnit) -> None:
        SurveyUnit.objects.update(state=SurveyUnit.State.TOO_FEW)
        for _ in range(2):
            tell_result(survey_unit=unit, answered=None)
        assert planned() == {(one, "too_few") for one in (ANN, BEN, NIGHT)}
        sent()
        body = str(mail.outbox[0].body)
        assert "Fewer than 7 people answered" in body
        assert "We deleted the answers unopened, as we told everyone." in body

    def test_answers_that_were_counted_are_not_said_to_be_deleted_unopened(
        self, unit: SurveyUnit
    ) -> None:
        tell_result(survey_unit=unit, answered=None)
        sent()
        assert "so there is no result" in str(mail.outbox[0].body)
        assert "unopened" not in str(mail.outbox[0].body)

    def test_names_the_debrief_while_it_is_to_come(self, unit: SurveyUnit) -> None:
        tell_result(survey_unit=unit, answered=9)
        Survey.objects.update(debrief_at=timezone.now() + timedelta(days=2))
        sent()
        assert "Team debrief: " in str(mail.outbox[0].body)

    def test_waits_for_the_hours_of_staff_who_work_nights(self, unit: SurveyUnit) -> None:
        tell_result(survey_unit=unit, answered=9)
        due = Message.objects.get(invitation__contact__email=NIGHT).due_at
        local = due.astimezone(unit.survey.organisation.zone)
        assert 18 <= local.hour < 20

    def test_an_opt_out_holds(self, unit: SurveyUnit) -> None:
        opt_out(invitation=Invitation.objects.get(contact__email=BEN))
        tell_result(survey_unit=unit, answered=9)
        assert [to for to, _ in sent()] == [ANN, NIGHT]

    def test_a_pause_before_the_close_does_not_hold_it(self, unit: SurveyUnit) -> None:
        Survey.objects.update(messages_paused=True)
        tell_result(survey_unit=unit, answered=9)
        assert len(sent()) == 3

    def test_a_refused_address_gets_none(self, unit: SurveyUnit) -> None:
        Message.objects.create(
            survey=unit.survey,
            survey_unit=unit,
            invitation=Invitation.objects.get(contact__email=BEN),
            step=STEP.INVITATION,
            state=STATE.FAILED,
            due_at=timezone.now(),
        )
        tell_result(survey_unit=unit, answered=9)
        assert [to for to, _ in sent()] == [ANN, NIGHT]


class TestTheEnd:
    """30 days after the unit closed there is no address, and no message."""

    @pytest.mark.parametrize(("minutes", "number"), [(-1, 3), (0, 0), (1, 0)])
    def test_none_is_planned_then(self, unit: SurveyUnit, minutes: int, number: int) -> None:
        ended = timezone.now() - KEPT_FOR - timedelta(minutes=minutes, seconds=5)
        SurveyUnit.objects.update(closes_at=ended)
        Contact.objects.update(works_nights=False)
        unit.refresh_from_db()
        tell_result(survey_unit=unit, answered=9)
        assert Message.objects.count() == number

    def test_what_waits_is_dropped_then(self, unit: SurveyUnit) -> None:
        tell_result(survey_unit=unit, answered=9)
        SurveyUnit.objects.update(closes_at=timezone.now() - KEPT_FOR)
        assert sent() == []
        assert set(Message.objects.values_list("state", flat=True)) == {STATE.DROPPED}

    def test_none_goes_after_erasure_although_it_was_claimed(
        self, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tell_result(survey_unit=unit, answered=9)
        all_are_due()
        real = outbox_leases.begin

        def erased_meanwhile(message: Message, **when: Any) -> bool:
            Contact.objects.all().delete()
            return real(message, **when)

        monkeypatch.setattr(sending, "begin", erased_meanwhile)
        mail.outbox.clear()
        send_due_messages()
        assert mail.outbox == []

    def test_nobody_knows_then_who_has_answered(self, unit: SurveyUnit) -> None:
        closes = unit.closes_at
        erase_addresses(now=closes + KEPT_FOR - timedelta(minutes=1))
        assert Invitation.objects.filter(used=True).exists()
        erase_addresses(now=closes + KEPT_FOR + timedelta(minutes=1))
        assert not Invitation.objects.filter(used=True).exists()

    @pytest.mark.parametrize("published", [True, False])
    def test_links_end_30_days_after_the_result(self, unit: SurveyUnit, published: bool) -> None:
        came = unit.closes_at + timedelta(days=20)
        SurveyUnit.objects.update(published_at=came if published else None)
        last = KEPT_FOR + (timedelta(days=20) if published else timedelta())
        assert end_links(now=unit.closes_at + last - timedelta(minutes=1)) == 0
        assert end_links(now=unit.closes_at + last + timedelta(minutes=1)) == 3
        assert not Invitation.objects.exclude(token_hash=None).exists()


class TestTheDecision:
    def test_says_what_why_and_what_comes_first(self, unit: SurveyUnit, trust: Trust) -> None:
        other = {"debrief": 1, "name": "", "day": "2026-12-01", "choice": "hold"}
        decided(unit, trust, replies=[{**other, "reply": "We look again in May."}])
        PriorityFactory.create(
            initiative=unit.survey.initiative, unit=unit.unit, result=unit.pk,
            title="Two on nights",
        )  # fmt: skip
        tell_decided(survey_unit=unit, by=trust.manager)
        assert {to for to, _ in sent()} == {ANN, BEN, NIGHT}
        body = str(mail.outbox[0].body)
        assert mail.outbox[0].subject == "What the team decided: Fewer falls at night"
        for said in (
            "The team on Ward 7 has decided to strengthen some things first",
            "Why: Nights are short of staff.",
            "Another debrief said “put on hold”. What happens about that: We look again in May.",
            "What comes first:\n- Two on nights",
            "This is our last message about this survey.",
        ):
            assert said in body

    def test_goes_once_whatever_is_decided_later(self, unit: SurveyUnit, trust: Trust) -> None:
        decided(unit, trust)
        tell_decided(survey_unit=unit, by=trust.manager)
        assert len(sent()) == 3
        decided(unit, trust, choice="hold")
        tell_decided(survey_unit=unit, by=trust.manager)
        stop(unit, trust)
        assert sent() == []

    def test_is_not_said_while_debriefs_differ_again(self, unit: SurveyUnit, trust: Trust) -> None:
        decided(unit, trust)
        tell_decided(survey_unit=unit, by=trust.manager)
        withdraw_decided(survey_unit=unit)
        assert sent() == []
        tell_decided(survey_unit=unit, by=trust.manager)
        assert len(sent()) == 3

    def test_takes_the_place_of_a_result_that_has_not_gone(
        self, unit: SurveyUnit, trust: Trust
    ) -> None:
        decided(unit, trust)
        tell_result(survey_unit=unit, answered=9)
        tell_decided(survey_unit=unit, by=trust.manager)
        assert {subject for _, subject in sent()} == {"What the team decided: Fewer falls at night"}
        assert len(mail.outbox) == 3


class TestAStop:
    def test_is_the_second_message_if_none_went(self, unit: SurveyUnit, trust: Trust) -> None:
        tell_result(survey_unit=unit, answered=9)
        assert len(sent()) == 3
        stop(unit, trust)
        assert sent() == [(one, "Stopped: Fewer falls at night") for one in (ANN, BEN, NIGHT)]
        assert "Why: No money for it." in str(mail.outbox[0].body)
        decided(unit, trust)
        tell_decided(survey_unit=unit, by=trust.manager)
        assert sent() == []

    def test_is_told_at_once_and_not_again(
        self,
        unit: SurveyUnit,
        trust: Trust,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            change_status(
                initiative=unit.survey.initiative,
                units=[unit.unit],
                to=Initiative.State.STOPPED,
                why="No money for it.",
                by=trust.lead,
            )
        assert len(planned("stopped")) == 3
        repair_stops()
        assert AuditEntry.objects.filter(action="staff list messaged").count() == 1

    def test_that_was_taken_back_is_not_told(self, unit: SurveyUnit, trust: Trust) -> None:
        change_status(
            initiative=unit.survey.initiative,
            units=[unit.unit],
            to=Initiative.State.STOPPED,
            why="No money for it.",
            by=trust.lead,
        )
        Commitment.objects.update(state=Initiative.State.ACTIVE, begins_on=timezone.localdate())
        repair_stops()
        assert planned() == set()

    def test_takes_the_place_of_a_decision_that_has_not_gone(
        self, unit: SurveyUnit, trust: Trust
    ) -> None:
        decided(unit, trust)
        tell_decided(survey_unit=unit, by=trust.manager)
        stop(unit, trust)
        assert {subject for _, subject in sent()} == {"Stopped: Fewer falls at night"}
        assert len(mail.outbox) == 3

    def test_is_no_news_of_a_survey_still_open_or_long_over(
        self, unit: SurveyUnit, trust: Trust
    ) -> None:
        SurveyUnit.objects.update(state=SurveyUnit.State.OPEN)
        stop(unit, trust)
        SurveyUnit.objects.update(
            state=SurveyUnit.State.COUNTED, closes_at=timezone.now() - KEPT_FOR
        )
        repair_stops()
        assert not Message.objects.exists()


@pytest.mark.parametrize(("first", "second"), [("result", "too_few"), ("decided", "stopped")])
def test_the_database_holds_two_at_most(unit: SurveyUnit, first: str, second: str) -> None:
    row: dict[str, Any] = {
        "survey": unit.survey,
        "survey_unit": unit,
        "invitation": Invitation.objects.first(),
        "due_at": timezone.now(),
    }
    Message.objects.create(step=first, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(step=second, **row)


def test_the_log_says_that_the_list_was_messaged_and_to_how_many(
    unit: SurveyUnit, trust: Trust
) -> None:
    decided(unit, trust)
    tell_decided(survey_unit=unit, by=trust.manager)
    entry = AuditEntry.objects.get(action="staff list messaged")
    assert entry.detail == {"step": "decided", "number": 3}
    assert entry.actor == trust.manager
