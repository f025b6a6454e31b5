"""The list of instruments, a new one, and the published form of exchange."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from instruments.access import bank_of
from instruments.actions.draft import new_instrument
from instruments.exchange.document import exchange_schema
from instruments.forms.question_bank import NewInstrumentForm
from instruments.presenters.crumbs import bank_crumbs
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.models import Role
from organisations.views.membership import MemberRequest, members_only

editors = members_only(Role.EDITOR, Role.ADMINISTRATOR)


@require_safe
@editors
def bank(request: MemberRequest) -> HttpResponse:
    """Own instruments and those shared by all, each with its versions."""
    context = {"banks": bank_of(request.organisation)}
    return render(request, "instruments/list.html", context)


@editors
def new(request: MemberRequest) -> HttpResponse:
    """An instrument of one's own."""
    form = NewInstrumentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with shown_on(form):
            version = new_instrument(
                organisation=request.organisation,
                code=data["code"],
                title=data["title"],
                minimum=data["minimum"],
                labels=data["labels"],
                by=request.user,
            )
            messages.success(request, "The draft is there. Write its sections and statements.")
            return redirect("question_bank_version", request.organisation.slug, version.pk)
    context = {
        "form": form,
        "heading": "A new instrument",
        "crumbs": bank_crumbs(request.organisation),
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/form.html", context, status=status)


@require_safe
@editors
def schema(request: MemberRequest) -> HttpResponse:
    """The JSON Schema of the exchange form."""
    return JsonResponse(exchange_schema())
