"""Pictures that a team brings to its debrief."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from debriefs import access as debrief_access
from debriefs.actions.debrief import attach_picture, remove_picture
from debriefs.exchange.picture import LARGEST_FILE
from debriefs.forms.debrief import PictureForm
from debriefs.models import Attachment
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.presenters.crumbs import crumbs
from results.views.own_result import own_result


@members_only(*access.OWN)
@limited("uploads", IMPORTS)
def attach(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """A form for one picture, and the pictures there are."""
    found = own_result(request, survey_unit_id)
    debrief = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    debrief.survey_unit = found.survey_unit
    form = PictureForm(posted(request), request.FILES or None)
    back = reverse(
        "debrief_step", args=[request.organisation.slug, found.survey_unit.pk, debrief.pk, "moment"]
    )
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        with shown_on(form):
            attach_picture(
                debrief=debrief,
                caption=form.cleaned_data["caption"],
                content=file.read(LARGEST_FILE + 1),
                by=request.user,
            )
            messages.success(request, "Picture added")
            return redirect(back)
    context = {
        "form": form,
        "debrief": debrief,
        "unit": found.survey_unit,
        "back": back,
        "pictures": debrief.attachments.defer("content"),
        "crumbs": crumbs(request.organisation, found.survey_unit, debrief=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "debriefs/debrief/picture.html", context, status=status)


@require_safe
@members_only(*access.OWN)
def picture(request: MemberRequest, survey_unit_id: int, attachment_id: int) -> HttpResponse:
    """The picture itself, for those who hold the debrief."""
    found = own_result(request, survey_unit_id)
    unit = found.survey_unit
    return _sent(debrief_access.picture_for(survey_unit=unit, attachment_id=attachment_id))


@require_POST
@members_only(*access.OWN)
def remove(request: MemberRequest, survey_unit_id: int, attachment_id: int) -> HttpResponse:
    """Takes a picture away for good, while the meeting goes on."""
    found = own_result(request, survey_unit_id)
    unit = found.survey_unit
    attachment = debrief_access.picture_for(survey_unit=unit, attachment_id=attachment_id)
    with said_to(request):
        remove_picture(attachment=attachment, by=request.user)
        messages.success(request, "Picture removed")
    slug = request.organisation.slug
    return redirect("debrief_attach", slug, unit.pk, attachment.debrief_id)


@login_not_required
@require_safe
def ward_picture(request: HttpRequest, code: str, attachment_id: int) -> HttpResponse:
    """A picture that the team agreed to show on its own page."""
    return _sent(debrief_access.shown_picture_for(code=code, attachment_id=attachment_id))


def _sent(attachment: Attachment) -> HttpResponse:
    answer = HttpResponse(bytes(attachment.content), content_type=attachment.kind)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
