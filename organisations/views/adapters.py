"""How allauth signs people in here: by a code to a known address, never by signing up."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organisations.carriers.live_codes import LiveCode
from organisations.carriers.session_store import SessionRequest
from organisations.models import User
from organisations.tasks import queue_urgent_email
from organisations.views.beginnings import remember_browser

CODE_IS_LATE = "code_is_late"
CODE_SUBJECT = "Your sign-in code"
CODE_BODY = """Your code to sign in to Fitness for Improvement is:

{code}

Enter it within 10 minutes, on the page where you asked for it.

If you did not ask for this code, ignore this email. Nobody can sign in without the code.
"""
# As long as a letter with a code: who counts bytes learns nothing.
NO_CODE = "?????-?????"


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The authenticator app, in our words."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not correct. Check your app and enter the code again.",
    }


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators only; an unknown address sees the same page."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "The code is not correct. Check your email and enter the code again.",
        "too_many_login_attempts": "Too many attempts. Get a new code.",
        "rate_limited": "Too many attempts. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Hands the code to a worker, if this request may send a letter.

        An unknown address costs the same work and gets nothing.
        """
        live: LiveCode = self.request.live_code
        soon = live.shared
        if self.request.mails_code:
            known = template_prefix == "account/email/login_code"
            body = CODE_BODY.format(code=live.code if known else NO_CODE)
            soon = queue_urgent_email(to=email if known else "", subject=CODE_SUBJECT, body=body)
        self.request.session[CODE_IS_LATE] = not soon

    def generate_login_code(self) -> str:
        """The live code of the address, which the form found."""
        live: LiveCode = self.request.live_code
        return live.code

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only plain sentences, such as too many tries; the pages themselves say the rest."""
        if message:
            super().add_message(request, level, message=message)

    def post_login(self, request: SessionRequest, user: User, **kwargs: object) -> HttpResponse:
        """A remembered session also makes the browser a remembered device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if request.session.remembered:
            remember_browser(request, response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Somebody deactivated while signing in starts again, like an unknown address."""
        return redirect("account_login")

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, object]]:
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
