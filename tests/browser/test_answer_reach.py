"""What a thumb and the focus must reach: nothing too small, nothing covered by the foot."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import (
    answer,
    expect_statement,
    heading,
    row,
    send,
    settle,
    start,
    to_review_from,
)

SMALL = """() => {
    const small = [];
    for (const one of document.querySelectorAll("a,button,summary,textarea,label")) {
        if (one.querySelector("textarea")) continue;
        const { height, width } = one.getBoundingClientRect();
        const isShown = height && getComputedStyle(one).visibility === "visible";
        if (isShown && Math.min(height, width) < 43.5)
            small.push(`${one.textContent.trim()}: ${Math.round(width)} by ${Math.round(height)}`);
    }
    return small;
}"""
# What has the focus and lies under the foot, or partly outside the window.
COVERED = """() => {
    const one = document.activeElement;
    if (one === document.body || one.closest(".foot,header")) return "";
    const feet = [...document.querySelectorAll(".foot")];
    const foot = feet.find((foot) => foot.offsetHeight).getBoundingClientRect();
    const box = one.getBoundingClientRect();
    return box.top < -0.5 || box.bottom > foot.top + 0.5 ? one.outerHTML.slice(0, 60) : "";
}"""


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 360, "height": 564})
    return page


def test_nothing_is_too_small_for_a_thumb(phone: Page, poster: str) -> None:
    phone.goto(poster)
    phone.get_by_text("Could anyone still tell it’s me?").tap()
    small = phone.evaluate(SMALL)
    start(phone, poster)
    phone.locator(".name").tap()
    small += phone.evaluate(SMALL)
    answer(phone, 1, "3")
    settle(phone)
    small += phone.evaluate(SMALL)
    phone.locator(".clear").tap()
    heading(phone, "Clear your answers (1)?")
    small += phone.evaluate(SMALL)
    phone.get_by_role("button", name="Keep answers").tap()
    to_review_from(phone, 2)
    small += phone.evaluate(SMALL)
    send(phone)
    heading(phone, "Answers sent. Thank you.")
    small += phone.evaluate(SMALL)
    phone.reload()
    heading(phone, "You have answered")
    assert small + phone.evaluate(SMALL) == []


@pytest.mark.parametrize("size", [(360, 564), (320, 454), (844, 390)])
def test_the_foot_covers_nothing_that_has_the_focus(
    page: Page, poster: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(poster)
    covered = []
    for _ in range(6):
        page.keyboard.press("Tab")
        covered.append(page.evaluate(COVERED))
    start(page, poster)
    to_review_from(page, 1)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(50):
            page.keyboard.press(key)
            covered.append(page.evaluate(COVERED))
    assert not any(covered)


@pytest.mark.parametrize("size", [(180, 282), (195, 332), (422, 195)])
def test_twice_as_large_the_foot_leaves_room_to_read(
    page: Page, poster: str, size: tuple[int, int]
) -> None:
    """At 200% the foot of two buttons would fill the window: it lies below the text instead."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(poster)
    page.get_by_role("heading", name="Who sees my answers?").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 60)")
    read = page.evaluate(
        """() => [10, 90].map((share) =>
            document.elementFromPoint(innerWidth / 2, (innerHeight * share) / 100).closest(".foot"))
        """
    )
    assert read == [None, None]
    page.get_by_role("button", name="own phone").tap()
    settle(page)
    to_review_from(page, 1)
    first, last = page.locator("#strips button").first, page.locator("#strips button").last
    for one in (first, last):
        one.scroll_into_view_if_needed()
        box = one.bounding_box()
        assert box
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('.strip') !== null", middle
        )


@pytest.mark.parametrize("size", [(180, 282), (195, 332)])
def test_twice_as_large_the_foot_breaks_no_word(
    page: Page, poster: str, size: tuple[int, int]
) -> None:
    """Back, Help and Next do not fit beside each other: one of them takes the next line."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    start(page, poster)
    row(page, "3").tap()
    expect_statement(page, 2)
    settle(page)
    page.locator(".name").tap()
    page.locator("#auto2").uncheck()
    page.locator(".name").tap()
    row(page, "?").tap()
    expect(page.locator("#next")).to_contain_text("Next")
    page.locator("#helps").evaluate("(one) => { one.hidden = false; }")
    lines = page.evaluate(
        """() => [...document.querySelectorAll("#card .foot button")].filter((one) => !one.hidden)
            .map((one) => {
                const words = document.createRange();
                words.selectNode(one.firstChild);
                return new Set([...words.getClientRects()].map((box) => box.top)).size;
            })"""
    )
    assert lines == [1, 1, 1]


def test_the_sign_beside_the_improvements_name_is_never_cut(phone: Page, poster: str) -> None:
    """It stands before the name, which is what gives way."""
    start(phone, poster)
    sign = "getComputedStyle(document.querySelector('.name'), '::{}').borderBottomWidth === '2px'"
    row(phone, "3").tap()
    expect(phone.locator("#count")).to_contain_text("saved")
    assert phone.evaluate(sign.format("before"))
    assert not phone.evaluate(sign.format("after"))
