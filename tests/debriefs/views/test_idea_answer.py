"""Answering an idea: who reads it, what is too long, what has an answer, a list that is cut."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Idea
from initiatives.views import ideas
from organisations.models import Role
from tests.debriefs.views.test_idea_action import address, an_idea
from tests.published_house import House


@pytest.fixture
def lead(house: House) -> Client:
    client = Client()
    client.force_login(house.member(Role.LEAD))
    return client


@pytest.mark.parametrize("for_lead_only", [True, False])
def test_whoever_answers_is_told_who_reads_it(
    house: House, lead: Client, for_lead_only: bool
) -> None:
    idea = an_idea(house)
    Idea.objects.update(for_lead_only=for_lead_only)
    page = lead.get(address(house, idea)).text
    assert ("Only improvement leads can read the idea and your answer." in page) is for_lead_only
    assert ("The team reads it." in page) is not for_lead_only
    Idea.objects.update(answer="do", answered_on=timezone.localdate())
    page = lead.get(address(house, idea, "/act")).text
    assert ("The manager can read the action, but not the idea." in page) is for_lead_only


def test_an_answer_that_is_too_long_is_not_called_missing(house: House, lead: Client) -> None:
    idea = an_idea(house)
    for words, missing in (("", True), ("x" * 241, False)):
        sent = lead.post(address(house, idea), {"answer": "do", "words": words})
        assert sent.status_code == 422
        assert ("Enter 1 sentence about your answer" in sent.text) is missing
        assert ("Use 240 characters or fewer" in sent.text) is not missing


def test_what_has_an_answer_is_not_asked_for_again(house: House, lead: Client) -> None:
    idea = an_idea(house, "have")
    page = lead.get(address(house, idea), follow=True)
    assert "This idea has an answer already." in page.text
    assert "Save the answer" not in page.text
    again = {"answer": "have", "words": "From Monday"}
    assert lead.post(address(house, idea), again).status_code == 302


@pytest.mark.parametrize(("number", "is_cut"), [(1, False), (2, False), (3, True)])
def test_a_list_that_is_cut_says_so(
    house: House, lead: Client, number: int, is_cut: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ideas, "MOST", 2)
    for answer in ("", "have"):
        for _ in range(number):
            an_idea(house, answer)
    Idea.objects.update(shown_on=timezone.localdate() - timedelta(days=14))
    page = lead.get(f"/o/{house.organisation.slug}/ideas/").text
    assert ("These are the 2 that have waited longest." in page) is is_cut
    assert ("These are the latest 2." in page) is is_cut
    assert (f"{number} ideas have waited 14 days" in page) is (number > 1)
    assert page.count("<strong>Quieter bins</strong>") == min(number, 2) * 2
