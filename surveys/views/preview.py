"""The very answer document on a phone's screen, and test answers; neither ever counts."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organisations.access import unit_for
from organisations.membership import MemberRequest, member_of
from surveys import access
from surveys.models import Edition
from surveys.presenters.answer_document import Mode, document_response
from surveys.presenters.crumbs import crumbs
from surveys.presenters.preview import preview_page, preview_words
from surveys.queries.launching import editions_on_offer
from surveys.views.answer import render_preview
from surveys.views.framing import framed_by_us


def _edition(request: MemberRequest, chosen: str) -> Edition:
    """The chosen edition, else the organisation's usual one."""
    editions = editions_on_offer(request.organisation)
    if not editions:
        raise Http404
    return next((one for one in editions if str(one.pk) == chosen), editions[0])


@member_of(*access.STEERING)
def launch_preview(request: MemberRequest) -> HttpResponse:
    """What is typed on the launch page, before anything is launched; saves nothing."""
    given = request.POST if request.method == "POST" else request.GET
    edition = _edition(request, given.get("ward_edition", ""))
    words = {name: given.get(name, "") for name in ("title", "problem", "change", "unit_name")}
    unit_id = given.get("unit", "")
    if unit_id.isascii() and unit_id.isdigit():
        unit = unit_for(
            user=request.user,
            organisation=request.organisation,
            roles=access.STEERING,
            unit_id=int(unit_id[:18]),
        )
        words["unit_name"] = unit.name
    asked = {"edition": edition.pk, "comments": given.get("comments", "")}
    query = urlencode({**preview_words(words), **asked})
    context = {
        "document": f"{reverse('launch_trial', args=[request.organisation.slug])}?{query}",
        "crumbs": crumbs(request.organisation),
    }
    return render(request, "surveys/launch/preview.html", context)


@framed_by_us
@member_of(*access.STEERING)
def launch_trial(request: MemberRequest) -> HttpResponse:
    """The document of such a preview; with `mode=test` to answer it from end to end."""
    page = preview_page(
        organisation=request.organisation,
        edition=_edition(request, request.GET.get("edition", "")),
        words=preview_words(request.GET.dict()),
        comments=request.GET.get("comments", ""),
    )
    mode = Mode.TEST if request.GET.get("mode") == "test" else Mode.PREVIEW
    return document_response(request, page, address=request.path, mode=mode)


@member_of(*access.STEERING)
def survey_preview(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """A survey as staff meet it."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    place = [request.organisation.slug, survey.pk, unit.pk]
    context = {
        "survey": survey,
        "unit": unit,
        "document": reverse("survey_trial", args=place),
        "crumbs": crumbs(request.organisation, survey),
    }
    return render(request, "surveys/launch/preview.html", context)


@framed_by_us
@member_of(*access.STEERING)
def survey_trial(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The document of a survey, as a preview or for test answers."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    mode = Mode.TEST if request.GET.get("mode") == "test" else Mode.PREVIEW
    return render_preview(request, survey_unit=unit, mode=mode)
