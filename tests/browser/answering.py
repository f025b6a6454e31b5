"""A respondent's hands: tapping rows, waiting for what the page says."""

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

OWN = "Start on my own phone or device"
SHARED = "Start on a shared device"
ALL = 45
# As in assets/responses/answer/_state.js: how long a tap counts for what was shown before.
LATE_TAP, LATE_NEXT = 300, 700


def start(page: Page, address: str, device: str = OWN) -> None:
    page.goto(address)
    page.get_by_role("button", name=device).tap()
    expect_statement(page, 1)
    settle(page)


def start_by_the_clock(page: Page, address: str, device: str = OWN) -> None:
    """Starts with the page's clock standing still; `page.clock.run_for` moves it on."""
    page.clock.install()
    page.goto(address)
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    page.get_by_role("button", name=device).tap()
    expect_statement(page, 1)


def row(page: Page, value: str) -> Locator:
    return page.locator(f"#rows input[value='{value}']")


def expect_statement(page: Page, number: int) -> None:
    expect(page).to_have_title(f"{number} of {ALL} – Fewer falls at night – Ward 7")
    expect(page.locator("#card")).to_be_visible()


def state(page: Page) -> str:
    """The state that is shown."""
    shown: str = page.evaluate("document.body.className.split(' ')[0]")
    return shown


def settle(page: Page, guard: int = LATE_TAP) -> None:
    """Lets a guard against late taps run out, as a person's reading does: it is a matter of time
    by its nature."""
    page.evaluate(
        "(guard) => new Promise((done) => setTimeout(() => requestAnimationFrame(done), guard))",
        guard + 10,
    )


def answer(page: Page, number: int, value: str) -> int:
    """Chooses a row of statement `number`, waits until the page moved on; taps that it took."""
    expect_statement(page, number)
    settle(page)
    row(page, value).tap()
    expect(page).not_to_have_title(f"{number} of {ALL} – Fewer falls at night – Ward 7")
    if state(page) != "between":
        return 1
    settle(page, LATE_NEXT)  # Continue lies where Next was
    page.locator("#between .go").tap()
    return 2


def to_review(page: Page, *values: str) -> None:
    """Answers the first statements, skips the rest."""
    for number, value in enumerate(values, 1):
        answer(page, number, value)
    to_review_from(page, len(values) + 1)


def skip(page: Page, statements: int) -> None:
    """Presses Skip (or Next) so many times, and Continue where a section ends."""
    page.evaluate(
        """(n) => {
            while (n--) {
                document.querySelector("#next").click();
                if (document.body.className.startsWith("between"))
                    document.querySelector("#between .go").click();
            }
        }""",
        statements,
    )


def to_review_from(page: Page, number: int) -> None:
    settle(page, LATE_NEXT)
    skip(page, ALL - number + 1)
    heading(page, "Check and send")


def send(page: Page) -> None:
    page.wait_for_timeout(LATE_NEXT + 10)  # Send lies where Next was
    page.get_by_role("button", name="Send my answers").tap()


def heading(page: Page, words: str) -> None:
    """The state of this heading, read by a person: what is tapped then is no late tap."""
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible()
    page.wait_for_timeout(LATE_TAP + 10)


def kept(page: Page) -> dict[str, Any]:
    """All that this browser keeps of the site."""
    found: dict[str, Any] = page.evaluate("() => ({...localStorage, ...sessionStorage})")
    return found


def press_until(page: Page, words: str) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText").startswith(words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {words}")
