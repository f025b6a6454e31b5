"""Where things stand on the answer page for every statement: in the window, whole, in place."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from instruments.actions.load_instrument import load_instrument
from tests.browser.answering import ALL
from tests.factories import SurveyFactory
from tests.instruments.shipped import shipped_ffit
from tests.responses.ballots import open_unit

pytestmark = pytest.mark.django_db

LOOK = (Path(__file__).parent / "answer_layout.js").read_text()
FEW = ((360, 564), (390, 664), (768, 1024))
MORE = ((375, 553), (412, 732), (360, 740), (320, 454), (640, 280), (667, 331), (844, 340))
WITH_HELP = {"front-line-2": 38}
NEWEST = ("front-line-2", "en-GB")
EVERY = (NEWEST, ("front-line", "en-GB"), ("front-line", "cy"), ("verbatim", "en-GB"))
HERE = "http://phone.example/q/here"


@pytest.fixture
def document(client: Client, request: pytest.FixtureRequest) -> str:
    """The answer page of an edition in a language."""
    code, language = request.param
    version, _ = load_instrument(text=shipped_ffit())
    edition = version.editions.get(code=code)
    survey = SurveyFactory.create(version=version, ward_edition=edition, comments="section")
    unit = open_unit(survey=survey, unit_name="Ward 7 – care of older people", headcount=60)
    return client.get(f"/q/{unit.answer_code}?lang={language}").content.decode()


def opened(browser: Browser, html: str, width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, has_touch=True)
    page.route(
        HERE, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
    )
    page.goto(HERE)
    return page


def looked_through(browser: Browser, html: str, size: tuple[int, int]) -> dict[str, Any]:
    page = opened(browser, html, *size)
    found: dict[str, Any] = page.evaluate(f"({LOOK})()")
    page.close()
    return found


def everything_fits(helps: int) -> dict[str, Any]:
    return {"shown": ALL, "helps": helps, "places": 1, "faults": []}


@pytest.mark.parametrize("document", [NEWEST], indirect=True)
@pytest.mark.parametrize("size", FEW, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_row_and_button_is_in_view(
    browser: Browser, document: str, size: tuple[int, int]
) -> None:
    assert looked_through(browser, document, size) == everything_fits(WITH_HELP[NEWEST[0]])


@pytest.mark.parametrize("document", [NEWEST], indirect=True)
def test_from_right_to_left_too(browser: Browser, document: str) -> None:
    mirrored = document.replace("<html ", "<html dir=rtl ", 1)
    assert mirrored != document
    assert looked_through(browser, mirrored, FEW[0]) == everything_fits(WITH_HELP[NEWEST[0]])


@pytest.mark.long
@pytest.mark.parametrize("document", EVERY, indirect=True, ids=lambda one: "-".join(one))
def test_in_every_wording_and_window(browser: Browser, document: str) -> None:
    helps = document.count("<details><summary>Help</summary>")
    for size in (*FEW, *MORE):
        assert looked_through(browser, document, size) == everything_fits(helps), size


@pytest.mark.parametrize("document", [NEWEST], indirect=True)
@pytest.mark.parametrize("pixels", [24, 32])
def test_larger_text_scrolls_and_cuts_nothing(browser: Browser, document: str, pixels: int) -> None:
    page = opened(browser, document, 360, 564)
    page.add_style_tag(content=f"html {{ font-size: {pixels}px }}")
    page.evaluate("dispatchEvent(new Event('resize'))")
    found = page.evaluate(
        """() => {
            document.querySelector("#auto").checked = false;
            document.querySelector("[data-do=own]").click();
            const wrong = [];
            for (;;) {
                if (document.body.classList.contains("between"))
                    document.querySelector("#between .go").click();
                if (!document.body.classList.contains("card")) return wrong;
                const ask = document.querySelector("#ask").getBoundingClientRect();
                const rows = document.querySelector("#rows").getBoundingClientRect();
                const said = document.querySelector("#said").getBoundingClientRect();
                if (Math.max(said.bottom - ask.bottom, ask.bottom - rows.top) > 1)
                    wrong.push("overlap");
                const { scrollWidth } = document.documentElement;
                if (scrollWidth > innerWidth) wrong.push(`sideways ${scrollWidth}`);
                document.querySelector("#next").click();
            }
        }"""
    )
    page.close()
    assert found == []
