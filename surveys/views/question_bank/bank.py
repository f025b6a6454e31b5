"""The list of instruments, a new one, and the published form of exchange."""

import json
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.models import Role
from organisations.refusal import Refused
from surveys.actions.draft import new_instrument
from surveys.forms.question_bank import NewInstrumentForm
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.queries.question_bank import bank_of

editors = member_of(Role.EDITOR, Role.ADMINISTRATOR)
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "instrument-exchange.schema.json"


@require_safe
@editors
def bank(request: MemberRequest) -> HttpResponse:
    """Own instruments and those shared by all, each with its versions."""
    context = {"banks": bank_of(request.organisation)}
    return render(request, "surveys/question_bank/list.html", context)


@editors
def new(request: MemberRequest) -> HttpResponse:
    """An instrument of one's own."""
    form = NewInstrumentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            version = new_instrument(
                organisation=request.organisation,
                code=data["code"],
                title=data["title"],
                minimum=data["minimum"],
                labels=data["labels"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The draft is there. Write its sections and statements.")
            return redirect("question_bank_version", request.organisation.slug, version.pk)
    context = {
        "form": form,
        "heading": "A new instrument",
        "crumbs": bank_crumbs(request.organisation),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/question_bank/form.html", context, status=status)


@require_safe
@editors
def schema(request: MemberRequest) -> HttpResponse:
    """The JSON Schema of the exchange form."""
    return JsonResponse(json.loads(SCHEMA.read_text("utf-8")))
