"""Journeys in chromium: a phone by default, `page.set_viewport_size` for anything else."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from devtools.chromium import launch_options
from surveys.models import SurveyUnit
from tests.conftest import Site
from tests.responses.ballots import open_unit

HERE = Path(__file__).parent
SIZES: tuple[ViewportSize, ...] = ({"width": 390, "height": 664}, {"width": 1280, "height": 800})
# Two busy cores are slow; a page that never comes still fails.
expect.set_options(timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    options = launch_options()
    if options["executable_path"] is None:
        assert not os.environ.get("CI"), "chromium is missing"
        pytest.skip("chromium is missing: apt-get install chromium (as root)")
    return options


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with what axe-core finds wrong on the page as it stands."""

    def look(page: Page) -> None:
        # A click may still be loading the page that is meant.
        page.wait_for_load_state()
        expect(page.get_by_role("main")).to_be_attached()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return look


@pytest.fixture
def look(axe: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """`look(page, heading)`: the page of this heading has no fault on a phone and on a desktop, and
    none of it is beside the screen."""

    def at_both_sizes(page: Page, heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        for size in SIZES:
            page.set_viewport_size(size)
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{page.url} at {size}"

    return at_both_sizes


@pytest.fixture
def unit(site: Site) -> SurveyUnit:
    """An open ward that people can answer for at `poster`."""
    return open_unit(unit_name="Ward 7", headcount=60)


@pytest.fixture
def poster(site: Site, unit: SurveyUnit) -> str:
    """The address behind the QR code on the unit's wall."""
    return f"{site.url}/q/{unit.answer_code}"
