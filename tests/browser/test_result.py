"""A unit's result in the browser: on a phone, on a desk, without script, on paper."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from organisations.models import Organisation, Role
from scoring.rules.payload import Tier
from surveys.models import SurveyUnit
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import LABELS, leaders, payload
from tests.results.published import publish

TIERS: tuple[Tier, ...] = ("figures", "small", "words", "joint", "too_few")
# What lies behind a result: the tasks, a section.
FURTHER = ("/tasks", "/sections/MSG")
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
SMALL: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def organisation(site: Site) -> Organisation:
    made: Organisation = OrganisationFactory.create(name="Merrowfield Hospitals")
    return made


def ward_page(site: Site, organisation: Organisation, tier: Tier) -> str:
    unit = UnitFactory.create(organisation=organisation, name=f"Ward of {tier}")
    publish(
        organisation=organisation,
        unit=unit,
        payload=payload(tier),
        ward_page_code=f"ward-{tier}",
    )
    return f"{site.url}/w/ward-{tier}"


def no_sideways_scroll(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return wide


def test_every_tier_is_accessible_on_a_phone_and_on_a_desk(
    site: Site, organisation: Organisation, page: Page, axe: Callable[[Page], None]
) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    results = [ward_page(site, organisation, tier) for tier in TIERS]
    further = [f"{address}{rest}" for address in results[:-1] for rest in FURTHER]
    for address in [*results, *further]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        for size in (PHONE, DESK, SMALL):
            page.set_viewport_size(size)
            assert no_sideways_scroll(page), (address, size)
            if size != SMALL:  # laid out as a phone's; the test of ten sections looks at it
                axe(page)
    assert problems == []


# Page height and the end of the main button may be so much, measured with another chromium by 3%.
# The button's end: a desktop's first screen is 760 high, a phone's 844.
HEIGHTS: dict[Tier, tuple[int, int]] = {
    "figures": (2600, 3850),
    "small": (2450, 3700),
    "joint": (2450, 3700),
    "words": (2450, 3700),
    "too_few": (1400, 2000),
}
BUTTON_ENDS = {"desk": 760, "phone": 844}
OTHER_CHROMIUM = 1.03
# A lead's page also has what only its manager and lead may do; a section has its statements open.
LEADS_HEIGHTS = {"desk": 2600, "phone": 4500}
SECTION_HEIGHTS = {"desk": 2800, "phone": 4100}


def height(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


def test_the_next_step_is_on_the_first_screen_and_the_page_is_short(
    site: Site, organisation: Organisation, page: Page
) -> None:
    said = {}
    for tier in HEIGHTS:
        page.set_viewport_size(DESK)
        address = ward_page(site, organisation, tier)
        for name, size, most in zip(BUTTON_ENDS, (DESK, PHONE), HEIGHTS[tier], strict=True):
            page.set_viewport_size(size)
            page.goto(address)
            box = page.locator(".app-next .nhsuk-button").bounding_box()
            assert box is not None
            said[tier, name] = (height(page), round(box["y"] + box["height"]))
            assert height(page) <= most * OTHER_CHROMIUM, said
            assert box["y"] + box["height"] <= BUTTON_ENDS[name] * OTHER_CHROMIUM, said


def test_a_lead_has_the_next_step_as_near(
    site: Site, organisation: Organisation, page: Page, axe: Callable[[Page], None]
) -> None:
    client = Client()
    client.force_login(MembershipFactory.create(organisation=organisation, role=Role.LEAD).user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}
    page.context.add_cookies([session])  # type: ignore[list-item]
    said = {}
    for tier in HEIGHTS:
        ward_page(site, organisation, tier)
        unit = SurveyUnit.objects.get(ward_page_code=f"ward-{tier}")
        page.goto(f"{site.url}/o/{organisation.slug}/results/{unit.pk}/")
        for name, size in zip(BUTTON_ENDS, (DESK, PHONE), strict=True):
            page.set_viewport_size(size)
            box = page.locator(".app-next .nhsuk-button").bounding_box()
            assert box is not None
            said[tier, name] = (height(page), round(box["y"] + box["height"]))
            axe(page)
    for (_, name), (high, end) in said.items():
        assert end <= BUTTON_ENDS[name], said
        assert high <= LEADS_HEIGHTS[name] * OTHER_CHROMIUM, said


def test_a_section_is_as_long_as_its_statements(
    site: Site, organisation: Organisation, page: Page
) -> None:
    said = {}
    tiers: tuple[Tier, ...] = ("figures", "small", "joint", "words")
    for tier in tiers:
        page.goto(f"{ward_page(site, organisation, tier)}/sections/MSG")
        for name, size in zip(SECTION_HEIGHTS, (DESK, PHONE), strict=True):
            page.set_viewport_size(size)
            said[tier, name] = height(page)
    for (_, name), high in said.items():
        assert high <= SECTION_HEIGHTS[name] * OTHER_CHROMIUM, said


def test_beside_a_desk_and_below_a_phone(
    site: Site, organisation: Organisation, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(ward_page(site, organisation, "figures"))
    talk = page.locator("#debrief")
    expect(talk.get_by_text("Questions to print")).to_be_hidden()
    page.get_by_role("navigation", name="Parts of this page").get_by_text("Team debrief").click()
    expect(talk.get_by_text("Questions to print")).to_be_visible()
    page.set_viewport_size(DESK)
    page.reload()
    expect(talk.get_by_text("Questions to print")).to_be_visible()
    top = page.locator(".app-side").bounding_box()
    assert top is not None and top["y"] < 300


def test_figures_come_on_demand(site: Site, organisation: Organisation, page: Page) -> None:
    page.goto(ward_page(site, organisation, "figures"))
    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.locator(".app-chart__figure")).to_have_count(0)
    page.get_by_role("link", name="Show the figures").click()
    expect(page).to_have_url(re.compile(r"[?]figures=1#sections$"))
    figures = page.get_by_role("table")
    expect(figures.get_by_role("rowheader", name="Resourcing")).to_be_visible()
    expect(figures.get_by_role("cell", name="3.6").first).to_be_visible()
    page.get_by_role("link", name="Hide the figures").click()
    expect(page.get_by_role("table")).to_have_count(0)


def test_without_script_everything_is_there(
    site: Site, organisation: Organisation, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(f"{ward_page(site, organisation, 'figures')}?figures=1")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".app-section-row .app-chart")).to_have_count(7)
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(page.get_by_text("Questions to print")).to_be_visible()
    page.locator("#statements details:has(.app-statement__words) > summary").first.click()
    statements = page.locator("#statements .app-statement__words")
    expect(statements).to_have_count(45)
    expect(statements.first).to_be_visible()
    context.close()


def test_on_paper_folds_are_open_and_there_is_no_button(
    site: Site, organisation: Organisation, page: Page
) -> None:
    page.goto(ward_page(site, organisation, "figures"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    expect(page.locator("#statements .app-statement__words").last).to_be_visible()
    expect(page.get_by_role("link", name="Show the figures")).to_be_hidden()
    expect(page.locator(".app-next")).to_be_hidden()
    problem = page.locator("dd:visible", has_text="Too many patients fall")
    expect(problem.first).to_be_visible()
    assert no_sideways_scroll(page)


def test_ten_sections_on_a_scale_to_ten_fit_a_small_phone(
    site: Site, organisation: Organisation, page: Page, axe: Callable[[Page], None]
) -> None:
    said = payload(leaders=None)
    long = f"The problem and {'x' * 58} that everyone on the unit intends"
    said["sections"] = [
        {**section, "code": f"S{place}", "title": f"{long} {place}", "mean": float(place)}
        for place, section in enumerate((said["sections"] * 2)[:10], start=1)
    ]
    said["scale"] = {"min": 0, "max": 10, "labels": [LABELS[0], *"123456789", LABELS[-1]]}
    for item in (item for section in said["sections"] for item in section["items"]):
        if item["distribution"]:
            item["distribution"] = [0, 0, 7, 14, 14, 22, 22, 14, 7, 0, 0]
    unit = UnitFactory.create(organisation=organisation, name="Ward with a very long name " * 4)
    publish(organisation=organisation, unit=unit, payload=said, ward_page_code="ten")
    for size in (SMALL, DESK):
        page.set_viewport_size(size)
        for asked in ("", "?figures=1", "/sections/S1"):
            page.goto(f"{site.url}/w/ten{asked}")
            assert no_sideways_scroll(page), (size, asked)
            axe(page)


def test_figures_do_not_cover_their_own_marks(
    site: Site, organisation: Organisation, page: Page
) -> None:
    """Every figure of the chart lies inside the page and beside the mark that it names."""
    said = payload(leaders=leaders(4))
    for section, mean in zip(said["sections"], (0.0, 0.4, 2.5, 4.5, 4.7, 5.0, 3.9), strict=True):
        section["mean"] = mean
        section["interval"] = [max(0, round(mean - 0.3, 1)), min(5, round(mean + 0.3, 1))]
    unit = UnitFactory.create(organisation=organisation, name="Ward 7")
    publish(organisation=organisation, unit=unit, payload=said, ward_page_code="marks")
    for width in (320, 360, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site.url}/w/marks?figures=1")
        covered = page.evaluate(
            """() => [...document.querySelectorAll(".app-section-row .app-chart")].flatMap(svg => {
              const box = e => e.getBoundingClientRect();
              const dot = box(svg.querySelector("circle"));
              return [...svg.querySelectorAll(".app-chart__figure")]
                .map(box)
                .filter(text => text.left < 0 || text.right > innerWidth
                  || (text.left < dot.right && text.right > dot.left
                      && text.top < dot.bottom - 1 && text.bottom > dot.top + 1))
                .map(text => [text.left, text.right, dot.left, dot.right]);
            })"""
        )
        assert covered == [], width
