"""A review decides about an improvement, and all that follows is done at once.

Over 300 lines: each decision with all that follows.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from initiatives.actions.decision import decide_without_survey
from initiatives.actions.plan import add_action, add_priority
from initiatives.models import (
    Action,
    Commitment,
    Decision,
    Initiative,
    Responsibility,
    Review,
    StatusChange,
)
from initiatives.queries.reviews import Seen, seen_of
from organisations.models import AuditEntry, Role, User
from organisations.rules.refusal import Refused
from overview.actions.review import DecidedMeanwhile, Verdict, review
from surveys.exchange.addresses import Address
from surveys.models import Contact, Message, Survey
from tests.factories import ActionFactory, CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
STOP = Verdict("stop", "Two other changes already fill the week.", keeps="Soft-close bins")


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def reviewer(trust: Trust) -> User:
    return trust.member(Role.REVIEWER, name="Chief operating officer")


def running(trust: Trust, *, state: str = "active", title: str = "Quieter nights") -> Initiative:
    one: Initiative = an_initiative(trust, title=title, state=state)
    for ward in (trust.ward_7, trust.ward_9):
        CommitmentFactory.create(initiative=one, unit=ward, hours_a_week=4)
    return one


def decide(
    one: Initiative, verdict: Verdict, by: User, *units: Any, seen: Seen | None = None
) -> Review:
    return review(
        initiative=one,
        units=[unit.pk for unit in units],
        verdict=verdict,
        seen=seen or seen_of(one),
        by=by,
    )


def an_action(one: Initiative, trust: Trust) -> Action:
    priority = add_priority(
        initiative=one, unit=trust.ward_7, result=1, title="Less noise",
        needs_help=False, help_from="",
        code="ENV01", wording="w", figure="", n=None, link="/", by=trust.manager,
    )  # fmt: skip
    return add_action(
        priority=priority, what="Count noise", owner="Night team",
        due_on=date(2027, 1, 4), by=trust.manager,
    )  # fmt: skip


def states(one: Initiative) -> list[str]:
    return list(one.commitments.order_by("unit__name").values_list("state", flat=True))


def test_a_stop_on_one_unit_leaves_the_other(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    action = an_action(one, trust)
    found = decide(one, STOP, reviewer, trust.ward_7)
    assert states(one) == ["stopped", "active"]
    one.refresh_from_db()
    assert one.state == "active"
    change = StatusChange.objects.get(initiative=one)
    assert (change.review, change.why, change.changed_by) == (found, STOP.reason, reviewer)
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("dropped", "Ended with the improvement")
    assert AuditEntry.objects.filter(action="improvement reviewed").count() == 1


def test_open_actions_and_promises_stay_where_they_are_left(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    action = an_action(one, trust)
    promise = ActionFactory.create(
        initiative=one, unit=trust.ward_7, is_promise=True, result=1, what="Nothing else starts",
        owner="Matron", due_on=date(2027, 1, 4), added_by=trust.manager,
    )  # fmt: skip
    decide(one, replace(STOP, drops_actions=False), reviewer, trust.ward_7)
    action.refresh_from_db()
    assert action.state == "planned"
    decide(one, STOP, reviewer, trust.ward_9)
    promise.refresh_from_db()
    assert promise.state == "planned"


def test_continuing_sets_the_next_look_and_changes_no_status(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    Initiative.objects.filter(pk=one.pk).update(review_asked_on=date(2026, 1, 1))
    decide(one, Verdict("continue", "It works.", weeks=12), reviewer, trust.ward_7, trust.ward_9)
    one.refresh_from_db()
    today = timezone.localdate(timezone=trust.organisation.zone)
    assert one.review_on == today + timedelta(weeks=12)
    assert one.review_asked_on is None
    assert states(one) == ["active", "active"]


@pytest.mark.parametrize(("weeks", "ok"), [(3, False), (4, True), (26, True), (27, False)])
def test_the_next_look_is_four_to_twenty_six_weeks_away(
    trust: Trust, reviewer: User, weeks: int, ok: bool
) -> None:
    one = running(trust)
    verdict = Verdict("continue", "It works.", weeks=weeks)
    if ok:
        decide(one, verdict, reviewer, trust.ward_7)
    else:
        with pytest.raises(Refused, match="4 to 26 weeks"):
            decide(one, verdict, reviewer, trust.ward_7)


@pytest.mark.parametrize(("days", "ok"), [(0, False), (1, True)])
def test_a_later_start_is_planned_for_a_day_to_come(
    trust: Trust, reviewer: User, days: int, ok: bool
) -> None:
    one = running(trust)
    day = timezone.localdate(timezone=trust.organisation.zone) + timedelta(days=days)
    verdict = Verdict("start_later", "Posts start then.", begins_on=day)
    if not ok:
        with pytest.raises(Refused, match="after today"):
            decide(one, verdict, reviewer, trust.ward_7)
        assert states(one) == ["active", "active"]
        return
    decide(one, verdict, reviewer, trust.ward_7)
    here = Commitment.objects.get(initiative=one, unit=trust.ward_7)
    assert (here.state, here.begins_on) == ("planned", day)
    one.refresh_from_db()
    assert one.review_on == day + timedelta(weeks=8)


def test_a_later_start_without_a_day_is_on_hold_with_its_words(
    trust: Trust, reviewer: User
) -> None:
    one = running(trust)
    words = "when two posts are filled"
    decide(one, Verdict("start_later", "No staff.", begins_when=words), reviewer, trust.ward_7)
    assert states(one) == ["on_hold", "active"]
    with pytest.raises(Refused, match="Enter a start day"):
        decide(one, Verdict("start_later", "No staff."), reviewer, trust.ward_9)


def test_merging_hands_the_units_to_the_other(trust: Trust, reviewer: User) -> None:
    one, other = running(trust), an_initiative(trust, title="Protected mealtimes", state="active")
    CommitmentFactory.create(initiative=other, unit=trust.ward_7, hours_a_week=3)
    verdict = Verdict("merge", "They do the same.", into=other)
    decide(one, verdict, reviewer, trust.ward_7, trust.ward_9)
    one.refresh_from_db()
    assert (one.state, one.merged_into) == ("merged", other)
    assert states(one) == ["merged", "merged"]
    joined = dict(other.commitments.values_list("unit__name", "hours_a_week"))
    assert joined == {"Ward 7": 3, "Ward 9": 4}
    assert states(other) == ["active", "active"]


def test_nothing_is_merged_into_itself_into_what_is_over_or_in_a_ring(
    trust: Trust, reviewer: User
) -> None:
    one, other = running(trust), running(trust, title="Protected mealtimes")
    over = running(trust, title="Long over", state="stopped")
    for into, why in ((one, "not this one"), (over, "is over")):
        with pytest.raises(Refused, match=why):
            decide(one, Verdict("merge", "Same.", into=into), reviewer, trust.ward_7)
    decide(one, Verdict("merge", "Same.", into=other), reviewer, trust.ward_7)
    with pytest.raises(Refused, match="was merged into this one"):
        decide(other, Verdict("merge", "Same.", into=one), reviewer, trust.ward_9)
    with pytest.raises(PermissionDenied):
        elsewhere = an_initiative(a_second_trust(), title="Elsewhere", state="active")
        decide(one, Verdict("merge", "Same.", into=elsewhere), reviewer, trust.ward_9)
    assert Review.objects.count() == 1


def a_second_trust() -> Any:
    from tests.factories import OrganisationFactory, UserFactory

    class Other:
        organisation = OrganisationFactory.create(slug="elsewhere")
        lead = UserFactory.create()

    return Other


def owning(trust: Trust, reviewer: User, one: Initiative, how: str) -> None:
    if how in Responsibility.Part.values:
        Responsibility.objects.create(initiative=one, part=how, user=reviewer)
    elif how == "added":
        Initiative.objects.filter(pk=one.pk).update(added_by=reviewer)
    else:
        trust.organisation.memberships.create(user=reviewer, role=Role.MANAGER, unit=trust.ward_9)


@pytest.mark.parametrize("how", ["led_by", "deputy", "sponsor", "added", "manager"])
def test_nobody_decides_about_their_own(trust: Trust, reviewer: User, how: str) -> None:
    one = running(trust)
    owning(trust, reviewer, one, how)
    with pytest.raises(PermissionDenied):
        decide(one, STOP, reviewer, trust.ward_7)
    assert states(one) == ["active", "active"]


def test_who_added_it_decides_once_somebody_else_leads_it(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    owning(trust, reviewer, one, "added")
    Responsibility.objects.create(initiative=one, part="led_by", user=trust.lead)
    decide(one, STOP, reviewer, trust.ward_7)


def test_a_manager_above_the_unit_is_not_responsible(trust: Trust, reviewer: User) -> None:
    trust.organisation.memberships.create(user=reviewer, role=Role.MANAGER, unit=trust.medicine)
    decide(running(trust), STOP, reviewer, trust.ward_7)


def test_beyond_their_units_nobody_reviews(trust: Trust) -> None:
    one = running(trust)
    of_ward_7 = trust.member(Role.REVIEWER, trust.ward_7)
    with pytest.raises(PermissionDenied):
        decide(one, STOP, of_ward_7, trust.ward_7, trust.ward_9)
    with pytest.raises(PermissionDenied):
        decide(one, STOP, trust.lead, trust.ward_7)
    with pytest.raises(Refused, match="Select at least one unit"):
        decide(one, STOP, of_ward_7)
    decide(one, STOP, of_ward_7, trust.ward_7)
    assert states(one) == ["stopped", "active"]


def test_of_two_reviewers_the_first_wins(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    seen = seen_of(one)
    decide(one, STOP, reviewer, trust.ward_7, seen=seen)
    second = trust.member(Role.REVIEWER)
    with pytest.raises(DecidedMeanwhile):
        decide(one, Verdict("continue", "No.", weeks=8), second, trust.ward_7, seen=seen)
    # About another unit nobody has decided.
    decide(one, Verdict("continue", "Yes.", weeks=8), second, trust.ward_9, seen=seen)


def test_a_decision_of_the_team_wins_over_a_page_opened_before(
    trust: Trust, reviewer: User
) -> None:
    one = running(trust, state="proposed")
    seen = seen_of(one)
    decide_without_survey(
        initiative=one, unit=trust.ward_7, choice=Decision.Choice.GO_AHEAD, reason="We can.",
        by=trust.manager,
    )  # fmt: skip
    with pytest.raises(DecidedMeanwhile):
        decide(one, STOP, reviewer, trust.ward_7, seen=seen)
    assert states(one) == ["active", "proposed"]


def test_pressed_twice_it_is_one_review(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    seen = seen_of(one)
    first = decide(one, STOP, reviewer, trust.ward_7, seen=seen)
    assert decide(one, STOP, reviewer, trust.ward_7, seen=seen) == first
    assert StatusChange.objects.count() == 1


def test_what_is_over_is_not_reviewed(trust: Trust, reviewer: User) -> None:
    one = running(trust)
    decide(one, STOP, reviewer, trust.ward_7)
    with pytest.raises(Refused, match="is over there"):
        decide(one, STOP, reviewer, trust.ward_7, trust.ward_9)


def test_no_review_is_without_its_reason(trust: Trust, reviewer: User) -> None:
    with pytest.raises(Refused, match="Enter your reason"):
        decide(running(trust), replace(STOP, reason=""), reviewer, trust.ward_7)
    assert not Review.objects.exists()


def asked(trust: Trust, *, opens: bool) -> Survey:
    units = [
        UnitToAsk(ward, 12, staff=[Address(f"nurse-{ward.pk}@merrowfield.example")])
        for ward in (trust.ward_7, trust.ward_9)
    ]
    if opens:
        return trust.open(*units)
    return trust.launch(*units, opens_at=timezone.now() + timedelta(days=2))


def test_a_scheduled_survey_is_cancelled_where_it_stops(trust: Trust, reviewer: User) -> None:
    survey = asked(trust, opens=False)
    decide(survey.initiative, STOP, reviewer, trust.ward_7)
    survey.refresh_from_db()
    assert survey.state != "cancelled"
    of = survey.survey_units.order_by("unit__name")
    assert [one.state for one in of] == ["cancelled", "waiting"]
    assert not Contact.objects.filter(survey_unit=of[0]).exists()
    assert Contact.objects.filter(survey_unit=of[1]).exists()
    waiting = Message.objects.filter(state__in=Message.WAITING)
    assert not waiting.filter(survey_unit=of[0]).exists()
    assert waiting.filter(survey_unit=of[1]).exists()
    decide(survey.initiative, STOP, reviewer, trust.ward_9)
    survey.refresh_from_db()
    assert survey.state == "cancelled"


def test_an_open_survey_runs_on_and_reminds_nobody_where_it_stops(
    trust: Trust, reviewer: User
) -> None:
    survey = asked(trust, opens=True)
    decide(survey.initiative, STOP, reviewer, trust.ward_7)
    assert {one.state for one in survey.survey_units.all()} == {"open"}
    reminders = Message.objects.filter(step__startswith="reminder", state="planned")
    assert set(reminders.values_list("survey_unit__unit__name", flat=True)) == {"Ward 9"}
    invited = Message.objects.filter(step="invitation").exclude(state="dropped")
    assert invited.count() == 2
