"""A lead writes what happened on the unit, puts it right, and takes it away again."""

from collections.abc import Callable

from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from organisations.models import Role
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish


def test_a_note_is_written_put_right_and_removed(
    site: Site, context: BrowserContext, page: Page, axe: Callable[[Page], None]
) -> None:
    organisation = OrganisationFactory.create()
    ward = UnitFactory.create(organisation=organisation, name="Ward 7")
    unit = publish(organisation=organisation, unit=ward, payload=payload(), ward_page_code="noted")
    client = Client()
    client.force_login(MembershipFactory.create(organisation=organisation, role=Role.LEAD).user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    result = f"{site.url}/o/{organisation.slug}/results/{unit.pk}/"

    page.goto(f"{result}#around")
    axe(page)
    page.get_by_role("link", name="Add a note").click()
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what happened.")
    axe(page)
    page.get_by_label("When was it?").fill("2026-05-12")
    page.get_by_label("What happened?").fill("Ward 3 moved in with us.")
    page.get_by_role("button", name="Add the note").click()
    axe(page)
    page.goto(f"{site.url}/w/noted")
    page.locator("#around > summary").click()
    expect(page.get_by_text("12 May 2026:")).to_be_visible()
    page.goto(f"{result}#around")
    page.get_by_role("link", name="Add or correct a note").click()
    page.get_by_role("link", name="Correct or remove").click()
    axe(page)
    page.get_by_label("What happened?").fill("Ward 4 moved in with us.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ward 4 moved in with us.").first).to_be_visible()
    page.get_by_role("link", name="Correct or remove").click()
    page.get_by_role("button", name="Remove this note").click()
    expect(page.get_by_text("No note yet.")).to_be_visible()
    for name in ("Learning", "What makes a change work"):
        page.goto(f"{result}#debrief")
        link = "The 20 tasks" if name == "What makes a change work" else name
        page.get_by_role("link", name=link).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        axe(page)
