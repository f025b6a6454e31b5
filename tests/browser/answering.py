"""A respondent's hands: tapping rows, waiting for what the page says."""

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

OWN = "Start on my own phone"
SHARED = "Start on a shared device"
ALL = 45


def start(page: Page, address: str, device: str = OWN) -> None:
    page.goto(address)
    page.get_by_role("button", name=device).tap()
    expect_statement(page, 1)


def start_by_the_clock(page: Page, address: str, device: str) -> None:
    """Starts with the page's clock standing still; `page.clock.run_for` moves it on."""
    page.clock.install()
    page.goto(address)
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    page.get_by_role("button", name=device).tap()
    expect_statement(page, 1)


def row(page: Page, value: str) -> Any:
    return page.locator(f"fieldset:visible input[value='{value}']")


def expect_statement(page: Page, number: int) -> None:
    expect(page).to_have_title(f"Statement {number} of {ALL} – Fewer falls at night – Ward 7")


def answer(page: Page, number: int, value: str) -> None:
    """Taps a row of statement `number` and waits until the page has moved on by itself."""
    expect_statement(page, number)
    page.wait_for_timeout(260)  # taps right after moving on are not answers
    row(page, value).tap()
    if number < ALL:
        expect_statement(page, number + 1)
    else:
        expect(page.get_by_role("heading", name="Check and send")).to_be_visible()


def to_review(page: Page, *values: str) -> None:
    """Answers the first statements, skips the rest."""
    for number, value in enumerate(values, 1):
        answer(page, number, value)
    skip(page, ALL - len(values))
    heading(page, "Check and send")


def skip(page: Page, statements: int) -> None:
    """Presses Skip (or Next) so many times."""
    page.evaluate("n => { while (n--) document.querySelector('#next').click(); }", statements)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my answers").tap()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible()


def kept(page: Page) -> dict[str, Any]:
    """All that this browser keeps of the site."""
    found: dict[str, Any] = page.evaluate("() => ({...localStorage, ...sessionStorage})")
    return found


def to_review_from(page: Page, number: int) -> None:
    skip(page, ALL - number + 1)
    heading(page, "Check and send")


def press_until(page: Page, words: str) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText") == words:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {words}")
