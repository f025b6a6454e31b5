"""Staff hours by unit: what runs, what is to come, and who is at a limit."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, Role, Unit
from organisations.words import dates
from tests.factories import CommitmentFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def runs(trust: Trust, title: str, hours: str | None, **fields: Any) -> None:
    initiative = an_initiative(trust, title=title, state=fields.pop("state", "active"))
    CommitmentFactory.create(initiative=initiative, unit=trust.ward_7, hours_a_week=hours, **fields)


def page_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).text.split())


def test_what_is_planned_is_written_apart_and_guesses_are_marked(
    trust: Trust, client: Client
) -> None:
    day = timezone.localdate() + timedelta(days=30)
    runs(trust, "Quieter nights", "4.5")
    runs(trust, "Home by lunch", None, state="proposed")
    runs(trust, "Water within reach", "3", state="planned", begins_on=day)
    client.force_login(trust.member(Role.REVIEWER))
    page = page_of(client, trust.url("load/"))
    assert "4.5 now" in page and "3 improvements" in page
    assert f"3 more from {dates.day(day)}: Water within reach" in page
    assert "2 more with no start day yet: Home by lunch" in page
    assert "At a limit</strong>" not in page
    runs(trust, "Bedside handover", None)
    page = page_of(client, trust.url("load/"))
    assert "6.5 now (partly a guess)" in page
    # Four improvements are one more than three.
    assert "At a limit</strong>" in page


@pytest.mark.parametrize(("hours", "full"), [("7.5", 0), ("8", 1), ("8.5", 1)])
def test_a_unit_at_its_hours_has_a_list_of_its_own(
    trust: Trust, client: Client, hours: str, full: int
) -> None:
    runs(trust, "Quieter nights", hours)
    client.force_login(trust.lead)
    page = page_of(client, trust.url("load/?show=full"))
    assert f"At a limit ({full})" in page
    assert ("Ward 7" in page) is bool(full)
    assert "Ward 9" not in page


def test_an_organisations_own_limits_hold(trust: Trust, client: Client) -> None:
    runs(trust, "Quieter nights", None)
    Organisation.objects.update(weekly_hours_limit=5, hours_guess=5)
    client.force_login(trust.lead)
    assert "5 now (partly a guess). At a limit" in page_of(client, trust.url("load/"))


@pytest.mark.parametrize(("own", "full"), [(5, True), (6, False), (None, False)])
def test_a_units_own_limit_goes_first(
    trust: Trust, client: Client, own: int | None, full: bool
) -> None:
    runs(trust, "Quieter nights", "5")
    Unit.objects.filter(pk=trust.ward_7.pk).update(own_hours_limit=own)
    client.force_login(trust.lead)
    page = page_of(client, trust.url("load/"))
    assert ("At a limit</strong>" in page) is full
    assert ("Its own limit: " in page) is (own is not None)
    # It warns where somebody adds or launches, with its own figure.
    launch = page_of(client, trust.url(f"surveys/launch?unit={trust.ward_7.pk}"))
    assert ("asks this unit to stay below 5 hours" in launch) is full


def test_a_manager_sees_their_own_units(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    page = page_of(client, trust.url("load/"))
    assert "Ward 7" in page and "Ward 9" not in page


def test_the_page_costs_the_same_for_many_units(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        unit = UnitFactory.create(
            organisation=trust.organisation, parent=trust.medicine, name=f"Ward {number + 20}"
        )
        CommitmentFactory.create(initiative=an_initiative(trust, state="active"), unit=unit)
    client.force_login(trust.lead)
    with django_assert_num_queries(7):
        page_of(client, trust.url("load/"))
    assert "No units match" in page_of(client, trust.url("load/?q=zzz"))
