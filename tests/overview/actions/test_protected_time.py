"""The monthly message says how many of the last month's debriefs were in protected time."""

from datetime import datetime, timedelta

import pytest

from debriefs.models import Debrief
from initiatives.actions.reviews import ask_for_review
from organisations.models import Role, Unit, User
from overview.actions import notices
from tests.debriefs.held import held_debrief
from tests.factories import SurveyFactory, SurveyUnitFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.overview.actions.test_notices import MONDAY, sent
from tests.overview.actions.test_review import running

pytestmark = pytest.mark.django_db
IN_JANUARY = MONDAY - timedelta(days=10)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def reviewer(trust: Trust) -> User:
    return trust.member(Role.REVIEWER, email="reviewer@merrowfield.example")


def hold(trust: Trust, *said: str, unit: Unit | None = None, at: datetime = IN_JANUARY) -> None:
    """A debrief each, which ended then and said this."""
    asked = SurveyUnitFactory.create(
        survey=SurveyFactory.create(organisation=trust.organisation), unit=unit or trust.ward_7
    )
    for one in said:
        held = held_debrief(asked, by=trust.manager)
        Debrief.objects.filter(pk=held.pk).update(protected_time=one, ended_at=at)


def told(trust: Trust, reviewer: User) -> str:
    ask_for_review(initiative=running(trust), by=trust.lead)
    notices.tell_reviewers(MONDAY)
    return sent()[reviewer.email]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (["all"] * 4, ""),
        (["all"] * 4 + ["", ""], ""),
        (["all"] * 5, "5 of 5"),
        (["all", "all", "some", "no", "no"], "2 of 5"),
        (["all", "some", "some", "some", "some", "some"], "1 of 6"),
        (["all"] * 6 + [""], "6 of 6"),
        (["no"] * 5, "0 of 5"),
    ],
)
def test_all_counts_and_some_does_not_from_five_that_said(
    trust: Trust, reviewer: User, said: list[str], line: str
) -> None:
    hold(trust, *said)
    words = told(trust, reviewer)
    assert ("protected" in words) is bool(line)
    if line:
        assert f"Last month, {line} debriefs were held in protected time." in words
        assert "“some” does not count as protected" in words


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("2026-12-31T23:59:59", False),
        ("2027-01-01T00:00:00", True),
        ("2027-01-31T23:59:59", True),
        ("2027-02-01T00:00:00", False),
    ],
)
def test_it_is_of_the_calendar_month_before(
    trust: Trust, reviewer: User, at: str, counts: bool
) -> None:
    hold(trust, *["all"] * 5, at=datetime.fromisoformat(f"{at}+00:00"))
    assert ("protected time" in told(trust, reviewer)) is counts


def test_it_is_of_the_readers_units_alone(trust: Trust) -> None:
    reviewer = trust.member(Role.REVIEWER, trust.ward_7, email="ward@merrowfield.example")
    hold(trust, *["all"] * 5)
    hold(trust, *["no"] * 5, unit=trust.ward_9)
    assert "5 of 5 debriefs were held in protected time" in told(trust, reviewer)
