"""What a lead, a manager and a reviewer see of all their units, on a phone and on a desk."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from debriefs.actions.debrief import Wanted, choose_priority, start_debrief
from debriefs.actions.deciding import Says, end_debrief
from debriefs.models import Debrief
from initiatives.actions.plan import add_action
from initiatives.actions.register import commit_units
from initiatives.models import Initiative
from organisations.models import Organisation, Role, User
from responses.models import ScreenedComment, Screening
from surveys.models import Survey, SurveyUnit
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish

DESK: ViewportSize = {"width": 1280, "height": 800}
Look = Callable[[Page, str], None]
LONG = "Ward 7 – care of older people, rehabilitation after stroke and the discharge lounge"


@pytest.fixture
def organisation(site: Site) -> Organisation:
    """A ward of each tier under two divisions; the first has talked and has an action past its
    day."""
    made: Organisation = OrganisationFactory.create(
        name="Merrowfield Hospitals", slug="merrowfield"
    )
    divisions = [
        UnitFactory.create(organisation=made, name=name) for name in ("Medicine", "Surgery")
    ]
    for number, tier in enumerate(("figures", "small", "words", "too_few", "joint")):
        ward = UnitFactory.create(
            organisation=made, name=LONG if number == 0 else f"Ward {number + 8}",
            parent=divisions[number % 2],
        )  # fmt: skip
        unit = publish(organisation=made, unit=ward, payload=payload(tier))  # type: ignore[arg-type]
        commit_units(initiative=unit.survey.initiative, units=[ward])
    return made


@pytest.fixture
def result(organisation: Organisation) -> SurveyUnit:
    return SurveyUnit.objects.get(unit__name=LONG)


@pytest.fixture
def lead(organisation: Organisation) -> User:
    user: User = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    return user


@pytest.fixture
def screen(site: Site, browser: Browser, lead: User) -> Iterator[Page]:
    yield from signed_in(site, browser, lead)


def signed_in(site: Site, browser: Browser, user: User) -> Iterator[Page]:
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport=DESK)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
    )
    yield context.new_page()
    context.close()


def talked(unit: SurveyUnit, by: User) -> None:
    held = start_debrief(snapshot=unit.snapshots.get(), kind="team", name="Day team", by=by)
    chosen = choose_priority(debrief=held, wanted=Wanted("ENV07", "Answer each idea"), by=by)
    says = Says("strengthen", "Nights must know.", "The night sister")
    end_debrief(debrief=held, says=says, notes=[], pictures=[], by=by)
    due = timezone.localdate() - timedelta(days=8)
    add_action(priority=chosen, what="Hang up a sheet", owner="Ward clerk", due_on=due, by=by)


def test_a_lead_finds_the_way_from_what_waits_to_who_needs_help(
    site: Site, result: SurveyUnit, lead: User, screen: Page, look: Look
) -> None:
    problems: list[str] = []
    screen.on("console", lambda message: problems.append(message.text))
    talked(result, lead)
    screen.goto(f"{site.url}/o/merrowfield/")
    expect(screen.get_by_role("heading", name="To do")).to_be_visible()
    late = re.compile("“Hang up a sheet” is overdue$")
    expect(screen.get_by_role("heading", name=late)).to_be_visible()
    look(screen, "To do")
    screen.get_by_role("link", name="Actions", exact=True).click()
    screen.get_by_label("Show").select_option("late")
    screen.get_by_role("button", name="Show").click()
    assert "show=late" in screen.url
    expect(screen.get_by_role("rowheader", name="Hang up a sheet")).to_be_visible()
    look(screen, "Actions")

    screen.get_by_role("link", name="Overview", exact=True).click()
    look(screen, "Overview of your units")
    ways = screen.get_by_role("navigation", name="Views of your units")
    ways.get_by_role("link", name="Who needs support").click()
    expect(screen.get_by_text("Strengthen first: Fewer falls at night.")).to_be_visible()
    look(screen, "Who needs support")
    screen.get_by_label("Why").select_option("answers")
    screen.get_by_role("button", name="Show").click()
    expect(screen.get_by_text("1 of 5 units, by name")).to_be_visible()
    ways.get_by_role("link", name="Organisational support").click()
    expect(screen.get_by_role("heading", name="Results across 4 units")).to_be_visible()
    screen.get_by_text("Show as a table").click()
    screen.get_by_text("Unit by unit, by name").click()
    expect(screen.get_by_role("cell", name="not shown").first).to_be_visible()
    look(screen, "Organisational support")

    screen.get_by_role("link", name="Results", exact=True).click()
    screen.get_by_role("link", name="Download figures for all units").click()
    look(screen, "Download figures for all units")
    assert problems == []


def test_an_improvement_is_looked_at_and_stopped(
    site: Site, result: SurveyUnit, screen: Page, look: Look
) -> None:
    screen.goto(f"{site.url}/o/merrowfield/initiatives/")
    look(screen, "Improvements")
    screen.get_by_role("link", name="Fewer falls at night").first.click()
    look(screen, "Fewer falls at night")
    screen.get_by_role("link", name="Change the hours").click()
    look(screen, "Hours a week")
    screen.go_back()
    # The team was asked, so it decides in its debrief.
    expect(screen.get_by_role("link", name="Decide without a survey")).to_have_count(0)
    screen.get_by_role("link", name=re.compile("^Stop on ")).click()
    screen.get_by_role("button", name="Stop it").click()
    expect(screen.get_by_role("alert")).to_contain_text("Say why")
    look(screen, "Stop this improvement?")
    screen.get_by_label("Why?").fill("The ward moves to another building.")
    screen.get_by_role("button", name="Stop it").click()
    expect(screen.get_by_text("The ward moves to another building.")).to_be_visible()
    look(screen, "Fewer falls at night")
    screen.get_by_role("link", name="Improvements", exact=True).first.click()
    screen.get_by_role("link", name="On hold, finished or stopped").click()
    expect(screen.get_by_role("link", name="Fewer falls at night")).to_be_visible()
    look(screen, "Improvements")
    assert Initiative.objects.filter(state=Initiative.State.STOPPED).count() == 1


def test_comments_are_read_first_and_one_is_deleted(
    site: Site, result: SurveyUnit, lead: User, screen: Page, look: Look
) -> None:
    Survey.objects.filter(pk=result.survey_id).update(comments=Survey.Comments.WHOLE)
    screening = Screening.objects.create(survey_unit=result)
    screen.goto(f"{site.url}/o/merrowfield/surveys/{result.survey_id}/")
    screen.get_by_role("button", name="Check the comments").click()
    look(screen, "Comments")
    screening.asked_by, screening.asked_at = lead, timezone.now()
    screening.save()
    ScreenedComment.objects.bulk_create(
        ScreenedComment(screening=screening, text=f"Nights hear of it last, {number}.")
        for number in range(6)
    )
    screen.reload()
    look(screen, "Comments")
    screen.get_by_role("button", name="Save all decisions").click()
    expect(screen.get_by_text("Your decisions have not been saved.", exact=False)).to_be_visible()
    look(screen, "Comments")
    for choice in screen.get_by_label("Show it").all():
        choice.check()
    screen.get_by_role("button", name="Save all decisions").click()
    expect(screen.get_by_text("6 comments will be shown with the result.")).to_be_visible()
    look(screen, "Comments")
    screen.get_by_role("link", name=re.compile("^Delete.*last, 0")).click()
    look(screen, "Delete this comment?")
    screen.get_by_role("button", name="Delete the comment").click()
    expect(screen.get_by_text("The comment is deleted.")).to_be_visible()
    assert ScreenedComment.objects.count() == 5


def test_a_meeting_is_discarded_and_a_reviewer_reads_the_plan(
    site: Site,
    result: SurveyUnit,
    lead: User,
    screen: Page,
    browser: Browser,
    look: Look,
) -> None:
    talked(result, lead)
    start_debrief(snapshot=result.snapshots.get(), kind="team", name="Night team", by=lead)
    screen.goto(f"{site.url}/o/merrowfield/results/{result.pk}/debrief/")
    screen.get_by_role("link", name=re.compile("^Discard this debrief")).click()
    look(screen, "Discard this debrief?")
    screen.get_by_label("The debrief did not take place").check()
    screen.get_by_role("button", name="Discard the debrief").click()
    expect(screen.get_by_text("Debrief discarded.", exact=False)).to_be_visible()
    assert Debrief.objects.count() == 1
    held = MembershipFactory.create(organisation=result.survey.organisation, role=Role.REVIEWER)
    for page in signed_in(site, browser, held.user):
        page.goto(f"{site.url}/o/merrowfield/results/{result.pk}/plan/")
        expect(page.get_by_role("rowheader", name="Hang up a sheet")).to_be_visible()
        expect(page.get_by_role("button", name="Add an action")).to_have_count(0)
        look(page, "The plan")
        page.goto(f"{site.url}/o/merrowfield/")
        look(page, "To do")
