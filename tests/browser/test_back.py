"""Back on a shared computer: with the browser's memory of pages switched on, as people have it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserType, Page, expect

from organisations.models import Role, Session, User
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory

Look = Callable[[Page], None]
FROM_MEMORY = "performance.getEntriesByType('navigation').length && window.wasHere === true"


@pytest.fixture
def administrator(site: Site) -> User:
    organisation = OrganisationFactory.create(slug="merrowfield")
    UnitFactory.create(organisation=organisation, name="Ward 7")
    user: User = MembershipFactory.create(
        organisation=organisation, role=Role.ADMINISTRATOR, user__name="Robin Reed"
    ).user
    return user


@pytest.fixture
def screen(
    site: Site,
    administrator: User,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
) -> Iterator[Page]:
    """Playwright switches the memory off; its own `go_back` waits for a load that never comes."""
    client = Client()
    client.force_login(administrator)
    browser = browser_type.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    yield context.new_page()
    browser.close()


def test_after_signing_out_back_shows_the_sign_in_page(site: Site, screen: Page) -> None:
    screen.goto(f"{site.url}/o/merrowfield/units/")
    expect(screen.get_by_role("main")).to_contain_text("Ward 7")
    screen.get_by_role("button", name="Sign out").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Sign in")
    screen.evaluate("history.back()")
    expect(screen).to_have_url(f"{site.url}/account/login?next=/o/merrowfield/units/")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(screen.get_by_text("Ward 7")).to_have_count(0)


def test_while_signed_in_back_shows_the_page_with_what_was_typed(site: Site, screen: Page) -> None:
    screen.goto(f"{site.url}/o/merrowfield/units/add")
    screen.evaluate("window.wasHere = true")
    screen.get_by_label("Name").first.fill("Ward 12, written and not sent")
    screen.evaluate("location.href = '/privacy'")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Privacy")
    with screen.expect_response("**/account/here") as asked:
        screen.evaluate("history.back()")
    assert asked.value.status == 204
    assert screen.evaluate(FROM_MEMORY)
    expect(screen.get_by_label("Name").first).to_be_visible()
    expect(screen.get_by_label("Name").first).to_have_value("Ward 12, written and not sent")


def test_a_session_that_ended_elsewhere_shows_nothing_of_the_page(site: Site, screen: Page) -> None:
    screen.goto(f"{site.url}/o/merrowfield/units/")
    expect(screen.get_by_role("main")).to_contain_text("Ward 7")
    screen.evaluate("window.wasHere = true")
    screen.evaluate("location.href = '/privacy'")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Privacy")
    Session.objects.all().delete()
    with screen.expect_response("**/account/here") as asked:
        screen.evaluate("history.back()")
    assert asked.value.status == 401
    expect(screen.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(screen.get_by_text("Ward 7")).to_have_count(0)


def test_a_person_sees_where_they_are_signed_in_and_ends_it(
    site: Site, screen: Page, administrator: User, axe: Look
) -> None:
    Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/605"}).force_login(administrator)
    screen.goto(f"{site.url}/o/merrowfield/units/")
    screen.get_by_role("link", name="Robin Reed").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Where you are signed in")
    expect(screen.get_by_role("main").get_by_role("listitem")).to_have_count(2)
    for size in ({"width": 390, "height": 664}, {"width": 1280, "height": 800}):
        screen.set_viewport_size(size)  # type: ignore[arg-type]
        axe(screen)
    screen.get_by_role("button", name="Sign out everywhere else").click()
    expect(screen.get_by_text("You are signed out everywhere else.")).to_be_visible()
    expect(screen.get_by_role("main").get_by_role("listitem")).to_have_count(1)
