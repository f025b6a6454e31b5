"""Answers that did not arrive or were refused, on a shared device above all: nobody else sees them,
none is lost unsaid, and there is a way on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from fieldwork.actions.slips import make_slips
from responses.models import Envelope, Tally
from surveys.models import ReplacedPoster, SurveyUnit
from tests.browser.answering import SHARED, heading, send, start, state, to_review
from tests.conftest import Site

MINUTE = 60_000
A_TICK = 1100  # the page looks once a second whether anybody is there
UNSENT = "Not sent yet. Keep this page open."
SENT = "Answers sent. Thank you."
FULL = "This poster cannot take any more answers"
NOTHING_SAVED = "No answers are saved on this device."


def buttons(page: Page) -> list[str]:
    return page.locator("button:visible").all_inner_texts()


def send_nowhere(page: Page, poster: str, device: str = SHARED) -> None:
    """Sends one answer while nothing answers; from then on the page's clock can be moved."""
    start(page, poster, device)
    to_review(page, "3")
    page.route(poster, lambda route: route.abort())
    page.clock.install()
    send(page)
    heading(page, UNSENT)


def pass_unseen(page: Page, minutes: float) -> None:
    """Time in which nobody touches the page."""
    page.clock.fast_forward(int(minutes * MINUTE))
    page.wait_for_timeout(A_TICK)


def fill(unit: SurveyUnit) -> None:
    Tally.objects.filter(survey_unit=unit, channel="qr").update(count=unit.poster_room)


class TestNotSentOnASharedDevice:
    def test_waits_unseen_and_is_sent_once_without_anybody(self, page: Page, poster: str) -> None:
        send_nowhere(page, poster)
        expect(
            page.get_by_text("Nobody can see your answers on this page.").locator("visible=true")
        ).to_be_visible()
        pass_unseen(page, 60)
        heading(page, UNSENT)
        assert buttons(page) == ["Fewer falls at night", "Clear answers", "Try again now"]
        page.unroute(poster)
        pass_unseen(page, 2)
        heading(page, SENT)
        expect(page.get_by_text(NOTHING_SAVED)).to_be_visible()
        assert Envelope.objects.count() == 1

    def test_the_question_whether_to_clear_stays_and_leads_to_no_answer(
        self, page: Page, poster: str
    ) -> None:
        """Also when it is asked while the first try is still under way."""
        start(page, poster, SHARED)
        to_review(page, "3")
        page.clock.install()
        held: list[Route] = []
        page.route(poster, lambda route: held.append(route))
        send(page)
        page.locator(".clear").tap()
        heading(page, "Clear your answers (1)?")
        pass_unseen(page, 0.2)  # no answer for ten seconds
        assert state(page) == "clear"
        page.get_by_role("button", name="Keep answers").tap()
        assert state(page) == "unsent"

    def test_what_is_refused_at_last_is_told_to_who_comes_back(
        self, page: Page, poster: str, unit: SurveyUnit
    ) -> None:
        send_nowhere(page, poster)
        pass_unseen(page, 40)
        fill(unit)
        page.unroute(poster)
        pass_unseen(page, 2)
        heading(page, FULL)
        pass_unseen(page, 5)
        heading(page, FULL)


class TestRefusedOnASharedDevice:
    def test_answers_to_a_closed_survey_are_gone_and_the_page_says_so(
        self, page: Page, poster: str, unit: SurveyUnit
    ) -> None:
        start(page, poster, SHARED)
        to_review(page, "3")
        SurveyUnit.objects.filter(pk=unit.pk).update(state="closed")
        send(page)
        heading(page, "The survey has closed")
        expect(page.locator("#refused-t")).to_have_text(
            f"Sorry, your answers were not sent, so we cannot count them. {NOTHING_SAVED}"
        )
        assert buttons(page) == []
        expect(
            page.get_by_role("link", name="The team page").locator("visible=true")
        ).to_have_attribute("href", f"/w/{unit.ward_page_code}")
        assert page.evaluate("document.querySelector('#strips').innerText") == ""

    def test_a_full_poster_takes_a_code_slip(
        self, page: Page, poster: str, unit: SurveyUnit, axe: Callable[[Page], None]
    ) -> None:
        Tally.objects.create(survey_unit=unit, channel="slip", open=True)
        by = unit.survey.launched_by
        (code,) = make_slips(survey_unit=unit, batch="b" * 22, number=1, by=by)
        start(page, poster, SHARED)
        to_review(page, "3")
        fill(unit)
        send(page)
        heading(page, FULL)
        expect(page.locator("#refused-t")).to_contain_text(
            "Your answers are cleared if nobody touches this page for 15 minutes."
        )
        axe(page)
        slip = page.get_by_label("Code on your code slip")
        slip.fill("WRNG-WRNG-WRNG")
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, "This link or code is not correct")
        expect(page.get_by_text("Your answers were not sent.")).to_be_visible()
        slip.fill(f"{code[:4]}-{code[4:8]} {code[8:]}".lower())
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, SENT)
        assert Envelope.objects.count() == 1

    def test_a_replaced_poster_says_that_nothing_was_sent_and_takes_the_new_code(
        self, page: Page, poster: str, unit: SurveyUnit
    ) -> None:
        start(page, poster, SHARED)
        to_review(page, "3")
        ReplacedPoster.objects.create(survey_unit=unit, code=unit.answer_code)
        SurveyUnit.objects.filter(pk=unit.pk).update(answer_code="NEWPOSTER2")
        send(page)
        heading(page, "This poster was replaced")
        expect(page.get_by_text("Your answers were not sent.")).to_be_visible()
        page.get_by_label("Code on your code slip").fill("NEWPO-STER2")
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, SENT)

    def test_what_may_be_sent_again_has_a_button_for_it(self, page: Page, poster: str) -> None:
        start(page, poster, SHARED)
        to_review(page, "3")
        refused = {"sent": False, "title": "Not sent", "text": "Send them again."}
        page.route(poster, lambda route: route.fulfill(json=refused))
        send(page)
        heading(page, "Not sent")
        expect(page.get_by_label("Code on your code slip")).to_be_hidden()
        page.unroute(poster)
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, SENT)

    def test_left_alone_they_are_cleared_and_start_asks_what_is_possible(
        self, page: Page, poster: str, unit: SurveyUnit
    ) -> None:
        start(page, poster, SHARED)
        to_review(page, "3")
        fill(unit)
        page.clock.install()
        send(page)
        heading(page, FULL)
        pass_unseen(page, 14)
        heading(page, "Are you still there?")
        page.get_by_role("button", name="Continue answering").tap()
        heading(page, FULL)
        pass_unseen(page, 15)
        heading(page, "Your answers have been cleared")
        page.get_by_role("button", name="Start", exact=True).tap()
        heading(page, FULL)
        expect(page.get_by_text("Use your personal link, or ask for a code slip.")).to_be_visible()
        assert page.locator("#start").count() == 0


class TestRefusedOnAnOwnDevice:
    @pytest.mark.parametrize("standing", ["closed", "full"])
    def test_they_stay_on_the_device_and_the_page_says_so(
        self, page: Page, site: Site, poster: str, unit: SurveyUnit, standing: str
    ) -> None:
        start(page, poster)
        to_review(page, "3")
        if standing == "full":
            fill(unit)
        else:
            SurveyUnit.objects.filter(pk=unit.pk).update(state=standing)
        send(page)
        heading(page, FULL if standing == "full" else "The survey has closed")
        expect(page.locator("#refused-t")).to_contain_text(
            "1 of 45 answers saved on this device. They have not been sent."
        )
        can_send = ["Send my answers"] if standing == "full" else []
        assert buttons(page) == ["Fewer falls at night", "Clear answers", *can_send]
        links = page.locator("main a:visible").all_inner_texts()
        assert links == ([] if can_send else ["The team page"])
