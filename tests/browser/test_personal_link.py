"""A personal link on a phone: messages can be stopped at its start, and after the result."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from organisations.rules import personal_links
from surveys.models import Contact, Invitation, OptOut, SurveyUnit
from surveys.rules import tokens
from tests.browser.answering import heading
from tests.conftest import Site
from tests.factories import OrganisationFactory, UnitFactory
from tests.responses.ballots import open_unit
from tests.results.payloads import payload
from tests.results.published import publish


def link_to(unit: SurveyUnit) -> str:
    seed = tokens.new_link_word()
    token = personal_links.token(purpose=personal_links.Purpose.INVITATION, source=seed)
    Invitation.objects.create(
        survey_unit=unit,
        contact=Contact.objects.create(survey_unit=unit, mobile="+447700900123"),
        channel="sms",
        seed=seed,
        token_hash=personal_links.token_hash(token),
    )
    return f"/a/{token}"


def test_messages_stop_at_the_start_and_not_while_answering(
    site: Site, page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto(f"{site.url}{link_to(open_unit())}")
    stop = page.get_by_role("link", name="Stop messages")
    expect(stop).to_be_visible()
    axe(page)
    page.locator("[data-do=own]").click()
    expect(page.locator("#card")).to_be_visible()
    expect(stop).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    page.go_back()
    heading(page, "Fewer falls at night")
    stop.click()
    expect(page.get_by_role("heading", name="Stop messages?")).to_be_visible()
    page.get_by_role("button", name="Stop messages").click()
    expect(page.get_by_role("heading", name="Messages stopped")).to_be_visible()
    assert OptOut.objects.count() == 1


def test_after_the_result_it_leads_to_the_team_page_whose_address_can_be_shared(
    site: Site, page: Page, axe: Callable[[Page], None]
) -> None:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals")
    unit = publish(
        organisation=organisation,
        unit=UnitFactory.create(organisation=organisation, name="Ward 7"),
        payload=payload(),
        ward_page_code="ward-7",
    )
    assert unit.published_at is not None and unit.published_at <= timezone.now()
    page.goto(f"{site.url}{link_to(unit)}")
    expect(page).to_have_url(f"{site.url}/w/ward-7")
    axe(page)
    page.get_by_role("link", name="Stop messages").click()
    expect(page.get_by_role("heading", name="Stop messages?")).to_be_visible()
    assert not OptOut.objects.exists()
