"""Pictures that a team brings to its debrief."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused
from reports import access, debrief_access
from reports.actions.debrief import attach_picture, remove_picture
from reports.forms.debrief import PictureForm
from reports.models import Attachment
from reports.picture import LARGEST_FILE
from reports.presenters.plan import crumbs
from reports.views.debrief import own_result


@member_of(*access.OWN)
def attach(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """A form for one picture, and the pictures there are."""
    found = own_result(request, survey_unit_id)
    debrief = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    debrief.survey_unit = found.survey_unit
    form = PictureForm(posted(request), request.FILES or None)
    back = reverse(
        "debrief_step", args=[request.organisation.slug, found.survey_unit.pk, debrief.pk, "fits"]
    )
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attach_picture(
                debrief=debrief,
                caption=form.cleaned_data["caption"],
                content=file.read(LARGEST_FILE + 1),
                by=request.user,
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The picture is attached.")
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
    return render(request, "reports/debrief/picture.html", context, status=status)


@require_safe
@member_of(*access.OWN)
def picture(request: MemberRequest, survey_unit_id: int, attachment_id: int) -> HttpResponse:
    """The picture itself, for those who hold the debrief."""
    found = own_result(request, survey_unit_id)
    unit = found.survey_unit
    return _sent(debrief_access.picture_for(survey_unit=unit, attachment_id=attachment_id))


@require_POST
@member_of(*access.OWN)
def remove(request: MemberRequest, survey_unit_id: int, attachment_id: int) -> HttpResponse:
    """Takes a picture away for good, while the meeting goes on."""
    found = own_result(request, survey_unit_id)
    unit = found.survey_unit
    attachment = debrief_access.picture_for(survey_unit=unit, attachment_id=attachment_id)
    try:
        remove_picture(attachment=attachment, by=request.user)
        messages.success(request, "The picture was taken away.")
    except Refused as refused:
        messages.warning(request, str(refused))
    slug = request.organisation.slug
    return redirect("debrief_attach", slug, unit.pk, attachment.debrief_id)


@login_not_required
@require_safe
def ward_picture(request: HttpRequest, code: str, attachment_id: int) -> HttpResponse:
    """A picture that the team agreed to show on its own page."""
    return _sent(debrief_access.shown_picture_for(code=code, attachment_id=attachment_id))


def _sent(attachment: Attachment) -> HttpResponse:
    answer = HttpResponse(bytes(attachment.content), content_type=attachment.kind)
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
