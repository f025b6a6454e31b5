"""A lead asks for the wall's PDF and gets it, with the page open and no reload."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from organisations.models import Role
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.reports.payloads import payload
from tests.reports.published import publish
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

    page.goto(f"{site.url}/o/{organisation.slug}/results/{unit.pk}/")
    page.get_by_role("link", name="PDF for the wall").click()
    axe(page)
    page.get_by_role("button", name="Make it Two pages for the wall").click()
    download = page.get_by_role("button", name="Download Two pages for the wall")
    expect(download).to_be_visible()
    axe(page)
    with page.expect_download() as file:
        download.click()
    assert file.value.suggested_filename == "ward-7-wall.pdf"
    assert Path(file.value.path()).read_bytes().startswith(b"%PDF")
    assert problems == []
