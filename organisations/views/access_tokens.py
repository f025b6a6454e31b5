"""Pages where members let another program read for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisations import access
from organisations.actions.access_tokens import make_token, take_token_back
from organisations.forms.access_tokens import TokenForm
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.models import AccessToken


@require_safe
@member_of()
def tokens(request: MemberRequest) -> HttpResponse:
    """One's own tokens, valid and ended."""
    found = list(access.tokens_of(user=request.user, organisation=request.organisation))
    labels = dict(AccessToken.Scope.choices)
    rows = [(token, [labels.get(scope, scope) for scope in token.scopes]) for token in found]
    return render(request, "organisations/access_tokens/list.html", {"tokens": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@member_of()
def add(request: MemberRequest) -> HttpResponse:
    """Makes a token and shows it, this once."""
    form = TokenForm(posted(request))
    if form.is_bound and form.is_valid():
        token, secret = make_token(
            organisation=request.organisation, by=request.user, **form.cleaned_data
        )
        shown = render(
            request, "organisations/access_tokens/made.html", {"token": token, "secret": secret}
        )
        shown["Cache-Control"] = "no-store"
        return shown
    context = {"form": form, "heading": "Let a program read", "crumbs": _crumbs(request)}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_of()
def take_back(request: MemberRequest, token_id: int) -> HttpResponse:
    """Asks first; afterwards the program reads nothing."""
    token = access.token_for(
        user=request.user, organisation=request.organisation, token_id=token_id
    )
    if request.method == "POST":
        take_token_back(token=token, by=request.user)
        messages.success(request, f"“{token.name}” reads nothing any more.")
        return redirect("access_tokens", request.organisation.slug)
    context = {
        "heading": f"Take back “{token.name}”?",
        "lede": "The program reads nothing any more, from now on. You can make another token.",
        "submit": "Take it back",
        "warn": True,
        "crumbs": _crumbs(request),
    }
    return render(request, "organisations/form.html", context)


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"href": reverse("start_of", args=[slug]), "text": "Start"},
        {"href": reverse("access_tokens", args=[slug]), "text": "Other programs"},
    ]
