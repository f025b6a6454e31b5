"""Statement after statement: moving on, the guards, keys, sections and the review.

Over 300 lines: one way through the page, from the first statement to the last.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from instruments.actions.load_instrument import load_instrument
from responses.models import Envelope
from tests.browser.answering import (
    LATE_NEXT,
    LATE_TAP,
    answer,
    expect_statement,
    heading,
    kept,
    press_until,
    row,
    send,
    settle,
    skip,
    start,
    start_by_the_clock,
    to_review,
    to_review_from,
)
from tests.conftest import Site
from tests.factories import SurveyFactory
from tests.instruments.shipped import shipped_ffit
from tests.responses.ballots import open_unit


def answers(page: Page) -> dict[str, Any]:
    """What is kept of the form that is under way."""
    found: dict[str, Any] = page.evaluate(
        "JSON.parse(localStorage.getItem('ffit:sheet:' + location.pathname)).answers"
    )
    return found


class TestMovingOn:
    @pytest.fixture
    def clocked(self, page: Page, poster: str) -> Page:
        """Statement 1, a second after it was opened, with the clock standing still."""
        start_by_the_clock(page, poster)
        page.clock.run_for(1000)
        return page

    def test_waits_then_moves(self, clocked: Page) -> None:
        row(clocked, "3").tap()
        clocked.clock.run_for(440)
        expect_statement(clocked, 1)
        clocked.clock.run_for(20)
        expect_statement(clocked, 2)

    def test_a_second_tap_moves_at_once_and_answers_once(self, clocked: Page) -> None:
        row(clocked, "3").tap()
        row(clocked, "3").tap()
        expect_statement(clocked, 2)
        row(clocked, "3").tap()  # a third one is a late tap
        clocked.clock.run_for(2000)
        expect_statement(clocked, 2)
        expect(clocked.locator("#rows :checked")).to_have_count(0)

    @pytest.mark.parametrize("place", ["#next", "#ask"])
    def test_next_or_the_text_moves_at_once(self, clocked: Page, place: str) -> None:
        row(clocked, "3").tap()
        clocked.locator(place).tap()
        expect_statement(clocked, 2)

    def test_another_row_changes_the_answer_and_waits_longer(self, clocked: Page) -> None:
        row(clocked, "1").tap()
        row(clocked, "4").tap()
        clocked.clock.run_for(600)
        expect_statement(clocked, 1)
        clocked.clock.run_for(100)  # 450 x 1.5
        expect_statement(clocked, 2)
        assert answers(clocked) == {"ENV01": "4"}

    def test_a_late_next_does_not_skip(self, clocked: Page) -> None:
        row(clocked, "3").tap()
        clocked.clock.run_for(460)
        clocked.clock.run_for(600)
        clocked.locator("#next").tap()
        expect_statement(clocked, 2)
        clocked.clock.run_for(100)
        clocked.locator("#next").tap()
        expect_statement(clocked, 3)
        clocked.locator("#next").tap()  # nothing is late after Skip
        expect_statement(clocked, 4)

    def test_a_late_second_tap_is_no_answer(self, clocked: Page) -> None:
        row(clocked, "3").tap()
        clocked.clock.run_for(460)
        clocked.clock.run_for(200)
        row(clocked, "5").tap()
        expect(clocked.locator("#rows :checked")).to_have_count(0)
        clocked.clock.run_for(100)
        row(clocked, "5").tap()
        clocked.clock.run_for(460)
        assert answers(clocked) == {"ENV01": "3", "ENV02": "5"}

    def test_switched_off_during_a_pause(self, clocked: Page) -> None:
        row(clocked, "3").tap()
        clocked.locator(".name").tap()
        clocked.locator("#auto2").uncheck()
        clocked.clock.run_for(2000)
        expect_statement(clocked, 1)
        clocked.locator(".name").tap()
        clocked.locator("#next").tap()
        expect_statement(clocked, 2)

    def test_an_answered_statement_waits_for_next(self, clocked: Page) -> None:
        row(clocked, "3").tap()
        clocked.clock.run_for(460 + LATE_TAP)
        clocked.locator("#card [data-do=back]").tap()
        expect(row(clocked, "3")).to_be_checked()
        row(clocked, "0").tap()
        clocked.clock.run_for(2000)
        expect_statement(clocked, 1)
        clocked.locator("#next").tap()
        expect(clocked.locator("#was")).to_have_text("last: 0")

    def test_off_from_the_start(self, page: Page, poster: str) -> None:
        page.clock.install()
        page.goto(poster)
        page.get_by_label("Next statement follows automatically").locator("visible=true").tap()
        page.get_by_role("button", name="own phone").tap()
        page.clock.run_for(1000)
        row(page, "3").tap()
        page.clock.run_for(2000)
        expect_statement(page, 1)


class TestSections:
    def test_the_end_of_a_section_is_told(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "3")
        settle(page, LATE_NEXT)
        for _ in range(10):
            page.locator("#next").tap()
        heading(page, "Section 1 of 7 done")
        expect(page).to_have_title("Section 1 of 7 done – Fewer falls at night – Ward 7")
        expect(page.get_by_text("About 6 minutes left. You can stop here")).to_be_visible()
        expect(page.get_by_text("Too many patients fall at night").first).to_be_visible()
        expect(page.locator("#between-stem")).to_contain_text("what this change needs")
        page.set_viewport_size({"width": 667, "height": 331})  # lying down
        following, foot = (
            page.locator(f"#between {part}").bounding_box() for part in ("h2", ".foot")
        )
        assert following and foot and following["y"] + following["height"] <= foot["y"]
        page.locator("#between .back").tap()
        expect_statement(page, 11)
        settle(page)
        page.locator("#next").tap()
        heading(page, "Section 1 of 7 done")
        page.get_by_role("button", name="Check and send what I have").tap()
        heading(page, "Check and send")

    def test_going_back_over_an_edge_shows_no_break(self, page: Page, poster: str) -> None:
        start(page, poster)
        skip(page, 11)
        expect_statement(page, 12)
        settle(page)
        page.locator("#card [data-do=back]").tap()
        expect_statement(page, 11)

    def test_the_phones_back_is_our_back(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "1")
        answer(page, 2, "1")
        page.go_back()
        expect_statement(page, 2)
        page.go_back()
        expect_statement(page, 1)
        page.go_back()
        heading(page, "Continue or start again?")

    def test_progress_is_spoken_with_the_statement(self, page: Page, poster: str) -> None:
        start(page, poster)
        skip(page, 13)
        expect(page.locator("#count")).to_have_text("14 of 45")
        expect(page.locator("#statement")).to_be_focused()
        expect(page.locator("#statement")).to_contain_text("Statement 14 of 45, section 2 of 7.")


class TestReview:
    def test_every_statement_is_a_button(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "1")
        answer(page, 2, "?")
        to_review_from(page, 3)
        expect(page.locator("#sum")).to_have_text(
            "2 of 45 answered. Blank: 43. You can leave statements blank."
        )
        expect(page.locator(".strip button")).to_have_count(45)
        names = page.locator(".strip button")
        expect(names.nth(0)).to_have_attribute("aria-label", "1. feel they are in a blame-free,"
            " nurturing and open environment? 1")  # fmt: skip
        expect(names.nth(1)).to_have_attribute("aria-label", "2. feel able to challenge suboptimal"
            " practice? I can’t say")  # fmt: skip
        names.nth(15).tap()
        expect_statement(page, 16)
        expect(page.locator("#next")).to_contain_text("Back to check")
        settle(page)
        row(page, "4").tap()
        heading(page, "Check and send")
        expect(names.nth(15)).to_be_focused()
        expect(page.locator("#sum")).to_contain_text("3 of 45")

    def test_nothing_answered_is_not_sent(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page)
        send(page)
        expect(page.get_by_role("alert")).to_have_text(
            "Answer at least one statement before you send"
        )
        assert not Envelope.objects.exists()


class TestHelp:
    @pytest.fixture
    def helped(self, site: Site, page: Page) -> Page:
        """Statement 1 of edition 2 with its Help open."""
        version, _ = load_instrument(text=shipped_ffit())
        edition = version.editions.get(code="front-line-2")
        survey = SurveyFactory.create(version=version, ward_edition=edition)
        unit = open_unit(survey=survey, unit_name="Ward 7", headcount=60)
        start(page, f"{site.url}/q/{unit.answer_code}")
        before = page.locator("#rows").bounding_box()
        page.get_by_role("button", name="Help: what does this mean?").tap()
        expect(page.locator("#help")).to_contain_text("Give one answer for all three.")
        assert page.locator("#rows").bounding_box() == before
        return page

    def test_lies_over_the_rows_and_is_spoken(
        self, helped: Page, axe: Callable[[Page], None]
    ) -> None:
        button = helped.locator("#helps")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(helped.locator("#live")).to_contain_text("Give one answer for all three.")
        axe(helped)
        button.tap()
        expect(helped.locator("#help")).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")

    def test_closes_by_escape(self, helped: Page) -> None:
        helped.keyboard.press("Escape")
        expect(helped.locator("#help")).to_be_hidden()
        expect_statement(helped, 1)

    def test_closes_by_an_answer(self, helped: Page) -> None:
        helped.locator("#statement").focus()
        helped.keyboard.press("3")
        expect(helped.locator("#help")).to_be_hidden()
        expect_statement(helped, 2)
        expect(helped.locator("#help")).to_be_hidden()

    def test_is_not_there_where_a_statement_has_none(self, helped: Page) -> None:
        skip(helped, 6)
        expect_statement(helped, 7)
        expect(helped.locator("#helps")).to_be_hidden()


class TestKeys:
    def test_from_opening_to_thanks(self, page: Page, poster: str) -> None:
        page.goto(poster)
        press_until(page, "Start on my own phone or device")
        page.keyboard.press("Enter")
        expect_statement(page, 1)
        expect(page.locator("#statement")).to_be_focused()
        page.keyboard.press("Enter")  # nothing chosen: stays
        expect_statement(page, 1)
        page.keyboard.press("4")
        expect_statement(page, 2)
        page.keyboard.press("?")
        expect_statement(page, 3)
        page.keyboard.press("Backspace")
        expect_statement(page, 2)
        expect(row(page, "?")).to_be_checked()
        page.keyboard.press("Enter")
        expect_statement(page, 3)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect_statement(page, 4)
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#rows :checked")).to_have_count(1)
        settle(page, LATE_NEXT)
        expect_statement(page, 4)  # arrow keys choose and never move on
        page.keyboard.press("Enter")
        expect_statement(page, 5)
        page.keyboard.press("Control+3")
        expect(page.locator("#rows :checked")).to_have_count(0)
        skip(page, 41)
        press_until(page, "Send my answers")
        page.keyboard.press("Enter")
        heading(page, "Answers sent. Thank you.")

    def test_no_key_acts_outside_the_card(self, page: Page, poster: str) -> None:
        start(page, poster)
        page.locator(".name").focus()
        page.keyboard.press("4")
        expect(page.locator("#rows :checked")).to_have_count(0)
        assert "ENV01" not in str(kept(page))

    def test_order_on_a_statement(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "2")
        seen = []
        for _ in range(3):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate("document.activeElement.value || document.activeElement.innerText")
            )
        assert seen == ["0", "\u2039 Back\nlast: 2", "Skip \u203a"]
