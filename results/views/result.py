"""A unit's result for its manager, its lead and senior reviewers, and the list of results."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fieldwork.presenters.usual_time import usual_time
from fieldwork.queries.launching import usual_statements
from instruments.queries.item_mappings import mappings_of
from instruments.queries.wording import wording_of
from organisations.forms.search import MANY, searched
from organisations.models import Role
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from responses.queries.comments import comments_beside
from results import access
from results.presenters.cached_fragments import Reader, cached_fragments, member_sections
from results.presenters.comments import result_comments
from results.presenters.context_notes import notes_on_result
from results.presenters.now import now_view
from results.presenters.page import page_of
from results.presenters.result_list import listed_results
from results.presenters.sharing import ward_page_link
from results.presenters.state import state_of
from results.queries.decision import decided_of
from results.queries.earlier_surveys import audits_beside
from results.queries.now import now_of
from results.queries.questions import questions_of
from results.views.part_of_result import wants_figures

RESULTS_A_PAGE = 50


@require_safe
@members_only(*access.READERS)
def result_list(request: MemberRequest) -> HttpResponse:
    """Every result within reach, by name."""
    wanted = searched(request)
    keys = access.listed_for(
        organisation=request.organisation, memberships=request.memberships, name=wanted
    )
    page = Paginator(keys, RESULTS_A_PAGE).get_page(request.GET.get("page"))
    units = access.listed(list(page.object_list), request.memberships)
    return render(
        request,
        "results/result/list.html",
        {
            "page": page,
            "links": page_links(page, request.GET),
            "results": listed_results(units),
            "wanted": wanted,
            "has_search": bool(wanted) or page.paginator.count > MANY,
            "together": access.summed_surveys(
                organisation=request.organisation, memberships=request.memberships
            )
            if Role.LEAD in request.roles
            else [],
            "may_launch": bool(request.roles.intersection(access.OWN)),
            "takes": "" if units or wanted else usual_time(usual_statements(request.organisation)),
        },
    )


@require_safe
@members_only(*access.READERS)
def result(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What the ward's page shows, and what only the manager and the lead get."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    context: dict[str, object] = {
        "unit": found.survey_unit,
        "is_own": found.is_own,
        "share": ward_page_link(found.survey_unit) if found.is_own else None,
    }
    if found.snapshot is None:
        return render(
            request,
            "results/result/waiting.html",
            {**context, "state": state_of(found.survey_unit)},
        )
    survey = found.survey_unit.survey
    leaders = access.leaders_for(user=request.user, result=found)
    readable = access.readable(request.organisation, request.memberships)
    audits = audits_beside(found.survey_unit, snapshot=found.snapshot, readable=readable)
    context["page"] = page_of(found, found.snapshot, leaders, audits, decided_of(found.survey_unit))
    unit = found.survey_unit
    context["now"] = now_view(now_of(unit) if found.has_news else None)
    context["context_notes"] = notes_on_result(found.notes, found.survey_unit, audits)
    context["parts"] = cached_fragments(
        found.snapshot,
        survey,
        partial(mappings_of, survey.version),
        partial(questions_of, survey),
        Reader(
            member_sections(request.organisation.slug, survey_unit_id),
            with_figures=wants_figures(request),
            leaders=leaders,
        ),
    )
    context["comments"] = (
        result_comments(comments_beside(found.survey_unit)) if found.is_own else None
    )
    return render(request, "results/result/result.html", context)


@require_safe
@members_only(*access.OWN)
def leaders_forms(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The leaders' sheets by themselves, by name: also where the ward has no result."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    access.require_leader(user=request.user, result=found)
    context: dict[str, object] = {"unit": found.survey_unit}
    if found.snapshot is None:
        return render(
            request,
            "results/result/waiting.html",
            {**context, "state": state_of(found.survey_unit), "is_own": False},
        )
    leaders = access.leaders_for(user=request.user, result=found)
    survey = found.survey_unit.survey
    context |= {
        "leaders": leaders,
        "edition": survey.leaders_edition,
        "sections": wording_of(edition=survey.ward_edition, language=survey.version.language),
    }
    return render(request, "results/result/leaders.html", context)
