"""Debriefs that differ leave no decision; brought together they do, with what became of each."""

import pytest
from django.utils import timezone

from debriefs.actions.debrief import set_people, start_debrief
from debriefs.actions.deciding import Says, end_debrief, record_decision
from debriefs.models import Debrief
from initiatives.models import Decision
from organisations.models import Role, User
from organisations.rules.refusal import Refused
from surveys.models import Contact, Invitation, Message, SurveyUnit
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

KIND = Debrief.Kind


@pytest.fixture
def manager(house: House) -> User:
    return house.member(Role.MANAGER, house.ward_7)


def begin(house: House, by: User, name: str, kind: str = KIND.TEAM, people: int = 9) -> Debrief:
    one = start_debrief(snapshot=house.result.snapshots.get(), kind=kind, name=name, by=by)
    set_people(debrief=one, people=people, by=by)
    return one


def hold(house: House, by: User, name: str, choice: str, people: int = 9) -> Debrief:
    one = begin(house, by, name, people=people)
    end_debrief(
        debrief=one, says=Says(choice, f"{name} says", "Clerk"), notes=[], pictures=[], by=by
    )
    return one


def unit_of(house: House) -> SurveyUnit:
    return SurveyUnit.objects.select_related("survey__initiative").get(pk=house.result.pk)


def state(house: House) -> tuple[str, str]:
    unit = unit_of(house)
    return unit.debrief_state, unit.survey.initiative.state


def test_the_unit_follows_its_debriefs_from_none_to_decided(house: House, manager: User) -> None:
    assert state(house) == ("", "proposed")
    day = begin(house, manager, "Day team")
    assert state(house) == ("begun", "proposed")
    says = Says("go_ahead", "We can.", "Clerk")
    end_debrief(debrief=day, says=says, notes=[], pictures=[], by=manager)
    assert state(house) == ("decided", "active")
    decision = Decision.objects.get()
    assert decision.result == house.result.pk and decision.replies == []
    assert [(one["name"], one["choice"]) for one in decision.debriefs] == [("Day team", "go_ahead")]


def test_another_debrief_that_says_the_same_joins_the_decision(house: House, manager: User) -> None:
    hold(house, manager, "Day team", "strengthen")
    hold(house, manager, "Night team", "strengthen")
    assert [one["name"] for one in Decision.objects.get().debriefs] == ["Day team", "Night team"]
    assert state(house) == ("decided", "proposed")


@pytest.mark.parametrize(
    ("first", "second", "stays"), [("hold", "go_ahead", "on_hold"), ("go_ahead", "hold", "active")]
)
def test_debriefs_that_differ_decide_nothing_and_change_no_state(
    house: House, manager: User, first: str, second: str, stays: str
) -> None:
    hold(house, manager, "Day team", first)
    hold(house, manager, "Night team", second)
    assert state(house) == ("differ", stays)
    assert Decision.objects.count() == 1
    assert [one["choice"] for one in unit_of(house).debrief_views] == [first, second]


def test_one_decision_is_recorded_with_a_reply_to_each_other_view(
    house: House, manager: User
) -> None:
    hold(house, manager, "Day team", "hold")
    night = hold(house, manager, "Night team", "go_ahead")
    unit = unit_of(house)

    def record(**replies: str) -> None:
        given = {night.pk: replies.get("reply", "")}
        record_decision(
            survey_unit=unit, choice="hold", reason="In spring.", replies=given, by=manager
        )

    with pytest.raises(Refused, match="Say what becomes"):
        record()
    assert state(house) == ("differ", "on_hold")
    record(reply="Nights start first.")
    assert state(house) == ("decided", "on_hold")
    latest = Decision.objects.latest("pk")
    assert [(one["name"], one["reply"]) for one in latest.replies] == [
        ("Night team", "Nights start first.")
    ]
    with pytest.raises(Refused, match="do not differ any more"):
        record(reply="Again.")
    hold(house, manager, "Weekend team", "hold")
    assert state(house)[0] == "decided" and Decision.objects.count() == 2
    hold(house, manager, "Bank staff", "strengthen")
    assert state(house)[0] == "differ"


def test_what_a_debrief_together_says_is_the_decision(house: House, manager: User) -> None:
    with pytest.raises(Refused, match="do not differ"):
        begin(house, manager, "All", KIND.TOGETHER)
    day = hold(house, manager, "Day team", "hold")
    hold(house, manager, "Night team", "strengthen")
    both = begin(house, manager, "All", KIND.TOGETHER)
    says = Says("strengthen", "Together.", "Clerk")
    with pytest.raises(Refused, match="Say what becomes"):
        end_debrief(debrief=both, says=says, notes=[], pictures=[], by=manager)
    assert Debrief.objects.get(pk=both.pk).ended_at is None
    replies = {day.pk: "We look again in spring."}
    end_debrief(debrief=both, says=says, notes=[], pictures=[], replies=replies, by=manager)
    assert state(house) == ("decided", "proposed")
    assert [one["name"] for one in Decision.objects.latest("pk").debriefs] == [
        "Day team", "Night team", "All"
    ]  # fmt: skip


def test_a_debrief_of_four_has_no_name_for_the_team_unless_it_agreed(
    house: House, manager: User
) -> None:
    hold(house, manager, "Weekend team", "hold", people=4)
    hold(house, manager, "Day team", "hold", people=5)
    assert [one["name"] for one in unit_of(house).debrief_views] == ["", "Day team"]


def test_a_leaders_debrief_decides_nothing(house: House, manager: User) -> None:
    prepared = begin(house, manager, "Leaders", KIND.PREPARATION)
    assert state(house) == ("", "proposed")
    end_debrief(debrief=prepared, says=None, notes=[], pictures=[], by=manager)
    assert state(house) == ("", "proposed") and not Decision.objects.exists()
    assert unit_of(house).debriefed_at is None
    with pytest.raises(Refused, match="when the team has decided"):
        begin(house, manager, "Leaders", KIND.REPLY)
    hold(house, manager, "Day team", "hold")
    begin(house, manager, "Leaders", KIND.REPLY)


def test_too_few_answers_leave_a_debrief_without_figures(house: House) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    lead, snapshot = house.member(Role.LEAD), few.snapshots.get()
    for kind in (KIND.TEAM, KIND.PREPARATION):
        with pytest.raises(Refused, match="Too few people answered"):
            start_debrief(snapshot=snapshot, kind=kind, name="All", by=lead)
    one = start_debrief(snapshot=snapshot, kind=KIND.NO_FIGURES, name="All", by=lead)
    says = Says("hold", "Not now.", "Clerk")
    end_debrief(debrief=one, says=says, notes=[], pictures=[], by=lead)
    assert Decision.objects.get().result == few.pk
    with pytest.raises(Refused, match="There is a result"):
        start_debrief(
            snapshot=house.result.snapshots.get(), kind=KIND.NO_FIGURES, name="All", by=lead
        )


def test_the_staff_list_hears_of_the_decision_and_of_none_while_debriefs_differ(
    house: House, manager: User
) -> None:
    contact = Contact.objects.create(survey_unit=house.result, email="ann@ward.example")
    Invitation.objects.create(survey_unit=house.result, contact=contact, channel="email")
    SurveyUnit.objects.filter(pk=house.result.pk).update(closes_at=timezone.now())
    hold(house, manager, "Day team", "go_ahead")
    told = Message.objects.filter(invitation__contact=contact)
    assert list(told.values_list("step", "state")) == [("decided", "planned")]
    hold(house, manager, "Night team", "hold")
    assert not told.exists()
    replies = {one.pk: "In May." for one in Debrief.objects.filter(choice="hold")}
    record_decision(
        survey_unit=unit_of(house), choice="go_ahead", reason="x", replies=replies, by=manager
    )
    assert list(told.values_list("step", "state")) == [("decided", "planned")]
