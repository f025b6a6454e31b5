"""The register: adding an improvement, a full week, many from a list, a planned start, an end."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from initiatives.models import Commitment
from organisations.models import Organisation, Role, User
from tests.conftest import Site
from tests.factories import (
    CommitmentFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    UnitFactory,
)

DESK: ViewportSize = {"width": 1280, "height": 800}
LIST = (
    "name\tproblem\tchange\tunit\thours\n"
    "Home by lunch\tBeds are free late.\tWe plan the day before.\tWard 9\t3\n"
    "Home by lunch\tBeds are free late.\tWe plan the day before.\tWard 7\t\n"
)


@pytest.fixture
def organisation(site: Site) -> Organisation:
    """Two wards; the first has 5 staff hours a week taken."""
    made: Organisation = OrganisationFactory.create(
        name="Merrowfield Hospitals", slug="merrowfield"
    )
    seven, _ = (UnitFactory.create(organisation=made, name=name) for name in ("Ward 7", "Ward 9"))
    running = InitiativeFactory.create(organisation=made, title="Quieter nights", state="active")
    CommitmentFactory.create(initiative=running, unit=seven, hours_a_week=5)
    return made


@pytest.fixture
def screen(site: Site, browser: Browser, organisation: Organisation) -> Iterator[Page]:
    lead: User = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    client = Client()
    client.force_login(lead)
    context = browser.new_context(viewport=DESK)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
    )
    yield context.new_page()
    context.close()


def test_improvements_come_on_the_register_and_go(
    site: Site, screen: Page, look: Callable[[Page, str], None]
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/initiatives/")
    look(screen, "Improvements")
    screen.get_by_role("link", name="Add an improvement").click()
    look(screen, "Add an improvement")
    screen.get_by_label("Ward 7").check()
    screen.get_by_label("Short name").fill("Swallow check on arrival")
    screen.get_by_label("The problem").fill("New patients wait a day for a swallow check.")
    screen.get_by_label("What would change").fill("A nurse checks on arrival.")
    screen.get_by_role("button", name="Add improvement").click()
    expect(screen.get_by_role("alert")).to_contain_text("Choose how many hours it takes")
    look(screen, "Add an improvement")
    screen.get_by_label("3 hours: one routine changes").check()
    screen.get_by_role("button", name="Add improvement").click()
    expect(screen.get_by_text("Ward 7: 5 now, 8 with what is planned")).to_be_visible()
    look(screen, "Add an improvement")
    screen.get_by_label("Why now? (optional)").fill("The trainer is here in January.")
    screen.get_by_role("button", name="Add improvement").click()
    look(screen, "Swallow check on arrival")

    screen.get_by_role("link", name="Start on Ward 7").click()
    day = timezone.localdate() + timedelta(days=40)
    screen.get_by_label("Why?").fill("The trainer comes then.")
    screen.get_by_label("Start day (optional)").fill(day.isoformat())
    look(screen, "Start this improvement?")
    screen.get_by_role("button", name="Start it").click()
    expect(screen.get_by_text("Planned, starts")).to_be_visible()

    screen.get_by_role("link", name="Improvements", exact=True).first.click()
    screen.get_by_role("link", name="Staff hours by unit").click()
    expect(screen.get_by_text("3 more from")).to_be_visible()
    look(screen, "Staff hours")

    screen.get_by_role("link", name="Improvements", exact=True).first.click()
    screen.get_by_role("link", name="Add improvements from a spreadsheet").click()
    look(screen, "Add improvements from a spreadsheet")
    screen.get_by_label("Paste the list").fill(LIST)
    screen.get_by_role("button", name="Check the list").click()
    look(screen, "Check the list")
    screen.get_by_role("button", name="Save these improvements").click()
    expect(screen.get_by_text("1 improvement added.")).to_be_visible()
    look(screen, "Improvements")

    screen.get_by_role("link", name="Quieter nights", exact=True).click()
    screen.get_by_role("link", name="Mark as finished on Ward 7").click()
    screen.get_by_label("Why?").fill("It is in the handover notes.")
    look(screen, "Mark this improvement as finished?")
    screen.get_by_role("button", name="Finish it").click()
    expect(screen.get_by_text("It is in the handover notes.")).to_be_visible()
    look(screen, "Quieter nights")
    states = Commitment.objects.order_by("initiative__title", "unit__name")
    assert list(states.values_list("initiative__title", "unit__name", "state")) == [
        ("Home by lunch", "Ward 7", "proposed"),
        ("Home by lunch", "Ward 9", "proposed"),
        ("Quieter nights", "Ward 7", "finished"),
        ("Swallow check on arrival", "Ward 7", "planned"),
    ]
