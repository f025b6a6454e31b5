"""One statement at a time: taps, keys, review."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from surveys.models import Envelope
from tests.browser.answering import (
    ALL,
    OWN,
    answer,
    expect_statement,
    heading,
    press_until,
    row,
    send,
    skip,
    start,
    start_by_the_clock,
    to_review,
    to_review_from,
)

Look = Callable[[Page], None]


class TestOneStatementAtATime:
    def test_another_tap_within_the_pause_wins(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster, OWN)
        row(page, "2").tap()
        expect(page.get_by_role("status").first).to_have_text("Saved on this phone. Moving on…")
        page.clock.run_for(300)
        row(page, "5").tap()
        page.clock.run_for(300)
        expect_statement(page, 1)
        page.clock.run_for(150)
        expect_statement(page, 2)
        expect(page.get_by_role("button", name="Last answer: 5 – change")).to_be_visible()

    def test_double_tap_answers_one_statement(self, page: Page, poster: str) -> None:
        start(page, poster)
        page.wait_for_timeout(300)
        row(page, "3").dblclick()
        expect_statement(page, 2)
        page.wait_for_timeout(900)
        expect_statement(page, 2)
        expect(page.locator("fieldset:visible :checked")).to_have_count(0)

    def test_a_late_second_tap_is_no_answer(self, page: Page, poster: str) -> None:
        start_by_the_clock(page, poster, OWN)
        row(page, "3").tap()
        page.clock.run_for(450)
        row(page, "3").tap()
        page.clock.run_for(2000)
        expect_statement(page, 2)
        expect(page.locator("fieldset:visible :checked")).to_have_count(0)

    def test_moving_on_can_be_switched_off(self, page: Page, poster: str) -> None:
        page.goto(poster)
        page.get_by_label("Move on by itself after each tap").tap()
        page.get_by_role("button", name="own phone").tap()
        row(page, "3").tap()
        page.wait_for_timeout(700)
        expect_statement(page, 1)
        expect(page.get_by_role("status").first).to_have_text("Saved on this phone.")
        page.get_by_role("button", name="Next").tap()
        expect_statement(page, 2)
        page.reload()
        row(page, "3").tap()
        page.wait_for_timeout(700)
        expect_statement(page, 2)

    def test_back_change_and_skip(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "1")
        page.get_by_role("button", name="Skip").tap()
        expect_statement(page, 3)
        page.get_by_role("button", name="Back").tap()
        page.get_by_role("button", name="Last answer: 1 – change").tap()
        expect_statement(page, 1)
        expect(row(page, "1")).to_be_checked()
        row(page, "0").tap()  # a statement seen again waits for Next
        page.wait_for_timeout(700)
        expect_statement(page, 1)
        page.get_by_role("button", name="Next").tap()
        expect(page.get_by_role("button", name="Last answer: 0 – change")).to_be_visible()

    def test_the_phones_back_is_our_back(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "1")
        answer(page, 2, "1")
        page.go_back()
        expect_statement(page, 2)
        page.go_back()
        expect_statement(page, 1)
        page.go_back()
        heading(page, "Fewer falls at night")

    def test_progress_in_words(self, page: Page, poster: str) -> None:
        start(page, poster)
        skip(page, 13)
        expect(page.locator(".progress")).to_contain_text("Part 2 of 7 · 14 of 45")
        expect(page.locator("#left")).to_have_text("about 5 minutes left")
        expect(page.locator(".segments")).to_have_attribute("aria-hidden", "true")

    def test_a_new_question_is_marked(self, page: Page, poster: str) -> None:
        start(page, poster)
        for _ in range(11):
            expect(page.locator("fieldset:visible").get_by_text("New question")).to_have_count(0)
            page.locator("#next").tap()
        expect(page.locator("fieldset:visible").get_by_text("New question")).to_be_visible()

    def test_review_leads_to_what_is_blank(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "1")
        answer(page, 2, "?")
        to_review_from(page, 3)
        expect(page.locator("#answered")).to_have_text("2 of 45 answered. 1 of them “I can’t say”.")
        expect(page.locator("#blank li")).to_have_count(6)
        page.get_by_role("button", name="and 38 more").tap()
        expect(page.locator("#blank li")).to_have_count(43)
        page.get_by_role("button", name="Answer statement 16", exact=True).tap()
        expect_statement(page, 16)
        row(page, "4").tap()
        heading(page, "Check and send")
        expect(page.locator("#answered")).to_contain_text("3 of 45")
        page.get_by_role("button", name="Learning").tap()
        expect_statement(page, 37)
        page.get_by_role("button", name="Back to check and send").tap()
        heading(page, "Check and send")

    def test_nothing_answered_is_not_sent(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page)
        send(page)
        expect(page.get_by_role("alert").filter(has_text="Nothing is answered yet")).to_be_visible()
        assert not Envelope.objects.exists()


class TestKeys:
    def test_from_opening_to_thanks(self, page: Page, poster: str) -> None:
        page.goto(poster)
        press_until(page, "Start on my own phone")
        page.keyboard.press("Enter")
        expect_statement(page, 1)
        assert page.evaluate("document.activeElement.tagName") == "LEGEND"
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        page.wait_for_timeout(700)
        expect_statement(page, 1)  # arrow keys choose and never move on
        expect(row(page, "3")).to_be_checked()
        page.keyboard.press("Enter")
        expect_statement(page, 2)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # nothing chosen: stays
        expect_statement(page, 2)
        press_until(page, "Skip")
        page.keyboard.press("Enter")
        expect_statement(page, 3)
        skip(page, ALL - 3)
        press_until(page, "Skip")
        page.keyboard.press("Enter")
        heading(page, "Check and send")
        press_until(page, "Send my answers")
        page.keyboard.press("Enter")
        heading(page, "Sent. Thank you.")

    def test_order_on_a_statement(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "2")
        seen = []
        for _ in range(4):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate("document.activeElement.value || document.activeElement.innerText")
            )
        assert seen == ["0", "Last answer: 2 – change", "Back", "Skip"]
