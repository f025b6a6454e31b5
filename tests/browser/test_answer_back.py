"""The phone's own Back on the answer page: no press of it loses an answer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import (
    SHARED,
    answer,
    expect_statement,
    heading,
    send,
    settle,
    start,
    start_by_the_clock,
    state,
    to_review,
)

MINUTE = 60_000


def press_back(page: Page) -> None:
    page.evaluate("setTimeout(() => history.back())")
    page.wait_for_timeout(200)


def test_it_keeps_answers_that_were_to_be_cleared(page: Page, poster: str) -> None:
    start(page, poster, SHARED)
    answer(page, 1, "3")
    answer(page, 2, "3")
    settle(page)
    page.locator(".clear").tap()
    heading(page, "Clear your answers (2)?")
    press_back(page)
    expect_statement(page, 3)
    press_back(page)
    expect_statement(page, 2)
    press_back(page)
    expect_statement(page, 1)


def test_the_question_whether_someone_is_there(page: Page, poster: str) -> None:
    page.goto("about:blank")
    start_by_the_clock(page, poster, SHARED)
    page.clock.run_for(13 * MINUTE + 1000)
    heading(page, "Are you still there?")
    press_back(page)
    press_back(page)
    assert state(page) == "idle"
    page.get_by_role("button", name="Continue answering").tap()
    expect_statement(page, 1)


@pytest.mark.parametrize("reply", ["none", "refused"])
def test_not_sent_from_a_shared_device(page: Page, poster: str, reply: str) -> None:
    page.goto("about:blank")
    start(page, poster, SHARED)
    to_review(page, "3")
    refused = {"sent": False, "title": "Not sent", "text": "Send them again."}
    page.route(
        poster, lambda route: route.abort() if reply == "none" else route.fulfill(json=refused)
    )
    send(page)
    heading(page, "Not sent")
    press_back(page)
    press_back(page)
    heading(page, "Not sent")
    assert page.url == poster


def test_after_continue_it_goes_to_the_statement_before(page: Page, poster: str) -> None:
    start(page, poster)
    answer(page, 1, "3")
    again = page.context.new_page()
    page.close()
    again.goto(poster)
    heading(again, "Continue or start again?")
    again.get_by_role("button", name="Continue").locator("visible=true").tap()
    expect_statement(again, 2)
    press_back(again)
    expect_statement(again, 1)


def test_it_leaves_from_the_question_how_to_continue(page: Page, poster: str) -> None:
    page.goto("about:blank")
    start(page, poster)
    answer(page, 1, "3")
    press_back(page)
    expect_statement(page, 1)
    press_back(page)
    heading(page, "Continue or start again?")
    press_back(page)
    expect(page).to_have_url("about:blank")
    page.go_forward()
    heading(page, "Continue or start again?")


def test_a_second_start_needs_no_second_press(page: Page, poster: str) -> None:
    page.goto("about:blank")
    start(page, poster)
    press_back(page)
    heading(page, "Fewer falls at night")
    page.get_by_role("button", name="own phone").tap()
    expect_statement(page, 1)
    settle(page)
    press_back(page)
    heading(page, "Fewer falls at night")
    press_back(page)
    expect(page).to_have_url("about:blank")
