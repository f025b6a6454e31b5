"""Two surveys of one unit about two improvements, side by side without a verdict."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from organisations.models import Organisation
from surveys.models import Survey, SurveyUnit
from tests.conftest import Site
from tests.factories import OrganisationFactory, SurveyFactory, UnitFactory
from tests.results.changes import with_change
from tests.results.payloads import payload
from tests.results.published import publish

WIDTHS = ((1280, 800), (390, 664), (320, 664))


def test_only_the_place_is_side_by_side(
    site: Site, page: Page, axe: Callable[[Page], None]
) -> None:
    organisation: Organisation = OrganisationFactory.create(slug="merrowfield")
    ward = UnitFactory.create(organisation=organisation, name="Ward 4 – day surgery")
    units: list[SurveyUnit] = []
    for title, days_ago in (("Protected mealtimes", 90), ("Home by lunch", 2)):
        opened = timezone.now() - timedelta(days=days_ago + 14)
        survey = SurveyFactory.create(
            organisation=organisation, state=Survey.State.PUBLISHED, title=title, opens_at=opened
        )
        said = with_change(units[0]) if units else payload()
        closed = timezone.now() - timedelta(days=days_ago)
        units.append(
            publish(
                organisation=organisation, unit=ward, payload=said, survey=survey,
                days_ago=days_ago, closes_at=closed,
            )
        )  # fmt: skip
    page.goto(f"{site.url}/w/{units[1].ward_page_code}/change")
    expect(page.get_by_role("heading", name="2 surveys of 2 improvements")).to_be_visible()
    expect(page.get_by_role("heading", name="Front-line staff and environment")).to_be_visible()
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
