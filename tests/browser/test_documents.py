"""A lead asks for the staff room’s page and gets it, with the page open and no reload."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from organisations.models import Role
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish
from tests.servers import Server


def test_a_document_is_made_while_the_page_waits(
    site: Site, worker: Server, context: BrowserContext, page: Page, axe: Callable[[Page], None]
) -> None:
    organisation = OrganisationFactory.create()
    ward = UnitFactory.create(organisation=organisation, name="Ward 7")
    unit = publish(organisation=organisation, unit=ward, payload=payload())
    client = Client()
    client.force_login(MembershipFactory.create(organisation=organisation, role=Role.LEAD).user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))

    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site.url}/o/{organisation.slug}/results/{unit.pk}/")
    page.get_by_role("link", name="One page for the staff room (PDF)").click()
    axe(page)
    page.get_by_role("button", name="Create One page for the staff room").click()
    download = page.get_by_role("button", name="Download One page for the staff room")
    expect(download).to_be_visible(timeout=90_000)  # a PDF is four seconds' work for a whole core
    axe(page)
    with page.expect_download() as file:
        download.click()
    assert file.value.suggested_filename.startswith("ward-7")
    assert file.value.suggested_filename.endswith("staff-room.pdf")
    assert Path(file.value.path()).read_bytes().startswith(b"%PDF")
    assert problems == []
