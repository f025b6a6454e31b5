"""Sending an idea from the team page: no cookie, no trace, a sentence for what cannot be sent."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.actions.debrief import start_debrief
from debriefs.actions.deciding import Says, end_debrief
from initiatives.models import Idea
from organisations.carriers import limits
from organisations.models import AuditEntry, Membership, Role
from tests.published_house import House

PAGE = "/w/ward-7-unguessable/idea"


@pytest.fixture(autouse=True)
def lead(house: House) -> None:
    house.member(Role.LEAD)


def test_an_idea_leaves_no_cookie_and_no_entry(house: House, client: Client) -> None:
    before = AuditEntry.objects.count()
    page = client.get(PAGE)
    assert "Only show it to the improvement lead" in page.text
    for _ in range(2):
        sent = client.post(PAGE, {"idea": "  Quieter\r\n bins "})
        assert "We have your idea." in sent.text
        assert "Quieter bins" not in sent.text
        assert not sent.cookies
    idea = Idea.objects.get()
    assert (idea.words, idea.for_lead_only, idea.shown_on) == ("Quieter bins", False, None)
    assert AuditEntry.objects.count() == before


def test_it_may_be_for_the_lead_alone(house: House, client: Client) -> None:
    assert "Then the manager and the team do not see it or its answer." in client.get(PAGE).text
    sent = client.post(PAGE, {"idea": "Quieter bins", "for_lead_only": "on"}).text
    assert "Only the improvement lead can read it" in sent
    assert "You said, we did" not in sent
    assert Idea.objects.get().for_lead_only


def test_others_are_told_who_reads_it_and_where_it_is_answered(
    house: House, client: Client
) -> None:
    sent = client.post(PAGE, {"idea": "Quieter bins"}).text
    assert "The manager and the improvement lead can read it from the next morning." in sent
    assert "within 7 days, in “You said, we did”" in sent
    # Whoever sends it after midnight reads this, too.
    assert "tomorrow" not in sent


def test_the_tick_is_not_taken_where_it_is_not_offered(house: House, client: Client) -> None:
    Membership.objects.all().delete()
    assert "Only show it" not in client.get(PAGE).text
    client.post(PAGE, {"idea": "Quieter bins", "for_lead_only": "on"})
    assert not Idea.objects.get().for_lead_only


@pytest.mark.parametrize(
    ("idea", "said"),
    [
        ("", "Enter your idea"),
        (" \u200b ", "Enter your idea"),
        ("x" * 241, "Use 240 characters or fewer"),
        ("See https://example.org", "Remove links"),
        ("see WWW.example.org", "Remove links"),
        ("<b>bins</b>", "Remove links"),
        ("ask ann@ward.example", "Remove links"),
        ("a\x00b", "hidden characters"),
    ],
)
def test_what_is_no_idea(house: House, client: Client, idea: str, said: str) -> None:
    sent = client.post(PAGE, {"idea": idea})
    assert sent.status_code == 422
    assert said in sent.text
    assert not Idea.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(house: House, client: Client) -> None:
    sent = client.post(PAGE, {"idea": "Quieter bins", "more": "https://example.org"})
    assert "We have your idea." in sent.text
    assert not Idea.objects.exists()


@pytest.mark.parametrize(("number", "status"), [(4, 200), (5, 200), (6, 429)])
def test_five_in_ten_minutes_a_unit(
    house: House, client: Client, number: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_now", lambda: 1_800_000_000.0)
    for place in range(number - 1):
        assert client.post(PAGE, {"idea": f"Idea {place}"}).status_code == 200
    last = Client().post(PAGE, {"idea": "The last one"})
    assert last.status_code == status
    if status == 429:
        assert "Many ideas came in just now." in last.text
    assert Idea.objects.count() == min(number, 5)


def test_an_unknown_code_takes_none(house: House, client: Client) -> None:
    assert client.post("/w/nobodys-code/idea", {"idea": "Bins"}).status_code == 404
    assert not Idea.objects.exists()


def test_a_manager_answers_and_the_team_reads_it(house: House, client: Client) -> None:
    today = timezone.localdate()
    manager = house.member(Role.MANAGER, house.ward_7)
    open_one = Idea.objects.create(unit=house.ward_7, words="Quieter bins", shown_on=today)
    secret = Idea.objects.create(
        unit=house.ward_7, words="Ask the matron", shown_on=today, for_lead_only=True
    )
    unshown = Idea.objects.create(unit=house.ward_7, words="Came at noon")
    client.force_login(manager)
    base = f"/o/{house.organisation.slug}/"
    assert "Answer 1 idea from staff" in client.get(base).text
    page = client.get(f"{base}ideas/").text
    assert ("Quieter bins" in page, "Ask the matron" in page, "Came at noon" in page) == (
        True,
        False,
        False,
    )
    assert client.get(f"{base}ideas/{secret.pk}").status_code == 403
    assert client.get(f"{base}ideas/{unshown.pk}").status_code == 404
    address = f"{base}ideas/{open_one.pk}"
    refused = client.post(address, {"answer": "do", "words": ""})
    assert (refused.status_code, "Enter 1 sentence" in refused.text) == (422, True)
    client.post(address, {"answer": "do", "words": "From Monday"})
    answered = client.get(f"{base}ideas/")
    assert "From Monday" in answered.text
    again = client.post(address, {"answer": "not_now", "words": "Later"})
    assert (again.status_code, "Someone else" in again.text) == (422, True)


def test_the_team_page_has_answered_ideas_only(house: House, client: Client) -> None:
    manager = house.member(Role.MANAGER, house.ward_7)
    team = start_debrief(
        snapshot=house.result.snapshots.get(), kind="team", name="Day team", by=manager
    )
    says = Says("go_ahead", "We are ready.", "Clerk")
    end_debrief(debrief=team, says=says, notes=[], pictures=[], by=manager)
    today = timezone.localdate()
    shown = {"unit": house.ward_7, "shown_on": today - timedelta(days=3)}
    answered = {"answered_on": today, "answer_words": "From Monday"}
    Idea.objects.create(words="Quieter bins", answer="do", **shown, **answered)
    Idea.objects.create(words="Not answered", **shown)
    Idea.objects.create(words="Names Ann", answer="hidden", answered_on=today, **shown)
    Idea.objects.create(words="Lead only", answer="do", for_lead_only=True, **shown, **answered)
    page = client.get("/w/ward-7-unguessable/you-said-we-did").text
    assert "Quieter bins" in page
    assert "We will do it." in page
    assert "1 idea was not shown" in page
    for hidden in ("Not answered", "Names Ann", "Lead only"):
        assert hidden not in page
