"""Replying to a review and asking for one, as manager and lead see it."""

import pytest
from django.test import Client

from initiatives.models import Review
from organisations.models import Role
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.actions.test_reviews import reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def reply_to(trust: Trust, review: Review, rest: str = "reply") -> str:
    return trust.url(f"initiatives/{review.initiative_id}/reviews/{review.pk}/{rest}")


def test_the_manager_replies_from_the_improvements_page(trust: Trust, client: Client) -> None:
    review = reviewed(trust)
    client.force_login(trust.manager)
    page = trust.url(f"initiatives/{review.initiative_id}/")
    assert reply_to(trust, review) in client.get(page).text
    assert "The week is full." in client.get(reply_to(trust, review)).text
    assert client.post(reply_to(trust, review), {"reply": "x" * 241}).status_code == 422
    assert client.post(reply_to(trust, review), {"reply": "We are glad."}).status_code == 302
    after = client.get(page).text
    assert "We are glad." in after
    assert reply_to(trust, review) not in after
    again = client.post(reply_to(trust, review), {"reply": "And more."})
    assert again.status_code == 422
    assert "It can reply once." in again.text


def test_a_manager_of_another_unit_does_not_reply(trust: Trust, client: Client) -> None:
    review = reviewed(trust)
    client.force_login(trust.member(Role.MANAGER, trust.ward_9))
    assert client.post(reply_to(trust, review), {"reply": "No."}).status_code == 403


def test_a_reply_is_on_the_reviewers_list_until_it_is_read(trust: Trust, client: Client) -> None:
    review = reviewed(trust)
    review.initiative.commitments.update(state="stopped")
    client.force_login(trust.manager)
    client.post(reply_to(trust, review), {"reply": "We are glad."})
    client.force_login(trust.member(Role.REVIEWER))
    assert "The team replied to the review" in client.get(trust.url("reviews/")).text
    asks = client.get(trust.url(f"initiatives/{review.initiative_id}/review")).text
    assert "We are glad." in asks
    assert reply_to(trust, review, "read") in asks
    assert client.post(reply_to(trust, review, "read")).status_code == 302
    assert "The team replied" not in client.get(trust.url("reviews/")).text


def test_asking_for_a_review_puts_it_on_the_list(trust: Trust, client: Client) -> None:
    one = reviewed(trust).initiative
    client.force_login(trust.manager)
    page = trust.url(f"initiatives/{one.pk}/")
    assert "Ask for a review" in client.get(page).text
    assert client.post(trust.url(f"initiatives/{one.pk}/ask-for-review")).status_code == 302
    assert "A review was asked for on" in client.get(page).text
    client.force_login(trust.member(Role.REVIEWER))
    assert "asked for a review on" in client.get(trust.url("reviews/")).text
