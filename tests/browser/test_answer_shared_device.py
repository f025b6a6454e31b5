"""Answering on a shared device: nothing is kept, nothing is left."""

from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from responses.models import Envelope
from surveys.models import SurveyUnit
from tests.browser.answering import (
    OWN,
    SHARED,
    answer,
    expect_statement,
    heading,
    kept,
    row,
    send,
    settle,
    start,
    start_by_the_clock,
    to_review,
    to_review_from,
)
from tests.conftest import Site
from tests.responses.ballots import invite

MINUTE = 60_000
SENT = "Answers sent. Thank you."


def clear_and_start(page: Page) -> None:
    """Clears the one answer; then the start is there for whoever comes next."""
    page.locator(".clear").tap()
    heading(page, "Clear your answers (1)?")
    page.locator("#clear .other").tap()
    heading(page, "Your answers have been cleared")
    page.get_by_role("button", name="Start", exact=True).tap()
    heading(page, "Fewer falls at night")


class TestSharedDevice:
    def test_nothing_is_kept_and_the_next_person_starts_afresh(
        self, page: Page, poster: str
    ) -> None:
        for person in (1, 2):
            start(page, poster, SHARED)
            answer(page, 1, "3")
            expect(page.locator("#count")).to_have_text("2 of 45")
            assert not kept(page)
            to_review_from(page, 2)
            send(page)
            heading(page, SENT)
            expect(page.get_by_text("No answers are saved on this device.")).to_be_visible()
            assert not kept(page)
            assert Envelope.objects.count() == person
            page.get_by_role("button", name="Start again for the next person").tap()
            heading(page, "Fewer falls at night")
            expect(page.get_by_text("Someone has already sent answers")).to_be_visible()
            expect(page.locator("#start .foot button").first).to_contain_text(SHARED)

    def test_a_tablet_is_offered_as_shared_first(self, page: Page, poster: str) -> None:
        page.set_viewport_size({"width": 768, "height": 1024})
        page.add_init_script(
            "for (const side of ['width', 'height'])"
            " Object.defineProperty(screen, side, {value: 768});"
        )
        page.goto(poster)
        expect(page.locator("#start .foot button").first).to_contain_text(SHARED)
        expect(page.get_by_text("Someone has already sent answers")).to_be_hidden()

    def test_back_from_the_first_statement_asks(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        answer(page, 1, "3")
        settle(page)
        page.get_by_role("button", name="Back").locator("visible=true").tap()
        expect_statement(page, 1)
        settle(page)
        page.get_by_role("button", name="Back").locator("visible=true").tap()
        heading(page, "Continue or start again?")
        expect(
            page.get_by_text("1 of 45 answers on this page. They have not been sent.")
        ).to_be_visible()

    def test_own_after_shared_inherits_nothing(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        answer(page, 1, "3")
        settle(page)
        clear_and_start(page)
        page.get_by_role("button", name=OWN).tap()
        expect_statement(page, 1)
        expect(page.locator("#rows :checked")).to_have_count(0)

    def test_leaving_the_page_clears_it(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        answer(page, 1, "3")
        page.goto("about:blank")
        page.go_back()
        heading(page, "Fewer falls at night")
        expect(page.locator("#card")).to_be_hidden()
        assert not kept(page)

    def test_each_form_has_a_secret_that_no_page_was_given(self, page: Page, poster: str) -> None:
        """Also the second form of one page, after a first that was never acknowledged."""
        secrets = []
        page.on(
            "request",
            lambda sent: (
                secrets.append(parse_qs(sent.post_data)["secret"][0]) if sent.post_data else None
            ),
        )
        page.route(
            poster, lambda route: route.abort() if route.request.post_data else route.continue_()
        )
        start(page, poster, SHARED)
        given = page.locator("#secret").input_value()
        to_review(page, "3")
        send(page)
        heading(page, "Not sent yet. Keep this page open.")
        clear_and_start(page)
        page.get_by_role("button", name=SHARED).tap()
        to_review(page, "4")
        page.unroute(poster)
        send(page)
        heading(page, SENT)
        assert len({given, *secrets}) == 3
        assert Envelope.objects.count() == 1

    def test_a_personal_link_is_not_offered_to_the_next_person(
        self, page: Page, site: Site, unit: SurveyUnit
    ) -> None:
        start(page, f"{site.url}/a/{invite(unit)}", SHARED)
        to_review(page, "3")
        send(page)
        heading(page, SENT)
        expect(page.get_by_role("button", name="next person")).to_have_count(0)


class TestIdle:
    def test_warns_after_13_minutes_and_clears_after_15(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster, SHARED)
        page.clock.run_for(400)
        row(page, "3").tap()
        page.clock.run_for(600)
        expect_statement(page, 2)
        page.clock.run_for(12 * MINUTE + 50_000)
        expect_statement(page, 2)
        page.clock.run_for(15_000)
        heading(page, "Are you still there?")
        expect(page.get_by_role("button", name="Continue answering")).to_be_focused()
        expect(page.locator("#live")).to_have_text("120 seconds until your answers are cleared.")
        page.get_by_role("button", name="Continue answering").tap()
        expect_statement(page, 2)
        page.clock.run_for(13 * MINUTE + 1000)
        heading(page, "Are you still there?")
        page.clock.run_for(2 * MINUTE)
        heading(page, "Your answers have been cleared")
        assert page.evaluate("document.querySelectorAll('#rows :checked').length") == 0
        chosen = "Array.from(document.querySelectorAll('select')).filter((one) => one.value).length"
        assert page.evaluate(chosen) == 0
        assert not kept(page)
        assert not Envelope.objects.exists()

    def test_ones_own_phone_waits_for_ever(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster)
        page.clock.run_for(60 * MINUTE)
        expect_statement(page, 1)
