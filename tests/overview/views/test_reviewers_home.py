"""A senior reviewer's Home: what is due, three figures, what was decided lately."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.models import EarlyPlan
from initiatives.models import Idea, Initiative, Responsibility, Review
from organisations.models import Organisation, Role, Unit, User
from surveys.models import SurveyUnit
from tests.factories import CommitmentFactory, SurveyFactory, SurveyUnitFactory, UserFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

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
    CommitmentFactory.create(initiative=one, unit=trust.ward_7, hours_a_week=1, **fields)
    return one


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def test_home_lists_what_is_due_and_the_figures(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust)
    own = due(trust, "Bedside handover")
    own.responsibilities.update(user=reviewer, words="")
    page = page_of(client, trust.url())
    assert "Review “Quieter nights”, Ward 7" in page
    assert f"initiatives/{one.pk}/review" in page
    assert "Review “Bedside handover”" not in page
    assert "0 actions so far: too few to say." in page
    assert "2 units so far: too few to say." in page


def test_home_without_anything_due_shows_what_was_decided_lately(
    trust: Trust, client: Client, reviewer: User
) -> None:
    one = due(trust, days=-9)
    review = Review.objects.create(
        initiative=one, decision="stop", reason="So.", reviewer=reviewer, reply="We are glad."
    )
    review.units.add(trust.ward_7)
    page = page_of(client, trust.url())
    assert "You have nothing to do" in page
    assert "The next review day is" in page
    assert "Decided lately" in page
    assert "We are glad." in page


def test_a_reviewer_of_one_unit_sees_what_was_decided_there(trust: Trust, client: Client) -> None:
    one = due(trust, days=-9)
    by = trust.member(Role.REVIEWER)
    for unit, reply in ((trust.ward_7, "We are glad."), (trust.ward_9, "We are sorry.")):
        review = Review.objects.create(
            initiative=one, decision="stop", reason="So.", reviewer=by, reply=reply
        )
        review.units.add(unit)
    client.force_login(trust.member(Role.REVIEWER, trust.ward_9))
    page = page_of(client, trust.url())
    assert "We are sorry." in page
    assert "We are glad." not in page


def test_home_takes_as_many_queries_for_many(
    trust: Trust, client: Client, reviewer: User, django_assert_max_num_queries: Any
) -> None:
    """With each part that a reviewer's Home has, six times."""
    for number in range(6):
        one = due(trust, f"Improvement {number}")
        review = Review.objects.create(
            initiative=one, decision="stop", reason="So.", reviewer=trust.member(Role.REVIEWER)
        )
        review.units.set([trust.ward_7, trust.ward_9])
        published(trust.organisation, trust.ward_9, f"Early {number}", opened_early=True)
        published(trust.organisation, trust.ward_9, f"Beyond {number}", hours_at_launch=9)
    with django_assert_max_num_queries(12):
        page = page_of(client, trust.url())
    assert page.count("Ward 7 and Ward 9: stop") == 5
    assert "6 plans were started before the team debrief" in page
    assert page.count("9 hours a week at launch.") == 6


def test_home_takes_as_many_queries_where_somebody_is_responsible(
    trust: Trust, client: Client, reviewer: User, django_assert_max_num_queries: Any
) -> None:
    """Then who else can review it is asked, which an administrator's Home always asks."""
    for number in range(5):
        due(trust, f"Improvement {number}").responsibilities.update(user=reviewer, words="")
    with django_assert_max_num_queries(12):
        page = page_of(client, trust.url())
    assert "Review “Improvement" not in page
    client.force_login(trust.member(Role.ADMINISTRATOR))
    with django_assert_max_num_queries(12):
        page = page_of(client, trust.url())
    for number in range(5):
        assert f"Name another reviewer for “Improvement {number}”" in page


def published(
    organisation: Organisation,
    unit: Unit,
    title: str,
    *,
    opened_early: bool = False,
    hours_at_launch: int | None = None,
) -> SurveyUnit:
    """A survey of this unit: its plan was opened before a debrief, or it was launched on a full
    week."""
    survey = SurveyFactory.create(
        organisation=organisation, title=title, hours_at_launch=hours_at_launch
    )
    asked: SurveyUnit = SurveyUnitFactory.create(survey=survey, unit=unit)
    if opened_early:
        EarlyPlan.objects.create(
            survey_unit=asked, reason="A visit.", opened_by=UserFactory.create()
        )
    return asked


def test_home_tells_a_reviewer_of_their_units_alone(trust: Trust, client: Client) -> None:
    """And only of surveys that still run, and of plans whose team has not talked."""
    published(trust.organisation, trust.ward_7, "Here", hours_at_launch=9)
    published(trust.organisation, trust.ward_9, "Elsewhere", hours_at_launch=9)
    over = published(trust.organisation, trust.ward_7, "Over", hours_at_launch=9)
    talked = published(trust.organisation, trust.ward_7, "Talked", opened_early=True)
    SurveyUnit.objects.filter(pk=over.pk).update(state=SurveyUnit.State.COUNTED)
    SurveyUnit.objects.filter(pk=talked.pk).update(debriefed_at=timezone.now())
    client.force_login(trust.member(Role.REVIEWER, trust.ward_7))
    page = page_of(client, trust.url())
    assert ">Here</a>" in page
    for other in ("Elsewhere", "Over<", "Talked", "started before the team debrief"):
        assert other not in page


@pytest.mark.parametrize(("debriefed", "said"), [(0, "0 of 5"), (2, "2 of 5")])
def test_home_counts_results_that_were_discussed(
    trust: Trust, client: Client, reviewer: User, debriefed: int, said: str
) -> None:
    for number in range(5):
        asked = published(trust.organisation, trust.ward_7, f"Asked {number}")
        SurveyUnit.objects.filter(pk=asked.pk).update(
            state=SurveyUnit.State.COUNTED,
            published_at=timezone.now(),
            debriefed_at=timezone.now() if number < debriefed else None,
        )
    page = page_of(client, trust.url())
    assert f"{said}</p> <p>of the results" in page


def ideas(trust: Trust, number: int, days: int, **fields: Any) -> None:
    day = timezone.localdate() - timedelta(days=days)
    for turn in range(number):
        unit = (trust.ward_7, trust.ward_9)[turn % 2]
        Idea.objects.create(unit=unit, words=f"Bins {turn}", shown_on=day, **fields)


@pytest.mark.parametrize(("number", "told"), [(4, False), (5, True), (6, True)])
def test_home_counts_ideas_that_wait_from_five_on(
    trust: Trust, client: Client, reviewer: User, number: int, told: bool
) -> None:
    ideas(trust, number, 14)
    page = page_of(client, trust.url())
    assert (f"{number}</p> <p>ideas have had no answer for 14 days or longer." in page) == told
    assert ("Ideas from staff" in page) == told
    assert "Bins" not in page


@pytest.mark.parametrize(("days", "told"), [(13, False), (14, True), (15, True)])
def test_an_idea_counts_as_late_after_14_days(
    trust: Trust, client: Client, reviewer: User, days: int, told: bool
) -> None:
    ideas(trust, 5, days)
    assert ("Ideas from staff" in page_of(client, trust.url())) == told


def test_no_answered_idea_counts_and_none_of_other_units(trust: Trust, client: Client) -> None:
    ideas(trust, 3, 30, answer="have", answered_on=timezone.localdate())
    ideas(trust, 8, 30, for_lead_only=True)
    client.force_login(trust.member(Role.REVIEWER, trust.ward_7))
    assert "Ideas from staff" not in page_of(client, trust.url())
