"""Adding staff to a survey: upload a list, check and correct it, then add everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.actions.staff import refuse_late_result
from surveys.actions.staff_import import upload_staff
from surveys.exchange.staff_list import StaffList, check_staff, corrected
from surveys.exchange.staff_table import StaffTable
from surveys.forms.staff_list import StaffListForm, brought_back, corrections_in, kept, key_of
from surveys.models import Survey, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.staff_check import bad_rows_file, check_context
from surveys.presenters.staff_import import import_context
from surveys.queries.staff import people_there, plan_staff, units_with_links
from surveys.queries.staff_imports import people_done


@members_only(*access.STEERING)
@limited("uploads", IMPORTS)
def staff_list(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Takes a list and shows what it would do. Nothing is saved, nobody is written to."""
    survey, units = _survey(request, survey_id)
    form = StaffListForm(posted(request), request.FILES or None)
    if units and form.is_bound and form.is_valid():
        with shown_on(form, "people"):
            refuse_late_result(survey, units)
            return _checked(request, survey, units, form.table, form.source)
    context = {
        "survey": survey,
        "units": units,
        "form": form,
        "crumbs": crumbs(request.organisation, survey),
    }
    status = 422 if form.is_bound else 200
    return render(request, "surveys/staff/upload.html", context, status=status)


@require_POST
@members_only(*access.STEERING)
def staff_check(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The same list once more, with what was corrected: checked again, added, or as a file."""
    survey, units = _survey(request, survey_id)
    table = brought_back(request.POST.get("kept", ""))
    if table is None or not units:
        messages.error(request, "That took too long or was changed. Upload the list again.")
        return redirect("staff_list", request.organisation.slug, survey.pk)
    table.records = corrected(table.records, corrections_in(request.POST))
    found = _found(survey, units, table)
    wanted = request.POST.get("do", "check")
    source = request.POST.get("source", "")[:80]
    if wanted == "file":
        return HttpResponse(
            "\ufeff" + bad_rows_file(table.records, found),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="rows-to-correct.csv"'},
        )
    if wanted == "check" or (found.problems and wanted != "leave out"):
        return _checked(request, survey, units, table, source)
    with said_to(request):
        upload = upload_staff(
            survey=survey,
            units=units,
            people=found.people,
            by=request.user,
            key=key_of(request.POST["kept"], wanted == "leave out"),
        )
        return redirect("staff_import", request.organisation.slug, survey.pk, upload.pk)
    return redirect("staff_list", request.organisation.slug, survey.pk)


@members_only(*access.STEERING)
def staff_import(request: MemberRequest, survey_id: int, import_id: int) -> HttpResponse:
    """How far the worker is, then what became of the list. It looks again by itself."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    upload = access.staff_import_for(user=request.user, survey=survey, import_id=import_id)
    context = import_context(survey, upload, done=people_done(upload))
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


def _found(survey: Survey, units: list[SurveyUnit], table: StaffTable) -> StaffList:
    names = [unit.unit_name for unit in units]
    return check_staff(table.records, units=names, there=people_there(survey))


def _checked(
    request: MemberRequest,
    survey: Survey,
    units: list[SurveyUnit],
    table: StaffTable,
    source: str,
) -> HttpResponse:
    found = _found(survey, units, table)
    plan = plan_staff(survey=survey, units=units, people=found.people)
    context = {
        **check_context(survey=survey, units=units, found=found, plan=plan),
        "kept": kept(table),
        "source": source,
        "unused": [one.words for one in (*table.unused, *found.not_used)],
        "crumbs": crumbs(request.organisation, survey),
    }
    status = 422 if found.problems else 200
    return render(request, "surveys/staff/checked.html", context, status=status)
