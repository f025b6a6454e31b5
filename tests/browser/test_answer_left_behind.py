"""A page that takes no answers, with answers on the device that were not sent."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from responses.models import Tally
from surveys.models import SurveyUnit
from tests.browser.answering import heading, kept

FULL = "This poster cannot take any more answers"


@pytest.fixture
def full(unit: SurveyUnit) -> None:
    Tally.objects.filter(survey_unit=unit, channel="qr").update(count=unit.poster_room)


def leave(page: Page, poster: str, *, wanted: bool = False) -> None:
    """Opens the page with one answer on the device; `wanted` if it was to be sent."""
    sheet = {"answers": {"ENV01": "3"}, "secret": "s" * 43, "wanted": wanted, "closes": 9e15}
    page.goto(poster)
    page.evaluate(
        "(sheet) => localStorage.setItem('ffit:sheet:' + location.pathname, sheet)",
        json.dumps(sheet),
    )
    page.reload()


def test_what_was_deleted_is_offered_no_more(page: Page, poster: str, full: None) -> None:
    leave(page, poster)
    heading(page, FULL)
    page.get_by_role("button", name="Delete my answers from this device").tap()
    said = page.get_by_text("Your answers have been cleared")
    expect(said).to_be_focused()
    expect(page.get_by_label("Code on your code slip")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    assert not kept(page)


def test_a_code_that_nobody_could_look_up_is_not_called_wrong(
    page: Page, poster: str, full: None
) -> None:
    leave(page, poster)
    heading(page, FULL)
    page.get_by_label("Code on your code slip").fill("ABCD-EFGH-JKLM")
    use = page.get_by_role("button", name="Continue with this code")
    page.context.set_offline(True)
    use.tap()
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("We could not connect to the survey.")
    page.context.set_offline(False)
    use.tap()
    expect(alert).to_have_text("This link or code is not correct")
    page.route("**/q/ABCDEFGHJKLM", lambda route: route.fulfill(status=429))
    use.tap()
    expect(alert).to_have_text("We could not connect to the survey.")
    assert len(kept(page)) == 1


def test_what_arrives_late_is_read_out(page: Page, poster: str, full: None) -> None:
    def reply(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(json={"sent": True})
        else:
            route.fallback()

    sent = "Answers sent. Thank you."
    page.route(poster, reply)
    leave(page, poster, wanted=True)
    heading(page, sent)
    expect(page.get_by_role("heading", name=sent)).to_be_focused()
    assert not kept(page)
