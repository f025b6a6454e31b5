"""Requests to departments and members, for those who send, answer and follow them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from initiatives import access
from initiatives.access import requests as access_to
from initiatives.access.requests import OpenedRequest
from initiatives.actions.requests import (
    answer_request,
    refuse_another,
    say_if_it_came,
    send_request,
    send_request_again,
    usual_day,
    withdraw_request,
)
from initiatives.forms.requests import AnswerForm, SendRequestForm
from initiatives.models import Action, Commitment, DepartmentRequest, Priority
from initiatives.presenters.crumbs import unit_crumbs
from initiatives.presenters.requests import CHOICES, instead_words, request_rows, request_view
from initiatives.queries.requests import (
    RequestStanding,
    departments_besides,
    recipients,
    requests_read,
    with_standing,
)
from initiatives.views.over import back_if_over
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.views.membership import MemberRequest, members_only
from organisations.words.dates import day, in_days

MOST = 100
Answer, HasCome = DepartmentRequest.Answer, DepartmentRequest.HasCome


@require_safe
@members_only(*access.REGISTER)
def requests(request: MemberRequest) -> HttpResponse:
    """What waits for an answer, by its day, and what was answered last."""
    read = requests_read(request.memberships, user=request.user)
    open_ones = read.filter(answer="", withdrawn_at=None).order_by("answer_by", "pk")
    over = (read.exclude(answer="") | read.exclude(withdrawn_at=None)).order_by("-pk")
    waiting, ended = with_standing(open_ones[: MOST + 1]), with_standing(over[: MOST + 1])
    steered = access_to.steered(
        [one.request for one in (*waiting, *ended) if one.may_ask_another],
        user=request.user,
        memberships=request.memberships,
    )
    context = {
        "waiting": request_rows(request.organisation, waiting[:MOST], steered=steered),
        "more_wait": len(waiting) > MOST,
        "over": request_rows(request.organisation, ended[:MOST], steered=steered),
        "more_over": len(ended) > MOST,
        "most": MOST,
        "crumbs": _crumbs(request)[:1],
    }
    return render(request, "initiatives/requests/list.html", context)


@members_only(*access.REGISTER)
def send(
    request: MemberRequest,
    initiative_id: int,
    unit_id: int,
    action_id: int | None = None,
    priority_id: int | None = None,
) -> HttpResponse:
    """Asks for something an action, a priority or the improvement needs."""
    here = access.working_unit(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    action = access_to.action_on(commitment=here, action_id=action_id) if action_id else None
    priority = (
        access_to.priority_on(commitment=here, priority_id=priority_id) if priority_id else None
    )
    return _send(request, here, action, priority)


@members_only(*access.REGISTER)
def send_again(request: MemberRequest, request_id: int) -> HttpResponse:
    """Asks somebody else for the same: after “Not ours” or “No”, once it is withdrawn, or where
    whoever is asked has left.
    """
    found = _steered(request, request_id).found
    one, here = found.request, access_to.commitment_of(found.request)
    if request.method != "POST" and not found.may_ask_another:
        with said_to(request):
            refuse_another(found)
        return redirect("request", request.organisation.slug, request_id)
    return _send(request, here, one.action, one.priority, instead_of=found)


def _send(
    request: MemberRequest,
    here: Commitment,
    action: Action | None,
    priority: Priority | None,
    *,
    instead_of: RequestStanding | None = None,
) -> HttpResponse:
    organisation = request.organisation
    if back := back_if_over(request, here):
        return back
    usual = usual_day(organisation)
    form = SendRequestForm(
        posted(request),
        recipients=recipients(organisation, here.unit, asker=request.user),
        usual=usual,
        needs=instead_of.request.needs if instead_of else "",
    )
    if form.is_bound and form.is_valid():
        with shown_on(form):
            made = send_request(
                commitment=here,
                action=action,
                priority=priority,
                to=form.recipient,
                needs=form.cleaned_data["needs"],
                answer_by=form.cleaned_data["answer_by"],
                by=request.user,
                instead_of=instead_of.request if instead_of else None,
            )
            messages.success(request, f"Request sent to {made.whom}")
            return redirect("request", organisation.slug, made.pk)
    context = {
        "form": form,
        "caption": _about(here, action, priority),
        "instead": instead_words(instead_of) if instead_of else "",
        "due": f"{day(usual)}, {in_days(usual)}",
        "crumbs": unit_crumbs(organisation, here),
    }
    status = 422 if form.errors else 200
    return render(request, "initiatives/requests/send.html", context, status=status)


def _about(here: Commitment, action: Action | None, priority: Priority | None) -> str:
    what = action.what if action else priority.title if priority else here.initiative.title
    return f"{here.unit.name}: {what}"


@members_only(*access.REGISTER)
def one_request(request: MemberRequest, request_id: int) -> HttpResponse:
    """What is needed and how it stands; whoever is asked answers here, once."""
    opened = _opened(request, request_id)
    view = request_view(opened.found)
    form, status = None, 200
    if request.method == "POST" and not opened.may_answer:
        raise PermissionDenied
    if opened.may_answer and view.is_waiting:
        form = answer_form(request, opened.found.request)
        if form is not None and form.is_bound:
            status = 422
            if form.is_valid():
                with shown_on(form):
                    answer_request(one=opened.found.request, said=form.said, by=request.user)
                    messages.success(request, "Answer sent. The team can read it now.")
                    return redirect("request", request.organisation.slug, request_id)
    elif request.method == "POST":
        messages.warning(request, "This request has an answer already. Nothing has changed.")
        return redirect("request", request.organisation.slug, request_id)
    context = {
        "one": view,
        "key": request_id,
        "is_member": opened.found.request.member_id is not None,
        "opened": opened,
        "form": form,
        "choices": CHOICES if opened.may_answer and view.is_waiting else {},
        "here": reverse("request", args=[request.organisation.slug, request_id]),
        "crumbs": _crumbs(request),
    }
    return render(request, "initiatives/requests/one.html", context, status=status)


def answer_form(request: HttpRequest, one: DepartmentRequest) -> AnswerForm | None:
    """The form of the answer in the address; None where there is none."""
    answer = request.GET.get("answer", "")
    if answer not in Answer.values:
        return None
    found = departments_besides(one) if answer == Answer.NOT_OURS else []
    return AnswerForm(posted(request), answer=Answer(answer), departments=found)


@require_POST
@members_only(*access.REGISTER)
def resend(request: MemberRequest, request_id: int) -> HttpResponse:
    """The same once more, after it could not be delivered."""
    opened = _steered(request, request_id)
    with said_to(request):
        send_request_again(one=opened.found.request, by=request.user)
        messages.success(request, "We’re sending the request again.")
    return redirect("request", request.organisation.slug, request_id)


@require_POST
@members_only(*access.REGISTER)
def withdraw(request: MemberRequest, request_id: int) -> HttpResponse:
    """It is no longer needed."""
    opened = _steered(request, request_id)
    with said_to(request):
        withdraw_request(one=opened.found.request, by=request.user)
        messages.success(request, "Request withdrawn")
    return redirect("request", request.organisation.slug, request_id)


@require_POST
@members_only(*access.REGISTER)
def came(request: MemberRequest, request_id: int) -> HttpResponse:
    """“Has it come?” One tap."""
    opened = _steered(request, request_id)
    word = request.POST.get("has_come", "")
    if word not in HasCome.values:
        messages.warning(request, "Choose if it has come.")
    else:
        with said_to(request):
            say_if_it_came(one=opened.found.request, has_come=word, by=request.user)
            messages.success(request, "Saved. The team can read it now.")
    return redirect("request", request.organisation.slug, request_id)


def _opened(request: MemberRequest, request_id: int) -> OpenedRequest:
    return access_to.request_for(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        request_id=request_id,
    )


def _steered(request: MemberRequest, request_id: int) -> OpenedRequest:
    opened = _opened(request, request_id)
    if not opened.may_steer:
        raise PermissionDenied
    return opened


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Requests", "href": reverse("requests", args=[slug])},
    ]
