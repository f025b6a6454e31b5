"""Signing in and out: allauth's views, with our status for a form to mend."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import ConfirmLoginCodeView, LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponse]


def mended(view: View) -> View:
    """A form with something to mend is sent back with 422."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return answered


@require_POST
@login_not_required
def start_again(request: HttpRequest) -> HttpResponse:
    """Forgets the address that waits for a code."""
    clear_login(request)
    return redirect("account_login")


@login_not_required
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Addresses of allauth that have no page here."""
    return redirect("account_login")


sign_in = mended(LoginView.as_view())
enter_code = mended(ConfirmLoginCodeView.as_view())
sign_out = login_not_required(LogoutView.as_view())
second_step = IndexView.as_view()
enter_app_code = mended(AuthenticateView.as_view())
enter_app_code_again = mended(ReauthenticateView.as_view())
add_app = mended(ActivateTOTPView.as_view())
remove_app = mended(DeactivateTOTPView.as_view())
show_recovery_codes = ViewRecoveryCodesView.as_view()
make_recovery_codes = mended(GenerateRecoveryCodesView.as_view())
