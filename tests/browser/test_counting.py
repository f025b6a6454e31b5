"""Counting, trying small, ten checks and ideas: no page has a fault on a phone or a desk."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from initiatives.actions.measures import Typed, add_numbers, start_measure
from initiatives.models import Commitment, Idea, Initiative
from organisations.models import Role
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish

# How many pixels are free between the figures of a chart's axis and its lines.
LABELS_APART = """
() => Math.min(...[...document.querySelectorAll(".app-chart--measure")].flatMap((chart) => {
    const from = chart.querySelector(".app-chart__grid").getBoundingClientRect().left
    const ticks = [...chart.querySelectorAll(".app-chart__tick")]
    return ticks.map((tick) => from - tick.getBoundingClientRect().right)
}))
"""


@pytest.mark.timeout(600)
def test_from_a_number_to_an_answered_idea(
    site: Site, browser: Browser, look: Callable[[Page, str], None]
) -> None:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals", slug="merrowfield")
    ward = UnitFactory.create(organisation=organisation, name="Ward 7", posts=22)
    lead = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    result = publish(
        organisation=organisation, unit=ward, payload=payload(), ward_page_code="ward-7-unguessable"
    )
    initiative = result.survey.initiative
    today = timezone.localdate()
    here = Commitment.objects.get(initiative=initiative, unit=ward)
    here.state, here.begins_on = Initiative.State.ACTIVE, today - timedelta(weeks=8)
    here.save()
    measure = start_measure(
        commitment=here, name="Falls at night", every="week", better="less", is_watch=False, by=lead
    )
    days = [today - timedelta(weeks=weeks) for weeks in range(20, 0, -1)]
    values = [12 + place % 3 for place in range(12)] + [8] * 8
    numbers = [Typed(day, Decimal(value)) for day, value in zip(days, values, strict=True)]
    add_numbers(measure=measure, numbers=numbers, by=lead)

    client = Client()
    client.force_login(lead)
    context = browser.new_context()
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
    page = context.new_page()

    home = f"{site.url}/o/merrowfield"
    page.goto(f"{home}/initiatives/{initiative.pk}/")
    page.get_by_role("link", name="Ward 7", exact=True).click()
    look(page, "Ward 7")
    expect(page.get_by_text("8 weeks in a row are below the usual mean.")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 664})
    assert page.evaluate(LABELS_APART) >= 3, "the figures of the axis stand left of its lines"
    page.get_by_text("Show as a table").click()
    look(page, "Ward 7")
    page.get_by_role("button", name="Add a number").click()
    expect(page.get_by_label("For the week that ended on")).to_be_visible()
    page.get_by_label("How many?").fill("seven")
    page.get_by_role("button", name="Save the number").click()
    look(page, "Add a number")
    page.get_by_label("How many?").fill("7")
    page.get_by_role("button", name="Save the number").click()
    expect(page.get_by_text("Number saved")).to_be_visible()
    page.get_by_role("button", name="Start a small test").click()
    page.get_by_label("What will you try, and where?").fill("A lamp at each bed in bay 2")
    page.get_by_label("What do you expect to happen?").fill("Fewer falls")
    look(page, "Start a small test")
    page.get_by_role("button", name="Start the test").click()
    expect(page.get_by_text("Now: A lamp at each bed in bay 2")).to_be_visible()

    page.goto(f"{home}/initiatives/{initiative.pk}/checks/")
    look(page, "Ten checks")
    page.get_by_role("link", name="Answer check 8").click()
    look(page, "What do people get from it")

    page.goto(f"{site.url}/w/ward-7-unguessable/idea")
    page.get_by_label("Your idea").fill("See https://example.org")
    page.get_by_role("button", name="Send the idea").click()
    look(page, "Send an idea")
    page.get_by_label("Your idea").fill("Quieter bins")
    page.get_by_role("button", name="Send the idea").click()
    look(page, "Thank you")
    Idea.objects.update(shown_on=today)
    page.goto(f"{home}/ideas/")
    look(page, "Ideas from staff")
    page.get_by_role("link", name=re.compile("^Answer.*Quieter bins")).click()
    page.get_by_label("We will do it").check()
    page.get_by_label("Say more in 1 sentence").fill("From Monday")
    look(page, "Answer this idea")
    page.get_by_role("button", name="Save the answer").click()
    look(page, "Add the action")
    page.get_by_label("What is the action?").fill("Fit soft closers")
    page.get_by_label("Who is the owner?").fill("Housekeeper")
    page.get_by_label("When is it due?").fill((today - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Add the action").click()
    look(page, "Add the action")
    page.get_by_label("When is it due?").fill(today.isoformat())
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_text("Action: Fit soft closers")).to_be_visible()
    look(page, "Ideas from staff")

    page.goto(f"{home}/actions/")
    look(page, "Actions")
    page.get_by_role("link", name="Fit soft closers").click()
    look(page, "How did it go?")
    page.get_by_role("button", name="Save").click()
    look(page, "How did it go?")
    page.get_by_role("link", name="Move its date").click()
    look(page, "Move its date")
    page.goto(page.url.replace("/move", "/close"))
    page.get_by_label("Done").check()
    page.get_by_label("What was the outcome?").fill("The bins are quiet")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{home}/actions/?show=closed")
    expect(page.get_by_text("The bins are quiet")).to_be_visible()
    look(page, "Actions")
    page.goto(f"{home}/actions/?show=missed")
    look(page, "Actions")
    context.close()
