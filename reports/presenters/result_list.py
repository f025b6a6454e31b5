"""The list of results: by name, never ranked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page

from organisations import dates
from organisations.models import Membership
from reports.access import OWN, REVIEWERS_WAIT, reviewers_may_read, roles_over
from reports.presenters.state import state_in_list
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class ListedResult:
    """A row: a link where there is something to read, and its state in words."""

    survey_unit_id: int
    unit: str
    improvement: str
    state: str
    since: str
    is_readable: bool


def listed_results(
    units: Iterable[SurveyUnit], memberships: Collection[Membership]
) -> list[ListedResult]:
    """One row for each unit of each survey, as these memberships may read it."""
    return [_row(unit, is_own=bool(roles_over(unit.unit, memberships) & OWN)) for unit in units]


def _row(unit: SurveyUnit, *, is_own: bool) -> ListedResult:
    published_at = unit.published_at
    is_readable = is_own or reviewers_may_read(published_at)
    since = ""
    if published_at is None:
        state = state_in_list(unit)
    elif not is_readable:
        state = f"You can read it from {dates.short_day(published_at + REVIEWERS_WAIT)}"
    else:
        since = dates.short_day(published_at)
        few = unit.state == SurveyUnit.State.TOO_FEW
        state = "No result: too few answered" if few else "Result ready"
    return ListedResult(unit.pk, unit.unit_name, unit.survey.title, state, since, is_readable)


def page_links(page: Page[int], *, wanted: str) -> dict[str, Any]:
    """What the NHS pagination takes; the search stays in each address."""

    def address(number: int) -> str:
        return "?" + urlencode({"unit": wanted, "page": number} if wanted else {"page": number})

    links: dict[str, Any] = {
        "items": [
            {"number": number, "href": address(number), "current": number == page.number}
            if isinstance(number, int)
            else {"ellipsis": True}
            for number in page.paginator.get_elided_page_range(page.number, on_each_side=1)
        ]
    }
    if page.has_previous():
        links["previous"] = {"href": address(page.previous_page_number())}
    if page.has_next():
        links["next"] = {"href": address(page.next_page_number())}
    return links
