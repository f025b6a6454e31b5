"""From an idea of staff to its action, what that needs of a department, and how it was closed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from debriefs.models import Choice
from initiatives.models import (
    Commitment,
    DepartmentRequest,
    Idea,
    Initiative,
    Measure,
    SmallTest,
)
from organisations.models import Department, Role
from tests.browser.test_requests import signed_in
from tests.conftest import Site
from tests.debriefs.held import held_debrief
from tests.factories import MembershipFactory, OrganisationFactory, PriorityFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish

CODE = "ward-7-unguessable"


@pytest.mark.timeout(600)
def test_from_an_idea_to_a_request_that_is_answered_and_an_action_that_is_closed(
    site: Site, browser: Browser, look: Callable[[Page, str], None]
) -> None:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals", slug="merrowfield")
    ward = UnitFactory.create(organisation=organisation, name="Ward 7", posts=22)
    manager = MembershipFactory.create(organisation=organisation, role=Role.MANAGER, unit=ward).user
    Department.objects.create(
        organisation=organisation, name="Estates", email="estates@merrowfield.example"
    )
    result = publish(organisation=organisation, unit=ward, payload=payload(), ward_page_code=CODE)
    held_debrief(result, by=manager)
    initiative, today = result.survey.initiative, timezone.localdate()
    Commitment.objects.filter(initiative=initiative, unit=ward).update(
        state=Initiative.State.ACTIVE, begins_on=today
    )
    on = {"initiative": initiative, "unit": ward, "added_by": manager}
    Measure.objects.create(
        name="Noise at night", every="week", better="less",
        added_at=timezone.now() - timedelta(days=9), **on,
    )  # fmt: skip
    SmallTest.objects.create(
        number=1, what="Felt under the lids", expects="Less noise", until=today, **on
    )
    chosen = PriorityFactory.create(
        initiative=initiative, unit=ward, result=result.pk, title="Quiet nights"
    )
    Choice.objects.create(priority=chosen)
    home = f"{site.url}/o/merrowfield"

    stranger = browser.new_context()
    ours = stranger.new_page()
    ours.goto(f"{site.url}/w/{CODE}/idea")
    ours.get_by_label("Your idea").fill("Quieter bins")
    ours.get_by_role("button", name="Send the idea").click()
    expect(ours.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    # It is shown in the morning; this one has waited.
    Idea.objects.update(shown_on=today - timedelta(days=14))

    team = signed_in(browser, site, manager)
    page = team.new_page()
    page.goto(f"{home}/")
    look(page, "To do")
    for said in (
        "Answer 1 idea from staff",
        "It has waited 14 days or longer.",
        "Add this week’s number: Noise at night",
        "Say how the small test went: Felt under the lids",
    ):
        expect(page.get_by_text(said).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Read and answer")).click()
    expect(page.get_by_text("1 idea has waited 14 days or longer.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Answer.*Quieter bins")).click()
    page.get_by_label("We will do it").check()
    page.get_by_label("Say more in 1 sentence").fill("From Monday")
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_label("What is the action?").fill("Fit soft closers")
    page.get_by_label("Who is the owner?").fill("Housekeeper")
    page.get_by_label("When is it due?").fill((today + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_text("Action: Fit soft closers")).to_be_visible()

    page.goto(f"{home}/initiatives/{initiative.pk}/units/{ward.pk}/")
    page.get_by_role("link", name="Send a request for: Fit soft closers").click()
    page.get_by_label("Who do you ask?").select_option("Estates")
    page.get_by_label("What do you need from them?").fill("12 soft closers")
    page.get_by_role("button", name="Send the request").click()
    look(page, "Request to Estates")
    one = DepartmentRequest.objects.get()
    assert one.action is not None

    # The mail server says that nobody has this address.
    DepartmentRequest.objects.update(undelivered="no")
    page.goto(f"{home}/")
    look(page, "To do")
    expect(page.get_by_text("The request to Estates could not be delivered").first).to_be_visible()
    page.get_by_role("button", name=re.compile("See the request")).click()
    look(page, "Request to Estates")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("We’re sending the request again.")).to_be_visible()

    ours.goto(f"{site.url}/ask/{one.link_token}")
    ours.get_by_role("link", name="Yes").click()
    ours.get_by_label("When will they have it?").fill(today.isoformat())
    ours.get_by_role("button", name="Send the answer").click()
    look(ours, "Thank you")
    page.goto(f"{home}/requests/{one.pk}")
    page.get_by_role("button", name="Yes, it has come").click()
    expect(page.get_by_text("It has come.").first).to_be_visible()

    page.goto(f"{home}/actions/")
    page.get_by_role("link", name="Fit soft closers").click()
    page.get_by_label("Done").check()
    page.get_by_label("What was the outcome?").fill("The bins are quiet")
    page.get_by_role("button", name="Save").click()

    page.goto(f"{home}/initiatives/{initiative.pk}/checks/")
    look(page, "Ten checks")
    page.get_by_role("link", name=re.compile("Add as an action")).first.click()
    look(page, "Add an action")
    page.get_by_label("Who is the owner?").fill("Ward manager")
    page.get_by_label("When is it due?").fill((today + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_text("The action was added.")).to_be_visible()
    assert chosen.actions.count() == 1
    team.close()

    ours.goto(f"{site.url}/w/{CODE}/you-said-we-did")
    for said in ("Quieter bins", "The bins are quiet", "It has come."):
        expect(ours.get_by_text(said).first).to_be_visible()
    look(ours, "You said, we did")
    assert not stranger.cookies()
    stranger.close()
