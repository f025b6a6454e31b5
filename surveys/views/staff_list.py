"""Adding staff to a survey: bring a list, look at what it would do, mend it, then add everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from surveys import access
from surveys.actions.staff_import import bring_staff
from surveys.forms.staff_list import StaffListForm, brought_back, kept, key_of, mends_in
from surveys.models import Survey, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.staff_check import bad_rows_file, check_context
from surveys.presenters.staff_import import import_context
from surveys.queries.staff import plan_staff, units_with_links
from surveys.staff_list import check_staff, mended
from surveys.staff_table import Record


@member_of(*access.STEERING)
def staff_list(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Takes a list and shows what it would do. Nothing is saved, nobody is written to."""
    survey, units = _survey(request, survey_id)
    form = StaffListForm(posted(request), request.FILES or None)
    if units and form.is_bound and form.is_valid():
        return _checked(request, survey, units, form.records, form.source, form.unused)
    context = {
        "survey": survey,
        "units": units,
        "form": form,
        "crumbs": crumbs(request.organisation, survey),
    }
    status = 422 if form.is_bound else 200
    return render(request, "surveys/staff/bring.html", context, status=status)


@require_POST
@member_of(*access.STEERING)
def staff_check(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The same list once more, with what was mended: checked again, added, or as a file."""
    survey, units = _survey(request, survey_id)
    records = brought_back(request.POST.get("kept", ""))
    if records is None or not units:
        messages.error(request, "That took too long or was changed. Bring the list again.")
        return redirect("staff_list", request.organisation.slug, survey.pk)
    records = mended(records, mends_in(request.POST))
    found = check_staff(records, units=[unit.unit_name for unit in units])
    wanted = request.POST.get("do", "check")
    source = request.POST.get("source", "")[:80]
    if wanted == "file":
        return HttpResponse(
            "\ufeff" + bad_rows_file(records, found),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="rows-to-mend.csv"'},
        )
    if wanted == "check" or (found.problems and wanted != "leave out"):
        return _checked(request, survey, units, records, source, [])
    brought = bring_staff(
        survey=survey,
        units=units,
        people=found.people,
        by=request.user,
        key=key_of(request.POST["kept"], wanted == "leave out"),
    )
    return redirect("staff_import", request.organisation.slug, survey.pk, brought.pk)


@member_of(*access.STEERING)
def staff_import(request: MemberRequest, survey_id: int, import_id: int) -> HttpResponse:
    """How far the worker is, then what became of the list. It looks again by itself."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    brought = access.staff_import_for(user=request.user, survey=survey, import_id=import_id)
    context = import_context(survey, brought)
    if request.headers.get("HX-Request"):
        response = render(request, "surveys/staff/_adding.html", context)
        if not context["is_waiting"]:
            response["HX-Refresh"] = "true"
        return response
    context["crumbs"] = crumbs(request.organisation, survey)
    return render(request, "surveys/staff/adding.html", context)


def _survey(request: MemberRequest, survey_id: int) -> tuple[Survey, list[SurveyUnit]]:
    """The survey, and its units within reach whose staff can get links."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    return survey, units_with_links(access.survey_units_for(user=request.user, survey=survey))


def _checked(
    request: MemberRequest,
    survey: Survey,
    units: list[SurveyUnit],
    records: list[Record],
    source: str,
    unused: list[str],
) -> HttpResponse:
    found = check_staff(records, units=[unit.unit_name for unit in units])
    plan = plan_staff(survey=survey, units=units, people=found.people)
    context = {
        **check_context(survey=survey, units=units, found=found, plan=plan),
        "kept": kept(records),
        "source": source,
        "unused": unused,
        "crumbs": crumbs(request.organisation, survey),
    }
    status = 422 if found.problems else 200
    return render(request, "surveys/staff/checked.html", context, status=status)
