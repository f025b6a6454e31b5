"""A manager's way with a staff list: upload with errors, mend, invite; slips; words; following."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fieldwork.actions.launch import UnitToAsk
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, OptOut, Survey
from surveys.words.messages import opt_out_link
from tests.browser.test_launch import fits, sign_in
from tests.conftest import Site
from tests.fieldwork.launching import Trust, a_trust, only_unit
from tests.instruments.exchange_files import add_all
from tests.servers import Mailbox, Server, wait_until

Look = Callable[[Page], None]
LIST = (
    "email,mobile,name,language,works nights\n"
    "ann@merrowfield.example,,Ann,,\n"
    "night ward@merrowfield.example,,,Welsh,\n"
    ",07700 9001,,,yes\n"
    "ANN@merrowfield.example,,,,\n"
)


@pytest.fixture
def trust(site: Site) -> Trust:
    return a_trust()


@pytest.fixture
def manager(context: BrowserContext, site: Site, trust: Trust) -> None:
    sign_in(context, site, trust.manager)


def place(site: Site, survey: Survey, rest: str = "") -> str:
    return f"{site.url}/o/merrowfield/surveys/{survey.pk}/{rest}"


@pytest.mark.worker
def test_upload_with_errors_mend_invite(
    page: Page,
    site: Site,
    trust: Trust,
    manager: None,
    worker: Server,
    mailbox: Mailbox,
    axe: Look,
    tmp_path: Path,
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12))
    file = tmp_path / "ward7-staff.csv"
    file.write_text(LIST, encoding="utf-8")
    page.goto(place(site, survey))
    page.get_by_role("link", name="Add staff").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Add a staff list")
    axe(page)
    page.get_by_role("button", name="Check the list").tap()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Paste a list or choose a file")
    page.get_by_label("Or upload a file").set_input_files(file)
    page.get_by_role("button", name="Check the list").tap()
    expect(page).to_have_title(re.compile("^Error: Check the staff list"))
    expect(page.get_by_text("2 rows to correct")).to_be_visible()
    axe(page)
    assert fits(page)
    assert not Contact.objects.exists()
    # The space is taken out already; the mobile number needs a person.
    expect(page.get_by_label("Row 3, Email")).to_have_value("nightward@merrowfield.example")
    page.get_by_label("Row 4, Mobile").fill("07700 900124")
    page.get_by_role("button", name="Check again").tap()
    invite = page.get_by_role("button", name="Invite 3 people")
    expect(invite).to_be_visible()
    axe(page)
    assert fits(page)
    invite.tap()
    expect(page.get_by_role("heading", name="3 people added")).to_be_visible()
    axe(page)
    assert fits(page)
    assert Contact.objects.count() == Invitation.objects.count() == 3
    page.get_by_role("link", name="See recipients").tap()
    expect(page.get_by_role("rowheader", name="nightward@merrowfield.example")).to_be_visible()
    assert fits(page)


def test_a_list_on_its_way_reads_and_goes_on_without_script(
    page: Page, browser: Browser, site: Site, trust: Trust, manager: None, axe: Look
) -> None:
    """No worker runs: the bar stays. Then the list is in, and the page finds out by itself."""
    survey = trust.open(UnitToAsk(trust.ward_7, 12))
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, site, trust.manager)
    plain = context.new_page()
    plain.goto(place(site, survey, "staff"))
    plain.get_by_label("Paste the list").fill("ann@merrowfield.example")
    plain.get_by_role("button", name="Check the list").click()
    plain.get_by_role("button", name="Invite 1 person").click()
    expect(plain.get_by_role("heading", name="Adding staff")).to_be_visible()
    page.goto(plain.url)
    expect(page.get_by_role("progressbar")).to_be_visible()
    axe(page)
    assert fits(page)
    page.goto(place(site, survey))
    expect(page.get_by_text("Staff added: 0 of 1")).to_be_visible()
    axe(page)
    add_all()
    for one in (plain, page):
        expect(one.get_by_text(re.compile("Adding staff|Staff added: 0"))).to_have_count(0)
    expect(plain.get_by_role("heading", name="1 person added")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_slips_words_and_thanks_fit_and_read(
    page: Page, site: Site, trust: Trust, manager: None, axe: Look, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    survey = trust.open(UnitToAsk(trust.ward_7, 12))
    unit = only_unit(survey)
    page.goto(place(site, survey, f"units/{unit.pk}/slips"))
    axe(page)
    page.get_by_label("How many slips?").fill("12")
    page.get_by_role("button", name="Create the slips").click()
    expect(page.locator(".slip")).to_have_count(12)
    axe(page)
    assert fits(page)
    if width == 1280:
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 2
    page.goto(place(site, survey, "words/invitation?language=cy"))
    axe(page)
    assert fits(page)
    page.get_by_role("link", name="English").click()
    # Before its scripts are there, the page hears nothing of what is written.
    page.wait_for_url("**language=en-GB", wait_until="load")
    sms = page.get_by_label("Text message", exact=True)
    sms.fill("come and help us decide. " * 6)
    expect(page.get_by_text("characters too long")).to_be_visible()
    sms.fill("please help. No name.")
    expect(page.get_by_text("Ward 7: please help. No name.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("We’ll use these words in messages we send from now on")
    ).to_be_visible()
    survey.refresh_from_db()
    assert survey.message_words["invitation:en-GB"]["sms"] == "please help. No name."


def test_an_opt_out_is_two_taps_and_can_be_taken_back(
    page: Page, site: Site, trust: Trust, axe: Look
) -> None:
    trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address("ann@merrowfield.example")]))
    page.goto(opt_out_link(Invitation.objects.get()))
    axe(page)
    assert fits(page)
    page.get_by_role("button", name="Stop messages").tap()
    expect(page.get_by_role("heading", name="Messages stopped")).to_be_visible()
    axe(page)
    wait_until(OptOut.objects.exists, what="an opt-out")
    page.get_by_role("button", name="Undo: start messages again").tap()
    expect(page.get_by_text("Messages restarted")).to_be_visible()
    wait_until(lambda: not OptOut.objects.exists(), what="it was taken back")
