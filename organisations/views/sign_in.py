"""Signing in and out: allauth's views, with our status for a form to mend."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import ConfirmLoginCodeView, LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations.carriers.failed_attempts import seconds_after_wrong
from organisations.forms.sign_in import ASKED
from organisations.queries.sessions import is_device_of
from organisations.views.limited import too_many

View = Callable[..., HttpResponse]
# Where the third wrong code leads.
ASK_AGAIN = "account_request_login_code"


def mended(view: View) -> View:
    """A form with something to mend is sent back with 422."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return answered


def leaving_nothing(view: View) -> View:
    """After signing out the browser drops the pages it has seen; never what it stored.

    An answer that was not sent yet may be stored on the same phone.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"cache"'
        return response

    return answered


def counted(view: View) -> View:
    """Wrong codes count for the network that they come from; beyond the limit each is 429.

    A right code opens all the same, and a remembered device is told what is wrong as ever.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        email = request.session.get(ASKED, {}).get("email", "")
        response = view(request, *args, **kwargs)
        is_over = response.status_code == 302 and response["Location"] == reverse(ASK_AGAIN)
        if request.method != "POST" or not (response.status_code == 422 or is_over):
            return response
        seconds = seconds_after_wrong(request, "code")
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        if not seconds or (cookie and is_device_of(cookie, email=email)):
            return response
        return too_many(request, "attempts", seconds)

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
enter_code = counted(mended(ConfirmLoginCodeView.as_view()))
sign_out = leaving_nothing(login_not_required(LogoutView.as_view()))
second_step = IndexView.as_view()
enter_app_code = mended(AuthenticateView.as_view())
enter_app_code_again = mended(ReauthenticateView.as_view())
add_app = mended(ActivateTOTPView.as_view())
remove_app = mended(DeactivateTOTPView.as_view())
show_recovery_codes = ViewRecoveryCodesView.as_view()
make_recovery_codes = mended(GenerateRecoveryCodesView.as_view())
