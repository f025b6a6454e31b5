"""Small tests of an improvement on one unit."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from initiatives import access
from initiatives.actions.small_tests import end_test, start_test
from initiatives.forms.small_tests import EndTestForm, StartTestForm
from initiatives.models import SmallTest
from initiatives.presenters.crumbs import unit_crumbs
from initiatives.views.over import back_if_over
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only


@members_only(*access.REGISTER)
def start(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """What is tried, what is expected, until when; `?what=` fills it in."""
    here = access.working_unit(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    if back := back_if_over(request, here):
        return back
    form = StartTestForm(posted(request), what=request.GET.get("what", "")[:160])
    if form.is_bound and form.is_valid():
        with shown_on(form):
            start_test(commitment=here, **form.cleaned_data, by=request.user)
            messages.success(request, "The small test has started.")
            return redirect("initiative_on_unit", request.organisation.slug, initiative_id, unit_id)
    return form_page(
        request,
        form,
        heading="Start a small test",
        caption=f"{here.initiative.title}, {here.unit.name}",
        lede="Try it once, on one shift, before it becomes a rule. Say first what you expect.",
        crumbs=unit_crumbs(request.organisation, here),
    )


@members_only(*access.REGISTER)
def end(request: MemberRequest, initiative_id: int, unit_id: int, test_id: int) -> HttpResponse:
    """How it went; “Keep it with a change” leads to the next test."""
    here = access.working_unit(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    test = access.small_test_on(commitment=here, test_id=test_id)
    slug = request.organisation.slug
    if test.ended_at is not None and request.method != "POST":
        messages.warning(request, "How this test went has been said already.")
        return redirect("initiative_on_unit", slug, initiative_id, unit_id)
    form = EndTestForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            end_test(test=test, **form.cleaned_data, by=request.user)
            messages.success(request, "Saved how the test went")
            if form.cleaned_data["outcome"] == SmallTest.Outcome.CHANGE:
                again = reverse("small_test_start", args=[slug, initiative_id, unit_id])
                query = urlencode({"what": form.cleaned_data["following"]})
                return redirect(f"{again}?{query}")
            return redirect("initiative_on_unit", slug, initiative_id, unit_id)
    return form_page(
        request,
        form,
        heading="How did it go?",
        caption=f"Small test {test.number}: {test.what}",
        lede=f"You expected: {test.expects}",
        crumbs=unit_crumbs(request.organisation, here),
    )
