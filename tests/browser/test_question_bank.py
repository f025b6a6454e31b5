"""An editor's way: copy the FFIT, reword a stem, word it in Welsh, preview, publish, launch."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from instruments.models import ItemWording
from organisations.models import Membership, Role
from surveys.models import Survey
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory

Look = Callable[[Page], None]
STEM = "To what extent do you think those leading it have thought about how to:"


@pytest.fixture
def held(site: Site) -> Membership:
    """An administrator, who may edit and launch, of an organisation with one ward."""
    call_command("load_instrument", verbosity=0)
    organisation = OrganisationFactory.create(slug="merrowfield", name="Merrowfield Hospitals")
    UnitFactory.create(organisation=organisation, name="Ward 7", posts=22)
    made: Membership = MembershipFactory.create(organisation=organisation, role=Role.ADMINISTRATOR)
    return made


def at_a_desk(browser: Browser, site: Site, held: Membership) -> BrowserContext:
    client = Client()
    client.force_login(held.user)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
    )
    return context


@pytest.fixture
def desk(site: Site, browser: Browser, held: Membership) -> Iterator[Page]:
    context = at_a_desk(browser, site, held)
    yield context.new_page()
    context.close()


def copied(desk: Page, site: Site) -> None:
    desk.goto(f"{site.url}/o/merrowfield/question-bank/")
    desk.get_by_role("button", name="Copy and change").click()
    expect(desk.get_by_role("heading", name="FFIT, version 2")).to_be_visible()
    desk.get_by_role("link", name="Communicating the message").click()


def test_from_a_copy_to_a_launched_survey(desk: Page, site: Site, axe: Look) -> None:
    copied(desk, site)
    desk.get_by_label("Edition", exact=True).select_option(label="Front-line edition")
    desk.get_by_role("button", name="Show").click()
    saved = desk.locator("[data-saved]")
    desk.get_by_label("Stem, Front-line edition").fill(STEM)
    expect(desk.get_by_text("Saved.", exact=True)).to_have_count(1)
    expect(saved).to_have_text(re.compile(r"Saved at (\d{1,2}(:\d\d)?[ap]m|midday|midnight)\."))
    desk.get_by_label("Stem, Cymraeg").fill("I ba raddau y maent wedi meddwl sut i:")
    expect(desk.get_by_text("Saved.", exact=True)).to_have_count(2)
    desk.reload()
    axe(desk)
    desk.get_by_role("link", name="Decide for Stem").click()
    axe(desk)
    desk.get_by_label("Yes. It keeps its code").check()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Changed. Asks the same.")).to_be_visible()

    desk.get_by_role("button", name="Preview on a phone").click()
    phone = desk.frame_locator("iframe")
    phone.get_by_role("button", name="Dechrau ar fy ffôn neu ddyfais fy hun").click()
    expect(phone.locator(".trial").first).to_contain_text("Rhagolwg")
    axe(desk)
    desk.go_back()

    desk.get_by_role("button", name="Publish …").click()
    expect(
        desk.get_by_text("1 stem differs. The scale and the order are the same.")
    ).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Publish version 2").click()
    expect(desk.get_by_text("Version 2 is published and locked.")).to_be_visible()
    axe(desk)

    desk.goto(f"{site.url}/o/merrowfield/surveys/launch")
    desk.get_by_label("Name of the improvement").fill("Fewer falls at night")
    desk.get_by_label("The problem").fill("Too many patients fall at night.")
    desk.get_by_label("What would change").fill("We offer help at 10pm, 2am and 5am.")
    desk.get_by_text("More choices").click()
    usual = "Front-line edition, adapted wording, FFIT version 2"
    desk.get_by_role("radio", name=usual).check()
    desk.get_by_role("button", name="Launch", exact=True).click()
    desk.wait_for_url(re.compile(r"/surveys/\d+/"))
    survey = Survey.objects.select_related("version", "ward_edition").get()
    assert survey.version.number == "2"
    stems = survey.ward_edition.section_wordings.filter(section__code="MSG", language="en-GB")
    assert stems.get().stem == STEM


def test_a_second_editor_is_told_and_moving_keeps_the_focus(
    desk: Page, site: Site, browser: Browser, held: Membership
) -> None:
    copied(desk, site)
    other = MembershipFactory.create(organisation=held.organisation, role=Role.EDITOR)
    context = at_a_desk(browser, site, other)
    second = context.new_page()
    second.goto(desk.url)
    desk.get_by_label("MSG01, Front-line edition").fill("tell everybody?")
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    second.get_by_label("MSG01, Front-line edition").fill("tell the nights?")
    expect(second.get_by_text("“tell everybody?”")).to_be_visible()
    assert ItemWording.objects.filter(text="tell the nights?").count() == 0
    context.close()

    desk.get_by_role("button", name="Move MSG01 down").press("Enter")
    expect(desk.get_by_text("MSG01 was moved down.")).to_be_visible()
    expect(desk.get_by_role("button", name="Move MSG01 down")).to_be_focused()


def test_the_editor_on_a_phone(page: Page, site: Site, held: Membership, axe: Look) -> None:
    client = Client()
    client.force_login(held.user)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": site.url}])
    copied(page, site)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
