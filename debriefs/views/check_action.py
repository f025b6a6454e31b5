"""An action that follows from one of the ten checks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from debriefs.forms.action_for import CheckActionForm
from debriefs.queries.checks import priorities_on
from initiatives import access
from initiatives.actions.plan import add_action
from initiatives.presenters.crumbs import crumbs
from initiatives.rules.status import OVER
from initiatives.rules.ten_checks import CHECKS
from organisations.access import roles_over
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.queries.units import is_open
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only

NO_PRIORITY = (
    "An action belongs to a priority, and no open unit of yours has one for this improvement yet. "
    "The team chooses its priorities in the debrief."
)


@members_only(*access.DECIDING)
def act(request: MemberRequest, initiative_id: int, number: int) -> HttpResponse:
    """For a priority of a unit that its reader decides on; `?what=` fills in a suggestion."""
    organisation = request.organisation
    opened = access.opened_initiative(
        user=request.user,
        organisation=organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
    )
    check = next((one for one in CHECKS if one.number == number), None)
    if check is None:
        raise Http404
    units = [
        one.unit
        for one in opened.commitments
        if roles_over(one.unit, request.memberships) & set(access.DECIDING)
    ]
    if not units:
        raise PermissionDenied
    running = [
        one.unit for one in opened.commitments if one.state not in OVER and is_open(one.unit)
    ]
    priorities = priorities_on(opened.initiative, [unit for unit in units if unit in running])
    back = reverse("ten_checks", args=[organisation.slug, initiative_id])
    if not priorities:
        messages.warning(request, NO_PRIORITY)
        return redirect(back)
    what = request.GET.get("what", "")[:160]
    form = CheckActionForm(posted(request), places=priorities, what=what)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            add_action(
                priority=form.place,
                what=form.cleaned_data["what"],
                owner=form.cleaned_data["owner"],
                due_on=form.cleaned_data["due_on"],
                by=request.user,
            )
            messages.success(request, "The action was added.")
            return redirect(back)
    return form_page(
        request,
        form,
        heading="Add an action",
        caption=f"{opened.initiative.title}, check {number} of {len(CHECKS)}",
        lede=check.question,
        crumbs=[*crumbs(organisation, opened.initiative), {"text": "Ten checks", "href": back}],
    )
