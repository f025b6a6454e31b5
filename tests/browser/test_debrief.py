"""A team debrief in a browser: to the decision, the plan, and what the team reads of it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from organisations.models import Organisation, Role
from surveys.models import SurveyUnit
from tests.conftest import Site
from tests.debriefs.exchange.test_picture import picture
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.initiatives.asking import in_days
from tests.results.payloads import change, payload
from tests.results.published import publish

PHONE: ViewportSize = {"width": 390, "height": 844}
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
# How far down a phone each of these begins, of those that a step has.
ORDER = """["question", "question + .app-meeting__more", "levels, .app-meeting__options", "notice"]
    .map((name) => document.querySelector(`.app-meeting__${name}`))
    .filter((found) => found !== null)
    .map((found) => found.getBoundingClientRect().top)"""


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
    change(idea, distribution=[15, 23, 15, 23, 15, 8], agreement="people differ")
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
    over = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    assert over <= 0, f"{page.url}: {over} px too high"
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    order = page.evaluate(ORDER)
    assert order == sorted(order), f"{page.url}: the question, its second line, what was answered"
    page.set_viewport_size(PROJECTOR)


def test_a_ward_meeting_from_its_start_to_the_wards_page(
    site: Site, result: SurveyUnit, screen: Page, tmp_path: Path, axe: Callable[[Page], None]
) -> None:
    problems: list[str] = []
    screen.on("console", lambda message: problems.append(message.text))
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/")
    screen.get_by_role("button", name="Discuss the result").click()
    axe(screen)
    screen.get_by_role("button", name="Start the debrief").click()

    expect(screen.get_by_role("heading", name="How we discuss today")).to_be_focused()
    screen.get_by_label("How many of us are here?").fill("9")
    screen.get_by_role("button", name="Save number").click()
    expect(screen.get_by_label("How many of us are here?")).to_have_value("9")
    axe(screen)
    fits(screen)
    screen.get_by_role("button", name="Next: a real moment").click()
    expect(screen.get_by_role("heading", name="Think of a shift in the last month")).to_be_focused()
    screen.get_by_label("What happened, in our words").fill("A tray stood for an hour.")
    screen.get_by_role("button", name="Save note").click()
    expect(screen.get_by_text("A tray stood for an hour.", exact=True)).to_be_visible()
    axe(screen)
    fits(screen)
    screen.get_by_text("Add a count of our own").click()
    screen.get_by_role("link", name="Add a picture").click()
    chart = tmp_path / "chart.png"
    chart.write_bytes(picture(size=(320, 200)))
    screen.get_by_label("What does it show?").fill("Ideas heard, week by week")
    screen.get_by_label("A chart of ours, or a story").set_input_files(chart)
    axe(screen)
    screen.get_by_role("button", name="Add picture").click()
    screen.get_by_role("button", name="Next: what rings true").click()
    expect(screen.get_by_text("Our highest section")).to_be_visible()
    axe(screen)
    fits(screen)

    screen.get_by_role("button", name="Next: what to discuss").click()
    expect(screen.get_by_text("We answered it most differently")).to_be_visible()
    expect(screen.get_by_text("Think of the last idea somebody here put forward.")).to_be_visible()
    axe(screen)
    fits(screen)
    screen.get_by_label("What do we want to be different?").fill("Answer each idea")
    screen.get_by_role("button", name="Add priority").click()
    expect(screen.get_by_text("This is one of our priorities.")).to_be_visible()
    screen.get_by_text("Add a note").click()
    screen.get_by_label("In our own words (do not name anyone)").fill(
        "We never hear what became of them."
    )
    screen.get_by_role("button", name="Save note").click()
    expect(screen.get_by_text("Add a note (1)")).to_be_visible()
    screen.locator("h1").focus()
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_text("Many can’t say")).to_be_visible()
    fits(screen)

    screen.get_by_role("link", name="What comes first").click()
    screen.get_by_label("What do we want to be different?").fill("More hands at lunch")
    screen.get_by_label("Which statement is it about?").select_option("RES01")
    screen.get_by_label("We cannot do this alone").check()
    screen.get_by_label("Who could help?").fill("The matron")
    screen.get_by_role("button", name="Add priority").click()
    expect(screen.get_by_text("You can choose 1 more.")).to_be_visible()
    axe(screen)
    fits(screen)
    screen.get_by_role("button", name="Next: decision").click()
    screen.get_by_label("Strengthen first").check()
    screen.get_by_label("Why?").fill("Nights must know first.")
    screen.get_by_label("Who tells those").fill("The night sister, by Friday")
    screen.get_by_label("We never hear what became of them.").check()
    screen.get_by_label("Ideas heard, week by week").check()
    axe(screen)
    screen.get_by_role("button", name="Keep what this debrief says").click()

    expect(screen.get_by_role("heading", name="The plan")).to_be_visible()
    axe(screen)
    screen.get_by_role("link", name=re.compile("Add as an action.*Answer each idea")).click()
    expect(screen.get_by_label("What is the action?")).to_have_value(
        "Answer each idea within a week"
    )
    screen.get_by_label("Who is the owner?").fill("Ward manager")
    screen.get_by_label("When is it due?").fill(f"{in_days(60)}")
    axe(screen)
    screen.get_by_role("button", name="Add the action").click()
    expect(screen.get_by_role("rowheader", name="Answer each idea within a week")).to_be_visible()
    assert problems == []


def test_the_ward_reads_it_on_a_phone_and_without_signing_in(
    site: Site, result: SurveyUnit, screen: Page, page: Page, axe: Callable[[Page], None]
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/debrief/")
    screen.get_by_role("button", name="Start the debrief").click()
    screen.get_by_role("link", name="Decision").click()
    screen.get_by_label("Go ahead").check()
    screen.get_by_label("Why?").fill("We can start.")
    screen.get_by_label("Who tells those").fill("The night sister, by Friday")
    screen.get_by_role("button", name="Keep what this debrief says").click()
    expect(screen.get_by_role("heading", name="The plan")).to_be_visible()
    page.goto(f"{site.url}/w/ward-7")
    page.get_by_role("button", name="You said, we did").first.click()
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
    # Within the margins of A4, with room for longer questions than these.
    screen.emulate_media(media="print")
    screen.set_viewport_size({"width": 688, "height": 1032})
    assert screen.evaluate("document.querySelector('main').scrollHeight") <= 990
    expect(screen.get_by_text("5 of 5 to discuss")).to_be_visible()


def test_a_plan_before_the_talk_asks_why(
    site: Site, result: SurveyUnit, screen: Page, axe: Callable[[Page], None]
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/plan/")
    screen.get_by_text("Make a plan without a debrief").click()
    axe(screen)
    screen.get_by_label("Why do you need the plan before").fill("A visit on Monday.")
    screen.get_by_role("button", name="Start the plan now").click()
    expect(screen.get_by_text("A visit on Monday.")).to_be_visible()
    screen.get_by_label("Which statement is it about?").select_option("ENV07")
    screen.get_by_label("What do we want to be different?").fill("Answer each idea")
    screen.get_by_role("button", name="Add priority").click()
    expect(screen.get_by_text("Chosen before a debrief")).to_be_visible()
    axe(screen)
