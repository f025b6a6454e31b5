"""The answer page for everyone: no script, a script that fails, screen readers, trials."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, expect

from responses.models import Envelope
from responses.presenters.answer_document import Mode
from responses.views.answer import render_preview
from surveys.models import SurveyUnit
from tests.browser.answering import (
    ALL,
    LATE_NEXT,
    SHARED,
    answer,
    heading,
    kept,
    row,
    send,
    settle,
    start,
    to_review,
    to_review_from,
)
from tests.conftest import Site
from tests.responses.ballots import open_unit
from tests.responses.forms import named_link

Look = Callable[[Page], None]
SENT = "Answers sent. Thank you."


def expect_plain_form(page: Page) -> None:
    """Send is there, a list for each statement, and nothing of the card."""
    expect(page.get_by_role("button", name="Send my answers")).to_be_visible()
    assert page.locator("#sheet select:visible").count() == ALL
    expect(page.locator("#card")).to_be_hidden()
    expect(page.get_by_role("button", name="own phone")).to_be_hidden()


class TestWithoutScript:
    def test_one_plain_form(self, browser: Browser, browser_context_args: Any, poster: str) -> None:
        context = browser.new_context(**browser_context_args, java_script_enabled=False)
        page = context.new_page()
        page.goto(poster)
        expect_plain_form(page)
        page.get_by_role("button", name="Send my answers").tap()
        expect(page.get_by_role("alert")).to_contain_text("Answer at least one statement")
        page.get_by_label("blame-free").select_option("3 To a moderate extent")
        page.locator("select[name=CTX05]").select_option("? I can’t say")
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, SENT)
        assert Envelope.objects.count() == 1
        context.close()

    @pytest.mark.parametrize(
        "fault",
        [
            "delete Element.prototype.closest",
            "delete window.fetch",
            "JSON.parse = () => { throw new Error('x') }",
            "Element.prototype.prepend = () => { throw new Error('x') }",
            "CSS.supports = () => false",
        ],
    )
    def test_a_script_that_fails_leaves_the_plain_form(
        self, page: Page, poster: str, fault: str
    ) -> None:
        page.add_init_script(fault)
        page.goto(poster)
        expect_plain_form(page)
        page.locator("select[name=ENV01]").select_option("3")
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, SENT)

    def test_a_refused_script_leaves_the_plain_form(self, page: Page, poster: str) -> None:
        page.route(
            poster,
            lambda route: route.fulfill(
                body=route.fetch().text().replace("<script>", "<script>let let;", 1),
                content_type="text/html; charset=utf-8",
            ),
        )
        page.goto(poster)
        expect_plain_form(page)

    def test_what_is_chosen_there_becomes_an_answer(self, page: Page, poster: str) -> None:
        html = page.request.get(poster).text()
        for code, value in (("ENV01", "3"), ("ENV02", "?")):
            before, at, after = html.partition(f"<select name={code}")
            html = before + at + after.replace(f"value={value}", f"value={value} selected", 1)
        page.route(
            poster, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
        )
        page.goto(poster)
        heading(page, "Continue or start again?")
        expect(page.get_by_text("2 of 45 answers on this page.")).to_be_visible()
        page.get_by_role("button", name="Continue").locator("visible=true").tap()
        expect(page.locator("#count")).to_have_text("3 of 45")
        given = page.locator("#secret").input_value()
        to_review_from(page, 3)
        page.unroute(poster)
        with page.expect_request(lambda sent: sent.method == "POST") as posted:
            send(page)
        # Sent before without script, it would count once.
        assert f"secret={given}&" in str(posted.value.post_data)
        heading(page, SENT)


class TestEveryone:
    @pytest.mark.parametrize(
        ("scheme", "direction"),
        [
            *(("light", "ltr"), ("dark", "rtl")),
            pytest.param("light", "rtl", marks=pytest.mark.long),
            pytest.param("dark", "ltr", marks=pytest.mark.long),
        ],
    )
    def test_axe_finds_nothing_in_any_state(
        self, page: Page, poster: str, axe: Look, scheme: Any, direction: str
    ) -> None:
        page.emulate_media(color_scheme=scheme)
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => "
            f"{{ document.documentElement.dir = '{direction}' }})"
        )
        page.goto(poster)
        page.get_by_text("Could anyone still tell it’s me?").tap()
        axe(page)
        page.get_by_role("button", name="own phone").tap()
        settle(page)
        axe(page)
        page.locator(".name").tap()
        axe(page)
        page.locator("#auto2").uncheck()
        page.locator(".name").tap()
        row(page, "3").tap()
        axe(page)
        page.locator(".clear").tap()
        heading(page, "Clear your answers (1)?")
        axe(page)
        page.get_by_role("button", name="Keep answers").tap()
        settle(page, LATE_NEXT)
        for _ in range(11):
            page.locator("#next").tap()
        heading(page, "Section 1 of 7 done")
        axe(page)
        page.get_by_role("button", name="Check and send what I have").tap()
        axe(page)
        page.reload()
        heading(page, "Continue or start again?")
        axe(page)
        page.get_by_role("button", name="Continue").locator("visible=true").tap()
        page.route(poster, lambda route: route.abort())
        send(page)
        heading(page, "Your answers are saved on this device but not sent")
        axe(page)
        page.unroute(poster)
        page.get_by_role("button", name="Try again now").tap()
        heading(page, SENT)
        axe(page)
        page.goto(poster)
        heading(page, "You have answered")
        axe(page)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_small_print_can_be_read_where_the_focus_is(
        self, page: Page, poster: str, axe: Look, scheme: Any
    ) -> None:
        """The last answer below Back, a statement's number above its answer."""
        page.emulate_media(color_scheme=scheme)
        start(page, poster)
        answer(page, 1, "3")
        page.keyboard.press("Tab")  # the focus shows only after a key
        page.locator("#card [data-do=back]").focus()
        axe(page)
        to_review_from(page, 2)
        page.locator("#strips button").first.focus()
        axe(page)

    @pytest.mark.parametrize(
        "state", ["waiting", "closed", "cancelled", "unknown", "again", "plain", "refused"]
    )
    def test_axe_on_other_pages(self, page: Page, site: Site, axe: Look, state: str) -> None:
        addresses = {"unknown": "/q/NOBODY22", "again": "/a/"}
        if state in {"plain", "refused"}:
            page.add_init_script("delete window.fetch")
        if state not in addresses:
            is_open = state in {"plain", "refused"}
            unit = open_unit(unit_name="Ward 7", state="open" if is_open else state)
            addresses[state] = f"/q/{unit.answer_code}"
        page.goto(site.url + addresses[state])
        if state == "refused":
            page.get_by_role("button", name="Send my answers").tap()
            expect(page.get_by_role("alert")).to_be_visible()
        axe(page)

    @pytest.mark.parametrize(("width", "height"), [(320, 568), (195, 422), (1280, 800)])
    def test_nothing_scrolls_sideways(
        self, page: Page, poster: str, width: int, height: int
    ) -> None:
        """320 px, a phone at 200% zoom, a desk."""
        page.set_viewport_size({"width": width, "height": height})
        page.goto(poster)
        measure = "document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(measure) <= 0
        page.get_by_role("button", name="own phone").tap()
        assert page.evaluate(measure) <= 0
        to_review_from(page, 1)
        assert page.evaluate(measure) <= 0

    def test_rows_are_named_for_a_screen_reader(self, page: Page, poster: str) -> None:
        start(page, poster)
        group = page.get_by_role(
            "radiogroup",
            name="Think about the people you work with here. To what extent do they: "
            "feel they are in a blame-free, nurturing and open environment?",
        )
        expect(group).to_be_visible()
        expect(group.get_by_role("radio", name="3 To a moderate extent")).to_have_count(1)
        expect(group.get_by_role("radio", name="I can’t say")).to_have_count(1)

    def test_forced_colours_keep_the_tick(self, page: Page, poster: str) -> None:
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        start(page, poster)
        settle(page)
        row(page, "3").tap()
        style = "getComputedStyle(document.querySelector('#rows :checked + span'), '{}').{}"
        assert page.evaluate(style.format("::after", "borderBottomWidth")) == "3px"
        assert page.evaluate(style.format("", "fontWeight")) == "700"


class TestOtherForms:
    def test_a_trial_keeps_and_sends_nothing(
        self, page: Page, poster: str, unit: SurveyUnit, rf: RequestFactory
    ) -> None:
        request = rf.get("/trial")
        request.user = unit.survey.launched_by
        trial = render_preview(request, survey_unit=unit, mode=Mode.TEST)
        posts: list[str] = []
        page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
        page.route(
            poster,
            lambda route: route.fulfill(
                body=trial.content, content_type="text/html; charset=utf-8"
            ),
        )
        start(page, poster)
        expect(page.get_by_text("Test: your answers will not be counted")).to_be_visible()
        to_review(page, "3")
        send(page)
        heading(page, SENT)
        expect(page.get_by_text("This was a test. Nothing was sent or saved.")).to_be_visible()
        assert (posts, kept(page)) == ([], {})
        start(page, poster, SHARED)
        to_review(page, "3")
        send(page)
        heading(page, SENT)
        page.get_by_role("button", name="Start again for the next person").tap()
        heading(page, "Fewer falls at night")
        assert (posts, kept(page)) == ([], {})

    def test_a_leader_may_send_again(
        self, page: Page, site: Site, unit: SurveyUnit, axe: Look
    ) -> None:
        address = f"{site.url}{named_link(unit, name='Ward manager')}"
        for _ in range(2):
            page.goto(address)
            expect(page.get_by_text("You’re answering in your own name")).to_be_visible()
            axe(page)
            page.get_by_role("button", name="own phone").tap()
            to_review(page, "3")
            expect(page.get_by_text("We use the last one you send.").last).to_be_visible()
            send(page)
            heading(page, SENT)
            expect(page.get_by_text("We’ve received your answers.")).to_be_visible()
