"""A page that is one form."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations.forms.refusals import status_of


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    caption: str,
    lede: str = "",
    crumbs: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    """The form to be filled in; 422 once it came back with something to correct, 409 on hold."""
    context = {
        "form": form,
        "heading": heading,
        "caption": caption,
        "lede": lede,
        "crumbs": crumbs,
    }
    status = status_of(form)
    return render(request, "organisations/form.html", context, status=status)
