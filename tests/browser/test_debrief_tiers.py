"""A debrief of each kind of result in a browser, from the close of its survey to the decision."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from debriefs.actions.debrief import set_people, start_debrief
from debriefs.actions.deciding import Says, end_debrief
from demo.actions.filling import made_up, send_all
from demo.rules.sample import USUAL
from fieldwork import counting
from fieldwork import tasks as fieldwork_tasks
from organisations.models import Organisation, Role, Unit, User
from scoring import tasks as scoring_tasks
from scoring.rules.payload import Tier
from surveys.models import NamedResponse, SurveyUnit
from tests.browser.test_debrief import PROJECTOR, fits
from tests.conftest import Site
from tests.factories import MembershipFactory, OrganisationFactory, SurveyFactory, UnitFactory
from tests.initiatives.asking import in_days
from tests.responses.ballots import open_unit
from tests.results.payloads import payload
from tests.results.published import add_leaders, publish

Looks = Callable[[Page], None]


@pytest.fixture
def ward(site: Site) -> Unit:
    organisation: Organisation = OrganisationFactory.create(name="Merrowfield", slug="merrowfield")
    unit: Unit = UnitFactory.create(organisation=organisation, name="Ward 7")
    return unit


@pytest.fixture
def manager(ward: Unit) -> User:
    held = MembershipFactory.create(organisation=ward.organisation, role=Role.MANAGER, unit=ward)
    user: User = held.user
    return user


@pytest.fixture
def screen(site: Site, browser: Browser, manager: User) -> Iterator[Page]:
    client = Client()
    client.force_login(manager)
    context = browser.new_context(viewport=PROJECTOR)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}]
    )
    yield context.new_page()
    context.close()


def published(ward: Unit, tier: Tier) -> SurveyUnit:
    return publish(organisation=ward.organisation, unit=ward, payload=payload(tier))


def at(site: Site, unit: SurveyUnit) -> str:
    return f"{site.url}/o/merrowfield/results/{unit.pk}/debrief/"


def walk(screen: Page, axe: Looks) -> list[str]:
    """Through all steps to the last one; what each is headed. None scrolls on a projector."""
    headings: list[str] = []
    while True:
        heading = screen.locator("h1")
        expect(heading).to_be_visible()
        headings.append(heading.inner_text())
        axe(screen)
        fits(screen)
        forward = screen.locator("[data-forward]")
        if forward.count() == 0:
            return headings
        forward.click()
        expect(screen.locator("h1")).not_to_have_text(headings[-1])


def closed_by_the_clock(ward: Unit, *, staff: int, answers: int) -> SurveyUnit:
    """A survey that so many answered, after its closing time and, where they are short of the
    minimum, after the week that is added once: closed, counted and released by the tasks."""
    survey = SurveyFactory.create(organisation=ward.organisation)
    few = {"mode": "joint", "minimum_group": 1} if staff < 8 else {}
    unit = open_unit(survey=survey, unit=ward, unit_name=ward.name, headcount=staff, **few)
    filled_in = made_up(survey, seed=1, number=answers, leanings=USUAL)
    assert send_all(unit, filled_in) == answers
    for _ in range(2):
        SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=timezone.now())
        for clock in (fieldwork_tasks, counting, scoring_tasks):
            clock.sweep()
    unit.refresh_from_db()
    assert unit.published_at is not None
    return unit


@pytest.mark.parametrize(
    ("tier", "staff", "answers"),
    [("figures", 22, 14), ("small", 12, 8), ("joint", 6, 1), ("too_few", 22, 3)],
)
def test_each_kind_of_result_is_discussed_from_the_close_to_its_decision(
    site: Site, ward: Unit, screen: Page, axe: Looks, tier: Tier, staff: int, answers: int
) -> None:
    unit = closed_by_the_clock(ward, staff=staff, answers=answers)
    assert unit.snapshots.get().payload["tier"] == tier
    screen.goto(f"{site.url}/o/merrowfield/results/{unit.pk}/")
    expect(screen.get_by_role("heading", name="Ward 7", level=1)).to_be_visible()
    axe(screen)
    screen.locator(".app-next .nhsuk-button").click()
    screen.get_by_role("button", name="Start the debrief").click()
    headings = walk(screen, axe)
    assert len(set(headings)) == len(headings), "no step shows another's content"
    assert headings[-1].startswith("How do we continue")
    screen.get_by_label("Strengthen first").check()
    screen.get_by_label("Why?").fill("Nights must know first.")
    screen.get_by_label("Who tells those").fill("The night sister, by Friday")
    screen.get_by_role("button", name="Keep what this debrief says").click()
    expect(screen.get_by_role("heading", name="The plan")).to_be_visible()
    axe(screen)
    screen.goto(f"{site.url}/w/{unit.ward_page_code}/you-said-we-did")
    expect(screen.get_by_text("We’ve decided to strengthen first, then start.")).to_be_visible()


def test_debriefs_that_differ_are_brought_together_in_one(
    site: Site, ward: Unit, manager: User, screen: Page, axe: Looks
) -> None:
    unit = published(ward, "small")
    for name, choice in (("Day team", "go_ahead"), ("Night team", "hold")):
        snapshot = unit.snapshots.get()
        one = start_debrief(snapshot=snapshot, kind="team", name=name, by=manager)
        set_people(debrief=one, people=7, by=manager)
        says = Says(choice, "This is how we see it from where we are.", "The clerk, by Friday")
        end_debrief(debrief=one, says=says, notes=[], pictures=[], by=manager)
    screen.goto(at(site, unit))
    axe(screen)
    screen.get_by_label("Debrief together").check()
    screen.get_by_label("Which team is this debrief for?").fill("Both teams")
    screen.get_by_role("button", name="Start the debrief").click()
    walk(screen, axe)
    screen.get_by_role("radio", name="Go ahead").check()
    screen.get_by_label("Why?").fill("We start on days.")
    screen.get_by_label("Who tells those").fill("The night sister, by Friday")
    screen.get_by_role("button", name="Keep what this debrief says").click()
    expect(screen.get_by_text("Say what becomes of what Night team said").first).to_be_visible()
    screen.get_by_role("textbox", name="What becomes of what Night team said").fill(
        "Nights begin in March."
    )
    screen.get_by_role("button", name="Keep what this debrief says").click()
    expect(screen.get_by_role("heading", name="The plan")).to_be_visible()


def test_leaders_prepare_and_reply_with_a_promise(
    site: Site, ward: Unit, manager: User, screen: Page, axe: Looks
) -> None:
    unit = published(ward, "figures")
    add_leaders(unit, "Ann Lee", "Bo Khan")
    NamedResponse.objects.filter(survey_unit=unit, name="Ann Lee").update(user=manager)
    NamedResponse.objects.filter(survey_unit=unit, name="Bo Khan").update(answers="0" * 45)
    screen.goto(at(site, unit))
    screen.get_by_label("Leaders’ preparation").check()
    screen.get_by_label("Which team is this debrief for?").fill("Leaders")
    screen.get_by_role("button", name="Start the debrief").click()
    walk(screen, axe)
    screen.get_by_role("button", name="End the debrief").click()
    expect(screen.get_by_text("Debrief ended")).to_be_visible()
    team = start_debrief(snapshot=unit.snapshots.get(), kind="team", name="Days", by=manager)
    says = Says("go_ahead", "We can.", "The clerk")
    end_debrief(debrief=team, says=says, notes=[], pictures=[], by=manager)
    screen.goto(at(site, unit))
    screen.get_by_label("Leaders’ reply").check()
    screen.get_by_label("Which team is this debrief for?").fill("")
    screen.get_by_role("button", name="Start the debrief").click()
    walk(screen, axe)
    screen.get_by_label("What do we promise?").fill("Cover the breaks on nights")
    screen.get_by_label("Who is the owner?").fill("Matron")
    screen.get_by_label("Due").fill(f"{in_days(60)}")
    screen.get_by_role("button", name="Add promise").click()
    expect(screen.get_by_text("Cover the breaks on nights").first).to_be_visible()
    axe(screen)
    fits(screen)
    screen.get_by_role("button", name="End the debrief").click()
    screen.get_by_role("link", name="The plan").click()
    expect(screen.get_by_role("heading", name="What our leaders promise")).to_be_visible()
    axe(screen)
