"""A request from the department's settings to “It has come”: no page has a fault on a phone or a
desk.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from initiatives.models import DepartmentRequest
from organisations.models import Role, User
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish

NEEDS = "One trolley with brakes. Ours serves 28 beds."


def signed_in(browser: Browser, site: Site, user: User) -> BrowserContext:
    client = Client()
    client.force_login(user)
    context = browser.new_context()
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
    return context


@pytest.mark.timeout(600)
def test_from_a_department_to_it_has_come(
    site: Site, browser: Browser, look: Callable[[Page, str], None]
) -> None:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals", slug="merrowfield")
    ward = UnitFactory.create(organisation=organisation, name="Ward 7", posts=22)
    lead = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    administrator = MembershipFactory.create(
        organisation=organisation, role=Role.ADMINISTRATOR
    ).user
    result = publish(
        organisation=organisation, unit=ward, payload=payload(), ward_page_code="ward-7-unguessable"
    )
    home = f"{site.url}/o/merrowfield"
    today = timezone.localdate()

    office = signed_in(browser, site, administrator)
    page = office.new_page()
    page.goto(f"{home}/settings/departments/")
    look(page, "Departments")
    for name in ("Estates", "Catering"):
        page.get_by_role("button", name="Add a department").click()
        page.get_by_label("Name of the department").fill(name)
        page.get_by_label("Email address").fill("not one")
        page.get_by_role("button", name="Save the department").click()
        look(page, "Add a department")
        page.get_by_label("Email address").fill(f"{name.lower()}@merrowfield.example")
        page.get_by_role("button", name="Save the department").click()
        look(page, "Departments")
    office.close()

    team = signed_in(browser, site, lead)
    page = team.new_page()
    page.goto(f"{home}/initiatives/{result.survey.initiative_id}/units/{ward.pk}/")
    page.get_by_role("button", name="Send a request").click()
    page.get_by_role("button", name="Send the request").click()
    look(page, "Send a request")
    page.get_by_label("Who do you ask?").select_option("Estates")
    page.get_by_label("What do you need from them?").fill(NEEDS)
    page.get_by_role("button", name="Send the request").click()
    look(page, "Request to Estates")
    page.goto(f"{home}/requests/")
    look(page, "Requests")

    one = DepartmentRequest.objects.get()
    stranger = browser.new_context()
    asked = stranger.new_page()
    asked.goto(f"{site.url}/ask/{one.link_token}")
    look(asked, "A request to Estates")
    asked.get_by_role("link", name="Not ours").click()
    asked.get_by_label("Catering").check()
    look(asked, "A request to Estates")
    asked.get_by_role("button", name="Send the answer").click()
    look(asked, "Thank you")
    moved = DepartmentRequest.objects.get(moved_from=one)
    asked.goto(f"{site.url}/ask/{moved.link_token}")
    asked.get_by_role("link", name="No, or not now").click()
    asked.get_by_role("button", name="Send the answer").click()
    look(asked, "A request to Catering")
    asked.get_by_role("link", name="Yes").click()
    asked.get_by_label("When will they have it?").fill(today.isoformat())
    look(asked, "A request to Catering")
    asked.get_by_role("button", name="Send the answer").click()
    look(asked, "Thank you")
    assert not stranger.cookies()
    asked.goto(f"{site.url}/ask/{'x' * 24}")
    look(asked, "This link is not correct or has ended")
    stranger.close()

    page.goto(home + "/")
    look(page, "To do")
    page.get_by_role("button", name="Answer").first.click()
    look(page, "Request to Catering")
    page.get_by_role("button", name="Yes, it has come").click()
    expect(page.get_by_text("It has come.")).to_be_visible()
    DepartmentRequest.objects.filter(pk=moved.pk).update(
        answer="not_ours", promised_on=None, has_come="", answer_by=today + timedelta(days=3)
    )
    page.reload()
    look(page, "Request to Catering")
    page.get_by_role("button", name="Ask someone else").click()
    look(page, "Send a request")
    team.close()
