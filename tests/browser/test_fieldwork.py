"""A manager's whole fieldwork, phone in hand: from a list with mistakes to the thank-you poster."""

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from demo.actions.fast_forward import refresh_at_once
from fieldwork.actions.launch import UnitToAsk
from responses.models import Tally
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, Survey, SurveyUnit
from tests.browser.test_launch import fits, sign_in
from tests.conftest import Site
from tests.fieldwork.launching import Trust, a_trust, only_unit
from tests.responses.ballots import answer
from tests.servers import Mailbox, Server, wait_until

Look = Callable[[Page], None]
LIST = (
    "email,mobile,name\n"
    "ann@merrowfield.example,,Ann\n"
    "night ward@merrowfield.example,,\n"
    "bo at ward,,Bo\n"
)


@pytest.fixture
def trust(site: Site) -> Trust:
    trust = a_trust()
    # Nobody is asleep, whenever this runs.
    trust.organisation.quiet_from = trust.organisation.quiet_until = time(0)
    trust.organisation.save()
    return trust


@pytest.fixture
def manager(context: BrowserContext, site: Site, trust: Trust) -> None:
    sign_in(context, site, trust.manager)


def letters(mailbox: Mailbox) -> list[str]:
    """Whom the staff's letters went to so far."""
    own = {"manager@merrowfield.example", "lead@merrowfield.example"}
    return sorted(str(one["To"]) for one in mailbox.messages if str(one["To"]) not in own)


@pytest.mark.worker
def test_from_a_list_with_mistakes_to_the_thank_you(
    page: Page,
    site: Site,
    trust: Trust,
    manager: None,
    worker: Server,
    mailbox: Mailbox,
    axe: Look,
    tmp_path: Path,
) -> None:
    file = tmp_path / "ward7-staff.csv"
    file.write_text(LIST, encoding="utf-8")
    page.goto(f"{site.url}/o/merrowfield/surveys/launch")
    page.get_by_label("Name of the improvement").fill("Fewer falls at night")
    page.get_by_label("The problem").fill("Too many patients fall at night.")
    page.get_by_label("What would change").fill("We offer help to the toilet at 2am.")
    page.get_by_text("More choices").tap()
    page.get_by_label("Or upload a staff list").set_input_files(file)
    page.get_by_role("button", name="Launch").tap()
    expect(page).to_have_title(re.compile("^Error: Launch a survey"))
    expect(page.get_by_text("1 person ready to invite, 2 rows to correct")).to_be_visible()
    axe(page)
    assert fits(page)
    assert not Survey.objects.exists()
    page.get_by_label("Row 4, Email").fill("bo@merrowfield.example")
    page.get_by_role("button", name="Launch").tap()
    # It says "Getting ready" and goes on by itself.
    expect(page.locator("[data-state=open]")).to_be_visible()
    invited = ["ann@merrowfield.example", "bo@merrowfield.example"]
    invited.append("nightward@merrowfield.example")
    wait_until(lambda: letters(mailbox) == invited, what="three are invited")

    survey = Survey.objects.get()
    unit = only_unit(survey)
    place = page.url
    page.get_by_role("link", name=re.compile("Read, send now or skip")).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("First reminder")
    axe(page)
    mailbox.clear()
    Invitation.objects.filter(contact__email=invited[0]).update(used=True)
    page.get_by_role("button", name="Send it now").tap()
    wait_until(lambda: letters(mailbox) == invited[1:], what="the other two are reminded")

    page.goto(place)
    page.get_by_text("Extend, close early, replace the poster code or cancel").tap()
    page.get_by_role("link", name=re.compile("^Extend")).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Extend by 7 days?")
    axe(page)
    page.get_by_role("button", name="Extend by 7 days").tap()
    expect(page.get_by_text("Survey extended")).to_be_visible()

    answer(unit, times=7)
    refresh_at_once(now=timezone.now())
    page.goto(place)
    page.get_by_text("Extend, close early, replace the poster code or cancel").tap()
    page.get_by_role("link", name=re.compile("^Close early")).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Close")
    axe(page)
    page.get_by_role("button", name="Close survey now").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fewer falls at night")
    page.goto("about:blank")
    published = Survey.objects.filter(state=Survey.State.PUBLISHED)
    wait_until(published.exists, what="the result is out")
    page.goto(place)
    page.get_by_role("link", name=re.compile("Thank-you poster")).tap()
    expect(page.get_by_text("7 of 12")).to_be_visible()
    expect(page.get_by_text("answered. Thank you.")).to_be_visible()
    axe(page)
    assert fits(page)


@pytest.mark.parametrize(("number", "said"), [(19, "19 of 22"), (31, "31")])
def test_the_thank_you_poster_is_one_page(
    page: Page, site: Site, trust: Trust, context: BrowserContext, axe: Look, number: int, said: str
) -> None:
    sign_in(context, site, trust.lead)
    trust.ward_9.name = "Ward 9 – Care of older people, with the day room and the garden"
    trust.ward_9.save()
    title = ("Medicines to take home ready on the day before " * 2)[:80].strip()
    survey = trust.open(UnitToAsk(trust.ward_9, 22), title=title, debrief_at=trust.closing(15))
    unit = only_unit(survey)
    Tally.objects.filter(survey_unit=unit, channel="qr").update(count=number)
    SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED, published_at=timezone.now())
    page.goto(f"{site.url}/o/merrowfield/surveys/{survey.pk}/units/{unit.pk}/thanks")
    expect(page.locator(".poster__number")).to_have_text(said)
    assert fits(page)
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    axe(page)
    sheet = page.locator(".poster")
    assert sheet.evaluate("sheet => sheet.scrollHeight <= sheet.clientHeight"), "words are cut off"
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_one_person_is_put_right_added_and_taken_off(
    page: Page, site: Site, trust: Trust, manager: None, axe: Look, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    staff = [Address("an@merrowfield.example", "A" * 60 + " " + "B" * 59), Address("bo@m.example")]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    first = Message.objects.filter(step="invitation", invitation__contact__isnull=False)
    first.update(state=Message.State.FAILED, failure="The mail server refused it (550).")
    page.goto(f"{site.url}/o/merrowfield/surveys/{survey.pk}/recipients")
    axe(page)
    assert fits(page)
    page.get_by_role("link", name="or remove an@merrowfield.example").click()
    axe(page)
    assert fits(page)
    page.get_by_label("Email").fill("ann at ward")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("it has no @")
    axe(page)
    page.get_by_label("Email").fill("ann@merrowfield.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The invitation goes to the new address.")).to_be_visible()
    page.get_by_role("link", name="Add one person").click()
    axe(page)
    assert fits(page)
    page.get_by_label("Mobile number").fill("07700 900123")
    page.get_by_label("Works nights").check()
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_text("1 person added")).to_be_visible()
    page.get_by_role("link", name="or remove bo@m.example").click()
    page.get_by_role("link", name="Remove").click()
    axe(page)
    assert fits(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("1 person removed and their contact details deleted.")).to_be_visible()
    assert sorted(Contact.objects.values_list("email", flat=True)) == [
        "",
        "ann@merrowfield.example",
    ]
