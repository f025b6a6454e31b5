"""Where GOV.UK Notify reports what became of a letter."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from surveys.actions.receipts import take_receipt


@login_not_required
@csrf_exempt
@require_POST
def receipts(request: HttpRequest) -> HttpResponse:
    """Believes whoever has the bearer token; a receipt of a letter that is not ours is ignored."""
    token = settings.NOTIFY_CALLBACK_TOKEN
    if not token:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return HttpResponse("The bearer token is missing or wrong.\n", status=401)
    try:
        said = json.loads(request.body)
        reference, status = said["reference"], said["status"]
    except (ValueError, TypeError, KeyError):
        return HttpResponse("Send a JSON object with reference and status.\n", status=400)
    if not isinstance(status, str) or not isinstance(reference, str | None):
        return HttpResponse("Reference and status must be text.\n", status=400)
    # "\0" is no reference of ours, and PostgreSQL refuses it.
    if reference and "\0" not in reference:
        take_receipt(reference=reference, status=status, now=timezone.now())
    return HttpResponse(status=204)
