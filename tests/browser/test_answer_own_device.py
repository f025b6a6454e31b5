"""Answering on one's own phone: everything survives, and is sent once.

Over 300 lines: the states of one device follow from each other.
"""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from fieldwork.actions.slips import make_slips
from responses.models import Envelope, Tally
from surveys.models import SurveyUnit
from tests.browser.answering import (
    ALL,
    answer,
    expect_statement,
    heading,
    kept,
    row,
    send,
    settle,
    start,
    start_by_the_clock,
    state,
    to_review,
    to_review_from,
)
from tests.conftest import Site
from tests.responses.ballots import invite

SAVED = "Your answers are saved on this device but not sent"
SENT = "Answers sent. Thank you."
HERE = "{} of 45 answers saved on this device. They have not been sent."


class TestOwnDevice:
    def test_from_opening_to_thanks(self, page: Page, poster: str, unit: SurveyUnit) -> None:
        """Two requests, the document and the post, and 53 taps: six are for the sections' ends."""
        requests: list[str] = []
        page.on("request", lambda one: requests.append(f"{one.method} {one.url}"))
        errors: list[str] = []
        page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
        start(page, poster)
        taps = 1
        for number in range(1, ALL + 1):
            taps += answer(page, number, "?" if number == 16 else str(number % 6))
        heading(page, "Check and send")
        send(page)
        heading(page, SENT)
        assert taps + 1 == 53
        assert requests == [f"GET {poster}", "GET data:,", f"POST {poster}"] or requests == [
            f"GET {poster}",
            f"POST {poster}",
        ]
        assert errors == []
        assert page.url == poster
        assert Tally.objects.get(survey_unit=unit, channel="qr").count == 1
        assert not any(key.startswith("ffit:sheet:") for key in kept(page))
        # Nothing but the browser's own count, which tells no two people apart.
        (cookie,) = page.context.cookies()
        assert (cookie["path"], cookie["value"].partition(":")[0]) == ("/q/", "1")

    def test_a_network_that_must_wait_keeps_the_answers(self, page: Page, poster: str) -> None:
        """Somebody else on the same Wi-Fi guessed codes (429): nothing is lost."""
        start(page, poster)
        to_review(page, "3")
        page.route(
            poster,
            lambda route: (
                route.fulfill(status=429, json={"sent": False, "title": "Wait", "text": "Wait"})
                if route.request.method == "POST"
                else route.continue_()
            ),
        )
        send(page)
        heading(page, SAVED)
        assert not Envelope.objects.exists()
        page.unroute(poster)
        page.get_by_role("button", name="Try again now").tap()
        heading(page, SENT)
        assert Envelope.objects.count() == 1

    def test_a_personal_link_leaves_the_address_bar(
        self, page: Page, site: Site, unit: SurveyUnit
    ) -> None:
        token = invite(unit)
        start(page, f"{site.url}/a/{token}")
        assert page.url == f"{site.url}/a/"
        assert token not in page.title()
        to_review(page, "4")
        send(page)
        heading(page, SENT)
        expect(page.get_by_text("You will get no more reminders.")).to_be_visible()
        assert not page.context.cookies()
        assert Envelope.objects.count() == 1

    def test_survives_refresh_and_closing_the_tab(self, page: Page, poster: str) -> None:
        start(page, poster)
        for number in (1, 2, 3):
            answer(page, number, "4")
        expect(page.locator("#count")).to_have_text("4 of 45")
        page.reload()
        heading(page, "Continue or start again?")
        expect(page.get_by_text(HERE.format(3))).to_be_visible()
        page.close()
        again = page.context.new_page()
        again.goto(poster)
        again.get_by_role("button", name="Continue").tap()
        expect_statement(again, 4)
        expect(again.get_by_text("last: 4")).to_be_visible()

    def test_the_neutral_address_finds_a_personal_link_again(
        self, page: Page, site: Site, unit: SurveyUnit
    ) -> None:
        start(page, f"{site.url}/a/{invite(unit)}")
        answer(page, 1, "4")
        page.reload()
        heading(page, "Continue or start again?")
        page.close()
        again = page.context.new_page()
        again.goto(f"{site.url}/a/")
        heading(again, "Continue or start again?")

    def test_start_again_asks_once_more_and_inherits_nothing(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "4")
        page.reload()
        page.get_by_role("button", name="Start again").tap()
        heading(page, "Clear your answers (1)?")
        page.get_by_role("button", name="Clear answers").locator("visible=true").last.tap()
        heading(page, "Your answers have been cleared")
        assert not kept(page)
        page.get_by_role("button", name="Start", exact=True).tap()
        heading(page, "Fewer falls at night")
        page.get_by_role("button", name="own phone").tap()
        expect_statement(page, 1)
        expect(page.locator("#rows :checked")).to_have_count(0)
        to_review(page, "2")
        send(page)
        heading(page, SENT)
        assert Envelope.objects.count() == 1

    def test_finished_offline_is_sent_once_at_the_next_opening(
        self, page: Page, poster: str
    ) -> None:
        start(page, poster)
        page.context.set_offline(True)
        to_review(page, "5", "0")
        send(page)
        heading(page, SAVED)
        expect(page.locator("#why")).to_have_text(f"You’re offline. {HERE.format(2)}")
        assert not Envelope.objects.exists()
        assert any(key.startswith("ffit:sheet:") for key in kept(page))
        page.close()
        page.context.set_offline(False)
        later = page.context.new_page()
        later.goto(poster)
        heading(later, SENT)
        assert Envelope.objects.count() == 1
        assert not any(key.startswith("ffit:sheet:") for key in kept(later))
        later.goto(poster)
        heading(later, "You have answered")
        later.get_by_role("button", name="Someone else wants to answer on this device").tap()
        first = later.locator("#start .foot button").first
        expect(first).to_contain_text("Start on a shared device")
        expect(first).to_have_class("go")
        expect(later.get_by_text("Someone has already sent answers")).to_be_visible()
        assert Envelope.objects.count() == 1

    def test_sends_automatically_when_the_network_is_back(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page, "5")
        page.context.set_offline(True)
        send(page)
        heading(page, SAVED)
        page.context.set_offline(False)
        heading(page, SENT)
        assert Envelope.objects.count() == 1

    @pytest.mark.parametrize("kind", ["poster", "link"])
    def test_a_lost_acknowledgement_is_no_second_form(
        self, page: Page, site: Site, unit: SurveyUnit, poster: str, kind: str
    ) -> None:
        address = poster if kind == "poster" else f"{site.url}/a/{invite(unit)}"
        start(page, address)
        to_review(page, "5")

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        page.route(address, lose)
        send(page)
        heading(page, SAVED)
        assert Envelope.objects.count() == 1
        page.unroute(address)
        if kind == "poster":
            page.get_by_role("button", name="Try again now").tap()
        else:
            page.goto(address)  # the server says used; what is saved here proves to have arrived
        heading(page, SENT)
        assert not any(key.startswith("ffit:sheet:") for key in kept(page))
        assert Envelope.objects.count() == 1

    @pytest.mark.parametrize(
        ("status", "body"), [(200, "<h1>Sign in to Wi-Fi</h1>"), (503, "away")]
    )
    def test_only_our_own_word_is_sent(
        self, page: Page, poster: str, status: int, body: str
    ) -> None:
        start(page, poster)
        to_review(page, "5")
        page.route(poster, lambda route: route.fulfill(status=status, body=body))
        send(page)
        heading(page, SAVED)

    def test_sending_takes_ten_seconds_at_most(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page, "5")
        page.clock.install()
        held: list[Route] = []
        page.route(poster, lambda route: held.append(route))  # no answer at all
        send(page)
        button = page.get_by_role("button", name="Sending…")
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_be_focused()
        page.clock.run_for(9_000)
        expect(button).to_be_visible()
        page.clock.run_for(1_100)
        heading(page, SAVED)
        expect(page.locator("#tried")).to_have_text("Tries so far: 1")
        expect(
            page.get_by_text("We’ll keep trying automatically.").locator("visible=true")
        ).to_be_visible()

    def test_two_tabs_are_one_form(self, page: Page, poster: str) -> None:
        start(page, poster)
        other = page.context.new_page()
        other.goto(poster)
        other.get_by_role("button", name="Continue").tap()
        expect_statement(other, 1)
        answer(page, 1, "2")
        row(other, "3").tap()
        expect_statement(other, 2)
        to_review_from(other, 2)
        send(other)
        heading(other, SENT)
        heading(page, "You have answered")
        assert Envelope.objects.count() == 1

    def test_an_older_tab_takes_nothing_away(self, page: Page, poster: str) -> None:
        """Scanned again at statement 2, then back in the first tab and on with Skip."""
        start(page, poster)
        answer(page, 1, "1")
        other = page.context.new_page()
        other.goto(poster)
        other.get_by_role("button", name="Continue").tap()
        for number in (2, 3):
            answer(other, number, "2")
        page.locator("#next").tap()
        expect_statement(page, 3)
        expect(row(page, "2")).to_be_checked()
        (sheet,) = kept(page).values()
        assert json.loads(sheet)["answers"] == {"ENV01": "1", "ENV02": "2", "ENV03": "2"}

    def test_too_late(self, page: Page, poster: str, unit: SurveyUnit) -> None:
        start(page, poster)
        to_review(page, "5")
        SurveyUnit.objects.filter(pk=unit.pk).update(state="closed")
        send(page)
        heading(page, "The survey has closed")
        expect(page.get_by_text("your answers were not sent")).to_be_visible()
        page.goto(poster)
        heading(page, "The survey has closed")
        expect(page.get_by_text("Answers on this device that were not sent: 1.")).to_be_visible()
        page.get_by_role("button", name="Delete my answers from this device").tap()
        assert not kept(page)

    def test_clear_in_every_state_between(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "5")
        settle(page)
        for _ in range(2):
            page.locator(".clear").tap()
            heading(page, "Clear your answers (1)?")
            page.get_by_role("button", name="Keep answers").tap()
            expect_statement(page, 2)
            settle(page)
        page.locator(".clear").tap()
        heading(page, "Clear your answers (1)?")
        page.locator("#clear .other").tap()
        heading(page, "Your answers have been cleared")
        assert not kept(page)


class TestStorage:
    """ "Saved" is what was written and reads back the same."""

    REFUSES = (
        "Storage.prototype.setItem = () => { throw new Error('refused'); }",
        "Storage.prototype.getItem = () => { throw new Error('refused'); }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })",
        "Storage.prototype.setItem = () => {}",
    )

    @pytest.mark.parametrize("fault", REFUSES)
    def test_a_browser_that_saves_nothing_says_so(
        self, page: Page, poster: str, fault: str
    ) -> None:
        page.add_init_script(fault)
        page.goto(poster)
        expect(page.locator("#own-help")).to_contain_text("This browser cannot save your answers.")
        page.get_by_role("button", name="own phone").tap()
        expect_statement(page, 1)
        expect(page.locator("#live")).to_contain_text("This browser cannot save your answers.")
        settle(page)
        row(page, "3").tap()
        expect(page.locator("#count")).not_to_contain_text("saved")
        expect_statement(page, 2)
        to_review_from(page, 2)
        page.route(poster, lambda route: route.abort())
        send(page)
        heading(page, "Not sent yet. Keep this page open.")
        expect(page.locator("#later")).to_be_hidden()
        page.unroute(poster)
        page.get_by_role("button", name="Try again now").tap()
        heading(page, SENT)

    @pytest.mark.parametrize("years", [-1, 1])
    def test_a_wrong_clock_keeps_this_form(self, page: Page, poster: str, years: int) -> None:
        page.clock.install(time=page.evaluate(f"Date.now() + {years} * 365 * 864e5") / 1000)
        page.goto(poster)
        page.get_by_role("button", name="own phone").tap()
        page.clock.run_for(400)
        row(page, "3").tap()
        page.clock.run_for(600)
        expect_statement(page, 2)
        page.reload()
        heading(page, "Continue or start again?")

    def test_saved_is_told_beside_the_count(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster)
        page.clock.run_for(400)
        row(page, "3").tap()
        expect(page.locator("#count")).to_have_text("1 of 45 · saved")
        assert state(page) == "card"


def test_answers_that_met_a_full_poster_go_by_a_code_slip(
    page: Page, site: Site, unit: SurveyUnit, poster: str, axe: Callable[[Page], None]
) -> None:
    Tally.objects.create(survey_unit=unit, channel="slip", open=True)
    (code,) = make_slips(survey_unit=unit, batch="b" * 22, number=1, by=unit.survey.launched_by)
    start(page, poster)
    to_review(page, "3", "4")
    Tally.objects.filter(survey_unit=unit, channel="qr").update(count=unit.poster_room)
    send(page)
    heading(page, "This poster cannot take any more answers")
    page.reload()
    expect(page.get_by_text("Answers on this device that were not sent: 2.")).to_be_visible()
    axe(page)
    slip = page.get_by_label("Code on your code slip")
    use = page.get_by_role("button", name="Continue with this code")
    slip.fill("WRNG-WRNG-WRNG")
    use.tap()
    expect(page.get_by_role("alert")).to_have_text("This link or code is not correct")
    slip.fill(f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    use.tap()
    expect(page.get_by_text("Continue or start again?")).to_be_visible()
    assert page.url == f"{site.url}/q/{code}"
    page.locator("#resume").get_by_role("button", name="Continue").tap()
    to_review_from(page, ALL)
    send(page)
    heading(page, SENT)
    assert Envelope.objects.count() == 1
    assert not any("ffit:sheet" in name for name in kept(page))
