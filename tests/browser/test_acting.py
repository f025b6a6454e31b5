"""The acting half in one go: add, import, launch with hours, review, stop on one unit, reply."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from initiatives.models import Commitment, Initiative
from organisations.models import Role, User
from surveys.models import Survey, SurveyUnit
from tests.conftest import Site
from tests.fieldwork.launching import Trust, a_trust

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 664}
TITLE, OTHER = "Quieter nights", "Home by lunch"
REASON = "Two other changes already fill your week. That is our planning, not your work."
LIST = (
    "name\tproblem\tchange\tunit\thours\n"
    f"{OTHER}\tBeds are free late.\tWe plan the day before.\tWard 7\t3\n"
)


@pytest.fixture
def trust(site: Site) -> Trust:
    return a_trust()


@pytest.fixture
def screens(site: Site, browser: Browser) -> Iterator[Callable[[User], Page]]:
    """A browser of its own for each person."""
    opened = []

    def screen(user: User) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(viewport=DESK)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
        )
        opened.append(context)
        return context.new_page()

    yield screen
    for context in opened:
        context.close()


@pytest.mark.timeout(900)
def test_an_improvement_from_the_register_to_a_stop_on_one_unit(
    site: Site, trust: Trust, screens: Callable[[User], Page], axe: Callable[[Page], None]
) -> None:
    def look(page: Page, heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{page.url} at {size}"

    home = f"{site.url}/o/merrowfield"
    lead = screens(trust.lead)
    lead.goto(f"{home}/initiatives/")
    look(lead, "Improvements")
    lead.get_by_role("link", name="Add an improvement").click()
    for ward in ("Ward 7", "Ward 9"):
        lead.get_by_label(ward).check()
    lead.get_by_label("Short name").fill(TITLE)
    lead.get_by_label("The problem").fill("Patients sleep too little.")
    lead.get_by_label("What would change").fill("We keep the doors closed at night.")
    lead.get_by_label("3 hours: one routine changes").check()
    lead.get_by_role("button", name="Add improvement").click()
    look(lead, TITLE)

    lead.goto(f"{home}/initiatives/import")
    lead.get_by_label("Paste the list").fill(LIST)
    lead.get_by_role("button", name="Check the list").click()
    look(lead, "Check the list")
    lead.get_by_role("button", name="Save these improvements").click()
    expect(lead.get_by_text("1 improvement added.")).to_be_visible()

    one = Initiative.objects.get(title=TITLE)
    manager = screens(trust.manager)
    manager.goto(f"{home}/surveys/launch?initiative={one.pk}&unit={trust.ward_7.pk}")
    expect(manager.get_by_label("3 hours: one routine changes")).to_be_checked()
    manager.get_by_label("6 hours: training").check()
    look(manager, "Launch a survey")
    manager.get_by_role("button", name="Launch", exact=True).click()
    look(manager, TITLE)
    here = Commitment.objects.get(initiative=one, unit=trust.ward_7)
    assert here.hours_a_week == 6

    reviewer = screens(trust.member(Role.REVIEWER, name="Chief operating officer"))
    reviewer.goto(f"{home}/initiatives/{one.pk}/")
    reviewer.get_by_role("link", name="Review this improvement").click()
    look(reviewer, TITLE)
    reviewer.get_by_role("link", name="Stop", exact=True).click()
    reviewer.get_by_label("Ward 9", exact=True).uncheck()
    reviewer.get_by_label("Your reason").fill(REASON)
    reviewer.get_by_role("button", name="Check what the team reads").click()
    look(reviewer, "Stop it on Ward 7?")
    reviewer.get_by_role("button", name="Stop it now").click()
    expect(reviewer.get_by_text("The improvement has stopped.")).to_be_visible()
    states = Commitment.objects.filter(initiative=one).order_by("unit__name")
    assert list(states.values_list("state", flat=True)) == ["stopped", "proposed"]
    # The survey had not opened: nobody is asked about what has stopped.
    assert Survey.objects.get().state == "cancelled"
    assert SurveyUnit.objects.get().state == "cancelled"

    manager.goto(f"{home}/initiatives/{one.pk}/")
    expect(manager.get_by_text(REASON).first).to_be_visible()
    manager.get_by_role("link", name="Reply until").click()
    manager.get_by_label("The team’s reply").fill("We are glad of the time.")
    look(manager, "Reply to the review")
    manager.get_by_role("button", name="Send reply").click()
    expect(manager.get_by_text("Reply sent")).to_be_visible()
    reviewer.goto(f"{home}/reviews/")
    expect(reviewer.get_by_text("The team replied to the review")).to_be_visible()
    look(reviewer, "Reviews due")
