"""Messages about improvements: to whom, once, in their hours, and only while it holds.

Over 300 lines: all four are told to the same people and by the same clock.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.actions.requests import withdraw_request
from initiatives.actions.reviews import ask_for_review
from initiatives.actions.status import change_status
from initiatives.models import (
    Commitment,
    DepartmentRequest,
    Initiative,
    Responsibility,
    Review,
    StatusChange,
)
from initiatives.queries.reviews import seen_of
from organisations.models import Membership, Organisation, Role, Unit, User
from overview.actions import notices
from overview.actions.review import Verdict, review
from overview.tasks import sweep
from surveys.actions.sending import send_due_messages
from surveys.models import Message, OptOut
from surveys.rules import tokens
from tests.factories import UnitFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import ask
from tests.overview.actions.test_review import STOP, running

pytestmark = pytest.mark.django_db
STEP, STATE = Message.Step, Message.State
MANAGER, LEAD = "manager@merrowfield.example", "lead@merrowfield.example"
# 10am on a first Monday of a month, in the future of every other test.
MONDAY = datetime.fromisoformat("2027-02-01T10:00:00+00:00")


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def reviewer(trust: Trust) -> User:
    return trust.member(
        Role.REVIEWER, name="Chief operating officer", email="reviewer@merrowfield.example"
    )


def decide(one: Initiative, verdict: Verdict, trust: Trust, by: User) -> Review:
    return review(
        initiative=one, units=[trust.ward_7.pk], verdict=verdict, seen=seen_of(one), by=by
    )


def planned(step: str) -> set[str]:
    return set(Message.objects.filter(step=step).values_list("user__email", flat=True))


def sent() -> dict[str, str]:
    """Subject and body by address, of what goes now."""
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    mail.outbox.clear()
    send_due_messages()
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox), "nobody twice"
    return {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}


def here(one: Initiative, trust: Trust, **fields: Any) -> Commitment:
    Commitment.objects.filter(initiative=one, unit=trust.ward_7).update(**fields)
    return Commitment.objects.get(initiative=one, unit=trust.ward_7)


class TestAReviewThatIsDecided:
    def test_is_told_at_once_to_those_who_work_with_it(self, trust: Trust, reviewer: User) -> None:
        one = running(trust)
        sponsor = trust.member(Role.REVIEWER, trust.ward_9, email="sponsor@merrowfield.example")
        Responsibility.objects.create(initiative=one, part="sponsor", user=sponsor)
        trust.member(Role.MANAGER, trust.ward_9, email="elsewhere@merrowfield.example")
        trust.member(Role.ADMINISTRATOR, email="administrator@merrowfield.example")
        decide(one, STOP, trust, reviewer)
        told = sent()
        assert set(told) == {MANAGER, LEAD, "sponsor@merrowfield.example"}
        for words in (
            "Review decided: Quieter nights",
            "The senior reviewer has decided: “Quieter nights” on Ward 7 stops.",
            f"Why: {STOP.reason}",
            "What we keep: Soft-close bins",
            "You can reply once, until ",
            f"/o/merrowfield/initiatives/{one.pk}/",
        ):
            assert words in told[MANAGER]
        # A sponsor reads it, and does not reply for the team.
        assert "You can reply" not in told["sponsor@merrowfield.example"]
        assert "Chief operating officer" not in told[MANAGER]

    @pytest.mark.parametrize(
        ("verdict", "words"),
        [
            (Verdict("continue", "It works.", weeks=8), "on Ward 7 continues."),
            (
                Verdict("start_later", "No staff.", begins_when="when posts are filled"),
                "starts later: when posts are filled.",
            ),
        ],
    )
    def test_says_what_was_decided(
        self, trust: Trust, reviewer: User, verdict: Verdict, words: str
    ) -> None:
        decide(running(trust), verdict, trust, reviewer)
        assert words in sent()[MANAGER]

    def test_is_told_once_though_pressed_twice(self, trust: Trust, reviewer: User) -> None:
        one = running(trust)
        seen = seen_of(one)
        for _ in range(2):
            review(initiative=one, units=[trust.ward_7.pk], verdict=STOP, seen=seen, by=reviewer)
        assert set(sent()) == {MANAGER, LEAD}
        assert sent() == {}

    def test_waits_for_the_end_of_the_quiet_hours(
        self, trust: Trust, reviewer: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Organisation.objects.update(quiet_from=time(20), quiet_until=time(8))
        night = datetime.fromisoformat("2027-02-01T23:30:00+00:00")
        one = running(trust)
        monkeypatch.setattr(timezone, "now", lambda: night)
        decide(one, STOP, trust, reviewer)
        assert {row.due_at for row in Message.objects.filter(step=STEP.REVIEWED)} == {
            night.replace(day=2, hour=8, minute=0)
        }
        # And again when it goes, whatever was planned.
        Message.objects.update(due_at=night)
        assert send_due_messages() == 0
        assert {row.due_at.hour for row in Message.objects.all()} == {8}

    @pytest.mark.parametrize("gone", ["role", "account", "opt-out"])
    def test_is_not_sent_to_who_has_left_or_opted_out(
        self, trust: Trust, reviewer: User, gone: str
    ) -> None:
        decide(running(trust), STOP, trust, reviewer)
        if gone == "role":
            Membership.objects.filter(user=trust.manager).update(is_active=False)
        elif gone == "account":
            User.objects.filter(pk=trust.manager.pk).update(is_active=False)
        else:
            OptOut.objects.create(
                organisation=trust.organisation,
                address_hash=tokens.address_hash(
                    organisation=trust.organisation.pk, address=MANAGER
                ),
            )
        assert set(sent()) == {LEAD}
        assert Message.objects.get(user=trust.manager).state == STATE.DROPPED

    def test_is_undone_with_its_review(self, trust: Trust, reviewer: User) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            decide(running(trust), STOP, trust, reviewer)
            raise RuntimeError
        assert not Message.objects.exists()


class TestAPlannedStart:
    def planned_for(self, trust: Trust, days: int) -> Commitment:
        """Planned long ago, for so many days from the Monday on."""
        begins = MONDAY.date() + timedelta(days=days)
        found = here(running(trust), trust, state="planned", begins_on=begins)
        Initiative.objects.update(added_at=MONDAY - timedelta(days=60))
        return found

    @pytest.mark.parametrize(("days", "tells"), [(8, False), (7, True), (6, True), (0, False)])
    def test_is_asked_about_seven_days_before(self, trust: Trust, days: int, tells: bool) -> None:
        self.planned_for(trust, days)
        notices.tell_of_starts(MONDAY)
        assert planned(STEP.STARTS_SOON) == ({MANAGER, LEAD} if tells else set())

    def test_is_not_asked_about_on_a_unit_that_has_closed(self, trust: Trust) -> None:
        self.planned_for(trust, 7)
        Unit.objects.filter(pk=trust.ward_7.pk).update(valid_to=timezone.localdate())
        notices.tell_of_starts(MONDAY)
        assert planned(STEP.STARTS_SOON) == set()

    def test_says_what_to_do(self, trust: Trust) -> None:
        self.planned_for(trust, 7)
        for _ in range(2):
            notices.tell_of_starts(MONDAY)
        told = sent()[MANAGER]
        assert "is planned to start on Ward 7 on Monday 8 February" in told
        assert "Is that still right?" in told
        notices.tell_of_starts(MONDAY + timedelta(days=1))
        assert sent() == {}

    def test_of_another_day_is_asked_anew(self, trust: Trust) -> None:
        one = self.planned_for(trust, 7)
        notices.tell_of_starts(MONDAY)
        sent()
        Commitment.objects.filter(pk=one.pk).update(begins_on=MONDAY.date() + timedelta(days=20))
        notices.tell_of_starts(MONDAY + timedelta(days=13))
        assert set(sent()) == {MANAGER, LEAD}

    def test_is_not_asked_about_where_the_day_is_fresh(self, trust: Trust) -> None:
        one = self.planned_for(trust, 6)
        change = StatusChange.objects.create(
            initiative=one.initiative, unit=trust.ward_7, was="proposed", state="planned", why="So."
        )
        StatusChange.objects.filter(pk=change.pk).update(changed_at=MONDAY - timedelta(hours=1))
        notices.tell_of_starts(MONDAY)
        assert planned(STEP.STARTS_SOON) == set()

    @pytest.mark.parametrize("fields", [{"state": "on_hold"}, {"begins_on": date(2027, 3, 1)}])
    def test_that_no_longer_holds_is_not_sent(self, trust: Trust, fields: dict[str, Any]) -> None:
        self.planned_for(trust, 7)
        notices.tell_of_starts(MONDAY)
        here(Initiative.objects.get(), trust, **fields)
        assert sent() == {}
        assert set(Message.objects.values_list("state", flat=True)) == {STATE.DROPPED}


class TestWhatWasFinished:
    @pytest.mark.parametrize(("days", "asks"), [(181, False), (182, True), (183, True)])
    def test_is_asked_about_after_26_weeks(self, trust: Trust, days: int, asks: bool) -> None:
        ended = MONDAY.date() - timedelta(days=days)
        one = running(trust)
        here(one, trust, state="finished", ends_on=ended)
        for _ in range(2):
            notices.ask_if_still_done(MONDAY)
        told = sent()
        assert set(told) == ({MANAGER, LEAD} if asks else set())
        if asks:
            page = f"/initiatives/{one.pk}/units/{trust.ward_7.pk}/still-done"
            assert page in told[MANAGER]
            assert "Choose yes, partly or no. We only ask once:" in told[MANAGER]

    @pytest.mark.parametrize("fields", [{"still_done": "partly"}, {"state": "active"}])
    def test_is_not_asked_any_more_once_somebody_answered_or_it_runs(
        self, trust: Trust, fields: dict[str, Any]
    ) -> None:
        ended = MONDAY.date() - timedelta(weeks=26)
        one = running(trust)
        here(one, trust, state="finished", ends_on=ended)
        notices.ask_if_still_done(MONDAY)
        here(one, trust, begins_on=ended, **fields)
        assert sent() == {}


class TestAReviewersMonth:
    def due(self, trust: Trust) -> Initiative:
        one = running(trust)
        ask_for_review(initiative=one, by=trust.lead)
        return one

    def test_names_what_is_due_once(self, trust: Trust, reviewer: User) -> None:
        self.due(trust)
        for _ in range(2):
            notices.tell_reviewers(MONDAY)
        notices.tell_reviewers(MONDAY + timedelta(days=1))
        told = sent()
        assert set(told) == {reviewer.email}
        for words in ("Reviews due: 1", "- Quieter nights", "/o/merrowfield/reviews/"):
            assert words in told[reviewer.email]
        notices.tell_reviewers(datetime.fromisoformat("2027-03-01T10:00:00+00:00"))
        assert set(sent()) == {reviewer.email}

    @pytest.mark.parametrize(
        ("at", "tells"),
        [
            ("2027-01-31T10:00", False),
            ("2027-02-01T07:29", False),
            ("2027-02-01T07:30", True),
            ("2027-02-02T10:00", True),
            ("2027-02-08T10:00", False),
        ],
    )
    def test_comes_on_the_first_monday_from_half_past_seven(
        self, trust: Trust, reviewer: User, at: str, tells: bool
    ) -> None:
        self.due(trust)
        notices.tell_reviewers(datetime.fromisoformat(f"{at}:00+00:00"))
        assert planned(STEP.REVIEWS_DUE) == ({reviewer.email} if tells else set())

    def test_keeps_the_quiet_hours(self, trust: Trust, reviewer: User) -> None:
        Organisation.objects.update(quiet_from=time(20), quiet_until=time(8))
        self.due(trust)
        notices.tell_reviewers(MONDAY.replace(hour=7, minute=30))
        assert Message.objects.get(step=STEP.REVIEWS_DUE).due_at == MONDAY.replace(hour=8)

    def test_is_none_where_nothing_is_due(self, trust: Trust, reviewer: User) -> None:
        notices.tell_reviewers(MONDAY)
        assert not Message.objects.exists()

    def test_is_none_for_units_of_others_or_what_is_their_own(self, trust: Trust) -> None:
        surgery = UnitFactory.create(organisation=trust.organisation, name="Surgery", posts=None)
        trust.member(Role.REVIEWER, surgery)
        owner = trust.member(Role.REVIEWER)
        one = self.due(trust)
        Responsibility.objects.create(initiative=one, part="sponsor", user=owner)
        notices.tell_reviewers(MONDAY)
        assert planned(STEP.REVIEWS_DUE) == set()

    def test_names_full_units_and_counts_what_is_more(self, trust: Trust, reviewer: User) -> None:
        for number in range(7):
            one = running(trust, title=f"Change {number}")
            ask_for_review(initiative=one, by=trust.lead)
        notices.tell_reviewers(MONDAY)
        told = sent()[reviewer.email]
        assert "Reviews due: 7" in told
        assert told.count("- Change") == 5
        assert "- and 2 more" in told
        assert "Units at a limit of staff hours or improvements:\n- Ward 7\n- Ward 9" in told
        assert "below their limit" not in told  # of 2 units: too few for a figure

    @pytest.mark.parametrize(("days", "counts"), [(2, False), (3, True), (4, True)])
    def test_counts_requests_whose_answer_is_overdue(
        self, trust: Trust, reviewer: User, days: int, counts: bool
    ) -> None:
        self.due(trust)
        ask(trust)
        withdraw_request(one=ask(trust), by=trust.manager)
        day = timezone.localdate(MONDAY, trust.organisation.zone) - timedelta(days=days)
        DepartmentRequest.objects.update(answer_by=day)
        notices.tell_reviewers(MONDAY)
        words = "1 request has had no answer for 3 days or longer after it was due."
        assert (words in sent()[reviewer.email]) is counts

    @pytest.mark.parametrize(("others", "said"), [(2, False), (3, True)])
    def test_counts_units_below_their_limit_from_five_on(
        self, trust: Trust, reviewer: User, others: int, said: bool
    ) -> None:
        for number in range(others):
            UnitFactory.create(
                organisation=trust.organisation, parent=trust.medicine, name=f"Ward {number + 20}"
            )
        self.due(trust).commitments.filter(unit=trust.ward_7).update(hours_a_week=9)
        notices.tell_reviewers(MONDAY)
        line = f"{others + 1} of {others + 2} units are below their limit this week."
        assert (line in sent()[reviewer.email]) is said


def test_the_database_holds_that_each_is_one(trust: Trust, reviewer: User) -> None:
    found = decide(running(trust), STOP, trust, reviewer)
    row = Message.objects.filter(review=found)[0]
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(user=reviewer, step=STEP.REVIEWS_DUE, due_at=timezone.now())


def test_one_fault_does_not_stop_the_others(
    trust: Trust, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = running(trust)
    begins = timezone.localdate() + timedelta(days=7)
    here(one, trust, state="planned", begins_on=begins)
    Initiative.objects.update(added_at=timezone.now() - timedelta(days=60))

    def fails(_: datetime) -> None:
        raise ValueError

    monkeypatch.setattr("overview.tasks.ask_if_still_done", fails)
    sweep()
    assert planned(STEP.STARTS_SOON) == {MANAGER, LEAD}


def test_a_change_of_status_forgets_that_it_was_still_done(trust: Trust) -> None:
    one = running(trust)
    here(one, trust, state="finished", still_done="yes", looked_on=date(2027, 1, 1))
    change_status(initiative=one, units=[trust.ward_7], to="active", why="Again.", by=trust.lead)
    again = Commitment.objects.get(initiative=one, unit=trust.ward_7)
    assert (again.still_done, again.looked_on) == ("", None)
