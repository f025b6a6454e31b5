"""What other programs can read, for people: written from the API's own description."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.access import organisations_of
from reports.api.v1 import api
from reports.presenters.api_docs import Address, addresses


@login_not_required
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Addresses, what each answers, and an example for pandas and for Power BI."""
    context = {
        "addresses": _addresses(),
        "base": settings.PUBLIC_URL + "/api/v1",
        "own": list(organisations_of(user=request.user)) if request.user.is_authenticated else [],
    }
    return render(request, "reports/api/docs.html", context)


@cache
def _addresses() -> list[Address]:
    """Read off once a process: the description never changes while it runs."""
    return addresses(api.get_openapi_schema())
