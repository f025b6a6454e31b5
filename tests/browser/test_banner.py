"""A message above a page: its heading keeps its space in the banner."""

import pytest
from django.template import engines
from playwright.sync_api import Page

from tests.styles import STATIC

BANNER = """
{% from "nhsuk/components/notification-banner/macro.jinja" import notificationBanner %}
{% set flash %}<p class="nhsuk-notification-banner__heading">The survey is open.</p>{% endset %}
{{ notificationBanner({"html": flash, "type": "success"}) }}
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_banners_words_stand_off_its_edges(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    styles = "".join((STATIC / name).read_text("utf-8") for name in ("site.css", "forms.css"))
    banner = engines["jinja2"].from_string(BANNER).render({})
    page.set_content(f'<style>{styles}</style><main class="app-main">{banner}</main>')

    def box(name: str) -> tuple[float, float, float]:
        """Left, top and bottom."""
        found = page.locator(f".nhsuk-notification-banner__{name}").bounding_box()
        assert found is not None
        return found["x"], found["y"], found["y"] + found["height"]

    for inner, outer, least in (("title", "header", 2), ("heading", "content", 12)):
        left, top, bottom = box(inner)
        from_left, from_top, from_bottom = box(outer)
        above, below = top - from_top, from_bottom - bottom
        assert above >= least and below >= least, inner
        assert abs(above - below) < 8, f"{inner}: {above} above, {below} below"
        assert left - from_left >= 12
