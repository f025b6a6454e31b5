"""Home is compiled once for all whose roles are alike, and says to each what is theirs."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative, Measure
from organisations.models import Unit
from tests.factories import (
    ActionFactory,
    CommitmentFactory,
    InitiativeFactory,
    MembershipFactory,
    SurveyFactory,
    SurveyUnitFactory,
    UnitFactory,
)
from tests.fieldwork.launching import Trust, a_trust, an_initiative
from tests.overview.views.test_start_mixes import held, page_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def action(one: Initiative, unit: Unit, what: str, *, due_on: date) -> None:
    ActionFactory.create(
        initiative=one, unit=unit, result=1, is_promise=True, what=what, owner="Clerk",
        added_by=one.added_by, due_on=due_on,
    )  # fmt: skip


def test_members_whose_roles_are_alike_see_their_own_each(trust: Trust) -> None:
    """One after the other in one process, of two organisations, and the first once more."""
    users = []
    for ward, what in (
        (trust.ward_7, "Lamp"),
        (trust.ward_9, "Chair"),
        (UnitFactory.create(), "Rail"),
    ):
        organisation = ward.organisation
        one = InitiativeFactory.create(organisation=organisation, state="active")
        CommitmentFactory.create(initiative=one, unit=ward)
        action(one, ward, what, due_on=timezone.localdate() - DAY)
        user = MembershipFactory.create(organisation=organisation, unit=ward).user
        Measure.objects.create(
            initiative=one, unit=ward, name=f"{what}s", every="week", better="more",
            added_by=user, added_at=timezone.now() - DAY * 9,
        )  # fmt: skip
        asked = SurveyFactory.create(organisation=organisation, title=f"{what} survey")
        SurveyUnitFactory.create(survey=asked, unit=ward)
        link = f'initiatives/{one.pk}/"'
        users.append(
            (organisation, user, {f"“{what}” is overdue", f": {what}s", asked.title, link})
        )
    for organisation, user, own in [*users, users[0]]:
        client = Client()
        client.force_login(user)
        page = client.get(f"/o/{organisation.slug}/").text
        assert {words for _, _, each in users for words in each if words in page} == own


def test_home_is_of_the_day_it_is_opened(
    trust: Trust, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = an_initiative(trust, state="active")
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    day = timezone.localdate() + DAY * 8
    action(one, trust.ward_7, "Lamp", due_on=day)
    user = held(trust, manager=trust.ward_7)
    assert "“Lamp” is due soon" not in page_of(trust, client, user)
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: day - DAY * 7)
    assert "“Lamp” is due soon" in page_of(trust, client, user)


@pytest.mark.parametrize("number", [24, 25, 26])
@pytest.mark.parametrize("roles", [["reviewer", "administrator"], ["administrator"]])
def test_every_review_is_counted_and_no_more_are_told_than_fit(
    trust: Trust, client: Client, number: int, roles: list[str]
) -> None:
    """Five, and 20 folded; an administrator is told of those that nobody can review."""
    for place in range(number):
        one = an_initiative(
            trust, title=f"Number {place:02}", state="active",
            review_on=timezone.localdate() - DAY * (2000 - place),
        )  # fmt: skip
        CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    page = page_of(trust, client, held(trust, **dict.fromkeys(roles, trust.ward_7)))
    told = re.findall(r"<h2>[^<]*“Number (\d\d)”", page)
    assert told == [f"{place:02}" for place in range(min(number, 25))]
    assert f"{number - 5} more</span>" in page
    assert ("And 1 later ones." in page) is (number == 26)
