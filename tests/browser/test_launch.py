"""A manager's way: launch on a phone, see the survey open, print the poster, look at the phone."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fieldwork.actions.launch import UnitToAsk
from organisations.carriers.session_store import SessionStore
from organisations.models import User
from surveys.models import Survey
from surveys.rules import minimum_group
from tests.conftest import Site
from tests.fieldwork.launching import Trust, a_trust, an_initiative, only_unit
from tests.servers import Mailbox, Server, wait_until

Look = Callable[[Page], None]
LONG = (
    "Patients wait for medicines to take home until late in the afternoon of the day they leave. "
)


@pytest.fixture
def trust(site: Site) -> Trust:
    return a_trust()


def sign_in(context: BrowserContext, site: Site, user: User) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    context.add_cookies([{"name": "sessionid", "value": str(session.session_key), "url": site.url}])


@pytest.fixture
def manager(context: BrowserContext, site: Site, trust: Trust) -> None:
    sign_in(context, site, trust.manager)


@pytest.fixture
def lead(context: BrowserContext, site: Site, trust: Trust) -> None:
    sign_in(context, site, trust.lead)


def fits(page: Page) -> bool:
    """No sideways scroll."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.worker
def test_from_launch_to_an_open_survey(
    page: Page,
    site: Site,
    trust: Trust,
    manager: None,
    worker: Server,
    mailbox: Mailbox,
    axe: Look,
) -> None:
    page.goto(f"{site.url}/o/merrowfield/")
    axe(page)
    page.get_by_role("link", name="Launch a survey").tap()
    page.get_by_label("Name of the improvement").fill("Fewer falls at night")
    page.get_by_label("The problem").fill("Too many patients fall at night.")
    page.get_by_label("What would change").fill("We offer help to the toilet at 2am.")
    page.get_by_text("More choices").tap()
    page.get_by_label("Staff list", exact=True).fill("ann@merrowfield.example")
    axe(page)
    page.get_by_role("button", name="Launch").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fewer falls at night")
    # It says "Getting ready" and goes on by itself.
    expect(page.locator(".app-state")).to_contain_text("Open Closes")
    expect(page.get_by_text("Not enough yet")).to_be_visible()
    assert fits(page)
    axe(page)
    # To Ann, to manager and lead their sheets, and to both that it opened.
    wait_until(lambda: len(mailbox.messages) == 5, what="five messages went out")
    to_ann = [mail for mail in mailbox.messages if mail["To"] == "ann@merrowfield.example"]
    assert len(to_ann) == 1
    body = to_ann[0].get_payload(decode=True)
    assert isinstance(body, bytes)
    link = re.search(rf"{site.url}/a/\S+", body.decode())
    assert link is not None
    page.goto(link.group())
    expect(page.get_by_text("Who sees my answers?")).to_be_visible()


def test_the_sentence_follows_the_number(page: Page, site: Site, trust: Trust, lead: None) -> None:
    """The script and the rule say the same for every number of staff."""
    page.goto(f"{site.url}/o/merrowfield/surveys/launch")
    staff, live = page.get_by_label("How many staff"), page.locator("[data-live]")
    choice = page.locator("[data-k]")
    for headcount in (2, 7, 8, 11, 12, 19, 20, 140):
        staff.fill(str(headcount))
        k = minimum_group.default(headcount)
        said = minimum_group.sentence(headcount=headcount, minimum_group=k)
        expect(live.locator("p").first).to_have_text(said)
        if len(minimum_group.choices(headcount)) < 2:
            expect(choice).to_be_hidden()
    joint = page.get_by_role("button", name="Launch the joint form")
    expect(joint).to_have_count(0)
    staff.fill("6")
    expect(joint).to_be_visible()
    staff.fill("9")
    choice.get_by_label("5 (only for 8 to 11 staff)").check()
    expect(live).to_contain_text("9 staff: at least 5 must answer")
    staff.fill("12")
    expect(live).to_contain_text("12 staff: at least 7 must answer")
    staff.fill("about 12")
    expect(live).to_be_empty()


def test_the_register_the_dates_and_the_summary_follow(
    page: Page, site: Site, trust: Trust, lead: None
) -> None:
    initiative = an_initiative(trust, title="Protected mealtimes")
    page.goto(f"{site.url}/o/merrowfield/surveys/launch")
    page.get_by_label("Which unit?").select_option(label="Ward 9")
    expect(page.get_by_label("How many staff")).to_have_value("22")
    expect(page.locator("[data-summary]")).to_contain_text("1 leader invited")
    page.get_by_label("Which unit?").select_option(label="Ward 7")
    expect(page.locator("[data-summary]")).to_contain_text("2 leaders invited")
    page.get_by_label("Choose an improvement").select_option(label="Protected mealtimes")
    expect(page.get_by_label("The problem")).to_have_value(initiative.problem)
    expect(page.get_by_label("Name of the improvement")).to_be_hidden()
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Day", exact=True).first.fill(str(tomorrow.day))
    page.get_by_label("Month", exact=True).first.fill(str(tomorrow.month))
    page.get_by_label("Year", exact=True).first.fill(str(tomorrow.year))
    expect(page.locator("[data-closing]")).to_contain_text(", tomorrow")
    expect(page.locator("[data-summary]")).to_contain_text("no reminders")


def test_mistakes_are_read_first_and_nothing_is_lost(
    page: Page, site: Site, trust: Trust, manager: None, axe: Look
) -> None:
    page.goto(f"{site.url}/o/merrowfield/surveys/launch")
    page.get_by_label("The problem").fill("Too many patients fall at night.")
    page.get_by_label("How many staff").fill("12-14")
    page.get_by_role("button", name="Launch").tap()
    expect(page).to_have_title(re.compile("^Error: Launch a survey"))
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.get_by_label("The problem")).to_have_value("Too many patients fall at night.")
    axe(page)
    assert fits(page)
    page.get_by_role("link", name="Enter the number of staff").tap()
    expect(page.get_by_label("How many staff")).to_be_focused()
    assert not Survey.objects.exists()


def test_without_script_the_page_launches_too(browser: Browser, site: Site, trust: Trust) -> None:
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, site, trust.lead)
    page = context.new_page()
    page.goto(f"{site.url}/o/merrowfield/surveys/launch")
    page.get_by_label("Which unit?").select_option(label="Ward 7")
    page.get_by_label("Name of the improvement").fill("Fewer falls at night")
    page.get_by_label("The problem").fill("Too many patients fall at night.")
    page.get_by_role("button", name="Launch").click()
    expect(page.get_by_text("We have not launched the survey.")).to_be_visible()
    page.get_by_label("What would change").fill("We offer help to the toilet at 2am.")
    page.get_by_label("How many staff").fill("12")
    page.get_by_role("button", name="Launch").click()
    expect(page.get_by_text("Getting ready")).to_be_visible()
    context.close()


def test_preview_first_then_launch(
    page: Page, site: Site, trust: Trust, manager: None, axe: Look
) -> None:
    """The preview opens in a tab of its own; the launch page stays and can still be sent."""
    page.goto(f"{site.url}/o/merrowfield/surveys/launch")
    page.get_by_label("Name of the improvement").fill("Fewer falls at night")
    page.get_by_label("The problem").fill("Too many patients fall at night.")
    page.get_by_label("What would change").fill("We offer help to the toilet at 2am.")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview on a phone").tap()
    phone = opened.value.frame_locator("iframe")
    phone.get_by_role("button", name="Start on my own phone or device").tap()
    expect(phone.get_by_text("1 of 45", exact=True)).to_be_visible()
    axe(opened.value)
    opened.value.close()
    page.get_by_role("button", name="Launch").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fewer falls at night")
    assert Survey.objects.count() == 1


@pytest.mark.parametrize("long", [False, True])
def test_the_poster_is_one_page(
    page: Page, site: Site, trust: Trust, manager: None, axe: Look, long: bool
) -> None:
    words = {
        "title": ("Medicines to take home ready on the day before " * 2)[:80].strip(),
        "problem": (LONG * 3)[:240].strip(),
        "change": (LONG * 3)[:240].strip(),
    }
    trust.ward_7.name = "Ward 7 – Care of older people, with the day room and the garden"
    trust.ward_7.save()
    survey = trust.open(
        UnitToAsk(trust.ward_7, 1200), debrief_at=trust.closing(15), **(words if long else {})
    )
    page.goto(f"{site.url}/o/merrowfield/surveys/{survey.pk}/units/{only_unit(survey).pk}/poster")
    assert fits(page)
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    sheet = page.locator(".poster")
    assert sheet.evaluate("sheet => sheet.scrollHeight <= sheet.clientHeight"), "words are cut off"
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1


def test_a_phone_held_askew_reads_the_printed_poster(
    page: Page, site: Site, trust: Trust, manager: None
) -> None:
    survey = trust.open()
    unit = only_unit(survey)
    page.goto(f"{site.url}/o/merrowfield/surveys/{survey.pk}/units/{unit.pk}/poster")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    printed = Image.open(BytesIO(page.screenshot())).convert("L")
    seen = zxingcpp.read_barcodes(printed.rotate(7, expand=True, fillcolor=255))
    assert [(code.format, code.text) for code in seen] == [
        (zxingcpp.QRCode, f"{site.url}/q/{unit.answer_code}")
    ]
    page.goto(seen[0].text)
    expect(page.get_by_role("button", name="own phone")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_fits_and_reads(
    page: Page, site: Site, trust: Trust, lead: None, axe: Look, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    unit = survey.survey_units.first()
    assert unit is not None
    for rest in (
        "",
        "surveys/",
        "surveys/launch?several=1",
        f"surveys/{survey.pk}/",
        f"surveys/{survey.pk}/recipients",
        f"surveys/{survey.pk}/cancel",
        f"surveys/{survey.pk}/units/{unit.pk}/extend",
        f"surveys/{survey.pk}/units/{unit.pk}/preview",
    ):
        page.goto(f"{site.url}/o/merrowfield/{rest}")
        for fold in page.locator("details").all():
            fold.evaluate("fold => { fold.open = true; }")
        axe(page)
        assert fits(page), rest
