"""The browser reaches the real site and nothing else."""

from playwright.sync_api import Error, Page
from pytest import raises

from tests.conftest import Site


def test_the_site_answers_a_phone(site: Site, page: Page) -> None:
    answer = page.goto(f"{site.url}/healthz")
    assert answer is not None
    assert answer.text() == "ok"


def test_nothing_outside_can_be_reached(page: Page) -> None:
    with raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
