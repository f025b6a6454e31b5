"""The main job, end to end: launch, answer on a phone, close, count, see the ward's result.

Real gunicorn, a real worker with the key, a real browser; only six colleagues are made up.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from demo.access import SLUG
from demo.actions.fast_forward import refresh_at_once
from demo.actions.filling import made_up, send_all
from demo.rules.sample import USUAL
from organisations.models import Role
from surveys.models import SurveyUnit
from tests.browser.answering import send, start, to_review
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory, published_ffit
from tests.servers import PATIENCE, Server


@pytest.fixture
def manager(site: Site, browser: Browser) -> Iterator[Page]:
    """The manager of Ward 7 at a desk, signed in."""
    published_ffit()
    organisation = OrganisationFactory.create(slug=SLUG, name="Merrowfield Hospitals")
    ward = UnitFactory.create(organisation=organisation, name="Ward 7", posts=12)
    held = MembershipFactory.create(organisation=organisation, role=Role.MANAGER, unit=ward)
    client = Client()
    client.force_login(held.user)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
    )
    yield context.new_page()
    context.close()


def until(page: Page, state: str) -> None:
    """Loads the survey's page again until it stands there; within reason."""
    deadline = time.monotonic() + PATIENCE
    while not page.locator(f"[data-state={state}]").is_visible():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        page.reload()


def launch(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/o/{SLUG}/")
    page.get_by_role("link", name="Launch a survey").first.click()
    page.get_by_label("Name of the improvement").fill("Fewer falls at night")
    page.get_by_label("The problem").fill("Too many patients fall at night.")
    page.get_by_label("What would change").fill("We offer help at 10pm, 2am and 5am.")
    expect(page.get_by_text("12 staff: at least 7 must answer")).to_be_visible()
    page.get_by_role("button", name="Launch", exact=True).click()
    until(page, "open")
    expect(page.get_by_text(re.compile(r"Closes \w+ \d+ \w+ at 10am"))).to_be_visible()


@pytest.mark.both
def test_from_launch_to_the_wards_result(
    site: Site,
    worker: Server,
    manager: Page,
    page: Page,
    axe: Callable[[Page], None],
) -> None:
    launch(manager, site)
    expect(manager.get_by_text("Not enough yet").first).to_be_visible()
    axe(manager)

    unit = SurveyUnit.objects.select_related("survey__version").get()
    assert f"/q/{unit.answer_code}" in manager.content()
    start(page, f"{site.url}/q/{unit.answer_code}")
    to_review(page, "3", "4", "?", "0", "5")
    send(page)
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    axe(page)

    colleagues = made_up(unit.survey, seed=1, number=7, leanings=USUAL)
    assert send_all(unit, colleagues) == 7
    refresh_at_once(now=timezone.now())
    manager.reload()
    manager.get_by_text("Extend, close early, replace the poster code or cancel").click()
    manager.get_by_role("link", name=re.compile("Close")).last.click()
    manager.get_by_role("button", name="Close survey now").click()
    until(manager, "published")

    manager.goto(f"{site.url}/o/{SLUG}/results/{unit.pk}/")
    expect(manager.get_by_role("heading", name="Ward 7", level=1)).to_be_visible()
    expect(manager.get_by_text("of 12 answered").first).to_be_visible()
    expect(manager.get_by_text("FFIT has not been validated").first).to_be_visible()
    axe(manager)

    page.goto(f"{site.url}/w/{unit.ward_page_code}")
    expect(page.get_by_role("heading", name="Ward 7", level=1)).to_be_visible()
    expect(page.get_by_text("of 12 answered").first).to_be_visible()
    axe(page)
