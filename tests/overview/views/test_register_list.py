"""The list of improvements: one row each, filters, who finds what."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative, Responsibility
from organisations.models import Role, Unit
from organisations.words import dates
from overview.presenters.register_groups import _stands
from overview.presenters.register_rows import InitiativeRow
from tests.factories import CommitmentFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def on(trust: Trust, title: str, *units: tuple[Unit, dict[str, Any]]) -> Initiative:
    one: Initiative = an_initiative(trust, title=title)
    for unit, fields in units:
        CommitmentFactory.create(initiative=one, unit=unit, **fields)
    return one


def active(hours: str | None = None) -> dict[str, Any]:
    return {"state": "active", "begins_on": timezone.localdate(), "hours_a_week": hours}


def page_of(client: Client, address: str) -> str:
    page = client.get(address).text
    return " ".join(page[page.index("<main") :].split())


def test_an_improvement_on_several_units_is_one_row(trust: Trust, client: Client) -> None:
    one = on(
        trust, "Protected mealtimes",
        (trust.ward_7, active("4")), (trust.ward_9, {"state": "proposed"}),
    )  # fmt: skip
    client.force_login(trust.lead)
    page = page_of(client, trust.url("initiatives/"))
    assert page.count("Protected mealtimes</a>") == 1
    assert "1 improvement is proposed, planned or active on 2 units." in page
    assert ">2 units</td>" in page
    assert "Active on 1 of 2<br>" in page
    assert "4, 2 (a guess)" in page
    assert f'<a href="{trust.url(f"initiatives/{one.pk}/")}">See each unit' in page
    # Its manager sees their unit, and no other.
    client.force_login(trust.manager)
    page = page_of(client, trust.url("initiatives/"))
    assert re.search(rf">Ward 7</td> <td[^>]*>Active since {dates.day(timezone.localdate())}", page)
    assert (
        "2 units" not in page and "1 improvement is proposed, planned or active on 1 unit." in page
    )


def test_units_that_are_alike_are_said_once(trust: Trust, client: Client) -> None:
    day = timezone.localdate() + timedelta(days=9)
    planned = {"state": "planned", "begins_on": day, "hours_a_week": "2"}
    on(trust, "Home by lunch", (trust.ward_7, planned), (trust.ward_9, planned))
    client.force_login(trust.lead)
    page = page_of(client, trust.url("initiatives/"))
    assert f'Planned, starts {dates.day(day)}<br><span class="app-second">No survey yet<' in page
    assert "2 planned each" in page


def test_what_was_decided_is_said_once_for_all_units() -> None:
    def row(stands: str) -> InitiativeRow:
        return cast(InitiativeRow, SimpleNamespace(stands=stands))

    said = _stands(
        [row("Decided: go ahead"), row("Decided: put on hold"), row("Decided: go ahead")]
    )
    assert said == "Decided: go ahead (2), put on hold (1)"
    assert _stands([row("No survey yet"), row("Decided: go ahead")]) == (
        "No survey yet (1), Decided: go ahead (1)"
    )


def test_it_is_over_only_where_no_unit_runs(trust: Trust, client: Client) -> None:
    on(trust, "Half over", (trust.ward_7, active()), (trust.ward_9, {"state": "stopped"}))
    on(
        trust,
        "All over",
        (trust.ward_7, {"state": "stopped"}),
        (trust.ward_9, {"state": "finished"}),
    )
    client.force_login(trust.lead)
    running, over = (
        page_of(client, trust.url(f"initiatives/{rest}")) for rest in ("", "?show=over")
    )
    assert "Half over" in running and "All over" not in running
    assert "All over" in over and "Half over" not in over
    # For the manager of the unit where it stopped it is over.
    client.force_login(trust.member(Role.MANAGER, trust.ward_9))
    assert "Half over" in page_of(client, trust.url("initiatives/?show=over"))


def test_filters_by_status_division_and_words(trust: Trust, client: Client) -> None:
    surgery = UnitFactory.create(organisation=trust.organisation, name="Surgery")
    theatre = UnitFactory.create(organisation=trust.organisation, name="Theatre", parent=surgery)
    on(trust, "Quieter nights", (trust.ward_7, active()))
    on(trust, "Bedside handover", (trust.ward_9, {"state": "proposed"}))
    on(trust, "Fewer delays", (theatre, active()))
    client.force_login(trust.lead)

    def found(query: str) -> set[str]:
        page = page_of(client, trust.url(f"initiatives/?{query}"))
        return {
            one for one in ("Quieter nights", "Bedside handover", "Fewer delays") if one in page
        }

    assert found("") == {"Quieter nights", "Bedside handover", "Fewer delays"}
    assert found("status=active") == {"Quieter nights", "Fewer delays"}
    assert found(f"division={trust.medicine.pk}") == {"Quieter nights", "Bedside handover"}
    assert found(f"division={trust.medicine.pk}&status=active") == {"Quieter nights"}
    assert found("q=theatre") == {"Fewer delays"}
    assert found("q=delay&status=proposed") == set()
    # What is none of the choices leaves nothing out.
    assert len(found("status=x&division=99999999999999")) == 3
    none = page_of(client, trust.url("initiatives/?q=delay&status=proposed"))
    assert "No improvements match" in none and "Clear the filters" in none
    # A manager of one division is offered none.
    client.force_login(trust.manager)
    assert 'name="division"' not in page_of(client, trust.url("initiatives/?q=n"))


@pytest.mark.parametrize(("number", "more"), [(59, False), (60, False), (61, True)])
def test_sixty_a_page(trust: Trust, client: Client, number: int, *, more: bool) -> None:
    made = Initiative.objects.bulk_create(
        Initiative(
            organisation=trust.organisation, title=f"Number {one:02}", problem="P.", change="C.",
            added_by=trust.lead,
        )
        for one in range(number)
    )  # fmt: skip
    for one in made:
        CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    client.force_login(trust.lead)
    page = page_of(client, trust.url("initiatives/"))
    assert ("page=2" in page) is more
    assert f"{number} running, by name" in page


def test_who_is_responsible_finds_it_wherever_it_is(trust: Trust, client: Client) -> None:
    one = on(trust, "Quieter nights", (trust.ward_7, active()))
    sponsor = trust.member(Role.MANAGER, trust.ward_9)
    client.force_login(sponsor)
    assert "Quieter nights" not in page_of(client, trust.url("initiatives/"))
    Responsibility.objects.create(initiative=one, part="sponsor", user=sponsor)
    Responsibility.objects.create(initiative=one, part="deputy", user=sponsor)
    page = page_of(client, trust.url("initiatives/"))
    assert page.count("Quieter nights</a>") == 1
