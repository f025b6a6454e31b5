"""The answer page in another language than English, and whose language a refusal speaks."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from instruments.models import Version
from surveys.models import SurveyUnit
from tests.browser.answering import (
    LATE_NEXT,
    SHARED,
    answer,
    heading,
    send,
    settle,
    skip,
    start,
    to_review,
)
from tests.conftest import Site
from tests.factories import SurveyFactory
from tests.responses.ballots import open_unit


@pytest.fixture
def bilingual(site: Site) -> str:
    call_command("load_instrument")
    version = Version.objects.get()
    edition = version.editions.get(code="front-line")
    survey = SurveyFactory.create(version=version, ward_edition=edition, comments="survey")
    unit = open_unit(survey=survey, unit_name="Ward 7", headcount=60)
    return f"{site.url}/q/{unit.answer_code}"


@pytest.mark.parametrize("device", ["own phone", SHARED])
def test_switching_keeps_place_and_answers(page: Page, bilingual: str, device: str) -> None:
    start(page, bilingual, device)
    answer(page, 1, "3")
    settle(page, LATE_NEXT)
    skip(page, 6)
    page.locator(".name").tap()
    page.locator("#about a[hreflang=cy]").tap()
    expect(page.locator("#count")).to_have_text("8 o 45")
    assert page.evaluate("document.documentElement.lang") == "cy"
    assert page.url == bilingual
    page.locator(".clear").tap()
    heading(page, "Clirio eich 1 ateb?")
    page.get_by_role("button", name="Cadw’r atebion").tap()
    page.evaluate("document.querySelector('.name').click()")
    expect(page.locator("#about a[hreflang=cy]")).to_have_count(0)  # in use: no link


def test_answers_that_wait_to_be_sent_stay_unseen(page: Page, bilingual: str) -> None:
    start(page, bilingual, SHARED)
    to_review(page, "3")
    page.route(
        bilingual,
        lambda one: one.abort() if one.request.method == "POST" else one.fallback(),
    )
    send(page)
    heading(page, "Not sent yet. Keep this page open.")
    page.locator(".name").tap()
    page.locator("#about a[hreflang=cy]").tap()
    heading(page, "Heb eu hanfon eto. Cadwch y dudalen hon ar agor.")
    page.unroute(bilingual)
    page.get_by_role("button", name="Rhoi cynnig arall arni nawr").tap()
    heading(page, "Atebion wedi’u hanfon. Diolch.")


class TestThePhonesOwnLanguage:
    @pytest.fixture
    def welsh(self, browser: Browser) -> Page:
        return browser.new_context(locale="cy-GB", has_touch=True).new_page()

    def test_is_the_pages_where_it_has_it(self, welsh: Page, bilingual: str) -> None:
        welsh.goto(bilingual)
        expect(welsh.get_by_role("button", name="Dechrau ar ddyfais a rennir")).to_be_visible()

    def test_is_not_a_refusals_where_the_page_has_it_not(
        self, welsh: Page, poster: str, unit: SurveyUnit
    ) -> None:
        start(welsh, poster)
        to_review(welsh, "3")
        SurveyUnit.objects.filter(pk=unit.pk).update(state="closed")
        send(welsh)
        heading(welsh, "The survey has closed")
