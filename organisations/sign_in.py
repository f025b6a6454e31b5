"""How allauth signs people in here: by a code to a known address, never by signing up."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organisations.models import User
from organisations.tasks import send_soon

KEEP_SIGNED_IN = "keep_signed_in"
CODE_IS_LATE = "code_is_late"
THIRTY_DAYS = 60 * 60 * 24 * 30
CODE_SUBJECT = "Your sign-in code"
CODE_BODY = """Your code for Fitness for Improvement is

{code}

Enter it on the page where you asked for it, within 15 minutes.

If you did not ask for it, you can leave this e-mail. Nobody can sign in without the code.
"""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The authenticator app, in our words."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. Look at the app and enter it again.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
    }


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators only; an unknown address sees the same page."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "That code is not right. Look at the e-mail and enter it again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the code to a worker. An unknown address costs the same work and gets nothing."""
        known = template_prefix == "account/email/login_code"
        body = CODE_BODY.format(code=context.get("code", "????-????"))
        soon = send_soon(to=email if known else "", subject=CODE_SUBJECT, body=body)
        self.request.session[CODE_IS_LATE] = not soon

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only plain sentences, such as too many tries; the pages themselves say the rest."""
        if message:
            super().add_message(request, level, message=message)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Thirty days on an own device; elsewhere until the browser is closed."""
        keep = request.session.pop(KEEP_SIGNED_IN, False)
        request.session.set_expiry(THIRTY_DAYS if keep else 0)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Somebody deactivated while signing in starts again, like an unknown address."""
        return redirect("account_login")

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The app's code only: nobody here is ever asked for a password."""
        if not user.is_authenticated:
            return []
        if not is_mfa_enabled(user):
            return []
        return [
            {
                "id": "mfa_reauthenticate",
                "description": "Use your authenticator app",
                "url": reverse("mfa_reauthenticate"),
            }
        ]
