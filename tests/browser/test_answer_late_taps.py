"""A second tap on the same place, when another state has come meanwhile: it does nothing there."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from responses.models import Envelope
from tests.browser.answering import (
    ALL,
    LATE_NEXT,
    LATE_TAP,
    expect_statement,
    heading,
    row,
    skip,
    start_by_the_clock,
    state,
)

PHONE: ViewportSize = {"width": 360, "height": 564}


def tap_twice(page: Page, button: str) -> None:
    """Two taps on one place, with the page's clock standing still."""
    box = page.locator(button).bounding_box()
    assert box
    for _ in range(2):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def answers(page: Page) -> int:
    found: int = page.evaluate(
        "Object.keys(JSON.parse(localStorage.getItem('ffit:sheet:' + location.pathname)).answers)"
        ".length"
    )
    return found


@pytest.fixture
def clocked(page: Page, poster: str) -> Page:
    """Statement 1 on a small phone, a second after it was opened, with the clock standing still."""
    page.set_viewport_size(PHONE)
    start_by_the_clock(page, poster)
    page.clock.run_for(1000)
    return page


def to_last(page: Page) -> None:
    skip(page, ALL - 1)
    page.clock.run_for(LATE_NEXT)
    expect_statement(page, ALL)


@pytest.mark.parametrize("device", ["own", "shared"])
def test_on_start_answers_nothing(page: Page, poster: str, device: str) -> None:
    page.set_viewport_size(PHONE)
    page.clock.install()
    page.goto(poster)
    page.clock.pause_at("2030-01-01")
    tap_twice(page, f"[data-do={device}]")
    page.clock.run_for(2000)
    expect_statement(page, 1)
    expect(page.locator("#rows :checked")).to_have_count(0)
    expect(page.locator("#help")).to_be_hidden()


def test_on_continue_answers_nothing(clocked: Page) -> None:
    skip(clocked, 10)
    clocked.locator("#next").tap()
    clocked.clock.run_for(LATE_TAP)
    tap_twice(clocked, "#between .go")
    clocked.clock.run_for(2000)
    expect_statement(clocked, 12)
    assert answers(clocked) == 0


def test_on_skip_at_the_last_statement_sends_nothing(clocked: Page) -> None:
    row(clocked, "3").tap()
    clocked.clock.run_for(2000)
    skip(clocked, ALL - 2)
    clocked.clock.run_for(LATE_NEXT)
    tap_twice(clocked, "#next")
    assert state(clocked) == "review"
    clocked.clock.run_for(LATE_TAP)
    assert state(clocked) == "review"
    assert not Envelope.objects.exists()
    clocked.get_by_role("button", name="Send my answers").tap()
    heading(clocked, "Answers sent. Thank you.")


def test_a_late_next_after_the_last_answer_sends_nothing(clocked: Page) -> None:
    """It came automatically, and under the thumb Next has become Send."""
    to_last(clocked)
    box = clocked.locator("#next").bounding_box()
    assert box
    row(clocked, "3").tap()
    clocked.clock.run_for(450)
    assert state(clocked) == "review"
    clocked.clock.run_for(LATE_NEXT - 10)
    clocked.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    clocked.clock.run_for(10)
    clocked.wait_for_timeout(300)
    assert state(clocked) == "review"
    assert not Envelope.objects.exists()
    clocked.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    heading(clocked, "Answers sent. Thank you.")
    assert Envelope.objects.count() == 1


def test_a_late_next_at_the_end_of_a_section_stays_there(clocked: Page) -> None:
    skip(clocked, 10)
    clocked.clock.run_for(LATE_NEXT)
    box = clocked.locator("#next").bounding_box()
    assert box
    row(clocked, "3").tap()
    clocked.clock.run_for(450 + LATE_NEXT - 10)
    clocked.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert state(clocked) == "between"


def test_on_start_again_clears_nothing(clocked: Page) -> None:
    """The question that it asks once more has its own answer in the same place."""
    row(clocked, "3").tap()
    clocked.clock.run_for(2000)
    clocked.reload()
    heading(clocked, "Continue or start again?")
    clocked.clock.run_for(LATE_TAP)
    tap_twice(clocked, "#resume .other")
    assert state(clocked) == "clear"
    assert answers(clocked) == 1
