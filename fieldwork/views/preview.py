"""The very answer document on a phone's screen, and test answers; neither ever counts."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fieldwork.forms.launch import LaunchForm
from fieldwork.presenters.preview import Preview, preview_named, preview_of, preview_page
from fieldwork.queries.launching import editions_on_offer
from fieldwork.views.framing import framed_by_us
from fieldwork.views.launch import offer_of
from instruments.queries.answer_wording import form_wording, published_languages
from instruments.queries.wording import published_codes
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest, members_only
from responses.presenters.answer_document import Mode
from responses.presenters.document_cache import document_response
from responses.presenters.spoken import spoken_language
from responses.views.answer import render_preview
from surveys import access
from surveys.presenters.crumbs import crumbs


@members_only(*access.STEERING)
@limited("uploads", IMPORTS, only_with_a_file=True)
def launch_preview(request: MemberRequest) -> HttpResponse:
    """What is filled in on the launch page, before anything is launched; saves nothing."""
    preview = Preview()
    if request.method == "POST":
        offer = offer_of(request, several="units" in request.POST)
        if not offer.units or not offer.editions:
            raise Http404
        preview = preview_of(LaunchForm(request.POST, request.FILES, offer=offer))
    place = reverse("launch_trial", args=[request.organisation.slug])
    context = {
        "document": f"{place}?{urlencode({'as': preview.signed})}",
        "crumbs": crumbs(request.organisation),
    }
    return render(request, "fieldwork/launch/preview.html", context)


@framed_by_us
@members_only(*access.STEERING)
def launch_trial(request: MemberRequest) -> HttpResponse:
    """The document of such a preview; with `mode=test` to answer it from end to end."""
    preview = preview_named(request.GET.get("as", ""))
    editions = editions_on_offer(request.organisation)
    if not editions:
        raise Http404
    edition = next((one for one in editions if one.pk == preview.edition), editions[0])
    page = preview_page(
        organisation=request.organisation,
        edition=edition,
        statements=len(published_codes(edition.version_id)),
        preview=preview,
    )
    mode = Mode.TEST if request.GET.get("mode") == "test" else Mode.PREVIEW
    language = spoken_language(request, published_languages(edition.pk))
    return document_response(request, page, language=language, wording=form_wording, mode=mode)


@members_only(*access.STEERING)
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
    return render(request, "fieldwork/launch/preview.html", context)


@framed_by_us
@members_only(*access.STEERING)
def survey_trial(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The document of a survey, as a preview or for test answers."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    mode = Mode.TEST if request.GET.get("mode") == "test" else Mode.PREVIEW
    return render_preview(request, survey_unit=unit, mode=mode)
