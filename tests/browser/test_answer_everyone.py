"""The answer page for everyone: no script, screen readers, small screens, trials."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect

from surveys.models import Envelope, SurveyUnit
from surveys.presenters.answer_document import Mode
from surveys.views.answer import render_preview
from tests.browser.answering import (
    ALL,
    SHARED,
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
from tests.surveys.ballots import open_unit

Look = Callable[[Page], None]


class TestWithoutScript:
    def test_one_plain_form(
        self, browser: Browser, browser_context_args: Any, poster: str, axe: Look
    ) -> None:
        context = browser.new_context(**browser_context_args, java_script_enabled=False)
        page = context.new_page()
        page.goto(poster)
        expect(page.locator("fieldset:visible")).to_have_count(ALL)
        expect(page.get_by_role("button", name="own phone")).to_have_count(0)
        page.locator("input[name=ENV01][value='3']").check()
        page.locator("input[name=CTX05][value='?']").check()
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, "Sent. Thank you.")
        assert Envelope.objects.count() == 1
        context.close()

    def test_a_script_that_never_arrives(self, page: Page, poster: str) -> None:
        page.route("**/answer.js", lambda route: route.abort())
        page.goto(poster)
        expect(page.locator("#sheet")).to_be_visible(timeout=6000)
        expect(page.get_by_role("banner")).to_contain_text("What would change")
        page.locator("input[name=ENV01][value='3']").check()
        page.get_by_role("button", name="Send my answers").tap()
        heading(page, "Sent. Thank you.")

    def test_nothing_moves_when_a_slow_script_arrives(self, page: Page, poster: str) -> None:
        held: list[Route] = []
        page.route("**/answer.js", lambda route: held.append(route))
        page.goto(poster, wait_until="commit")
        page.wait_for_timeout(700)  # painted by now
        held[0].continue_()
        expect(page.get_by_role("button", name="own phone")).to_be_visible()
        moved = page.evaluate(
            """new Promise((resolve) => new PerformanceObserver((list) => resolve(
                list.getEntries().map((shift) => [shift.value, `${shift.sources[0]?.node}`])
            )).observe({ type: "layout-shift", buffered: true }) || setTimeout(resolve, 500, []))"""
        )
        assert moved == []


class TestEveryone:
    def test_axe_finds_nothing_on_any_state(
        self, page: Page, poster: str, site: Site, axe: Look
    ) -> None:
        page.goto(poster)
        page.get_by_text("What could still give me away?").tap()
        axe(page)
        page.get_by_role("button", name="own phone").tap()
        axe(page)
        page.wait_for_timeout(300)
        page.locator("#auto").evaluate(
            "box => { box.checked = false;"
            " box.dispatchEvent(new Event('change', {bubbles: true})); }"
        )
        row(page, "3").tap()
        axe(page)
        to_review_from(page, 1)
        axe(page)
        page.context.set_offline(True)
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        page.context.set_offline(False)
        heading(page, "Sent. Thank you.")
        axe(page)
        page.goto(poster)
        heading(page, "You have answered")
        axe(page)

    def test_axe_on_not_sent_yet(self, page: Page, poster: str, axe: Look) -> None:
        start(page, poster)
        to_review(page, "3")
        page.route(poster, lambda route: route.abort())
        send(page)
        heading(page, "Saved on this phone, not sent yet")
        axe(page)

    @pytest.mark.parametrize(
        "state", ["waiting", "closed", "cancelled", "unknown", "again", "plain"]
    )
    def test_axe_on_kind_pages(self, page: Page, site: Site, axe: Look, state: str) -> None:
        addresses = {"unknown": "/q/NOBODY22", "again": "/a/"}
        if state == "plain":
            page.route("**/answer.js", lambda route: route.abort())
        if state not in addresses:
            unit = open_unit(unit_name="Ward 7", state="open" if state == "plain" else state)
            addresses[state] = f"/q/{unit.answer_code}"
        page.goto(site.url + addresses[state])
        page.wait_for_timeout(3200 if state == "plain" else 100)
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

    def test_targets_are_large_enough(self, page: Page, poster: str) -> None:
        start(page, poster)
        answer(page, 1, "3")
        for target in page.locator("button:visible, fieldset:visible label").all():
            box = target.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 44, target.inner_text()

    def test_the_improvement_stays_in_view(self, page: Page, poster: str) -> None:
        page.set_viewport_size({"width": 390, "height": 600})
        start(page, poster)
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(200)
        expect(
            page.get_by_text("Too many patients fall at night").locator("visible=true")
        ).to_be_in_viewport()

    def test_rows_are_named_for_a_screen_reader(self, page: Page, poster: str) -> None:
        start(page, poster)
        group = page.get_by_role(
            "group",
            name=re.compile(
                "Think about the people you work with here. To what extent do they: .*"
                "feel they are in a blame-free, nurturing and open environment?"
            ),
        )
        expect(group).to_be_visible()
        expect(group.get_by_role("radio", name="3 To a moderate extent")).to_have_count(1)
        expect(group.get_by_role("radio", name=re.compile("^I can’t say"))).to_have_count(1)

    def test_forced_colours_keep_the_tick(self, page: Page, poster: str) -> None:
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        start(page, poster)
        page.wait_for_timeout(300)
        row(page, "3").tap()
        style = "getComputedStyle(document.querySelector(':checked + span'), '{}').{}"
        assert page.evaluate(style.format("::after", "borderBottomWidth")) == "3px"
        assert page.evaluate(style.format("", "fontWeight")) == "700"

    def test_a_language_switch_keeps_the_answers(self, page: Page, poster: str) -> None:
        def speak(route: Route) -> None:
            welsh = "lang=cy" in route.request.url
            html = route.fetch().text()
            links = f'<nav class="languages"><a href="{poster}?lang=cy">Cymraeg</a></nav>'
            html = html.replace("<main>", "<main>" + links)
            if welsh:
                html = html.replace('lang="en-GB"', 'lang="cy"').replace("Skip", "Hepgor")
            route.fulfill(body=html, content_type="text/html", headers={})

        page.route(re.compile(re.escape(poster)), speak)
        start(page, poster, SHARED)
        answer(page, 1, "3")
        page.get_by_role("link", name="Cymraeg").tap()
        expect(page.locator("#next")).to_have_text("Hepgor")
        assert page.evaluate("document.documentElement.lang") == "cy"
        expect_statement(page, 2)
        page.get_by_role("button", name="Last answer: 3 – change").tap()
        expect(row(page, "3")).to_be_checked()
        assert not kept(page)

    def test_a_trial_keeps_and_sends_nothing(
        self, page: Page, poster: str, unit: SurveyUnit, rf: RequestFactory
    ) -> None:
        request = rf.get("/trial")
        request.user = unit.survey.launched_by
        trial = render_preview(request, survey_unit=unit, mode=Mode.TEST)
        posts: list[str] = []
        page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
        page.route(
            poster, lambda route: route.fulfill(body=trial.content, content_type="text/html")
        )
        start(page, poster)
        assert page.url == poster
        to_review(page, "3")
        send(page)
        heading(page, "Sent. Thank you.")
        expect(page.get_by_text("This was a test. Nothing was sent or kept.")).to_be_visible()
        assert (posts, kept(page)) == ([], {})
