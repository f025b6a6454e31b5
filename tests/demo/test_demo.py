"""The sample organisation: made by real actions, once, and open to everybody who tries it."""

import json

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debriefs.models import Debrief
from demo import access
from demo.actions.fast_forward import colleagues_answer, refresh_at_once
from demo.rules.sample import LINKS_TO_TRY
from initiatives.models import Commitment, Initiative, Review
from organisations.models import Unit
from overview.queries.reviews import reviews_of
from scoring.models import ParentSnapshot, Snapshot
from surveys.models import Survey, SurveyUnit
from surveys.queries.load import loads_of
from tests.demo.sample import sample, seeded
from tests.factories import UserFactory

__all__ = ["sample", "seeded"]

pytestmark = pytest.mark.usefixtures("seeded")


def then() -> Survey:
    """The survey of four wards."""
    return Survey.objects.annotate(asked=Count("survey_units")).get(asked=4)


def test_a_stop_has_its_reply_and_two_reviews_are_due(client: Client) -> None:
    stop = Review.objects.get()
    assert (stop.decision, bool(stop.reply)) == ("stop", True)
    code = SurveyUnit.objects.get(survey__initiative=stop.initiative).ward_page_code
    page = client.get(reverse("ward_page", args=[code])).text
    for words in ("This improvement has stopped", stop.reason, stop.reply):
        assert words in page
    organisation = stop.initiative.organisation
    found = reviews_of(organisation, Unit.objects.filter(organisation=organisation))
    titles = Initiative.objects.in_bulk([one.initiative for one in found.due])
    why = {titles[one.initiative].title: [due.reason for due in one.due] for one in found.due}
    assert why == {
        "Board round by ten": ["replied"],
        "Fewer falls at night": ["full_unit"],
        "Quieter nights": ["asked_for"],
    }


def open_unit() -> SurveyUnit:
    return SurveyUnit.objects.get(state=SurveyUnit.State.OPEN)


def test_there_is_a_survey_at_every_stage() -> None:
    assert sorted(Survey.objects.values_list("state", flat=True)) == [
        "open",
        *["published"] * 7,
        "scheduled",
    ]
    latest = Snapshot.objects.exclude(survey_unit__survey=then())
    tiers = {one.survey_unit.unit_name: one.payload["tier"] for one in latest}
    assert tiers == {
        "Ward 9 – stroke rehabilitation": "figures",
        "Ward 4 – day surgery": "small",
        "Ward 2 – orthopaedics": "too_few",
        "Pain team": "joint",
        "Discharge lounge": "words",
        "Ward 11 – acute medicine": "small",
    }
    too_soon = Snapshot.objects.get(survey_unit__survey__title="Board round by ten").payload
    assert (too_soon["why"], too_soon["answered"]) == ("too_soon", 15)


def test_one_debrief_was_in_protected_time_and_one_in_part() -> None:
    said = Debrief.objects.exclude(protected_time="").order_by("protected_time")
    assert [(one.name, one.protected_time) for one in said] == [
        ("Day team", "all"),
        ("Night team", "some"),
    ]


def test_one_ward_is_above_its_hours_and_one_improvement_is_to_start() -> None:
    organisation = access.organisation()
    assert organisation is not None
    ward = Unit.objects.get(name="Ward 7 – care of older people")
    load = loads_of(organisation, [ward])[ward.pk]
    assert load.now >= organisation.weekly_hours_limit
    assert load.reaches(ward.limits(organisation))
    planned = Commitment.objects.get(state="planned")
    assert planned.begins_on is not None and planned.begins_on > timezone.localdate()
    assert Commitment.objects.filter(state="active", hours_a_week=None).exists()


def test_one_ward_was_asked_again_and_something_changed_for_sure() -> None:
    again = Survey.objects.get(title=then().title, pk__gt=then().pk)
    assert again.initiative == then().initiative
    snapshot = Snapshot.objects.get(survey_unit__survey=again)
    change = snapshot.payload["change"]
    assert change is not None
    assert change["since"] == then().survey_units.get(unit=snapshot.survey_unit.unit_id).pk
    assert "clear rise" in {one["word"] for one in change["sections"]}


def test_several_units_were_asked_together_and_have_sums() -> None:
    tiers = {
        one.survey_unit.unit_name: one.payload["tier"]
        for one in Snapshot.objects.filter(survey_unit__survey=then())
    }
    assert sorted(tiers.values()) == ["figures", "figures", "figures", "small"]
    sums = {one.name: one.payload["units"] for one in ParentSnapshot.objects.all()}
    assert sums == {
        "Merrowfield Hospitals": {"released": 4, "asked": 4},
        "Medicine": {"released": 2, "asked": 2},
        "Surgery": {"released": 2, "asked": 2},
    }


def test_the_sample_adds_up() -> None:
    for survey in Survey.objects.all():
        call_command("verify", str(survey.pk))


def test_seeding_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = Survey.objects.count()
    call_command("seed_demo")
    assert Survey.objects.count() == before
    assert "already exists" in capsys.readouterr().out


def test_page_and_document_say_the_same(client: Client) -> None:
    state = json.loads(client.get("/demo/state.json").content)
    page = client.get("/demo").content.decode()
    assert len(state["accounts"]) == 7
    for account in state["accounts"]:
        assert account["sign_in"] in page
    unit = next(u for s in state["surveys"] if s["status"] == "open" for u in s["units"])
    assert len(unit["invitations"]) == LINKS_TO_TRY
    for address in (unit["qr"], unit["invitations"][0], unit["ward_page"]):
        assert address in page
        assert client.get(address).status_code == 200


def test_one_click_signs_in_as_each_of_them(client: Client) -> None:
    for account in json.loads(client.get("/demo/state.json").content)["accounts"]:
        answer = client.get(account["sign_in"], follow=True)
        assert answer.status_code == 200
        assert account["name"] in answer.content.decode()
        assert "demo" in answer.content.decode()


def test_nobody_else_can_be_signed_in_as(client: Client) -> None:
    somebody = UserFactory.create()
    assert client.get(reverse("demo_sign_in", args=[somebody.pk])).status_code == 404
    assert client.get(reverse("demo_sign_in", args=[999999])).status_code == 404


def test_made_up_colleagues_bring_a_unit_to_a_result(client: Client) -> None:
    unit = open_unit()
    answer = client.post(reverse("demo_colleagues", args=[unit.pk]), follow=True)
    assert "have sent 7 forms" in answer.content.decode()
    assert refresh_at_once(now=timezone.now()) == 1
    unit.refresh_from_db()
    assert unit.enough


def test_colleagues_stop_where_the_box_is_full() -> None:
    unit = open_unit()
    assert [colleagues_answer(survey_unit=unit) for _ in range(4)] == [7, 4, 0, 0]
    tallies = {tally.channel: tally.count for tally in unit.tallies.all()}
    assert tallies["qr"] == unit.poster_room == 8
    assert tallies["email"] == 10 - LINKS_TO_TRY


def test_visitors_find_links_and_a_poster_that_take_their_answers(client: Client) -> None:
    unit = open_unit()
    colleagues_answer(survey_unit=unit)
    surveys = json.loads(client.get("/demo/state.json").content)["surveys"]
    (shown,) = [one for survey in surveys for one in survey["units"] if one["id"] == unit.pk]
    assert len(shown["invitations"]) == LINKS_TO_TRY
    for address in (shown["qr"], *shown["invitations"]):
        assert "I can’t say" in client.get(address).text, address


def test_colleagues_of_a_closed_unit_do_not_answer(client: Client) -> None:
    closed = SurveyUnit.objects.filter(state=SurveyUnit.State.COUNTED).first()
    assert closed is not None
    assert client.post(reverse("demo_colleagues", args=[closed.pk])).status_code == 404
