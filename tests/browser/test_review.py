"""A review: read once more, done on one unit, replied to by its team."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from initiatives.models import Commitment, Initiative, Responsibility
from organisations.models import Role, User
from tests.conftest import Site
from tests.published_house import House, house

__all__ = ["house"]
DESK: ViewportSize = {"width": 1280, "height": 800}
TITLE = "Quieter nights"
REASON = "Two other changes already fill your week. That is our planning, not your work."


@pytest.fixture
def running(site: Site, house: House) -> Initiative:
    """An improvement with a result on one of its two wards, active on both, due for a review."""
    one = house.result.survey.initiative
    today = timezone.localdate(timezone=house.organisation.zone)
    Initiative.objects.filter(pk=one.pk).update(
        title=TITLE, state="active", review_on=today - timedelta(days=14)
    )
    one.refresh_from_db()
    Responsibility.objects.create(initiative=one, part="sponsor", words="Matron of medicine")
    for ward in (house.ward_7, house.ward_9):
        Commitment.objects.update_or_create(
            initiative=one,
            unit=ward,
            defaults={"hours_a_week": 4, "state": "active", "begins_on": today},
        )
    return one


@pytest.fixture
def screens(site: Site, browser: Browser, house: House) -> Iterator[Callable[[User], Page]]:
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
def test_a_reviewer_stops_it_on_one_unit_and_the_team_replies(
    site: Site,
    house: House,
    running: Initiative,
    screens: Callable[[User], Page],
    axe: Callable[[Page], None],
    look: Callable[[Page, str], None],
) -> None:
    home = f"{site.url}/o/{house.organisation.slug}"
    reviewer = screens(house.member(Role.REVIEWER))
    reviewer.goto(f"{home}/")
    look(reviewer, "To do")
    expect(reviewer.get_by_role("heading", name="At a glance")).to_be_visible()
    reviewer.goto(f"{home}/reviews/")
    look(reviewer, "Reviews due")
    reviewer.get_by_role("button").filter(has_text=TITLE).click()
    look(reviewer, TITLE)
    reviewer.get_by_role("link", name="Stop", exact=True).click()
    reviewer.get_by_label("Ward 9", exact=True).uncheck()
    reviewer.get_by_role("button", name="Check what the team reads").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("Enter your reason")
    look(reviewer, TITLE)
    reviewer.get_by_label("Your reason").fill(REASON)
    reviewer.get_by_label("What we keep from it (optional)").fill("Soft-close bins")
    reviewer.get_by_role("button", name="Check what the team reads").click()
    look(reviewer, f"Stop it on {house.ward_7.name}?")
    reviewer.get_by_role("button", name="Change the words").click()
    expect(reviewer.get_by_label("Your reason")).to_have_value(REASON)
    reviewer.get_by_role("button", name="Check what the team reads").click()
    reviewer.get_by_role("button", name="Stop it now").click()
    expect(reviewer.get_by_text("The improvement has stopped.")).to_be_visible()
    look(reviewer, TITLE)
    states = Commitment.objects.order_by("unit__name").values_list("unit__name", "state")
    assert dict(states) == {house.ward_7.name: "stopped", "Ward 9": "active"}

    team = screens(house.member(Role.EDITOR))
    team.goto(f"{site.url}/w/ward-7-unguessable")
    expect(team.get_by_text("This improvement has stopped")).to_be_visible()
    expect(team.get_by_text(REASON)).to_be_visible()
    axe(team)

    manager = screens(house.member(Role.MANAGER, house.ward_7))
    manager.goto(f"{home}/initiatives/{running.pk}/")
    manager.get_by_role("link", name="Reply until").click()
    look(manager, "Reply to the review")
    manager.get_by_label("The team’s reply").fill("We are glad of the time.")
    manager.get_by_role("button", name="Send reply").click()
    expect(manager.get_by_text("Reply sent")).to_be_visible()
    look(manager, TITLE)

    team.reload()
    expect(team.get_by_text("We are glad of the time.")).to_be_visible()
    reviewer.goto(f"{home}/reviews/")
    expect(reviewer.get_by_text("The team replied to the review")).to_be_visible()
    look(reviewer, "Reviews due")
