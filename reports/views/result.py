"""A unit's result for its manager, its lead and senior reviewers, and the list of results."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.forms.search import MANY, searched
from organisations.membership import MemberRequest, member_of
from organisations.models import Role
from organisations.presenters.pages import page_links
from reports import access
from reports.presenters.comments import result_comments
from reports.presenters.context_notes import notes_on_result
from reports.presenters.kept_parts import kept_parts
from reports.presenters.result import result_page
from reports.presenters.result_list import listed_results
from reports.presenters.sharing import ward_page_link
from reports.presenters.state import state_of
from reports.queries.audits import audits_beside
from surveys.presenters.usual_time import usual_time
from surveys.queries.wording import wording_of

RESULTS_A_PAGE = 50


@require_safe
@member_of(*access.READERS)
def result_list(request: MemberRequest) -> HttpResponse:
    """Every result within reach, by name."""
    wanted = searched(request)
    keys = access.listed_for(
        organisation=request.organisation, memberships=request.memberships, name=wanted
    )
    page = Paginator(keys, RESULTS_A_PAGE).get_page(request.GET.get("page"))
    units = access.listed(list(page.object_list))
    return render(
        request,
        "reports/result/list.html",
        {
            "page": page,
            "links": page_links(page, request.GET),
            "results": listed_results(units, request.memberships),
            "wanted": wanted,
            "has_search": bool(wanted) or page.paginator.count > MANY,
            "together": access.summed_surveys(
                organisation=request.organisation, memberships=request.memberships
            )
            if Role.LEAD in request.roles
            else [],
            "may_launch": bool(request.roles.intersection(access.OWN)),
            "takes": "" if units or wanted else usual_time(request.organisation),
        },
    )


@require_safe
@member_of(*access.READERS)
def result(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What the ward's page shows, and what only the manager and the lead get."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    context: dict[str, Any] = {
        "unit": found.survey_unit,
        "is_own": found.is_own,
        "share": ward_page_link(found.survey_unit) if found.is_own else None,
        "was_debriefed": found.is_debriefed,
    }
    if found.snapshot is None:
        return render(
            request,
            "reports/result/waiting.html",
            {**context, "state": state_of(found.survey_unit)},
        )
    leaders = access.leaders_for(user=request.user, result=found)
    audits = audits_beside(found.survey_unit)
    context["result"] = result_page(found, found.snapshot, leaders, audits)
    context["context_notes"] = notes_on_result(found.notes, found.survey_unit, audits)
    context["parts"] = kept_parts(found.snapshot, found.survey_unit.survey, leaders)
    context["comments"] = result_comments(found.survey_unit) if found.is_own else None
    return render(request, "reports/result/result.html", context)


@require_safe
@member_of(*access.OWN)
def leaders_sheets(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The leaders' sheets by themselves, by name: also where the ward has no result."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    access.require_leader(user=request.user, result=found)
    context: dict[str, Any] = {"unit": found.survey_unit}
    if found.snapshot is None:
        return render(
            request,
            "reports/result/waiting.html",
            {**context, "state": state_of(found.survey_unit), "is_own": False},
        )
    leaders = access.leaders_for(user=request.user, result=found)
    survey = found.survey_unit.survey
    context |= {
        "leaders": leaders,
        "edition": survey.leaders_edition,
        "sections": wording_of(edition=survey.ward_edition, language=survey.version.language),
    }
    return render(request, "reports/result/leaders.html", context)
