"""What was decided last is above everything on every page of the team."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.decision import decide
from initiatives.actions.status import change_status
from initiatives.models import Commitment, Decision, Initiative, Review
from organisations.models import Role
from surveys.models import Survey, SurveyUnit
from tests.published_house import House
from tests.results.changes import another
from tests.results.payloads import payload
from tests.results.published import publish
from tests.results.views.test_ward_page import ADDRESS, text_of

pytestmark = pytest.mark.django_db


def running(house: House) -> Initiative:
    one = house.result.survey.initiative
    Commitment.objects.update_or_create(
        initiative=one, unit=house.ward_7, defaults={"state": "proposed", "begins_on": None}
    )
    return one


def goes_ahead(house: House, result: SurveyUnit | None = None) -> Decision:
    """The team decided to go ahead in its debriefs of this result."""
    unit = result or house.result
    SurveyUnit.objects.filter(pk=unit.pk).update(
        debrief_state="decided", debriefed_at=timezone.now()
    )
    return decide(
        initiative=unit.survey.initiative, unit=house.ward_7, result=unit.pk, choice="go_ahead",
        reason="We are ready.", debriefs=[], replies=[], by=house.member(Role.LEAD),
    )  # fmt: skip


def stopped(house: House, **fields: Any) -> Review:
    one = house.result.survey.initiative
    reviewer = house.member(Role.REVIEWER)
    found = Review.objects.create(
        initiative=one, decision="stop", reason="The week is full.", keeps="Soft-close bins",
        reviewer=reviewer, **fields,
    )  # fmt: skip
    found.units.add(house.ward_7)
    change_status(initiative=one, units=[house.ward_7], to="stopped", why=found.reason, by=reviewer)
    one.status_changes.filter(state="stopped").update(review=found)
    return found


def test_a_stop_is_on_the_page_and_nothing_says_we_go_ahead(house: House, client: Client) -> None:
    running(house)
    goes_ahead(house)
    assert "We go ahead." in text_of(client, ADDRESS)
    stopped(house)
    said = text_of(client, ADDRESS)
    for words in (
        "This improvement has stopped",
        "Why: The week is full.",
        "What we keep: Soft-close bins",
        "The senior reviewer,",
        "The team decided to go ahead on",
    ):
        assert words in said
    assert "We go ahead" not in said
    # A decision after it does not start it again.
    goes_ahead(house)
    assert "We go ahead" not in text_of(client, ADDRESS)


def test_nobody_is_named(house: House, client: Client) -> None:
    running(house)
    review = stopped(house)
    review.reviewer.name = "Chief operating officer"
    review.reviewer.save()
    assert "Chief operating officer" not in text_of(client, ADDRESS)


def test_the_reply_is_beside_the_reason(house: House, client: Client) -> None:
    running(house)
    stopped(house, reply="We are glad of the nurse.", replied_at=timezone.now())
    assert "The team’s reply: We are glad of the nurse." in text_of(client, ADDRESS)


def test_each_earlier_result_says_it_too(house: House, client: Client) -> None:
    running(house)
    earlier = publish(
        organisation=house.organisation, unit=house.ward_7, payload=payload(),
        ward_page_code="earlier",
    )  # fmt: skip
    earlier.survey.initiative = house.result.survey.initiative
    earlier.survey.save()
    goes_ahead(house, earlier)
    assert "We go ahead." in text_of(client, "/w/earlier")
    stopped(house)
    for address in (ADDRESS, "/w/earlier"):
        assert "This improvement has stopped" in text_of(client, address)


def test_a_later_decision_of_the_team_is_the_last_word(house: House, client: Client) -> None:
    running(house)
    review = Review.objects.create(
        initiative=house.result.survey.initiative, decision="continue", reason="It works.",
        reviewer=house.member(Role.REVIEWER), reviewed_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    review.units.add(house.ward_7)
    assert "This improvement continues" in text_of(client, ADDRESS)
    goes_ahead(house)
    said = text_of(client, ADDRESS)
    assert "This improvement continues" not in said
    assert "We go ahead." in said


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"decision": "start_later", "begins_when": "when posts are filled"}, "It begins: when"),
        ({"decision": "start_later", "begins_on": "2027-01-11"}, "begins on Monday 11 January"),
    ],
)
def test_a_later_start_says_when(
    house: House, client: Client, fields: dict[str, Any], heading: str
) -> None:
    running(house)
    review = Review.objects.create(
        initiative=house.result.survey.initiative, reason="No staff.",
        reviewer=house.member(Role.REVIEWER), **fields,
    )  # fmt: skip
    review.units.add(house.ward_7)
    assert heading in text_of(client, ADDRESS)


def test_what_a_manager_changed_says_their_role(house: House, client: Client) -> None:
    one = running(house)
    manager = house.member(Role.MANAGER, house.ward_7)
    change_status(initiative=one, units=[house.ward_7], to="on_hold", why="No staff.", by=manager)
    said = text_of(client, ADDRESS)
    assert "This improvement is on hold" in said
    assert "Manager," in said


def test_nobody_is_asked_to_decide_about_what_has_ended(house: House) -> None:
    running(house)
    stopped(house)
    change_status(
        initiative=house.result.survey.initiative, units=[house.ward_7], to="stopped",
        why="The week is full.", by=house.member(Role.LEAD),
    )  # fmt: skip
    Survey.objects.update(debrief_at=None)
    manager = Client()
    manager.force_login(house.member(Role.MANAGER, house.ward_7))
    for state in ("none", "differ"):
        SurveyUnit.objects.update(debrief_state=state)
        page = manager.get(house.address()).text
        assert "Nothing is left to decide here, so no debrief is due." in page
        assert "None is due" in page
        team = Client().get(ADDRESS).text
        assert "Print the questions" in team
        for text in (page, team):
            for asked in ("No date yet", "has no date yet", "ends with a decision", "Not decided"):
                assert asked not in text
            assert "Record the decision" not in text
    SurveyUnit.objects.update(debriefed_at=timezone.now())
    assert ">The plan</a>" in manager.get(house.address()).text
    team = Client().get(ADDRESS).text
    assert "Not decided yet" not in team
    assert ">You said, we did</a>" in team


@pytest.mark.parametrize("is_over", [True, False])
def test_what_has_ended_cannot_be_asked_again(house: House, is_over: bool) -> None:
    """Launching it would be refused, so nothing leads there."""
    second = another(house)
    few = publish(
        organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"),
        ward_page_code="few",
    )  # fmt: skip
    by = house.member(Role.LEAD)
    for one in (second, few):
        about: dict[str, Any] = {"initiative": one.survey.initiative, "unit": one.unit}
        Commitment.objects.update_or_create(**about, defaults={"state": "proposed"})
        if is_over:
            change_status(
                initiative=one.survey.initiative, units=[one.unit], to="stopped", why="Full.", by=by
            )
    lead = Client()
    lead.force_login(by)
    for page in (
        lead.get(f"{house.address(second)}change").text,
        lead.get(house.address(few)).text,
        Client().get("/w/second/change").text,
        Client().get("/w/few").text,
    ):
        assert ("epeat th" in page or "ask again about" in page) != is_over
    page = Client().get("/w/few").text
    assert ("2 things to do now" in page) == is_over
    assert page.count("<li><div><h3>") == (2 if is_over else 3)
