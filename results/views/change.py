"""Change since the last audit: for members, and the same on the ward's own page."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from organisations.views.membership import MemberRequest, members_only
from results import access
from results.presenters.change import change_page
from results.presenters.two_improvements import two_improvements
from results.queries.actions_between import actions_between
from results.queries.earlier_surveys import about_the_place, compared_with, rounds_before
from results.queries.now import now_of
from results.views.part_of_result import shown_to_member, shown_to_ward, wants_figures


@require_safe
@members_only(*access.READERS)
def change(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What changed since the unit's last audit, and how sure that is."""
    found = partial(_context, with_figures=wants_figures(request))
    return shown_to_member(request, survey_unit_id, "results/change/change.html", found)


@login_not_required
@require_safe
def ward_change(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    found = partial(_context, with_figures=wants_figures(request))
    return shown_to_ward(request, code, "results/change/ward_change.html", found)


def _context(found: access.Result, *, with_figures: bool) -> dict[str, object]:
    if found.snapshot is None:
        raise Http404
    unit, snapshot = found.survey_unit, found.snapshot
    earlier = compared_with(snapshot)
    before = earlier.survey_unit if earlier else None
    if earlier and before and before.survey.initiative_id != unit.survey.initiative_id:
        places = about_the_place(earlier, snapshot)
        now = now_of(unit) if found.has_news else None
        return {
            "unit": unit,
            "two": two_improvements(found, snapshot, earlier, places),
            "is_over": now is not None and now.is_over,
        }
    page = change_page(
        found,
        snapshot,
        rounds_before(snapshot),
        actions_between(before, unit) if before else (),
        with_figures=with_figures,
    )
    return {"unit": unit, "change": page}
