"""Writing a comment: kept like an answer, counted in its field, sent once."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from instruments.models import Version
from responses.actions.keys import private_key_of
from responses.models import Envelope
from responses.rules import ballot_box
from surveys.models import SurveyUnit
from surveys.rules.comments import parted
from tests.browser.answering import SHARED, answer, heading, kept, send, start, to_review_from
from tests.conftest import Site
from tests.factories import SurveyFactory
from tests.responses.ballots import open_unit

LABEL = "Your comment (optional)"
WORDS = "The bathroom is too far from bed 6."


def asked(ask: str) -> SurveyUnit:
    return open_unit(survey=SurveyFactory.create(comments=ask), unit_name="Ward 7", headcount=60)


def address(site: Site, unit: SurveyUnit) -> str:
    return f"{site.url}/q/{unit.answer_code}"


def written(unit: SurveyUnit) -> list[str]:
    sealed = bytes(Envelope.objects.get(survey_unit=unit).sealed)
    opened = ballot_box.open_envelope(private_key=private_key_of(survey=unit.survey), sealed=sealed)
    return [text for text in parted(opened)[1] if text]


def review(page: Page, link: str, device: str | None = None) -> None:
    start(page, link, *([device] if device else []))
    answer(page, 1, "4")
    to_review_from(page, 2)


def test_kept_on_ones_own_phone_and_sent(
    site: Site, page: Page, axe: Callable[[Page], None]
) -> None:
    unit = asked("survey")
    link = address(site, unit)
    review(page, link)
    warning = page.get_by_text("Do not name anyone: not a patient, a colleague or yourself.")
    expect(warning).to_be_visible()
    field = page.get_by_label(LABEL)
    field.fill(WORDS)
    expect(page.get_by_text(f"Characters left: {500 - len(WORDS)}")).to_be_visible()
    axe(page)
    assert WORDS in str(kept(page))
    page.goto(link)
    page.get_by_role("button", name="Continue").locator("visible=true").tap()
    heading(page, "Check and send")
    expect(field).to_have_value(WORDS)
    field.fill("x" * 600)
    expect(field).to_have_value("x" * 500)
    field.fill(WORDS)
    send(page)
    heading(page, "Answers sent. Thank you.")
    assert WORDS not in str(kept(page))
    assert WORDS not in page.content()
    expect(field).to_have_value("")
    assert written(unit) == [WORDS]


def test_a_shared_device_keeps_nothing(site: Site, page: Page) -> None:
    unit = asked("survey")
    page.clock.install()
    review(page, address(site, unit), SHARED)
    field = page.get_by_label(LABEL)
    field.fill(WORDS)
    assert WORDS not in str(kept(page))
    page.clock.run_for(16 * 60_000)
    heading(page, "Your answers have been cleared")
    expect(field).to_have_value("")
    assert not Envelope.objects.exists()


def test_one_for_each_part_is_folded_until_something_is_there(site: Site, page: Page) -> None:
    unit = asked("section")
    link = address(site, unit)
    review(page, link)
    page.get_by_text("Add a comment about a section").tap()
    areas = page.locator("#comments textarea")
    expect(areas).to_have_count(7)
    areas.nth(2).fill(WORDS)
    page.goto(link)
    heading(page, "Continue or start again?")
    page.get_by_role("button", name="Continue").locator("visible=true").tap()
    expect(areas.nth(2)).to_be_visible()
    expect(areas.nth(2)).to_have_value(WORDS)
    send(page)
    heading(page, "Answers sent. Thank you.")
    assert written(unit) == [WORDS]


def test_another_language_keeps_what_is_written(site: Site, page: Page) -> None:
    call_command("load_instrument")
    version = Version.objects.get()
    edition = version.editions.get(code="front-line")
    survey = SurveyFactory.create(version=version, ward_edition=edition, comments="survey")
    unit = open_unit(survey=survey, unit_name="Ward 7", headcount=60)
    review(page, address(site, unit))
    page.get_by_label(LABEL).fill(WORDS)
    page.locator(".name").tap()
    page.get_by_role("link", name="Cymraeg").locator("visible=true").tap()
    heading(page, "Gwirio ac anfon")
    expect(page.get_by_label("Eich sylw (cewch ei adael yn wag)")).to_have_value(WORDS)
    expect(page.get_by_text("Peidiwch ag enwi neb")).to_be_visible()
    page.get_by_role("button", name="Anfon fy atebion").tap()
    heading(page, "Atebion wedi’u hanfon. Diolch.")
    assert written(unit) == [WORDS]


def test_what_was_written_without_script_is_there_with_it(site: Site, page: Page) -> None:
    """As after a plain form that was refused, on a page whose script then runs."""
    unit = asked("survey")
    link = address(site, unit)
    html = page.request.get(link).text()
    filled = html.replace("</textarea>", f"{WORDS}</textarea>", 1)
    assert filled != html
    page.route(
        link,
        lambda route: (
            route.fulfill(body=filled, content_type="text/html; charset=utf-8")
            if route.request.method == "GET"
            else route.fallback()
        ),
    )
    page.goto(link)
    heading(page, "Continue or start again?")
    page.get_by_role("button", name="Continue").locator("visible=true").tap()
    answer(page, 1, "3")
    to_review_from(page, 2)
    expect(page.get_by_label(LABEL)).to_have_value(WORDS)
    send(page)
    heading(page, "Answers sent. Thank you.")
    assert written(unit) == [WORDS]


@pytest.mark.parametrize("ask", ["survey", "section"])
def test_without_script(site: Site, browser: Browser, ask: str) -> None:
    unit = asked(ask)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(site, unit))
    page.locator("select[name=ENV01]").select_option("3")
    if ask == "section":
        page.get_by_text("Add a comment about a section").click()
    page.locator("#comments textarea").first.fill(WORDS)
    page.get_by_role("button", name="Send my answers").first.click()
    expect(page.get_by_role("heading", name="Answers sent. Thank you.")).to_be_visible()
    assert written(unit) == [WORDS]
