"""The fields of signing in: an e-mail address, then the code sent to it."""

import math

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from organisations.carriers.limits import Limited, give_back, seconds_to_wait
from organisations.carriers.live_codes import code_for, may_mail, take
from organisations.forms.nhs_forms import nhs_helper
from organisations.models import User
from organisations.queries.sessions import is_device_of
from organisations.rules.token_bucket import Bucket
from organisations.signals import wrong_attempt

# In the session, until somebody is signed in: `email`, `shared` (the code) and `remember`.
ASKED = "asked_for_a_code"
SECOND_STEPS = Bucket(most=5, seconds=10 * 60)
APP_CODE_LENGTH = 6


class SignInForm(LoginForm):  # type: ignore[misc]
    """Asks for the e-mail; the code goes there if somebody here has it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label="Email address",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={
                "required": "Enter your email address.",
                "invalid": "Enter an email address, like name@example.nhs.uk.",
            },
        )
        self.fields["remember"].label = "Keep me signed in on this device"
        self.fields["remember"].help_text = (
            "Only choose this on a device nobody else uses. Lasts up to 30 days, ends after 7 days "
            "unused. Administrators are signed out sooner."
        )
        self.order_fields(["login", "remember"])
        self.helper = nhs_helper("Email me a code")

    def clean_login(self) -> str:
        """Lower case, as addresses are kept."""
        return str(self.cleaned_data["login"]).strip().lower()

    user: User | None

    def clean(self) -> dict[str, object]:
        """Only the very address of the account: allauth also takes one that it had before, or one
        that reads alike, and the letter would go there.
        """
        cleaned: dict[str, object] = super().clean()
        if self.user is not None and self.user.email != cleaned.get("login"):
            self.user = None
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Finds the address's live code; allauth writes it into the session and has it mailed.

        An address that nobody has costs the same.
        """
        email = self.cleaned_data["login"]
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        is_known = bool(cookie) and is_device_of(cookie, email=email)
        live = code_for(email)
        request.live_code = live  # type: ignore[attr-defined]
        request.mails_code = may_mail(live, email=email, device=cookie if is_known else "")  # type: ignore[attr-defined]
        request.session[ASKED] = {
            "email": email,
            "shared": live.shared,
            "remember": bool(self.cleaned_data["remember"]),
        }
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        return response


def _code_field(form: forms.Form, label: str, hint: str) -> None:
    field = form.fields["code"]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = "Enter the code."
    field.widget.attrs = {"autocomplete": "one-time-code", "class": "nhsuk-input--width-10"}
    field.max_length = 40  # type: ignore[attr-defined]


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the e-mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code", "10 letters. You can leave out the hyphen.")
        self.helper = nhs_helper("Sign in")

    def clean_code(self) -> str:
        """Right only once, whichever of the browsers that asked comes first."""
        code: str = super().clean_code()
        asked = context.request.session.get(ASKED, {})
        if asked.get("shared") and not take(asked["email"], code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _FewTries:
    """A code of six numbers can be guessed: five tries in ten minutes for an account, whoever makes
    them and from wherever. Codes from the app and recovery codes have five each, so whoever uses up
    the one does not stop the other.
    """

    user: User
    cleaned_data: dict[str, str]

    def clean_code(self) -> str:
        """A right one gives the tries back."""
        is_app_code = len("".join(self.cleaned_data["code"].split())) == APP_CODE_LENGTH
        what: Limited = "app codes" if is_app_code else "recovery codes"
        wait = seconds_to_wait(what, str(self.user.pk), SECOND_STEPS)
        if wait:
            # Never "1 minutes".
            minutes = max(2, math.ceil(wait / 60))
            other = "one of your recovery codes" if is_app_code else "a code from your app"
            raise forms.ValidationError(
                f"Too many attempts. Wait {minutes} minutes, or enter {other}."
            )
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            wrong_attempt.send(sender=None, kind="app_code")
            raise
        give_back(what, str(self.user.pk))
        return code


class AppCodeForm(_FewTries, AuthenticateForm):  # type: ignore[misc]
    """The second step: a code from the authenticator app."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code from your app", "6 numbers, or one of your recovery codes.")
        self.helper = nhs_helper("Sign in")


class AppCodeAgainForm(_FewTries, ReauthenticateForm):  # type: ignore[misc]
    """The app's code again, before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code from your app", "6 numbers, or one of your recovery codes.")
        self.helper = nhs_helper("Continue")


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """Proves that the app was set up with our key."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code shown in the app", "6 numbers.")
        self.helper = nhs_helper("Turn on two-step sign-in")
