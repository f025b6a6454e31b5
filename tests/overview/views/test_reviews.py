"""The list of reviews, and one review from the question to what the team reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative, Responsibility, Review
from organisations.models import Role, User
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative
from tests.overview.queries.test_reviews import a_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def reviewer(trust: Trust, client: Client) -> User:
    user = trust.member(Role.REVIEWER, name="Chief operating officer")
    client.force_login(user)
    return user


def due(trust: Trust, title: str = "Quieter nights", *, days: int = 1, **fields: Any) -> Initiative:
    today = timezone.localdate(timezone=trust.organisation.zone)
    one: Initiative = an_initiative(
        trust, title=title, state="active", review_on=today - timedelta(days=days)
    )
    Responsibility.objects.create(initiative=one, part="sponsor", words="Matron")
    on = {"begins_on": today, "hours_a_week": 1, **fields}
    CommitmentFactory.create(initiative=one, unit=trust.ward_7, **on)
    return one


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def test_the_oldest_is_first_and_says_every_reason(
    trust: Trust, client: Client, reviewer: User
) -> None:
    due(trust)
    long_ago = timezone.localdate() - timedelta(weeks=8)
    older = due(trust, "Bedside handover", days=9, begins_on=long_ago)
    older.responsibilities.all().delete()
    page = page_of(client, trust.url("reviews/"))
    assert page.index("Bedside handover") < page.index("Quieter nights")
    assert "2 reviews are due" in page
    assert page.count("Its review day was") == 2
    assert "no sponsor is named" in page


def test_what_came_last_to_a_full_unit_is_named_with_its_load(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust, days=-9)
    one.commitments.update(hours_a_week=9)
    page = page_of(client, trust.url("reviews/"))
    assert "It came last to a full week. Ward 7: 9 staff hours a week, 1 improvement." in page
    assert "Units at a limit" in page


def test_nothing_due_says_what_comes_next(trust: Trust, client: Client, reviewer: User) -> None:
    assert "No improvement on your units has a review day." in page_of(
        client, trust.url("reviews/")
    )
    due(trust, days=-9)
    page = page_of(client, trust.url("reviews/"))
    assert "No review is due" in page
    assert "The next review day is" in page


def test_their_own_are_listed_without_a_button(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust)
    one.responsibilities.update(user=reviewer, words="")
    page = page_of(client, trust.url("reviews/"))
    assert "another reviewer decides" in page
    assert "ask an administrator to name another reviewer" in page
    assert f"initiatives/{one.pk}/review" not in page
    trust.member(Role.REVIEWER, trust.ward_7)
    assert "name another reviewer" not in page_of(client, trust.url("reviews/"))


def test_a_reviewer_of_one_unit_sees_only_its_improvements(trust: Trust, client: Client) -> None:
    due(trust)
    client.force_login(trust.member(Role.REVIEWER, trust.ward_9))
    assert "Quieter nights" not in page_of(client, trust.url("reviews/"))


def test_the_list_takes_as_many_queries_for_many(
    trust: Trust, client: Client, reviewer: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(7):
        due(trust, f"Improvement {number}")
    with django_assert_max_num_queries(9):
        page_of(client, trust.url("reviews/"))


def address(trust: Trust, one: Initiative, decision: str = "stop", rest: str = "") -> str:
    return trust.url(f"initiatives/{one.pk}/review{rest}?decision={decision}")


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_a_stop_is_read_once_more_and_then_done(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust)
    asks = page_of(client, address(trust, one))
    said = {"reason": "The week is full.", "keeps": "Soft-close bins", "seen": seen_in(asks)}
    checked = client.post(address(trust, one), said)
    assert checked.status_code == 200
    page = " ".join(checked.text.split())
    assert "Stop it on Ward 7?" in page
    assert "This improvement has stopped" in page
    assert "<strong>Why:</strong> The week is full." in page
    assert "Ward 7 has 0 staff hours a week instead of 1." in page
    assert not Review.objects.exists()
    changed = client.post(address(trust, one), {**said, "change": "1"}).text
    assert "The week is full." in changed
    done = client.post(address(trust, one, rest="/confirm"), said)
    assert done.status_code == 302
    assert Review.objects.get().keeps == "Soft-close bins"
    assert "has stopped" in client.get(done["Location"]).text


def test_what_is_missing_is_said_at_its_field_and_nothing_changes(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust)
    for decision, said, problem in (
        ("stop", {}, "Enter your reason"),
        ("stop", {"reason": "x" * 241}, "Use 240 characters or fewer"),
        ("continue", {"reason": "So.", "weeks": "3"}, "from 4 to 26"),
        ("start_later", {"reason": "So."}, "Enter a start day"),
        ("start_later", {"reason": "So.", "begins_on": "2026-02-31"}, "like 11 January"),
    ):
        answer = client.post(address(trust, one, decision, "/confirm"), said)
        assert answer.status_code == 422
        assert problem in answer.text
    assert not Review.objects.exists()


def test_who_is_responsible_meets_a_sentence_and_no_form(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust)
    one.responsibilities.update(user=reviewer, words="")
    page = page_of(client, address(trust, one), 403)
    assert "You are responsible for this one: another reviewer decides." in page
    said = {"reason": "So.", "seen": "0.0.0"}
    assert client.post(address(trust, one, rest="/confirm"), said).status_code == 403
    assert not Review.objects.exists()


def test_the_second_reads_what_the_first_decided_and_keeps_their_words(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust)
    said = {"reason": "The week is full.", "seen": seen_in(page_of(client, address(trust, one)))}
    assert client.post(address(trust, one, rest="/confirm"), said).status_code == 302
    client.force_login(trust.member(Role.REVIEWER))
    other = {"reason": "It works well.", "weeks": "8", "seen": said["seen"]}
    one.commitments.update(state="active")
    answer = client.post(address(trust, one, "continue", "/confirm"), other)
    assert answer.status_code == 409
    for words in ("Chief operating officer", "The week is full.", "It works well."):
        assert words in answer.text
    assert Review.objects.count() == 1


def test_improvements_to_merge_into_are_found_by_name(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one, near = due(trust), due(trust, "Protected mealtimes")
    far = an_initiative(trust, title="Skin checks", state="active")
    CommitmentFactory.create(initiative=far, unit=trust.ward_9)
    page = page_of(client, address(trust, one, "merge"))
    assert near.title in page
    assert far.title not in page
    found = page_of(client, f"{address(trust, one, 'merge')}&q=skin")
    assert far.title in found
    said = {"reason": "The same.", "into": far.pk, "seen": "0.0.0"}
    assert "continues as “Skin checks”" in client.post(address(trust, one, "merge"), said).text


def test_two_improvements_are_merged(trust: Trust, client: Client, reviewer: User) -> None:
    one, other = due(trust), due(trust, "Protected mealtimes")
    seen = seen_in(page_of(client, address(trust, one, "merge")))
    said = {"reason": "They do the same.", "into": other.pk, "seen": seen}
    assert client.post(address(trust, one, "merge", "/confirm"), said).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.merged_into) == ("merged", other)


def test_an_administrator_is_told_where_nobody_can_review(trust: Trust, client: Client) -> None:
    due(trust)
    client.force_login(trust.member(Role.ADMINISTRATOR))
    page = page_of(client, trust.url())
    assert "Name another reviewer for “Quieter nights”" in page
    assert trust.url("people/") in page
    trust.member(Role.REVIEWER)
    assert "Name another reviewer" not in page_of(client, trust.url())


def test_the_register_leads_a_reviewer_to_the_reviews(trust: Trust, client: Client) -> None:
    for role, leads in ((Role.REVIEWER, True), (Role.LEAD, False)):
        client.force_login(trust.member(role))
        assert (trust.url("reviews/") in page_of(client, trust.url("initiatives/"))) == leads


@pytest.mark.parametrize("state", ["active", "proposed"])
def test_a_full_week_is_a_reason_to_review_what_came_last_there(
    trust: Trust, client: Client, reviewer: User, state: str
) -> None:
    """It began last, or was added after the others began; when a row was made does not count."""
    today = timezone.localdate(timezone=trust.organisation.zone)
    for title, its, days in (("Came last", state, 1), ("Began long ago", "active", 300)):
        one = an_initiative(trust, title=title, state=its)
        Initiative.objects.filter(pk=one.pk).update(
            added_at=timezone.now() - timedelta(days=days), review_on=today + timedelta(days=30)
        )
        Responsibility.objects.create(initiative=one, part="sponsor", words="Matron")
        here = CommitmentFactory.create(
            initiative=one,
            unit=trust.ward_7,
            hours_a_week=9,
            begins_on=today - timedelta(days=days) if its == "active" else None,
        )
        a_step("number", here, trust, 1)
    text = page_of(client, trust.url("reviews/"))
    assert "Came last" in text
    assert "It came last to a full week. Ward 7:" in text
    assert "Began long ago" not in text


@pytest.mark.parametrize(
    ("hours", "said"),
    [(7, ""), (8, "At or above its limit: 8 hours, 3 improvements"), (9, "At or")],
)
def test_the_units_staff_hours_stand_beside_the_question(
    trust: Trust, client: Client, reviewer: User, hours: int, said: str
) -> None:
    one = due(trust, hours_a_week=hours - 2)
    due(trust, "Bedside handover", hours_a_week=2)
    later = timezone.localdate() + timedelta(weeks=5)
    planned = {"state": "planned", "begins_on": later, "hours_a_week": 4}
    CommitmentFactory.create(initiative=one, unit=trust.ward_9, **planned)
    page = page_of(client, trust.url(f"initiatives/{one.pk}/review"))
    assert f"{hours} hours a week, of which this one is {hours - 2}<br>2 improvements" in page
    # What has not begun is no part of this week.
    assert "Ward 9</strong><br>0 hours a week<br>1 improvement" in page
    assert (said in page) if said else ("At or above" not in page)


def test_a_guess_is_marked_beside_the_question(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust, hours_a_week=None)
    page = page_of(client, trust.url(f"initiatives/{one.pk}/review"))
    assert "of which this one is 2 (a guess)" in page
