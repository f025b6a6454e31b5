"""The ward meeting in a browser: to the decision, the plan, and what the ward reads of it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from organisations.models import Organisation, Role
from surveys.models import SurveyUnit
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.reports.payloads import change, payload
from tests.reports.published import publish
from tests.reports.test_picture import picture

PHONE: ViewportSize = {"width": 390, "height": 844}
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture
def organisation(site: Site) -> Organisation:
    made: Organisation = OrganisationFactory.create(
        name="Merrowfield Hospitals", slug="merrowfield"
    )
    return made


@pytest.fixture
def result(organisation: Organisation) -> SurveyUnit:
    """Ward 7 disagrees about whether ideas are welcome."""
    ward = UnitFactory.create(organisation=organisation, name="Ward 7 – care of older people")
    said = payload()
    idea = next(item for item in said["sections"][0]["items"] if item["code"] == "ENV07")
    change(idea, distribution=[15, 23, 15, 23, 15, 8], agreement="none")
    return publish(organisation=organisation, unit=ward, payload=said, ward_page_code="ward-7")


@pytest.fixture
def screen(site: Site, browser: Browser, result: SurveyUnit) -> Iterator[Page]:
    """The ward's manager at the projector."""
    held = MembershipFactory.create(
        organisation=result.survey.organisation, role=Role.MANAGER, unit=result.unit
    )
    client = Client()
    client.force_login(held.user)
    context = browser.new_context(viewport=PROJECTOR)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
    )
    yield context.new_page()
    context.close()


def fits(page: Page) -> None:
    """Nothing scrolls on a projector; nothing sideways on a phone. The page is left as it was."""
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), page.url
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    page.set_viewport_size(PROJECTOR)


@pytest.mark.timeout(240)
def test_a_ward_meeting_from_its_start_to_the_wards_page(
    site: Site, result: SurveyUnit, screen: Page, tmp_path: Path, axe: Callable[[Page], None]
) -> None:
    problems: list[str] = []
    screen.on("console", lambda message: problems.append(message.text))
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/")
    screen.get_by_role("button", name="Talk it through").click()
    axe(screen)
    screen.get_by_role("button", name="Start the meeting").click()

    expect(screen.get_by_role("heading", name="How we talk today")).to_be_focused()
    axe(screen)
    fits(screen)
    screen.keyboard.press("PageDown")
    expect(screen.get_by_role("heading", name="What fits with how it is here?")).to_be_focused()
    axe(screen)
    fits(screen)
    screen.get_by_role("link", name="Attach a chart").click()
    chart = tmp_path / "chart.png"
    chart.write_bytes(picture(size=(320, 200)))
    screen.get_by_label("What does it show?").fill("Ideas heard, week by week")
    screen.get_by_label("A chart of ours, or a story").set_input_files(chart)
    axe(screen)
    screen.get_by_role("button", name="Attach it").click()

    screen.get_by_role("button", name="Next: what surprises").click()
    expect(screen.get_by_text("Most mixed answers")).to_be_visible()
    expect(
        screen.get_by_text("What would we see on a night shift if this were a 4?")
    ).to_be_visible()
    axe(screen)
    fits(screen)
    screen.get_by_label("In our own words").fill("Answer each idea")
    screen.get_by_role("button", name="Add this one").click()
    expect(screen.get_by_text("This one is among them.")).to_be_visible()
    screen.get_by_text("Write down what we said").click()
    screen.get_by_label("In our words, without names").fill("We never hear what became of them.")
    screen.get_by_role("button", name="Keep it").click()
    expect(screen.get_by_text("Write down what we said (1)")).to_be_visible()
    screen.locator("h1").focus()
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_text("Often “I can’t say”")).to_be_visible()
    fits(screen)

    screen.get_by_role("link", name="Priorities").click()
    screen.get_by_label("Which statement is it about?").select_option("RES01")
    screen.get_by_role("button", name="Add it").click()
    expect(screen.get_by_text("You can choose one more.")).to_be_visible()
    axe(screen)
    screen.get_by_role("button", name="Next: decide").click()
    screen.get_by_label("Strengthen first").check()
    screen.get_by_label("Why?").fill("Nights must know first.")
    screen.get_by_label("We never hear what became of them.").check()
    screen.get_by_label("Ideas heard, week by week").check()
    axe(screen)
    screen.get_by_role("button", name="End the meeting").click()

    expect(screen.get_by_role("heading", name="The plan")).to_be_visible()
    axe(screen)
    screen.get_by_role("link", name=re.compile("Make it an action.*Answer each idea")).click()
    expect(screen.get_by_label("What will be done?")).to_have_value(
        "Answer each idea within a week"
    )
    screen.get_by_label("Who does it?").fill("Ward manager")
    screen.get_by_label("By when?").fill("2030-01-31")
    axe(screen)
    screen.get_by_role("button", name="Add the action").click()
    expect(screen.get_by_role("rowheader", name="Answer each idea within a week")).to_be_visible()
    assert problems == []


def test_the_ward_reads_it_on_a_phone_and_without_signing_in(
    site: Site, result: SurveyUnit, screen: Page, page: Page, axe: Callable[[Page], None]
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/debrief/")
    screen.get_by_role("button", name="Start the meeting").click()
    screen.get_by_role("link", name="Decide").click()
    screen.get_by_label("Go ahead").check()
    screen.get_by_label("Why?").fill("We can start.")
    screen.get_by_role("button", name="End the meeting").click()
    page.goto(f"{site.url}/w/ward-7")
    page.get_by_role("link", name="What we said, what was decided").click()
    expect(page.get_by_text("We go ahead.")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()


def test_the_sheet_is_one_page_of_paper(
    site: Site, result: SurveyUnit, screen: Page, axe: Callable[[Page], None]
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/debrief/sheet")
    axe(screen)
    paper = screen.pdf(format="A4", prefer_css_page_size=False)
    assert paper.count(b"/Type /Page\n") == 1


def test_a_plan_before_the_talk_asks_why(
    site: Site, result: SurveyUnit, screen: Page, axe: Callable[[Page], None]
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/plan/")
    screen.get_by_text("The plan cannot wait").click()
    axe(screen)
    screen.get_by_label("Why can the plan not wait").fill("A visit on Monday.")
    screen.get_by_role("button", name="Open the plan before the talk").click()
    expect(screen.get_by_text("A visit on Monday.")).to_be_visible()
    screen.get_by_label("Which statement is it about?").select_option("ENV07")
    screen.get_by_role("button", name="Add it").click()
    expect(screen.get_by_text("Chosen before a debrief")).to_be_visible()
    axe(screen)
