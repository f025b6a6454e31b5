"""The ten checks of an improvement: all of them, and answering one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from initiatives import access
from initiatives.actions.ten_checks import answer_check, say_stop_sign
from initiatives.forms.ten_checks import CheckForm
from initiatives.presenters.crumbs import crumbs
from initiatives.presenters.ten_checks import check_rows, helps_for, summary
from initiatives.queries.ten_checks import answers_of, known_of
from initiatives.rules.status import OVER
from initiatives.rules.ten_checks import CHECKS, STOP_SIGN
from organisations.access import roles_over
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.models import Role
from organisations.queries.units import is_open
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only


@require_safe
@members_only(Role.MANAGER, Role.LEAD, Role.REVIEWER)
def ten_checks(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """Each question with its answer and how far it is answered; suggestions for what is open."""
    opened = _opened(request, initiative_id)
    initiative = opened.initiative
    rows = check_rows(answers_of(initiative), known_of(initiative))
    context = {
        "initiative": initiative,
        "rows": rows,
        "summary": summary(rows),
        "helps": helps_for(rows),
        "may_answer": opened.may_work,
        "may_act": any(
            roles_over(one.unit, request.memberships) & set(access.DECIDING)
            for one in opened.commitments
            if one.state not in OVER and is_open(one.unit)
        ),
        "stop_sign": STOP_SIGN,
        "is_over": initiative.state in OVER,
        "crumbs": crumbs(request.organisation, initiative),
    }
    return render(request, "initiatives/ten_checks.html", context)


@members_only(Role.MANAGER, Role.LEAD, Role.REVIEWER)
def answer(request: MemberRequest, initiative_id: int, number: int) -> HttpResponse:
    """One sentence to one check."""
    organisation, opened = request.organisation, _opened(request, initiative_id)
    if not opened.may_work:
        raise PermissionDenied
    initiative = opened.initiative
    check = next((one for one in CHECKS if one.number == number), None)
    if check is None:
        raise Http404
    form = CheckForm(posted(request), check=check, answer=answers_of(initiative).get(number, ""))
    slug = organisation.slug
    if form.is_bound and form.is_valid():
        with shown_on(form):
            answer_check(
                initiative=initiative,
                number=number,
                answer=form.cleaned_data["answer"],
                by=request.user,
            )
            messages.success(request, "Answer saved")
            return redirect("ten_checks", slug, initiative.pk)
    above = {"text": "Ten checks", "href": reverse("ten_checks", args=[slug, initiative.pk])}
    return form_page(
        request,
        form,
        heading=check.question,
        caption=f"{initiative.title}, check {number} of {len(CHECKS)}",
        crumbs=[*crumbs(organisation, initiative), above],
    )


@require_POST
@members_only(Role.MANAGER, Role.LEAD, Role.REVIEWER)
def stop_sign(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """The sign to stop has come, says who works on it; `revoked` says it has not."""
    opened = _opened(request, initiative_id)
    if not opened.may_work:
        raise PermissionDenied
    has_come = "revoked" not in request.POST
    with said_to(request):
        say_stop_sign(initiative=opened.initiative, has_come=has_come, by=request.user)
        messages.success(
            request,
            "The senior reviewers see that the sign to stop has come."
            if has_come
            else "The senior reviewers no longer see a sign to stop.",
        )
    return redirect("ten_checks", request.organisation.slug, opened.initiative.pk)


def _opened(request: MemberRequest, initiative_id: int) -> access.OpenedInitiative:
    return access.opened_initiative(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
    )
