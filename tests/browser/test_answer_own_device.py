"""Answering on one's own phone: everything survives, and is sent once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from surveys.models import Envelope, SurveyUnit, Tally
from tests.browser.answering import (
    ALL,
    answer,
    expect_statement,
    heading,
    kept,
    row,
    send,
    start,
    to_review,
    to_review_from,
)
from tests.conftest import Site
from tests.surveys.ballots import invite

Look = Callable[[Page], None]


class TestOwnDevice:
    def test_from_opening_to_thanks(self, page: Page, poster: str, unit: SurveyUnit) -> None:
        """Within the budget: 8 requests, 60 KB on the wire, 50 taps."""
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        requests: list[str] = []
        sizes: list[float] = []
        network.on(
            "Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"])
        )
        network.on(
            "Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"])
        )
        start(page, poster)
        for number in range(1, ALL + 1):
            answer(page, number, "?" if number == 16 else str(number % 6))
        send(page)
        heading(page, "Sent. Thank you.")
        taps = 1 + ALL + 1
        wire = [url for url in requests if not url.startswith("data:")]
        assert taps <= 50
        assert len(wire) <= 8, wire
        assert sum(sizes) <= 60_000, sizes
        assert Tally.objects.get(survey_unit=unit, channel="qr").count == 1
        assert not any(key.startswith("ffit:sheet:") for key in kept(page))
        # Nothing but the browser's own count, which tells no two people apart.
        (cookie,) = page.context.cookies()
        assert (cookie["path"], cookie["value"].partition(":")[0]) == ("/q/", "1")

    def test_a_network_that_must_wait_keeps_the_sheet(self, page: Page, poster: str) -> None:
        """Somebody else on the same Wi-Fi guessed codes (429): nothing is lost."""
        start(page, poster)
        to_review(page, "3")
        page.route(
            poster,
            lambda route: (
                route.fulfill(status=429, json={"sent": False, "title": "Wait", "text": "Wait"})
                if route.request.method == "POST"
                else route.continue_()
            ),
        )
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        assert not Envelope.objects.exists()
        page.unroute(poster)
        page.get_by_role("button", name="Try again now").tap()
        heading(page, "Sent. Thank you.")
        assert Envelope.objects.count() == 1

    def test_credential_leaves_the_address_bar(
        self, page: Page, site: Site, unit: SurveyUnit
    ) -> None:
        token = invite(unit)
        start(page, f"{site.url}/a/{token}")
        assert page.url == f"{site.url}/a/"
        assert token not in page.title()

    def test_survives_refresh_and_closing_the_tab(
        self, page: Page, poster: str, site: Site
    ) -> None:
        start(page, poster)
        for number in (1, 2, 3):
            answer(page, number, "4")
        page.reload()
        expect_statement(page, 4)
        assert page.url == f"{site.url}/a/"
        page.close()
        for address in (poster, f"{site.url}/a/"):
            again = page.context.new_page()
            again.goto(address)
            expect_statement(again, 4)
            expect(again.get_by_role("button", name="Last answer: 4 – change")).to_be_visible()
            again.close()

    def test_refresh_before_choosing_a_device(self, page: Page, poster: str) -> None:
        page.goto(poster)
        page.reload()
        heading(page, "Fewer falls at night")

    def test_finished_offline_is_sent_once_at_the_next_opening(
        self, page: Page, poster: str
    ) -> None:
        start(page, poster)
        page.context.set_offline(True)
        to_review(page, "5", "0")
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        expect(page.locator("#why")).to_have_text(
            "There is no network just now. All 2 answers are safe on this phone."
        )
        assert not Envelope.objects.exists()
        page.close()
        page.context.set_offline(False)
        later = page.context.new_page()
        later.goto(poster)
        heading(later, "Sent. Thank you.")
        assert Envelope.objects.count() == 1
        later.goto(poster)
        heading(later, "You have answered")
        assert Envelope.objects.count() == 1

    def test_sends_by_itself_when_the_network_is_back(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page, "5")
        page.context.set_offline(True)
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        page.context.set_offline(False)
        heading(page, "Sent. Thank you.")
        assert Envelope.objects.count() == 1

    def test_a_lost_acknowledgement_is_not_a_second_sheet(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page, "5")

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        page.route(poster, lose)
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        assert Envelope.objects.count() == 1
        page.unroute(poster)
        page.get_by_role("button", name="Try again now").tap()
        heading(page, "Sent. Thank you.")
        assert Envelope.objects.count() == 1

    def test_a_lost_acknowledgement_of_a_used_link(
        self, page: Page, site: Site, unit: SurveyUnit
    ) -> None:
        address = f"{site.url}/a/{invite(unit)}"
        start(page, address)
        to_review(page, "5")
        page.route(address, lambda route: (route.fetch(), route.abort()))
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        page.unroute(address)
        page.goto(address)  # the server says used; what waits here proves to have arrived
        heading(page, "Sent. Thank you.")
        assert not any(key.startswith("ffit:sheet:") for key in kept(page))
        assert Envelope.objects.count() == 1

    @pytest.mark.parametrize(
        ("status", "body"), [(200, "<h1>Sign in to Wi-Fi</h1>"), (503, "away")]
    )
    def test_only_our_own_word_is_sent(
        self, page: Page, poster: str, status: int, body: str
    ) -> None:
        start(page, poster)
        to_review(page, "5")
        page.route(poster, lambda route: route.fulfill(status=status, body=body))
        send(page)
        heading(page, "Saved on this phone, not sent yet")

    def test_sending_takes_ten_seconds_at_most(self, page: Page, poster: str) -> None:
        start(page, poster)
        to_review(page, "5")
        page.clock.install()
        held: list[Route] = []
        page.route(poster, lambda route: held.append(route))  # no answer at all
        send(page)
        expect(page.get_by_role("button", name="Sending…")).to_be_disabled()
        page.clock.run_for(9_000)
        expect(page.get_by_role("button", name="Sending…")).to_be_visible()
        page.clock.run_for(1_100)
        heading(page, "Saved on this phone, not sent yet")
        page.clock.run_for(3 * 60_000)
        expect(page.locator("#tried")).to_have_text(re.compile("Last try"))

    def test_two_tabs_are_one_sheet(self, page: Page, poster: str) -> None:
        start(page, poster)
        other = page.context.new_page()
        other.goto(poster)
        expect_statement(other, 1)
        answer(page, 1, "2")
        row(other, "3").tap()
        expect_statement(other, 2)
        to_review_from(other, 2)
        send(other)
        heading(other, "Sent. Thank you.")
        heading(page, "You have answered")
        assert Envelope.objects.count() == 1

    def test_too_late(self, page: Page, poster: str, unit: SurveyUnit) -> None:
        start(page, poster)
        to_review(page, "5")
        SurveyUnit.objects.filter(pk=unit.pk).update(state="closed")
        send(page)
        heading(page, "The survey has closed")
        expect(page.get_by_text("Your answers were not sent and cannot count.")).to_be_visible()
        page.goto(poster)
        heading(page, "The survey has closed")
        expect(page.get_by_text("The 1 answer on this phone was not sent.")).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Delete my answers from this phone").tap()
        assert not kept(page)

    def test_delete(self, page: Page, poster: str) -> None:
        start(page, poster)
        page.context.set_offline(True)
        to_review(page, "5")
        send(page)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Delete my answers from this phone").tap()
        heading(page, "Cleared. Nothing was kept.")
        assert not kept(page)

    def test_a_browser_that_keeps_nothing_says_so(self, page: Page, poster: str) -> None:
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused'); }")
        start(page, poster)
        expect(page.get_by_role("status").first).to_contain_text("This browser keeps nothing.")
        to_review(page, "5")
        send(page)
        heading(page, "Sent. Thank you.")
