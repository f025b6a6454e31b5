"""Answering on a shared device: nothing is kept, nothing is left."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from surveys.models import Envelope
from tests.browser.answering import (
    SHARED,
    answer,
    expect_statement,
    heading,
    kept,
    row,
    send,
    start,
    start_by_the_clock,
    to_review,
    to_review_from,
)
from tests.conftest import Site
from tests.surveys.ballots import invite, open_unit

Look = Callable[[Page], None]


class TestSharedDevice:
    def test_nothing_is_kept_and_it_is_wiped_after_sending(
        self, page: Page, poster: str, site: Site
    ) -> None:
        page.goto(f"{site.url}/healthz")
        start(page, poster, SHARED)
        answer(page, 1, "3")
        expect(page.locator("#status")).to_have_text("")
        assert not kept(page)
        assert page.evaluate("history.state") is None
        page.locator("#next").tap()
        to_review_from(page, 3)
        send(page)
        heading(page, "Sent. Thank you.")
        assert not kept(page)
        assert page.locator("input:checked:not(#auto)").count() == 0
        assert "3 of" not in page.locator("body").inner_text()
        page.go_back()
        expect(page.locator("fieldset:visible")).to_have_count(0)
        again = page.context.new_page()
        again.goto(f"{site.url}/a/")
        heading(again, "Please open the link again")

    def test_leaving_and_coming_back_shows_nothing(
        self, page: Page, poster: str, site: Site
    ) -> None:
        start(page, poster, SHARED)
        answer(page, 1, "3")
        page.goto(f"{site.url}/healthz")
        page.go_back()
        expect(page.locator("fieldset:visible")).to_have_count(0)
        expect(page.locator("input:checked:not(#auto)")).to_have_count(0)
        page.reload()
        heading(page, "Please open the link again")

    def test_a_page_from_the_browsers_memory_shows_nothing(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        answer(page, 1, "3")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        heading(page, "Cleared. Nothing was kept.")
        expect(page.locator("input:checked:not(#auto)")).to_have_count(0)

    def test_idle_clock(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster, SHARED)
        for _ in range(2):
            row(page, "3").tap()
            page.clock.run_for(1000)
        page.clock.run_for(13 * 60_000 - 3000)
        expect_statement(page, 3)
        page.clock.run_for(3000)
        heading(page, "Are you still there?")
        expect(page.locator("fieldset:visible")).to_have_count(0)
        expect(page.locator("#spoken")).to_have_text("2 minutes until your answers are cleared.")
        expect(page.get_by_role("button", name="I’m still here – carry on")).to_be_focused()
        expect(page.get_by_text("You have answered 2 of 45. None are sent.")).to_be_visible()
        page.clock.run_for(60_000)
        expect(page.locator("#spoken")).to_have_text("1 minute until your answers are cleared.")
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0:5\d$|^1:00$"))
        page.get_by_role("button", name="carry on").tap()
        expect_statement(page, 3)
        page.clock.run_for(13 * 60_000 + 1000)
        heading(page, "Are you still there?")
        page.clock.run_for(105_000)
        expect(page.locator("#spoken")).to_have_text("15 seconds until your answers are cleared.")
        page.clock.run_for(15_000)
        heading(page, "Cleared. Nothing was kept.")
        expect(page.locator("input:checked:not(#auto)")).to_have_count(0)
        page.get_by_role("button", name="Start").tap()
        heading(page, "Fewer falls at night")
        assert not kept(page)

    def test_axe_finds_nothing_on_the_warning(self, page: Page, poster: str, axe: Look) -> None:
        start_by_the_clock(page, poster, SHARED)
        row(page, "3").tap()
        page.clock.run_for(13 * 60_000 + 1000)
        page.clock.resume()  # axe waits by the page's clock
        heading(page, "Are you still there?")
        axe(page)
        page.get_by_role("button", name="Clear my answers now").tap()
        heading(page, "Cleared. Nothing was kept.")
        axe(page)

    def test_send_the_rest_from_the_warning(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster, SHARED)
        row(page, "3").tap()
        page.clock.run_for(14 * 60_000)
        page.get_by_role("button", name="Send the 1 I have, without the rest").tap()
        heading(page, "Check and send")
        send(page)
        heading(page, "Sent. Thank you.")

    def test_each_person_has_a_sheet(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        for _ in range(4):
            to_review(page, "3")
            send(page)
            heading(page, "Sent. Thank you.")
            page.get_by_role("button", name="Start again for the next person").tap()
            heading(page, "Have you answered already?")
            page.get_by_role("button", name="I have not answered yet").tap()
            page.get_by_role("button", name=SHARED).tap()
            expect_statement(page, 1)
        assert Envelope.objects.count() == 4
        assert not kept(page)

    def test_one_device_sends_a_part_of_the_sheets(self, page: Page, site: Site, axe: Look) -> None:
        unit = open_unit(unit_name="Ward 7", headcount=10, minimum_group=7)
        poster = f"{site.url}/q/{unit.answer_code}"
        for number in range(1, 6):
            page.goto(poster)
            if number > 1:
                axe(page)
                page.get_by_role("button", name="I have not answered yet").tap()
            page.get_by_role("button", name=SHARED).tap()
            to_review(page, "3")
            send(page)
            heading(page, "Sent. Thank you.")
        page.get_by_role("button", name="Start again for the next person").tap()
        heading(page, "This phone or tablet has sent its share")
        axe(page)
        page.goto(f"{site.url}/a/{invite(unit)}")
        page.get_by_role("button", name=SHARED).tap()
        to_review(page, "3")
        send(page)
        heading(page, "Sent. Thank you.")
        assert Envelope.objects.count() == 6

    def test_offline_says_that_nothing_is_kept(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        to_review(page, "3")
        page.context.set_offline(True)
        send(page)
        heading(page, "Not sent yet")
        expect(page.locator("#why")).to_contain_text("still on this page")
        expect(page.get_by_text("later, on this phone")).to_be_hidden()
