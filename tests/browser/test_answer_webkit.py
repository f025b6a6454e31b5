"""The answer page in WebKit, which is the engine of every iPhone."""

from collections.abc import Iterator

import pytest
from django.test import Client

from responses.models import Envelope, Tally
from surveys.models import SurveyUnit
from tests.browser.answering import ALL, LATE_NEXT, LATE_TAP
from tests.browser.test_answer_layout import EVERY, FEW, LOOK, MORE, document, everything_fits
from tests.browser.webkit import PACKAGES, WebKit, missing, webkit

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db,
    pytest.mark.skipif(missing(), reason=f"WebKit is missing: apt-get install {PACKAGES}"),
]
__all__ = ["document"]


@pytest.fixture(scope="module")
def browser() -> Iterator[WebKit]:
    with webkit() as found:
        yield found


@pytest.mark.parametrize("document", EVERY, indirect=True, ids=lambda one: "-".join(one))
def test_in_every_wording_and_window(browser: WebKit, document: str, client: Client) -> None:
    helps = document.count("<details><summary>Help</summary>")
    for size in (*FEW, *MORE):
        browser.frame(document, *size)
        assert browser.run(f"return ({LOOK})()") == everything_fits(helps), size


@pytest.mark.parametrize("document", EVERY[:1], indirect=True)
def test_right_to_left(browser: WebKit, document: str) -> None:
    for size in FEW:
        browser.frame(document.replace("<html ", "<html dir=rtl ", 1), *size)
        found = browser.run(f"return ({LOOK})()")
        assert (found["shown"], found["faults"]) == (ALL, []), size


def state_is(browser: WebKit, state: str) -> None:
    browser.until(f"return document.body.className.split(' ')[0] === '{state}'")


def test_a_whole_form_is_answered_and_sent(browser: WebKit, poster: str, unit: SurveyUnit) -> None:
    browser.open(poster)
    browser.click("#start [data-do=own]")
    for number in range(1, ALL + 1):
        browser.until(f"return document.title.startsWith('{number} of {ALL} ')")
        state_is(browser, "card")
        browser.settle(LATE_TAP)
        browser.click(f"#rows label:has(input[value='{number % 6}'])")
        browser.until(f"return !document.title.startsWith('{number} of {ALL} ')")
        if browser.run("return document.body.className.startsWith('between')"):
            browser.settle(LATE_NEXT)
            browser.click("#between .go")
    state_is(browser, "review")
    browser.settle(LATE_NEXT)
    browser.click("#review [data-do=send]")
    state_is(browser, "sent")
    assert Envelope.objects.filter(survey_unit=unit).count() == 1
    assert Tally.objects.get(survey_unit=unit, channel="qr").count == 1
    assert browser.run("return Object.keys(localStorage).filter((key) => /sheet/.test(key))") == []
