"""Pages that anybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, and what stays linkable."""
    return render(request, "organisations/public/privacy.html")


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """How well the site works for everybody, and whom to tell when it does not."""
    return render(request, "organisations/public/accessibility.html")


@require_safe
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What the FFIT is and is not."""
    return render(request, "organisations/public/about.html")


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """Short answers for people who answer and people who launch."""
    return render(request, "organisations/public/help.html")
