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
from organisations.models import AccessToken
from organisations.views.membership import MemberRequest, members_only


@require_safe
@members_only()
def tokens(request: MemberRequest) -> HttpResponse:
    """One's own tokens, valid and ended."""
    found = list(access.tokens_of(user=request.user, organisation=request.organisation))
    labels = dict(AccessToken.Scope.choices)
    rows = [(token, [labels.get(scope, scope) for scope in token.scopes]) for token in found]
    return render(request, "organisations/access_tokens/list.html", {"tokens": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def add(request: MemberRequest) -> HttpResponse:
    """Makes a token and shows it, this once."""
    form = TokenForm(posted(request))
    if form.is_bound and form.is_valid():
        token, secret = make_token(
            organisation=request.organisation, by=request.user, **form.cleaned_data
        )
        context = {"token": token, "secret": secret}
        return render(request, "organisations/access_tokens/created.html", context)
    context = {"form": form, "heading": "Create an API token", "crumbs": _crumbs(request)}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def take_back(request: MemberRequest, token_id: int) -> HttpResponse:
    """Asks first; afterwards the program reads nothing."""
    token = access.token_for(
        user=request.user, organisation=request.organisation, token_id=token_id
    )
    if request.method == "POST":
        take_token_back(token=token, by=request.user)
        messages.success(request, f"“{token.name}” revoked. It can no longer read anything.")
        return redirect("access_tokens", request.organisation.slug)
    context = {
        "heading": f"Revoke “{token.name}”?",
        "lede": "The program will stop working straight away. You can create another token.",
        "submit": "Revoke token",
        "warn": True,
        "crumbs": _crumbs(request),
    }
    return render(request, "organisations/form.html", context)


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"href": reverse("start_of", args=[slug]), "text": "Home"},
        {"href": reverse("access_tokens", args=[slug]), "text": "API tokens"},
    ]
