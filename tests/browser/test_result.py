"""A unit's result in the browser: on a phone, on a desk, without script, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from organisations.models import Organisation
from scoring.payload import Tier
from tests.conftest import Site
from tests.factories import OrganisationFactory, UnitFactory
from tests.reports.payloads import LABELS, leaders, payload
from tests.reports.published import publish

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
            axe(page)
            assert no_sideways_scroll(page), (address, size)
    assert problems == []


def test_on_a_phone_the_table_is_folded_and_opens(
    site: Site, organisation: Organisation, page: Page
) -> None:
    page.goto(ward_page(site, organisation, "figures"))
    figures = page.get_by_role("table")
    expect(figures).to_be_hidden()
    page.get_by_text("The same in figures").click()
    expect(figures.get_by_role("rowheader", name="Resourcing")).to_be_visible()
    expect(figures.get_by_role("cell", name="3.6").first).to_be_visible()


def test_without_script_everything_is_there(
    site: Site, organisation: Organisation, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(ward_page(site, organisation, "figures"))
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".app-scores .app-chart")).to_have_count(7)
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    page.get_by_text("All 45 statements").click()
    statements = page.locator(".app-result-fold .app-statement__words")
    expect(statements).to_have_count(45)
    expect(statements.first).to_be_visible()
    context.close()


def test_on_paper_there_is_the_table_and_no_button(
    site: Site, organisation: Organisation, page: Page
) -> None:
    page.goto(ward_page(site, organisation, "figures"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(page.get_by_text("All 45 statements")).to_be_hidden()
    assert no_sideways_scroll(page)


def test_ten_sections_on_a_scale_to_ten_fit_a_small_phone(
    site: Site, organisation: Organisation, page: Page, axe: Callable[[Page], None]
) -> None:
    said = payload(leaders=None)
    long = "The problem, its causes and the solution that everyone on the ward intends"
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
        page.goto(f"{site.url}/w/ten")
        assert no_sideways_scroll(page), size
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
        page.goto(f"{site.url}/w/marks")
        covered = page.evaluate(
            """() => [...document.querySelectorAll(".app-scores .app-chart")].flatMap(svg => {
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
