"""The team replies to a review once; somebody asks for one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.actions.reviews import ask_for_review, read_reply, reply
from initiatives.models import Initiative, Review
from organisations.models import AuditEntry, Role
from organisations.rules.refusal import Refused
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def reviewed(trust: Trust, *, days_ago: int = 0) -> Review:
    """Reviewed so many days ago, so that the reply is due 14 days after that."""
    one: Initiative = an_initiative(trust, title="Quieter nights", state="active")
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    today = timezone.localdate(timezone=trust.organisation.zone)
    review = Review.objects.create(
        initiative=one,
        decision=Review.Decision.STOP,
        reason="The week is full.",
        reviewer=trust.member(Role.REVIEWER),
        reply_by=today - timedelta(days=days_ago) + timedelta(days=14),
    )
    review.units.add(trust.ward_7)
    return review


@pytest.mark.parametrize(("days_ago", "ok"), [(13, True), (14, True), (15, False)])
def test_the_team_replies_within_fourteen_days(trust: Trust, days_ago: int, ok: bool) -> None:
    review = reviewed(trust, days_ago=days_ago)
    if ok:
        reply(review=review, words="We are glad.", by=trust.manager)
    else:
        with pytest.raises(Refused, match="could reply until"):
            reply(review=review, words="We are glad.", by=trust.manager)
    review.refresh_from_db()
    assert review.reply == ("We are glad." if ok else "")


def test_it_replies_once_and_twice_the_same_is_one(trust: Trust) -> None:
    review = reviewed(trust)
    for _ in range(2):
        reply(review=review, words="We are glad.", by=trust.manager)
    for words, by in (("And more.", trust.manager), ("We are glad.", trust.lead)):
        with pytest.raises(Refused, match="replied already"):
            reply(review=review, words=words, by=by)
    review.refresh_from_db()
    assert (review.reply, review.replied_by) == ("We are glad.", trust.manager)
    assert AuditEntry.objects.filter(action="review replied to").count() == 1


def test_an_empty_reply_is_none(trust: Trust) -> None:
    with pytest.raises(Refused, match="Enter your reply"):
        reply(review=reviewed(trust), words="", by=trust.manager)


def test_it_is_read_once(trust: Trust) -> None:
    review = reviewed(trust)
    read_reply(review=review, by=review.reviewer)
    review.refresh_from_db()
    assert review.reply_read_at is None
    reply(review=review, words="We are glad.", by=trust.manager)
    read_reply(review=review, by=review.reviewer)
    review.refresh_from_db()
    first = review.reply_read_at
    read_reply(review=review, by=review.reviewer)
    review.refresh_from_db()
    assert first is not None
    assert review.reply_read_at == first


def test_asking_again_changes_nothing_and_what_is_over_is_not_reviewed(trust: Trust) -> None:
    one = reviewed(trust).initiative
    yesterday = timezone.localdate(timezone=trust.organisation.zone) - timedelta(days=1)
    ask_for_review(initiative=one, by=trust.manager)
    Initiative.objects.filter(pk=one.pk).update(review_asked_on=yesterday)
    ask_for_review(initiative=one, by=trust.lead)
    one.refresh_from_db()
    assert one.review_asked_on == yesterday
    Initiative.objects.filter(pk=one.pk).update(state="stopped")
    with pytest.raises(Refused, match="is over"):
        ask_for_review(initiative=one, by=trust.manager)
